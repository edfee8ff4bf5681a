import { ApiObject, Chart, Lazy } from 'cdk8s';
import { addressBits, cidrContains, formatCidr, hostBits, IP_FAMILIES, type IpFamily, parseCidr } from '../../address';
import type { Problem } from '../../finding/problem';
import { NetworkSynthesis } from '../../synth';
import { type ClusterNetwork, isClusterNetwork } from '../cluster/cluster-network';
import { plannedCluster, versionProblems, type VersionNeed } from '../cluster/network-plugin';
import { readCidr, repeated } from '../objects/object-problem';
import { CONTRADICTING_PROPS, NETWORK_PLUGIN_RISK, POOLS_TOO_SMALL } from '../objects/object-rules';
import { poolParts, type PoolParts } from '../cluster/pool-parts';
import { Subnets } from '../cluster/subnets';
import { CiliumLoadBalancerIpPool } from './cilium-load-balancer-ip-pool';
import { CiliumConfigMap, CiliumIpam, type CiliumOptions, type CiliumPodPool, CiliumRouting } from './cilium-options';
import { CiliumPodIpPool } from './cilium-pod-ip-pool';
import { type CiliumSettings, ciliumSettings } from './cilium-settings';
import { ciliumConfig, ciliumValuesFile } from './cilium-values';
import { type MeshMember, meshProblems } from './mesh-problems';

const NAMESPACE = 'kube-system';

/** Cilium for a cluster: the values of its chart, as a file and as a ConfigMap, and its pools. */
export function renderCilium(cluster: ClusterNetwork, options: CiliumOptions): void {
  const chart = new Chart(cluster, 'cni', { namespace: NAMESPACE });
  const synthesis = NetworkSynthesis.of(cluster);
  const { podCidrs, parts, problems } = poolsOf(cluster, options);
  // The other clusters of the mesh are there when the app is complete.
  const settings = (): CiliumSettings => settingsOf(cluster, options, podCidrs);

  synthesis.addFile(cluster, `cilium/${cluster.name}-values.yaml`, () => ciliumValuesFile(settings()));
  addConfigMap(chart, options, settings);
  for (const pool of new Set(parts.map((part) => part.pool))) {
    new CiliumPodIpPool(chart, pool.name, {
      cidrs: parts.flatMap((part) => (part.pool === pool ? [part.cidr] : [])),
      maskSize: { ...cluster.nodeCidrMaskSize, ...pool.maskSize },
    });
  }
  if (options.loadBalancerPool === true) {
    new CiliumLoadBalancerIpPool(chart, 'load-balancers', { addresses: cluster.loadBalancerCidrs });
  }

  synthesis.check(cluster, () =>
    [
      ...problems,
      ...versionProblems('Cilium', options.version, neededVersions(options, cluster._hasNodeCache)),
      ...settingProblems(cluster, settings()),
      ...(options.mesh === undefined
        ? []
        : meshProblems({ cluster: cluster.name, settings: settings() }, meshOf(cluster))),
    ].map((problem) => ({ rule: CONTRADICTING_PROPS, ...problem })),
  );
}

interface Pools extends PoolParts<CiliumPodPool> {
  /** What the pool `default` has. */
  readonly podCidrs: readonly string[];
}

function poolsOf({ podCidrs, nodeCidrMaskSize }: ClusterNetwork, { ipam, pools = [], parts }: CiliumOptions): Pools {
  const byName = new Map([...pools].reverse().map((pool) => [pool.name, pool]));
  const distinct = pools.filter((pool) => byName.get(pool.name) === pool && pool.name !== 'default');
  if (ipam !== CiliumIpam.MULTI_POOL || distinct.length === 0) return { podCidrs, parts: [], problems: [] };
  const halves = podCidrs.map((cidr) => Subnets.split(cidr, hostBits(parseCidr(cidr)) > 0 ? 2 : 1));
  // Of a family that the cluster does not have, there is nothing to cut.
  const maskSize = { IPv4: 32, IPv6: 128, ...nodeCidrMaskSize };
  const placed = poolParts(
    halves.map((half) => half[1] ?? half[0]),
    distinct,
    parts,
    maskSize,
  );
  return { ...placed, podCidrs: halves.map((half) => half[0]) };
}

