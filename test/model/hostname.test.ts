import fc from 'fast-check';
import { hostnamesIntersect } from '../../lib/model';

test.each([
  [undefined, 'a.example.com', true],
  [undefined, undefined, true],
  ['a.example.com', 'a.example.com', true],
  ['a.example.com', 'b.example.com', false],
  ['*.example.com', 'a.example.com', true],
  ['*.example.com', 'a.b.example.com', true],
  ['*.example.com', 'example.com', false],
  ['*.example.com', '.example.com', false],
  ['*.example.com', 'a.badexample.com', false],
  ['*.example.com', '*.example.com', true],
  ['*.example.com', '*.a.example.com', true],
  ['*.example.com', '*.example.net', false],
])('%s and %s: %s', (a, b, expected) => {
  expect(hostnamesIntersect(a, b)).toBe(expected);
  expect(hostnamesIntersect(b, a)).toBe(expected);
});

test('a name under a wildcard intersects it, and every wider one', () => {
  const label = fc.stringMatching(/^[a-z]{1,5}$/);
  fc.assert(
    fc.property(fc.array(label, { minLength: 2, maxLength: 5 }), fc.nat(), (labels, depth) => {
      const from = 1 + (depth % (labels.length - 1));
      expect(hostnamesIntersect(labels.join('.'), ['*', ...labels.slice(from)].join('.'))).toBe(true);
    }),
  );
});
