import { ANY_OTHER, type FieldsByKind, inVersions, type KnownFields, OBJECT, values } from './field-form';

const VERSIONS = ['crd.projectcalico.org/v1', 'projectcalico.org/v3'];

const IP_POOL: KnownFields = {
  ...OBJECT,
  spec: values(
    'allowedUses',
    'assignmentMode',
    'blockSize',
    'cidr',
    'disableBGPExport',
    'disabled',
    'ipip',
    'ipipMode',
    'namespaceSelector',
    'nat-outgoing',
    'natOutgoing',
    'nodeSelector',
    'vxlanMode',
  ),
};

const PASSWORD: KnownFields = { secretKeyRef: values('key', 'name', 'optional') };

const BGP_CONFIGURATION: KnownFields = {
  ...OBJECT,
  spec: {
    ...values(
      'asNumber',
      'bindMode',
      'ignoredInterfaces',
      'ipv4NormalRoutePriority',
      'ipv6NormalRoutePriority',
      'listenPort',
      'localWorkloadPeeringIPV4',
      'localWorkloadPeeringIPV6',
      'logSeverityScreen',
      'nodeMeshMaxRestartTime',
      'nodeToNodeMeshEnabled',
      'programClusterRoutes',
      'serviceLoadBalancerAggregation',
    ),
    communities: [values('name', 'value')],
    nodeMeshPassword: PASSWORD,
    prefixAdvertisements: [values('cidr', 'communities')],
    serviceClusterIPs: [values('cidr')],
    serviceExternalIPs: [values('cidr')],
    serviceLoadBalancerIPs: [values('cidr')],
  },
};

const BGP_PEER: KnownFields = {
  ...OBJECT,
  spec: {
    ...values(
      'asNumber',
      'filters',
      'keepOriginalNextHop',
      'keepaliveTime',
      'localASNumber',
      'localWorkloadSelector',
      'maxRestartTime',
      'nextHopMode',
      'node',
      'nodeSelector',
      'numAllowedLocalASNumbers',
      'peerIP',
      'peerSelector',
      'reachableBy',
      'reversePeering',
      'sourceAddress',
      'ttlSecurity',
    ),
    password: PASSWORD,
  },
};

const HOST_ENDPOINT: KnownFields = {
  ...OBJECT,
  spec: {
    ...values('expectedIPs', 'interfaceName', 'node', 'profiles'),
    ports: [values('name', 'port', 'protocol')],
  },
};

/** The domains are of the commercial editions. */
const POLICY_ENTITY: KnownFields = {
  ...values('domains', 'namespaceSelector', 'nets', 'notNets', 'notPorts', 'notSelector', 'ports', 'selector'),
  serviceAccounts: values('names', 'selector'),
  services: values('name', 'namespace'),
};

const POLICY_RULE: KnownFields = {
  ...values('action', 'ipVersion', 'notProtocol', 'protocol'),
  destination: POLICY_ENTITY,
  http: { methods: null, paths: [values('exact', 'prefix')] },
  icmp: values('code', 'type'),
  metadata: values('annotations'),
  notICMP: values('code', 'type'),
  source: POLICY_ENTITY,
};

const POLICY: KnownFields = {
  ...values('order', 'performanceHints', 'selector', 'serviceAccountSelector', 'tier', 'types'),
  egress: [POLICY_RULE],
  ingress: [POLICY_RULE],
};

const GLOBAL_POLICY: KnownFields = {
  ...POLICY,
  ...values('applyOnForward', 'doNotTrack', 'namespaceSelector', 'preDNAT'),
};

const NETWORK_SET: KnownFields = { ...OBJECT, spec: values('allowedEgressDomains', 'nets') };

const IPAM_CONFIGURATION: KnownFields = {
  ...OBJECT,
  spec: values(
    'autoAllocateBlocks',
    'ipCooldownSeconds',
    'kubeVirtVMAddressPersistence',
    'maxBlocksPerHost',
    'strictAffinity',
  ),
};

const AUTODETECTION = values('canReach', 'cidrs', 'firstFound', 'interface', 'kubernetes', 'skipInterface');

/** The rest of an Installation is about the pods of Calico, in the fields of their templates. */
const CALICO_NETWORK: KnownFields = {
  ...values(
    'bgp',
    'bpfNetworkBootstrap',
    'clusterRoutingMode',
    'containerIPForwarding',
    'hostPorts',
    'kubeProxyManagement',
    'linuxDataplane',
    'linuxPodInterfaceType',
    'linuxPolicySetupTimeoutSeconds',
    'mtu',
    'multiInterfaceMode',
    'windowsDataplane',
  ),
  ipPools: [
    values(
      'allowedUses',
      'assignmentMode',
      'blockSize',
      'cidr',
      'disableBGPExport',
      'disableNewAllocations',
      'encapsulation',
      'name',
      'natOutgoing',
      'nodeSelector',
    ),
  ],
  nodeAddressAutodetectionV4: AUTODETECTION,
  nodeAddressAutodetectionV6: AUTODETECTION,
  sysctl: [values('key', 'value')],
};

/**
 * From the CRDs of Calico 3.32 and those of its operator. A FelixConfiguration has hundreds of fields, and every version others:
 * it is not here.
 */
export const CALICO_FIELDS: FieldsByKind = {
  ...inVersions(VERSIONS, 'BGPConfiguration', BGP_CONFIGURATION),
  ...inVersions(VERSIONS, 'BGPPeer', BGP_PEER),
  ...inVersions(VERSIONS, 'GlobalNetworkPolicy', { ...OBJECT, spec: GLOBAL_POLICY }),
  ...inVersions(VERSIONS, 'GlobalNetworkSet', NETWORK_SET),
  ...inVersions(VERSIONS, 'HostEndpoint', HOST_ENDPOINT),
  ...inVersions(VERSIONS, 'IPPool', IP_POOL),
  ...inVersions(VERSIONS, 'IPReservation', { ...OBJECT, spec: values('reservedCIDRs') }),
  ...inVersions(VERSIONS, 'NetworkPolicy', { ...OBJECT, spec: POLICY }),
  ...inVersions(VERSIONS, 'NetworkSet', NETWORK_SET),
  ...inVersions(VERSIONS, 'Tier', { ...OBJECT, spec: values('defaultAction', 'order') }),
  'operator.tigera.io/v1 Installation': { ...OBJECT, spec: { [ANY_OTHER]: null, calicoNetwork: CALICO_NETWORK } },
  'crd.projectcalico.org/v1 IPAMConfig': IPAM_CONFIGURATION,
  'projectcalico.org/v3 IPAMConfiguration': IPAM_CONFIGURATION,
};
