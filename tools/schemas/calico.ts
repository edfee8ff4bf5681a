/*
 * Calico stores `crd.projectcalico.org/v1`; people write `projectcalico.org/v3`, which calicoctl and Calico's own API server translate. The
 * proxy has the definitions of Calico 3.28 alone. What later versions, up to 3.32, have beside them was read in the definitions of Calico's
 * repository, and stands here.
 */

export interface OpenApi {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, OpenApi>>;
  readonly items?: OpenApi;
  readonly [key: string]: unknown;
}

interface Definition {
  readonly kind?: string;
  readonly spec?: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly { readonly name: string; readonly schema: { readonly openAPIV3Schema: OpenApi } }[];
  };
}

/** A path of field names, `[]` for the items of a list, and what stands there. */
type LaterFields = Readonly<Record<string, OpenApi>>;

const ANY: OpenApi = {};
const TEXT: OpenApi = { type: 'string' };
const NUMBER: OpenApi = { type: 'integer' };
const FLAG: OpenApi = { type: 'boolean' };
const NUMBER_OR_TEXT: OpenApi = { 'x-kubernetes-int-or-string': true };

function each(form: OpenApi, ...paths: readonly string[]): LaterFields {
  return Object.fromEntries(paths.map((path) => [path, form]));
}

function mapping(properties: Readonly<Record<string, OpenApi>>): OpenApi {
  return { type: 'object', properties };
}

function listOf(items: OpenApi): OpenApi {
  return { type: 'array', items };
}

/** calicoctl reads numbers as text, too, and halves such as `1.10`: a rule of Netloom says what fits. */
const AS_NUMBERS = ['asNumber', 'localASNumber'] as const;

const LOG_LEVELS = ['logSeverityFile', 'logSeverityScreen', 'logSeveritySys'];

const FILTERS = ['exportV4', 'exportV6', 'importV4', 'importV6'].map((list) => `${list}[]`);

const POLICY: LaterFields = each(TEXT, 'tier');
/** The domains are of the commercial editions. */
const POLICY_ENTITIES = ['egress', 'ingress'].flatMap((list) =>
  ['destination', 'source'].map((side) => `${list}[].${side}.domains`),
);
const POLICY_FIELDS: LaterFields = { ...POLICY, ...each(listOf(TEXT), ...POLICY_ENTITIES) };

/** What the pods of Calico are made of: in the fields of their templates, of which each version has more. */
const PODS_OF_CALICO = [
  'calicoKubeControllersDeployment',
  'calicoNodeDaemonSet',
  'calicoNodeWindowsDaemonSet',
  'calicoWindowsUpgradeDaemonSet',
  'componentResources',
  'csiNodeDriverDaemonSet',
  'typhaAffinity',
  'typhaDeployment',
  'typhaPodDisruptionBudget',
];

