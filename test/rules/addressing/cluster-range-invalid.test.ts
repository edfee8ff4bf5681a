import { clusterRangeInvalid } from '../../../lib/rules/addressing/cluster-range-invalid';
import { testRule } from '../expectations';

testRule(clusterRangeInvalid, [
  {
    name: 'the range of the API server: IPv6',
    input: `
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: kube-apiserver-a, namespace: kube-system }, spec: { containers: [{ name: main, command: [kube-apiserver, --service-cluster-ip-range=fd00::/63] }] } }
    `,
    facts: { kubernetesVersion: '1.35' },
    expected: [
      `
      error NL137 cluster-range-invalid
      on Pod kube-system/kube-apiserver-a at spec.containers.0.command.1
      service-cluster-ip-range of the API server: fd00::/63 is larger than a /64
      help: choose a /108 or smaller, which every version takes
      `,
    ],
  },
  {
    name: 'the range of the API server: IPv4 of old versions',
    input: `
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: kube-apiserver-a, namespace: kube-system }, spec: { containers: [{ name: main, command: [kube-apiserver, --service-cluster-ip-range=10.64.0.0/11] }] } }
    `,
    facts: { kubernetesVersion: '1.30' },
    expected: [
      `
      error NL137 cluster-range-invalid
      on Pod kube-system/kube-apiserver-a at spec.containers.0.command.1
      service-cluster-ip-range of the API server: 10.64.0.0/11 has more than 2^20 addresses
      help: choose a /12 or smaller
      `,
    ],
  },
  {
    name: 'silent: a large range of IPv4 since ServiceCIDRs',
    input: `
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: kube-apiserver-a, namespace: kube-system }, spec: { containers: [{ name: main, command: [kube-apiserver, --service-cluster-ip-range=10.64.0.0/11] }] } }
    `,
    facts: { kubernetesVersion: '1.35' },
    expected: [],
  },
  {
    name: 'host bits, and too few addresses',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: '10.244.1.0/16', serviceSubnet: 10.96.0.0/29 } }
    `,
    expected: [
      `
      error NL137 cluster-range-invalid
      on ClusterConfiguration kubeadm-config at networking.podSubnet
      podSubnet of kubeadm: 10.244.1.0/16 has host bits set
      help: write 10.244.0.0/16, if that is meant
      `,
      `
      error NL137 cluster-range-invalid
      on ClusterConfiguration kubeadm-config at networking.serviceSubnet
      serviceSubnet of kubeadm: 10.96.0.0/29 has fewer than 10 addresses
      help: the cluster DNS gets the tenth: choose a larger range
      `,
    ],
  },
  {
    name: 'a range per family, and sizes of Services',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: '10.244.0.0/16,10.245.0.0/16', serviceSubnet: 'fd00::/64' } }
    `,
    expected: [
      `
      error NL137 cluster-range-invalid
      on ClusterConfiguration kubeadm-config at networking.podSubnet
      podSubnet of kubeadm has IPv4 and IPv4, and may have one range of each family
      help: leave one range, or one IPv4 and one IPv6 range
      `,
      `
      error NL137 cluster-range-invalid
      on ClusterConfiguration kubeadm-config at networking.serviceSubnet
      serviceSubnet of kubeadm: fd00::/64 has more than 2^20 addresses
      help: choose a /108 or smaller
      `,
    ],
  },
  {
    name: 'kube-proxy and the arguments of the control plane',
    input: `
      - manifest: { apiVersion: kubeproxy.config.k8s.io/v1alpha1, kind: KubeProxyConfiguration, clusterCIDR: 10.244.0.0 }
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta3, kind: ClusterConfiguration, apiServer: { extraArgs: { service-cluster-ip-range: 10.96.0.0/33 } } }
    `,
    expected: [
      `
      error NL137 cluster-range-invalid
      on ClusterConfiguration kubeadm-config at apiServer.extraArgs.service-cluster-ip-range
      service-cluster-ip-range of the API server: 10.96.0.0/33 has the prefix length 33, which IPv4 does not have
      help: write a prefix length from /0 to /32
      `,
      `
      error NL137 cluster-range-invalid
      on KubeProxyConfiguration kube-proxy at clusterCIDR
      clusterCIDR of kube-proxy: 10.244.0.0 has no prefix length
      help: write a CIDR with its prefix length, such as 10.244.0.0/16
      `,
    ],
  },
  {
    name: 'a domain',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { dnsDomain: Cluster.Local } }
    `,
    expected: [
      `
      error NL137 cluster-range-invalid
      on ClusterConfiguration kubeadm-config at networking.dnsDomain
      dnsDomain "Cluster.Local" is no DNS subdomain
      help: use lower-case letters, digits, dashes and dots, such as cluster.local
      `,
    ],
  },
  {
    name: 'silent',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: '10.244.0.0/16,fd00::/56', serviceSubnet: '10.96.0.0/12,fd00:96::/108', dnsDomain: cluster.local } }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: cilium-config, namespace: kube-system }, data: { ipam: cluster-pool, cluster-pool-ipv4-cidr: '10.0.0.0/16 10.1.0.0/16' } }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: kube-proxy, namespace: kube-system }, data: { config.conf: "clusterCIDR: ''" } }
    `,
    expected: [],
  },
  {
    name: 'a space between the ranges of kubeadm',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { serviceSubnet: '10.96.0.0/16, fd00:96::/112' } }
    `,
    expected: [
      `
      error NL137 cluster-range-invalid
      on ClusterConfiguration kubeadm-config at networking.serviceSubnet
      serviceSubnet of kubeadm has a space, and kubeadm takes none between ranges
      help: separate them by a comma alone
      `,
    ],
  },
]);
