import fc from 'fast-check';
import {
  isDns1035Label,
  isDnsLabel,
  isDnsSubdomain,
  isLabelValue,
  isPortName,
  isQualifiedName,
} from '../../lib/syntax/name-syntax';

const LABEL_63 = 'a'.repeat(63);

test.each<[string, (text: string) => boolean, string[], string[]]>([
  [
    'isDnsLabel',
    isDnsLabel,
    ['a', '0', 'a-b', '1a', LABEL_63],
    ['', '-a', 'a-', 'A', 'a.b', 'a_b', 'ä', `${LABEL_63}a`],
  ],
  ['isDns1035Label', isDns1035Label, ['a', 'a-b', 'a1', LABEL_63], ['', '1a', '-a', 'a-', 'A', `${LABEL_63}a`]],
  [
    'isDnsSubdomain',
    isDnsSubdomain,
    ['a', 'a.b', '1.2', 'a-b.c', `${LABEL_63}a`, 'a'.repeat(253)],
    ['', '.', 'a.', '.a', 'a..b', 'A', '-a.b', 'a'.repeat(254)],
  ],
  [
    'isPortName',
    isPortName,
    ['http', 'a1', '1a', 'a-b', 'abcdefghijklmno'],
    ['', '80', 'a--b', '-a', 'a-', 'A', 'abcdefghijklmnop'],
  ],
  [
    'isQualifiedName',
    isQualifiedName,
    ['a', 'A_b.c-d', 'example.com/a', `example.com/${LABEL_63}`, 'constructor'],
    ['', '/a', 'a/', 'a/b/c', '_a', 'a b', 'Example.com/a', `${LABEL_63}a`, '__proto__'],
  ],
  ['isLabelValue', isLabelValue, ['', 'a', 'A_b.c', LABEL_63], ['-a', 'a-', 'a b', 'a/b', `${LABEL_63}a`]],
])('%s', (_, is, good, bad) => {
  expect(good.filter((text) => !is(text))).toEqual([]);
  expect(bad.filter(is)).toEqual([]);
});

test('a DNS-1035 label is a DNS label is a subdomain', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '1', '-', '.', 'A'), maxLength: 5 }), (text) => {
      expect(!isDns1035Label(text) || isDnsLabel(text)).toBe(true);
      expect(!isDnsLabel(text) || isDnsSubdomain(text)).toBe(true);
    }),
  );
});
