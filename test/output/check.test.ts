import fc from 'fast-check';
import type { Finding } from '../../lib/finding/finding';
import type { CheckResult } from '../../lib/output/check-result';
import { checkGithub } from '../../lib/output/github/check-github';
import { checkGitlab } from '../../lib/output/gitlab/check-gitlab';
import { checkJson } from '../../lib/output/json/check-json';
import { checkJunit } from '../../lib/output/junit/check-junit';
import { checkMarkdown } from '../../lib/output/markdown/check-markdown';
import { inline } from '../../lib/output/markdown/escape';
import { checkSarif } from '../../lib/output/sarif/check-sarif';
import { checkText } from '../../lib/output/text/check-text';
import { codeFrame } from '../../lib/output/text/code-frame';
import { PLAIN } from '../../lib/output/text/palette';

const WEB = `apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  clusterIP: "10.96.7.7" # fixed
`;
const CONFLICT: Finding = {
  code: 'NL201',
  slug: 'cluster-ip-conflict',
  severity: 'error',
  message: 'clusterIP 10.96.7.7 is also used by Service api/api',
  object: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web' },
  origin: { file: 'apps/web.yaml', line: 5, column: 14, construct: null },
  related: [
    {
      message: 'first used here',
      object: { apiVersion: 'v1', kind: 'Service', namespace: 'api', name: 'api' },
      origin: { file: 'api.yaml', line: 2, column: 3, construct: null },
    },
  ],
  help: 'give one of them another address',
};
const WARNING: Finding = {
  code: 'NL210',
  slug: 'selector-matches-nothing',
  severity: 'warning',
  message: 'the selector app=web, tier=front matches no workload',
  object: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web' },
  origin: { file: null, line: null, column: null, construct: 'prod/shop/web' },
  related: [],
  help: '50% of them: look',
};

const result = (findings: readonly Finding[], more: Partial<CheckResult> = {}): CheckResult => ({
  findings,
  skipped: [
    { code: 'NL204', because: 'the service CIDR is not known' },
    { code: 'NL205', because: 'the service CIDR is not known' },
  ],
  suppressed: 1,
  files: 2,
  objects: 3,
  rules: [
    { code: 'NL201', slug: 'cluster-ip-conflict', severity: 'error', title: 'Two Services ask for the same ClusterIP' },
    { code: 'NL210', slug: 'selector-matches-nothing', severity: 'warning', title: 'The selector matches no workload' },
  ],
  textOf: (file) => (file === 'apps/web.yaml' ? WEB : undefined),
  ...more,
});

const BOTH = result([CONFLICT, WARNING]);
const NONE = result([], { skipped: [], suppressed: 0 });

describe.each([
  ['text', (of: CheckResult) => checkText(of, PLAIN)],
  ['json', checkJson],
  ['sarif', (of: CheckResult) => checkSarif(of, '1.2.3')],
  ['github', checkGithub],
  ['gitlab', checkGitlab],
  ['junit', checkJunit],
  ['markdown', checkMarkdown],
])('%s', (_format, print) => {
  test('of two findings', () => {
    expect(print(BOTH)).toMatchSnapshot();
  });
  test('of none', () => {
    expect(print(NONE)).toMatchSnapshot();
  });

  test('is not led astray by what comes from outside', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (nasty) => {
        const finding: Finding = {
          ...CONFLICT,
          message: nasty,
          object: { apiVersion: 'v1', kind: 'Service', namespace: nasty, name: nasty },
        };
        const printed = print(result([finding]));

        expect(printed).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f]/);
      }),
    );
  });
});

test('text shows the first hundred', () => {
  const printed = checkText(result(Array.from({ length: 101 }, () => CONFLICT)), PLAIN);
  expect(printed.match(/^error NL201/gm)).toHaveLength(100);
  expect(printed).toContain('… and 1 more; -o json has all of them');
});

test('what was passed over is named, by its reason', () => {
  const because = 'a template that is not rendered';
  const ignored = [
    ...['a', 'b', 'c', 'd'].map((path) => ({ path, because })),
    { path: 'e', because: 'a Compose file' },
  ];
  expect(checkText(result([], { ignored }), PLAIN)).toContain(
    '  passed over a, b, c and 1 more: a template that is not rendered\n  passed over e: a Compose file\n',
  );
  expect(checkMarkdown(result([], { ignored }))).toContain(
    '; passed over: a template that is not rendered; a Compose file.',
  );
});

