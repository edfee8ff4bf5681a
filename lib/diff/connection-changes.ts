import { type AddressRange, compareRanges, formatRange } from '../address';
import { compareText } from '../finding/finding';
import type { NetworkModel } from '../model';
import {
  type ConnectionSet,
  entrances,
  fromController,
  INGRESS_CONTROLLER,
  NO_CONNECTIONS,
  type Reachability,
  type Row,
  solve,
  type SolveOptions,
} from '../reach';
import { append } from './lists';
import { type CausesOf, policyCauses, type PolicyCause } from './policy-causes';
import { type WorkloadGroup, workloadGroups } from './workload-groups';

/** Connections that are possible in one of two states and not in the other. Each source has the change with each destination that is not itself. */
export interface ConnectionChange {
  readonly change: 'added' | 'removed' | 'changed';
  /** `namespace/name[Kind]`, `{ingress-controller}`, or ranges `first-last`. */
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  /** `TCP 80`; null where nothing is possible. */
  readonly before: string | null;
  readonly after: string | null;
  /** Whether one end is there in one state only: such connections come and go with it. */
  readonly because: 'policies' | 'workload';
  readonly policies: readonly PolicyCause[];
}

/** A state, with the texts of its connection sets: of two states only texts can be compared. */
interface Side {
  readonly reach: Reachability;
  readonly textOf: (set: ConnectionSet) => string;
}

/** Instead of the text of a set: the state has no such workload. */
const ABSENT = '-';

export function connectionChanges(
  before: NetworkModel,
  after: NetworkModel,
  options: SolveOptions = {},
): ConnectionChange[] {
  const [old, current] = [before, after].map((model) => sideOf(solve(model, options)));
  const groups = workloadGroups(old.reach, current.reach);
  const causesOf = policyCauses(old.reach, current.reach);
  return merged([
    ...betweenWorkloads(old, current, groups, causesOf),
    ...withOutside(old, current, groups, causesOf),
    ...withController([before, after], [old, current], groups, causesOf),
  ]);
}

function sideOf(reach: Reachability): Side {
  const texts: string[] = [];
  return { reach, textOf: (set) => (texts[set] ??= set === NO_CONNECTIONS ? '' : reach.sets.text(set)) };
}

function changeOf(
  sources: readonly string[],
  destinations: readonly string[],
  [from, to]: readonly [from: string, to: string],
  policies: () => readonly PolicyCause[],
): ConnectionChange[] {
  const [before, after] = [from, to].map((text) => (text === ABSENT || text === '' ? null : text));
  if (before === after) return [];
  const because = from === ABSENT || to === ABSENT ? 'workload' : 'policies';
  return [
    {
      change: before === null ? 'added' : after === null ? 'removed' : 'changed',
      sources,
      destinations,
      before,
      after,
      because,
      policies: because === 'policies' ? policies() : [],
    },
  ];
}

function betweenWorkloads(
  old: Side,
  current: Side,
  groups: readonly WorkloadGroup[],
  causesOf: CausesOf,
): ConnectionChange[] {
  return groups.flatMap((source) => {
    const [from, to] = [rowLookup(old, source.before), rowLookup(current, source.after)];
    return groups.flatMap((destination) => {
      // A workload is not paired with itself: another one of its group stands for the group.
      const member = destination === source ? 1 : 0;
      if (member >= destination.texts.length) return [];
      const states = [from(destination.before?.[member]), to(destination.after?.[member])] as const;
      return changeOf(source.texts, destination.texts, states, () => causesOf(source, destination));
    });
  });
}

function rowLookup(
  { reach, textOf }: Side,
  members: readonly number[] | undefined,
): (other: number | undefined) => string {
  if (members === undefined) return () => ABSENT;
  const sets = setsOf(reach.toWorkloads(members[0]));
  return (other) => (other === undefined ? ABSENT : textOf(sets.get(other) ?? NO_CONNECTIONS));
}

function setsOf({ others, connections }: Row): Map<number, ConnectionSet> {
  return new Map(Array.from(others, (other, at): [number, ConnectionSet] => [other, connections[at]]));
}

function withOutside(
  old: Side,
  current: Side,
  groups: readonly WorkloadGroup[],
  causesOf: CausesOf,
): ConnectionChange[] {
  const sources = refined(old.reach.sources, current.reach.sources);
  const destinations = refined(old.reach.destinations, current.reach.destinations);
  return groups.flatMap((group) => {
    const answer = (
      { reach, textOf }: Side,
      members: readonly number[] | undefined,
      ask: (workload: number, reach: Reachability) => ConnectionSet,
    ): string => (members === undefined ? ABSENT : textOf(ask(members[0], reach)));
    const incoming = ranges(sources, ({ before, after }) => [
      answer(old, group.before, (workload, reach) => reach.outsideTo(before, workload)),
      answer(current, group.after, (workload, reach) => reach.outsideTo(after, workload)),
    ]);
    const outgoing = ranges(destinations, ({ before, after }) => [
      answer(old, group.before, (workload, reach) => reach.toOutsideRange(workload, before)),
      answer(current, group.after, (workload, reach) => reach.toOutsideRange(workload, after)),
    ]);
    return [
      ...incoming.flatMap(({ texts, states }) =>
        changeOf(texts, group.texts, states, () => causesOf(undefined, group)),
      ),
      ...outgoing.flatMap(({ texts, states }) =>
        changeOf(group.texts, texts, states, () => causesOf(group, undefined)),
      ),
    ];
  });
}

