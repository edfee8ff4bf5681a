import { clusterConfigInvalid } from '../../../lib/rules/addressing/cluster-config-invalid';
import { testRule } from '../expectations';

testRule(clusterConfigInvalid, [
  {
    name: 'arguments of the API server that exclude each other',
    input: `
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: kube-apiserver-a, namespace: kube-system }, spec: { containers: [{ name: main, command: [kube-apiserver, --service-cluster-ip-range=fd00::/112, --advertise-address=192.168.10.1, --kubernetes-service-node-port=8443] }] } }
    `,
    expected: [
      `
      error NL160 cluster-config-invalid
      on Pod kube-system/kube-apiserver-a at spec.containers.0.command.2
      advertise-address 192.168.10.1 is IPv4, and the first range of service-cluster-ip-range is IPv6
      help: advertise an IPv6 address, or name the IPv4 range first
      `,
      `
      error NL160 cluster-config-invalid
      on Pod kube-system/kube-apiserver-a at spec.containers.0.command.3
      kubernetes-service-node-port 8443 is outside of the node ports, 30000-32767
      help: choose a port of the range, or 0 for none
      `,
    ],
  },
  {
    name: 'silent: arguments of the API server that fit',
    input: `
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: kube-apiserver-a, namespace: kube-system }, spec: { containers: [{ name: main, command: [kube-apiserver, "--service-cluster-ip-range=10.96.0.0/16,fd00::/112", --advertise-address=192.168.10.1, --kubernetes-service-node-port=8443, --service-node-port-range=8000-9000] }] } }
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: kube-apiserver-b, namespace: kube-system }, spec: { containers: [{ name: main, command: [kube-apiserver, --service-cluster-ip-range=fd00::/112, --advertise-address=192.168.10.1, --endpoint-reconciler-type=none, --kubernetes-service-node-port=0] }] } }
    `,
    expected: [],
  },
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
  {
    name: 'addresses, ports and names that are none',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, controlPlaneEndpoint: 'https://api.example.com:6443', apiServer: { certSANs: [10.0.0.0/8, 10.0.0.1, '*.example.com'] } }
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: InitConfiguration, localAPIEndpoint: { advertiseAddress: master, bindPort: 70000 } }
      - manifest: { apiVersion: kubeproxy.config.k8s.io/v1alpha1, kind: KubeProxyConfiguration, bindAddress: eth0, nodePortAddresses: [192.0.2.1, primary] }
    `,
    expected: [
      `
      error NL160 cluster-config-invalid
      on ClusterConfiguration kubeadm-config at apiServer.certSANs.0
      certSANs: "10.0.0.0/8" is neither an IP address nor a DNS name
      help: write the address or the name under which clients reach the API server, without port
      `,
      `
      error NL160 cluster-config-invalid
      on ClusterConfiguration kubeadm-config at controlPlaneEndpoint
      controlPlaneEndpoint is "https://api.example.com:6443", which is no host with or without a port
      help: write an address or a DNS name, and after a colon the port: api.example.com:6443
      `,
      `
      error NL160 cluster-config-invalid
      on InitConfiguration kubeadm-init at localAPIEndpoint.advertiseAddress
      advertiseAddress: master is not an IP address
      help: write one such as 10.0.0.1 or fd00::1
      `,
      `
      error NL160 cluster-config-invalid
      on InitConfiguration kubeadm-init at localAPIEndpoint.bindPort
      bindPort is 70000, which is no port
      help: write a port from 1 to 65535
      `,
      `
      error NL160 cluster-config-invalid
      on KubeProxyConfiguration kube-proxy at bindAddress
      bindAddress: eth0 is not an IP address
      help: write one such as 10.0.0.1 or fd00::1
      `,
      `
      error NL160 cluster-config-invalid
      on KubeProxyConfiguration kube-proxy at nodePortAddresses.0
      nodePortAddresses: "192.0.2.1" is no CIDR
      help: write 192.0.2.1/32
      `,
    ],
  },
  ...['api.example.com', '192.0.2.1:6443', '[2001:db8::1]:6443', '2001:db8::1'].map((endpoint) => ({
    name: `silent: ${endpoint}`,
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, controlPlaneEndpoint: '${endpoint}' }
    `,
    expected: [],
  })),
]);
