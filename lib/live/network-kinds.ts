/** The groups of APIs whose objects say something about the network, and their kinds. Secrets are not among them. */
export const NETWORK_KINDS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['', new Set(['Namespace', 'Node', 'Pod', 'Service', 'Endpoints', 'ServiceAccount'])],
  ['apps', new Set(['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'])],
  ['batch', new Set(['CronJob', 'Job'])],
  ['discovery.k8s.io', new Set(['EndpointSlice'])],
  ['networking.k8s.io', new Set(['IPAddress', 'Ingress', 'IngressClass', 'NetworkPolicy', 'ServiceCIDR'])],
  [
    'gateway.networking.k8s.io',
    new Set([
      'BackendTLSPolicy',
      'GRPCRoute',
      'Gateway',
      'GatewayClass',
      'HTTPRoute',
      'ListenerSet',
      'ReferenceGrant',
      'TCPRoute',
      'TLSRoute',
      'UDPRoute',
    ]),
  ],
  ['policy.networking.k8s.io', new Set(['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy'])],
  ['projectcalico.org', calicoKinds()],
  ['crd.projectcalico.org', calicoKinds()],
  ['operator.tigera.io', new Set(['APIServer', 'Installation'])],
  [
    'cilium.io',
    new Set([
      'CiliumBGPAdvertisement',
      'CiliumBGPClusterConfig',
      'CiliumBGPPeerConfig',
      'CiliumCIDRGroup',
      'CiliumClusterwideNetworkPolicy',
      'CiliumEgressGatewayPolicy',
      'CiliumL2AnnouncementPolicy',
      'CiliumLoadBalancerIPPool',
      'CiliumLocalRedirectPolicy',
      'CiliumNetworkPolicy',
      'CiliumNode',
      'CiliumPodIPPool',
    ]),
  ],
  [
    'metallb.io',
    new Set(['BFDProfile', 'BGPAdvertisement', 'BGPPeer', 'Community', 'IPAddressPool', 'L2Advertisement']),
  ],
  ['helm.cattle.io', new Set(['HelmChartConfig'])],
  ['k8s.cni.cncf.io', new Set(['NetworkAttachmentDefinition'])],
]);

function calicoKinds(): ReadonlySet<string> {
  return new Set([
    'BGPConfiguration',
    'BGPFilter',
    'BGPPeer',
    'FelixConfiguration',
    'GlobalNetworkPolicy',
    'GlobalNetworkSet',
    'HostEndpoint',
    'IPAMConfig',
    'IPAMConfiguration',
    'IPPool',
    'IPReservation',
    'KubeControllersConfiguration',
    'NetworkPolicy',
    'NetworkSet',
    'StagedGlobalNetworkPolicy',
    'StagedKubernetesNetworkPolicy',
    'StagedNetworkPolicy',
    'Tier',
  ]);
}

/** One API for the same objects: what the first serves is not read again from the second. */
export const SAME_OBJECTS: ReadonlyMap<string, string> = new Map([['crd.projectcalico.org', 'projectcalico.org']]);

/**
 * ConfigMaps that components of the network read. Others are not asked for: applications keep in them what is nobody's business.
 * kubeadm's, CoreDNS' (kubeadm, AKS and k3s, RKE2), NodeLocal DNSCache's, kube-proxy's, Flannel's and Canal's, Calico's, Cilium's, MetalLB's.
 */
export const NETWORK_CONFIG_MAPS: readonly string[] = [
  'kubeadm-config',
  'kubelet-config',
  'coredns',
  'coredns-custom',
  'rke2-coredns-rke2-coredns',
  'node-local-dns',
  'kube-proxy',
  'kube-flannel-cfg',
  'canal-config',
  'rke2-canal-config',
  'calico-config',
  'cilium-config',
  'metallb-config',
];

/** Where these ConfigMaps are, as far as it is known: who may see only some namespaces is asked for those. */
export const NETWORK_NAMESPACES: ReadonlySet<string> = new Set([
  'kube-system',
  'kube-flannel',
  'calico-system',
  'cilium',
  'metallb-system',
  'openshift-dns',
]);