describe('a code frame', () => {
  test.each([
    ['a plain value', 'a: 10.96.0.1 # why', 4, '10.96.0.1'],
    ['a value of a flow map', '{a: web, b: c}', 5, 'web'],
    ['a quoted value', 'a: "x # y: z"', 4, '"x # y: z"'],
    ['a quoted value with an escape', 'a: "x\\"y" # z', 4, '"x\\"y"'],
    ['a URL', '- http://example.com/a', 3, 'http://example.com/a'],
    ['a value with spaces', 'a: one two  ', 4, 'one two'],
    ['a variable', 'a: ${IP} # why', 4, '${IP}'],
    ['a plain value with brackets', 'a: /x(/|$)[a-z]{2}', 4, '/x(/|$)[a-z]{2}'],
    ['a value of a flow map that ends', '{a: {b: web}}', 9, 'web'],
    ['a value of a flow map after a comma', '{ a: [x], b: web}', 14, 'web'],
    ['a value in a list of flow maps', '- {a: web}', 7, 'web'],
    ['a key', 'spec:', 1, 'spec'],
  ])('underlines %s', (_name, line, column, token) => {
    const [, source, marks] = codeFrame(line, 1, column, PLAIN)?.split('\n') ?? [];
    expect(source).toBe(`1 | ${line}`);
    expect(marks).toBe(`  | ${' '.repeat(column - 1)}${'^'.repeat(token.length)}`);
  });

  test('of a very long line shows the token', () => {
    const line = `${'x'.repeat(5000)} needle ${'y'.repeat(5000)}`;
    const [, source = '', marks = ''] = codeFrame(line, 1, 5002, PLAIN)?.split('\n') ?? [];
    expect(source.length).toBeLessThan(140);
    expect(source.slice(marks.indexOf('^')).startsWith('needle')).toBe(true);
  });

  test.each([
    ['wide', '{漢字: 値, b: c}', 6, 7, 2],
    ['combining', 'e\u0301: va\u0301lue', 5, 3, 5],
    ['escaped', 'a: "\u200bx"', 4, 3, 11],
  ])('counts columns of the terminal: %s', (_name, line, column, before, width) => {
    const [, , marks] = codeFrame(line, 1, column, PLAIN)?.split('\n') ?? [];
    expect(marks).toBe(`  | ${' '.repeat(before)}${'^'.repeat(width)}`);
  });

  test.each(['\n', '\r\n', '\r'])('knows the line break %j', (lineBreak) => {
    const [, source] = codeFrame(['a: b', 'c: d', ''].join(lineBreak), 2, 4, PLAIN)?.split('\n') ?? [];
    expect(source).toBe('2 | c: d');
  });

  test.each([
    ['its first lines', 'a: |\n  b\n\n  c\n  d\n', ['1 | a: |', '  |    ^', '2 |   b', '3 | ', '4 |   c']],
    ['all of it', '- a: >- # why\n    b\n  c: d\n', ['1 | - a: >- # why', '  |      ^^', '2 |     b']],
    ['nothing', 'a: |\nb: c\n', ['1 | a: |', '  |    ^']],
    ['no blank lines behind it', 'a: |2+\n  b\n\n\n', ['1 | a: |2+', '  |    ^^^', '2 |   b']],
  ])('of a block shows %s', (_name, text, expected) => {
    expect(
      codeFrame(text, 1, text.search(/[|>]/) + 1, PLAIN)
        ?.split('\n')
        .slice(1),
    ).toEqual(expected);
  });

  test('of a block shows numbers of another length below each other', () => {
    const text = `${'\n'.repeat(8)}a: |\n  ${'b'.repeat(200)}\n`;
    expect(codeFrame(text, 9, 4, PLAIN)?.split('\n')).toEqual([
      '   |',
      ' 9 | a: |',
      '   |    ^',
      `10 |   ${'b'.repeat(118)}…`,
    ]);
  });

  test('of a line that is not there is none', () => {
    expect(codeFrame('a\n', 9, 1, PLAIN)).toBeUndefined();
  });
});

test.each([
  ['| a', '\\| a'],
  ['<script>', '\\<script\\>'],
  ['[x](http://y)', '\\[x\\]\\(http:\u200b//y\\)'],
  ['@everyone', '@\u200beveryone'],
])('markdown of %j', (text, escaped) => {
  expect(inline(text)).toBe(escaped);
});

test('fingerprints of GitLab do not change with the line', () => {
  const moved = { ...CONFLICT, origin: { file: 'apps/web.yaml', line: 50, column: 1, construct: null } };
  const [before] = JSON.parse(checkGitlab(result([CONFLICT]))) as { fingerprint: string }[];
  const [after, twin] = JSON.parse(checkGitlab(result([moved, moved]))) as { fingerprint: string }[];
  expect(after.fingerprint).toBe(before.fingerprint);
  expect(twin.fingerprint).not.toBe(before.fingerprint);
});
