import fc from 'fast-check';
import { formatCidr, parseCidr, rangeOfCidr } from '../../lib/address';
import { networkModel } from '../../lib/model';
import { mentionsOf } from '../../lib/questions/mentions';

const ORIGIN = { file: 'f.yaml', line: 1, column: 1, construct: null };

function named(manifests: readonly object[], range = '10.244.0.0/16'): string[] {
  const model = networkModel(
    manifests.map((manifest) => ({ manifest, locate: () => ORIGIN })),
    {},
  );
  return mentionsOf(rangeOfCidr(parseCidr(range)), [{ name: null, model }]).map(
    ({ object, field, value, relation }) => `${object.kind} ${object.name} ${field} ${value} ${relation}`,
  );
}

const of = (apiVersion: string, kind: string, name: string, rest: object): object => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'shop' },
  ...rest,
});
const policy = (cidr: string): object =>
  of('networking.k8s.io/v1', 'NetworkPolicy', 'p', { spec: { ingress: [{ from: [{ ipBlock: { cidr } }] }] } });

test.each<[string, object, string[], string?]>([
  ['the range', policy('10.244.0.0/16'), ['NetworkPolicy p spec.ingress[0].from[0].ipBlock.cidr 10.244.0.0/16 same']],
  ['a part', policy('10.244.7.0/24'), ['NetworkPolicy p spec.ingress[0].from[0].ipBlock.cidr 10.244.7.0/24 part']],
  ['a superset', policy('10.0.0.0/8'), ['NetworkPolicy p spec.ingress[0].from[0].ipBlock.cidr 10.0.0.0/8 contains']],
  ['one like it', policy('10.24.4.0/24'), []],
  ['all addresses', policy('0.0.0.0/0'), []],
  [
    'Cilium',
    of('cilium.io/v2', 'CiliumClusterwideNetworkPolicy', 'c', {
      spec: { egress: [{ toCIDRSet: [{ cidr: '10.244.0.0/16', except: ['10.244.3.0/24'] }] }] },
    }),
    [
      'CiliumClusterwideNetworkPolicy c spec.egress[0].toCIDRSet[0].cidr 10.244.0.0/16 same',
      'CiliumClusterwideNetworkPolicy c spec.egress[0].toCIDRSet[0].except[0] 10.244.3.0/24 part',
    ],
  ],
  [
    'BGPConfiguration',
    of('projectcalico.org/v3', 'BGPConfiguration', 'default', {
      spec: { serviceClusterIPs: [{ cidr: '10.244.0.0/15' }] },
    }),
    ['BGPConfiguration default spec.serviceClusterIPs[0].cidr 10.244.0.0/15 contains'],
  ],
  [
    'NO_PROXY',
    of('apps/v1', 'Deployment', 'd', {
      spec: {
        template: { spec: { containers: [{ env: [{ name: 'NO_PROXY', value: 'localhost,10.244.0.0/16,.svc' }] }] } },
      },
    }),
    ['Deployment d spec.template.spec.containers[0].env[0].value 10.244.0.0/16 same'],
  ],
  [
    'a text of a ConfigMap',
    of('v1', 'ConfigMap', 'm', { data: { 'nginx.conf': 'allow 10.244.0.0/16;\ndeny 10.2440.0.0;\n' } }),
    ['ConfigMap m data.nginx.conf 10.244.0.0/16 same'],
  ],
  [
    'loadBalancerSourceRanges',
    of('v1', 'Service', 's', { spec: { clusterIP: '10.244.0.9', loadBalancerSourceRanges: ['10.244.0.0/17'] } }),
    ['Service s spec.loadBalancerSourceRanges[0] 10.244.0.0/17 part'],
  ],
  [
    'IPv6',
    policy('fd00:0:0:1::/64'),
    ['NetworkPolicy p spec.ingress[0].from[0].ipBlock.cidr fd00:0:0:1::/64 part'],
    'fd00::/56',
  ],
  ['a node has its address', of('v1', 'Node', 'n', { spec: { podCIDR: '10.244.1.0/24' } }), []],
  ['a pod has its address', of('v1', 'Pod', 'n', { status: { podIPs: [{ ip: '10.244.1.3' }] } }), []],
  ['a version is no address', of('v1', 'ConfigMap', 'm', { data: { version: 'app-10.244.0.1.2' } }), []],
])('%s', (_what, manifest, expected, range = '10.244.0.0/16') => {
  expect(named([manifest], range)).toEqual(expected);
});

test('a range is named exactly where it overlaps what was asked for', () => {
  const cidr = fc
    .record({ value: fc.integer({ min: 0, max: 255 }), prefix: fc.integer({ min: 9, max: 28 }) })
    .map(({ value, prefix }) => {
      const bits = BigInt(32 - prefix);
      const base = (((10n << 24n) + (BigInt(value) << 14n)) >> bits) << bits;
      return { family: 'IPv4' as const, base, prefix };
    });
  fc.assert(
    fc.property(cidr, cidr, (asked, other) => {
      const overlaps =
        rangeOfCidr(asked).first <= rangeOfCidr(other).last && rangeOfCidr(other).first <= rangeOfCidr(asked).last;
      expect(named([policy(formatCidr(other))], formatCidr(asked)).length > 0).toBe(overlaps);
    }),
  );
});
