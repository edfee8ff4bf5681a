import fc from 'fast-check';
import { CIDRS } from './arbitrary-cluster';
import type { Json } from './oracle';

/** Policies of Cilium over the names of the small clusters, of all of whose rules it is known what they do. */

const absent = { requiredKeys: [] as [] };
const source = fc.constantFrom('', 'k8s:', 'any:');

const labels = fc
  .tuple(source, fc.record({ app: fc.constantFrom('web', 'db'), tier: fc.constantFrom('x', 'y') }, absent))
  .map(([prefix, own]) => Object.fromEntries(Object.entries(own).map(([key, value]) => [`${prefix}${key}`, value])));

const expressions = fc.array(
  fc
    .record({
      key: fc.tuple(source, fc.constantFrom('app', 'tier')).map(([prefix, key]) => `${prefix}${key}`),
      operator: fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist'),
      values: fc.uniqueArray(fc.constantFrom('web', 'db', 'x'), { minLength: 1, maxLength: 2 }),
    })
    .map(({ values, ...rest }) => (rest.operator.includes('Exist') ? rest : { ...rest, values })),
  { maxLength: 2 },
);

const subject = fc.record({ matchLabels: labels, matchExpressions: expressions }, absent);

const namespace = fc.constantFrom<Json>(
  {},
  {},
  { 'k8s:io.kubernetes.pod.namespace': 'a' },
  { 'io.kubernetes.pod.namespace': 'b' },
  { 'k8s:io.cilium.k8s.namespace.labels.env': 'prod' },
  { 'io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name': 'c' },
);
const ofNamespaces = fc.constantFrom<Json[]>(
  [],
  [],
  [{ key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' }],
  [{ key: 'io.kubernetes.pod.namespace', operator: 'In', values: ['a', 'c'] }],
);

const endpoint = fc
  .tuple(subject, namespace, ofNamespaces)
  .map(([{ matchLabels = {}, matchExpressions = [] }, name, some]) => ({
    matchLabels: { ...matchLabels, ...name },
    matchExpressions: [...matchExpressions, ...some],
  }));

const entity = fc.constantFrom(
  'all',
  'world',
  'world-ipv4',
  'world-ipv6',
  'cluster',
  'remote-node',
  'health',
  'ingress',
  'init',
  'none',
);
const cidr = fc.constantFrom(...CIDRS);
const block = fc.record({ cidr, except: fc.array(cidr, { maxLength: 2 }) }, { requiredKeys: ['cidr'] });

const peers = (field: 'from' | 'to'): fc.Arbitrary<Json> =>
  fc.oneof(
    { weight: 2, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.constantFrom<Json>({ [`${field}Endpoints`]: [] }, { [`${field}Endpoints`]: null }) },
    { weight: 6, arbitrary: fc.array(endpoint, { maxLength: 2 }).map((found) => ({ [`${field}Endpoints`]: found })) },
    { weight: 3, arbitrary: fc.array(entity, { maxLength: 2 }).map((found) => ({ [`${field}Entities`]: found })) },
    { weight: 2, arbitrary: fc.array(cidr, { maxLength: 2 }).map((found) => ({ [`${field}CIDR`]: found })) },
    { weight: 2, arbitrary: fc.array(block, { maxLength: 2 }).map((found) => ({ [`${field}CIDRSet`]: found })) },
  );

const port = fc.oneof(
  fc.record(
    { port: fc.constantFrom('0', '53', '80', 'http', 'dns'), protocol: fc.constantFrom('TCP', 'UDP', 'SCTP', 'ANY') },
    { requiredKeys: ['port'] },
  ),
  fc.constantFrom<Json>({ port: '53', endPort: 80, protocol: 'TCP' }, { port: '80', endPort: 8085 }),
);

const ports = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Json>({}) },
  { weight: 1, arbitrary: fc.constantFrom<Json>({ toPorts: [] }, { toPorts: [{}] }, { toPorts: null }) },
  {
    weight: 4,
    arbitrary: fc.array(port, { minLength: 1, maxLength: 2 }).map((own): Json => ({ toPorts: [{ ports: own }] })),
  },
  { weight: 1, arbitrary: fc.constant<Json>({ icmps: [{ fields: [{ type: 8 }] }] }) },
);

const rules = (field: 'from' | 'to'): fc.Arbitrary<Json[] | null> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constant(null) },
    {
      weight: 4,
      arbitrary: fc.array(
        fc.tuple(peers(field), ports).map(([who, what]) => ({ ...who, ...what })),
        { maxLength: 2 },
      ),
    },
  );

const spec = fc.record(
  {
    endpointSelector: subject,
    enableDefaultDeny: fc.record({ ingress: fc.boolean(), egress: fc.boolean() }, absent),
    ingress: rules('from'),
    ingressDeny: rules('from'),
    egress: rules('to'),
    egressDeny: rules('to'),
  },
  { requiredKeys: ['endpointSelector'] },
);

export const ciliumPolicies: fc.Arbitrary<Json[]> = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'c', undefined), spec, fc.boolean()), { maxLength: 4 })
  .map((found) =>
    found.map(([own, written, isList], index) => ({
      apiVersion: 'cilium.io/v2',
      kind: own === undefined ? 'CiliumClusterwideNetworkPolicy' : 'CiliumNetworkPolicy',
      metadata: { name: `cilium-${index}`, ...(own !== undefined && { namespace: own }) },
      ...(isList ? { specs: [written] } : { spec: written }),
    })),
  );
