import { nodeAddress } from '../../../lib/rules/addressing/node-address';
import { testRule } from '../expectations';

testRule(nodeAddress, [
  {
    name: 'an address that pods may get, where the network of the nodes is another',
    facts: { podCidrs: '10.244.0.0/16', nodeCidrs: '192.168.10.0/24' },
    input: `
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: a }, status: { addresses: [{ type: InternalIP, address: 10.244.9.9 }] } }
    `,
    expected: [
      `
      error NL162 node-address
      on Node a at status.addresses.0.address
      address 10.244.9.9 of the node lies inside the pod CIDR 10.244.0.0/16, and not in the network of the nodes
      help: pods cannot reach what is sent to a node there: choose a pod CIDR that no node is in
      `,
    ],
  },
  {
    name: 'an address that pods may get, and two nodes with one address',
    facts: { podCidrs: '10.244.0.0/16', serviceCidrs: '10.96.0.0/12' },
    input: `
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: b }, spec: { podCIDR: 10.244.3.0/24 }, status: { addresses: [{ type: InternalIP, address: 10.244.9.9 }] } }
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: a }, status: { addresses: [{ type: InternalIP, address: 10.100.0.1 }, { type: InternalIP, address: 'fd00::1' }] } }
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: c }, status: { addresses: [{ type: InternalIP, address: 'fd00:0::1' }] } }
    `,
    expected: [
      `
      error NL162 node-address
      on Node b at status.addresses.0.address
      address 10.244.9.9 of the node lies inside the pod CIDR 10.244.0.0/16, of which nodes get ranges for their pods
      help: pods cannot reach what is sent to a node there: choose a pod CIDR that no node is in
      `,
      `
      error NL162 node-address
      on Node c at status.addresses.0.address
      address fd00::1 is also that of Node a
      help: give each node an address of its own; node-ip of the kubelet says which one a node has
      see Node a at status.addresses.1.address: the other node
      `,
    ],
  },
  {
    name: 'silent: other addresses, an address that is listed twice, and nothing known about the cluster',
    input: `
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: a }, status: { addresses: [{ type: InternalIP, address: 10.0.0.1 }, { type: InternalIP, address: 10.0.0.1 }, { type: Hostname, address: a }] } }
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: b }, status: { addresses: [{ type: ExternalIP, address: 10.0.0.1 }] } }
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: c }, status: { addresses: text } }
    `,
    expected: [],
  },
  {
    name: 'silent: pods with addresses of the network of the nodes',
    facts: { podCidrs: '10.0.0.0/16' },
    input: `
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: a }, status: { addresses: [{ type: InternalIP, address: 10.0.0.1 }] } }
    `,
    expected: [],
  },
  {
    name: 'silent: a range that an object states, which another rule compares',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: 10.244.0.0/16 } }
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: a }, spec: { podCIDR: 10.244.3.0/24 }, status: { addresses: [{ type: InternalIP, address: 10.244.9.9 }] } }
    `,
    expected: [],
  },
]);
