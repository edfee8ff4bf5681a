import fc from 'fast-check';
import { cidrsOverlap, parseCidr } from '../../lib/address';
import {
  EMPTY_LOCK,
  formatLock,
  parseLock,
  planAddresses,
  readFleetSpec,
  type FleetPlan,
  type Lock,
} from '../../lib/plan';
import { allocationTexts, lockOf, planOf, texts } from './fleet';

const CONTRACT_SPEC = {
  supernets: ['10.0.0.0/8', 'fd42:10::/32'],
  reserved: { 'office-vpn': ['10.0.0.0/16'] },
  clusters: {
    'prod-eu': {
      families: ['IPv4', 'IPv6'],
      kubernetesVersion: '1.33',
      nodes: 200,
      podsPerNode: 110,
      services: 4000,
      loadBalancers: 64,
      headroom: 2,
      nodeNetwork: ['10.200.0.0/22'],
    },
    legacy: {
      podCidrs: ['10.244.0.0/16'],
      serviceCidrs: ['10.96.0.0/12'],
      nodeCidrMaskSize: { IPv4: 24 },
      loadBalancerCidrs: ['10.3.0.0/26'],
    },
  },
};

test('a fleet with sizes and explicit ranges', () => {
  const plan = planOf(CONTRACT_SPEC);
  expect(plan.findings).toEqual([]);
  expect(allocationTexts(plan)).toEqual([
    'legacy/loadBalancers/IPv4 10.3.0.0/26 pinned',
    'legacy/pods/IPv4 10.244.0.0/16 pinned',
    'legacy/services/IPv4 10.96.0.0/12 pinned',
    'prod-eu/loadBalancers/IPv4 10.3.0.128/25 new',
    'prod-eu/loadBalancers/IPv6 fd42:10:0:400::2:0/121 new',
    'prod-eu/pods/IPv4 10.4.0.0/15 new',
    'prod-eu/pods/IPv6 fd42:10::/55 new',
    'prod-eu/services/IPv4 10.3.64.0/19 new',
    'prod-eu/services/IPv6 fd42:10:0:400::/112 new',
  ]);
  expect(plan.clusters.get('prod-eu')).toEqual({
    families: ['IPv4', 'IPv6'],
    podCidrs: ['10.4.0.0/15', 'fd42:10::/55'],
    nodeCidrMaskSize: { IPv4: 24, IPv6: 64 },
    serviceCidrs: ['10.3.64.0/19', 'fd42:10:0:400::/112'],
    loadBalancerCidrs: ['10.3.0.128/25', 'fd42:10:0:400::2:0/121'],
    dnsIps: ['10.3.64.10', 'fd42:10:0:400::a'],
    clusterDomain: 'cluster.local',
    capacity: { nodes: 512, podsPerNode: 110, services: 8190, loadBalancers: 128 },
  });
  expect(plan.allocations.map(({ reason }) => reason)).toEqual([
    'given as loadBalancerCidrs',
    'given as podCidrs',
    'given as serviceCidrs',
    '128 load balancer addresses (64 × headroom 2)',
    '128 load balancer addresses (64 × headroom 2)',
    '400 nodes (200 × headroom 2) of /24 each; room for 1024 nodes',
    '400 nodes (200 × headroom 2) of /64 each; room for 1024 nodes',
    '8000 services (4000 × headroom 2) and the 2 of every cluster; room for 16382 services',
    '8000 services (4000 × headroom 2) and the 2 of every cluster; room for 131071 services',
  ]);
  expect(
    plan.changes.map(({ key, before, after }) => `${key}: ${before ?? 'nothing'} → ${after ?? 'nothing'}`),
  ).toEqual([
    'prod-eu/loadBalancers/IPv4: nothing → 10.3.0.128/25',
    'prod-eu/loadBalancers/IPv6: nothing → fd42:10:0:400::2:0/121',
    'prod-eu/pods/IPv4: nothing → 10.4.0.0/15',
    'prod-eu/pods/IPv6: nothing → fd42:10::/55',
    'prod-eu/services/IPv4: nothing → 10.3.64.0/19',
    'prod-eu/services/IPv6: nothing → fd42:10:0:400::/112',
  ]);
});

test('what is left of a supernet', () => {
  const plan = planOf({
    supernets: ['10.0.0.0/24', 'fd00::/64'],
    reserved: { lab: ['10.0.0.128-10.0.0.191'] },
    clusters: { a: { services: 14 } },
  });
  expect(plan.free).toEqual([
    { supernet: '10.0.0.0/24', cidrs: ['10.0.0.0/25', '10.0.0.224/27'], utilisation: 0.375 },
    { supernet: 'fd00::/64', cidrs: ['fd00::/64'], utilisation: 0 },
  ]);
});

test('a cluster without claims has empty lists', () => {
  expect(planOf({ clusters: { a: {} } }).clusters.get('a')).toEqual({
    families: ['IPv4'],
    podCidrs: [],
    nodeCidrMaskSize: {},
    serviceCidrs: [],
    loadBalancerCidrs: [],
    dnsIps: [],
    clusterDomain: 'cluster.local',
    capacity: { nodes: 0, podsPerNode: 110, services: 0, loadBalancers: 0 },
  });
});