/** A range that lies in one range of each state. */
interface RefinedRange {
  readonly range: AddressRange;
  /** Index of the range of that state. */
  readonly before: number;
  readonly after: number;
}

/** The coarsest ranges that both states can tell apart. Of a family that one state does not have nothing is said. */
function refined(before: readonly AddressRange[], after: readonly AddressRange[]): RefinedRange[] {
  const found: RefinedRange[] = [];
  let [from, to] = [0, 0];
  while (from < before.length && to < after.length) {
    const [a, b] = [before[from], after[to]];
    if (a.family !== b.family) {
      if (compareRanges(a, b) < 0) from++;
      else to++;
      continue;
    }
    const first = a.first > b.first ? a.first : b.first;
    const last = a.last < b.last ? a.last : b.last;
    if (first <= last) found.push({ range: { family: a.family, first, last }, before: from, after: to });
    if (a.last <= b.last) from++;
    if (b.last <= a.last) to++;
  }
  return found;
}

interface Answer {
  readonly states: readonly [string, string];
  readonly texts: string[];
}

/** Neighbours with the same answers are one range; ranges with the same answers are told together. */
function ranges(
  refinedRanges: readonly RefinedRange[],
  ask: (range: RefinedRange) => readonly [string, string],
): Answer[] {
  const joined: { range: AddressRange; readonly states: readonly [string, string] }[] = [];
  for (const entry of refinedRanges) {
    const states = ask(entry);
    const last = joined.at(-1);
    const { range } = entry;
    const continues =
      last?.range.family === range.family &&
      last.range.last + 1n === range.first &&
      last.states.join('\0') === states.join('\0');
    if (continues) last.range = { ...last.range, last: range.last };
    else joined.push({ range, states });
  }
  const answers = new Map<string, Answer>();
  for (const { range, states } of joined) {
    const answer = answers.get(states.join('\0')) ?? { states, texts: [] };
    answer.texts.push(formatRange(range));
    answers.set(states.join('\0'), answer);
  }
  return [...answers.values()];
}

function withController(
  models: readonly NetworkModel[],
  sides: readonly Side[],
  groups: readonly WorkloadGroup[],
  causesOf: CausesOf,
): ConnectionChange[] {
  const [from, to] = sides.map(({ reach, textOf }, index) => {
    const sets = setsOf(fromController(reach, entrances(models[index], reach)));
    return (workload: number | undefined): string =>
      workload === undefined ? ABSENT : textOf(sets.get(workload) ?? NO_CONNECTIONS);
  });
  // Ingresses tell apart what policies do not: each workload is asked for.
  return groups.flatMap((group) =>
    group.texts.flatMap((text, index) =>
      changeOf([INGRESS_CONTROLLER], [text], [from(group.before?.[index]), to(group.after?.[index])], () =>
        causesOf(undefined, group).filter(({ change }) => change !== null),
      ),
    ),
  );
}

const CHANGES = ['added', 'changed', 'removed'];

/** Rows that differ in their destinations alone, then those that differ in their sources alone, become one. */
function merged(rows: readonly ConnectionChange[]): ConnectionChange[] {
  const byDestinations = mergedBy(rows, 'sources', 'destinations');
  return mergedBy(byDestinations, 'destinations', 'sources').sort(
    (a, b) =>
      compareText(a.because, b.because) ||
      CHANGES.indexOf(a.change) - CHANGES.indexOf(b.change) ||
      compareText(a.sources.join(), b.sources.join()) ||
      compareText(a.destinations.join(), b.destinations.join()) ||
      compareText(a.after ?? '', b.after ?? ''),
  );
}

function mergedBy(
  rows: readonly ConnectionChange[],
  same: 'sources' | 'destinations',
  other: 'sources' | 'destinations',
): ConnectionChange[] {
  const groups = new Map<string, ConnectionChange[]>();
  for (const row of rows) {
    const policies = row.policies.map(({ object }) => `${object.namespace ?? ''}/${object.name}`);
    const key = JSON.stringify([row.because, row.before, row.after, row[same], policies]);
    append(groups, key, row);
  }
  return [...groups.values()].map((group) => ({
    ...group[0],
    [other]: sortedTexts(group.flatMap((row) => row[other])),
  }));
}

/** Ranges stay in the order of addresses. */
function sortedTexts(texts: readonly string[]): readonly string[] {
  return texts.some((text) => text.includes('/')) ? [...new Set(texts)].sort(compareText) : [...new Set(texts)];
}
