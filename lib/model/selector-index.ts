import { expressionHolds, type LabelExpression, type LabelSelector } from './label-selector';
import { append, groupBy, memoized } from './lookup';
import type { Workload } from './workload';

/** Answers "which pods does this selector match" from the rarest of its labels, without a scan of all workloads. */
export interface SelectorIndex {
  /** Workloads of the namespace whose pods the selector matches; all of the namespace for an empty selector. Equal questions get the same array. */
  readonly select: (namespace: string, selector: LabelSelector) => readonly Workload[];
  /** The first workload of any namespace whose pods the selector matches. */
  readonly firstAnywhere: (selector: LabelSelector) => Workload | undefined;
  /** The workload of the namespace that has most of the selector's labels, if any has one of them. */
  readonly nearest: (namespace: string, selector: LabelSelector) => Workload | undefined;
  /** Whether any pod of the namespace has the label. */
  readonly hasLabel: (namespace: string, key: string, value: string) => boolean;
  readonly hasWorkloads: (namespace: string) => boolean;
}

/** A label that thousands of workloads share says little about which one was meant. */
const NEAREST_CANDIDATES = 100;

export function selectorIndex(workloads: readonly Workload[]): SelectorIndex {
  const anywhere = labelIndex(workloads);
  const byNamespace = new Map(
    [...groupBy(workloads, ({ namespace }) => namespace)].map(([namespace, members]) => [
      namespace,
      labelIndex(members),
    ]),
  );
  const inNamespace = (namespace: string): LabelIndex => byNamespace.get(namespace) ?? NO_WORKLOADS;
  return {
    select: (namespace, selector) => inNamespace(namespace).select(selector),
    firstAnywhere: (selector) => anywhere.first(selector),
    nearest(namespace, selector) {
      const { labelled } = inNamespace(namespace);
      const shared = new Map<Workload, number>();
      for (const [key, value] of selector.labels) {
        for (const workload of labelled(key, value).slice(0, NEAREST_CANDIDATES)) {
          shared.set(workload, (shared.get(workload) ?? 0) + 1);
        }
      }
      let nearest: Workload | undefined;
      for (const [workload, count] of shared) {
        if (nearest === undefined || count > (shared.get(nearest) ?? 0)) nearest = workload;
      }
      return nearest;
    },
    hasLabel: (namespace, key, value) => inNamespace(namespace).labelled(key, value).length > 0,
    hasWorkloads: (namespace) => byNamespace.has(namespace),
  };
}

/** The same questions over one set of workloads. */
interface LabelIndex {
  readonly labelled: (key: string, value: string) => readonly Workload[];
  readonly select: (selector: LabelSelector) => readonly Workload[];
  readonly first: (selector: LabelSelector) => Workload | undefined;
}

function labelIndex(workloads: readonly Workload[]): LabelIndex {
  const byLabel = new Map<string, Workload[]>();
  const byKey = new Map<string, Workload[]>();
  for (const workload of workloads) {
    for (const [key, value] of workload.labels) {
      append(byKey, key, workload);
      append(byLabel, labelText(key, value), workload);
    }
  }
  const labelled = (key: string, value: string): readonly Workload[] => byLabel.get(labelText(key, value)) ?? [];
  const withExpression = ({ key, operator, values }: LabelExpression): readonly Workload[] => {
    if (operator === 'Exists') return byKey.get(key) ?? [];
    if (operator === 'In') return [...new Set(values)].flatMap((value) => labelled(key, value));
    return workloads;
  };
  const candidates = (selector: LabelSelector): readonly Workload[] => {
    let rarest = workloads;
    const narrow = (some: readonly Workload[]): void => {
      if (some.length < rarest.length) rarest = some;
    };
    for (const [key, value] of selector.labels) narrow(labelled(key, value));
    for (const expression of selector.expressions) narrow(withExpression(expression));
    return rarest;
  };
  return {
    labelled,
    select: memoized(selectorKey, (selector) => candidates(selector).filter((workload) => selects(selector, workload))),
    first: memoized(selectorKey, (selector) => candidates(selector).find((workload) => selects(selector, workload))),
  };
}

const NO_WORKLOADS: LabelIndex = labelIndex([]);

function selectorKey({ labels, expressions }: LabelSelector): string {
  return JSON.stringify([[...labels], expressions]);
}

function labelText(key: string, value: string): string {
  return `${key}\0${value}`;
}

function selects(selector: LabelSelector, workload: Workload): boolean {
  return (
    [...selector.labels].every(([key, value]) => workload.labels.get(key) === value) &&
    selector.expressions.every((expression) => expressionHolds(expression, workload.labels))
  );
}
