import { controlPlaneAddress } from '../../../lib/rules/addressing/control-plane-address';
import { testRule } from '../expectations';

function kubeadm(endpoint: string): string {
  return `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, controlPlaneEndpoint: '${endpoint}', networking: { podSubnet: '10.244.0.0/16,fd00:244::/56', serviceSubnet: 10.96.0.0/16 } }`;
}

function kubeVip(name: string, address: string): string {
  return `
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: kube-vip, namespace: kube-system }, spec: { hostNetwork: true, containers: [{ name: kube-vip, image: 'ghcr.io/kube-vip/kube-vip:v1.0.3', env: [{ name: ${name}, value: ${address} }] }] } }`;
}

const POOL = `
      - IPAddressPool metallb-system/a: { addresses: [192.168.10.100-192.168.10.200] }`;

testRule(controlPlaneAddress, [
  {
    name: 'in the range of Services',
    input: kubeadm('10.96.0.100:6443'),
    expected: [
      `
      error NL163 control-plane-address
      on ClusterConfiguration kubeadm-config at controlPlaneEndpoint
      controlPlaneEndpoint 10.96.0.100 lies in the service range 10.96.0.0/16 of ClusterConfiguration kubeadm-config
      help: choose a free address of the network of the nodes, outside of every range of the cluster
      see ClusterConfiguration kubeadm-config at networking.serviceSubnet: the range
      `,
    ],
  },
  {
    name: 'IPv6, in the range of pods',
    input: kubeadm('[fd00:244::100]:6443'),
    expected: [
      `
      error NL163 control-plane-address
      on ClusterConfiguration kubeadm-config at controlPlaneEndpoint
      controlPlaneEndpoint fd00:244::100 lies in the pod range fd00:244::/56 of ClusterConfiguration kubeadm-config
      help: choose a free address of the network of the nodes, outside of every range of the cluster
      see ClusterConfiguration kubeadm-config at networking.podSubnet: the range
      `,
    ],
  },
  {
    name: 'the virtual address of kube-vip in a pool of load balancers',
    input: `${kubeVip('address', '192.168.10.100')}${POOL}`,
    expected: [
      `
      warning NL163 control-plane-address
      on Pod kube-system/kube-vip at spec.containers.0.env.0.value
      address of kube-vip 192.168.10.100 lies in the load balancer range 192.168.10.100-192.168.10.200 of IPAddressPool metallb-system/a
      help: choose a free address of the network of the nodes, outside of every range of the cluster
      see IPAddressPool metallb-system/a at spec.addresses.0: the range
      `,
    ],
  },
  {
    name: 'silent: an address of the network of the nodes, a name, and other variables',
    input: `${kubeadm('api.example.com:6443')}${kubeVip('vip_address', '192.168.10.99')}${POOL}`,
    expected: [],
  },
  {
    name: 'silent: a variable of another name',
    input: `${kubeadm('192.168.10.99')}${kubeVip('bgp_routerid', '192.168.10.100')}${POOL}`,
    expected: [],
  },
  {
    name: 'silent: pods in the network of the nodes, as the caller says',
    facts: { podCidrs: '192.168.0.0/16' },
    input: kubeVip('address', '192.168.10.99'),
    expected: [],
  },
]);
