import type { KubernetesObject } from '../api-client';

/** States of one object: every ordered pair of them is a change. */
export interface States {
  readonly name: string;
  readonly states: readonly KubernetesObject[];
}

export interface Change {
  /** `before → after`, as what differs. */
  readonly name: string;
  readonly before: KubernetesObject;
  readonly after: KubernetesObject;
}

/** Every change of one state into another. */
export function changesOf({ states }: States): Change[] {
  return states.flatMap((before) =>
    states.flatMap((after) => (before === after ? [] : [{ name: changeName(before, after), before, after }])),
  );
}

export function changeName(before: KubernetesObject, after: KubernetesObject): string {
  return `${brief(before)} → ${brief(after)}`;
}

function brief(object: KubernetesObject): string {
  const own = Object.entries(object).filter(([key]) => !['apiVersion', 'kind', 'metadata'].includes(key));
  return JSON.stringify(Object.fromEntries(own)).replace(/"/g, '');
}

const PORTS = [{ name: 'http', port: 80 }];

function services(name: string, base: object, specs: readonly object[]): States {
  return {
    name,
    states: specs.map((spec) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'x', namespace: 'default' },
      spec: { selector: { app: 'x' }, ports: PORTS, ...base, ...spec },
    })),
  };
}

function objects(apiVersion: string, kind: string, contents: readonly object[], isNamespaced = true): States {
  const metadata = { name: 'x', ...(isNamespaced && { namespace: 'default' }) };
  return { name: kind, states: contents.map((content) => ({ apiVersion, kind, metadata, ...content })) };
}

function template(labels: object): object {
  return {
    metadata: { labels },
    spec: { containers: [{ name: 'x', image: 'example.com/x:1' }], restartPolicy: 'Always' },
  };
}

const POLICIES = [
  {},
  { ipFamilyPolicy: 'SingleStack' },
  { ipFamilyPolicy: 'PreferDualStack' },
  { ipFamilyPolicy: 'RequireDualStack' },
];
const FAMILIES = [
  {},
  { ipFamilies: ['IPv4'] },
  { ipFamilies: ['IPv6'] },
  { ipFamilies: ['IPv4', 'IPv6'] },
  { ipFamilies: ['IPv6', 'IPv4'] },
];

export const ALL_STATES: readonly States[] = [
  services('addresses of a Service', {}, [
    {},
    { clusterIP: 'None' },
    { clusterIP: '10.96.7.7' },
    { clusterIP: '10.96.7.8' },
    { clusterIPs: ['10.96.7.9'], clusterIP: '10.96.7.9' },
    { type: 'NodePort' },
    { type: 'LoadBalancer' },
    { type: 'NodePort', clusterIP: '10.96.7.10' },
    { type: 'ExternalName', externalName: 'db.example.com', ports: undefined, selector: undefined },
  ]),
  services(
    'families of a Service',
    {},
    POLICIES.flatMap((policy) => FAMILIES.map((families) => ({ ...policy, ...families }))),
  ),
  services('load balancers', { type: 'LoadBalancer' }, [
    {},
    { loadBalancerClass: 'example.com/a' },
    { loadBalancerClass: 'example.com/b' },
    { externalTrafficPolicy: 'Local' },
    { externalTrafficPolicy: 'Local', healthCheckNodePort: 20000 },
    { externalTrafficPolicy: 'Local', healthCheckNodePort: 20001 },
    { type: 'NodePort' },
    { type: 'ClusterIP' },
  ]),
  objects('apps/v1', 'Deployment', [
    { spec: { selector: { matchLabels: { app: 'a' } }, template: template({ app: 'a' }) } },
    { spec: { selector: { matchLabels: { app: 'b' } }, template: template({ app: 'b' }) } },
    { spec: { selector: { matchLabels: { app: 'a' } }, template: template({ app: 'a', tier: 'b' }) } },
    {
      spec: {
        selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['a'] }] },
        template: template({ app: 'a' }),
      },
    },
  ]),
  objects('apps/v1', 'StatefulSet', [
    { spec: { serviceName: 'a', selector: { matchLabels: { app: 'a' } }, template: template({ app: 'a' }) } },
    { spec: { serviceName: 'b', selector: { matchLabels: { app: 'a' } }, template: template({ app: 'a' }) } },
    {
      spec: {
        serviceName: 'a',
        replicas: 3,
        selector: { matchLabels: { app: 'a' } },
        template: template({ app: 'a' }),
      },
    },
    {
      spec: {
        serviceName: 'a',
        podManagementPolicy: 'Parallel',
        selector: { matchLabels: { app: 'a' } },
        template: template({ app: 'a' }),
      },
    },
  ]),
  objects('discovery.k8s.io/v1', 'EndpointSlice', [
    { addressType: 'IPv4', endpoints: [{ addresses: ['192.168.7.7'] }], ports: [] },
    { addressType: 'IPv4', endpoints: [{ addresses: ['192.168.7.8'] }], ports: [{ port: 80 }] },
    { addressType: 'IPv6', endpoints: [{ addresses: ['2001:db8::20'] }], ports: [] },
    { addressType: 'FQDN', endpoints: [{ addresses: ['db.example.com'] }], ports: [] },
  ]),
  objects(
    'networking.k8s.io/v1',
    'IngressClass',
    [{ spec: { controller: 'example.com/a' } }, { spec: { controller: 'example.com/b' } }],
    false,
  ),
  objects(
    'networking.k8s.io/v1',
    'ServiceCIDR',
    [
      { spec: { cidrs: ['10.112.0.0/16'] } },
      { spec: { cidrs: ['10.113.0.0/16'] } },
      { spec: { cidrs: ['10.112.0.0/16', 'fd00:2::/112'] } },
    ],
    false,
  ),
  objects('networking.k8s.io/v1', 'NetworkPolicy', [
    { spec: { podSelector: {} } },
    { spec: { podSelector: { matchLabels: { app: 'a' } }, policyTypes: ['Egress'] } },
  ]),
];
