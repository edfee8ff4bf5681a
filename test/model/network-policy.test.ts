import { networkModel, type NetworkPolicy } from '../../lib/model';
import { objects } from '../rules/expectations';

function policy(spec: string): NetworkPolicy {
  return networkModel(objects(`[{ NetworkPolicy shop/web: ${spec} }]`), {}).networkPolicies[0];
}

test.each([
  ['{}', ['ingress']],
  ['{ egress: [] }', ['ingress']],
  ['{ egress: [{}] }', ['ingress', 'egress']],
  ['{ policyTypes: [] }', ['ingress']],
  ['{ policyTypes: [Egress] }', ['egress']],
  ['{ policyTypes: [Egress, Ingress], ingress: [] }', ['ingress', 'egress']],
  ['{ policyTypes: [Ingress], egress: [{}] }', ['ingress']],
  ['{ policyTypes: [egress] }', []],
  ['{ policyTypes: Egress }', ['ingress']],
  ['[]', ['ingress']],
])('the directions that %s isolates', (spec, expected) => {
  expect([...policy(spec).isolates]).toEqual(expected);
});

test('rules with their peers and ports', () => {
  const { rules } = policy(`{
    ingress: [{ from: [{ podSelector: {}, namespaceSelector: null }, 7], ports: [{ port: http, protocol: UDP }, { port: 80, endPort: 90 }, null] }],
    egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }] }, null]
  }`);
  const everything = { labels: new Map(), expressions: [] };
  const nobody = { podSelector: undefined, namespaceSelector: undefined, ipBlock: undefined };
  expect(rules).toEqual([
    {
      direction: 'ingress',
      peers: [
        { ...nobody, podSelector: everything, path: ['spec', 'ingress', 0, 'from', 0] },
        { ...nobody, path: ['spec', 'ingress', 0, 'from', 1] },
      ],
      ports: [
        { protocol: 'UDP', port: 'http', endPort: undefined, path: ['spec', 'ingress', 0, 'ports', 0] },
        { protocol: 'TCP', port: 80, endPort: 90, path: ['spec', 'ingress', 0, 'ports', 1] },
        { protocol: 'TCP', port: undefined, endPort: undefined, path: ['spec', 'ingress', 0, 'ports', 2] },
      ],
      path: ['spec', 'ingress', 0],
    },
    {
      direction: 'egress',
      peers: [
        {
          ...nobody,
          ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] },
          path: ['spec', 'egress', 0, 'to', 0],
        },
      ],
      ports: [],
      path: ['spec', 'egress', 0],
    },
    { direction: 'egress', peers: [], ports: [], path: ['spec', 'egress', 1] },
  ]);
});
