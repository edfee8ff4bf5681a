import { expressionHolds, type LabelExpression, type LabelSelector } from './label-selector';
import { append, groupBy, memoized, once } from './lookup';
import type { Workload } from './workload';

/** Answers "which pods does this selector match" from the rarest of its labels, without a scan of all workloads. */
export interface SelectorIndex {
  /** Workloads of the namespace whose pods the selector matches; all of the namespace for an empty selector. Equal questions get the same array. */
  readonly select: (namespace: string, selector: LabelSelector) => readonly Workload[];
  /** The first of them, for who asks only whether there is one. */
  readonly first: (namespace: string, selector: LabelSelector) => Workload | undefined;
  /** Workloads of all namespaces whose pods the selector matches. Equal questions get the same array. */
  readonly selectAnywhere: (selector: LabelSelector) => readonly Workload[];
  /** The first workload of any namespace whose pods the selector matches. */
  readonly firstAnywhere: (selector: LabelSelector) => Workload | undefined;
  /** The workload of the namespace that has most of the selector's labels, if any has one of them. */
  readonly nearest: (namespace: string, selector: LabelSelector) => Workload | undefined;
  /** Whether any pod of the namespace has the label. */
  readonly hasLabel: (namespace: string, key: string, value: string) => boolean;
  /** Workloads of the namespace whose pods have the label, with whatever value. */
  readonly withKey: (namespace: string, key: string) => readonly Workload[];
  readonly hasWorkloads: (namespace: string) => boolean;
}

/** A label that thousands of workloads share says little about which one was meant. */
const NEAREST_CANDIDATES = 100;

export function selectorIndex(workloads: readonly Workload[]): SelectorIndex {
  const anywhere = once(() => labelIndex(workloads));
  const byNamespace = new Map(
    [...groupBy(workloads, ({ namespace }) => namespace)].map(([namespace, members]) => [
      namespace,
      labelIndex(members),
    ]),
  );
  const nowhere = labelIndex<Workload>([]);
  const inNamespace = (namespace: string): LabelIndex<Workload> => byNamespace.get(namespace) ?? nowhere;
  return {
    select: (namespace, selector) => inNamespace(namespace).select(selector),
    first: (namespace, selector) => inNamespace(namespace).first(selector),
    selectAnywhere: (selector) => anywhere().select(selector),
    firstAnywhere: (selector) => anywhere().first(selector),
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
    withKey: (namespace, key) => inNamespace(namespace).withKey(key),
    hasWorkloads: (namespace) => byNamespace.has(namespace),
  };
}

/** What has labels: pods, namespaces. */
interface Labelled {
  readonly labels: ReadonlyMap<string, string>;
}

/** The same questions over one set of labelled things. */
export interface LabelIndex<T extends Labelled> {
  readonly all: readonly T[];
  readonly labelled: (key: string, value: string) => readonly T[];
  readonly withKey: (key: string) => readonly T[];
  readonly select: (selector: LabelSelector) => readonly T[];
  readonly first: (selector: LabelSelector) => T | undefined;
}

export function labelIndex<T extends Labelled>(items: readonly T[]): LabelIndex<T> {
  const byKey = new Map<string, { readonly all: T[]; readonly byValue: Map<string, T[]> }>();
  const none: readonly T[] = [];
  for (const item of items) {
    for (const [key, value] of item.labels) {
      let found = byKey.get(key);
      if (found === undefined) byKey.set(key, (found = { all: [], byValue: new Map() }));
      found.all.push(item);
      append(found.byValue, value, item);
    }
  }
  const withKey = (key: string): readonly T[] => byKey.get(key)?.all ?? none;
  const labelled = (key: string, value: string): readonly T[] => byKey.get(key)?.byValue.get(value) ?? none;
  const withExpression = ({ key, operator, values }: LabelExpression): readonly T[] => {
    if (operator === 'Exists') return withKey(key);
    const listed = [...new Set(values)].map((value) => labelled(key, value));
    if (operator === 'In') return listed.flat();
    const excluded = operator === 'NotIn' ? listed.reduce((sum, some) => sum + some.length, 0) : withKey(key).length;
    return excluded === items.length ? none : items;
  };
  const candidates = (selector: LabelSelector): readonly T[] => {
    let rarest = items;
    const narrow = (some: readonly T[]): void => {
      if (some.length < rarest.length) rarest = some;
    };
    for (const [key, value] of selector.labels) narrow(labelled(key, value));
    for (const expression of selector.expressions) narrow(withExpression(expression));
    return rarest;
  };
  /** What needs no search: all, or those with one label, as most selectors ask. */
  const indexed = ({ labels, expressions }: LabelSelector): readonly T[] | undefined => {
    if (expressions.length > 0 || labels.size > 1) return undefined;
    const [label] = labels;
    return labels.size === 0 ? items : labelled(...label);
  };
  const select = bySelector((selector) => candidates(selector).filter((item) => selects(selector, item)));
  const first = bySelector((selector) => candidates(selector).find((item) => selects(selector, item)));
  return {
    all: items,
    labelled,
    withKey,
    select: (selector) => indexed(selector) ?? select(selector),
    first: (selector) => {
      const found = indexed(selector);
      return found === undefined ? first(selector) : found.at(0);
    },
  };
}

/** Many rules ask with the same selector, which is known before its key is made; equal selectors have equal answers. */
export function bySelector<A>(answer: (selector: LabelSelector) => A): (selector: LabelSelector) => A {
  const equal = memoized(selectorKey, (selector: LabelSelector) => ({ answer: answer(selector) }));
  const same = new Map<LabelSelector, { readonly answer: A }>();
  return (selector) => {
    const known = same.get(selector);
    if (known !== undefined) return known.answer;
    const entry = equal(selector);
    same.set(selector, entry);
    return entry.answer;
  };
}

/** Selectors are values, and the same one is asked for by many rules. */
const KEYS = new WeakMap<LabelSelector, string>();

export function selectorKey(selector: LabelSelector): string {
  const known = KEYS.get(selector);
  if (known !== undefined) return known;
  const { labels, expressions } = selector;
  // Nearly all have one label and nothing else. JSON begins with a bracket, this with a digit.
  const [[name, value] = ['', '']] = labels;
  const key =
    labels.size === 1 && expressions.length === 0
      ? `${name.length} ${name}${value}`
      : JSON.stringify([[...labels], expressions]);
  KEYS.set(selector, key);
  return key;
}

function selects({ labels: wanted, expressions }: LabelSelector, { labels }: Labelled): boolean {
  for (const [key, value] of wanted) if (labels.get(key) !== value) return false;
  return expressions.every((expression) => expressionHolds(expression, labels));
}
