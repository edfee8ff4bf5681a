import fc from 'fast-check';
import { CIDRS } from './arbitrary-cluster';
import type { Json } from './oracle';

/** Policies of Calico over the names of the small clusters, of all of whose rules it is known what they do. */

const absent = { requiredKeys: [] as [] };

const condition = fc.constantFrom(
  "app == 'web'",
  "app != 'db'",
  "app in {'web', 'db'}",
  "tier not in {'x'}",
  'has(tier)',
  '!has(app)',
  "app contains 'e'",
  "app starts with 'w'",
  "tier ends with 'y'",
  'all()',
  "projectcalico.org/namespace == 'a'",
  "pcns.env == 'prod'",
  "kind == 'set'",
);

const selector = fc.oneof(
  { weight: 3, arbitrary: condition },
  { weight: 1, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.tuple(condition, condition).map(([a, b]) => `${a} && !(${b})`) },
  { weight: 1, arbitrary: fc.tuple(condition, condition, condition).map(([a, b, c]) => `${a} || ${b} && ${c}`) },
);

const ofNamespaces = fc.constantFrom(
  "env == 'prod'",
  "env != 'prod'",
  'has(env)',
  "projectcalico.org/name in {'a', 'b'}",
  "kubernetes.io/metadata.name == 'c'",
);

const V4 = CIDRS.filter((cidr) => /^[\d.]+\/\d/.test(cidr) && cidr !== '10.0.0.0/33');
const V6 = CIDRS.filter((cidr) => cidr.includes(':'));

const nets = fc
  .constantFrom(V4, V4, V6)
  .chain((family) => fc.uniqueArray(fc.constantFrom(...family), { minLength: 1, maxLength: 2 }));

const entity = (isOther: boolean): fc.Arbitrary<Json> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<Json>({}) },
    {
      weight: isOther ? 6 : 1,
      arbitrary: fc.record<Json>(
        {
          selector,
          notSelector: selector,
          namespaceSelector: fc.oneof(ofNamespaces, fc.constantFrom('all()', 'global()')),
          nets,
          notNets: nets,
        },
        absent,
      ),
    },
    { weight: isOther ? 4 : 1, arbitrary: fc.record<Json>({ selector, namespaceSelector: ofNamespaces }, absent) },
  );

const port = fc.constantFrom<unknown>(53, 80, '80', '53:80', '80:8085', 'http', 'dns');
const ports = fc.uniqueArray(port, { minLength: 1, maxLength: 2 });

const match = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ protocols: {}, ports: {} }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom<Json[]>({ notProtocol: 'UDP' }, { protocol: 'ICMP' }, { notProtocol: 132 })
      .map((protocols) => ({ protocols, ports: {} })),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      protocols: fc.constantFrom<Json[]>(
        { protocol: 'TCP' },
        { protocol: 'UDP' },
        { protocol: 6 },
        { protocol: 'SCTP' },
      ),
      ports: fc.record<Json>({ ports, notPorts: ports }, absent),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<{ protocols: Json; ports: Json }>(
      { protocols: {}, ports: { ports: ['http'] } },
      { protocols: {}, ports: { notPorts: ['dns'] } },
    ),
  },
);

const rule = (direction: 'ingress' | 'egress'): fc.Arbitrary<Json> =>
  fc
    .tuple(fc.constantFrom('Allow', 'Allow', 'Deny', 'Pass', 'Log'), match, entity(true), entity(false))
    .map(([action, { protocols, ports: of }, other, self]) => {
      const [source, destination] = direction === 'ingress' ? [other, self] : [self, other];
      return { action, ...protocols, source, destination: { ...destination, ...of } };
    });

const rules = (direction: 'ingress' | 'egress'): fc.Arbitrary<Json[]> => fc.array(rule(direction), { maxLength: 3 });

const spec = fc.record<Json>(
  {
    tier: fc.constantFrom('first', 'second', 'default', 'default'),
    order: fc.constantFrom(10.5, 999, 1001),
    selector: fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 1, arbitrary: selector }),
    types: fc.constantFrom(['Ingress'], ['Egress'], ['Ingress', 'Egress']),
    ingress: rules('ingress'),
    egress: rules('egress'),
  },
  absent,
);

const tiers = fc
  .record({
    first: fc.record<Json>(
      { order: fc.constantFrom(1, 5, 2_000_000), defaultAction: fc.constantFrom('Pass', 'Deny') },
      absent,
    ),
    second: fc.record<Json>({ order: fc.constantFrom(1, 3), defaultAction: fc.constantFrom('Pass', 'Deny') }, absent),
  })
  .map((found) =>
    Object.entries(found).map(([name, of]): Json => ({
      apiVersion: 'projectcalico.org/v3',
      kind: 'Tier',
      metadata: { name },
      spec: of,
    })),
  );

const policies = fc
  .array(fc.tuple(fc.constantFrom('a', 'b', 'c', undefined, undefined), spec, fc.option(ofNamespaces)), {
    maxLength: 5,
  })
  .map((found) =>
    found.map(([namespace, written, ofNamespace], index): Json => ({
      apiVersion: index === 0 ? 'crd.projectcalico.org/v1' : 'projectcalico.org/v3',
      kind: namespace === undefined ? 'GlobalNetworkPolicy' : 'NetworkPolicy',
      metadata: { name: `calico-${(index * 7) % 5}`, ...(namespace !== undefined && { namespace }) },
      spec: {
        ...written,
        ...(namespace === undefined && ofNamespace !== null && { namespaceSelector: ofNamespace }),
      },
    })),
  );

const sets = fc
  .array(fc.tuple(fc.constantFrom('a', undefined), nets, fc.constantFrom<Json[]>({ kind: 'set' }, { app: 'web' })), {
    maxLength: 2,
  })
  .map((found) =>
    found.map(([namespace, of, labels], index): Json => ({
      apiVersion: 'projectcalico.org/v3',
      kind: namespace === undefined ? 'GlobalNetworkSet' : 'NetworkSet',
      metadata: { name: `set-${index}`, labels, ...(namespace !== undefined && { namespace }) },
      spec: { nets: of },
    })),
  );

export const calicoObjects = fc.tuple(tiers, policies, sets).map((found): readonly Json[] => found.flat());
