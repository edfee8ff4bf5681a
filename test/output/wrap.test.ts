import fc from 'fast-check';
import { createColors } from 'picocolors';
import { widthOf } from '../../lib/output/text/palette';
import { tableText } from '../../lib/output/text/table';
import { supportsLinks, terminalLink } from '../../lib/output/text/terminal-links';
import { textWidth } from '../../lib/output/text/text-width';
import { wrapMarkdown, wrapText, wrapWords } from '../../lib/output/text/wrap';

const { dim, red } = createColors(true);

const WORDS = fc.array(
  fc.string({ unit: fc.constantFrom('a', 'b', '4', '/', '集', '-', '.'), minLength: 1, maxLength: 9 }),
  {
    minLength: 1,
  },
);

test('a line is broken between words, and goes on below its first word', () => {
  expect(wrapText('  = help: name a range that is free and inside of a supernet', 30)).toBe(
    ['  = help: name a range that is', '    free and inside of a', '    supernet'].join('\n'),
  );
});

test.each([
  ['  12 | spec: {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6}'],
  ['     |       ^^^^^^^^^^ ^^^^^^^^^ ^^^^^^^^^^^^ ^^^^^^^'],
  ['| a | row | of | a | table | in | Markdown |'],
  [`${dim('  12 |')} spec: {a: 1, b: 2, c: 3, d: 4, e: 5, f: 6}`],
])('%s stays one line', (line) => {
  expect(wrapText(line, 20)).toBe(line);
});

test('no line begins with a command to the runner of a CI job', () => {
  expect(wrapText('error NL201: what is named ::error::owned is wrong', 27).split('\n')).not.toContainEqual(
    expect.stringMatching(/^\s*::/),
  );
});

test('words, their order and their colours stay, and no line is too wide but for one word', () => {
  fc.assert(
    fc.property(WORDS, fc.integer({ min: 10, max: 60 }), (words, width) => {
      const lines = wrapWords(words.join(' '), width);
      expect(lines.join(' ')).toBe(words.join(' '));
      for (const line of lines) expect(textWidth(line) <= width || !line.includes(' ')).toBe(true);
    }),
  );
});

test('each line ends its own colours', () => {
  expect(wrapWords(red('one two three'), 7)).toEqual([red('one two'), red('three')]);
  expect(wrapWords(`${dim('one two')} three`, 5)).toEqual([dim('one'), dim('two'), 'three']);
});

test.each([
  [
    'cells are broken between words',
    50,
    [
      'ROLE            RANGE        FOR',
      'load balancers  10.0.0.0/25  64 addresses,',
      '                             headroom 2',
    ],
  ],
  [
    'a last column without room stands below its row',
    40,
    ['ROLE            RANGE', '    FOR', 'load balancers  10.0.0.0/25', '    64 addresses, headroom 2'],
  ],
])('where a row of a table is too wide, %s', (_what, width, lines) => {
  const rows = [['load balancers', '10.0.0.0/25', '64 addresses, headroom 2']];
  expect(tableText(['ROLE', 'RANGE', 'FOR'], rows, { width })).toBe(lines.join('\n'));
});

test('a table is as wide as it may be, or as its words are', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(WORDS, WORDS, WORDS), { minLength: 1, maxLength: 4 }),
      fc.integer({ min: 20, max: 90 }),
      (rows, width) => {
        const cells = rows.map((row) => row.map((words) => words.join(' ')));
        const text = tableText([], cells, { width });
        const longest = [0, 1, 2].map((column) =>
          Math.max(...rows.flatMap((row) => row[column].map((word) => textWidth(word)))),
        );
        const least = longest.reduce((sum, own) => sum + own, 4);
        for (const line of text.split('\n')) expect(textWidth(line)).toBeLessThanOrEqual(Math.max(width, least));
        const words = (from: string): string[] =>
          from
            .split(/\s+/)
            .filter((word) => word !== '')
            .sort();
        expect(words(text)).toEqual(words(cells.flat().join(' ')));
      },
    ),
  );
});

test('code of Markdown stays as it is', () => {
  const code = '```yaml\nkey: a value that is wider than the terminal\n```';
  expect(wrapMarkdown(`some words of a page\n${code}\nsome more words`, 10)).toBe(
    `some words\nof a page\n${code}\nsome more\nwords`,
  );
});

describe('of the environment', () => {
  const { env } = process;
  beforeEach(() => {
    process.env = {};
  });
  afterEach(() => {
    process.env = env;
  });

  test.each([
    [{}, {}, Infinity],
    [{}, { isTTY: true, columns: 100 }, 100],
    [{}, { isTTY: true }, 80],
    [{ COLUMNS: '60' }, {}, 60],
    [{ COLUMNS: '60' }, { isTTY: true, columns: 100 }, 60],
    [{ COLUMNS: '3' }, {}, 40],
    [{ COLUMNS: 'wide' }, {}, Infinity],
  ])('%o and %o have %d columns', (variables, stream, width) => {
    process.env = variables;
    expect(widthOf(stream)).toBe(width);
  });

  test.each([
    [{ TERM_PROGRAM: 'vscode' }, true, true],
    [{ TERM_PROGRAM: 'vscode' }, false, false],
    [{ VTE_VERSION: '7200' }, true, true],
    [{ VTE_VERSION: '4600' }, true, false],
    [{ TERM: 'xterm-kitty' }, true, true],
    [{ TERM: 'xterm' }, true, false],
    [{ TERM: 'dumb', VTE_VERSION: '7200' }, true, false],
    [{ FORCE_HYPERLINK: '1' }, false, true],
    [{ FORCE_HYPERLINK: '0', VTE_VERSION: '7200' }, true, false],
  ])('%o, terminal: %s: links %s', (variables, isTTY, expected) => {
    process.env = variables;
    expect(supportsLinks({ isTTY })).toBe(expected);
  });
});

test('links take no room', () => {
  expect(textWidth(terminalLink('NL201', 'https://example.com/NL201'))).toBe(5);
});
