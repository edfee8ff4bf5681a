import { at, textMap } from './json';
import type { LabelSelector } from './label-selector';
import { concat } from './lists';
import { bySelector, labelIndex } from './selector-index';
import { similarNames } from './similar-names';
import type { ModelObject } from './source-object';

/** The label that the API server gives every namespace: its name (KEP-2161). */
export const NAMESPACE_NAME_LABEL = 'kubernetes.io/metadata.name';

export interface Namespace {
  readonly name: string;
  /** With the label that the API server adds. */
  readonly labels: ReadonlyMap<string, string>;
  /** Undefined when the input has objects in the namespace, and not the Namespace itself: labels beyond the name are not known then. */
  readonly object: ModelObject | undefined;
}

export interface NamespaceSelection {
  /** Namespaces that the selector certainly chooses. */
  readonly matched: readonly Namespace[];
  /** Namespaces whose labels are not known, and that it may choose. */
  readonly possible: readonly Namespace[];
  /** It asks for no label, so that namespaces of which the input knows nothing, such as `kube-system`, are chosen too. */
  readonly open: boolean;
}

export interface NamespaceIndex {
  readonly select: (selector: LabelSelector) => NamespaceSelection;
  readonly get: (name: string) => Namespace | undefined;
  /** The namespace that the name is probably a misspelling of. */
  readonly similar: (name: string) => Namespace | undefined;
  /** Whether the input has Namespaces at all, and so tells their labels. */
  readonly declared: boolean;
}

/** Operators that do not hold for an object without labels. */
const ASKING: ReadonlySet<string> = new Set(['In', 'Exists']);

export function isNamespace({ ref }: ModelObject): boolean {
  return ref.kind === 'Namespace' && ref.apiVersion === 'v1';
}

export function readNamespace(object: ModelObject): Namespace {
  const { name } = object.ref;
  const labels = textMap(at(object.manifest, 'metadata', 'labels'));
  return { name, labels: new Map([...labels, [NAMESPACE_NAME_LABEL, name]]), object };
}

/** The namespaces that are declared, and those that objects are in. */
export function namespaceIndex(objects: readonly ModelObject[]): NamespaceIndex {
  const declared = objects.filter(isNamespace).map(readNamespace);
  const byName = new Map(declared.map((namespace) => [namespace.name, namespace]));
  const undeclared: Namespace[] = [];
  for (const { ref } of objects) {
    if (ref.namespace === null || byName.has(ref.namespace)) continue;
    const namespace = {
      name: ref.namespace,
      labels: new Map([[NAMESPACE_NAME_LABEL, ref.namespace]]),
      object: undefined,
    };
    byName.set(namespace.name, namespace);
    undeclared.push(namespace);
  }
  const known = labelIndex(declared);
  const unknown = labelIndex(undeclared);
  const similar = similarNames([...byName.values()], ({ name }) => name);
  return {
    get: (name) => byName.get(name),
    similar,
    declared: declared.length > 0,
    select: bySelector((selector) => {
      const byNameOnly = onName(selector);
      const unlabelled = unknown.select(byNameOnly);
      const decided =
        byNameOnly.labels.size === selector.labels.size &&
        byNameOnly.expressions.length === selector.expressions.length;
      return {
        matched: concat(known.select(selector), decided ? unlabelled : []),
        possible: decided ? [] : unlabelled,
        open: selector.labels.size === 0 && !selector.expressions.some(({ operator }) => ASKING.has(operator)),
      };
    }),
  };
}

/** What of a selector of namespaces asks for the name. */
export function onName({ labels, expressions }: LabelSelector): LabelSelector {
  return {
    labels: new Map([...labels].filter(([key]) => key === NAMESPACE_NAME_LABEL)),
    expressions: expressions.filter(({ key }) => key === NAMESPACE_NAME_LABEL),
  };
}
