import { parseRange } from '../../lib/address';
import { findMisplacedRanges, findRangeConflicts, type RangeClaim, type RangeRole } from '../../lib/plan';
import { planOf, texts } from './fleet';

function claim(cluster: string, role: RangeRole, range: string, more: Partial<RangeClaim> = {}): RangeClaim {
  return { owner: `cluster ${cluster}`, cluster, role, range: parseRange(range), ...more };
}

function reservation(owner: string, range: string): RangeClaim {
  return { owner: `reservation ${owner}`, cluster: null, role: 'reservation', range: parseRange(range) };
}

const ISOLATED = { isolated: true };

describe('pairs that must be disjoint', () => {
  test.each<[RangeClaim, RangeClaim, string]>([
    [
      claim('a', 'pods', '10.0.0.0/16'),
      claim('b', 'pods', '10.0.0.0/24'),
      'pod range 10.0.0.0/24 of cluster b overlaps pod range 10.0.0.0/16 of cluster a',
    ],
    [
      claim('a', 'pods', '10.0.0.0/16'),
      claim('a', 'services', '10.0.0.0/24'),
      'service range 10.0.0.0/24 of cluster a overlaps pod range 10.0.0.0/16 of cluster a',
    ],
    [
      claim('a', 'nodes', '10.0.0.0/16'),
      claim('a', 'pods', '10.0.0.0/24'),
      'pod range 10.0.0.0/24 of cluster a overlaps node network 10.0.0.0/16 of cluster a',
    ],
    [
      claim('a', 'nodes', '10.0.0.0/16'),
      claim('b', 'nodes', '10.0.0.0/16'),
      'node network 10.0.0.0/16 of cluster b overlaps node network 10.0.0.0/16 of cluster a',
    ],
    [
      claim('a', 'loadBalancers', '10.0.0.0/24'),
      claim('b', 'nodes', '10.0.0.0/16'),
      'node network 10.0.0.0/16 of cluster b overlaps load balancer range 10.0.0.0/24 of cluster a',
    ],
    [
      claim('a', 'loadBalancers', '10.0.0.0/15'),
      claim('a', 'nodes', '10.0.0.0/16'),
      'load balancer range 10.0.0.0/15 of cluster a overlaps node network 10.0.0.0/16 of cluster a',
    ],
    [
      claim('a', 'loadBalancers', '10.0.0.0/16'),
      claim('a', 'nodes', '10.0.0.0/16'),
      'load balancer range 10.0.0.0/16 of cluster a overlaps node network 10.0.0.0/16 of cluster a',
    ],
    [
      claim('a', 'loadBalancers', '10.0.0.0/24'),
      claim('a', 'loadBalancers', '10.0.0.0/25'),
      'load balancer range 10.0.0.0/25 of cluster a overlaps load balancer range 10.0.0.0/24 of cluster a',
    ],
    [
      claim('a', 'pods', '10.0.0.0/24'),
      reservation('vpn', '10.0.0.9-10.0.0.12'),
      'pod range 10.0.0.0/24 of cluster a overlaps reservation vpn 10.0.0.9-10.0.0.12',
    ],
    [
      reservation('vpc', '10.0.0.0-10.0.0.20'),
      reservation('vpn', '10.0.0.9-10.0.0.40'),
      'reservation vpn 10.0.0.9-10.0.0.40 overlaps reservation vpc 10.0.0.0-10.0.0.20',
    ],
    [
      claim('a', 'pods', 'fd00::/48', ISOLATED),
      reservation('vpn', 'fd00::/64'),
      'pod range fd00::/48 of cluster a overlaps reservation vpn fd00::/64',
    ],
    [
      claim('a', 'pods', '10.0.0.0/16', ISOLATED),
      claim('b', 'nodes', '10.0.0.0/24'),
      'node network 10.0.0.0/24 of cluster b overlaps pod range 10.0.0.0/16 of cluster a',
    ],
    [
      claim('a', 'pods', '10.0.0.0/16', ISOLATED),
      claim('b', 'loadBalancers', '10.0.0.0/24'),
      'load balancer range 10.0.0.0/24 of cluster b overlaps pod range 10.0.0.0/16 of cluster a',
    ],
    [
      claim('a', 'pods', '10.0.0.0/16', ISOLATED),
      claim('a', 'services', '10.0.0.0/24', ISOLATED),
      'service range 10.0.0.0/24 of cluster a overlaps pod range 10.0.0.0/16 of cluster a',
    ],
    [
      claim('a', 'loadBalancers', '10.0.0.0/24', ISOLATED),
      claim('b', 'pods', '10.0.0.0/16'),
      'pod range 10.0.0.0/16 of cluster b overlaps load balancer range 10.0.0.0/24 of cluster a',
    ],
  ])('%#', (a, b, message) => {
    expect(texts(findRangeConflicts([a, b]))).toEqual([`NL101 ${message}`]);
    expect(texts(findRangeConflicts([b, a]))).toEqual([`NL101 ${message}`]);
  });
});

