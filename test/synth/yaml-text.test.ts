import { Yaml } from 'cdk8s';
import fc from 'fast-check';
import { yamlText } from '../../lib/synth/yaml-text';

const writtenByCdk8s = (document: unknown): string => Yaml.stringify(document);

/** Texts near to what YAML 1.1 reads as something else than a text. */
const NEAR_SCALARS = [
  ...[
    '',
    '~',
    'null',
    'Null',
    'NULL',
    'nULL',
    'y',
    'Y',
    'yes',
    'Yes',
    'YES',
    'yEs',
    'no',
    'N',
    'on',
    'ON',
    'oN',
    'off',
  ],
  ...[
    'true',
    'True',
    'TRUE',
    'tRUE',
    'false',
    'FALSE',
    '<<',
    '<',
    '0',
    '-0',
    '+1',
    '1_000',
    '_1',
    '0b1',
    '0b2',
    '0x',
    '0xfF',
  ],
  ...[
    '0o17',
    '017',
    '08',
    '1.',
    '.1',
    '.',
    '1.5_0',
    '1e3',
    '1E+3',
    'e5',
    'E-1',
    '.e1',
    '1.e',
    '-.inf',
    '.inf',
    '.INF',
    '.iNF',
  ],
  ...['.nan', '.NaN', '-.nan', '1:30', '1:60', '1:2:3.5', '-1:20', '2020-01-01', '2020-1-1', '2020-01-01T10:00:00Z'],
  ...[
    '2020-01-01 10:00:00.5 +02:00',
    '2020-01-01t1:2:3-5',
    '2020-13-99',
    '20-01-01',
    '10.0.0.0',
    '10.0.0.0/8',
    '10.1',
    '::1',
  ],
  ...[
    'fd00::/48',
    '100m',
    '128Mi',
    '-',
    '- a',
    '-a',
    '?',
    '? a',
    '?a',
    ': a',
    ':a',
    'a: b',
    'a:b',
    'a:',
    'a #b',
    'a# b',
    '#a',
  ],
  ...[
    'a ',
    ' a',
    '\ta',
    'a\t',
    'a\tb',
    'a\t#',
    "it's",
    '"',
    '"a" \'b\'',
    '%a',
    '@a',
    '`a',
    '&a',
    '*a',
    '!a',
    '|',
    '>',
    '{a}',
    '[a]',
  ],
  ...[
    ',a',
    'a, b',
    '---',
    '--- a',
    '...',
    '....',
    'a\\b',
    '\\',
    'ä',
    '日本',
    '😀',
    '\ud800',
    '\u0000',
    '\u0007',
    '\u001b',
    '\u007f',
  ],
  ...[
    '\u0085',
    '\u00a0',
    '\u00a0a',
    '\u2028',
    '\u2029',
    '\ufeff',
    '\r',
    'a\rb',
    '\r\n',
    'a\r\nb',
    '__proto__',
    'constructor',
  ],
];

const NEAR_BLOCKS = [
  ...[
    '\n',
    '\n\n',
    'a\n',
    'a\n\n',
    'a\nb',
    'a\nb\n',
    'a\n\nb',
    '\na',
    ' a\nb',
    'a\n b',
    'a \nb',
    'a\n  \nb',
    'a\n ',
    'a\n\t',
    'a\tb\nc',
  ],
  ...[
    'a\n ä\n',
    'a\n\u0007',
    'a\n---\nb',
    '---\na',
    '%a\nb',
    'a\n#b',
    'a: b\nc: d\n',
    '# a\nb',
    '- a\n- b',
    'a\n\u2028',
    '"\n',
    '\n"',
  ],
];

const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...NEAR_SCALARS, ...NEAR_BLOCKS) },
  // Pieces of what is near to something make more of its kind.
  fc
    .array(fc.constantFrom(...NEAR_SCALARS, ...NEAR_BLOCKS, ' ', 'a', 'word'), { maxLength: 4 })
    .map((all) => all.join('')),
  fc.stringMatching(/^[-+0-9_.:eExXbTtZ ]{0,12}$/),
  fc.string({ unit: fc.constantFrom(...Array.from('abyn019-.:#\'" \n\t,[]{}&*!|>%@`?~\\')) }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(80, 200, 990, 1010, 1022, 1024, 1030, 3000).map((length) => 'long '.repeat(length).slice(0, length)),
  fc.constantFrom(990, 1010, 1022, 1024, 1030).map((length) => 'x'.repeat(length)),
);

const scalar = fc.oneof(
  { weight: 4, arbitrary: text },
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -0, 1e21, 1e-7, 2 ** 53, NaN, Infinity, -Infinity, true, false, null, undefined),
  fc.bigInt(),
  fc.constantFrom(new Date(0), new Map([['a', 1]]), new Set(['a']), new Uint8Array([1]), Object('a'), {
    toJSON: () => 'x',
  }),
);

const { document } = fc.letrec((tie) => ({
  document: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, tie('sequence'), tie('mapping')),
  sequence: fc.array(tie('document'), { maxLength: 5 }),
  mapping: fc.dictionary(text, tie('document'), { maxKeys: 6 }),
}));

describe('yamlText', () => {
  test.each([...NEAR_SCALARS, ...NEAR_BLOCKS].map((value) => [JSON.stringify(value), value]))(
    'writes %s as cdk8s does, as a value, an item, a key and a document',
    (_name, value) => {
      for (const document of [
        { key: value },
        { key: [value, { key: value }] },
        { [value]: 1 },
        { key: { [value]: [] } },
        [{ [value]: value }],
        [[value]],
        value,
      ]) {
        expect(yamlText(document)).toBe(writtenByCdk8s(document));
      }
    },
  );

  test('whatever is written, the bytes are those of cdk8s', () => {
    fc.assert(
      fc.property(document, (value) => {
        expect(yamlText(value)).toBe(writtenByCdk8s(value));
      }),
      { numRuns: 1000 },
    );
  });

  const shared = { a: 1 };
  const circle: Record<string, unknown> = { a: 1 };
  circle.self = circle;
  test.each([
    ['an object that stands there twice', { one: shared, two: [shared] }],
    ['an empty list that stands there twice', ((list: unknown[]) => [list, list])([])],
    ['a circle', circle],
    ['holes of a list', Array.from({ length: 3 }).concat(Array(2))],
    ['members without a value', { a: undefined, b: null }],
    ['an object without a prototype', Object.assign(Object.create(null) as object, { a: 1 })],
    ['keys that are numbers', { 10: 'a', 9: 'b', '01': 'c', '-1': 'd' }],
    ['nothing', undefined],
    ['an empty mapping', {}],
    ['an empty list', []],
  ])('%s', (_name, value) => {
    expect(yamlText(value)).toBe(writtenByCdk8s(value));
  });

  test('plain data is not handed to the library', () => {
    const stringify = jest.spyOn(Yaml, 'stringify');
    yamlText({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'web', labels: { 'app.kubernetes.io/name': 'web', on: 'yes' }, annotations: {} },
      data: { Corefile: '.:53 {\n    errors\n\n    ready\n}\n', port: '8080', cidr: '10.0.0.0/8', text: 'a: "b"' },
      list: [1, -0.5, true, null, [], ['::1', { a: [{ b: 1, c: '2020-01-01' }] }]],
    });
    expect(stringify).not.toHaveBeenCalled();
    stringify.mockRestore();
  });
});
