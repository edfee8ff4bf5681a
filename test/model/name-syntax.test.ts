import {
  isDns1035Label,
  isDnsLabel,
  isDnsSubdomain,
  isLabelValue,
  isPortName,
  isQualifiedName,
} from '../../lib/model/name-syntax';

const L63 = 'a'.repeat(63);

test.each([
  ['isDnsLabel', isDnsLabel, ['a', '1', 'a-b', '3scale', L63], ['', '-a', 'a-', 'A', 'a.b', 'a_b', `${L63}a`]],
  ['isDns1035Label', isDns1035Label, ['a', 'a-1', L63], ['', '3scale', 'a-', 'A', `${L63}a`]],
  [
    'isDnsSubdomain',
    isDnsSubdomain,
    ['a', 'a.b', `${L63}a.b`, '1.2', 'a'.repeat(253)],
    ['', 'a..b', '.a', 'a.', 'A.b', 'a'.repeat(254)],
  ],
  ['isPortName', isPortName, ['http', '8a', 'a-b', 'a'.repeat(15)], ['', '80', '-a', 'a--b', 'a'.repeat(16), 'HTTP']],
  [
    'isQualifiedName',
    isQualifiedName,
    ['a', 'A_b.c-1', 'example.com/name', L63],
    ['', '/a', 'a/', 'a/b/c', 'Example.com/a', '-a', `${L63}a`],
  ],
  ['isLabelValue', isLabelValue, ['', 'a', 'A_b.c-1', L63], ['-a', 'a-', 'a/b', 'a b', `${L63}a`]],
])('%s', (_name, holds, good, bad) => {
  expect(good.filter((text) => !holds(text))).toEqual([]);
  expect(bad.filter((text) => holds(text))).toEqual([]);
});
