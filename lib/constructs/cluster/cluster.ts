import { Construct, type IConstruct } from 'constructs';
import { formatAddress, formatCidr, nthAddress, parseCidr } from '../../address';
import { KUBEADM_DNS } from '../../model';
import { NetworkSynthesis, type PlannedCluster } from '../../synth';
import type { AddressRole } from './address-role';
import type { Cni } from './cni';
import { Expectation } from './expectation';
import { IpFamily } from './ip-family';
import type { ClusterDns } from '../dns/cluster-dns';
import { dnsProblems } from '../dns/cluster-dns-problems';
import { renderMetalLb } from '../metallb/metallb-network';
import type { MetalLbOptions } from '../metallb/metallb-options';
import { INVALID_CLUSTER_DNS } from '../objects/object-rules';
import type { PolicyPeer } from '../policies/policy-peer';

/**
 * The address space of one cluster. Each role (pods, services, load balancers) has a size, and its range is allocated
 * from the supernets, or explicit ranges, which need not be in a supernet, or neither, and then no range. With both,
 * the size is checked against the ranges.
 */
export interface ClusterSpec {
  /**
   * One or two IP families, the first is primary.
   * @default [IpFamily.IPV4]
   */
  readonly families?: IpFamily[];
  /**
   * The Kubernetes version, such as `1.33`.
   * @default - rules that differ between versions take the stricter one
   */
  readonly kubernetesVersion?: string;
  /**
   * How many nodes the pod range must hold.
   * @default - no pod range is allocated
   */
  readonly nodes?: number;
  /**
   * How many pods a node runs. Every node gets the smallest block of at least twice as many addresses.
   * @default 110
   */
  readonly podsPerNode?: number;
  /**
   * How many Services the service range must hold, besides the two of every cluster.
   * @default - no service range is allocated
   */
  readonly services?: number;
  /**
   * How many addresses the load balancer range must hold; 0 for no range.
   * @default - no load balancer range is allocated
   */
  readonly loadBalancers?: number;
  /**
   * Multiplies nodes, services and loadBalancers; at least 1.
   * @default 1
   */
  readonly headroom?: number;
  /**
   * CIDRs in which the nodes live, if known. Nothing is allocated from them.
   * @default - not known
   */
  readonly nodeNetwork?: string[];
  /**
   * The pod network (cluster CIDR) of the cluster, one CIDR for each family.
   * @default - sized by `nodes`
   */
  readonly podCidrs?: string[];
  /**
   * The service CIDRs of the cluster, one for each family.
   * @default - sized by `services`
   */
  readonly serviceCidrs?: string[];
  /**
   * Ranges from which load balancers get their addresses.
   * @default - sized by `loadBalancers`
   */
  readonly loadBalancerCidrs?: string[];
  /**
   * Ranges that `ServiceCidr` objects add to the service CIDRs, when those are full. Kubernetes 1.33 and later.
   * @default - none
   */
  readonly extraServiceCidrs?: string[];
  /**
   * Prefix length of the pod CIDR of a node, by family: `{ IPv4: 24, IPv6: 64 }`.
   * @default - from `podsPerNode`
   */
  readonly nodeCidrMaskSize?: { [family: string]: number };
  /**
   * The DNS domain of the cluster.
   * @default cluster.local
   */
  readonly clusterDomain?: string;
  /**
   * The node ports of the cluster, as kube-apiserver's `--service-node-port-range`.
   * @default 30000-32767
   */
  readonly nodePortRange?: string;
  /**
   * The roles whose addresses are routed to other clusters: `AddressRole.NODES` and so on.
   * @default - as the fleet says: all of them
   */
  readonly routed?: AddressRole[];
  /**
   * The cluster is never connected to the others: it may reuse their pod and service ranges.
   * @default false
   */
  readonly isolated?: boolean;
  /**
   * Keep the neighbours of the pod and service ranges free, so that each can double in place: `true` while space lasts,
   * `false` never.
   * @default - while ranges and rooms take no more than half of the free space, or as the strategy of the fleet says
   */
  readonly growth?: boolean;
  /**
   * The network plugin, which is configured from the plan: `Cni.calico()`, `Cni.cilium()`, `Cni.flannel()`.
   * @default - nothing is written for a network plugin
   */
  readonly cni?: Cni;
  /**
   * MetalLB, which gives addresses of the load balancer ranges to Services, whatever the network plugin.
   * @default - nothing is written for MetalLB
   */
  readonly metalLb?: MetalLbOptions;
  /**
   * Who answers name lookups of pods, where it is not what kubeadm, k3s and RKE2 install.
   * @default - CoreDNS in kube-system, behind the tenth address of the service CIDR, or the `NodeLocalDns` of the cluster
   */
  readonly dns?: ClusterDns;
}

