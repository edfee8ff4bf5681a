import { clusterRangeDisagreement } from '../../../lib/rules/addressing/cluster-range-disagreement';
import { testRule } from '../expectations';

testRule(clusterRangeDisagreement, [
  {
    name: 'kube-proxy and Flannel have another pod range than kubeadm',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: 10.244.0.0/16 } }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: kube-proxy, namespace: kube-system }, data: { config.conf: "clusterCIDR: 10.42.0.0/16" } }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: kube-flannel-cfg, namespace: kube-flannel }, data: { 'net-conf.json': '{"Network": "10.244.0.0/17", "Backend": {"Type": "vxlan"}}' } }
    `,
    expected: [
      `
      error NL132 cluster-range-disagreement
      on ConfigMap kube-flannel/kube-flannel-cfg at data.net-conf.json
      Network of Flannel is 10.244.0.0/17, and podSubnet of kubeadm is 10.244.0.0/16
      help: set both to the same range: pods outside of it are taken for strangers, or get no address
      see ClusterConfiguration kubeadm-config at networking.podSubnet: podSubnet of kubeadm, in ClusterConfiguration kubeadm-config
      `,
      `
      warning NL132 cluster-range-disagreement
      on ConfigMap kube-system/kube-proxy at data.config.conf
      clusterCIDR of kube-proxy is 10.42.0.0/16, and podSubnet of kubeadm is 10.244.0.0/16
      help: set both to the same range: pods outside of it are taken for strangers, or get no address
      see ClusterConfiguration kubeadm-config at networking.podSubnet: podSubnet of kubeadm, in ClusterConfiguration kubeadm-config
      `,
    ],
  },
  {
    name: 'a Network of Flannel that is too wide is a warning',
    input: `
      - manifest: { apiVersion: kubeproxy.config.k8s.io/v1alpha1, kind: KubeProxyConfiguration, clusterCIDR: 10.244.0.0/16 }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: kube-flannel-cfg, namespace: kube-flannel }, data: { 'net-conf.json': '{"Network": "10.0.0.0/8", "Backend": {"Type": "vxlan"}}' } }
    `,
    expected: [
      `
      warning NL132 cluster-range-disagreement
      on ConfigMap kube-flannel/kube-flannel-cfg at data.net-conf.json
      Network of Flannel is 10.0.0.0/8, and clusterCIDR of kube-proxy is 10.244.0.0/16
      help: set both to the same range: pods outside of it are taken for strangers, or get no address
      see KubeProxyConfiguration kube-proxy at clusterCIDR: clusterCIDR of kube-proxy, in KubeProxyConfiguration kube-proxy
      `,
    ],
  },
  {
    name: 'arguments of the control plane, as a map and as a list',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta3, kind: ClusterConfiguration, networking: { podSubnet: 10.244.0.0/16, serviceSubnet: 10.96.0.0/16 }, controllerManager: { extraArgs: { cluster-cidr: 10.245.0.0/16 } }, apiServer: { extraArgs: { service-cluster-ip-range: 10.97.0.0/16 } } }
    `,
    expected: [
      `
      warning NL132 cluster-range-disagreement
      on ClusterConfiguration kubeadm-config at controllerManager.extraArgs.cluster-cidr
      cluster-cidr of the controller manager is 10.245.0.0/16, and podSubnet of kubeadm is 10.244.0.0/16
      help: set both to the same range: pods outside of it are taken for strangers, or get no address
      see ClusterConfiguration kubeadm-config at networking.podSubnet: podSubnet of kubeadm, in ClusterConfiguration kubeadm-config
      `,
      `
      warning NL132 cluster-range-disagreement
      on ClusterConfiguration kubeadm-config at apiServer.extraArgs.service-cluster-ip-range
      service-cluster-ip-range of the API server is 10.97.0.0/16, and serviceSubnet of kubeadm is 10.96.0.0/16
      help: set both to the same range
      see ClusterConfiguration kubeadm-config at networking.serviceSubnet: serviceSubnet of kubeadm, in ClusterConfiguration kubeadm-config
      `,
    ],
  },
  {
    name: 'the last of two arguments counts',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: 10.244.0.0/16 }, controllerManager: { extraArgs: [{ name: cluster-cidr, value: 10.244.0.0/16 }, { name: cluster-cidr, value: 10.245.0.0/16 }] } }
    `,
    expected: [
      `
      warning NL132 cluster-range-disagreement
      on ClusterConfiguration kubeadm-config at controllerManager.extraArgs.1.value
      cluster-cidr of the controller manager is 10.245.0.0/16, and podSubnet of kubeadm is 10.244.0.0/16
      help: set both to the same range: pods outside of it are taken for strangers, or get no address
      see ClusterConfiguration kubeadm-config at networking.podSubnet: podSubnet of kubeadm, in ClusterConfiguration kubeadm-config
      `,
    ],
  },
  {
    name: 'the objects and the caller',
    facts: { podCidrs: '10.48.0.0/16', serviceCidrs: '10.96.0.0/16' },
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: 10.244.0.0/16, serviceSubnet: 10.96.0.0/16 } }
      - ServiceCIDR kubernetes: { cidrs: [10.96.0.0/20] }
    `,
    expected: [
      `
      warning NL132 cluster-range-disagreement
      on ClusterConfiguration kubeadm-config at networking.podSubnet
      podSubnet of kubeadm is 10.244.0.0/16, and the cluster was said to have 10.48.0.0/16
      help: the object counts; correct the one that is wrong
      `,
      `
      warning NL132 cluster-range-disagreement
      on ServiceCIDR kubernetes at spec.cidrs.0
      ServiceCIDR is 10.96.0.0/20, and serviceSubnet of kubeadm is 10.96.0.0/16
      help: set both to the same range
      see ClusterConfiguration kubeadm-config at networking.serviceSubnet: serviceSubnet of kubeadm, in ClusterConfiguration kubeadm-config
      `,
    ],
  },
  {
    name: 'Cilium allocates outside of what kube-proxy knows',
    input: `
      - manifest: { apiVersion: kubeproxy.config.k8s.io/v1alpha1, kind: KubeProxyConfiguration, clusterCIDR: 10.244.0.0/16 }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: cilium-config, namespace: kube-system }, data: { ipam: cluster-pool, cluster-pool-ipv4-cidr: 10.0.0.0/16 10.244.8.0/24 } }
      - CiliumPodIPPool mars: { ipv4: { cidrs: [10.1.0.0/16], maskSize: 24 } }
    `,
    expected: [
      `
      warning NL132 cluster-range-disagreement
      on CiliumPodIPPool mars at spec.ipv4.cidrs.0
      CiliumPodIPPool 10.1.0.0/16 is not inside clusterCIDR of kube-proxy, 10.244.0.0/16
      help: kube-proxy takes these pods for strangers and hides their addresses: add the range to its clusterCIDR
      see KubeProxyConfiguration kube-proxy at clusterCIDR: clusterCIDR of kube-proxy
      `,
      `
      warning NL132 cluster-range-disagreement
      on ConfigMap kube-system/cilium-config at data.cluster-pool-ipv4-cidr
      cluster pool of Cilium 10.0.0.0/16 is not inside clusterCIDR of kube-proxy, 10.244.0.0/16
      help: kube-proxy takes these pods for strangers and hides their addresses: add the range to its clusterCIDR
      see KubeProxyConfiguration kube-proxy at clusterCIDR: clusterCIDR of kube-proxy
      `,
    ],
  },
  {
    name: 'silent: the same in another order, a kube-proxy that does not look, a Cilium without pools of its own',
    facts: { podCidrs: '10.244.0.0/16,fd00:10::/56' },
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: '10.244.0.0/16,fd00:10::/56' } }
      - manifest: { apiVersion: kubeproxy.config.k8s.io/v1alpha1, kind: KubeProxyConfiguration, clusterCIDR: 'fd00:10::/56, 10.244.0.0/16' }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: cilium-config, namespace: kube-system }, data: { ipam: kubernetes, cluster-pool-ipv4-cidr: 10.0.0.0/8 } }
    `,
    expected: [],
  },
  {
    name: 'silent: kube-proxy in another mode, and text that is no configuration',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta4, kind: ClusterConfiguration, networking: { podSubnet: 10.244.0.0/16 } }
      - manifest: { apiVersion: kubeproxy.config.k8s.io/v1alpha1, kind: KubeProxyConfiguration, detectLocalMode: NodeCIDR, clusterCIDR: 10.42.0.0/16 }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: kubelet-config, namespace: kube-system }, data: { kubelet: '{{' } }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: kube-flannel-cfg, namespace: kube-flannel }, data: { 'net-conf.json': 7 } }
    `,
    expected: [],
  },
]);
