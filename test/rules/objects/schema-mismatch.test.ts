import { knownKind, KNOWN_TYPES } from '../../../lib/schema/known-kinds';
import type { Schema } from '../../../lib/schema/schema';
import { schemaMismatch } from '../../../lib/rules/objects/schema-mismatch';
import { patternWords } from '../../../lib/rules/structure/pattern-words';
import { knownWords } from '../../../lib/rules/structure/rule-words';
import { testRule } from '../expectations';

const CRD = `
      - manifest:
          apiVersion: apiextensions.k8s.io/v1
          kind: CustomResourceDefinition
          metadata: { name: tunnels.example.com }
          spec:
            group: example.com
            names: { kind: Tunnel }
            versions:
              - name: v1
                served: true
                schema:
                  openAPIV3Schema:
                    properties:
                      spec:
                        properties:
                          mtu: { type: integer, minimum: 576 }
                          mode: { enum: [Plain, Encrypted], default: Plain }
                          key: { type: string, pattern: '^(a+)+$' }
                          peers: { type: array, maxItems: 2, items: { type: string } }
                        required: [mtu]
                        x-kubernetes-validations:
                          - { rule: "self.mode != 'Encrypted' || has(self.key)", message: an encrypted tunnel needs a key }
                          - { rule: 'self.mtu <= 9000' }
                          - { rule: 'self.mtu == frobnicate(self)' }`;

function tunnel(spec: string): string {
  return `${CRD}
      - manifest: { apiVersion: example.com/v1, kind: Tunnel, metadata: { name: north, namespace: shop }, spec: ${spec} }
    `;
}

function found(field: string, message: string, help: string): string {
  return `
      error NL946 schema-mismatch
      on Tunnel shop/north at ${field}
      ${message}
      help: ${help}
      `;
}

