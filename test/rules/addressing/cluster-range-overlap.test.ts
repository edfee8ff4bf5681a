import { clusterRangeOverlap } from '../../../lib/rules/addressing/cluster-range-overlap';
import { testRule } from '../expectations';

testRule(clusterRangeOverlap, [
  {
    name: 'pods and services of kubeadm',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: 10.96.0.0/16, serviceSubnet: 10.96.0.0/12 } }
    `,
    expected: [
      `
      error NL130 cluster-range-overlap
      on ClusterConfiguration kubeadm-config at networking.serviceSubnet
      service range 10.96.0.0/12 of ClusterConfiguration kubeadm-config overlaps pod range 10.96.0.0/16 of ClusterConfiguration kubeadm-config
      help: traffic to the shared addresses goes to one of the two only: move one of the ranges
      see ClusterConfiguration kubeadm-config at networking.podSubnet: the other range
      `,
    ],
  },
  {
    name: 'kubeadm inside of its ConfigMap, with the default service range',
    input: `
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: kubeadm-config, namespace: kube-system }, data: { ClusterConfiguration: "networking: { podSubnet: 10.100.0.0/16 }" } }
    `,
    expected: [
      `
      error NL130 cluster-range-overlap
      on ConfigMap kube-system/kubeadm-config at data.ClusterConfiguration
      pod range 10.100.0.0/16 of ConfigMap kube-system/kubeadm-config overlaps service range 10.96.0.0/12 of the cluster
      help: traffic to the shared addresses goes to one of the two only: move one of the ranges
      `,
    ],
  },
  {
    name: 'a node inside of the pods and a load balancer address that a node has',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: 10.244.0.0/16 } }
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: a }, spec: {  }, status: { addresses: [{ type: InternalIP, address: '10.244.3.7' }, { type: InternalIP, address: '192.168.10.5' }] } }
      - IPAddressPool metallb-system/lan: { addresses: [192.168.10.0-192.168.10.9] }
    `,
    expected: [
      `
      error NL130 cluster-range-overlap
      on ClusterConfiguration kubeadm-config at networking.podSubnet
      pod range 10.244.0.0/16 of ClusterConfiguration kubeadm-config overlaps node network 10.244.3.7/32 of Node a
      help: traffic to the shared addresses goes to one of the two only: move one of the ranges
      see Node a at status.addresses.0.address: the other range
      `,
      `
      error NL130 cluster-range-overlap
      on IPAddressPool metallb-system/lan at spec.addresses.0
      load balancer range 192.168.10.0-192.168.10.9 of IPAddressPool metallb-system/lan overlaps node network 192.168.10.5/32 of Node a
      help: an address of a load balancer must be free: leave out the addresses that are in use
      see Node a at status.addresses.1.address: the other range
      `,
    ],
  },
  {
    name: 'all of the node network as a load balancer range, and one of the services',
    facts: { nodeCidrs: '192.168.10.0/24', serviceCidrs: '10.96.0.0/16' },
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.168.10.0/24] }
      - CiliumLoadBalancerIPPool b: { blocks: [{ start: 10.96.255.0, stop: 10.97.0.9 }] }
    `,
    expected: [
      `
      error NL130 cluster-range-overlap
      on CiliumLoadBalancerIPPool b at spec.blocks.0
      load balancer range 10.96.255.0-10.97.0.9 of CiliumLoadBalancerIPPool b overlaps service range 10.96.0.0/16 of the cluster
      help: an address of a load balancer must be free: leave out the addresses that are in use
      `,
      `
      error NL130 cluster-range-overlap
      on IPAddressPool metallb-system/a at spec.addresses.0
      load balancer range 192.168.10.0/24 of IPAddressPool metallb-system/a overlaps node network 192.168.10.0/24 of the cluster
      help: an address of a load balancer must be free: leave out the addresses that are in use
      `,
    ],
  },
  {
    name: 'an extra ServiceCIDR in the network of Flannel',
    input: `
      - ServiceCIDR extra: { cidrs: [10.244.128.0/20] }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: kube-flannel-cfg, namespace: kube-flannel }, data: { 'net-conf.json': '{"Network": "10.244.0.0/16", "Backend": {"Type": "vxlan"}}' } }
    `,
    expected: [
      `
      error NL130 cluster-range-overlap
      on ServiceCIDR extra at spec.cidrs.0
      service range 10.244.128.0/20 of ServiceCIDR extra overlaps pod range 10.244.0.0/16 of ConfigMap kube-flannel/kube-flannel-cfg
      help: traffic to the shared addresses goes to one of the two only: move one of the ranges
      see ConfigMap kube-flannel/kube-flannel-cfg at data.net-conf.json: the other range
      `,
    ],
  },
  {
    name: 'a pool of Calico and a pool of load balancers',
    input: `
      - IPPool pods: { cidr: 10.48.0.0/16 }
      - IPAddressPool metallb-system/a: { addresses: [10.48.255.0/24] }
    `,
    expected: [
      `
      error NL130 cluster-range-overlap
      on IPAddressPool metallb-system/a at spec.addresses.0
      load balancer range 10.48.255.0/24 of IPAddressPool metallb-system/a overlaps pod range 10.48.0.0/16 of IPPool pods
      help: an address of a load balancer must be free: leave out the addresses that are in use
      see IPPool pods at spec.cidr: the other range
      `,
    ],
  },
  {
    name: 'silent: load balancers inside of the node network, parts of one range, extra ServiceCIDRs that overlap, disabled pools',
    facts: { nodeCidrs: '192.168.10.0/24', podCidrs: '10.244.0.0/16' },
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.168.10.64/26] }
      - IPPool pods: { cidr: 10.244.0.0/17 }
      - IPPool old: { cidr: 192.168.10.0/24, disabled: true }
      - ServiceCIDR kubernetes: { cidrs: [10.96.0.0/24] }
      - ServiceCIDR larger: { cidrs: [10.96.0.0/20] }
      - CiliumLoadBalancerIPPool b: { disabled: true, blocks: [{ cidr: 10.244.0.0/24 }] }
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: a }, spec: {  }, status: { addresses: [{ type: InternalIP, address: '192.168.10.5' }] } }
    `,
    expected: [],
  },
  {
    name: 'silent: what ip-pool-overlap says, and what only the caller knows',
    facts: { serviceCidrs: '10.96.0.0/16', podCidrs: '10.96.128.0/17' },
    input: `
      - IPPool a: { cidr: 10.96.0.0/16 }
    `,
    expected: [],
  },
  {
    name: 'silent: several clusters in one input',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: 10.244.0.0/16, serviceSubnet: 10.96.0.0/16 } }
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: 10.96.0.0/16, serviceSubnet: 10.244.0.0/16 } }
    `,
    expected: [],
  },
  {
    name: 'silent: a cloud gives pods addresses of the network of the nodes, and the caller says so',
    facts: { podCidrs: '10.0.0.0/16', nodeCidrs: '10.0.0.0/16' },
    input: `
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: a }, status: { addresses: [{ type: InternalIP, address: 10.0.3.4 }] } }
    `,
    expected: [],
  },
  {
    name: 'the pod range of a node in the range of Services',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { serviceSubnet: 10.96.0.0/12 } }
      - Node a: { podCIDRs: [10.100.0.0/24] }
    `,
    expected: [
      `
      error NL130 cluster-range-overlap
      on Node a at spec.podCIDRs.0
      pod range 10.100.0.0/24 of Node a overlaps service range 10.96.0.0/12 of ClusterConfiguration kubeadm-config
      help: traffic to the shared addresses goes to one of the two only: move one of the ranges
      see ClusterConfiguration kubeadm-config at networking.serviceSubnet: the other range
      `,
    ],
  },
  {
    name: 'silent: the same where a network plugin has addresses of its own',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { serviceSubnet: 10.96.0.0/12 } }
      - IPPool pods: { cidr: 192.168.0.0/16 }
      - Node a: { podCIDRs: [10.100.0.0/24] }
    `,
    expected: [],
  },
]);