describe('pairs that may overlap', () => {
  test.each<[string, RangeClaim, RangeClaim]>([
    ['neighbours', claim('a', 'pods', '10.0.0.0/24'), claim('b', 'pods', '10.0.1.0/24')],
    [
      'load balancers in the node network',
      claim('a', 'loadBalancers', '10.0.0.0/24'),
      claim('a', 'nodes', '10.0.0.0/16'),
    ],
    ['a reservation inside of another one', reservation('vpc', '10.0.0.0/8'), reservation('vpn', '10.0.0.0/24')],
    ['a reservation of the very same range', reservation('vpc', '10.0.0.0/8'), reservation('vpn', '10.0.0.0/8')],
    ['pieces of a reservation', reservation('vpn', '10.0.0.0/8'), reservation('vpn', '10.0.0.0/24')],
    ['pieces of a node network', claim('a', 'nodes', '10.0.0.0/8'), claim('a', 'nodes', '10.0.0.0/24')],
    ['isolated pods', claim('a', 'pods', '10.0.0.0/8', ISOLATED), claim('b', 'pods', '10.0.0.0/24')],
    ['isolated pods and services', claim('a', 'pods', '10.0.0.0/8'), claim('b', 'services', '10.0.0.0/24', ISOLATED)],
    ['two isolated', claim('a', 'pods', '10.0.0.0/8', ISOLATED), claim('b', 'pods', '10.0.0.0/8', ISOLATED)],
    ['families', claim('a', 'pods', '0.0.0.0/8'), claim('b', 'pods', '::/8')],
  ])('%s', (_, a, b) => {
    expect(findRangeConflicts([a, b])).toEqual([]);
  });
});

test('a finding has both parties', () => {
  const a = claim('a', 'pods', '10.0.0.0/16', { specPath: ['clusters', 'a', 'podCidrs', 0] });
  const b = claim('b', 'pods', '10.0.0.0/16', { specPath: ['clusters', 'b', 'podCidrs', 0] });
  expect(findRangeConflicts([b, a])).toEqual([
    {
      code: 'NL101',
      slug: 'range-overlap',
      severity: 'error',
      message: 'pod range 10.0.0.0/16 of cluster b overlaps pod range 10.0.0.0/16 of cluster a',
      object: null,
      origin: null,
      related: [
        {
          message: 'pod range 10.0.0.0/16 of cluster a',
          object: null,
          origin: null,
          specPath: ['clusters', 'a', 'podCidrs', 0],
        },
      ],
      help: 'give one of the two a range of its own; a cluster that is never connected to others can say so with isolated: true',
      specPath: ['clusters', 'b', 'podCidrs', 0],
    },
  ]);
});

test('all conflicts come out, ten thousand of them', () => {
  const clusters = Array.from({ length: 5000 }, (_, index) => {
    const base = `10.${index >> 8}.${index & 255}`;
    return [
      `c${index}`,
      { podCidrs: [`${base}.0/24`], serviceCidrs: [`${base}.0/25`], nodeNetwork: [`${base}.128/25`] },
    ];
  });
  const plan = planOf({ clusters: Object.fromEntries(clusters) as unknown });
  expect(plan.findings).toHaveLength(10_000);
  expect(new Set(plan.findings.map(({ message }) => message)).size).toBe(10_000);
});

