import type { Finding, Origin } from '../../lib/finding/finding';
import { networkModel } from '../../lib/model';
import { afterBaseline, baselineOf, formatBaseline, parseBaseline } from '../../lib/suppression/baseline';
import { applySuppressions, objectKey, type SuppressionText } from '../../lib/suppression/suppression';
import { annotationSuppressions, commentSuppressions } from '../../lib/suppression/suppression-sources';

const TODAY = '2026-11-23';
const AT: Origin = { file: 'a.yaml', line: 3, column: 1, construct: null };

function found(code: string, line = 3, name = 'web'): Finding {
  return {
    code,
    slug: 'x',
    severity: 'error',
    message: `${code} is wrong`,
    object: { apiVersion: 'v1', kind: 'Service', namespace: 'shop', name },
    origin: { file: 'a.yaml', line, column: 1, construct: null },
    related: [],
    help: '',
  };
}
const suppression = (text: string): SuppressionText => ({
  text,
  origin: AT,
  object: null,
  covers: objectKey({ apiVersion: 'v1', kind: 'Service', namespace: 'shop', name: 'web' }),
});

test.each([
  ['NL201: on purpose', []],
  ['NL201,NL202: on purpose', []],
  ['  NL201 until=2026-11-23: to the end of today', []],
  ['NL201 until=2026-11-22: too late', ['NL962', 'NL201']],
  ['NL202: something else', ['NL201', 'NL961']],
  ['NL201', ['NL201', 'NL960']],
  ['NL201:   ', ['NL201', 'NL960']],
  ['cluster-ip-conflict: by slug', ['NL201', 'NL960']],
  ['NL201 until=tomorrow: no date', ['NL201', 'NL960']],
  ['NL201 until=2027-02-30: no day', ['NL201', 'NL960']],
  ['', ['NL201', 'NL960']],
])('%j', (text, codes) => {
  const { findings } = applySuppressions([found('NL201')], [suppression(text)], TODAY);
  expect(findings.map(({ code }) => code).sort()).toEqual([...codes].sort());
});

test('what was suppressed is counted', () => {
  const { findings, suppressed } = applySuppressions(
    [found('NL201'), found('NL201', 9), found('NL202')],
    [suppression('NL201: on purpose')],
    TODAY,
  );
  expect(findings.map(({ code }) => code)).toEqual(['NL202']);
  expect(suppressed).toBe(2);
});

test('an annotation covers its object', () => {
  const service = (name: string, ignore?: string) => ({
    manifest: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'shop', ...(ignore && { annotations: { 'netloom.dev/ignore': ignore } }) },
    },
    locate: () => AT,
  });
  const { objects } = networkModel([service('web', 'NL201: shared\nNL202: too'), service('api')], {});
  const texts = annotationSuppressions(objects);
  const { findings } = applySuppressions([found('NL201'), found('NL202'), found('NL201', 3, 'api')], texts, TODAY);
  expect(findings.map(({ object }) => object?.name)).toEqual(['api']);
});

test.each([
  ['of its own line', 'clusterIP: 1 # netloom-ignore NL201: on purpose', 1],
  ['of the next line', '# netloom-ignore NL201: on purpose\nclusterIP: 1', 2],
  ['of the next line, with others', '# netloom-ignore NL201: on purpose\n# netloom-ignore NL202: too\nclusterIP: 1', 3],
  ['of its own line, with CRLF', 'clusterIP: 1 # netloom-ignore NL201: on purpose\r\n', 1],
  ['of the next line, above another comment', '# netloom-ignore NL201: on purpose\n# yamllint disable-line\na: 1', 3],
  ['of its own line, with CR', 'a: 1\rclusterIP: 1 # netloom-ignore NL201: on purpose\r', 2],
  ['of the next line, indented', 'a:\n  # netloom-ignore NL201: on purpose\n  clusterIP: 1', 3],
])('a comment covers findings %s', (_name, text, line) => {
  const texts = commentSuppressions('a.yaml', text);
  const covered = [found('NL201', line), ...(text.includes('NL202') ? [found('NL202', line)] : [])];
  expect(applySuppressions(covered, texts, TODAY).findings).toEqual([]);
  expect(
    applySuppressions([found('NL201', line + 1)], texts.slice(0, 1), TODAY).findings.map(({ code }) => code),
  ).toEqual(['NL201', 'NL961']);
});

test.each([
  'a: 1 # netloom-ignore',
  'a: 1 # netloom-ignore NL201',
  'a: 1 # netloom-ignore: because',
  '# netloom-ignore',
])('the comment of %j is not passed over', (text) => {
  const { findings } = applySuppressions([], commentSuppressions('a.yaml', text), TODAY);
  expect(findings.map(({ code }) => code)).toEqual(['NL960']);
});

test.each([
  'a: "# netloom-ignore NL201: x"',
  'a: |\n  # netloom-ignore NL201: x\n  b',
  'a: >-\n  x\n  # netloom-ignore NL201',
])('there is no comment in %j', (text) => {
  expect(commentSuppressions('a.yaml', `b: 1 # netloom-ignore NL201: a comment\n---\n${text}\n`)).toHaveLength(1);
});

test('a suppression may be of use if its rule was not asked, or not all was read', () => {
  const text = suppression('NL204: as it is');
  expect(applySuppressions([], [text], TODAY, (code) => code !== 'NL204').findings).toEqual([]);
  expect(applySuppressions([], [{ ...text, isUncertain: true }], TODAY).findings).toEqual([]);
  expect(applySuppressions([], [text], TODAY).findings).toHaveLength(1);
});

describe('a baseline', () => {
  test('hides what was there, wherever it moved, and no more of it', () => {
    const baseline = parseBaseline(formatBaseline(baselineOf([found('NL201'), found('NL202')])));
    expect(baseline).toBeDefined();
    expect(
      afterBaseline([found('NL201', 50), found('NL201', 60), found('NL203')], baseline ?? { findings: [] }),
    ).toEqual({ findings: [found('NL201', 60), found('NL203')], gone: 1 });
  });

  const inFile = (file: string, code: string): Finding => ({ ...found(code), origin: { ...AT, file } });

  test('hides what lies on an object that moved to another file', () => {
    const baseline = baselineOf([inFile('old.yaml', 'NL201'), inFile('both.yaml', 'NL202')]);
    const news = [inFile('both.yaml', 'NL202'), inFile('copy.yaml', 'NL202')];
    expect(afterBaseline([inFile('new.yaml', 'NL201'), ...news], baseline)).toEqual({ findings: [news[1]], gone: 0 });
  });

  test('does not take one broken file for another', () => {
    const broken = (file: string): Finding => ({ ...inFile(file, 'NL931'), object: null });
    expect(afterBaseline([broken('b.yaml')], baselineOf([broken('a.yaml')]))).toEqual({
      findings: [broken('b.yaml')],
      gone: 1,
    });
  });

  test.each(['', '{}', '{"version": 2, "findings": []}', '{"version": 1, "findings": [1]}', '[]', 'null'])(
    'is not %j',
    (text) => {
      expect(parseBaseline(text)).toBeUndefined();
    },
  );
});
