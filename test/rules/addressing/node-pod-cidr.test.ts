import { nodePodCidr } from '../../../lib/rules/addressing/node-pod-cidr';
import { testRule } from '../expectations';

function node(name: string, spec: string): string {
  return `
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: ${name} }, spec: ${spec} }`;
}

testRule(nodePodCidr, [
  {
    name: 'ranges that are none, and one range twice in one node',
    input:
      node('a', '{ podCIDRs: [10.244.0.1, 5] }') +
      node('b', '{ podCIDR: 10.244.1.1/24, podCIDRs: [10.244.1.1/24] }') +
      node('c', '{ podCIDR: node }') +
      node('d', '{ podCIDRs: [10.244.2.0/24, 10.244.2.0/24] }') +
      node('e', '{ podCIDR: "", podCIDRs: null }'),
    expected: [
      `
      error NL136 node-pod-cidr
      on Node a at spec.podCIDRs.1
      pod range is 5, not a CIDR
      help: write a CIDR as a string
      `,
      `
      error NL136 node-pod-cidr
      on Node a at spec.podCIDRs.0
      pod range: 10.244.0.1 has no prefix length
      help: did you mean 10.244.0.1/32?
      `,
      `
      error NL136 node-pod-cidr
      on Node c at spec.podCIDR
      podCIDR: node is not a CIDR
      help: write one such as 10.0.0.0/8 or fd00::/8
      `,
      `
      error NL136 node-pod-cidr
      on Node d at spec.podCIDRs.1
      pod range 10.244.2.0/24 is the second one of family IPv4
      help: list one range of each family, and the first one as podCIDR
      `,
      `
      warning NL136 node-pod-cidr
      on Node b at spec.podCIDRs.0
      pod range: 10.244.1.1/24 has host bits set; Kubernetes refuses it since 1.36, and reads 10.244.1.0/24 before
      help: write 10.244.1.0/24
      `,
    ],
  },
  {
    name: 'two nodes with one range, and one outside of the cluster CIDR',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: 10.244.0.0/16 } }
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: b }, spec: { podCIDRs: [10.244.1.0/24] }, status: { addresses: [] } }
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: a }, spec: { podCIDR: 10.244.0.0/23 }, status: { addresses: [] } }
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: c }, spec: { podCIDRs: [10.245.0.0/24] }, status: { addresses: [] } }
    `,
    expected: [
      `
      error NL136 node-pod-cidr
      on Node b at spec.podCIDRs.0
      pod range 10.244.1.0/24 overlaps 10.244.0.0/23 of Node a
      help: pods of both would have the same addresses: delete one of the Node objects, so that it gets a new range
      see Node a at spec.podCIDR: the other range
      `,
      `
      error NL136 node-pod-cidr
      on Node c at spec.podCIDRs.0
      pod range 10.245.0.0/24 is not inside the cluster CIDR 10.244.0.0/16
      help: delete the Node object, so that it gets a range of the cluster CIDR, or correct the cluster CIDR
      `,
    ],
  },
  {
    name: 'two ranges of one family, and a podCIDR that is not the first of them',
    input: `
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: a }, spec: { podCIDRs: [10.244.0.0/24, 10.244.1.0/24] } }
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: b }, spec: { podCIDR: 10.244.2.0/24, podCIDRs: ['fd00::/64', 10.244.2.0/24] } }
    `,
    expected: [
      `
      error NL136 node-pod-cidr
      on Node a at spec.podCIDRs.1
      pod range 10.244.1.0/24 is the second one of family IPv4
      help: list one range of each family, and the first one as podCIDR
      `,
      `
      warning NL136 node-pod-cidr
      on Node b at spec.podCIDR
      podCIDR is "10.244.2.0/24", and the first of podCIDRs is "fd00::/64": the API server drops podCIDRs
      help: list one range of each family, and the first one as podCIDR
      `,
    ],
  },
  {
    name: 'the cluster CIDR of the caller',
    facts: { podCidrs: '10.48.0.0/16' },
    input: `
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: a }, spec: { podCIDRs: [10.244.0.0/24] }, status: { addresses: [] } }
    `,
    expected: [
      `
      error NL136 node-pod-cidr
      on Node a at spec.podCIDRs.0
      pod range 10.244.0.0/24 is not inside the cluster CIDR 10.48.0.0/16
      help: delete the Node object, so that it gets a range of the cluster CIDR, or correct the cluster CIDR
      `,
    ],
  },
  {
    name: 'silent: parts of the cluster CIDR, a family of which nothing is known, and no cluster CIDR',
    facts: { podCidrs: '10.244.0.0/16' },
    input: `
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: a }, spec: { podCIDRs: [10.244.0.0/24, 'fd00::/64'] }, status: { addresses: [] } }
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: b }, spec: { podCIDR: 10.244.1.0/24, podCIDRs: [10.244.1.0/24] }, status: { addresses: [] } }
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: c }, spec: { podCIDRs: x }, status: { addresses: [] } }
    `,
    expected: [],
  },
]);