describe('when it does not fit', () => {
  test('the finding proves it, names the holders, and what fits is placed', () => {
    const plan = planOf({
      supernets: ['10.0.0.0/18', '10.0.64.0/19'],
      reserved: { vpn: ['10.0.0.0/20'], lab: ['10.0.32.0/19'] },
      clusters: { a: { nodes: 16 }, b: { nodes: 16 }, c: { nodes: 16, services: 100 }, d: { nodes: 16 } },
    });
    expect(texts(plan.findings)).toEqual([
      'NL102 no room for c/services/IPv4, a /25 (100 services and the 2 of every cluster): needs 129 /25 in all (a/pods/IPv4 /20, b/pods/IPv4 /20, c/pods/IPv4 /20, d/pods/IPv4 /20, c/services/IPv4 /25); two free blocks are /25 or larger and hold 96: 10.0.16.0/20, 10.0.64.0/19',
      'NL102 no room for d/pods/IPv4, a /20 (16 nodes of /24 each): needs four /20 in all (a/pods/IPv4 /20, b/pods/IPv4 /20, c/pods/IPv4 /20, d/pods/IPv4 /20); two free blocks are /20 or larger and hold three: 10.0.16.0/20, 10.0.64.0/19',
    ]);
    expect(plan.findings[1]).toMatchObject({
      related: [
        { message: 'held by reservation lab 10.0.32.0/19', specPath: ['reserved', 'lab', 0] },
        { message: 'held by reservation vpn 10.0.0.0/20', specPath: ['reserved', 'vpn', 0] },
      ],
      help: 'set nodeCidrMaskSize: {IPv4: 25} for a, b, c, d, 128 addresses for each node (125 pods at most), and it fits; or give up a reservation; or add an IPv4 supernet of /19 or larger',
      specPath: ['clusters', 'd', 'nodes'],
    });
    expect(allocationTexts(plan)).toEqual([
      'a/pods/IPv4 10.0.16.0/20 new',
      'b/pods/IPv4 10.0.64.0/20 new',
      'c/pods/IPv4 10.0.80.0/20 new',
    ]);
    expect([...plan.lock.allocations.keys()]).toEqual(['a/pods/IPv4', 'b/pods/IPv4', 'c/pods/IPv4']);
  });

  const helps = (input: unknown, lock?: Lock): string[] =>
    planOf(input, lock).findings.map(({ code, help }) => `${code} ${help}`);

  test.each<[string, unknown, string]>([
    [
      'a laboratory in a /23',
      { supernets: ['10.9.8.0/23'], clusters: { lab: { nodes: 6, podsPerNode: 30, services: 60, loadBalancers: 8 } } },
      'set nodeCidrMaskSize: {IPv4: 27}, 32 addresses for each node (29 pods at most), and it fits; or add an IPv4 supernet of /25 or larger',
    ],
    [
      'smaller blocks, or fewer nodes',
      { supernets: ['10.9.8.0/23'], clusters: { lab: { nodes: 3 } } },
      'set nodeCidrMaskSize: {IPv4: 25}, 128 addresses for each node (125 pods at most), and it fits; or ask for at most 2 nodes; or add an IPv4 supernet of /22 or larger',
    ],
    [
      'fewer nodes, where a smaller block does not hold the pods of a node',
      {
        supernets: ['10.9.8.0/24'],
        clusters: { lab: { nodes: 3, nodeCidrMaskSize: { IPv4: 25 }, podsPerNode: 120 } },
      },
      'ask for at most 2 nodes; or add an IPv4 supernet of /23 or larger',
    ],
    [
      'a size times the headroom',
      { supernets: ['10.9.8.0/25'], clusters: { lab: { services: 100, headroom: 2 } } },
      'ask for at most 62 services, times the headroom 2; or add an IPv4 supernet of /24 or larger',
    ],
    [
      'nothing smaller',
      { supernets: ['10.9.8.0/29'], clusters: { lab: { services: 100 } } },
      'ask for less; or add an IPv4 supernet of /25 or larger',
    ],
  ])('the help names what would fit: %s', (_, input, help) => {
    expect(new Set(helps(input))).toEqual(new Set([`NL102 ${help}`]));
  });

  test('law: what the help advises, fits', () => {
    const cluster = fc.record({
      nodes: fc.integer({ min: 1, max: 20 }),
      podsPerNode: fc.constantFrom(10, 30, 60, 110),
      services: fc.integer({ min: 1, max: 120 }),
    });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom('a', 'b', 'c'), cluster, { minKeys: 1 }), (clusters) => {
        const supernets = ['10.0.0.0/20'];
        const { findings, lock } = planOf({ supernets, clusters });
        for (const { code, help, specPath = [] } of findings.filter((one) => one.code === 'NL102')) {
          const mask = /^set nodeCidrMaskSize: \{IPv4: (\d+)\}(?: for ([a-z, ]+), | ?)/.exec(help);
          const most = /ask for at most (\d+) (nodes?|services?)/.exec(help);
          const supernet = /add an IPv4 supernet of \/(\d+) or larger/.exec(help);
          const name = String(specPath[1]);
          const masked = mask === null ? [] : (mask.at(2)?.split(', ') ?? [name]);
          const keys = [`${name}/pods/IPv4`, `${name}/services/IPv4`].filter((key) => !lock.allocations.has(key));
          const changed = (change: (each: object) => object, names: readonly string[]): object =>
            Object.fromEntries(
              Object.entries(clusters).map(([each, spec]) => [each, names.includes(each) ? change(spec) : spec]),
            );
          const fits = (input: object): boolean => {
            const after = planOf({ supernets, ...input });
            return keys.every((key) => after.lock.allocations.has(key));
          };
          expect(code === 'NL102' && supernet !== null).toBe(true);
          expect(fits({ clusters, supernets: [...supernets, `11.0.0.0/${supernet?.[1]}`] })).toBe(true);
          if (mask !== null) {
            const nodeCidrMaskSize = { IPv4: Number(mask[1]) };
            expect(fits({ clusters: changed((each) => ({ ...each, nodeCidrMaskSize }), masked) })).toBe(true);
          }
          if (most !== null) {
            const key = most[2].startsWith('node') ? 'nodes' : 'services';
            expect(fits({ clusters: changed((each) => ({ ...each, [key]: Number(most[1]) }), [name]) })).toBe(true);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test('a load balancer range makes way for what fits beside it only elsewhere', () => {
    const plan = planOf({
      supernets: ['10.0.0.0/24'],
      reserved: { vpn: ['10.0.0.192/26'] },
      clusters: {
        a: { podCidrs: ['10.0.0.0/27'], podsPerNode: 4, loadBalancers: 32 },
        d: { isolated: true, services: 120 },
      },
    });
    expect(plan.findings).toEqual([]);
    expect(allocationTexts(plan)).toEqual([
      'a/loadBalancers/IPv4 10.0.0.128/27 new',
      'a/pods/IPv4 10.0.0.0/27 pinned',
      'd/services/IPv4 10.0.0.0/25 new',
    ]);
  });

  test('no block at all', () => {
    const plan = planOf({ supernets: ['10.0.0.0/24'], clusters: { a: { nodes: 2 } } });
    expect(texts(plan.findings)).toEqual([
      'NL102 no room for a/pods/IPv4, a /23 (2 nodes of /24 each): needs one /23; no free block is /23 or larger',
    ]);
  });

  test('nothing is proved by supernets that could not be read', () => {
    const { spec, findings } = readFleetSpec({ supernets: ['10.0.0.5/8'], clusters: { a: { nodes: 2 } } });
    expect(texts(findings)).toEqual(['NL901 supernets[0]: 10.0.0.5/8 has host bits set']);
    expect(planAddresses(spec, EMPTY_LOCK).findings).toEqual([]);
  });

  test('a family without a supernet is one finding for each cluster', () => {
    const plan = planOf({
      supernets: ['10.0.0.0/8'],
      clusters: { a: { families: ['IPv4', 'IPv6'], nodes: 2, services: 10 } },
    });
    expect(texts(plan.findings)).toEqual([
      'NL112 cluster a asks for IPv6 addresses (nodes, services), and no supernet is IPv6',
    ]);
    expect(allocationTexts(plan)).toEqual(['a/pods/IPv4 10.0.0.0/23 new', 'a/services/IPv4 10.0.4.0/28 new']);
  });
});

describe('supernets', () => {
  test('listed twice or inside another', () => {
    const plan = planOf({ supernets: ['10.1.0.0/16', '10.0.0.0/8', '10.0.0.0/8'], clusters: { a: { nodes: 1 } } });
    expect(plan.findings.map(({ code, message, specPath }) => [code, message, specPath])).toEqual([
      ['NL111', 'supernet 10.1.0.0/16 lies inside supernet 10.0.0.0/8', ['supernets', 0]],
      ['NL111', 'supernet 10.0.0.0/8 is listed twice', ['supernets', 2]],
    ]);
    expect(plan.free.map(({ supernet }) => supernet)).toEqual(['10.0.0.0/8']);
    expect(allocationTexts(plan)).toEqual(['a/pods/IPv4 10.0.0.0/24 new']);
  });

  test('reservations outside every supernet are fine', () => {
    const plan = planOf({
      supernets: ['10.0.0.0/16'],
      reserved: { vpc: ['192.168.0.0/16', '10.0.0.0/17', 'fd00::/8'] },
      clusters: { a: { nodes: 1 } },
    });
    expect(plan.findings).toEqual([]);
    expect(allocationTexts(plan)).toEqual(['a/pods/IPv4 10.0.128.0/24 new']);
  });

  test('space that never works is passed over, and space that others take while there is other', () => {
    const loopback = planOf({ supernets: ['126.0.0.0/7'], clusters: { a: { nodes: 65536 }, b: { nodes: 1 } } });
    expect(texts(loopback.findings)).toEqual([
      'NL102 no room for b/pods/IPv4, a /24 (1 node of /24 each): needs 65537 /24 in all (a/pods/IPv4 /8, b/pods/IPv4 /24); one free block is /24 or larger and holds 65536: 126.0.0.0/8',
    ]);
    const docker = { supernets: ['172.16.0.0/15'], reserved: { vpc: ['172.16.0.0/17'] } };
    const one = planOf({ ...docker, clusters: { a: { nodes: 128 } } });
    expect([allocationTexts(one), one.findings]).toEqual([['a/pods/IPv4 172.16.128.0/17 new'], []]);
    const two = planOf({ ...docker, clusters: { a: { nodes: 128 }, b: { nodes: 256 } } });
    expect(allocationTexts(two)).toEqual(['a/pods/IPv4 172.16.128.0/17 new', 'b/pods/IPv4 172.17.0.0/16 new']);
    expect(texts(two.findings)).toEqual([
      'NL105 pod range 172.17.0.0/16 of cluster b overlaps 172.17.0.0/16, the default bridge of Docker (docker0)',
    ]);
  });

  test('a supernet in such space is a choice: pods and Services take it before what is routed', () => {
    const plan = planOf({
      supernets: ['10.195.0.0/16', '100.64.0.0/10'],
      clusters: { a: { nodes: 10, services: 100, loadBalancers: 8 } },
    });
    expect(plan.findings).toEqual([]);
    expect(allocationTexts(plan)).toEqual([
      'a/loadBalancers/IPv4 10.195.0.0/29 new',
      'a/pods/IPv4 100.64.0.0/20 new',
      'a/services/IPv4 100.64.32.0/25 new',
    ]);
  });

  test('supernets for some roles', () => {
    const supernets = [
      { cidr: '10.195.0.0/16', for: ['nodes', 'loadBalancers'] },
      { cidr: '10.100.0.0/24', for: 'services' },
      '10.0.0.0/16',
    ];
    const plan = planOf({ supernets, clusters: { a: { nodes: 10, services: 200, loadBalancers: 8 } } });
    expect(plan.findings).toEqual([]);
    expect(allocationTexts(plan)).toEqual([
      'a/loadBalancers/IPv4 10.195.0.0/29 new',
      'a/pods/IPv4 10.0.0.0/20 new',
      'a/services/IPv4 10.100.0.0/24 new',
    ]);
    // What is for others is nobody else's, and what its own has no room for goes where all may.
    const full = planOf({
      supernets,
      clusters: { a: { services: 200 }, b: { services: 200, growth: false }, c: { nodes: 600 } },
    });
    expect(texts(full.findings)).toEqual([expect.stringContaining('NL102 no room for c/pods/IPv4, a /14') as string]);
    expect(allocationTexts(full)).toEqual(['a/services/IPv4 10.100.0.0/24 new', 'b/services/IPv4 10.0.0.0/24 new']);
  });

  test('ranges that are not routed repeat from cluster to cluster, and meet nothing that is', () => {
    const overlay = { podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.0.0.0/16'] };
    const peered = {
      routed: ['nodes', 'loadBalancers'],
      clusters: {
        a: { ...overlay, nodeNetwork: ['10.1.0.0/16'] },
        b: { ...overlay, nodeNetwork: ['10.2.0.0/16'] },
      },
    };
    expect(planOf(peered).findings.filter(({ code }) => code === 'NL101')).toEqual([]);
    const over = { ...peered, clusters: { ...peered.clusters, b: { ...overlay, nodeNetwork: ['10.244.0.0/24'] } } };
    expect(texts(planOf(over).findings.filter(({ code }) => code === 'NL101'))).toEqual([
      'NL101 node network 10.244.0.0/24 of cluster b overlaps pod range 10.244.0.0/16 of cluster a',
      'NL101 pod range 10.244.0.0/16 of cluster b overlaps node network 10.244.0.0/24 of cluster b',
    ]);
    const one = { nodes: 100, services: 200, routed: ['pods', 'nodes', 'loadBalancers'] };
    const services = planOf({ supernets: ['10.0.0.0/14'], strategy: 'best-fit', clusters: { a: one, b: one } });
    expect(allocationTexts(services).filter((text) => text.includes('services'))).toEqual([
      'a/services/IPv4 10.1.0.0/24 new',
      'b/services/IPv4 10.1.0.0/24 new',
    ]);
  });
});

describe('the lock', () => {
  const spec = (clusters: unknown, more: object = {}): unknown => ({ supernets: ['10.0.0.0/16'], clusters, ...more });

  test('what was allocated stays, also where another place would be better now', () => {
    const plan = planOf(spec({ a: { nodes: 1 }, b: { nodes: 1 } }), lockOf({ 'b/pods/IPv4': '10.0.200.0/24' }));
    expect(allocationTexts(plan)).toEqual(['a/pods/IPv4 10.0.202.0/24 new', 'b/pods/IPv4 10.0.200.0/24 locked']);
    expect(plan.changes).toEqual([{ key: 'a/pods/IPv4', before: null, after: '10.0.202.0/24' }]);
  });

  test('a removed claim leaves, entries of single services and of other fleets are not touched', () => {
    const lock = lockOf({
      'a/pods/IPv4': '10.0.0.0/24',
      'gone/pods/IPv4': '10.0.1.0/24',
      'other/pods/IPv4': '10.0.2.0/24',
      'a/clusterIP/shop/web/IPv4': '10.96.0.2',
    });
    const plan = planOf(spec({ a: { nodes: 1 } }), lock, { otherClusters: new Set(['other']) });
    expect(plan.changes).toEqual([{ key: 'gone/pods/IPv4', before: '10.0.1.0/24', after: null }]);
    expect(plan.lock).toEqual(lockOf({ 'a/pods/IPv4': '10.0.0.0/24' }));
  });

  test.each([
    ['the upper buddy is free', '10.0.0.0/24', '10.0.0.0/23'],
    ['the lower buddy is free', '10.0.5.0/24', '10.0.4.0/23'],
  ])('a claim that grew is extended in place: %s', (_, before, after) => {
    const plan = planOf(spec({ a: { nodes: 2 } }), lockOf({ 'a/pods/IPv4': before }));
    expect(plan.findings).toEqual([]);
    expect(allocationTexts(plan)).toEqual([`a/pods/IPv4 ${after} locked`]);
    expect(plan.changes).toEqual([{ key: 'a/pods/IPv4', before, after }]);
  });

  const neighbours = lockOf({ 'a/pods/IPv4': '10.0.0.0/24', 'b/pods/IPv4': '10.0.1.0/24' });

  test('a claim that grew and cannot be extended stays, and the finding says where it would go', () => {
    const plan = planOf(spec({ a: { nodes: 2 }, b: { nodes: 1 } }), neighbours);
    expect(texts(plan.findings)).toEqual([
      'NL121 a/pods/IPv4 needs a /23 (2 nodes of /24 each) and cannot grow in place from 10.0.0.0/24: in 10.0.0.0/23 is pod range 10.0.1.0/24 of cluster b; and it would move to 10.0.4.0/23',
    ]);
    expect(plan.findings[0].help).toBe(
      'move it with --renumber a/pods/IPv4, or ask for less. On a running cluster every pod gets a new address, node by node: PodNetworkMigration of docs/migration.md writes the steps. `growth: true` keeps room to double in place from then on',
    );
    expect(allocationTexts(plan)).toEqual(['a/pods/IPv4 10.0.0.0/24 locked', 'b/pods/IPv4 10.0.1.0/24 locked']);
    expect(plan.changes).toEqual([]);
  });

  test('two neighbours that grew do not take each other’s range', () => {
    const plan = planOf(spec({ a: { nodes: 2 }, b: { nodes: 2 } }), neighbours);
    expect(plan.findings.map(({ code }) => code)).toEqual(['NL121', 'NL121']);
    expect(plan.changes).toEqual([]);
  });

  test('a small cluster of an empty supernet doubles in place, pods and services, unless it says otherwise', () => {
    const small = { nodes: 10, services: 100 };
    const large = { nodes: 20, services: 200 };
    const first = planOf({ supernets: ['10.0.0.0/8'], clusters: { a: small, b: small } });
    expect(first.allocations.map(({ key, reason }) => [key, reason])).toEqual([
      ['a/pods/IPv4', '10 nodes of /24 each; room for 32 nodes'],
      ['a/services/IPv4', '100 services and the 2 of every cluster; room for 254 services'],
      ['b/pods/IPv4', '10 nodes of /24 each; room for 32 nodes'],
      ['b/services/IPv4', '100 services and the 2 of every cluster; room for 254 services'],
    ]);
    // What comes in between leaves the room.
    const more = planOf({ supernets: ['10.0.0.0/8'], clusters: { a: small, b: small, c: small } }, first.lock);
    const grown = planOf({ supernets: ['10.0.0.0/8'], clusters: { a: large, b: large, c: large } }, more.lock);
    expect(grown.findings).toEqual([]);
    const packed = { supernets: ['10.0.0.0/8'], strategy: 'best-fit' };
    const neighbours = planOf({ ...packed, clusters: { a: small, b: small } });
    expect(planOf({ ...packed, clusters: { a: large, b: large } }, neighbours.lock).findings).not.toEqual([]);
  });

  test('law: while a fleet takes less than a quarter of its supernet, every cluster may double', () => {
    const cluster = fc.record({ nodes: fc.integer({ min: 1, max: 60 }), services: fc.integer({ min: 1, max: 900 }) });
    const fleet = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), cluster, { minKeys: 1 });
    fc.assert(
      fc.property(fleet, fleet, (now, later) => {
        const supernets = ['10.0.0.0/13'];
        const first = planOf({ supernets, clusters: now });
        const second = planOf({ supernets, clusters: { ...later, ...now } }, first.lock);
        const doubled = Object.fromEntries(
          Object.entries({ ...later, ...now }).map(([name, { nodes, services }]) => [
            name,
            { nodes: 2 * nodes, services: Math.max(services, 2 * services - 4) },
          ]),
        );
        expect(planOf({ supernets, clusters: doubled }, second.lock).findings).toEqual([]);
      }),
    );
  });

  test('what the help says about moving is what --renumber does', () => {
    const nodes = fc.integer({ min: 1, max: 16 });
    const clusters = fc.record({ a: nodes, b: nodes, c: nodes });
    fc.assert(
      fc.property(clusters, clusters, (now, later) => {
        const input = (counts: Record<string, number>): object => ({
          supernets: ['10.0.0.0/19'],
          strategy: 'best-fit',
          clusters: Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, { nodes: count }])),
        });
        const { lock } = planOf(input(now));
        for (const { code, message, help } of planOf(input(later), lock).findings) {
          if (code !== 'NL121') continue;
          const keys = [...help.matchAll(/--renumber (\S+?\/IPv4)/g)].map(([, key]) => key);
          const [, key = ''] = /^(\S+) needs/.exec(message) ?? [];
          const destination = /it would move to (\S+)$/.exec(message)?.at(1);
          const moved = planOf(input(later), lock, { renumber: new Set(keys.length === 0 ? [key] : keys) });
          if (destination !== undefined) expect(moved.lock.allocations.get(key)).toBe(destination);
          else expect(moved.findings.some((one) => one.code === 'NL102')).toBe(true);
        }
      }),
    );
  });

  test('a range frees its own space when it moves', () => {
    const plan = planOf(
      { supernets: ['10.0.0.0/22'], clusters: { a: { nodes: 2 }, b: { nodes: 2 } } },
      lockOf({ 'a/pods/IPv4': '10.0.1.0/24', 'b/pods/IPv4': '10.0.2.0/24', 'c/pods/IPv4': '10.0.0.0/24' }),
    );
    expect(texts(plan.findings)).toEqual([]);
    const blocked = planOf(
      {
        supernets: ['10.0.0.0/22'],
        reserved: { vpn: ['10.0.3.0/24'] },
        clusters: { a: { nodes: 1 }, b: { nodes: 2 } },
      },
      lockOf({ 'a/pods/IPv4': '10.0.2.0/24', 'b/pods/IPv4': '10.0.1.0/24' }),
    );
    expect(texts(blocked.findings)).toEqual([]);
    expect(allocationTexts(blocked)).toContain('b/pods/IPv4 10.0.0.0/23 locked');
  });

  test('a locked load balancer range grows inside the node network of its cluster', () => {
    const plan = planOf(
      {
        supernets: ['10.0.0.0/8'],
        clusters: { a: { nodeNetwork: ['10.1.0.0/22'], loadBalancers: 60 } },
      },
      lockOf({ 'a/loadBalancers/IPv4': '10.1.3.0/27' }),
    );
    expect(plan.findings).toEqual([]);
    expect(allocationTexts(plan)).toEqual(['a/loadBalancers/IPv4 10.1.3.0/26 locked']);
  });

  test('renumber moves it', () => {
    const plan = planOf(spec({ a: { nodes: 2 }, b: { nodes: 1 } }), neighbours, { renumber: new Set(['a/pods/IPv4']) });
    expect(plan.findings).toEqual([]);
    expect(plan.changes).toEqual([{ key: 'a/pods/IPv4', before: '10.0.0.0/24', after: '10.0.4.0/23' }]);
  });

  test('a claim that can neither grow nor move', () => {
    const plan = planOf({ supernets: ['10.0.0.0/23'], clusters: { a: { nodes: 2 }, b: { nodes: 1 } } }, neighbours);
    expect(texts(plan.findings)).toEqual([
      'NL121 a/pods/IPv4 needs a /23 (2 nodes of /24 each) and cannot grow in place from 10.0.0.0/24: in 10.0.0.0/23 is pod range 10.0.1.0/24 of cluster b; and there is no free /23 to move to',
    ]);
  });

  test('a claim does not grow beyond its supernet', () => {
    const plan = planOf(
      { supernets: ['10.0.0.0/24', '10.0.1.0/24'], clusters: { a: { nodes: 2 } } },
      lockOf({ 'a/pods/IPv4': '10.0.0.0/24' }),
    );
    expect(texts(plan.findings)).toEqual([
      'NL121 a/pods/IPv4 needs a /23 (2 nodes of /24 each) and cannot grow in place from 10.0.0.0/24: 10.0.0.0/23 lies in no supernet; and there is no free /23 to move to',
    ]);
  });

  test('a claim that shrank keeps the larger range', () => {
    const plan = planOf(spec({ a: { nodes: 1 } }), lockOf({ 'a/pods/IPv4': '10.0.4.0/22' }));
    expect(plan.allocations).toEqual([
      {
        key: 'a/pods/IPv4',
        cidr: '10.0.4.0/22',
        state: 'locked',
        reason: '1 node of /24 each: a /24, and the lock holds more; room for 8 nodes',
      },
    ]);
    expect(plan.changes).toEqual([]);
  });

  test('a reservation on a locked range is a finding, and nothing moves', () => {
    const plan = planOf(
      spec({ a: { nodes: 1 } }, { reserved: { vpn: ['10.0.0.0/20'] } }),
      lockOf({ 'a/pods/IPv4': '10.0.0.0/24' }),
    );
    expect(texts(plan.findings)).toEqual([
      'NL120 pod range 10.0.0.0/24 of cluster a overlaps reservation vpn 10.0.0.0/20; the lock holds a/pods/IPv4',
    ]);
    expect(plan.findings[0].help).toBe(
      'what is locked never moves by itself: move it with --renumber a/pods/IPv4, or change the other range',
    );
    expect(plan.changes).toEqual([]);
  });

  test('one range for two claims, as merged branches leave it', () => {
    const lock = lockOf({ 'a/pods/IPv4': '10.0.0.0/24', 'b/pods/IPv4': '10.0.0.0/24' });
    const plan = planOf(spec({ a: { nodes: 1 }, b: { nodes: 1 } }), lock);
    expect(texts(plan.findings)).toEqual([
      'NL120 pod range 10.0.0.0/24 of cluster b overlaps pod range 10.0.0.0/24 of cluster a; the lock holds b/pods/IPv4 and a/pods/IPv4',
    ]);
    expect(plan.changes).toEqual([]);
    const moved = planOf(spec({ a: { nodes: 1 }, b: { nodes: 1 } }), lock, { renumber: new Set(['b/pods/IPv4']) });
    expect(moved.findings).toEqual([]);
    expect(moved.changes).toEqual([{ key: 'b/pods/IPv4', before: '10.0.0.0/24', after: '10.0.2.0/24' }]);
  });

  test.each([
    [
      '10.0.0.0/33',
      'gives a/pods/IPv4 a value that is no CIDR: 10.0.0.0/33 has the prefix length 33, which IPv4 does not have: write a prefix length from /0 to /32',
    ],
    ['fd00::/24', 'gives a/pods/IPv4 the IPv6 range fd00::/24'],
  ])('an entry %s is a finding, and the claim waits for a decision', (value, problem) => {
    const plan = planOf(spec({ a: { nodes: 1 } }), lockOf({ 'a/pods/IPv4': value }));
    expect(texts(plan.findings)).toEqual([`NL120 the lock ${problem}`]);
    expect(plan.allocations).toEqual([]);
    expect(plan.changes).toEqual([]);
    expect(plan.clusters.get('a')?.podCidrs).toEqual([]);
  });

  test('an entry outside every supernet is a finding, and stays', () => {
    const plan = planOf(spec({ a: { nodes: 1 } }), lockOf({ 'a/pods/IPv4': '192.168.0.0/24' }));
    expect(texts(plan.findings)).toEqual([
      'NL120 the lock holds 192.168.0.0/24 for a/pods/IPv4, which lies in no supernet',
    ]);
    expect(allocationTexts(plan)).toEqual(['a/pods/IPv4 192.168.0.0/24 locked']);
  });

  test('a pin replaces the entry of its own claim, and makes none', () => {
    const pinned = spec({ a: { podCidrs: ['10.0.9.0/24'], serviceCidrs: ['10.0.8.0/24'] } });
    const plan = planOf(pinned, lockOf({ 'a/pods/IPv4': '10.0.0.0/24' }));
    expect(plan.findings).toEqual([]);
    expect(plan.changes).toEqual([{ key: 'a/pods/IPv4', before: '10.0.0.0/24', after: '10.0.9.0/24' }]);
    expect(planOf(spec({ a: { nodes: 1 } }), plan.lock).changes).toEqual([]);
  });

  test('a pin on the locked range of another cluster is a finding', () => {
    const plan = planOf(
      spec({ a: { nodes: 1 }, b: { podCidrs: ['10.0.0.0/20'] } }),
      lockOf({ 'a/pods/IPv4': '10.0.0.0/24' }),
    );
    expect(texts(plan.findings)).toEqual([
      'NL120 pod range 10.0.0.0/24 of cluster a overlaps pod range 10.0.0.0/20 of cluster b; the lock holds a/pods/IPv4',
    ]);
    expect(plan.changes).toEqual([]);
  });
});

