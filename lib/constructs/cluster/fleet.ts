import { Construct } from 'constructs';
import { compareText } from '../../finding/finding';
import { nearestWord } from '../../plan';
import { NetworkSynthesis, type PlannedFleet } from '../../synth';
import type { AddressRole } from './address-role';
import { Cluster, type ClusterSpec } from './cluster';

/** How new ranges are placed. */
export enum AllocationStrategy {
  /** Next to each other, without room to grow. */
  BEST_FIT = 'best-fit',
  /** The neighbour of each pod and service range stays free while space lasts, so that the range can double in place. */
  GROWTH = 'growth',
}

/** The address space of clusters that can reach each other. */
export interface FleetProps {
  /**
   * CIDRs to allocate from, of both families.
   * @default - none: every range must be explicit
   */
  readonly supernets?: string[];
  /**
   * CIDRs to allocate from for one role alone (`pods`, `services`, `loadBalancers`, `nodes`), before the supernets for all.
   * @default - none
   */
  readonly supernetsFor?: { [role: string]: string[] };
  /**
   * The roles whose addresses are routed between the clusters. Ranges of the others may repeat from cluster to cluster, as those of pods
   * behind an overlay do, as long as they meet nothing that is routed.
   * @default - all of them
   */
  readonly routed?: AddressRole[];
  /**
   * CIDRs that somebody else owns, by owner. Nothing is allocated from them.
   * @default - none
   */
  readonly reserved?: { [owner: string]: string[] };
  /**
   * The clusters by name, each a DNS label.
   * @default - none but those that `addCluster()` adds
   */
  readonly clusters?: { [name: string]: ClusterSpec };
  /**
   * How new ranges are placed. Each goes into the smallest free block that holds it, so that large blocks survive.
   * @default - with room to double while ranges and rooms take no more than half of the free space
   */
  readonly strategy?: AllocationStrategy;
}

/**
 * Clusters whose address space is planned together: no range of one overlaps a range of another.
 *
 * What was allocated is kept in `netloom.lock.json` and stays where it is, whatever is added around it.
 */
export class Fleet extends Construct {
  private readonly props: FleetProps;
  private readonly specs: Map<string, ClusterSpec>;
  private readonly planned: PlannedFleet;
  private readonly made = new Map<string, Cluster>();

  constructor(scope: Construct, id: string, props: FleetProps = {}) {
    super(scope, id);
    const synthesis = NetworkSynthesis.of(this);
    synthesis.register(this, new.target);
    this.props = props;
    this.specs = new Map(Object.entries(props.clusters ?? {}));
    this.planned = synthesis.addFleet(this, this.input());
    for (const name of this.planned.plan.clusters.keys()) this.make(name);
  }

  /** The clusters, sorted by name. */
  public get clusters(): Cluster[] {
    return [...this.made.values()].sort((a, b) => compareText(a.name, b.name));
  }

  /**
   * Adds a cluster, so that findings about it point to this line of code.
   *
   * Ranges that are not in the lock are placed largest first. Add clusters of which the lock knows nothing before anything reads an
   * address of the others, so that all of them are placed together.
   *
   * @param name a DNS label
   * @param spec its sizes or ranges
   * @throws if the fleet has a cluster of that name, or if the new one takes the place of a range that was planned without it
   */
  public addCluster(name: string, spec: ClusterSpec): Cluster {
    if (this.made.has(name)) throw new Error(`fleet ${this.node.path} has a cluster ${name} already`);
    this.specs.set(name, spec);
    const moved = NetworkSynthesis.of(this).changeFleet(this.planned, this.input());
    const read = moved.find((key) => this.made.get(key.split('/')[0])?._isRead());
    if (read !== undefined) {
      throw new Error(
        `cluster ${name} is added to fleet ${this.node.path} after code has read an address of another one, and moves ${read}: add all clusters first, the largest before others, or name them in the clusters of the fleet`,
      );
    }
    return this.make(name);
  }

  /** Of a cluster, all but its addresses is its own business. */
  private make(name: string): Cluster {
    const { cni, metalLb, dns } = this.specs.get(name) ?? {};
    const cluster = new Cluster(this, name, { cni, metalLb, dns });
    this.made.set(name, cluster);
    return cluster;
  }

  private input(): object {
    const specs = [...this.specs].map(([name, spec]) => [
      name,
      { ...spec, cni: undefined, metalLb: undefined, dns: undefined },
    ]);
    const { supernetsFor = {}, supernets = [], ...props } = this.props;
    const forRoles = Object.entries(supernetsFor)
      .sort(([a], [b]) => compareText(a, b))
      .flatMap(([role, cidrs]) => cidrs.map((cidr) => ({ cidr, for: [role] })));
    return { ...props, supernets: [...supernets, ...forRoles], clusters: Object.fromEntries(specs) as object };
  }

  /**
   * The cluster of that name.
   * @throws if the fleet has none
   */
  public cluster(name: string): Cluster {
    const cluster = this.made.get(name);
    if (cluster !== undefined) return cluster;
    const names = this.clusters.map((candidate) => candidate.name);
    const nearest = nearestWord(name, names);
    const hint = nearest === null ? `it has ${names.join(', ') || 'none'}` : `did you mean ${nearest}?`;
    throw new Error(`fleet ${this.node.path} has no cluster ${name}: ${hint}`);
  }
}
