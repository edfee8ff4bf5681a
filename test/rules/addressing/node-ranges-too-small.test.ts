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

const CILIUM = `
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: cilium-config, namespace: kube-system }, data: { ipam: cluster-pool, cluster-pool-ipv4-cidr: 10.0.0.0/24 10.1.0.0/24, cluster-pool-ipv4-mask-size: '24', enable-ipv6: 'false' } }`;

function controllerManager(...flags: string[]): string {
  return `
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: kube-controller-manager-a, namespace: kube-system }, spec: { containers: [{ name: a, image: a, command: [kube-controller-manager, ${flags.join(', ')}] }] } }`;
}

testRule(nodeRangesTooSmall, [
  {
    name: 'a cluster pool of Cilium, all of its ranges together',
    input: `${CILIUM}${NODES}`,
    expected: [
      `
      error NL139 node-ranges-too-small
      on ConfigMap kube-system/cilium-config at data.cluster-pool-ipv4-cidr
      the cluster pool of Cilium 10.0.0.0/24, 10.1.0.0/24 has 2 ranges of /24, and there are 3 nodes
      help: add a range to the pool: a node without one runs no pods, and neither the ranges that are there nor their mask can be changed
      `,
    ],
  },
  {
    name: 'flags of a static pod',
    input: `${controllerManager('--allocate-node-cidrs=true', '--cluster-cidr=10.244.0.0/23')}${NODES}`,
    expected: [
      `
      error NL139 node-ranges-too-small
      on Pod kube-system/kube-controller-manager-a at spec.containers.0.command.2
      cluster-cidr 10.244.0.0/23 has 2 ranges of /24, and there are 3 nodes
      help: choose a larger range, or smaller ranges of nodes: a node without one runs no pods
      `,
    ],
  },
  {
    name: 'silent: it gives no ranges',
    input: `${controllerManager('--cluster-cidr=10.244.0.0/23')}${NODES}`,
    expected: [],
  },
  {
    name: 'RKE2, and its kubelet',
    input: `
      - manifest: { cni: canal, cluster-cidr: 10.42.0.0/25, kube-controller-manager-arg: [node-cidr-mask-size=26], kubelet-arg: [max-pods=200] }${NODES}`,
    expected: [
      `
      error NL139 node-ranges-too-small
      on Rke2Config config.yaml at cluster-cidr
      cluster-cidr of RKE2 10.42.0.0/25 has 2 ranges of /26, and there are 3 nodes
      help: choose a larger range, or smaller ranges of nodes: a node without one runs no pods
      `,
      `
      warning NL139 node-ranges-too-small
      on Rke2Config config.yaml at kubelet-arg.0
      a node may run 200 pods, and its /26 has 61 addresses for them
      help: set maxPods to what the range holds, or give nodes larger ranges
      see Rke2Config config.yaml at kube-controller-manager-arg.0: the range of a node
      `,
    ],
  },
  {
    name: 'Nodes that say how many pods they take',
    input: `
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: a }, spec: { podCIDR: 10.244.0.0/26 }, status: { capacity: { pods: '225' } } }
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: b }, spec: { podCIDR: 10.244.0.64/26 }, status: { capacity: { pods: '225' } } }
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: c }, spec: { podCIDR: 10.244.1.0/24 }, status: { capacity: { pods: '225' } } }`,
    expected: [
      `
      warning NL139 node-ranges-too-small
      on Node a at status.capacity.pods
      a node may run 225 pods, and its /26 has 61 addresses for them; 2 Nodes are so
      help: set maxPods of the kubelet to what the range holds, or give nodes larger ranges: a Node keeps its own for life
      see Node a at spec.podCIDR: the range of the node
      `,
    ],
  },
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
