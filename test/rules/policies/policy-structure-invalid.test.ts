import { policyStructureInvalid } from '../../../lib/rules/policies/policy-structure-invalid';
import { testRule } from '../expectations';

function found(field: string, message: string, help: string): string {
  return [
    'error NL505 policy-structure-invalid',
    `on NetworkPolicy shop/web at ${field}`,
    message,
    `help: ${help}`,
  ].join('\n');
}

const HYPHEN = 'make it an item of a list: write a hyphen in front of its first field';

testRule(
  policyStructureInvalid,
  (
    [
      [
        '{ policyTypes: [ingress, EGRESS] }',
        found('spec.policyTypes.1', 'the policy type "EGRESS" is not one of Ingress and Egress', 'write Egress'),
        found('spec.policyTypes.0', 'the policy type "ingress" is not one of Ingress and Egress', 'write Ingress'),
      ],
      [
        '{ policyTypes: [All] }',
        found(
          'spec.policyTypes.0',
          'the policy type "All" is not one of Ingress and Egress',
          'write Ingress, Egress or both',
        ),
      ],
      [
        '{ policyTypes: [Ingress, Egress, Ingress] }',
        found('spec.policyTypes', 'there are 3 policy types, and at most 2 are allowed', 'name each once'),
      ],
      [
        '{ policyTypes: Ingress }',
        found('spec.policyTypes', 'spec.policyTypes is "Ingress", which is not a list', 'write a list'),
      ],
      ['{ ingress: { from: [] } }', found('spec.ingress', 'spec.ingress is an object, which is not a list', HYPHEN)],
      [
        '{ ingress: [{ from: { podSelector: {} }, ports: { port: 80 } }] }',
        found('spec.ingress.0.from', 'spec.ingress.0.from is an object, which is not a list', HYPHEN),
        found('spec.ingress.0.ports', 'spec.ingress.0.ports is an object, which is not a list', HYPHEN),
      ],
      [
        '{ egress: [{ ports: [80] }] }',
        found(
          'spec.egress.0.ports.0',
          'spec.egress.0.ports.0 is 80, which is not a mapping',
          'write its fields below it',
        ),
      ],
      [
        '{ egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/8, except: 10.1.0.0/16 } }] }] }',
        found(
          'spec.egress.0.to.0.ipBlock.except',
          'spec.egress.0.to.0.ipBlock.except is "10.1.0.0/16", which is not a list',
          'write a list',
        ),
      ],
      [
        '{ podSelector: web }',
        found('spec.podSelector', 'spec.podSelector is "web", which is not a mapping', 'write its fields below it'),
      ],
      ['{ policyTypes: [Egress, Ingress], ingress: [], egress: [{}] }'],
      ['{ policyTypes: null, ingress: null, egress: [{ to: null, ports: null }], podSelector: null }'],
    ] as const
  ).map(([spec, ...expected]) => ({
    name: spec,
    input: `[{ NetworkPolicy shop/web: ${spec} }]`,
    expected,
  })),
);