const LATER: Readonly<Record<string, LaterFields | undefined>> = {
  BGPConfiguration: {
    ...each(ANY, ...AS_NUMBERS.slice(0, 1)),
    ...each(NUMBER, 'ipv4NormalRoutePriority', 'ipv6NormalRoutePriority'),
    ...each(TEXT, 'localWorkloadPeeringIPV4', 'localWorkloadPeeringIPV6'),
    ...each(TEXT, 'programClusterRoutes', 'serviceLoadBalancerAggregation'),
  },
  BGPFilter: {
    ...each(TEXT, ...FILTERS.map((path) => `${path}.peerType`)),
    ...each(NUMBER, ...FILTERS.map((path) => `${path}.priority`)),
    ...each(listOf(NUMBER), ...FILTERS.map((path) => `${path}.asPathPrefix`)),
    ...each(mapping({ max: NUMBER, min: NUMBER }), ...FILTERS.map((path) => `${path}.prefixLength`)),
    ...each(mapping({ values: listOf(TEXT) }), ...FILTERS.map((path) => `${path}.communities`)),
    ...each(
      listOf(
        mapping({
          addCommunity: mapping({ value: TEXT }),
          prependASPath: mapping({ prefix: listOf(NUMBER) }),
          setPriority: mapping({ value: NUMBER }),
        }),
      ),
      ...FILTERS.map((path) => `${path}.operations`),
    ),
  },
  BGPPeer: {
    ...each(ANY, ...AS_NUMBERS),
    ...each(TEXT, 'keepaliveTime', 'localWorkloadSelector', 'nextHopMode', 'reversePeering'),
  },
  FelixConfiguration: {
    ...each(TEXT, 'bpfAttachType', 'bpfConntrackLogLevel', 'bpfConntrackMode', 'bpfIPFragTimeout', 'bpfJITHardening'),
    ...each(TEXT, 'bpfMapSizeConntrackScaling', 'bpfOverlayHostSourceIP', 'bpfProfiling', 'bpfRedirectToPeer'),
    ...each(TEXT, 'cgroupV2Path', 'flowLogsFlushInterval', 'flowLogsGoldmaneServer', 'flowLogsLocalReporter'),
    ...each(TEXT, 'flowLogsPolicyEvaluationMode', 'ipForwarding', 'istioAmbientMode', 'logActionRateLimit'),
    ...each(TEXT, 'liveMigrationRouteConvergenceTime', 'localSubnetL2Reachability', 'natOutgoingExclusions'),
    ...each(TEXT, 'localSubnetL2ReachabilityRefreshInterval', 'nftablesFilterAllowAction', 'nftablesFilterDenyAction'),
    ...each(TEXT, 'nftablesFlowTableDataIfacePattern', 'nftablesFlowTableOffload', 'nftablesMangleAllowAction'),
    ...each(TEXT, 'nftablesMode', 'nftablesRefreshInterval', 'nodeSelector', 'programClusterRoutes'),
    ...each(TEXT, 'prometheusMetricsCAFile', 'prometheusMetricsCertFile', 'prometheusMetricsClientAuth'),
    ...each(TEXT, 'prometheusMetricsKeyFile'),
    ...each(NUMBER, 'bpfExportBufferSizeMB', 'bpfKubeProxyHealthzPort', 'bpfMaglevMaxEndpointsPerService'),
    ...each(NUMBER, 'bpfMaglevMaxServices', 'bpfMapSizeConntrackCleanupQueue', 'bpfMapSizePerCpuConntrack'),
    ...each(NUMBER, 'goGCThreshold', 'goMaxProcs', 'goMemoryLimitMB', 'logActionRateLimitBurst', 'nftablesMarkMask'),
    ...each(NUMBER, 'ipv4ElevatedRoutePriority', 'ipv4NormalRoutePriority'),
    ...each(NUMBER, 'ipv6ElevatedRoutePriority', 'ipv6NormalRoutePriority'),
    ...each(FLAG, 'bpfIPFragmentReassemblyEnabled', 'flowLogsCollectorDebugTrace', 'requireMTUFile'),
    ...each({ ...TEXT, pattern: '^(?i)(Trace|Debug|Info|Warning|Error|Fatal)?$' }, ...LOG_LEVELS),
    ...each(ANY, 'failsafeInboundHostPorts[]', 'failsafeOutboundHostPorts[]'),
    iptablesMarkMask: NUMBER,
    istioDSCPMark: NUMBER_OR_TEXT,
    bpfConntrackTimeouts: ANY,
  },
  GlobalNetworkPolicy: POLICY_FIELDS,
  IPAMConfig: { ipCooldownSeconds: NUMBER, kubeVirtVMAddressPersistence: TEXT },
  IPPool: each(TEXT, 'assignmentMode', 'namespaceSelector'),
  Installation: {
    // A rule of Netloom says which words there are.
    ...each(TEXT, 'calicoNetwork.linuxDataplane', 'kubernetesProvider', 'variant'),
    ...each(TEXT, 'calicoLibHostPath', 'calicoRunHostPath', 'imagePullPolicy'),
    ...each(TEXT, 'calicoNetwork.bpfNetworkBootstrap', 'calicoNetwork.clusterRoutingMode'),
    ...each(TEXT, 'calicoNetwork.kubeProxyManagement', 'calicoNetwork.linuxPodInterfaceType'),
    ...each(TEXT, 'calicoNetwork.ipPools[].assignmentMode', 'cni.binDir', 'cni.confDir'),
    ...each(TEXT, 'cni.installMode', 'cni.specVersion'),
    ...each(ANY, 'azure', 'networkPolicy', 'proxy', ...PODS_OF_CALICO),
    'calicoNetwork.ipPools[].disableNewAllocations': FLAG,
    tlsCipherSuites: listOf(mapping({ name: TEXT })),
  },
  KubeControllersConfiguration: {
    ...each(ANY, 'controllers.loadBalancer', 'controllers.migration'),
    ...each(ANY, 'controllers.node.hostEndpoint.createDefaultHostEndpoint', 'controllers.node.hostEndpoint.templates'),
  },
  NetworkPolicy: POLICY_FIELDS,
};

