import { Construct } from 'constructs';
import { nearestWord } from '../../plan';
import { own } from '../../syntax/own-member';
import { NetworkSynthesis } from '../../synth';
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
   * CIDRs that somebody else owns, by owner. Nothing is allocated from them.
   * @default - none
   */
  readonly reserved?: { [owner: string]: string[] };
  /** The clusters by name, each a DNS label. */
  readonly clusters: { [name: string]: ClusterSpec };
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
  /** The clusters, sorted by name. */
  public readonly clusters: Cluster[];

  constructor(scope: Construct, id: string, props: FleetProps) {
    super(scope, id);
    const synthesis = NetworkSynthesis.of(this);
    synthesis.register(this, new.target);
    const specs = Object.entries(props.clusters);
    const fleet = synthesis.addFleet(this, {
      ...props,
      clusters: Object.fromEntries(
        specs.map(([name, spec]) => [name, { ...spec, cni: undefined, metalLb: undefined, dns: undefined }]),
      ),
    });
    // Of a cluster, all but its addresses is its own business.
    this.clusters = [...fleet.plan.clusters.keys()].map((name) => {
      const { cni, metalLb, dns } = own(props.clusters, name) ?? {};
      return new Cluster(this, name, { cni, metalLb, dns });
    });
  }

  /**
   * The cluster of that name.
   * @throws if the fleet has none
   */
  public cluster(name: string): Cluster {
    const cluster = this.clusters.find((candidate) => candidate.name === name);
    if (cluster !== undefined) return cluster;
    const names = this.clusters.map((candidate) => candidate.name);
    const nearest = nearestWord(name, names);
    const hint = nearest === null ? `it has ${names.join(', ') || 'none'}` : `did you mean ${nearest}?`;
    throw new Error(`fleet ${this.node.path} has no cluster ${name}: ${hint}`);
  }
}
