import fc from 'fast-check';
import { CIDRS, namespaceSelector, podSelector } from './arbitrary-cluster';
import type { Json } from './oracle';

/** Policies of administrators over the names of the small clusters: of both APIs and both tiers, with priorities that collide. */

const selection = fc.oneof(
  fc.record({ namespaces: namespaceSelector }),
  fc.record({ pods: fc.record({ namespaceSelector, podSelector }) }),
);
const networks = fc.record({
  networks: fc.uniqueArray(fc.constantFrom(...CIDRS), { minLength: 1, maxLength: 2 }),
});
const protocol = fc.constantFrom('TCP', 'UDP', 'SCTP');
const port = fc.constantFrom(53, 79, 80, 8085);
const range = fc.constantFrom({ start: 1, end: 79 }, { start: 80, end: 8085 });
const name = fc.constantFrom('http', 'dns', 'web');

const v1alpha1Ports = fc.record(
  {
    ports: fc.array(
      fc.oneof(
        fc.record({ portNumber: fc.record({ protocol, port }) }),
        fc.tuple(protocol, range).map(([own, ends]) => ({ portRange: { protocol: own, ...ends } })),
        fc.record({ namedPort: name }),
      ),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);
const v1alpha2Ports = fc.record(
  {
    protocols: fc.array(
      fc.oneof(
        fc
          .tuple(fc.constantFrom('tcp', 'udp', 'sctp'), fc.oneof(fc.record({ number: port }), fc.record({ range })))
          .map(([own, destinationPort]) => ({ [own]: { destinationPort } })),
        fc.record({ destinationNamedPort: name }),
      ),
      { minLength: 1, maxLength: 2 },
    ),
  },
  { requiredKeys: [] },
);

const rules = (actions: readonly string[], ports: fc.Arbitrary<object>): fc.Arbitrary<object> => {
  const of = (field: string, peer: fc.Arbitrary<object>): fc.Arbitrary<object[]> =>
    fc.array(
      fc
        .tuple(fc.constantFrom(...actions), fc.array(peer, { minLength: 1, maxLength: 2 }), ports)
        .map(([action, peers, own]) => ({ action, [field]: peers, ...own })),
      { maxLength: 3 },
    );
  return fc.record({ ingress: of('from', selection), egress: of('to', fc.oneof(selection, networks)) });
};

const priority = fc.integer({ min: 0, max: 3 });
const admin = fc
  .tuple(selection, priority, rules(['Allow', 'Deny', 'Pass'], v1alpha1Ports))
  .map(([subject, own, written]) => ['AdminNetworkPolicy', { priority: own, subject, ...written }] as const);
const baseline = fc
  .tuple(selection, rules(['Allow', 'Deny'], v1alpha1Ports))
  .map(([subject, written]) => ['BaselineAdminNetworkPolicy', { subject, ...written }] as const);
const cluster = fc
  .tuple(selection, priority, fc.constantFrom('Admin', 'Baseline'), rules(['Accept', 'Deny', 'Pass'], v1alpha2Ports))
  .map(
    ([subject, own, tier, written]) => ['ClusterNetworkPolicy', { tier, priority: own, subject, ...written }] as const,
  );

/** Of one API: the order of the two is not specified. */
export const adminPolicies: fc.Arbitrary<Json[]> = fc
  .oneof(
    fc.tuple(fc.array(admin, { maxLength: 3 }), fc.array(baseline, { maxLength: 1 })).map((lists) => lists.flat()),
    fc.array(cluster, { maxLength: 4 }),
  )
  .map((policies) =>
    policies.map(([kind, spec], index) => ({
      apiVersion: `policy.networking.k8s.io/${kind === 'ClusterNetworkPolicy' ? 'v1alpha2' : 'v1alpha1'}`,
      kind,
      metadata: { name: kind === 'BaselineAdminNetworkPolicy' ? 'default' : `policy-${index}` },
      spec,
    })),
  );
