import { expressionHolds, type LabelSelector } from './label-selector';
import type { Workload } from './workload';

/** Answers "which pods does this selector match" from the rarest of its labels, without a scan of all workloads. */
export interface SelectorIndex {
  /** Workloads of the namespace whose pods the selector matches; all of the namespace for an empty selector. */
  readonly select: (namespace: string, selector: LabelSelector) => readonly Workload[];
  /** The same over all namespaces. */
  readonly selectAnywhere: (selector: LabelSelector) => readonly Workload[];
  /** The workload of the namespace that has most of the selector's labels, if any has one of them. */
  readonly nearest: (namespace: string, selector: LabelSelector) => Workload | undefined;
  readonly hasWorkloads: (namespace: string) => boolean;
}

/** A label that thousands of workloads share says little about which one was meant. */
const NEAREST_CANDIDATES = 100;

export function selectorIndex(workloads: readonly Workload[]): SelectorIndex {
  const byNamespace = new Map<string, Workload[]>();
  const byLabel = new Map<string, Workload[]>();
  const byNamespaceAndLabel = new Map<string, Workload[]>();
  for (const workload of workloads) {
    append(byNamespace, workload.namespace, workload);
    for (const [key, value] of workload.labels) {
      append(byLabel, `${key}\0${value}`, workload);
      append(byNamespaceAndLabel, `${workload.namespace}\0${key}\0${value}`, workload);
    }
  }
  const rarest = (
    all: readonly Workload[],
    selector: LabelSelector,
    labelled: (key: string, value: string) => readonly Workload[] | undefined,
  ): readonly Workload[] => {
    let candidates = all;
    for (const [key, value] of selector.labels) {
      const some = labelled(key, value) ?? [];
      if (some.length < candidates.length) candidates = some;
    }
    return candidates.filter((workload) => selects(selector, workload));
  };
  return {
    select: (namespace, selector) =>
      rarest(byNamespace.get(namespace) ?? [], selector, (key, value) =>
        byNamespaceAndLabel.get(`${namespace}\0${key}\0${value}`),
      ),
    selectAnywhere: (selector) => rarest(workloads, selector, (key, value) => byLabel.get(`${key}\0${value}`)),
    nearest(namespace, selector) {
      const shared = new Map<Workload, number>();
      for (const [key, value] of selector.labels) {
        const labelled = byNamespaceAndLabel.get(`${namespace}\0${key}\0${value}`) ?? [];
        for (const workload of labelled.slice(0, NEAREST_CANDIDATES)) {
          shared.set(workload, (shared.get(workload) ?? 0) + 1);
        }
      }
      const most = Math.max(0, ...shared.values());
      return [...shared].find(([, count]) => count === most)?.[0];
    },
    hasWorkloads: (namespace) => byNamespace.has(namespace),
  };
}

function selects(selector: LabelSelector, workload: Workload): boolean {
  return (
    [...selector.labels].every(([key, value]) => workload.labels.get(key) === value) &&
    selector.expressions.every((expression) => expressionHolds(expression, workload.labels))
  );
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const existing = map.get(key);
  if (existing === undefined) map.set(key, [value]);
  else existing.push(value);
}
