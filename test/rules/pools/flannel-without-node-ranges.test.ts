import { flannelWithoutNodeRanges } from '../../../lib/rules/pools/flannel-without-node-ranges';
import { testRule } from '../expectations';

testRule(flannelWithoutNodeRanges, [
  {
    name: 'a family that podSubnet does not have',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: 10.244.0.0/16 } }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: kube-flannel-cfg, namespace: kube-flannel }, data: { net-conf.json: '{ "Network": "10.244.0.0/16", "EnableIPv6": true, "IPv6Network": "fd00::/56" }' } }
    `,
    expected: [
      `
      error NL681 flannel-without-node-ranges
      on ConfigMap kube-flannel/kube-flannel-cfg at data.net-conf.json
      Flannel is to carry IPv6, and the podSubnet of kubeadm has no IPv6: nodes get no range of it
      help: add an IPv6 range to podSubnet, or set EnableIPv6 to false
      see ClusterConfiguration kubeadm-config at networking.podSubnet: the ranges of the nodes
      `,
    ],
  },
  {
    name: 'nodes get no ranges',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { serviceSubnet: 10.96.0.0/16 } }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: kube-flannel-cfg, namespace: kube-flannel }, data: { 'net-conf.json': '{"Network": "10.244.0.0/16", "Backend": {"Type": "VXLAN"}}' } }
    `,
    expected: [
      `
      error NL681 flannel-without-node-ranges
      on ConfigMap kube-flannel/kube-flannel-cfg at data.net-conf.json
      Flannel reads the range of each node, and kubeadm gives nodes none: there is no podSubnet
      help: set networking.podSubnet of kubeadm to the Network of Flannel
      see ClusterConfiguration kubeadm-config at networking: the configuration of kubeadm
      `,
    ],
  },
  {
    name: 'silent: nodes have ranges',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta3, kind: ClusterConfiguration, controllerManager: { extraArgs: { cluster-cidr: 10.244.0.0/16 } } }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: kube-flannel-cfg, namespace: kube-flannel }, data: { 'net-conf.json': '{"Network": "10.244.0.0/16", "Backend": {"Type": "vxlan"}}' } }
    `,
    expected: [],
  },
  {
    name: 'silent: the range of a node is there, or two clusters are',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration }
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: a }, spec: { podCIDR: 10.244.0.0/24 } }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: kube-flannel-cfg, namespace: kube-flannel }, data: { 'net-conf.json': '{"Network": "10.244.0.0/16"}' } }
    `,
    expected: [],
  },
]);
