import { linesOf } from './reach-of';

const staticPod = (name: string): Record<string, unknown> => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace: 'kube-system',
    labels: { component: name },
    ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'node-1', controller: true }],
  },
  spec: { containers: [{ name: 'main', image: name }] },
});

test('the node that runs a static pod is no workload: each of its pods is one', () => {
  const isolated = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'etcd', namespace: 'kube-system' },
    spec: { podSelector: { matchLabels: { component: 'etcd' } }, policyTypes: ['Ingress', 'Egress'] },
  };
  expect(
    linesOf([staticPod('etcd-node-1'), staticPod('kube-scheduler-node-1'), isolated]).filter(
      (line) => !/\d-\d/.test(line),
    ),
  ).toEqual([
    'kube-system/etcd-node-1[Pod] => kube-system/kube-scheduler-node-1[Pod]: All Connections',
    'kube-system/kube-scheduler-node-1[Pod] => kube-system/etcd-node-1[Pod]: All Connections',
  ]);
});
