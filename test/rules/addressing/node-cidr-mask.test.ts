import { nodeCidrMask } from '../../../lib/rules/addressing/node-cidr-mask';
import { testRule } from '../expectations';

testRule(nodeCidrMask, [
  {
    name: 'the mask of the other family, of the controller manager itself and of kubeadm',
    input: `
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: kube-controller-manager-a, namespace: kube-system }, spec: { containers: [{ name: main, command: [kube-controller-manager, --allocate-node-cidrs=true, --cluster-cidr=10.244.0.0/16, --node-cidr-mask-size=64] }] } }
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: 10.244.0.0/16 }, controllerManager: { extraArgs: [{ name: node-cidr-mask-size-ipv4, value: '64' }] } }
    `,
    expected: [
      `
      error NL135 node-cidr-mask
      on ClusterConfiguration kubeadm-config at controllerManager.extraArgs.0.value
      the node mask is 64, and an IPv4 address has 32 bits
      help: the controller manager does not start: write the mask of IPv4, such as 24
      `,
      `
      error NL135 node-cidr-mask
      on Pod kube-system/kube-controller-manager-a at spec.containers.0.command.3
      the node mask is 64, and an IPv4 address has 32 bits
      help: the controller manager does not start: write the mask of IPv4, such as 24
      `,
    ],
  },
  {
    name: 'the controller manager itself: one mask for two families',
    input: `
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: kube-controller-manager-a, namespace: kube-system }, spec: { containers: [{ name: main, command: [kube-controller-manager, --allocate-node-cidrs=true, "--cluster-cidr=10.244.0.0/16,fd00::/56", --node-cidr-mask-size=24] }] } }
    `,
    expected: [
      `
      error NL135 node-cidr-mask
      on Pod kube-system/kube-controller-manager-a at spec.containers.0.command.3
      node-cidr-mask-size is set, and the cluster-cidr has two families
      help: the controller manager does not start: use node-cidr-mask-size-ipv4 and node-cidr-mask-size-ipv6
      `,
    ],
  },
  {
    name: 'the controller manager itself: two masks for one family',
    input: `
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: kube-controller-manager-a, namespace: kube-system }, spec: { containers: [{ name: main, command: [kube-controller-manager, --allocate-node-cidrs=true, --cluster-cidr=10.244.0.0/16, --node-cidr-mask-size=24, --node-cidr-mask-size-ipv4=24] }] } }
    `,
    expected: [
      `
      error NL135 node-cidr-mask
      on Pod kube-system/kube-controller-manager-a at spec.containers.0.command.3
      node-cidr-mask-size is set beside an argument for one family
      help: the controller manager does not start: use node-cidr-mask-size-ipv4
      `,
    ],
  },
  {
    name: 'the controller manager itself: a mask of another family',
    input: `
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: kube-controller-manager-a, namespace: kube-system }, spec: { containers: [{ name: main, command: [kube-controller-manager, --allocate-node-cidrs=true, --cluster-cidr=10.244.0.0/16, --node-cidr-mask-size-ipv6=64] }] } }
    `,
    expected: [
      `
      error NL135 node-cidr-mask
      on Pod kube-system/kube-controller-manager-a at spec.containers.0.command.3
      node-cidr-mask-size-ipv6 is set, and the cluster-cidr has no IPv6
      help: the controller manager does not start: remove the argument
      `,
    ],
  },
  {
    name: 'the controller manager itself: too many ranges of IPv6',
    input: `
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: kube-controller-manager-a, namespace: kube-system }, spec: { containers: [{ name: main, command: [kube-controller-manager, --allocate-node-cidrs=true, --cluster-cidr=fd00::/47] }] } }
    `,
    expected: [
      `
      error NL135 node-cidr-mask
      on Pod kube-system/kube-controller-manager-a at spec.containers.0.command.2
      cluster-cidr fd00::/47 holds 2^17 ranges of /64, and at most 2^16 are allowed
      help: choose a /48 or smaller, or larger ranges of nodes
      `,
    ],
  },
  {
    name: 'silent: many ranges of IPv4, which the controller manager takes',
    input: `
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: kube-controller-manager-a, namespace: kube-system }, spec: { containers: [{ name: main, command: [kube-controller-manager, --allocate-node-cidrs=true, --cluster-cidr=10.0.0.0/8, --node-cidr-mask-size=26] }] } }
    `,
    expected: [],
  },
  {
    name: 'smaller than the range of a node, and too many nodes',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: '10.244.0.0/25,fd00::/40' } }
    `,
    expected: [
      `
      error NL135 node-cidr-mask
      on ClusterConfiguration kubeadm-config at networking.podSubnet
      podSubnet 10.244.0.0/25 is smaller than the /24 that each node gets
      help: choose a larger range, or set node-cidr-mask-size-ipv4 of the controller manager to 25 or more
      `,
      `
      error NL135 node-cidr-mask
      on ClusterConfiguration kubeadm-config at networking.podSubnet
      podSubnet fd00::/40 holds 2^24 ranges of /64, and at most 2^16 are allowed
      help: choose a /48 or smaller, or larger ranges of nodes
      `,
    ],
  },
  {
    name: 'a mask of its own',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: 10.244.0.0/16 }, controllerManager: { extraArgs: [{ name: node-cidr-mask-size-ipv4, value: '12' }] } }
    `,
    expected: [
      `
      error NL135 node-cidr-mask
      on ClusterConfiguration kubeadm-config at networking.podSubnet
      podSubnet 10.244.0.0/16 is smaller than the /12 that each node gets
      help: choose a larger range, or set node-cidr-mask-size-ipv4 of the controller manager to 16 or more
      `,
    ],
  },
  {
    name: 'too few addresses',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta3, kind: ClusterConfiguration, networking: { podSubnet: 10.244.0.0/29 }, controllerManager: { extraArgs: { node-cidr-mask-size: '30' } } }
    `,
    expected: [
      `
      error NL135 node-cidr-mask
      on ClusterConfiguration kubeadm-config at networking.podSubnet
      podSubnet 10.244.0.0/29 has fewer than 14 addresses
      help: kubeadm refuses it: choose a larger range
      `,
    ],
  },
  {
    name: 'arguments that exclude each other',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta3, kind: ClusterConfiguration, networking: { podSubnet: '10.244.0.0/16,fd00::/56' }, controllerManager: { extraArgs: { node-cidr-mask-size: '24' } } }
    `,
    expected: [
      `
      error NL135 node-cidr-mask
      on ClusterConfiguration kubeadm-config at controllerManager.extraArgs.node-cidr-mask-size
      node-cidr-mask-size is set, and the pod subnet has two families
      help: the controller manager does not start: use node-cidr-mask-size-ipv4 and node-cidr-mask-size-ipv6
      `,
    ],
  },
  {
    name: 'an argument for one family beside that for any, and one for a family that is not there',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta3, kind: ClusterConfiguration, networking: { podSubnet: 10.244.0.0/16 }, controllerManager: { extraArgs: { node-cidr-mask-size: '24', node-cidr-mask-size-ipv6: '64' } } }
    `,
    expected: [
      `
      error NL135 node-cidr-mask
      on ClusterConfiguration kubeadm-config at controllerManager.extraArgs.node-cidr-mask-size
      node-cidr-mask-size is set beside an argument for one family
      help: the controller manager does not start: use node-cidr-mask-size-ipv4
      `,
      `
      error NL135 node-cidr-mask
      on ClusterConfiguration kubeadm-config at controllerManager.extraArgs.node-cidr-mask-size-ipv6
      node-cidr-mask-size-ipv6 is set, and the pod subnet has no IPv6
      help: the controller manager does not start: remove the argument
      `,
    ],
  },
  {
    name: 'the controller manager as a static pod',
    input: ['--cluster-cidr=10.100.0.0/26', '--v=2']
      .map(
        (argument, index) => `
      - manifest:
          apiVersion: v1
          kind: Pod
          metadata: { name: kube-controller-manager-${index}, namespace: kube-system }
          spec: { containers: [{ command: [kube-controller-manager, ${argument}, --allocate-node-cidrs=true] }] }`,
      )
      .join(''),
    expected: [
      `
      error NL135 node-cidr-mask
      on Pod kube-system/kube-controller-manager-0 at spec.containers.0.command.1
      cluster-cidr 10.100.0.0/26 is smaller than the /24 that each node gets
      help: choose a larger range, or set node-cidr-mask-size-ipv4 to 26 or more
      `,
      `
      error NL135 node-cidr-mask
      on Pod kube-system/kube-controller-manager-1 at spec.containers.0.command.2
      allocate-node-cidrs is true, and there is no cluster-cidr to allocate from
      help: the controller manager does not start: add --cluster-cidr, or set allocate-node-cidrs to false
      `,
    ],
  },
  {
    name: 'silent: a static pod that fits, one that does not allocate, and other pods',
    input: [
      ['kube-controller-manager', '"--cluster-cidr=10.100.0.0/16,fd00::/56"'],
      ['kube-controller-manager-b', '--cluster-cidr=10.100.0.0/26, --allocate-node-cidrs=false'],
      ['kube-controller-manager-c', '--cluster-cidr=10.100.0.0/26, --node-cidr-mask-size=28'],
      ['kube-proxy', '--cluster-cidr=10.100.0.0/26'],
    ]
      .map(
        ([name, given]) => `
      - manifest:
          apiVersion: v1
          kind: Pod
          metadata: { name: ${name}, namespace: kube-system }
          spec: { containers: [{ command: [--allocate-node-cidrs=true], args: [${given}] }] }`,
      )
      .join(''),
    expected: [],
  },
  {
    name: 'silent: fitting, without pod subnet, and where nobody allocates',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: '10.244.0.0/16,fd00::/48' } }
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: {} }
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta3, kind: ClusterConfiguration, networking: { podSubnet: 10.244.0.0/29 }, controllerManager: { extraArgs: { allocate-node-cidrs: 'false' } } }
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta3, kind: ClusterConfiguration, networking: { podSubnet: 10.244.0.0/20 }, controllerManager: { extraArgs: { node-cidr-mask-size: '25' } } }
    `,
    expected: [],
  },
  {
    name: 'a mask in the argument that kubeadm does not read',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: 10.244.0.0/26 }, controllerManager: { extraArgs: [{ name: node-cidr-mask-size, value: '28' }] } }
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta3, kind: ClusterConfiguration, networking: { podSubnet: 'fd00::/40' }, controllerManager: { extraArgs: { node-cidr-mask-size: '56' } } }
    `,
    expected: [
      `
      error NL135 node-cidr-mask
      on ClusterConfiguration kubeadm-config at controllerManager.extraArgs.0.value
      podSubnet 10.244.0.0/26 does not suit the usual node mask /24, and kubeadm does not read node-cidr-mask-size 28
      help: kubeadm refuses the pod subnet: say node-cidr-mask-size-ipv4 instead
      `,
      `
      warning NL135 node-cidr-mask
      on ClusterConfiguration kubeadm-config at controllerManager.extraArgs.node-cidr-mask-size
      podSubnet fd00::/40 does not suit the usual node mask /64, and kubeadm does not read node-cidr-mask-size 56
      help: kubeadm refuses the pod subnet: say node-cidr-mask-size-ipv6 instead
      `,
    ],
  },
  {
    name: 'silent: the same mask in the argument that it reads',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: 10.244.0.0/26 }, controllerManager: { extraArgs: [{ name: node-cidr-mask-size-ipv4, value: '28' }] } }
    `,
    expected: [],
  },
  {
    name: 'a mask that is no number',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: 10.244.0.0/16 }, controllerManager: { extraArgs: [{ name: node-cidr-mask-size-ipv4, value: /24 }] } }
    `,
    expected: [
      `
      error NL135 node-cidr-mask
      on ClusterConfiguration kubeadm-config at controllerManager.extraArgs.0.value
      the node mask for IPv4 is "/24", which is no number
      help: write a prefix length without slash, such as "24"
      `,
    ],
  },
]);