describe('isolated clusters', () => {
  test('reuse the pod and service ranges of others, and nothing else', () => {
    const plan = planOf({
      supernets: ['10.0.0.0/22'],
      reserved: { vpn: ['10.0.3.0/24'] },
      clusters: {
        a: { nodes: 2, services: 100, loadBalancers: 16 },
        b: { nodes: 2, services: 100, isolated: true },
        c: { nodes: 2, services: 100, isolated: true },
      },
    });
    expect(plan.findings).toEqual([]);
    expect(allocationTexts(plan)).toEqual([
      'a/loadBalancers/IPv4 10.0.2.0/28 new',
      'a/pods/IPv4 10.0.0.0/23 new',
      'a/services/IPv4 10.0.2.128/25 new',
      'b/pods/IPv4 10.0.0.0/23 new',
      'b/services/IPv4 10.0.2.128/25 new',
      'c/pods/IPv4 10.0.0.0/23 new',
      'c/services/IPv4 10.0.2.128/25 new',
    ]);
    expect(
      planOf(
        {
          supernets: ['10.0.0.0/22'],
          reserved: { vpn: ['10.0.3.0/24'] },
          clusters: {
            a: { nodes: 2, services: 100, loadBalancers: 16 },
            b: { nodes: 2, services: 100, isolated: true },
            c: { nodes: 2, services: 100, isolated: true },
          },
        },
        plan.lock,
      ).changes,
    ).toEqual([]);
  });

  test('a shortage is proved with what the cluster may use', () => {
    const plan = planOf({
      supernets: ['10.0.0.0/23'],
      clusters: { a: { loadBalancers: 256 }, b: { nodes: 2, isolated: true }, c: { nodes: 1 } },
    });
    expect(texts(plan.findings)).toEqual([
      'NL102 no room for b/pods/IPv4, a /23 (2 nodes of /24 each): needs one /23; no free block is /23 or larger',
    ]);
  });
});

