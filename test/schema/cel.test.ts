import fc from 'fast-check';
import { celCheck } from '../../lib/schema/cel';
import { parseCel } from '../../lib/schema/cel-parser';

const SELF = {
  name: 'web',
  namespace: 'shop',
  count: 3,
  ratio: 2.5,
  on: true,
  none: null,
  tags: ['a', 'b', 'c'],
  labels: { app: 'web', 'a-b': 'c' },
  items: [{ port: 80 }, { port: 443, name: 'tls' }],
};

/** Each holds for the object above. */
test.each([
  `self.name == 'web' && self.count == 3`,
  `self.name == "web" || self.absent == 1`,
  `self.absent == 1 || self.name == 'web'`,
  `!(self.count > 3) && self.count >= 3 && self.count < 4 && self.count <= 3`,
  `self.count * 2 + 1 - 10 / 3 == 4 && self.count % 2 == 1 && -self.count == -3`,
  `7 / 2 == 3 && self.ratio / 2 == 1.25`,
  `self.on ? has(self.name) : false`,
  `has(self.items[1].name) && !has(self.items[0].name) && !has(self.none) && !has(self.absent)`,
  `self.__namespace__ == 'shop' && self.labels.a__dash__b == 'c' && self.labels['a-b'] == 'c'`,
  `'a' in self.tags && !('z' in self.tags) && 'app' in self.labels`,
  `size(self.tags) == 3 && self.tags.size() == 3 && size('äöü') == 3 && self.labels.size() == 2`,
  `self.tags.all(t, t.matches('^[a-c]$')) && self.tags.exists(t, t == 'b') && self.tags.exists_one(t, t > 'b')`,
  `self.items.filter(i, has(i.name)).map(i, i.port) == [443] && self.items.map(i, i.port > 100, i.port) == [443]`,
  `self.labels.all(k, k.size() > 2) && self.labels.exists(k, v, k == 'app' && v == 'web')`,
  `self.items.all(a, self.items.exists_one(b, a.port == b.port))`,
  `self.items.all(i, i.name == 'tls' || i.port == 80)`,
  `self.tags + ['d'] == ['a', 'b', 'c', 'd'] && 'a' + 'b' == 'ab'`,
  `{'a': 1}.a == 1 && {'a': [1]} == {'a': [1]} && [1, 2] != [2, 1]`,
  `self.?absent.orValue('x') == 'x' && self.?name.orValue('x') == 'web' && self.?labels.?app.hasValue()`,
  `'a,b,c'.split(',')[1] == 'b' && 'a,b,c'.split(',', 2) == ['a', 'b,c'] && ['a', 'b'].join('-') == 'a-b'`,
  `'Hello'.lowerAscii() == 'hello' && 'abc'.substring(1) == 'bc' && 'abc'.substring(0, 2) == 'ab' && 'abc'.charAt(1) == 'b'`,
  `'a.b.c'.replace('.', '-') == 'a-b-c' && 'a.b.c'.replace('.', '-', 1) == 'a-b.c' && 'abc'.indexOf('c') == 2`,
  `'abc'.startsWith('a') && 'abc'.endsWith('c') && 'abc'.contains('b') && ' a '.trim() == 'a'`,
  `duration('1m30s') > duration('89s') && duration('1500ms').getSeconds() == 1 && duration('1500ms').getMilliseconds() == 500`,
  `duration('0s') == duration('0h')`,
  `isIP('10.0.0.1') && !isIP('10.0.0.01') && ip('2001:db8::1').family() == 6`,
  `isCIDR('10.0.0.9/24') && cidr('10.0.0.9/24') != cidr('10.0.0.9/24').masked() && cidr('10.0.0.0/24').containsIP('10.0.0.9')`,
  `cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') && cidr('10.0.0.0/8').prefixLength() == 8`,
  `quantity('1Gi').isGreaterThan(quantity('1G')) && quantity('500m') == quantity('0.5') && !isQuantity('x')`,
  `url('https://example.com:8443/a').getHost() == 'example.com:8443' && !isURL('x y')`,
  `[1, 2, 3].sum() == 6 && [3, 1].min() == 1 && [3, 1].max() == 3 && [1, 2].isSorted() && ![2, 1].isSorted()`,
  `sets.contains([1, 2], [2]) && sets.intersects([1], [1, 2]) && sets.equivalent([1, 2], [2, 1])`,
  `!format.dns1123Label().validate('web').hasValue() && format.dns1123Label().validate('Web').hasValue()`,
  `type(self.name) == string && type(self.count) == int && string(self.count) == '3' && int('3') == 3`,
  `r'\\d' == '\\\\d' && "\\x41\\u0042" == 'AB' && """a'b"c""" == 'a\\'b"c'`,
  `timestamp('2024-01-01T00:00:00Z') < timestamp('2024-01-02T00:00:00Z')`,
  `self.count == 3 // a comment
    && true`,
])('%s', (rule) => {
  expect(celCheck(rule)(SELF)).toBe(true);
});

test.each([
  ['a field that is absent', 'self.absent == 1'],
  ['an index beyond the list', `self.tags[9] == 'a'`],
  ['a comparison of different types', `self.name < 1`],
  ['a division by zero', '1 / 0 == 1'],
  ['a result that is no truth', 'self.name'],
  ['all of them, where one has no answer', `self.items.all(i, i.name == 'tls')`],
])('the object is refused for %s', (_, rule) => {
  expect(celCheck(rule)(SELF)).toBe(false);
});

test.each([
  ['a function that is not known', 'self.frobnicate() == 1'],
  ['a variable that is not known', 'other.name == 1'],
  ['a text that is no expression', 'self.name =='],
  ['too many items', 'self.all(a, self.all(b, self.all(c, a + b + c >= 0)))'],
])('nothing is said about %s', (_, rule) => {
  expect(celCheck(rule)(Array.from({ length: 200 }, (__, index) => index))).toBeUndefined();
});

test.each(['', '1 +', '(1', '[1, 2', 'a.', `'open`, '1 2', '{1: }', '@', '-', `${'('.repeat(300)}1${')'.repeat(300)}`])(
  'no expression: %s',
  (rule) => {
    expect(parseCel(rule)).toBeUndefined();
  },
);

test('any text is read or refused, without an error', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          'self',
          '.a',
          '(',
          ')',
          '[',
          ']',
          ' && ',
          ' ? ',
          ':',
          '1',
          '"x"',
          '!',
          '-',
          ' in ',
          ',',
          '{',
          '}',
        ),
      ),
      (parts) => {
        const checked = celCheck(parts.join(''))({ a: 1 });
        expect([true, false, undefined]).toContain(checked);
      },
    ),
  );
});
