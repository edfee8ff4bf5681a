import { Chart } from 'cdk8s';
import { type IpFamily, parseCidr } from '../../address';
import { compareText } from '../../finding/finding';
import type { Problem } from '../../finding/problem';
import type { ClusterSpec as PlannedSpec } from '../../plan';
import { NetworkSynthesis } from '../../synth';
import type { ClusterNetwork } from '../cluster/cluster-network';
import { ClusterScopedApiObject } from '../objects/cluster-scoped-object';
import { plannedCluster, versionProblems, type VersionNeed } from '../cluster/network-plugin';
import { integerProblems } from '../objects/object-problem';
import { CONTRADICTING_PROPS, EMPTY_PROP, NETWORK_PLUGIN_VERSION } from '../objects/object-rules';
import { BgpConfiguration } from './bgp-configuration';
import { BgpPeer } from './bgp-peer';
import { blockProblems } from './block-arithmetic';
import { type CalicoPart, calicoParts } from './calico-parts';
import { CalicoApi, CalicoEncapsulation, CalicoInstallation, type CalicoOptions } from './calico-options';
import { calicoNetworkSpec, Installation, type InstallationIpPool } from './installation';
import { EncapsulationMode, IpPool, IpPoolAssignment, IpPoolUse } from './ip-pool';
import { IpReservation } from './ip-reservation';

const USUAL_BLOCK_SIZE = { IPv4: 26, IPv6: 122 } as const;

/** Calico for a cluster: its pools, made by the operator or as objects, and what goes with them. */
export function renderCalico(cluster: ClusterNetwork, options: CalicoOptions): void {
  const { spec } = plannedCluster(cluster);
  const blockSize = blockSizes(cluster, options);
  const { parts, problems } = calicoParts(cluster.podCidrs, options, blockSize);
  const chart = new Chart(cluster, 'cni');

  const byOperator = isByOperator(options);
  const fields = parts.map((part) => poolFields(part, options, blockSize));
  // The list of the Installation has no namespace selectors.
  const inList = parts.map(({ pool }) => byOperator && pool?.namespaceSelector === undefined);
  if (byOperator) {
    new Installation(chart, 'default', {
      ipPools: fields.filter((_, index) => inList[index]),
      bgp: usesBgp(options),
      kubernetesProvider: options.kubernetesProvider,
    });
    if (options.api === undefined || options.api === CalicoApi.API_SERVER) addApiServer(chart);
  }
  fields.forEach((pool, index) => {
    if (!inList[index]) addIpPool(chart, pool, parts[index].pool?.namespaceSelector);
  });
  if (options.loadBalancerPools === true) addLoadBalancerPools(chart, cluster);
  for (const [owner, cidrs] of sortedEntries(options.reservations)) {
    new IpReservation(chart, `reserved-${owner}`, { name: owner, reservedCidrs: cidrs });
  }
  if (options.maxBlocksPerHost !== undefined) addIpamConfiguration(chart, options.maxBlocksPerHost);
  addBgp(chart, cluster, options);

  NetworkSynthesis.of(cluster).check(cluster, () =>
    [
      ...problems,
      ...versionProblems('Calico', options.version, neededVersions(options)),
      ...kubernetesProblems(options, spec),
      ...settingProblems(cluster, options),
      ...blockProblems(parts, {
        nodes: spec?.nodes ?? undefined,
        podsPerNode: spec?.podsPerNode ?? 110,
        nodesByZone: options.nodesByZone,
        maxBlocksPerHost: options.maxBlocksPerHost,
        blockSize,
        tunnel: encapsulationOf(options, 'IPv4') !== CalicoEncapsulation.NONE,
      }),
    ].map((problem) => ({ rule: CONTRADICTING_PROPS, ...problem })),
  );
}

/** `spec.calicoNetwork` of an Installation, for a chart that makes it: the pools that can stand in its list. */
export function calicoNetworkOf(cluster: ClusterNetwork, options: CalicoOptions): object {
  const blockSize = blockSizes(cluster, options);
  const { parts } = calicoParts(cluster.podCidrs, options, blockSize);
  const listed = parts.filter(({ pool }) => pool?.namespaceSelector === undefined);
  return calicoNetworkSpec({
    ipPools: isByOperator(options) ? listed.map((part) => poolFields(part, options, blockSize)) : [],
    bgp: usesBgp(options),
  });
}

function isByOperator({ installation = CalicoInstallation.OPERATOR }: CalicoOptions): boolean {
  return installation === CalicoInstallation.OPERATOR;
}