/** A cluster that is a fleet of its own. */
export interface ClusterProps extends ClusterSpec {
  /**
   * CIDRs to allocate from.
   * @default - none: every range must be explicit
   */
  readonly supernets?: string[];
  /**
   * CIDRs that somebody else owns, by owner. Nothing is allocated from them.
   * @default - none
   */
  readonly reserved?: { [owner: string]: string[] };
}

/** What stands in for an address that could not be planned: the synth fails anyway, and code that reads it must not. */
const STAND_IN: Record<IpFamily, string> = { IPv4: '192.0.2.0/24', IPv6: '2001:db8::/64' };

/**
 * A cluster. Its charts stand under it: `new Chart(cluster, 'shop')`.
 *
 * Its addresses are planned as soon as it exists: they are plain strings, for use in a Helm value or a ConfigMap.
 */
export class Cluster extends Construct {
  /** The cluster that a construct belongs to: the one it stands under, or the only one of the app. */
  public static of(scope: IConstruct): Cluster | undefined {
    const cluster = NetworkSynthesis.of(scope).clusterOf(scope)?.construct;
    return cluster instanceof Cluster ? cluster : undefined;
  }

  /** Its network plugin. */
  public readonly cni?: Cni;

  private readonly planned: PlannedCluster;
  /** Whether somebody has asked for its ranges. */
  private read = false;
  private readonly givenDns: ClusterDns;
  /** The addresses of the caches on its nodes. */
  private readonly nodeCaches: string[] = [];

  /**
   * @param scope the app, or anything in it
   * @param id the name of the cluster, a DNS label. Its allocations are kept in the lock under this name.
   */
  constructor(scope: Construct, id: string, props: ClusterProps = {}) {
    super(scope, id);
    const synthesis = NetworkSynthesis.of(this);
    synthesis.register(this, new.target);
    const { supernets, reserved, cni, metalLb, dns, ...spec } = props;
    this.cni = cni;
    this.givenDns = dns ?? {};
    // Clusters of a Fleet were planned with it.
    const fleet =
      synthesis.fleetOf(scope) ??
      synthesis.addFleet(this, { supernets, reserved, clusters: Object.fromEntries([[id, spec]]) });
    this.planned = synthesis.addCluster(this, id, fleet, dns);
    synthesis.check(this, () =>
      dnsProblems(this.givenDns).map((problem) => ({ rule: INVALID_CLUSTER_DNS, ...problem })),
    );
    cni?._render(this);
    if (metalLb !== undefined) renderMetalLb(this, metalLb);
  }

  /**
   * States what must and must not be possible: `cluster.expect(web).toReach(db, PolicyPort.tcp(5432))`. It is checked at each synth.
   *
   * @param subject a workload (anything that `Pods.of()` takes), or pods, namespaces and addresses as in a NetworkPolicy
   */
  public expect(subject: IConstruct | PolicyPeer): Expectation {
    return new Expectation(this, subject);
  }

  /** The name of the cluster. */
  public get name(): string {
    return this.planned.name;
  }

  /**
   * Whether this run synthesizes the charts of the cluster: always, unless `NETLOOM_SHARD` says that it is the turn of others.
   * Code may leave out the charts of a cluster that is not in the shard.
   */
  public get isInShard(): boolean {
    return NetworkSynthesis.of(this).isInShard(this.name);
  }

  /** The IP families of the cluster, the primary one first. */
  public get families(): IpFamily[] {
    return (this.plan?.families ?? ['IPv4']).map((family) => (family === 'IPv4' ? IpFamily.IPV4 : IpFamily.IPV6));
  }

  /** The pod network of the primary family, such as `10.2.0.0/16`. @throws if the cluster has none */
  public get podCidr(): string {
    return this.podCidrs[0] ?? this.missing('pod range', 'nodes or podCidrs');
  }

  /** The pod networks, the one of the primary family first. */
  public get podCidrs(): string[] {
    return this.ranges('pods', this.plan?.podCidrs);
  }

