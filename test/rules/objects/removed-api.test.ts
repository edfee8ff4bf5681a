import { removedApi } from '../../../lib/rules/objects/removed-api';
import { testRule } from '../expectations';

testRule(removedApi, [
  {
    name: 'ServiceCIDR and IPAddress before they were stable',
    input: `
      - manifest: { apiVersion: networking.k8s.io/v1, kind: ServiceCIDR, metadata: { name: a }, spec: { cidrs: [10.10.0.0/16] } }
    `,
    facts: { kubernetesVersion: '1.32' },
    expected: [
      `
      error NL945 removed-api
      on ServiceCIDR a at apiVersion
      Kubernetes serves ServiceCIDR in networking.k8s.io/v1 since 1.33
      help: upgrade the cluster, or state the range in the flags of the API server alone
      `,
    ],
  },
  {
    name: 'the same where they are stable, or the version is not known',
    input: `
      - manifest: { apiVersion: networking.k8s.io/v1, kind: ServiceCIDR, metadata: { name: a }, spec: { cidrs: [10.10.0.0/16] } }
    `,
    expected: [],
  },
  {
    name: 'removed, whatever the version is',
    input: `
      - manifest: { apiVersion: discovery.k8s.io/v1beta1, kind: EndpointSlice, metadata: { name: a } }
      - manifest: { apiVersion: extensions/v1beta1, kind: NetworkPolicy, metadata: { name: a } }
    `,
    expected: [
      `
      error NL945 removed-api
      on EndpointSlice default/a at apiVersion
      Kubernetes has not served EndpointSlice in discovery.k8s.io/v1beta1 since 1.25
      help: use discovery.k8s.io/v1
      `,
      `
      error NL945 removed-api
      on NetworkPolicy default/a at apiVersion
      Kubernetes has not served NetworkPolicy in extensions/v1beta1 since 1.16
      help: use networking.k8s.io/v1
      `,
    ],
  },
  {
    name: 'still served by an older version',
    input: `
      - manifest: { apiVersion: discovery.k8s.io/v1beta1, kind: EndpointSlice, metadata: { name: a } }
    `,
    facts: { kubernetesVersion: '1.24' },
    expected: [
      `
      warning NL945 removed-api
      on EndpointSlice default/a at apiVersion
      EndpointSlice in discovery.k8s.io/v1beta1 is deprecated since Kubernetes 1.21, and removed in 1.25
      help: use discovery.k8s.io/v1
      `,
    ],
  },
  {
    name: 'silent: before it was deprecated',
    input: `
      - manifest: { apiVersion: discovery.k8s.io/v1beta1, kind: EndpointSlice, metadata: { name: a } }
      - Endpoints shop/a: {}
    `,
    facts: { kubernetesVersion: '1.20' },
    expected: [],
  },
  {
    name: 'deprecated and served',
    input: `
      - manifest: { apiVersion: networking.k8s.io/v1beta1, kind: ServiceCIDR, metadata: { name: a } }
      - Endpoints shop/a: {}
    `,
    facts: { kubernetesVersion: '1.34' },
    expected: [
      `
      warning NL945 removed-api
      on ServiceCIDR a at apiVersion
      ServiceCIDR in networking.k8s.io/v1beta1 is deprecated since Kubernetes 1.34, and removed in 1.37
      help: use networking.k8s.io/v1
      `,
      `
      info NL945 removed-api
      on Endpoints shop/a at apiVersion
      Endpoints is deprecated since Kubernetes 1.33
      help: use an EndpointSlice with the label kubernetes.io/service-name
      `,
    ],
  },
  ...[
    ['TCPRoute', 'v1alpha2', '1.6'],
    ['TLSRoute', 'v1alpha2', '1.5'],
    ['TLSRoute', 'v1alpha3', '1.5'],
    ['UDPRoute', 'v1alpha2', '1.6'],
    ['BackendTLSPolicy', 'v1alpha3', '1.4'],
  ].map(([kind, version, release]) => ({
    name: `${kind} in ${version} of Gateway API`,
    input: `
      - manifest: { apiVersion: gateway.networking.k8s.io/${version}, kind: ${kind}, metadata: { name: a } }
    `,
    expected: [
      `
      warning NL945 removed-api
      on ${kind} default/a at apiVersion
      ${kind} in ${version} is deprecated since release ${release} of Gateway API, whose standard channel does not serve it
      help: use gateway.networking.k8s.io/v1, unless an older release has to read it
      `,
    ],
  })),
  {
    name: 'BackendTLSPolicy in v1alpha2, which is no longer served',
    input: `
      - manifest: { apiVersion: gateway.networking.k8s.io/v1alpha2, kind: BackendTLSPolicy, metadata: { name: a } }
    `,
    expected: [
      `
      error NL945 removed-api
      on BackendTLSPolicy default/a at apiVersion
      Gateway API does not serve BackendTLSPolicy in v1alpha2 since its release 1.1
      help: use gateway.networking.k8s.io/v1
      `,
    ],
  },
  {
    name: 'given up by its project',
    input: `
      - manifest: { apiVersion: gateway.networking.k8s.io/v1alpha2, kind: HTTPRoute, metadata: { name: a } }
      - manifest: { apiVersion: gateway.networking.k8s.io/v1alpha2, kind: ReferenceGrant, metadata: { name: a } }
      - manifest: { apiVersion: metallb.io/v1beta1, kind: AddressPool, metadata: { name: a } }
      - manifest: { apiVersion: cilium.io/v2alpha1, kind: CiliumLoadBalancerIPPool, metadata: { name: a } }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: config, namespace: metallb-system }, data: { config: "address-pools:\\n- name: a\\n" } }
    `,
    expected: [
      `
      error NL945 removed-api
      on AddressPool default/a at apiVersion
      MetalLB dropped AddressPool in its release 0.14
      help: use IPAddressPool of metallb.io/v1beta1, and an L2Advertisement or BGPAdvertisement to announce it
      `,
      `
      error NL945 removed-api
      on HTTPRoute default/a at apiVersion
      Gateway API 1.0 has no HTTPRoute in v1alpha2
      help: use gateway.networking.k8s.io/v1
      `,
      `
      error NL945 removed-api
      on ReferenceGrant default/a at apiVersion
      Gateway API does not serve ReferenceGrant in v1alpha2 since its release 1.2
      help: use gateway.networking.k8s.io/v1beta1
      `,
      `
      warning NL945 removed-api
      on ConfigMap metallb-system/config at data.config
      MetalLB does not read its ConfigMap since its release 0.13
      help: use IPAddressPool, L2Advertisement and BGPPeer of metallb.io
      `,
      `
      info NL945 removed-api
      on CiliumLoadBalancerIPPool a at apiVersion
      CiliumLoadBalancerIPPool is in v2 since Cilium 1.18, and v2alpha1 is deprecated
      help: use cilium.io/v2, unless an older Cilium has to read it
      `,
    ],
  },
  {
    name: 'silent: current versions, Endpoints of an unknown version, and another ConfigMap',
    input: `
      - manifest: { apiVersion: gateway.networking.k8s.io/v1beta1, kind: HTTPRoute, metadata: { name: a } }
      - manifest: { apiVersion: gateway.networking.k8s.io/v1, kind: TCPRoute, metadata: { name: a } }
      - manifest: { apiVersion: gateway.networking.k8s.io/v1, kind: UDPRoute, metadata: { name: a } }
      - manifest: { apiVersion: gateway.networking.k8s.io/v1, kind: TLSRoute, metadata: { name: a } }
      - manifest: { apiVersion: gateway.networking.k8s.io/v1, kind: BackendTLSPolicy, metadata: { name: a } }
      - manifest: { apiVersion: v1, kind: ConfigMap, metadata: { name: config, namespace: shop }, data: { config: "address-pools:\\n" } }
      - Endpoints shop/a: {}
    `,
    expected: [],
  },
  {
    name: 'the API of kubeadm, in the version that the configuration names',
    facts: { kubernetesVersion: '1.30' },
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta2, kind: ClusterConfiguration, kubernetesVersion: v1.27.0 }
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta3, kind: ClusterConfiguration, kubernetesVersion: v1.31.0 }
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta3, kind: ClusterConfiguration }
    `,
    expected: [
      `
      error NL945 removed-api
      on ClusterConfiguration kubeadm-config at apiVersion
      kubeadm has not read kubeadm.k8s.io/v1beta2 since 1.27
      help: use kubeadm.k8s.io/v1beta4: kubeadm config migrate rewrites the file
      `,
      `
      info NL945 removed-api
      on ClusterConfiguration kubeadm-config at apiVersion
      kubeadm.k8s.io/v1beta3 is deprecated since kubeadm 1.31
      help: use kubeadm.k8s.io/v1beta4: kubeadm config migrate rewrites the file
      `,
    ],
  },
  {
    name: 'removed in a supported version: certain only where the version is known',
    input: `
      - manifest: { apiVersion: networking.k8s.io/v1beta1, kind: ServiceCIDR, metadata: { name: a }, spec: { cidrs: [10.10.0.0/16] } }
    `,
    facts: { kubernetesVersion: '1.37' },
    expected: [
      `
      error NL945 removed-api
      on ServiceCIDR a at apiVersion
      Kubernetes has not served ServiceCIDR in networking.k8s.io/v1beta1 since 1.37
      help: use networking.k8s.io/v1
      `,
    ],
  },
  {
    name: 'kubeadm 1.37 reads v1beta4 only, and a peer of MetalLB has a newer version',
    input: `
      - manifest: { apiVersion: kubeadm.k8s.io/v1beta3, kind: ClusterConfiguration, kubernetesVersion: v1.37.0 }
      - manifest: { apiVersion: metallb.io/v1beta1, kind: BGPPeer, metadata: { name: a, namespace: metallb-system } }
    `,
    expected: [
      `
      error NL945 removed-api
      on ClusterConfiguration kubeadm-config at apiVersion
      kubeadm has not read kubeadm.k8s.io/v1beta3 since 1.37
      help: use kubeadm.k8s.io/v1beta4: kubeadm config migrate rewrites the file
      `,
      `
      info NL945 removed-api
      on BGPPeer metallb-system/a at apiVersion
      BGPPeer is in v1beta2 since MetalLB 0.13, and v1beta1 is deprecated
      help: use metallb.io/v1beta2
      `,
    ],
  },
]);
