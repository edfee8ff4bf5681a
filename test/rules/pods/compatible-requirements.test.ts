import fc from 'fast-check';
import { compatibleIndex, type Requirements } from '../../../lib/rules/pods/compatible-requirements';

const requirements: fc.Arbitrary<Requirements> = fc
  .dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), fc.constantFrom('x', 'y'))
  .map((record) => new Map(Object.entries(record)));

function compatible(one: Requirements, other: Requirements): boolean {
  return [...one].every(([key, value]) => (other.get(key) ?? value) === value);
}

test('finds the first that contradicts nothing, as comparing all of them does', () => {
  fc.assert(
    fc.property(fc.array(requirements, { maxLength: 20 }), (all) => {
      const index = compatibleIndex<number>();
      all.forEach((one, position) => {
        const expected = all.slice(0, position).findIndex((other) => compatible(one, other));
        expect(index.find(one) ?? -1).toBe(expected);
        index.add(one, position);
      });
    }),
  );
});
