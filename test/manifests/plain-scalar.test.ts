import { ambiguityOf, floatKey, isFloat, plainScalar, type Scalar } from '../../lib/manifests/plain-scalar';

// The right sides are what sigs.k8s.io/yaml 1.6 (go-yaml v2.4.2) makes of the left ones.
const VALUES: readonly (readonly [string, Scalar])[] = [
  ['', null],
  ['~', null],
  ['null', null],
  ['Null', null],
  ['NULL', null],
  ['nULL', 'nULL'],
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['tRUE', 'tRUE'],
  ['false', false],
  ['y', true],
  ['Y', true],
  ['yes', true],
  ['Yes', true],
  ['YES', true],
  ['yEs', 'yEs'],
  ['on', true],
  ['oN', 'oN'],
  ['n', false],
  ['N', false],
  ['no', false],
  ['NO', false],
  ['off', false],
  ['web', 'web'],
  ['node', 'node'],
  ['0', 0],
  ['-0', 0],
  ['-0.0', 0],
  ['80', 80],
  ['+12', 12],
  ['-5', -5],
  ['0123', 83],
  ['0644', 420],
  ['-017', -15],
  ['0o17', 15],
  ['0o8', '0o8'],
  ['08', 8],
  ['0x1F', 31],
  ['0X1f', 31],
  ['-0x1', -1],
  ['0xFFFFFFFFFFFFFFFFFF', '0xFFFFFFFFFFFFFFFFFF'],
  ['0b11', 3],
  ['-0b11', -3],
  ['0b2', '0b2'],
  ['1_000', 1000],
  ['1__0', 10],
  ['0_7', 7],
  ['1_0.5', 10.5],
  ['_1', '_1'],
  ['1.10', 1.1],
  ['1.', 1],
  ['.5', 0.5],
  ['.5_0', '.5_0'],
  ['1e3', 1000],
  ['8e1', 80],
  ['12e03', 12000],
  ['1.5E-2', 0.015],
  ['1e400', '1e400'],
  ['9223372036854775808', 9223372036854775808],
  ['99999999999999999999999', 1e23],
  ['22:22', '22:22'],
  ['10.0.0.1', '10.0.0.1'],
  ['1Gi', '1Gi'],
  ['100m', '100m'],
  ['2020-01-01', '2020-01-01'],
  ['1.2.3', '1.2.3'],
  ['-', '-'],
  ['.', '.'],
  ['+', '+'],
  ['=', '='],
  ['<<', '<<'],
  ['.inf', Infinity],
  ['-.Inf', -Infinity],
  ['.nan', NaN],
];

test.each(VALUES)('%j is %p for kubectl', (text, value) => {
  expect(plainScalar(text)).toBe(value);
});

test.each([
  ['yes', 'true', 'text for readers of YAML 1.2', 'true, or "yes" in quotes for text'],
  ['Off', 'false', 'text for readers of YAML 1.2', 'false, or "Off" in quotes for text'],
  [
    '0123',
    'the octal number 83',
    '123 for readers of YAML 1.2',
    '83 or 123 without a leading zero, or "0123" in quotes for text',
  ],
  ['08', 'the number 8', 'text for readers of YAML 1.1', '8, or "08" in quotes for text'],
  ['22:22', 'text', 'the base 60 number 1342 for other readers of YAML 1.1', '"22:22" in quotes'],
  ['-1:30', 'text', 'the base 60 number -90 for other readers of YAML 1.1', '"-1:30" in quotes'],
  ['1_000', 'the number 1000', 'text for readers of YAML 1.2', '1000, or "1_000" in quotes for text'],
  ['0b11', 'the number 3', 'text for readers of YAML 1.2', '3, or "0b11" in quotes for text'],
  ['8e1', 'the number 80', 'text for readers of YAML 1.1', '80, or "8e1" in quotes for text'],
  ['1.5e3', 'the number 1500', 'text for readers of YAML 1.1', '1500, or "1.5e3" in quotes for text'],
])('%s is read differently', (text, kubectl, others, write) => {
  expect(ambiguityOf(text)).toMatchObject({ kubectl, others, write });
});

test.each([
  '',
  '~',
  'true',
  'web',
  '80',
  '00',
  '07',
  '-3',
  '+3',
  '1.10',
  '0x1F',
  '0x1e3',
  '1.5e+3',
  '8080:80',
  '10:75',
  '00:30',
  '2020-01-01',
  '10.0.0.1:80',
  '1_000m',
  '8e1x',
  'no-such-word',
])('%j means the same to all', (text) => {
  expect(ambiguityOf(text)).toBeUndefined();
});

test.each([
  [1.1, '1.1'],
  [0.5, '0.5'],
  [-2.25, '-2.25'],
  [1e6, '1e+06'],
  [1234567.5, '1.2345675e+06'],
  [123456.5, '123456.5'],
  [0.0001, '0.0001'],
  [0.00001, '1e-05'],
  [1e100, 'Infinity'],
])('the number %d is the key %s', (number, key) => {
  if (key === 'Infinity') expect(floatKey(number)).toMatch(/e\+100$/);
  else expect(floatKey(number)).toBe(key);
});

test.each([
  ['80', false],
  ['0x1F', false],
  ['1_000', false],
  ['1.0', true],
  ['08', true],
  ['1e3', true],
])('%s is a floating point number: %s', (text, expected) => {
  expect(isFloat(text)).toBe(expected);
});
