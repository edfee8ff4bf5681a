import { compareText } from '../finding/finding';
import type { Reachability } from '../reach';

/** Workloads that are alike in both states: who reaches one of them reaches the others. */
export interface WorkloadGroup {
  /** `namespace/name[Kind]`, sorted. */
  readonly texts: readonly string[];
  /** By member: its index in that state; undefined if that state has none of them. */
  readonly before: readonly number[] | undefined;
  readonly after: readonly number[] | undefined;
}

/** The workloads of both states, by their kinds in both. What is compared depends on the number of groups, not on that of workloads. */
export function workloadGroups(before: Reachability, after: Reachability): WorkloadGroup[] {
  const [old, current] = [before, after].map(indexesOf);
  const [oldKinds, currentKinds] = [before, after].map(kindsOf);
  const groups = new Map<string, { texts: string[]; before: number[] | undefined; after: number[] | undefined }>();
  for (const text of [...new Set([...old.keys(), ...current.keys()])].sort(compareText)) {
    const [from, to] = [old.get(text), current.get(text)];
    const key = [from === undefined ? '' : oldKinds[from], to === undefined ? '' : currentKinds[to]].join();
    const group = groups.get(key) ?? {
      texts: [],
      before: from === undefined ? undefined : [],
      after: to === undefined ? undefined : [],
    };
    group.texts.push(text);
    if (from !== undefined) group.before?.push(from);
    if (to !== undefined) group.after?.push(to);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function indexesOf({ workloads }: Reachability): Map<string, number> {
  return new Map(workloads.map(({ text }, index) => [text, index]));
}

function kindsOf({ kinds, workloads }: Reachability): number[] {
  const kindOf = workloads.map(() => 0);
  kinds.forEach((kind, index) => {
    for (const workload of kind.workloads) kindOf[workload] = index;
  });
  return kindOf;
}
