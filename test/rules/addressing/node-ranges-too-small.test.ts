import { nodeRangesTooSmall } from '../../../lib/rules/addressing/node-ranges-too-small';
import { testRule } from '../expectations';

function kubeadm(podSubnet: string, mask?: number): string {
  const argument = mask === undefined ? '' : `{ name: node-cidr-mask-size-ipv4, value: '${mask}' }`;
  return `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: '${podSubnet}' }, controllerManager: { extraArgs: [${argument}] } }`;
}

const KUBELET = `
      - manifest: { apiVersion: kubelet.config.k8s.io/v1beta1, kind: KubeletConfiguration, maxPods: 110 }`;

const NODES = `
      - Node a: {}
      - Node b: {}
      - Node c: {}`;

testRule(nodeRangesTooSmall, [
  {
    name: 'more nodes than ranges',
    input: `${kubeadm('10.244.0.0/23')}${NODES}`,
    expected: [
      `
      error NL139 node-ranges-too-small
      on ClusterConfiguration kubeadm-config at networking.podSubnet
      podSubnet 10.244.0.0/23 has 2 ranges of /24, and there are 3 nodes
      help: choose a larger range, or smaller ranges of nodes: a node without one runs no pods
      `,
    ],
  },
  {
    name: 'more nodes than ranges, which nobody uses',
    input: `${kubeadm('10.244.0.0/23')}${NODES}
      - IPPool pods: { cidr: 10.244.0.0/23 }`,
    expected: [
      `
      warning NL139 node-ranges-too-small
      on ClusterConfiguration kubeadm-config at networking.podSubnet
      podSubnet 10.244.0.0/23 has 2 ranges of /24, and there are 3 nodes
      help: set allocate-node-cidrs of the controller manager to false: the network plugin does not need the ranges
      `,
    ],
  },
  {
    name: 'more pods than addresses',
    input: `${kubeadm('10.244.0.0/16', 26)}${KUBELET}`,
    expected: [
      `
      warning NL139 node-ranges-too-small
      on KubeletConfiguration kubelet-config at maxPods
      a node may run 110 pods, and its /26 has 61 addresses for them
      help: set maxPods to what the range holds, or give nodes larger ranges
      see ClusterConfiguration kubeadm-config at controllerManager.extraArgs.0.value: the range of a node
      `,
    ],
  },
  { name: 'silent: as many ranges as nodes', input: `${kubeadm('10.244.0.0/22')}${NODES}`, expected: [] },
  { name: 'silent: room for all pods', input: `${kubeadm('10.244.0.0/16', 25)}${KUBELET}`, expected: [] },
  {
    name: 'silent: both families at their usual sizes',
    input: `${kubeadm('10.244.0.0/16,fd00::/56')}${KUBELET}`,
    expected: [],
  },
]);