/** What the configuration of Cilium says in this cluster; the other clusters of the mesh are there when the app is complete. */
export function ciliumSettingsOf(cluster: ClusterNetwork, options: CiliumOptions): CiliumSettings {
  return settingsOf(cluster, options, poolsOf(cluster, options).podCidrs);
}

function settingsOf(cluster: ClusterNetwork, options: CiliumOptions, podCidrs: readonly string[]): CiliumSettings {
  const { name, podCidrs: podNetwork, nodeCidrMaskSize } = cluster;
  return ciliumSettings(options, {
    clusterName: name,
    podNetwork,
    podCidrs,
    nodeCidrMaskSize,
    hasNodeCache: cluster._hasNodeCache,
    meshPodCidrs: [
      ...podNetwork,
      ...(options.mesh === undefined ? [] : neighboursOf(cluster)).flatMap((other) => other.podCidrs),
    ],
  });
}

/** The other clusters of the fleet that are in the mesh. */
function neighboursOf(cluster: ClusterNetwork): ClusterNetwork[] {
  const { fleet } = plannedCluster(cluster);
  return (cluster.node.scope?.node.children ?? []).filter(
    (other): other is ClusterNetwork =>
      isClusterNetwork(other) &&
      other !== cluster &&
      other.cni?._options.cilium?.mesh !== undefined &&
      plannedCluster(other).fleet === fleet,
  );
}

function meshOf(cluster: ClusterNetwork): MeshMember[] {
  return neighboursOf(cluster).flatMap((other) => {
    const options = other.cni?._options.cilium;
    return options === undefined ? [] : [{ cluster: other.name, settings: ciliumSettingsOf(other, options) }];
  });
}

function addConfigMap(chart: Chart, { configMap }: CiliumOptions, settings: () => CiliumSettings): void {
  if (configMap === CiliumConfigMap.NONE) return;
  const asConfig = configMap === CiliumConfigMap.CONFIG;
  const name = asConfig ? 'cilium-config' : 'cilium-values';
  const produce = (): unknown =>
    asConfig ? ciliumConfig(settings()) : { 'values.yaml': ciliumValuesFile(settings()) };
  new ApiObject(chart, name, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: NAMESPACE },
    data: Lazy.any({ produce }) as unknown,
  });
}

function neededVersions({ ipam, mesh }: CiliumOptions, hasNodeCache: boolean): VersionNeed[] {
  return [
    ...(hasNodeCache ? [{ since: '1.15', what: 'NodeLocalDns' }] : []),
    ...(ipam === CiliumIpam.MULTI_POOL ? [{ since: '1.14', what: 'CiliumIpam.MULTI_POOL' }] : []),
    ...(mesh?.maxConnectedClusters === 511 ? [{ since: '1.15', what: 'maxConnectedClusters 511' }] : []),
  ];
}

/** Cilium keeps these of every pod CIDR of a node. */
const KEPT_ADDRESSES = 2;

