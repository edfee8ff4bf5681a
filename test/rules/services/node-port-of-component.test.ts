import { nodePortOfComponent } from '../../../lib/rules/services/node-port-of-component';
import { testRule } from '../expectations';

const onEveryNode = (severity: string, port: string, component: string, at: number): string => `
      ${severity} NL269 node-port-of-component
      on Service shop/a at spec.ports.${at}.nodePort
      node port ${port} is the port of ${component}, whose connections the Service then takes on every node
      help: choose another node port, best one of 30000-32767
      `;

testRule(nodePortOfComponent, [
  {
    name: 'the kubelet on every node, others where they run',
    input: `
      - Service shop/a: { type: NodePort, ports: [{ name: a, port: 1, nodePort: 10250 }, { name: b, port: 2, nodePort: 6443 }, { name: c, port: 3, nodePort: 2380 }, { name: d, port: 4, nodePort: 8472, protocol: UDP }, { name: e, port: 5, nodePort: 22 }] }
    `,
    expected: [
      onEveryNode('error', '10250/TCP', 'the kubelet', 0),
      onEveryNode('warning', '22/TCP', 'SSH', 4),
      onEveryNode('warning', '2380/TCP', 'etcd', 2),
      onEveryNode('warning', '6443/TCP', 'the API server', 1),
      onEveryNode('warning', '8472/UDP', 'VXLAN of Flannel and Cilium', 3),
    ],
  },
  {
    name: 'the control plane, where kubeadm makes the cluster',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration }
      - Service shop/a: { type: NodePort, ports: [{ name: a, port: 1, nodePort: 6443 }, { name: b, port: 2, nodePort: 2379 }, { name: c, port: 3, nodePort: 179 }] }
    `,
    expected: [
      onEveryNode('error', '2379/TCP', 'etcd', 1),
      onEveryNode('error', '6443/TCP', 'the API server', 0),
      onEveryNode('warning', '179/TCP', 'BGP', 2),
    ],
  },
  {
    name: 'silent: another protocol, other ports, ports that are no node ports',
    input: `
      - Service shop/a: { type: NodePort, ports: [{ name: a, port: 6443, nodePort: 30443 }, { name: b, port: 2, nodePort: 6443, protocol: UDP }, { name: c, port: 10250 }] }
    `,
    expected: [],
  },
]);