test('of many ranges in one place each is a conflict with one other, and a count', () => {
  const claims = Array.from({ length: 1000 }, (_, index) =>
    claim(`c${String(index).padStart(3, '0')}`, 'pods', '10.0.0.0/16'),
  );
  const messages = findRangeConflicts(claims).map(({ message }) => message);
  expect(messages.filter((message) => message.endsWith(', and 998 more'))).toHaveLength(989);
  expect(messages).toHaveLength(989 + (10 * 11) / 2);
  expect(messages).toContain(
    'pod range 10.0.0.0/16 of cluster c999 overlaps pod range 10.0.0.0/16 of cluster c000, and 998 more',
  );
});

test('an isolated cluster among many node networks is one conflict, with a count', () => {
  const nodes = Array.from({ length: 100 }, (_, index) => claim(`c${index}`, 'nodes', `10.0.${index}.0/24`));
  const isolated = claim('alone', 'pods', '10.0.0.0/16', ISOLATED);
  expect(findRangeConflicts([isolated, ...nodes]).map(({ message }) => message)).toEqual([
    'pod range 10.0.0.0/16 of cluster alone overlaps node network 10.0.0.0/24 of cluster c0, and 99 more',
  ]);
});

test('many isolated clusters with the same ranges are no conflict', () => {
  const clusters = Array.from({ length: 5000 }, (_, index) => [
    `c${index}`,
    { podCidrs: ['10.0.0.0/16'], serviceCidrs: ['10.1.0.0/16'], isolated: true },
  ]);
  expect(planOf({ clusters: Object.fromEntries(clusters) as unknown }).findings).toEqual([]);
});

describe('misplaced ranges', () => {
  test.each<[RangeClaim, string[]]>([
    [claim('a', 'pods', '10.0.0.0/8'), []],
    [
      claim('a', 'pods', '169.254.0.0/20'),
      [
        'NL103 pod range 169.254.0.0/20 of cluster a overlaps 169.254.0.0/16 (Link Local, RFC 3927), which can never be used for it',
      ],
    ],
    [
      claim('a', 'services', 'fe80::/64'),
      [
        'NL103 service range fe80::/64 of cluster a overlaps fe80::/10 (Link-Local Unicast, RFC 4291), which can never be used for it',
      ],
    ],
    [
      claim('a', 'pods', '100.64.0.0/16'),
      [
        'NL104 pod range 100.64.0.0/16 of cluster a overlaps 100.64.0.0/10 (Shared Address Space, RFC 6598), which others filter or use for its own purpose',
      ],
    ],
    [
      claim('a', 'loadBalancers', '203.0.113.8-203.0.113.9'),
      [
        'NL104 load balancer range 203.0.113.8/31 of cluster a overlaps 203.0.113.0/24 (Documentation (TEST-NET-3), RFC 5737), which others filter or use for its own purpose',
      ],
    ],
    [
      claim('a', 'nodes', '172.17.4.0/24'),
      ['NL105 node network 172.17.4.0/24 of cluster a overlaps 172.17.0.0/16, the default bridge of Docker (docker0)'],
    ],
    [
      claim('a', 'pods', '172.16.0.0/12'),
      [
        'NL105 pod range 172.16.0.0/12 of cluster a overlaps 172.17.0.0/16, the default bridge of Docker (docker0)',
        'NL105 pod range 172.16.0.0/12 of cluster a overlaps 172.31.0.0/16, the default VPC of every AWS region',
      ],
    ],
    [claim('a', 'nodes', '172.31.0.0/20'), []],
    [claim('a', 'pods', '10.244.0.0/16'), []],
    [claim('a', 'pods', '192.168.0.0/16'), []],
    [
      claim('a', 'services', '10.244.0.0/24'),
      ['NL105 service range 10.244.0.0/24 of cluster a overlaps 10.244.0.0/16, the default pod network of Flannel'],
    ],
    [
      claim('a', 'nodes', '192.168.1.0/24'),
      ['NL105 node network 192.168.1.0/24 of cluster a overlaps 192.168.0.0/16, the default IP pool of Calico'],
    ],
    [reservation('docker', '172.17.0.0/16'), []],
  ])('%#', (range, problems) => {
    expect(texts(findMisplacedRanges([range]))).toEqual(problems);
  });

  test('a pod pool that the CNI does not take bites no node network', () => {
    const ranges = [claim('a', 'nodes', '192.168.1.0/24'), claim('a', 'pods', '10.0.0.0/16')];
    expect(findMisplacedRanges(ranges)).toEqual([]);
  });
});
