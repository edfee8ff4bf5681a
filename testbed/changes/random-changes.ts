import type { KubernetesObject } from '../api-client';
import { randomNumbers } from '../verdicts/mutations';
import { type Change, changeName } from './states';

/** What each field of an object may be; undefined leaves it out. */
interface Choices {
  readonly name: string;
  readonly base: object;
  readonly isNamespaced: boolean;
  /** By path from the object, such as `spec.type`. */
  readonly fields: Readonly<Record<string, readonly unknown[]>>;
}

const TEMPLATE = {
  metadata: { labels: { app: 'a' } },
  spec: { containers: [{ name: 'x', image: 'example.com/x:1' }], restartPolicy: 'Always' },
};
const OTHER_TEMPLATE = { ...TEMPLATE, metadata: { labels: { app: 'a', tier: 'b' } } };
const SELECTORS = [
  { matchLabels: { app: 'a' } },
  { matchExpressions: [{ key: 'app', operator: 'In', values: ['a'] }] },
];
const JOB_TEMPLATE = { ...TEMPLATE, spec: { ...TEMPLATE.spec, restartPolicy: 'Never' } };

export const RANDOM_KINDS: readonly Choices[] = [
  {
    name: 'Service',
    base: { apiVersion: 'v1', kind: 'Service' },
    isNamespaced: true,
    fields: {
      'spec.type': [undefined, 'ClusterIP', 'NodePort', 'LoadBalancer', 'LoadBalancer'],
      'spec.selector': [{ app: 'x' }, { app: 'y' }, undefined],
      'spec.clusterIP': [undefined, undefined, 'None', '10.96.7.7', '10.96.7.8'],
      'spec.ipFamilies': [undefined, undefined, ['IPv4'], ['IPv6'], ['IPv4', 'IPv6'], ['IPv6', 'IPv4']],
      'spec.ipFamilyPolicy': [undefined, undefined, 'SingleStack', 'PreferDualStack', 'RequireDualStack'],
      'spec.ports': [
        [{ name: 'http', port: 80 }],
        [{ name: 'http', port: 80, targetPort: 'web' }],
        [
          { name: 'http', port: 80 },
          { name: 'https', port: 443 },
        ],
        [{ name: 'dns', port: 53, protocol: 'UDP' }],
      ],
      'spec.loadBalancerClass': [undefined, undefined, 'example.com/a', 'example.com/b'],
      'spec.externalTrafficPolicy': [undefined, undefined, 'Local', 'Cluster'],
      'spec.internalTrafficPolicy': [undefined, 'Local', 'Cluster'],
      'spec.healthCheckNodePort': [undefined, undefined, 20000, 20001],
      'spec.allocateLoadBalancerNodePorts': [undefined, undefined, false],
      'spec.sessionAffinity': [undefined, 'None', 'ClientIP'],
      'spec.publishNotReadyAddresses': [undefined, true],
    },
  },
  {
    name: 'EndpointSlice',
    base: { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' },
    isNamespaced: true,
    fields: {
      addressType: ['IPv4', 'IPv4', 'IPv6', 'FQDN'],
      endpoints: [
        [],
        [{ addresses: ['192.168.7.7'] }],
        [{ addresses: ['2001:db8::20'] }],
        [{ addresses: ['db.example.com'] }],
      ],
      ports: [undefined, [], [{ port: 80 }], [{ name: 'dns', port: 53, protocol: 'UDP' }]],
    },
  },
  {
    name: 'IngressClass',
    base: { apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass' },
    isNamespaced: false,
    fields: {
      'spec.controller': ['example.com/a', 'example.com/b'],
      'spec.parameters': [undefined, { kind: 'Options', name: 'usual' }, { kind: 'Options', name: 'other' }],
    },
  },
  {
    name: 'GatewayClass',
    base: { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass' },
    isNamespaced: false,
    fields: { 'spec.controllerName': ['example.com/a', 'example.com/b'], 'spec.description': [undefined, 'usual'] },
  },
  {
    name: 'NetworkPolicy',
    base: { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
    isNamespaced: true,
    fields: {
      'spec.podSelector': [{}, ...SELECTORS],
      'spec.policyTypes': [undefined, ['Ingress'], ['Egress'], ['Ingress', 'Egress']],
      'spec.ingress': [
        undefined,
        [],
        [{ from: [{ ipBlock: { cidr: '198.51.100.0/24' } }] }],
        [{ ports: [{ port: 80 }] }],
      ],
    },
  },
  {
    name: 'ServiceCIDR',
    base: { apiVersion: 'networking.k8s.io/v1', kind: 'ServiceCIDR' },
    isNamespaced: false,
    fields: {
      'spec.cidrs': [
        ['10.112.0.0/16'],
        ['10.113.0.0/16'],
        ['fd00:2::/112'],
        ['10.112.0.0/16', 'fd00:2::/112'],
        ['fd00:2::/112', '10.112.0.0/16'],
      ],
      'metadata.labels': [undefined, { app: 'a' }],
    },
  },
  {
    name: 'Node',
    base: { apiVersion: 'v1', kind: 'Node' },
    isNamespaced: false,
    fields: {
      'spec.podCIDRs': [undefined, ['192.168.1.0/24'], ['192.168.2.0/24'], ['192.168.1.0/24', 'fd00:3::/64']],
      'spec.unschedulable': [undefined, true],
    },
  },
  {
    name: 'Job',
    base: { apiVersion: 'batch/v1', kind: 'Job' },
    isNamespaced: true,
    fields: {
      'spec.template': [JOB_TEMPLATE, { ...JOB_TEMPLATE, metadata: { labels: { app: 'b' } } }],
      'spec.completionMode': [undefined, 'NonIndexed', 'Indexed'],
      'spec.completions': [2],
      'spec.parallelism': [undefined, 2],
      'spec.suspend': [undefined, undefined, true],
      'spec.managedBy': [undefined, undefined, 'example.com/a'],
    },
  },
  ...['Deployment', 'DaemonSet', 'ReplicaSet'].map((kind) => ({
    name: kind,
    base: { apiVersion: 'apps/v1', kind },
    isNamespaced: true,
    fields: { 'spec.selector': SELECTORS, 'spec.template': [TEMPLATE, OTHER_TEMPLATE] },
  })),
  {
    name: 'StatefulSet',
    base: { apiVersion: 'apps/v1', kind: 'StatefulSet' },
    isNamespaced: true,
    fields: {
      'spec.selector': SELECTORS,
      'spec.template': [TEMPLATE, OTHER_TEMPLATE],
      'spec.serviceName': ['a', 'b', undefined],
      'spec.podManagementPolicy': [undefined, 'OrderedReady', 'Parallel'],
      'spec.replicas': [undefined, 3],
    },
  },
  {
    name: 'CiliumPodIPPool',
    base: { apiVersion: 'cilium.io/v2alpha1', kind: 'CiliumPodIPPool' },
    isNamespaced: false,
    fields: {
      'spec.ipv4.cidrs': [['192.168.0.0/20'], ['192.168.0.0/20', '192.168.16.0/20'], ['192.168.16.0/20']],
      'spec.ipv4.maskSize': [24, 25],
    },
  },
];

/** Always the same ones: a state, and the same with one or two of its fields changed. */
export function randomChanges({ name, base, isNamespaced, fields }: Choices, count: number): Change[] {
  const next = randomNumbers(name);
  const pick = <T>(values: readonly T[]): T => values[(next() >>> 8) % values.length];
  const object = (chosen: ReadonlyMap<string, unknown>): KubernetesObject => {
    const made: Record<string, unknown> = {
      ...base,
      metadata: { name: 'x', ...(isNamespaced && { namespace: 'default' }) },
    };
    for (const [path, value] of chosen) if (value !== undefined) set(made, path.split('.'), value);
    return made as unknown as KubernetesObject;
  };
  const paths = Object.keys(fields);
  return Array.from({ length: count }, () => {
    const chosen = new Map(paths.map((path) => [path, pick(fields[path])]));
    const changed = new Map(chosen);
    for (const path of [pick(paths), pick(paths)]) changed.set(path, pick(fields[path]));
    const [before, after] = [object(chosen), object(changed)];
    return { name: changeName(before, after), before, after };
  }).filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
}

function set(object: Record<string, unknown>, [head, ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) object[head] = value;
  else {
    const inner = { ...(object[head] as Record<string, unknown> | undefined) };
    set(inner, rest, value);
    object[head] = inner;
  }
}
