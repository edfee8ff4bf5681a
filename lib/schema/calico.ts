import { objectSchema } from './openapi';
import type { Schema } from './schema';

/*
 * From the CRDs of Calico 3.32 and those of its operator, by hand: their Go modules are on no proxy. What stands here as ANY is judged by a
 * rule of its own, or by none. A FelixConfiguration has hundreds of fields, and every version others: it is not here.
 */

type OpenApi = Readonly<Record<string, unknown>>;

const ANY: OpenApi = {};
const TEXT: OpenApi = { type: 'string' };
const NUMBER: OpenApi = { type: 'integer' };
const FLAG: OpenApi = { type: 'boolean' };
const TEXTS: OpenApi = { type: 'array', items: TEXT };

function mapping(properties: Readonly<Record<string, OpenApi>>): OpenApi {
  return { type: 'object', properties };
}

function listOf(items: OpenApi): OpenApi {
  return { type: 'array', items };
}

/** The same form for each of the fields. */
function each(form: OpenApi, ...fields: readonly string[]): Readonly<Record<string, OpenApi>> {
  return Object.fromEntries(fields.map((field) => [field, form]));
}

const VERSIONS = ['crd.projectcalico.org/v1', 'projectcalico.org/v3'];

const IP_POOL = mapping(
  each(
    ANY,
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
);

const PASSWORD = mapping({ secretKeyRef: mapping({ key: TEXT, name: TEXT, optional: FLAG }) });
const CIDRS = listOf(mapping({ cidr: TEXT }));

const BGP_CONFIGURATION = mapping({
  asNumber: ANY,
  ...each(NUMBER, 'ipv4NormalRoutePriority', 'ipv6NormalRoutePriority', 'listenPort'),
  ...each(TEXT, 'bindMode', 'localWorkloadPeeringIPV4', 'localWorkloadPeeringIPV6', 'logSeverityScreen'),
  ...each(TEXT, 'nodeMeshMaxRestartTime', 'programClusterRoutes', 'serviceLoadBalancerAggregation'),
  ...each(CIDRS, 'serviceClusterIPs', 'serviceExternalIPs', 'serviceLoadBalancerIPs'),
  ignoredInterfaces: TEXTS,
  nodeToNodeMeshEnabled: FLAG,
  communities: listOf(mapping({ name: TEXT, value: TEXT })),
  nodeMeshPassword: PASSWORD,
  prefixAdvertisements: listOf(mapping({ cidr: TEXT, communities: TEXTS })),
});

const BGP_PEER = mapping({
  ...each(ANY, 'asNumber', 'localASNumber'),
  ...each(NUMBER, 'numAllowedLocalASNumbers', 'ttlSecurity'),
  ...each(TEXT, 'keepaliveTime', 'localWorkloadSelector', 'maxRestartTime', 'nextHopMode', 'node', 'nodeSelector'),
  ...each(TEXT, 'peerIP', 'peerSelector', 'reachableBy', 'reversePeering', 'sourceAddress'),
  filters: TEXTS,
  keepOriginalNextHop: FLAG,
  password: PASSWORD,
});

const HOST_ENDPOINT = mapping({
  ...each(TEXT, 'interfaceName', 'node'),
  ...each(TEXTS, 'expectedIPs', 'profiles'),
  ports: listOf(mapping({ name: TEXT, port: NUMBER, protocol: ANY })),
});

/** The domains are of the commercial editions. */
const POLICY_ENTITY = mapping({
  ...each(TEXT, 'namespaceSelector', 'notSelector', 'selector'),
  ...each(TEXTS, 'domains', 'nets', 'notNets'),
  ...each(listOf({ 'x-kubernetes-int-or-string': true }), 'notPorts', 'ports'),
  serviceAccounts: mapping({ names: TEXTS, selector: TEXT }),
  services: mapping({ name: TEXT, namespace: TEXT }),
});

const ICMP = mapping({ code: { ...NUMBER, minimum: 0, maximum: 255 }, type: { ...NUMBER, minimum: 0, maximum: 254 } });
const PROTOCOL: OpenApi = { 'x-kubernetes-int-or-string': true };

const POLICY_RULE = mapping({
  action: TEXT,
  destination: POLICY_ENTITY,
  http: mapping({ methods: TEXTS, paths: listOf(mapping({ exact: TEXT, prefix: TEXT })) }),
  icmp: ICMP,
  ipVersion: NUMBER,
  metadata: mapping({ annotations: { type: 'object', additionalProperties: TEXT } }),
  notICMP: ICMP,
  notProtocol: PROTOCOL,
  protocol: PROTOCOL,
  source: POLICY_ENTITY,
});

const POLICY_FIELDS: Readonly<Record<string, OpenApi>> = {
  ...each(TEXT, 'selector', 'serviceAccountSelector', 'tier'),
  ...each(listOf(POLICY_RULE), 'egress', 'ingress'),
  order: { type: 'number' },
  performanceHints: TEXTS,
  types: TEXTS,
};

const GLOBAL_POLICY = mapping({
  ...POLICY_FIELDS,
  ...each(FLAG, 'applyOnForward', 'doNotTrack', 'preDNAT'),
  namespaceSelector: TEXT,
});

const NETWORK_SET = mapping({ allowedEgressDomains: TEXTS, nets: TEXTS });

const IPAM_CONFIGURATION = mapping({
  ...each(FLAG, 'autoAllocateBlocks', 'strictAffinity'),
  ...each(NUMBER, 'ipCooldownSeconds', 'maxBlocksPerHost'),
  kubeVirtVMAddressPersistence: TEXT,
});

const AUTODETECTION = mapping({
  ...each(TEXT, 'canReach', 'interface', 'kubernetes', 'skipInterface'),
  cidrs: TEXTS,
  firstFound: FLAG,
});

/** The rest of an Installation is about the pods of Calico, in the fields of their templates. */
const CALICO_NETWORK = mapping({
  ...each(TEXT, 'bgp', 'bpfNetworkBootstrap', 'clusterRoutingMode', 'containerIPForwarding', 'hostPorts'),
  ...each(TEXT, 'kubeProxyManagement', 'linuxDataplane', 'linuxPodInterfaceType', 'multiInterfaceMode'),
  ...each(NUMBER, 'linuxPolicySetupTimeoutSeconds', 'mtu'),
  windowsDataplane: TEXT,
  ipPools: listOf(
    mapping(
      each(
        ANY,
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
    ),
  ),
  nodeAddressAutodetectionV4: AUTODETECTION,
  nodeAddressAutodetectionV6: AUTODETECTION,
  sysctl: listOf(mapping({ key: TEXT, value: TEXT })),
});

const INSTALLATION: OpenApi = {
  ...mapping({ calicoNetwork: CALICO_NETWORK }),
  'x-kubernetes-preserve-unknown-fields': true,
};

const SPECS: readonly (readonly [kind: string, spec: OpenApi])[] = [
  ['BGPConfiguration', BGP_CONFIGURATION],
  ['BGPPeer', BGP_PEER],
  ['GlobalNetworkPolicy', GLOBAL_POLICY],
  ['GlobalNetworkSet', NETWORK_SET],
  ['HostEndpoint', HOST_ENDPOINT],
  ['IPPool', IP_POOL],
  ['IPReservation', mapping({ reservedCIDRs: ANY })],
  ['NetworkPolicy', mapping(POLICY_FIELDS)],
  ['NetworkSet', NETWORK_SET],
  ['Tier', mapping({ defaultAction: TEXT, order: { type: 'number' } })],
];

/** By `apiVersion kind`. */
export const CALICO: ReadonlyMap<string, Schema> = new Map([
  ...SPECS.flatMap(([kind, spec]) => VERSIONS.map((version) => kindOf(`${version} ${kind}`, spec))),
  kindOf('operator.tigera.io/v1 Installation', INSTALLATION),
  kindOf('crd.projectcalico.org/v1 IPAMConfig', IPAM_CONFIGURATION),
  kindOf('projectcalico.org/v3 IPAMConfiguration', IPAM_CONFIGURATION),
]);

function kindOf(type: string, spec: OpenApi): readonly [string, Schema] {
  return [type, objectSchema(mapping({ spec }))];
}
