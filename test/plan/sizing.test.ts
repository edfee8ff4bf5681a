import fc from 'fast-check';
import { bitsFor, usableServices, withHeadroom } from '../../lib/plan/sizing';
import { planOf, texts } from './fleet';

const SUPERNETS = ['0.0.0.0/0', 'fd00::/8'];

function cidrsOf(cluster: Record<string, unknown>): Record<string, string> {
  const plan = planOf({ supernets: SUPERNETS, clusters: { c: cluster } });
  return Object.fromEntries(plan.allocations.map(({ key, cidr }) => [key.slice(2), cidr.slice(cidr.indexOf('/'))]));
}

describe('pods', () => {
  test.each([
    // nodes, podsPerNode, headroom, IPv4 prefix
    [1, 110, 1, '/24'],
    [2, 110, 1, '/23'],
    [3, 110, 1, '/22'],
    [200, 110, 2, '/15'],
    [256, 110, 1, '/16'],
    [257, 110, 1, '/15'],
    [65536, 110, 1, '/8'],
    [10, 110, 1.1, '/20'],
    [10, 110, 1.61, '/19'],
    [4, 8, 1, '/26'],
    [4, 128, 1, '/22'],
    [4, 129, 1, '/21'],
    // kubeadm asks for 14 addresses.
    [1, 4, 1, '/28'],
  ])('%i nodes of %i pods × %d', (nodes, podsPerNode, headroom, prefix) => {
    expect(cidrsOf({ nodes, podsPerNode, headroom })).toEqual({ 'pods/IPv4': prefix });
  });

  test('IPv6 gives each node a /64', () => {
    expect(cidrsOf({ families: ['IPv6'], nodes: 400 })).toEqual({ 'pods/IPv6': '/55' });
  });

  test('the mask may be given', () => {
    const plan = planOf({ supernets: SUPERNETS, clusters: { c: { nodes: 16, nodeCidrMaskSize: { IPv4: 25 } } } });
    expect(plan.allocations[0].cidr).toMatch(/\/21$/);
    expect(plan.clusters.get('c')?.nodeCidrMaskSize).toEqual({ IPv4: 25 });
    expect(plan.allocations[0].reason).toBe('16 nodes of /25 each; room for 32 nodes');
  });

  test('the mask leaves two addresses for each pod, and holds the pods where that is not enough', () => {
    const masks = [1, 2, 3, 8, 64, 110, 128, 129, 250].map((podsPerNode) => {
      const plan = planOf({ supernets: SUPERNETS, clusters: { c: { nodes: 1, podsPerNode } } });
      return plan.clusters.get('c')?.nodeCidrMaskSize.IPv4;
    });
    expect(masks).toEqual([30, 29, 29, 28, 25, 24, 24, 23, 23]);
  });

  test('more than 2^16 nodes cannot be', () => {
    const plan = planOf({ supernets: SUPERNETS, clusters: { c: { families: ['IPv4', 'IPv6'], nodes: 65537 } } });
    expect(texts(plan.findings)).toEqual([
      'NL106 cluster c needs 65537 nodes of /24 each in IPv4, more than the 65536 node blocks that Kubernetes allows in one cluster CIDR',
      'NL106 cluster c needs 65537 nodes of /64 each in IPv6, more than the 65536 node blocks that Kubernetes allows in one cluster CIDR',
    ]);
    expect(plan.allocations).toEqual([]);
  });
});

describe('services', () => {
  test.each([
    // services, headroom, IPv4, IPv6
    [1, 1, '/28', '/112'],
    [12, 1, '/28', '/112'],
    [13, 1, '/27', '/112'],
    [252, 1, '/24', '/112'],
    [253, 1, '/23', '/112'],
    [4000, 2, '/19', '/112'],
    [65533, 1, '/15', '/112'],
    [65534, 1, '/15', '/111'],
    [1048572, 1, '/12', '/108'],
  ])('%i services × %d', (services, headroom, ipv4, ipv6) => {
    expect(cidrsOf({ families: ['IPv4', 'IPv6'], services, headroom })).toEqual({
      'services/IPv4': ipv4,
      'services/IPv6': ipv6,
    });
  });

  test('more than 20 host bits are accepted from 1.35 on', () => {
    const spec = (kubernetesVersion: string): unknown => ({
      supernets: ['10.0.0.0/8'],
      clusters: { c: { services: 1048573, kubernetesVersion } },
    });
    expect(texts(planOf(spec('1.34')).findings)).toEqual([
      'NL108 cluster c needs 1048573 services and the 2 of every cluster in IPv4, more than a /12, the largest service CIDR that Kubernetes accepts',
    ]);
    const newer = planOf(spec('1.35'));
    expect(newer.findings).toEqual([]);
    expect(newer.clusters.get('c')?.serviceCidrs).toEqual(['10.0.0.0/11']);
  });
});

describe('load balancers', () => {
  test.each([
    [1, 1, '/32'],
    [2, 1, '/31'],
    [64, 2, '/25'],
    [65, 2, '/24'],
    [3, 1.5, '/29'],
  ])('%i × %d', (loadBalancers, headroom, prefix) => {
    expect(cidrsOf({ loadBalancers, headroom })).toEqual({ 'loadBalancers/IPv4': prefix });
  });

  test('0 asks for no range', () => {
    expect(cidrsOf({ loadBalancers: 0, services: 10 })).toEqual({ 'services/IPv4': '/28' });
  });

  test('more than the family holds cannot be', () => {
    const plan = planOf({ supernets: SUPERNETS, clusters: { c: { loadBalancers: 2 ** 32, headroom: 2 } } });
    expect(texts(plan.findings)).toEqual([
      'NL102 cluster c needs 8589934592 load balancer addresses (4294967296 × headroom 2), more than all of IPv4 holds',
    ]);
  });
});

test('capacity is what the ranges hold, in the family that holds less', () => {
  const plan = planOf({
    supernets: SUPERNETS,
    clusters: { c: { families: ['IPv4', 'IPv6'], nodes: 300, services: 4000, loadBalancers: 50 } },
  });
  expect(plan.clusters.get('c')?.capacity).toEqual({
    nodes: 512,
    podsPerNode: 110,
    services: 8190 / 2 - 1,
    loadBalancers: 64,
  });
});

test('headroom is not rounded up by what only floating point adds', () => {
  expect(withHeadroom(10, 1.1)).toBe(11);
  expect(withHeadroom(3, 1.1)).toBe(4);
  expect(withHeadroom(4294967296, 4294967296)).toBe(2 ** 64);
});

test('bitsFor is the smallest that tells apart', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 40 }), (count) => {
      const bits = bitsFor(count);
      expect(2 ** bits).toBeGreaterThanOrEqual(count);
      expect(2 ** (bits - 1)).toBeLessThan(count);
    }),
  );
});

test('usable services', () => {
  expect([usableServices('IPv4', 4), usableServices('IPv6', 4), usableServices('IPv4', 20)]).toEqual([14, 15, 1048574]);
});