function usesBgp(options: CalicoOptions): boolean {
  return options.bgp !== undefined || !carriesVxlan(options);
}

/** A block is never more than the share of a node in the pod network: there would be fewer blocks than nodes. */
function blockSizes({ nodeCidrMaskSize }: ClusterNetwork, { blockSize }: CalicoOptions): Record<IpFamily, number> {
  const ofFamily = (family: IpFamily): number =>
    blockSize?.[family] ?? Math.max(USUAL_BLOCK_SIZE[family], nodeCidrMaskSize[family] ?? 0);
  return { IPv4: ofFamily('IPv4'), IPv6: ofFamily('IPv6') };
}

/** IP-in-IP carries IPv4 only. */
function encapsulationOf({ encapsulation }: CalicoOptions, family: IpFamily): CalicoEncapsulation {
  const chosen = encapsulation ?? CalicoEncapsulation.VXLAN_CROSS_SUBNET;
  return family === 'IPv6' && chosen.startsWith('IPIP') ? CalicoEncapsulation.NONE : chosen;
}

function carriesVxlan(options: CalicoOptions): boolean {
  return encapsulationOf(options, 'IPv4').startsWith('VXLAN');
}

/** A pool in the list of an Installation; the name is always there. */
type NamedPool = InstallationIpPool & { readonly name: string };

function poolFields(
  { name, cidr, family, pool }: CalicoPart,
  options: CalicoOptions,
  blockSize: Readonly<Record<IpFamily, number>>,
): NamedPool {
  return {
    name,
    cidr,
    encapsulation: encapsulationOf(options, family),
    natOutgoing: options.natOutgoing ?? family === 'IPv4',
    blockSize: blockSize[family],
    nodeSelector: nodeSelectorOf(pool),
    // Tunnel devices are in no namespace.
    allowedUses: pool?.namespaceSelector === undefined ? undefined : [IpPoolUse.WORKLOAD],
    assignmentMode: pool?.onRequest === true ? IpPoolAssignment.MANUAL : undefined,
  };
}

function nodeSelectorOf(pool: CalicoPart['pool']): string | undefined {
  const ofZone = pool?.zone === undefined ? undefined : `topology.kubernetes.io/zone == ${quoted(pool.zone)}`;
  const selector = pool?.nodeSelector;
  if (ofZone === undefined || selector === undefined) return ofZone ?? selector;
  return `${ofZone} && (${selector})`;
}

/** Calico knows no escapes: a text with one kind of quotes stands in the other. */
function quoted(text: string): string {
  return text.includes('"') ? `'${text}'` : `"${text}"`;
}

function addIpPool(chart: Chart, pool: NamedPool, namespaceSelector: string | undefined): void {
  const { name, cidr, encapsulation, natOutgoing, blockSize, nodeSelector, allowedUses, assignmentMode } = pool;
  const modeOf = (prefix: string): EncapsulationMode | undefined => {
    if (!encapsulation?.startsWith(prefix)) return undefined;
    return encapsulation.endsWith('CrossSubnet') ? EncapsulationMode.CROSS_SUBNET : EncapsulationMode.ALWAYS;
  };
  new IpPool(chart, name, {
    cidr,
    blockSize,
    ipipMode: modeOf('IPIP'),
    vxlanMode: modeOf('VXLAN'),
    natOutgoing,
    nodeSelector,
    namespaceSelector,
    allowedUses,
    assignmentMode,
  });
}

function addLoadBalancerPools(chart: Chart, cluster: ClusterNetwork): void {
  cluster.loadBalancerCidrs.forEach((cidr, index, cidrs) => {
    const { family } = parseCidr(cidr);
    const earlier = cidrs.slice(0, index).filter((other) => parseCidr(other).family === family).length;
    new IpPool(chart, `load-balancers-${family.toLowerCase()}${earlier === 0 ? '' : `-${earlier + 1}`}`, {
      cidr,
      // Every address of a small range can be used.
      blockSize: Math.max(USUAL_BLOCK_SIZE[family], parseCidr(cidr).prefix),
      allowedUses: [IpPoolUse.LOAD_BALANCER],
    });
  });
}

/** It serves `projectcalico.org/v3` where that is no CustomResourceDefinition. */
function addApiServer(chart: Chart): void {
  new ClusterScopedApiObject(chart, 'api-server', {
    apiVersion: 'operator.tigera.io/v1',
    kind: 'APIServer',
    metadata: { name: 'default' },
    spec: {},
  });
}