  /** The pod network of that family. @throws if the cluster has none */
  public podCidrOf(family: IpFamily): string {
    return ofFamily(this.podCidrs, family) ?? this.missing(`${family} pod range`, 'the family, and nodes or podCidrs');
  }

  /** The service CIDR of the primary family. @throws if the cluster has none */
  public get serviceCidr(): string {
    return this.serviceCidrs[0] ?? this.missing('service range', 'services or serviceCidrs');
  }

  /** The service CIDRs, the one of the primary family first. */
  public get serviceCidrs(): string[] {
    return this.ranges('services', this.plan?.serviceCidrs);
  }

  /** The service CIDR of that family. @throws if the cluster has none */
  public serviceCidrOf(family: IpFamily): string {
    return (
      ofFamily(this.serviceCidrs, family) ??
      this.missing(`${family} service range`, 'the family, and services or serviceCidrs')
    );
  }

  /** The ranges that `ServiceCidr` objects add to the service CIDRs. */
  public get extraServiceCidrs(): string[] {
    return (this.planned.spec?.extraServiceCidrs ?? []).map(({ cidr }) => formatCidr(cidr));
  }

  /** The first load balancer range. @throws if the cluster has none */
  public get loadBalancerCidr(): string {
    return this.loadBalancerCidrs[0] ?? this.missing('load balancer range', 'loadBalancers or loadBalancerCidrs');
  }

  /** The load balancer ranges. */
  public get loadBalancerCidrs(): string[] {
    return this.ranges('loadBalancers', this.plan?.loadBalancerCidrs);
  }

  /** Prefix length of the pod CIDR of a node, by family. */
  public get nodeCidrMaskSize(): { [family: string]: number } {
    return { ...this.plan?.nodeCidrMaskSize };
  }

  /** The address of the cluster DNS in the primary family, the tenth of the service CIDR. @throws if there is no service range */
  public get dnsIp(): string {
    return this.dnsIps[0] ?? this.missing('service range', 'services or serviceCidrs');
  }

  /** The addresses of the cluster DNS, one for each service CIDR. */
  public get dnsIps(): string[] {
    return this.serviceCidrs.map((cidr) => formatAddress(nthAddress(parseCidr(cidr), 10n)));
  }

  /** Who answers name lookups of its pods: as given, or as its `NodeLocalDns` makes it, or as kubeadm, k3s and RKE2 install it. */
  public get dns(): ClusterDns {
    const { addresses = [], namespace, podLabels, ports } = this.givenDns;
    return {
      addresses: [...(this.nodeCaches.length > 0 ? this.nodeCaches : addresses)],
      namespace: namespace ?? KUBEADM_DNS.namespace,
      podLabels: { ...(podLabels ?? KUBEADM_DNS.podLabels) },
      ports: [...(ports ?? KUBEADM_DNS.ports)],
    };
  }

  /** Whether a cache answers on every node, which to some network plugins is the node itself. @internal */
  public get _hasNodeCache(): boolean {
    return this.nodeCaches.length > 0;
  }

  /** Pods ask this address from now on. @internal */
  public _addNodeCache(address: string): void {
    this.nodeCaches.push(address);
  }

  /** The DNS domain of the cluster, such as `cluster.local`. */
  public get clusterDomain(): string {
    return this.plan?.clusterDomain ?? 'cluster.local';
  }

  /** @internal */
  public _isRead(): boolean {
    return this.read;
  }

  private get plan(): ReturnType<PlannedCluster['fleet']['plan']['clusters']['get']> {
    return this.planned.fleet.plan.clusters.get(this.name);
  }

  private ranges(role: 'pods' | 'services' | 'loadBalancers', planned: readonly string[] | undefined): string[] {
    this.read = true;
    if (planned !== undefined && planned.length > 0) return [...planned];
    const { spec } = this.planned;
    const count = spec && { pods: spec.nodes, services: spec.services, loadBalancers: spec.loadBalancers }[role];
    const asked = spec === undefined || spec.explicitRoles.has(role) || (count !== null && count !== 0);
    return asked ? this.families.map((family) => STAND_IN[family]) : [];
  }

  private missing(range: string, props: string): never {
    throw new Error(`cluster ${this.name} has no ${range}: give it ${props}`);
  }
}

function ofFamily(cidrs: readonly string[], family: string): string | undefined {
  return cidrs.find((cidr) => parseCidr(cidr).family === family);
}
