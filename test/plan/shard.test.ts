import fc from 'fast-check';
import { isInShard, parseShard, shardOf } from '../../lib/plan';

test.each([
  ['1/1', { index: 1, count: 1 }],
  ['2/8', { index: 2, count: 8 }],
  ['8/8', { index: 8, count: 8 }],
  ['10000/10000', { index: 10_000, count: 10_000 }],
  ['0/8', undefined],
  ['9/8', undefined],
  ['1/10001', undefined],
  ['1', undefined],
  ['1/', undefined],
  [' 1/8', undefined],
  ['01/8', undefined],
  ['1/8/8', undefined],
  ['one/8', undefined],
])('the shard %s', (text, shard) => {
  expect(parseShard(text)).toEqual(shard);
});

test('each cluster is in one shard', () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 100 }), (name, count) => {
      const shards = Array.from({ length: count }, (_, index) => ({ index: index + 1, count }));
      expect(shards.filter((shard) => isInShard(name, shard))).toEqual([{ index: shardOf(name, count), count }]);
    }),
  );
});

/** Pipelines keep what they know of a shard: a new version must deal the clusters in the same way. */
test.each([
  ['prod', 8, 3],
  ['staging', 8, 6],
  ['prod-eu-1', 8, 2],
  ['prod-eu-2', 8, 7],
  [undefined, 8, 1],
])('%s of %i', (name, count, shard) => {
  expect(shardOf(name, count)).toBe(shard);
});

test.each([2, 3, 8, 64])('names that differ in a number are dealt evenly to %i shards', (count) => {
  const members = new Map<number, number>();
  for (let index = 0; index < 10_000; index++) {
    const shard = shardOf(`cluster-${index}`, count);
    members.set(shard, (members.get(shard) ?? 0) + 1);
  }
  expect(members.size).toBe(count);
  const mean = 10_000 / count;
  // Four standard deviations of what chance would give.
  for (const size of members.values()) expect(Math.abs(size - mean)).toBeLessThan(4 * Math.sqrt(mean));
});
