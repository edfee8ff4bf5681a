import type { RuledProblem } from '../../finding/problem';
import { MIGRATION_VALUE, type NodeGroupInput } from '../../migration';
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

/** The nodes of a migration as its props have them. */
export interface GivenNodes {
  readonly nodes?: number;
  readonly nodeGroups?: readonly MigrationNodes[];
}

/** The groups, or all nodes in one: as many as given, else as the cluster was planned for. */
export function nodeGroupsOf({ nodes, nodeGroups }: GivenNodes, { spec }: PlannedCluster): readonly NodeGroupInput[] {
  if (nodeGroups !== undefined) return nodeGroups;
  const count = nodes ?? spec?.nodes ?? null;
  return count === null ? [] : [{ name: 'all nodes', nodes: count }];
}

/** Two answers to one question. */
export function nodesProblems({ nodes, nodeGroups }: GivenNodes): RuledProblem[] {
  if (nodes === undefined || nodeGroups === undefined) return [];
  return [
    {
      rule: MIGRATION_VALUE,
      message: 'both nodes and nodeGroups are given',
      help: 'leave nodes out: nodeGroups say how many there are',
    },
  ];
}
