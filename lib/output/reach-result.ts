import { compareText, type Finding, type ObjectRef, objectText } from '../finding/finding';
import type { SkippedInput } from '../manifests';
import { groupBy } from '../model/lookup';
import { connections, type Connection, type Entrance, type Filter, type Reachability } from '../reach';
import { ignoredLines } from './check-result';

export const GROUPINGS = ['namespace', 'workload'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What every format of `netloom reach` is printed from. */
export interface ReachResult {
  readonly reach: Reachability;
  readonly entrances: readonly Entrance[];
  readonly filter: Filter;
  /** Between whom pictures have arrows. @default - workloads, or namespaces where there are too many of them */
  readonly grouping?: Grouping;
  readonly findings: readonly Finding[];
  /** Policies of other APIs, which the answer leaves out. @default - none */
  readonly leftOut?: readonly ObjectRef[];
  /** Whose policies decide, and what shows it, where nobody has said it. @default - Kubernetes' own */
  readonly seenEngine?: SeenEngine;
  /** By text of a workload: why its connections are not certain. @default - all are */
  readonly doubts?: ReadonlyMap<string, string>;
  /** Files, or parts of them, that are no manifests. @default - none */
  readonly ignored?: readonly SkippedInput[];
}

export interface SeenEngine {
  readonly name: string;
  readonly seenBy: ObjectRef;
}

const NAMED_POLICIES = 4;

/** Silence must not be mistaken for an answer: what was in the input, and not considered. */
export function unconsideredLines({
  leftOut = [],
  seenEngine,
  doubts = new Map(),
  ignored,
}: Pick<ReachResult, 'leftOut' | 'seenEngine' | 'doubts' | 'ignored'>): string[] {
  const hidden = leftOut.length - NAMED_POLICIES;
  const named = leftOut.slice(0, NAMED_POLICIES).map(objectText).join(', ');
  const policies = `not considered: ${named}${hidden > 0 ? ` and ${hidden} more` : ''}: they are not evaluated`;
  const engine =
    seenEngine &&
    `policies are read as ${seenEngine.name} reads them, for ${objectText(seenEngine.seenBy)} is in the input: --policy-engine says otherwise`;
  return [
    ...(engine === undefined ? [] : [engine]),
    ...(leftOut.length === 0 ? [] : [policies]),
    ...doubtLines([...doubts]),
    ...ignoredLines({ ignored }),
  ];
}

/** Workloads with one reason are told together. */
function doubtLines(doubts: readonly (readonly [string, string])[]): string[] {
  const groups = [...groupBy(doubts, ([, why]) => why)];
  const hidden = groups.length - NAMED_POLICIES;
  return [
    ...groups.slice(0, NAMED_POLICIES).map(([why, workloads]) => {
      const more = workloads.length - 1;
      return `not certain for ${workloads[0][0]}${more > 0 ? ` and ${more} more` : ''}: ${why}`;
    }),
    ...(hidden > 0
      ? [`not certain for other workloads, for ${hidden} more ${hidden === 1 ? 'reason' : 'reasons'}: see JSON`]
      : []),
  ];
}

/** How many of each kind were left out, by kind. */
export function notConsidered({ leftOut = [] }: Pick<ReachResult, 'leftOut'>): readonly {
  readonly apiVersion: string;
  readonly kind: string;
  readonly count: number;
}[] {
  const groups = [...groupBy(leftOut, ({ apiVersion, kind }) => `${kind}\0${apiVersion}`).values()];
  return groups
    .map((refs) => ({ apiVersion: refs[0].apiVersion, kind: refs[0].kind, count: refs.length }))
    .sort((a, b) => compareText(a.kind, b.kind) || compareText(a.apiVersion, b.apiVersion));
}

/** Millions of pairs are printed one by one: they are never held together. */
export function reachConnections({ reach, entrances, filter }: ReachResult): Iterable<Connection> {
  return connections(reach, entrances, filter);
}
