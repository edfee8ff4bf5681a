import type { IConstruct } from 'constructs';
import type { IpFamily } from '../../address';
import type { Problem } from '../../finding/problem';
import type { KubernetesVersion, Role } from '../../plan';
import { NetworkSynthesis } from '../../synth';
import { Cluster } from '../cluster/cluster';
import type { NetworkPlugin } from '../cluster/cni';
import type { FlannelBackend } from '../flannel/flannel-options';

/** What every component of a cluster has to agree on, as the plan has it. */
export interface ClusterNetwork {
  readonly name: string;
  /** The primary family first, as in all lists here. */
  readonly families: readonly IpFamily[];
  readonly podCidrs: readonly string[];
  readonly nodeMasks: readonly { readonly family: IpFamily; readonly prefix: number }[];
  readonly serviceCidrs: readonly string[];
  readonly clusterDomain: string;
  readonly nodePortRange: string;
  readonly podsPerNode: number;
  /** The addresses of the Service of the cluster DNS. */
  readonly dnsIps: readonly string[];
  /** What pods ask instead and is no Service: the cache on their node, a server outside. */
  readonly dnsServers: readonly string[];
  readonly kubernetesVersion: KubernetesVersion | null;
  /** Undefined where nobody says it. */
  readonly plugin: NetworkPlugin | undefined;
  /** Of Flannel, if its options say it. */
  readonly flannelBackend: FlannelBackend | undefined;
  /** Whether the network plugin takes the place of kube-proxy. */
  readonly replacesKubeProxy: boolean;
  /** The host of the API server that it then asks, without kube-proxy. */
  readonly apiServerHost: string | undefined;
}

/** The network of the cluster that a construct stands in; undefined if there is none, or if its spec could not be understood. */
export function clusterNetworkOf(construct: IConstruct): ClusterNetwork | undefined {
  const cluster = NetworkSynthesis.of(construct).clusterOf(construct);
  const plan = cluster?.fleet.plan.clusters.get(cluster.name);
  if (cluster?.spec === undefined || plan === undefined) return undefined;
  const { podsPerNode, nodePortRange, kubernetesVersion } = cluster.spec;
  const cni = Cluster.of(construct)?.cni;
  const { families, podCidrs, nodeCidrMaskSize, serviceCidrs, dnsIps, clusterDomain } = plan;
  return {
    name: cluster.name,
    families,
    podCidrs,
    nodeMasks: families.flatMap((family) => {
      const prefix = nodeCidrMaskSize[family];
      return prefix === undefined ? [] : [{ family, prefix }];
    }),
    serviceCidrs,
    clusterDomain,
    nodePortRange: `${nodePortRange.first}-${nodePortRange.last}`,
    podsPerNode,
    dnsIps,
    dnsServers: Cluster.of(construct)?.dns.addresses ?? [],
    kubernetesVersion,
    plugin: cni?.plugin,
    flannelBackend: cni?._options.flannel?.backend,
    replacesKubeProxy: cni?._options.cilium?.kubeProxyReplacement === true,
    apiServerHost: cni?._options.cilium?.apiServerHost,
  };
}

/** A configuration needs a cluster with pods and Services. */
export function missingNetworkProblems(construct: IConstruct): Problem[] {
  const cluster = NetworkSynthesis.of(construct).clusterOf(construct);
  if (cluster === undefined) {
    return [{ message: 'it is not in a cluster', help: 'make it a child of a Cluster, or of a chart of one' }];
  }
  const { spec } = cluster;
  // What could not be read is a finding already.
  if (spec === undefined) return [];
  const missing = (role: Role, count: number | null, range: string, props: string): Problem[] =>
    count !== null || spec.explicitRoles.has(role)
      ? []
      : [{ message: `cluster ${cluster.name} has no ${range}`, help: `give it ${props}` }];
  return [
    ...missing('pods', spec.nodes, 'pod range', 'nodes or podCidrs'),
    ...missing('services', spec.services, 'service range', 'services or serviceCidrs'),
  ];
}

/** Without kube-proxy the address of the Service `kubernetes` leads nowhere until the network plugin runs, which needs the API server for that. */
export function apiServerProblems({ name, plugin, replacesKubeProxy, apiServerHost }: ClusterNetwork): Problem[] {
  if (!replacesKubeProxy || apiServerHost !== undefined) return [];
  return [
    {
      message: `${String(plugin)} takes the place of kube-proxy in cluster ${name}, and does not know where the API server is`,
      help: 'set apiServerHost of Cni.cilium() to a name or an address that nodes reach without a Service: the host of controlPlaneEndpoint, or 127.0.0.1 where a proxy runs on each node',
    },
  ];
}
