import { disruptionOf, type DisruptionClass, gravest } from '../../lib/plan';

const families = new Map([['prod', ['IPv4', 'IPv6'] as const]]);

test.each<[string, string, string | null, string | null, string[], DisruptionClass]>([
  ['a new cluster', 'prod/pods/IPv4', null, '10.0.0.0/16', [], 'none'],
  ['a second family of pods', 'prod/pods/IPv6', null, 'fd00::/56', ['prod/pods/IPv4'], 'restart'],
  ['a second family of services', 'prod/services/IPv6', null, 'fd00::/112', ['prod/services/IPv4'], 'restart'],
  ['a family of another cluster', 'prod/pods/IPv6', null, 'fd00::/56', ['other/pods/IPv4'], 'none'],
  ['pods that grow in place', 'prod/pods/IPv4', '10.0.0.0/16', '10.0.0.0/15', ['prod/pods/IPv4'], 'restart'],
  ['pods that grow to the left', 'prod/pods/IPv4', '10.1.0.0/16', '10.0.0.0/15', ['prod/pods/IPv4'], 'restart'],
  ['pods that move', 'prod/pods/IPv4', '10.0.0.0/16', '10.2.0.0/16', ['prod/pods/IPv4'], 'migration'],
  ['pods that shrink', 'prod/pods/IPv4', '10.0.0.0/15', '10.0.0.0/16', ['prod/pods/IPv4'], 'migration'],
  ['pods that lose a family', 'prod/pods/IPv6', 'fd00::/56', null, ['prod/pods/IPv6'], 'impossible'],
  ['a cluster that is gone', 'gone/pods/IPv4', '10.0.0.0/16', null, ['gone/pods/IPv4'], 'none'],
  ['services that grow', 'prod/services/IPv4', '10.9.0.0/20', '10.9.0.0/19', ['prod/services/IPv4'], 'restart'],
  ['primary services that move', 'prod/services/IPv4', '10.9.0.0/20', '10.8.0.0/20', [], 'impossible'],
  ['secondary services that move', 'prod/services/IPv6', 'fd00::/112', 'fd01::/112', [], 'migration'],
  ['load balancers', 'prod/loadBalancers/IPv4', null, '10.9.0.0/26', [], 'none'],
  ['load balancers that grow', 'prod/loadBalancers/IPv4', '10.9.0.0/26', '10.9.0.0/25', [], 'none'],
  ['load balancers that move', 'prod/loadBalancers/IPv4', '10.9.0.0/26', '10.8.0.0/26', [], 'migration'],
  ['load balancers that go', 'prod/loadBalancers/IPv4', '10.9.0.0/26', null, [], 'migration'],
  ['a planned clusterIP', 'prod/clusterIP/shop/web/IPv4', null, '10.9.0.2', [], 'none'],
  ['a clusterIP that changes', 'prod/clusterIP/shop/web/IPv4', '10.9.0.2', '10.9.0.3', [], 'impossible'],
  ['a clusterIP that goes', 'prod/clusterIP/shop/web/IPv4', '10.9.0.2', null, [], 'none'],
  ['a node port that changes', 'prod/nodePort/shop/web/http', '30000', '30001', [], 'migration'],
  ['a load balancer IP that changes', 'prod/loadBalancerIP/shop/web/IPv4', '10.9.0.2', '10.9.0.3', [], 'migration'],
  ['a lock that nobody can read', 'prod/pods/IPv4', 'nonsense', '10.0.0.0/16', ['prod/pods/IPv4'], 'migration'],
])('%s', (_case, key, before, after, lockedKeys, expected) => {
  const { disruption, reason } = disruptionOf({ key, before, after }, { families, lockedKeys: new Set(lockedKeys) });
  expect(disruption).toBe(expected);
  expect(reason).toMatch(/^[^.]+$|\d\.\d/);
});

test('the gravest class of several', () => {
  expect(gravest([])).toBe('none');
  expect(
    gravest([
      { disruption: 'restart', reason: '' },
      { disruption: 'migration', reason: '' },
      { disruption: 'none', reason: '' },
    ]),
  ).toBe('migration');
});
