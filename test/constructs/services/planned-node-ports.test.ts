import { Chart } from 'cdk8s';
import { Cluster, NodePort, NodePortService, Pods } from '../../../lib';
import { synthesizeApp } from '../network-of';

test.each<[string, NodePort, NodePort, string[], number, number]>([
  ['both planned', NodePort.planned(), NodePort.planned(), [], 30000, 30002],
  ['planned around a fixed one', NodePort.planned(), NodePort.fixed(30001), [], 30002, 30001],
  [
    'both fixed',
    NodePort.fixed(30000),
    NodePort.fixed(30001),
    [
      'NL267 ports[2].nodePort: a server-side dry run of the new Service gives 30001 to port 9090 before it, which asks for none, and then refuses it here',
    ],
    30000,
    30001,
  ],
])('a port without a number stands between: %s', (_name, first, last, expected, firstNumber, lastNumber) => {
  const { manifests, problems } = synthesizeApp((app) => {
    const cluster = new Cluster(app, 'prod', { podCidrs: ['10.0.0.0/16'], serviceCidrs: ['10.96.0.0/16'] });
    new NodePortService(new Chart(cluster, 'shop', { namespace: 'shop' }), 'web', {
      pods: Pods.labelled({ app: 'web' }),
      ports: [
        { name: 'http', port: 80, nodePort: first },
        { name: 'metrics', port: 9090 },
        { name: 'https', port: 443, nodePort: last },
      ],
    });
  });
  expect(problems.filter((problem) => problem.startsWith('NL267'))).toEqual(expected);
  expect(manifests[0].spec?.ports).toMatchObject([
    { name: 'http', nodePort: firstNumber },
    { name: 'metrics' },
    { name: 'https', nodePort: lastNumber },
  ]);
});