/** The schema of a kind with the fields that only later versions have, as an API server takes it. */
export function withLaterFields(kind: string, schema: OpenApi): OpenApi {
  const later = Object.entries(LATER[kind] ?? {}).filter(([path]) => !hasField(schema, ['spec', ...steps(path)]));
  // A structural schema says of each field what it is.
  return withLater(schema, Object.fromEntries(later.map(([path, form]) => [path, form === ANY ? ANYTHING : form])));
}

const ANYTHING: OpenApi = { 'x-kubernetes-preserve-unknown-fields': true };

function hasField(schema: OpenApi | undefined, [step, ...rest]: readonly (string | undefined)[]): boolean {
  if (step === undefined) return schema !== undefined;
  return hasField(step === '[]' ? schema?.items : schema?.properties?.[step], rest);
}

/** Kinds that Calico itself writes, and one that says nothing about the network. */
const NOT_WRITTEN_BY_PEOPLE: ReadonlySet<string> = new Set([
  'APIServer',
  'BlockAffinity',
  'CalicoNodeStatus',
  'ClusterInformation',
  'IPAMBlock',
  'IPAMHandle',
  'ImageSet',
  'TigeraStatus',
]);

/** A definition of another project as it is, one of Calico with what later versions have, under each name that people write. */
export function calicoDefinitions(document: unknown): readonly unknown[] {
  const { kind, spec } = (document ?? {}) as Definition;
  if (kind !== 'CustomResourceDefinition' || spec === undefined) return [document];
  const isStored = spec.group === 'crd.projectcalico.org';
  if (!isStored && spec.group !== 'operator.tigera.io') return [document];
  const name = spec.names.kind;
  if (NOT_WRITTEN_BY_PEOPLE.has(name)) return [];
  const schema = withLater(spec.versions[0].schema.openAPIV3Schema, LATER[name] ?? {});
  const stagedName = STAGED[name];
  const own = [
    { name, schema },
    ...(stagedName === undefined ? [] : [{ name: stagedName, schema: withLater(schema, each(TEXT, 'stagedAction')) }]),
  ];
  const stored = own.map((each) => renamed(document as object, spec, each, spec.group, spec.versions[0].name));
  if (!isStored) return stored;
  const v3 = own.map((each) => (each.name === 'IPAMConfig' ? ipamConfiguration(schema) : each));
  const tiers = name === 'IPPool' ? [{ name: 'Tier', schema: mapping({ spec: TIER }) }] : [];
  return [
    ...stored,
    ...tiers.map((each) => renamed(document as object, spec, each, spec.group, 'v1')),
    ...[...v3, ...tiers].map((each) => renamed(document as object, spec, each, 'projectcalico.org', 'v3')),
  ];
}

/** Calico's API server and the definition of v3 itself fill in what the stored kind asks for. */
function ipamConfiguration(stored: OpenApi): { readonly name: string; readonly schema: OpenApi } {
  const spec = { ...stored.properties?.spec, required: [] };
  return { name: 'IPAMConfiguration', schema: { ...stored, properties: { ...stored.properties, spec } } };
}

/** Of Calico 3.29 and later. */
const TIER = mapping({ defaultAction: TEXT, order: { type: 'number' } });

/** Of Calico 3.30 and later: the same fields, and one more. */
const STAGED: Readonly<Record<string, string | undefined>> = {
  GlobalNetworkPolicy: 'StagedGlobalNetworkPolicy',
  NetworkPolicy: 'StagedNetworkPolicy',
};

function renamed(
  document: object,
  spec: object,
  { name, schema }: { readonly name: string; readonly schema: OpenApi },
  group: string,
  version: string,
): object {
  const versions = [{ name: version, served: true, schema: { openAPIV3Schema: schema } }];
  return { ...document, spec: { ...spec, group, names: { kind: name }, versions } };
}

function withLater(schema: OpenApi, later: LaterFields): OpenApi {
  return Object.entries(later).reduce((all, [path, form]) => withField(all, ['spec', ...steps(path)], form), schema);
}

/** `a[].b` is the field `a`, its items, and their field `b`. */
function steps(path: string): readonly string[] {
  return path.split('.').flatMap((part) => (part.endsWith('[]') ? [part.slice(0, -2), '[]'] : [part]));
}

function withField(schema: OpenApi, [step, ...rest]: readonly (string | undefined)[], form: OpenApi): OpenApi {
  if (step === undefined) return form;
  if (step === '[]') return { ...schema, items: withField(schema.items ?? ANY, rest, form) };
  return {
    ...schema,
    properties: { ...schema.properties, [step]: withField(schema.properties?.[step] ?? ANY, rest, form) },
  };
}
