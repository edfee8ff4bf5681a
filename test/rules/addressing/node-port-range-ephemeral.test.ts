import { nodePortRangeEphemeral } from '../../../lib/rules/addressing/node-port-range-ephemeral';
import { testRule } from '../expectations';

testRule(nodePortRangeEphemeral, [
  {
    name: 'of the API server itself',
    input: `
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: kube-apiserver-a, namespace: kube-system }, spec: { containers: [{ name: kube-apiserver, command: [kube-apiserver, --service-node-port-range=30000-40000] }] } }
    `,
    expected: [
      `
      warning NL161 node-port-range-ephemeral
      on Pod kube-system/kube-apiserver-a at spec.containers.0.command.1
      service-node-port-range 30000-40000 overlaps 32768-60999, from which Linux takes the ports of outgoing connections
      help: end the range at 32767, or change net.ipv4.ip_local_port_range on all nodes and say so with a suppression
      `,
    ],
  },
  {
    name: 'the range of kubeadm, and that of k3s',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta3, kind: ClusterConfiguration, apiServer: { extraArgs: { service-node-port-range: 30000-32768 } } }
      - manifest: { cluster-cidr: 10.42.0.0/16, service-node-port-range: 40000-41000 }
    `,
    expected: ['30000-32768', '40000-41000'].map(
      (range, index) => `
      warning NL161 node-port-range-ephemeral
      on ${index === 0 ? 'ClusterConfiguration kubeadm-config at apiServer.extraArgs.service-node-port-range' : 'K3sConfig config.yaml at service-node-port-range'}
      service-node-port-range ${range} overlaps 32768-60999, from which Linux takes the ports of outgoing connections
      help: end the range at 32767, or change net.ipv4.ip_local_port_range on all nodes and say so with a suppression
      `,
    ),
  },
  {
    name: 'silent: ranges on either side, and what is no range',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta3, kind: ClusterConfiguration, apiServer: { extraArgs: { service-node-port-range: 20000-32767 } } }
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta3, kind: ClusterConfiguration, apiServer: { extraArgs: { service-node-port-range: x } } }
      - manifest: { cluster-cidr: 10.42.0.0/16, service-node-port-range: 61000-62000 }
    `,
    expected: [],
  },
  {
    name: 'a widened range, in which components of every cluster listen',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta3, kind: ClusterConfiguration, apiServer: { extraArgs: { service-node-port-range: 2380-10250 } } }
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta3, kind: ClusterConfiguration, apiServer: { extraArgs: { service-node-port-range: 10251-10255 } } }
    `,
    expected: [
      `
      warning NL161 node-port-range-ephemeral
      on ClusterConfiguration kubeadm-config at apiServer.extraArgs.service-node-port-range
      service-node-port-range 2380-10250 contains 2379-2380 of etcd, 6443 of the API server, 10250 of the kubelet: a Service without a nodePort may be given one of these ports, and takes it on every node
      help: start the range above 10250; the usual one is 30000-32767
      `,
    ],
  },
]);
