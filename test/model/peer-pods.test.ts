import { networkModel } from '../../lib/model';
import { objects } from '../rules/expectations';

/** Pods a (app=a) and b (app=b) in the namespaces x, y and z; z is not declared. */
const INPUT = `
  - Namespace x: {}
    labels: { team: one }
  - Namespace y: {}
    labels: { team: one }
  - Namespace empty: {}
    labels: { team: none }
  - Pod x/a: { labels: { app: a } }
  - Pod x/b: { labels: { app: b } }
  - Pod y/a: { labels: { app: a } }
  - Pod y/b: { labels: { app: b } }
  - Pod z/a: { labels: { app: a } }
`;

const NAME = 'kubernetes.io/metadata.name';

test.each([
  ['{ podSelector: {} }', 'x/a x/b', true],
  ['{ podSelector: { matchLabels: { app: a } } }', 'x/a', true],
  ['{ podSelector: { matchLabels: { app: c } } }', '', true],
  ['{ namespaceSelector: {} }', 'x/a x/b y/a y/b z/a', false],
  [`{ namespaceSelector: { matchLabels: { ${NAME}: y } } }`, 'y/a y/b', true],
  [`{ namespaceSelector: { matchLabels: { ${NAME}: z } }, podSelector: { matchLabels: { app: a } } }`, 'z/a', true],
  [`{ namespaceSelector: { matchLabels: { ${NAME}: kube-system } } }`, '', false],
  ['{ namespaceSelector: { matchLabels: { team: one } }, podSelector: { matchLabels: { app: b } } }', 'x/b y/b', false],
  [
    `{ namespaceSelector: { matchExpressions: [{ key: ${NAME}, operator: In, values: [x, y] }] } }`,
    'x/a x/b y/a y/b',
    true,
  ],
  [`{ namespaceSelector: { matchLabels: { ${NAME}: empty } } }`, '', false],
])('the peer %s of a policy in x', (peer, expected, complete) => {
  const model = networkModel(objects(`${INPUT}  - NetworkPolicy x/p: { ingress: [{ from: [${peer}] }] }\n`), {});
  const pods = model.podsOfPeer('x', model.networkPolicies[0].rules[0].peers[0]);
  const names = pods?.workloads.map(({ namespace, object }) => `${namespace}/${object.ref.name}`).join(' ');
  expect([names, pods?.complete]).toEqual([expected, complete]);
});

test('addresses are not pods of which the labels are known', () => {
  const model = networkModel(objects('[{ NetworkPolicy x/p: { ingress: [{ from: [{ ipBlock: {} }] }] } }]'), {});
  expect(model.podsOfPeer('x', model.networkPolicies[0].rules[0].peers[0])).toBeUndefined();
});
