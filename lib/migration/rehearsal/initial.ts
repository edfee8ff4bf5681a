import { type Cidr, formatCidr, type IpFamily } from '../../address';
import { joined, maskFlags, USUAL_MASKS } from '../cidr-text';
import type { DualStack } from '../dual-stack-spec';
import { coverOf } from '../cover';
import type { LoadBalancerRangeInput } from '../load-balancer-range-spec';
import type { Cni, NodeGroupInput, PodNetworkMigration, Pool } from '../pod-network-spec';
import type { ServiceRangeInput } from '../service-range-spec';
import { rescheduled } from './calico';
import type { CalicoPool, Cluster, Flags } from './cluster';
import { generatedFlags } from './kubeadm';

/** A cluster of which nothing is known but what is given. */
function clusterOf(known: Partial<Cluster>): Cluster {
  return {
    distribution: 'kubeadm',
    networkPlugin: null,
    kubernetesVersion: null,
    clusterDomain: 'cluster.local',
    calicoApi: 'calicoctl',
    calicoOperator: false,
    kubeadm: null,
    staticPods: {},
    copies: {},
    kubeProxy: null,
    pluginRanges: {},
    pools: [],
    nodes: [],
    serviceRanges: [],
    services: [],
    loadBalancerPools: [],
    ...known,
  };
}

interface Kubeadm {
  readonly podCidrs: readonly Cidr[];
  readonly serviceCidrs: readonly Cidr[];
  readonly masks: Readonly<Record<IpFamily, number>>;
}

/** As `kubeadm init` makes it. */
function kubeadmParts({ podCidrs, serviceCidrs, masks }: Kubeadm): Pick<Cluster, 'kubeadm' | 'staticPods'> {
  const families = podCidrs.map(({ family }) => family);
  const flags: Flags = Object.fromEntries(
    Object.entries(maskFlags(families, masks)).filter(([flag, mask]) => mask !== USUAL_MASKS.get(flag)),
  );
  const kubeadm = {
    podSubnet: joined(podCidrs),
    serviceSubnet: joined(serviceCidrs),
    extraArgs: { 'kube-controller-manager': flags },
  };
  return {
    kubeadm,
    staticPods: {
      'kube-apiserver': generatedFlags('kube-apiserver', kubeadm),
      'kube-controller-manager': generatedFlags('kube-controller-manager', kubeadm),
    },
  };
}

/** Each group with a pod CIDR of its own, as the controller manager gave it. */
function nodesOf(
  groups: readonly NodeGroupInput[],
  podCidrs: readonly Cidr[],
  masks: Readonly<Record<IpFamily, number>>,
  pools: readonly CalicoPool[],
): Cluster['nodes'] {
  return groups.map(({ name, nodes, labels = {} }) => ({
    name,
    count: nodes,
    labels,
    podCidrs: [
      podCidrs.map(({ family, base, prefix }) => formatCidr({ family, base, prefix: Math.max(prefix, masks[family]) })),
    ],
    tunnels: {},
    pods: rescheduled(pools, { labels, pods: [] }),
  }));
}

export function calicoPool({ name, cidr, encapsulation, nodeLabels }: Pool): CalicoPool {
  return { name, cidr: formatCidr(cidr), encapsulation, disabled: false, nodeLabels, allowedUses: [] };
}

/** The cluster that a migration of the pod network is planned for. */
export function podNetworkCluster(migration: PodNetworkMigration): Cluster {
  const { from, nodeGroups, kubeProxy, calicoApi, calicoOperator, distribution, clusterDomain } = migration;
  const pools = from.pools.map(calicoPool);
  // Cilium has a list where kubeadm has one range of a family.
  const podCidrs = from.cni === 'cilium' ? coverOf(from.podCidrs) : from.podCidrs;
  return clusterOf({
    distribution,
    networkPlugin: from.cni,
    clusterDomain,
    calicoApi,
    calicoOperator,
    ...kubeadmParts({ podCidrs, serviceCidrs: [], masks: from.nodeMask }),
    kubeProxy: kubeProxy ? proxyOf(podCidrs) : null,
    pluginRanges: rangesByFamily(from.cni, from.podCidrs),
    pools,
    nodes: nodesOf(nodeGroups, podCidrs, from.nodeMask, pools),
  });
}

/** The cluster before it gets a second family. */
export function dualStackCluster(migration: DualStack): Cluster {
  const { cni, family, podCidrs, serviceCidrs, nodeGroups, kubeProxy, calicoApi, calicoOperator, clusterDomain } =
    migration;
  const first = (cidrs: readonly Cidr[]): Cidr[] => cidrs.filter((cidr) => cidr.family === family);
  const masks = { IPv4: 24, IPv6: 64, ...migration.nodeCidrMaskSize };
  const pools: CalicoPool[] =
    cni === 'calico'
      ? first(podCidrs).map((cidr) => ({
          name: `default-${family.toLowerCase()}-ippool`,
          cidr: formatCidr(cidr),
          encapsulation: 'None',
          disabled: false,
          nodeLabels: {},
          allowedUses: [],
        }))
      : [];
  return clusterOf({
    networkPlugin: cni,
    clusterDomain,
    calicoApi,
    calicoOperator,
    ...kubeadmParts({ podCidrs: first(podCidrs), serviceCidrs: first(serviceCidrs), masks }),
    kubeProxy: kubeProxy ? proxyOf(first(podCidrs)) : null,
    pluginRanges: rangesByFamily(cni, first(podCidrs)),
    pools,
    nodes: nodesOf(nodeGroups, first(podCidrs), masks, pools),
    services: first(serviceCidrs).map((cidr) => ({
      name: 'default/kubernetes',
      ipFamilyPolicy: 'SingleStack',
      clusterIps: [
        formatCidr({ ...cidr, base: cidr.base + 1n, prefix: cidr.family === 'IPv4' ? 32 : 128 }).split('/')[0],
      ],
      loadBalancerIps: [],
    })),
  });
}

export function serviceRangeCluster({ distribution }: ServiceRangeInput, current: readonly Cidr[]): Cluster {
  const [kubeadm, masks] = [distribution === 'kubeadm', { IPv4: 24, IPv6: 64 }];
  return clusterOf({
    distribution,
    ...(kubeadm ? kubeadmParts({ podCidrs: [], serviceCidrs: current, masks }) : {}),
  });
}

export function loadBalancerCluster(input: LoadBalancerRangeInput, pools: Cluster['loadBalancerPools']): Cluster {
  return clusterOf({ distribution: input.distribution, calicoApi: input.calicoApi, loadBalancerPools: pools });
}

function proxyOf(cidrs: readonly Cidr[]): Cluster['kubeProxy'] {
  return { clusterCIDR: joined(cidrs), detectLocalMode: '', interfaceNamePrefix: '' };
}

function rangesByFamily(cni: Cni, cidrs: readonly Cidr[]): Cluster['pluginRanges'] {
  if (cni === 'calico') return {};
  const of = (family: IpFamily): string[] => cidrs.filter((cidr) => cidr.family === family).map(formatCidr);
  return { ...(of('IPv4').length > 0 && { IPv4: of('IPv4') }), ...(of('IPv6').length > 0 && { IPv6: of('IPv6') }) };
}