/** Calico takes a limit only where no node uses blocks of others. */
function addIpamConfiguration(chart: Chart, maxBlocksPerHost: number): void {
  new ClusterScopedApiObject(chart, 'ipam', {
    apiVersion: 'projectcalico.org/v3',
    kind: 'IPAMConfiguration',
    metadata: { name: 'default' },
    spec: { strictAffinity: true, maxBlocksPerHost },
  });
}

function addBgp(chart: Chart, cluster: ClusterNetwork, { bgp }: CalicoOptions): void {
  if (bgp === undefined) return;
  new BgpConfiguration(chart, 'bgp', {
    name: 'default',
    asNumber: bgp.asNumber,
    nodeToNodeMeshEnabled: bgp.nodeMesh ?? true,
    serviceClusterIps: bgp.announceClusterIps === true ? cluster.serviceCidrs : undefined,
    serviceLoadBalancerIps: bgp.announceLoadBalancerIps === false ? undefined : cluster.loadBalancerCidrs,
    serviceExternalIps: bgp.externalIpCidrs,
  });
  for (const [name, peering] of sortedEntries(bgp.peers)) new BgpPeer(chart, `peer-${name}`, { ...peering, name });
}

function sortedEntries<T>(record: Readonly<Record<string, T>> | undefined): [string, T][] {
  return Object.entries(record ?? {}).sort(([a], [b]) => compareText(a, b));
}

function neededVersions({ pools = [], loadBalancerPools, api }: CalicoOptions): VersionNeed[] {
  return [
    ...(pools.some(({ onRequest }) => onRequest === true) ? [{ since: '3.30', what: 'a pool on request' }] : []),
    ...(loadBalancerPools === true ? [{ since: '3.30', what: 'a pool for load balancers' }] : []),
    ...(pools.some(({ namespaceSelector }) => namespaceSelector !== undefined)
      ? [{ since: '3.31', what: 'a namespaceSelector' }]
      : []),
    ...(api === CalicoApi.NATIVE_CRDS ? [{ since: '3.32', what: 'CalicoApi.NATIVE_CRDS' }] : []),
  ];
}

const NATIVE_SINCE_MINOR = 32;

function kubernetesProblems({ api }: CalicoOptions, spec: PlannedSpec | undefined): Problem[] {
  const version = spec?.kubernetesVersion ?? undefined;
  if (api !== CalicoApi.NATIVE_CRDS || version === undefined || version.minor >= NATIVE_SINCE_MINOR) return [];
  return [
    {
      rule: NETWORK_PLUGIN_VERSION,
      message: `CalicoApi.NATIVE_CRDS needs Kubernetes 1.${NATIVE_SINCE_MINOR} or later, and the cluster has ${version.major}.${version.minor}`,
      help: 'use CalicoApi.API_SERVER',
    },
  ];
}

function settingProblems({ podCidrs, loadBalancerCidrs, name }: ClusterNetwork, options: CalicoOptions): Problem[] {
  const { nodesByZone = {}, pools = [], loadBalancerPools } = options;
  return [
    ...(podCidrs.length > 0
      ? []
      : [
          {
            message: `cluster ${name} has no pod network for the pools of Calico`,
            help: 'give the cluster nodes, or podCidrs',
          },
        ]),
    ...(loadBalancerPools === true && loadBalancerCidrs.length === 0
      ? [
          {
            message: `cluster ${name} has no load balancer range for loadBalancerPools`,
            help: 'give the cluster loadBalancers, or loadBalancerCidrs',
          },
        ]
      : []),
    ...(options.pools?.length === 0
      ? [
          {
            rule: EMPTY_PROP,
            message: 'pools is empty: no pod gets an address',
            help: 'leave pools out for one pool with the whole pod network',
          },
        ]
      : []),
    ...sortedEntries(nodesByZone).flatMap(([zone, nodes]) =>
      integerProblems(`nodesByZone.${zone}`, nodes, 0, 1_000_000),
    ),
    ...pools
      .map((pool) => pool.name)
      .filter((poolName, index, names) => names.indexOf(poolName) !== index)
      .map((poolName) => ({
        message: `two pools have the name ${poolName}`,
        help: 'give each pool a name of its own',
      })),
    ...(options.blockSize === undefined
      ? []
      : Object.keys(options.blockSize)
          .filter((family) => family !== 'IPv4' && family !== 'IPv6')
          .map((family) => ({
            message: `blockSize has the key ${JSON.stringify(family)}`,
            help: 'use IPv4 and IPv6',
          }))),
  ];
}
