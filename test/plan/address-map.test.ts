import fc from 'fast-check';
import { addressMaps, heldByOthers, readFleetSpec } from '../../lib/plan';
import { lockOf, planOf } from './fleet';

function mapsOf(input: unknown, lock = {}): ReturnType<typeof addressMaps> {
  const plan = planOf(input, lockOf(lock));
  return addressMaps(plan.free, plan.allocations, heldByOthers(readFleetSpec(input).spec), plan.changes);
}

test('every block of a supernet in address order', () => {
  const [map] = mapsOf({
    supernets: ['10.0.0.0/16'],
    reserved: { vpn: ['10.0.0.0/18'], elsewhere: ['192.168.0.0/16'] },
    clusters: { a: { nodes: 16, nodeNetwork: ['10.0.64.0/20'] } },
  });
  expect(map.supernet).toBe('10.0.0.0/16');
  expect(map.blocks.map(({ cidr, use, owner, change }) => [cidr, use, owner, change])).toEqual([
    ['10.0.0.0/18', 'reservation', 'vpn', null],
    ['10.0.64.0/20', 'nodes', 'a nodes', null],
    ['10.0.80.0/20', 'free', '', null],
    ['10.0.96.0/20', 'pods', 'a pods IPv4', 'new'],
    ['10.0.112.0/20', 'free', '', null],
    ['10.0.128.0/17', 'free', '', null],
  ]);
  expect(map.blocks.map(({ start }) => start)).toEqual([0, 0.25, 0.3125, 0.375, 0.4375, 0.5]);
});

test.each([
  ['new', {}],
  [null, { 'a/pods/IPv4': '10.0.0.0/20' }],
  ['grown', { 'a/pods/IPv4': '10.0.0.0/21' }],
])('a change is %s for the lock %j', (change, lock) => {
  const [map] = mapsOf({ supernets: ['10.0.0.0/16'], clusters: { a: { nodes: 16 } } }, lock);
  expect(map.blocks.find(({ use }) => use === 'pods')?.change).toBe(change);
});

test('the blocks of a supernet fill it', () => {
  const cluster = fc.record({ nodes: fc.integer({ min: 1, max: 40 }), services: fc.integer({ min: 1, max: 500 }) });
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), cluster, { maxKeys: 5 }), (clusters) => {
      const [map] = mapsOf({ supernets: ['10.0.0.0/8'], clusters });
      let next = 0;
      for (const { start, share } of map.blocks) {
        expect(start).toBe(next);
        next = start + share;
      }
      expect(next).toBe(1);
    }),
  );
});