function settingProblems(cluster: ClusterNetwork, settings: CiliumSettings): Problem[] {
  const { name, loadBalancerCidrs } = cluster;
  const { ipam, routing, podNetwork, maskSize, options } = settings;
  const { pools = [], loadBalancerPool, nativeRoutingCidr = {}, autoDirectNodeRoutes } = options;
  const podsPerNode = plannedCluster(cluster).spec?.podsPerNode ?? 0;
  const inTunnel = routing !== CiliumRouting.NATIVE;
  const refused: Problem[] = [
    ...(podNetwork.length > 0
      ? []
      : [{ message: `cluster ${name} has no pod network for Cilium`, help: 'give the cluster nodes, or podCidrs' }]),
    ...(loadBalancerPool === true && loadBalancerCidrs.length === 0
      ? [
          {
            message: `cluster ${name} has no load balancer range for loadBalancerPool`,
            help: 'give the cluster loadBalancers, or loadBalancerCidrs',
          },
        ]
      : []),
    ...(pools.length > 0 && ipam !== CiliumIpam.MULTI_POOL
      ? [
          {
            message: `pools are given, and ipam is ${ipam}`,
            help: 'set ipam: CiliumIpam.MULTI_POOL, or leave pools out',
          },
        ]
      : []),
    ...(pools.some((pool) => pool.name === 'default')
      ? [
          {
            message: 'a pool has the name default, which is that of the first half of the pod network',
            help: 'give it another name',
          },
        ]
      : []),
    ...repeated(pools.map((pool) => pool.name)).map((twice) => ({
      message: `two pools have the name ${twice}`,
      help: 'give each pool a name of its own',
    })),
    ...(Object.keys(nativeRoutingCidr).length > 0 && inTunnel
      ? [
          {
            message: `nativeRoutingCidr is given, and routing is ${routing}`,
            help: 'set routing: CiliumRouting.NATIVE, or leave nativeRoutingCidr out',
          },
        ]
      : []),
    ...Object.entries(nativeRoutingCidr).flatMap(([family, cidr]) => routingProblems(family, cidr, podNetwork)),
  ];
  const small = IP_FAMILIES.filter(
    (family) => ipam === CiliumIpam.CLUSTER_POOL && holds(family, maskSize) < podsPerNode,
  );
  return [
    ...refused,
    ...small.map((family) => ({
      rule: POOLS_TOO_SMALL,
      message: `the ${family} pod CIDR of a node, a /${String(maskSize[family])}, holds ${holds(family, maskSize)} pods beside the ${KEPT_ADDRESSES} addresses that Cilium keeps, and podsPerNode is ${podsPerNode}`,
      help: 'give a shorter nodeCidrMaskSize, or leave it out',
    })),
    ...(autoDirectNodeRoutes === true && inTunnel
      ? [
          {
            rule: NETWORK_PLUGIN_RISK,
            message: `autoDirectNodeRoutes is on, and routing is ${routing}`,
            help: 'set routing: CiliumRouting.NATIVE, or leave autoDirectNodeRoutes out',
          },
        ]
      : []),
    ...(ipam === CiliumIpam.MULTI_POOL && inTunnel
      ? [
          {
            rule: NETWORK_PLUGIN_RISK,
            message: `ipam is ${ipam}, and routing is ${routing}: Cilium documents several pools for native routing only`,
            help: 'set routing: CiliumRouting.NATIVE',
          },
        ]
      : []),
  ];
}

function holds(family: IpFamily, maskSize: CiliumSettings['maskSize']): number {
  const mask = maskSize[family];
  return mask === undefined ? Infinity : 2 ** (addressBits(family) - mask) - KEPT_ADDRESSES;
}

function routingProblems(family: string, text: string, podNetwork: readonly string[]): Problem[] {
  const { value: route, problems } = readCidr(`nativeRoutingCidr.${family}`, text);
  if (route === undefined) return [...problems];
  if (route.family !== family) {
    return [
      {
        message: `nativeRoutingCidr.${family} is ${text}, which is ${route.family}`,
        help: `write it as nativeRoutingCidr.${route.family}`,
      },
    ];
  }
  return podNetwork
    .map(parseCidr)
    .filter((cidr) => cidr.family === route.family && !cidrContains(route, cidr))
    .map((cidr) => ({
      message: `nativeRoutingCidr.${family} ${text} does not cover the pods ${formatCidr(cidr)}`,
      help: 'leave it out, or give a range that covers all pods',
    }));
}
