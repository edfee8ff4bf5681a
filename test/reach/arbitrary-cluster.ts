import fc from 'fast-check';
import type { Json } from './oracle';

/** Small clusters of few names, so that what policies speak of is often there, and every construct meets every other. */

const NAMESPACES = ['a', 'b', 'c'];
const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt'];
/** Of some pods, of their neighbours, and of nobody; with host bits, of both families, and what is none. */
export const CIDRS = [
  '0.0.0.0/0',
  '10.0.0.0/8',
  '10.1.0.0/16',
  '10.1.2.3/24',
  '10.1.2.3/32',
  '10.1.2.128/25',
  '255.255.255.0/24',
  'fd00::/8',
  'fd00:1::/32',
  '::/0',
  '10.0.0.0/33',
  'everywhere',
];
const POD_IPS = ['10.1.2.3', '10.1.2.200', '10.200.0.1', 'fd00:1::5'];

/** First and last addresses of what blocks distinguish, and some inside. */
export const OUTSIDE_SAMPLES = [
  '0.0.0.0',
  '9.255.255.255',
  '10.0.0.0',
  '10.1.0.0',
  '10.1.2.2',
  '10.1.2.3',
  '10.1.2.4',
  '10.1.2.127',
  '10.1.2.128',
  '10.1.3.0',
  '10.2.0.0',
  '11.0.0.0',
  '255.255.254.255',
  '255.255.255.255',
  '::',
  'fcff::1',
  'fd00::',
  'fd00:1::7',
  'fd00:2::',
  'fe00::1',
];

const absent = { requiredKeys: [] as [] };
const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null | undefined> =>
  fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: fc.constantFrom(null, undefined) });

const labels = fc.record({ app: fc.constantFrom('web', 'db'), tier: fc.constantFrom('x', 'y', '') }, absent);

const keys = fc.constantFrom('app', 'tier');
const expression = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .record({
        key: keys,
        operator: fc.constantFrom(...OPERATORS),
        values: fc.uniqueArray(fc.constantFrom('web', 'db', 'x', ''), { minLength: 1, maxLength: 2 }),
      })
      .map(({ values, ...rest }) => (rest.operator.includes('Exist') ? rest : { ...rest, values })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      { key: 'statefulset.kubernetes.io/pod-name', operator: 'In', values: ['set-0'] },
      { key: 'apps.kubernetes.io/pod-index', operator: 'NotIn', values: ['0'] },
      { key: 'batch.kubernetes.io/job-name', operator: 'Exists' },
      { key: 'job-name', operator: 'In', values: ['job'] },
    ),
  },
);

export const podSelector = fc.oneof(
  fc.constant({}),
  fc.record({ matchLabels: labels, matchExpressions: fc.array(expression, { maxLength: 2 }) }, absent),
);

export const namespaceSelector = fc.oneof(
  fc.constant({}),
  fc.constantFrom(...NAMESPACES).map((name) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } })),
  fc.constantFrom(
    { matchLabels: { env: 'prod' } },
    { matchExpressions: [{ key: 'env', operator: 'NotIn', values: ['prod'] }] },
    { matchExpressions: [{ key: 'env', operator: 'Exists' }] },
    { matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'In', values: ['a', 'b'] }] },
  ),
);

const ipBlock = fc.record(
  { cidr: fc.constantFrom(...CIDRS), except: optional(fc.array(fc.constantFrom(...CIDRS), { maxLength: 2 })) },
  { requiredKeys: ['cidr'] },
);

const peer = fc.oneof(
  { weight: 3, arbitrary: fc.record({ podSelector: optional(podSelector) }) },
  { weight: 2, arbitrary: fc.record({ namespaceSelector, podSelector: optional(podSelector) }) },
  { weight: 2, arbitrary: fc.record({ namespaceSelector: optional(namespaceSelector), podSelector }) },
  { weight: 3, arbitrary: fc.record({ ipBlock }) },
  { weight: 1, arbitrary: fc.constantFrom({}, null, { ipBlock: { cidr: '0.0.0.0/0' }, podSelector: {} }) },
);

const port = fc.record(
  {
    protocol: fc.constantFrom('TCP', 'UDP', 'SCTP', null, 'ICMP'),
    port: fc.constantFrom<string | number | null>(53, 80, 8080, 'http', 'dns', 'nobodys', null),
    endPort: fc.constantFrom<number | null>(null, 80, 8090),
  },
  absent,
);

