import { clusterConfigInvalid } from '../../../lib/rules/addressing/cluster-config-invalid';
import { testRule } from '../expectations';

testRule(clusterConfigInvalid, [
  {
    name: 'extraArgs in the shape of the other version',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, apiServer: { extraArgs: { v: '2' } } }
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta3, kind: ClusterConfiguration, scheduler: { extraArgs: [{ name: v, value: '2' }] } }
    `,
    expected: [
      `
      error NL160 cluster-config-invalid
      on ClusterConfiguration kubeadm-config at scheduler.extraArgs
      extraArgs of v1beta3 is a map, and this is a list
      help: write a map of names and values, or use v1beta4
      `,
      `
      error NL160 cluster-config-invalid
      on ClusterConfiguration kubeadm-config at apiServer.extraArgs
      extraArgs of v1beta4 is a list of names and values, and this is an object
      help: write a list of { name: …, value: … }
      `,
    ],
  },
  {
    name: 'words that kube-proxy does not know',
    input: `
      - manifest: { apiVersion: kubeproxy.config.k8s.io/v1alpha1, kind: KubeProxyConfiguration, mode: IPVS, detectLocalMode: nodeCIDR }
    `,
    expected: [
      `
      error NL160 cluster-config-invalid
      on KubeProxyConfiguration kube-proxy at detectLocalMode
      detectLocalMode is "nodeCIDR", and must be ClusterCIDR, NodeCIDR, BridgeInterface or InterfaceNamePrefix
      help: write ClusterCIDR, NodeCIDR, BridgeInterface or InterfaceNamePrefix, or leave it out
      `,
      `
      error NL160 cluster-config-invalid
      on KubeProxyConfiguration kube-proxy at mode
      mode is "IPVS", and must be iptables, ipvs, nftables or kernelspace
      help: write iptables, ipvs, nftables or kernelspace, or leave it out
      `,
    ],
  },
  ...['32767-30000', '30000:32767', '30000-70000'].map((range) => ({
    name: `no range of ports: ${range}`,
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta3, kind: ClusterConfiguration, apiServer: { extraArgs: { service-node-port-range: '${range}' } } }
    `,
    expected: [
      `
      error NL160 cluster-config-invalid
      on ClusterConfiguration kubeadm-config at apiServer.extraArgs.service-node-port-range
      service-node-port-range is "${range}", which is no range of ports
      help: write the first and the last port, such as 30000-32767
      `,
    ],
  })),
  {
    name: 'silent: what the components take',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, apiServer: { extraArgs: [{ name: service-node-port-range, value: 30000-32767 }] } }
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta3, kind: ClusterConfiguration, apiServer: { extraArgs: { service-node-port-range: 30000+2767 } } }
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta3, kind: ClusterConfiguration, controllerManager: { extraArgs: null } }
      - manifest: { apiVersion: kubeproxy.config.k8s.io/v1alpha1, kind: KubeProxyConfiguration, mode: '', detectLocalMode: ClusterCIDR }
      - manifest: { cluster-cidr: 10.42.0.0/16, service-node-port-range: '30000' }
    `,
    expected: [],
  },
]);
