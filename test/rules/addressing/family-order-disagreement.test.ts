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
]);
