import type { NodeGroupInput } from '../../migration';
import type { PlannedCluster } from '../../synth';

/** Nodes that have the same labels, such as those of a zone. They are drained one group after the other. */
export interface MigrationNodes {
  /** What they are called in the runbook, such as the name of their zone. */
  readonly name: string;
  /** How many there are, control plane nodes included. */
  readonly nodes: number;
  /**
   * Their labels, as far as pools select nodes by them.
   * @default - none
   */
  readonly labels?: { [key: string]: string };
  /**
   * Their names. With them each wave is a step with its commands; without, the runbook has commands that find the nodes.
   * @default - found by their labels
   */
  readonly nodeNames?: string[];
}

/** All nodes that the cluster was planned for, unless groups are given. */
export function nodeGroupsOf(
  groups: readonly MigrationNodes[] | undefined,
  { spec }: PlannedCluster,
): readonly NodeGroupInput[] {
  if (groups !== undefined) return groups;
  return typeof spec?.nodes === 'number' ? [{ name: 'all nodes', nodes: spec.nodes }] : [];
}
