import { clusterDnsAddress } from '../../../lib/rules/addressing/cluster-dns-address';
import { testRule } from '../expectations';

testRule(clusterDnsAddress, [
  {
    name: 'another address than that of the Service',
    input: `
      - Service kube-system/kube-dns: { clusterIP: 10.100.0.10 }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: kubelet-config, namespace: kube-system }, data: { kubelet: 'clusterDNS: [10.96.0.10]' } }
    `,
    expected: [
      `
      error NL133 cluster-dns-address
      on ConfigMap kube-system/kubelet-config at data.kubelet
      clusterDNS 10.96.0.10 is not the address of Service kube-system/kube-dns, 10.100.0.10
      help: no pod would resolve a name: use the same address in both
      see Service kube-system/kube-dns at spec.clusterIP: the cluster DNS
      `,
    ],
  },
  {
    name: 'outside of the service range, and no address at all',
    facts: { serviceCidrs: '10.100.0.0/16' },
    input: `
      - manifest: { apiVersion: kubelet.config.k8s.io/v1beta1, kind: KubeletConfiguration, clusterDNS: [10.96.0.10, kube-dns, 192.0.2.53] }
    `,
    expected: [
      `
      error NL133 cluster-dns-address
      on KubeletConfiguration kubelet-config at clusterDNS.0
      clusterDNS 10.96.0.10 is outside the service CIDRs of the cluster: 10.100.0.0/16
      help: use the ClusterIP of the DNS Service; kubeadm gives it the tenth address of the range
      `,
      `
      error NL133 cluster-dns-address
      on KubeletConfiguration kubelet-config at clusterDNS.1
      clusterDNS: kube-dns is not an IP address
      help: write one such as 10.0.0.1 or fd00::1
      `,
      `
      warning NL133 cluster-dns-address
      on KubeletConfiguration kubelet-config at clusterDNS.2
      clusterDNS 192.0.2.53 is outside the service CIDRs of the cluster: 10.100.0.0/16
      help: use the ClusterIP of the DNS Service; kubeadm gives it the tenth address of the range
      `,
    ],
  },
  {
    name: 'silent: the same address, NodeLocal DNSCache, another family, and no facts',
    input: `
      - Service kube-system/kube-dns: { clusterIPs: [10.96.0.10, 'fd00:96::a'] }
      - manifest: { apiVersion: kubelet.config.k8s.io/v1beta1, kind: KubeletConfiguration, clusterDNS: [10.96.0.10, 'fd00:96:0::a', 169.254.20.10] }
    `,
    expected: [],
  },
  {
    name: 'silent: inside of the service range, or the range is not known',
    facts: { serviceCidrs: '10.100.0.0/16' },
    input: `
      - manifest: { apiVersion: kubelet.config.k8s.io/v1beta1, kind: KubeletConfiguration, clusterDNS: [10.100.4.4, 'fd00::a'] }
    `,
    expected: [],
  },
  {
    name: 'outside of the service range, and perhaps of the cluster',
    facts: { serviceCidrs: '10.100.0.0/16' },
    input: `
      - manifest: { apiVersion: kubelet.config.k8s.io/v1beta1, kind: KubeletConfiguration, clusterDNS: [192.168.1.53] }
    `,
    expected: [
      `
      warning NL133 cluster-dns-address
      on KubeletConfiguration kubelet-config at clusterDNS.0
      clusterDNS 192.168.1.53 is outside the service CIDRs of the cluster: 10.100.0.0/16
      help: use the ClusterIP of the DNS Service; kubeadm gives it the tenth address of the range
      `,
    ],
  },
  {
    name: 'another address than kubeadm gives to the DNS Service',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { serviceSubnet: 10.100.0.0/16 } }
      - manifest: { apiVersion: kubelet.config.k8s.io/v1beta1, kind: KubeletConfiguration, clusterDNS: [10.100.0.11, 169.254.20.10] }
    `,
    expected: [
      `
      warning NL133 cluster-dns-address
      on KubeletConfiguration kubelet-config at clusterDNS.0
      clusterDNS is 10.100.0.11, and kubeadm gives 10.100.0.10 to the DNS Service: the tenth address of the service range
      help: write 10.100.0.10, unless the Service was made with another address
      `,
    ],
  },
]);
