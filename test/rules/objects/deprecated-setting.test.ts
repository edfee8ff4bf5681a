import { deprecatedSetting } from '../../../lib/rules/objects/deprecated-setting';
import { testRule } from '../expectations';

const OLD_SERVICES = `
      - Service shop/a: { ports: [{ port: 80 }] }
        annotations: { service.kubernetes.io/topology-aware-hints: auto }
      - Service shop/b: { ports: [{ port: 80 }] }
        annotations: { service.kubernetes.io/topology-mode: Auto }
      - Service shop/c: { ports: [{ port: 80 }], trafficDistribution: PreferClose }
    `;
const IPVS = `
      - manifest: { apiVersion: kubeproxy.config.k8s.io/v1alpha1, kind: KubeProxyConfiguration, mode: ipvs }
    `;

testRule(deprecatedSetting, [
  {
    name: 'the mode of kube-proxy, also in its ConfigMap',
    facts: { kubernetesVersion: '1.35' },
    input: `${IPVS}
      - manifest:
          apiVersion: v1
          kind: ConfigMap
          metadata: { name: kube-proxy, namespace: kube-system }
          data: { config.conf: '{ apiVersion: kubeproxy.config.k8s.io/v1alpha1, kind: KubeProxyConfiguration, mode: userspace }' }
    `,
    expected: [
      `
      warning NL942 deprecated-setting
      on ConfigMap kube-system/kube-proxy at data.config.conf
      mode userspace of kube-proxy is removed since Kubernetes 1.26
      help: use mode nftables, which needs Linux 5.13, or iptables; restart kube-proxy on each node
      `,
      `
      warning NL942 deprecated-setting
      on KubeProxyConfiguration kube-proxy at mode
      mode ipvs of kube-proxy is deprecated since Kubernetes 1.35
      help: use mode nftables, which needs Linux 5.13, or iptables; restart kube-proxy on each node
      `,
    ],
  },
  { name: 'silent: ipvs in an older cluster', facts: { kubernetesVersion: '1.34' }, input: IPVS, expected: [] },
  {
    name: 'words of Services',
    facts: { kubernetesVersion: 'v1.34.1' },
    input: OLD_SERVICES,
    expected: [
      `
      info NL942 deprecated-setting
      on Service shop/a at metadata.annotations.service.kubernetes.io/topology-aware-hints
      the annotation service.kubernetes.io/topology-aware-hints is deprecated since Kubernetes 1.27
      help: use spec.trafficDistribution: PreferSameZone
      `,
      `
      info NL942 deprecated-setting
      on Service shop/b at metadata.annotations.service.kubernetes.io/topology-mode
      the annotation service.kubernetes.io/topology-mode is superseded by a field since Kubernetes 1.33
      help: use spec.trafficDistribution: PreferSameZone
      `,
      `
      info NL942 deprecated-setting
      on Service shop/c at spec.trafficDistribution
      PreferClose is the deprecated name of PreferSameZone since Kubernetes 1.34
      help: write PreferSameZone, which means the same, unless an older cluster has to read it
      `,
    ],
  },
  {
    name: 'words of Services in an older cluster',
    facts: { kubernetesVersion: '1.30' },
    input: OLD_SERVICES,
    expected: [
      `
      info NL942 deprecated-setting
      on Service shop/a at metadata.annotations.service.kubernetes.io/topology-aware-hints
      the annotation service.kubernetes.io/topology-aware-hints is deprecated since Kubernetes 1.27
      help: use service.kubernetes.io/topology-mode
      `,
    ],
  },
  { name: 'silent: words of Services for a version that nobody said', input: OLD_SERVICES, expected: [] },
  {
    name: 'endpoints without addresses, and annotations of MetalLB',
    input: `
      - EndpointSlice shop/a: { addressType: FQDN, endpoints: [{ addresses: [db.example.com] }] }
      - Service shop/a: { type: LoadBalancer, ports: [{ port: 80 }] }
        annotations: { metallb.universe.tf/address-pool: a }
    `,
    expected: [
      `
      warning NL942 deprecated-setting
      on EndpointSlice shop/a at addressType
      addressType FQDN is deprecated, and kube-proxy leads nothing to such endpoints
      help: use a Service of type ExternalName, or slices with addresses
      `,
      `
      info NL942 deprecated-setting
      on Service shop/a at metadata.annotations.metallb.universe.tf/address-pool
      annotations of MetalLB begin with metallb.io/, and metallb.universe.tf/address-pool is deprecated
      help: use metallb.io/address-pool, unless an older MetalLB has to read it
      `,
    ],
  },
]);
