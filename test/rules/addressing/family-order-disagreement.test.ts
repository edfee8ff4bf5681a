import { familyOrderDisagreement } from '../../../lib/rules/addressing/family-order-disagreement';
import { testRule } from '../expectations';

testRule(familyOrderDisagreement, [
  {
    name: 'Services IPv6 first, pods IPv4 first',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: '10.244.0.0/16,fd00::/56', serviceSubnet: 'fd00:96::/112,10.96.0.0/16' } }
    `,
    expected: [
      `
      warning NL138 family-order-disagreement
      on ClusterConfiguration kubeadm-config at networking.serviceSubnet
      serviceSubnet of kubeadm has IPv6 first, and podSubnet of kubeadm has IPv4 first
      help: the first family is the primary one: use one order everywhere
      see ClusterConfiguration kubeadm-config at networking.podSubnet: podSubnet of kubeadm, in ClusterConfiguration kubeadm-config
      `,
    ],
  },
  {
    name: 'silent: one order, and one family',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: 'fd00::/56,10.244.0.0/16', serviceSubnet: 'fd00:96::/112,10.96.0.0/16' } }
      - manifest: { apiVersion: kubeproxy.config.k8s.io/v1alpha1, kind: KubeProxyConfiguration, clusterCIDR: 10.244.0.0/16 }
    `,
    expected: [],
  },
  {
    name: 'an API server that advertises an address of the other family',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { serviceSubnet: '10.96.0.0/16,fd00:96::/112' } }
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: InitConfiguration, localAPIEndpoint: { advertiseAddress: 'fd00:1::5' } }
    `,
    expected: [
      `
      error NL138 family-order-disagreement
      on InitConfiguration kubeadm-init at localAPIEndpoint.advertiseAddress
      advertiseAddress is an IPv6 address, and the first service range is IPv4: the API server does not start
      help: advertise an IPv4 address, or put the IPv6 range first
      see ClusterConfiguration kubeadm-config at networking.serviceSubnet: the service ranges
      `,
    ],
  },
]);