const rule = (field: 'from' | 'to'): fc.Arbitrary<Json> =>
  fc.record(
    {
      [field]: optional(fc.array(peer, { maxLength: 3 })),
      ports: optional(fc.array(port, { maxLength: 2 })),
    },
    absent,
  );

const rules = (field: 'from' | 'to'): fc.Arbitrary<unknown> => optional(fc.array(rule(field), { maxLength: 3 }));

const spec: fc.Arbitrary<Json> = fc.record(
  {
    podSelector: optional(podSelector),
    policyTypes: fc.constantFrom<(readonly string[] | null)[]>(
      null,
      [],
      ['Ingress'],
      ['Egress'],
      ['Ingress', 'Egress'],
      ['Egress', 'Ingress'],
    ),
    ingress: rules('from'),
    egress: rules('to'),
  },
  absent,
);

export const policies: fc.Arbitrary<readonly Json[]> = fc
  .array(fc.tuple(fc.constantFrom(...NAMESPACES), spec), { maxLength: 6 })
  .map((found) => found.map(([namespace, policy], index) => networkPolicy(namespace, `policy-${index}`, policy)));

export function networkPolicy(namespace: string, name: string, policy: Json): Json {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec: policy };
}

const containerPorts = fc.uniqueArray(
  fc.constantFrom<Json[]>(
    { name: 'http', containerPort: 80 },
    { name: 'http', containerPort: 8080, protocol: 'TCP' },
    { name: 'http', containerPort: 80, protocol: 'UDP' },
    { name: 'dns', containerPort: 53, protocol: 'UDP' },
    { name: 'dns', containerPort: 53, protocol: 'SCTP' },
    { containerPort: 8080 },
  ),
  { maxLength: 2 },
);

interface Template {
  readonly labels: Json;
  readonly ports: readonly Json[];
  readonly hostNetwork: boolean;
}

const template = fc.record({
  labels,
  ports: containerPorts,
  hostNetwork: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
});

function podTemplate({ labels: of, ports, hostNetwork }: Template): { metadata: Json; spec: Json } {
  return { metadata: { labels: of }, spec: { hostNetwork, containers: [{ name: 'main', image: 'x', ports }] } };
}

const workload = fc
  .record({
    namespace: fc.constantFrom(...NAMESPACES),
    kind: fc.constantFrom('Deployment', 'DaemonSet', 'StatefulSet', 'Job', 'Pod', 'Pod', 'OwnedPod'),
    template,
    replicas: fc.constantFrom(1, 2, undefined),
    ips: fc.uniqueArray(fc.constantFrom(...POD_IPS), { maxLength: 2 }),
    number: fc.nat({ max: 1 }),
  })
  .map(({ namespace, kind, template: of, replicas, ips, number }): Json => {
    const { metadata, spec: podSpec } = podTemplate(of);
    if (kind === 'Pod' || kind === 'OwnedPod') {
      const isOwned = kind === 'OwnedPod';
      // The owner of some is in the input, and that of others is not.
      const owner = { ownerReferences: [{ kind: 'Deployment', name: `deployment-${number}` }] };
      const name = isOwned ? `owned-${String(of.labels.app)}-${ips.length}` : `pod-${number}`;
      return {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace, ...metadata, ...(isOwned ? owner : {}) },
        spec: podSpec,
        status: { podIPs: ips.map((ip) => ({ ip })) },
      };
    }
    const names: Record<string, string> = { StatefulSet: 'set', Job: 'job', DaemonSet: 'agent' };
    return {
      apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1',
      kind,
      metadata: { name: names[kind] ?? `deployment-${number}`, namespace },
      spec: { ...(replicas === undefined ? {} : { replicas }), template: { metadata, spec: podSpec } },
    };
  });

const namespaces = fc
  .subarray(NAMESPACES)
  .chain((names) =>
    fc.tuple(
      ...names.map((name) =>
        fc.record({ env: fc.constantFrom('prod', 'dev') }, absent).map((of) => [name, of] as const),
      ),
    ),
  )
  .map((entries) =>
    entries.map(([name, of]): Json => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: of } })),
  );

function identity(object: Json): string {
  const { namespace, name } = object.metadata as { readonly namespace?: string; readonly name: string };
  return `${String(object.kind)} ${namespace ?? ''} ${name}`;
}

export const workloads: fc.Arbitrary<readonly Json[]> = fc.uniqueArray(workload, {
  minLength: 1,
  maxLength: 6,
  selector: identity,
});

/** Namespaces and workloads, and policies apart. */
export const clusters = fc.record({ namespaces, workloads, policies });
