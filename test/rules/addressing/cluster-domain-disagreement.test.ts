import { clusterDomainDisagreement } from '../../../lib/rules/addressing/cluster-domain-disagreement';
import { testRule } from '../expectations';

testRule(clusterDomainDisagreement, [
  {
    name: 'kubelet and CoreDNS',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { dnsDomain: corp.example } }
      - manifest: { apiVersion: kubelet.config.k8s.io/v1beta1, kind: KubeletConfiguration, clusterDomain: cluster.local }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: coredns, namespace: kube-system }, data: { Corefile: ".:53 {\\n    errors\\n    kubernetes k8s.example in-addr.arpa ip6.arpa {\\n    }\\n}" } }
    `,
    expected: [
      `
      warning NL134 cluster-domain-disagreement
      on ConfigMap kube-system/coredns at data.Corefile
      the zone of CoreDNS is k8s.example, and dnsDomain of kubeadm is corp.example
      help: names of Services would not resolve: use one domain everywhere
      see ClusterConfiguration kubeadm-config at networking.dnsDomain: dnsDomain of kubeadm, in ClusterConfiguration kubeadm-config
      `,
      `
      warning NL134 cluster-domain-disagreement
      on KubeletConfiguration kubelet-config at clusterDomain
      clusterDomain of the kubelet is cluster.local, and dnsDomain of kubeadm is corp.example
      help: names of Services would not resolve: use one domain everywhere
      see ClusterConfiguration kubeadm-config at networking.dnsDomain: dnsDomain of kubeadm, in ClusterConfiguration kubeadm-config
      `,
    ],
  },
  {
    name: 'the objects and the caller',
    facts: { clusterDomain: 'cluster.local' },
    input: `
      - manifest: { apiVersion: kubelet.config.k8s.io/v1beta1, kind: KubeletConfiguration, clusterDomain: corp.example }
    `,
    expected: [
      `
      warning NL134 cluster-domain-disagreement
      on KubeletConfiguration kubelet-config at clusterDomain
      clusterDomain of the kubelet is corp.example, and the cluster was said to have cluster.local
      help: the object counts; correct the one that is wrong
      `,
    ],
  },
  {
    name: 'silent: the same, with and without the dot at the end',
    facts: { clusterDomain: 'cluster.local' },
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { dnsDomain: cluster.local } }
      - manifest: { apiVersion: kubelet.config.k8s.io/v1beta1, kind: KubeletConfiguration, clusterDomain: cluster.local. }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: coredns, namespace: kube-system }, data: { Corefile: "kubernetes cluster.local in-addr.arpa" } }
    `,
    expected: [],
  },
  {
    name: 'silent: kubelets of several clusters',
    input: `
      - manifest: { apiVersion: kubelet.config.k8s.io/v1beta1, kind: KubeletConfiguration, clusterDomain: a.example }
      - manifest: { apiVersion: kubelet.config.k8s.io/v1beta1, kind: KubeletConfiguration, clusterDomain: b.example }
    `,
    expected: [],
  },
  {
    name: 'the domain that kubeadm gives when nothing is said',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: 10.244.0.0/16 } }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: coredns, namespace: kube-system }, data: { Corefile: "kubernetes k8s.example" } }
    `,
    expected: [
      `
      warning NL134 cluster-domain-disagreement
      on ConfigMap kube-system/coredns at data.Corefile
      the zone of CoreDNS is k8s.example, and the default dnsDomain of kubeadm is cluster.local
      help: names of Services would not resolve: use one domain everywhere
      see ClusterConfiguration kubeadm-config at networking: the default dnsDomain of kubeadm, in ClusterConfiguration kubeadm-config
      `,
    ],
  },
  {
    name: 'the ConfigMap of a chart, and the cache on the nodes',
    input: `
      - manifest: { apiVersion: kubelet.config.k8s.io/v1beta1, kind: KubeletConfiguration, clusterDomain: cluster.local }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: rke2-coredns, namespace: kube-system }, data: { Corefile: "kubernetes k8s.example" } }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: nodelocaldns, namespace: kube-system }, data: { Corefile: "k8s.example:53 {\\n}\\nin-addr.arpa:53 {\\n}\\n.:53 {\\n}" } }
    `,
    expected: [
      `
      warning NL134 cluster-domain-disagreement
      on ConfigMap kube-system/nodelocaldns at data.Corefile
      the zone of NodeLocal DNSCache is k8s.example, and clusterDomain of the kubelet is cluster.local
      help: names of Services would not resolve: use one domain everywhere
      see KubeletConfiguration kubelet-config at clusterDomain: clusterDomain of the kubelet, in KubeletConfiguration kubelet-config
      `,
      `
      warning NL134 cluster-domain-disagreement
      on ConfigMap kube-system/rke2-coredns at data.Corefile
      the zone of CoreDNS is k8s.example, and clusterDomain of the kubelet is cluster.local
      help: names of Services would not resolve: use one domain everywhere
      see KubeletConfiguration kubelet-config at clusterDomain: clusterDomain of the kubelet, in KubeletConfiguration kubelet-config
      `,
    ],
  },
  {
    name: 'silent: one zone of several, which a migration has for a while, and reverse zones',
    input: `
      - manifest: { apiVersion: kubelet.config.k8s.io/v1beta1, kind: KubeletConfiguration, clusterDomain: cluster.local }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: coredns, namespace: kube-system }, data: { Corefile: "kubernetes k8s.example cluster.local. in-addr.arpa" } }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: node-local-dns, namespace: kube-system }, data: { Corefile: "k8s.example:53 {\\n}\\ncluster.local:53 {\\n}" } }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: a-coredns, namespace: kube-system }, data: { Corefile: "kubernetes in-addr.arpa 10.in-addr.arpa" } }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: b-coredns, namespace: kube-system }, data: { Corefile: "# kubernetes x.example" } }
    `,
    expected: [],
  },
]);
