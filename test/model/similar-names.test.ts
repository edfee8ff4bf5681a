import fc from 'fast-check';
import { distance } from 'fastest-levenshtein';
import { similarNames } from '../../lib/model/similar-names';

const NAMES = ['checkout', 'web', 'ui', 'cart-v1', 'api', 'api-internal'];

test.each([
  ['chekout', 'checkout'],
  ['checkoutt', 'checkout'],
  ['chekcout', 'checkout'],
  ['checkoux', 'checkout'],
  ['wbe', 'web'],
  ['ap', undefined],
  ['apo', 'api'],
  ['checkout', undefined],
  ['check', undefined],
  ['chkut', undefined],
  ['ux', undefined],
  ['cart-v2', undefined],
  ['cart-v', undefined],
  ['cart-v12', undefined],
  ['crat-v1', 'cart-v1'],
  ['', undefined],
  ['w'.repeat(100_000), undefined],
])('%.20s probably means %s', (name, expected) => {
  expect(similarNames(NAMES, (item) => item)(name)).toBe(expected);
});

test('of several the first by name, in whatever order they are given', () => {
  for (const names of [
    ['web-a', 'web-b'],
    ['web-b', 'web-a'],
  ]) {
    expect(similarNames(names, (item) => item)('web-c')).toBe('web-a');
  }
});

test('finds every name that is one edit or one swap away, and none that is more than two edits away', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 3, maxLength: 7 });
  fc.assert(
    fc.property(letters, letters, (known, asked) => {
      const found = similarNames([known], (item) => item)(asked) === known;
      if (known === asked) expect(found).toBe(false);
      else if (distance(known, asked) === 1 || isSwap(known, asked)) expect(found).toBe(true);
      else if (distance(known, asked) > 2) expect(found).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

function isSwap(a: string, b: string): boolean {
  return Array.from(
    a,
    (_, index) => a.slice(0, index) + a.charAt(index + 1) + a.charAt(index) + a.slice(index + 2),
  ).includes(b);
}