describe('laws', () => {
  const cluster = fc.record(
    {
      families: fc.constantFrom(['IPv4'], ['IPv6'], ['IPv4', 'IPv6'], ['IPv6', 'IPv4']),
      nodes: fc.integer({ min: 1, max: 9 }),
      podsPerNode: fc.constantFrom(8, 20, 110),
      services: fc.integer({ min: 1, max: 300 }),
      loadBalancers: fc.integer({ min: 0, max: 70 }),
      headroom: fc.constantFrom(1, 1.5, 2),
      isolated: fc.boolean(),
      growth: fc.boolean(),
    },
    { requiredKeys: ['families'] },
  );
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}$/), { minLength: 1, maxLength: 6 });
  const clusters = names.chain((keys) => fc.tuple(...keys.map(() => cluster)).map((values) => entries(keys, values)));
  const reservations = fc.uniqueArray(fc.constantFrom('10.0.0.0/22', '10.0.8.0/21', '10.0.17.0/24', 'fd00::/60'));
  const fleet = fc.record({ clusters, reservations }).map(({ clusters: list, reservations: ranges }) => ({
    supernets: ['10.0.0.0/18', '10.1.0.0/20', 'fd00::/56'],
    reserved: Object.fromEntries(ranges.map((range, index) => [`owner-${index}`, [range]])),
    clusters: Object.fromEntries(list),
  }));

  function entries<T>(keys: readonly string[], values: readonly T[]): [string, T][] {
    return keys.map((key, index) => [key, values[index]]);
  }

  function bytes(plan: FleetPlan): string {
    return JSON.stringify({ ...plan, clusters: [...plan.clusters], lock: formatLock(plan.lock) });
  }

  test('nothing that is allocated overlaps anything it may not', () => {
    fc.assert(
      fc.property(fleet, (input) => {
        const plan = planOf(input);
        expect(plan.findings.filter(({ code }) => code !== 'NL102')).toEqual([]);
        const ranges = plan.allocations.map(({ key, cidr }) => {
          const [name, role] = key.split('/');
          const isolated = (input.clusters as Record<string, { isolated?: boolean }>)[name].isolated === true;
          return { name, shared: role !== 'loadBalancers', isolated, cidr: parseCidr(cidr) };
        });
        for (const [index, a] of ranges.entries()) {
          for (const b of ranges.slice(index + 1)) {
            const reuse = a.name !== b.name && a.shared && b.shared && (a.isolated || b.isolated);
            if (!reuse) expect(cidrsOverlap(a.cidr, b.cidr)).toBe(false);
          }
          for (const reserved of Object.values(input.reserved).flat()) {
            expect(cidrsOverlap(a.cidr, parseCidr(reserved))).toBe(false);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  test('the order of declarations changes no byte', () => {
    fc.assert(
      fc.property(fleet, (input) => {
        const reversed = {
          clusters: Object.fromEntries(
            Object.entries(input.clusters)
              .reverse()
              .map(([name, fields]) => [name, Object.fromEntries(Object.entries(fields).reverse())]),
          ),
          reserved: Object.fromEntries(Object.entries(input.reserved).reverse()),
          supernets: input.supernets,
        };
        expect(bytes(planOf(reversed))).toBe(bytes(planOf(input)));
        const plan = planOf({ ...input, supernets: [...input.supernets].reverse() });
        expect(bytes(plan)).toBe(bytes(planOf(input)));
      }),
      { numRuns: 100 },
    );
  });

  test('planning again with the lock that was made changes nothing', () => {
    fc.assert(
      fc.property(fleet, (input) => {
        const first = planOf(input);
        const text = formatLock(first.lock);
        const { lock, findings } = parseLock(text);
        expect(findings).toEqual([]);
        const second = planOf(input, lock);
        if (first.findings.length === 0) {
          expect(second.changes).toEqual([]);
          expect(second.findings).toEqual([]);
          expect(second.clusters).toEqual(first.clusters);
          expect(formatLock(second.lock)).toBe(text);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('nothing moves when clusters are added', () => {
    fc.assert(
      fc.property(fleet, fleet, (input, other) => {
        const first = planOf(input);
        const both = planOf({ ...input, clusters: { ...other.clusters, ...input.clusters } }, first.lock);
        for (const [key, cidr] of first.lock.allocations) expect(both.lock.allocations.get(key)).toBe(cidr);
      }),
      { numRuns: 100 },
    );
  });

  test('what grows keeps its old range inside the new one, or stays', () => {
    fc.assert(
      fc.property(fleet, fc.integer({ min: 1, max: 4 }), (input, factor) => {
        const first = planOf(input);
        const grown = Object.entries(input.clusters as Record<string, { headroom?: number }>).map(([name, fields]) => [
          name,
          { ...fields, headroom: (fields.headroom ?? 1) * factor },
        ]);
        const second = planOf({ ...input, clusters: Object.fromEntries(grown) as unknown }, first.lock);
        for (const [key, cidr] of first.lock.allocations) {
          const after = parseCidr(second.lock.allocations.get(key) ?? '');
          expect(after.prefix).toBeLessThanOrEqual(parseCidr(cidr).prefix);
          expect(cidrsOverlap(after, parseCidr(cidr))).toBe(true);
        }
        expect(second.findings.filter(({ code }) => code !== 'NL102' && code !== 'NL121')).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