testRule(schemaMismatch, [
  {
    name: 'what the CustomResourceDefinition of the input refuses',
    input: tunnel(`{ mtu: '1400', mode: encrypted, key: 5, peers: [a, null, c] }`),
    expected: [
      found('spec.peers.1', 'item 2 of peers is null, and must be a text', 'remove the item, or write one'),
      found('spec.key', 'key is 5, and must be a text that matches ^(a+)+$', 'write it as the pattern asks'),
      found(
        'spec.mode',
        'mode is "encrypted", and must be Plain or Encrypted',
        'write Plain or Encrypted: case matters',
      ),
      found('spec.mtu', 'mtu is "1400", and must be a whole number from 576', 'write it without quotes'),
      found('spec.peers', 'peers has 3 items, and at most 2 are allowed', 'spread them over several rules or objects'),
    ],
  },
  {
    name: 'its rules in CEL, in its own words or in those of the rule',
    input: tunnel('{ mtu: 9001, mode: Encrypted }'),
    expected: [
      found(
        'spec',
        'an encrypted tunnel needs a key',
        'change it so that the rule of the CustomResourceDefinition holds',
      ),
      found(
        'spec',
        'spec is an object, for which this does not hold: self.mtu <= 9000',
        'change it so that the rule of the CustomResourceDefinition holds',
      ),
    ],
  },
  {
    name: 'a pattern that would make JavaScript go back for ever',
    input: tunnel(`{ mtu: 1400, key: ${'a'.repeat(100)}! }`),
    expected: [
      found(
        'spec.key',
        `key is "${'a'.repeat(79)}… (103 characters), and must be a text that matches ^(a+)+$`,
        'write it as the pattern asks',
      ),
    ],
  },
  {
    name: 'silent: an object that fits, and kinds and versions that nobody defines',
    input: `${tunnel('{ mtu: 1400 }')}
      - manifest: { apiVersion: example.com/v2, kind: Tunnel, metadata: { name: a }, spec: { mtu: x } }
      - manifest: { apiVersion: other.example.com/v1, kind: Tunnel, metadata: { name: a }, spec: { mtu: x } }
    `,
    expected: [],
  },
  {
    name: 'AdminNetworkPolicies, whose peers are selectors',
    input: `
      - manifest:
          apiVersion: policy.networking.k8s.io/v1alpha1
          kind: AdminNetworkPolicy
          metadata: { name: right }
          spec:
            priority: 10
            subject: { pods: { namespaceSelector: { matchLabels: { team: a } }, podSelector: {} } }
            ingress: [{ action: Pass, from: [{ namespaces: { matchLabels: { team: b } } }], ports: [{ namedPort: http }] }]
            egress:
              - { action: Allow, to: [{ pods: { namespaceSelector: {}, podSelector: {} } }] }
              - { action: Deny, to: [{ networks: [10.0.0.9/24] }, { domainNames: ['*.example.com'] }, { nodes: {} }] }
      - manifest:
          apiVersion: policy.networking.k8s.io/v1alpha1
          kind: AdminNetworkPolicy
          metadata: { name: wrong }
          spec:
            priority: 10
            subject: { namespaces: {} }
            egress:
              - { action: allow, to: [{ networks: [10.0.0.9] }], ports: [{ namedPort: http }] }
      - manifest:
          apiVersion: policy.networking.k8s.io/v1alpha1
          kind: BaselineAdminNetworkPolicy
          metadata: { name: default }
          spec:
            subject: { namespaces: {} }
            egress: [{ action: Pass, to: [{ nodes: {} }], ports: [{ namedPort: http }] }]
    `,
    expected: [
      [
        'wrong at spec.egress.0.ports.0.namedPort',
        'a port by name, in a rule to nodes, networks or domains, which have no named ports',
        'give the number of the port, or make a rule of its own for the pods',
      ],
      [
        'wrong at spec.egress.0.action',
        'action is "allow", and must be Allow, Deny or Pass',
        'write Allow, Deny or Pass: case matters',
      ],
      [
        'wrong at spec.egress.0.to.0.networks.0',
        'item 1 of networks is "10.0.0.9", and must be a CIDR',
        'write an address and its prefix length, such as 192.0.2.0/24',
      ],
      [
        'default at spec.egress.0.ports.0.namedPort',
        'a port by name, in a rule to nodes, networks or domains, which have no named ports',
        'give the number of the port, or make a rule of its own for the pods',
      ],
      ['default at spec.egress.0.action', 'action is "Pass", and must be Allow or Deny', 'write Allow or Deny'],
    ].map(([place, message, help]) => {
      const [name, field] = place.split(' at ');
      const kind = name === 'default' ? 'BaselineAdminNetworkPolicy' : 'AdminNetworkPolicy';
      return `
      error NL946 schema-mismatch
      on ${kind} ${name} at ${field}
      ${message}
      help: ${help}
      `;
    }),
  },
  {
    name: 'policies of administrators',
    input: `
      - manifest:
          apiVersion: policy.networking.k8s.io/v1alpha2
          kind: ClusterNetworkPolicy
          metadata: { name: a }
          spec:
            tier: admin
            subject: { namespaces: {}, pods: {} }
            egress:
              - { action: Deny, to: [null] }
              - { action: deny, to: [{ namespaces: {} }] }
      - manifest:
          apiVersion: policy.networking.k8s.io/v1alpha2
          kind: ClusterNetworkPolicy
          metadata: { name: b }
          spec:
            tier: Admin
            priority: 1
            subject: { namespaces: {} }
            egress:
              - { action: Deny, to: [{ networks: [10.0.0.9/24] }], protocols: [{ destinationNamedPort: http }] }
              - { action: Deny, to: [{ namespaces: {} }], protocols: [{ tcp: { destinationPort: { range: { start: 90, end: 80 } } } }] }
    `,
    expected: [
      [
        'a at spec.egress.1.action',
        'action is "deny", and must be Accept, Deny or Pass',
        'write Accept, Deny or Pass: case matters',
      ],
      ['a at spec.egress.0.to.0', 'item 1 of to is null, and must be a mapping', 'remove the item, or write one'],
      ['a at spec.subject.pods.podSelector', 'pods has no podSelector', 'add podSelector'],
      ['a at spec.priority', 'spec has no priority', 'add priority'],
      [
        'a at spec.subject.pods',
        'subject has namespaces and pods, and may have one of them',
        'make an item or an object of each, or leave one of them out',
      ],
      ['a at spec.tier', 'tier is "admin", and must be Admin or Baseline', 'write Admin or Baseline: case matters'],
      [
        'b at spec.egress.0.protocols.0.destinationNamedPort',
        'a port by name, in a rule to nodes, networks or domains, which have no named ports',
        'give the number of the port, or make a rule of its own for the pods',
      ],
      [
        'b at spec.egress.0.to.0.networks.0',
        'item 1 of networks is "10.0.0.9/24", and must be a CIDR without bits beyond its prefix',
        'write the first address of the range and its prefix length, such as 192.0.2.0/24',
      ],
      [
        'b at spec.egress.1.protocols.0.tcp.destinationPort.range',
        'the range starts at 90 and ends at 80',
        'write the lower port first; a single port is a number and no range',
      ],
    ].map(
      ([place, message, help]) => `
      error NL946 schema-mismatch
      on ClusterNetworkPolicy ${place}
      ${message}
      help: ${help}
      `,
    ),
  },
]);

test('every pattern and every rule of the known schemas has words of our own', () => {
  const seen = new Set<Schema>();
  const collect = (schema: Schema | undefined): void => {
    if (schema === undefined || seen.has(schema)) return;
    seen.add(schema);
    for (const inner of [...(schema.fields?.values() ?? []), schema.values, schema.items]) collect(inner);
  };
  for (const type of KNOWN_TYPES) collect(knownKind(type)?.schema);
  const rules = [...seen].flatMap((schema) => schema.rules?.map(({ rule }) => rule) ?? []);
  const patterns = [...seen].flatMap(({ pattern }) => pattern ?? []);
  expect(rules.length).toBeGreaterThan(100);
  expect(rules.filter((rule) => knownWords(rule) === undefined)).toEqual([]);
  expect(patterns.filter((pattern) => patternWords(pattern) === undefined)).toEqual([]);
  expect(knownWords('self.a == self.b')).toBeUndefined();
  expect(patternWords('^x$')).toBeUndefined();
});
