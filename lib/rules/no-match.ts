import { objectText } from '../finding/finding';
import {
  at,
  type LabelSelector,
  labelSelectorText,
  type ModelObject,
  type NetworkModel,
  isSimilarName,
  similarNames,
  textMap,
  type Workload,
} from '../model';
import { append } from '../model/lookup';
import { madeByOperator } from './operator-made-pods';
import { perModel } from '../model/per-model';

/** Why a selector matches no pod of its namespace. */
export interface NoMatch {
  readonly help: string;
  /**
   * Whether the input shows what was meant: every label stands on some pod of the namespace and none has them all, the labels are
   * those of a controller instead of its pods, or one value is a misspelling. What is missing from the input explains none of these.
   */
  readonly certain: boolean;
}

/**
 * Undefined when the selector matches a pod, when the input has no pods of the namespace at all and so cannot tell, and when an operator
 * plausibly makes the pods.
 */
export function whyNothingMatches(
  model: NetworkModel,
  namespace: string,
  selector: LabelSelector,
): NoMatch | undefined {
  const why = noMatch(model, namespace, selector);
  return why === undefined || why.certain || !madeByOperator(model, namespace, selector) ? why : undefined;
}

function noMatch(model: NetworkModel, namespace: string, selector: LabelSelector): NoMatch | undefined {
  const { selectors } = model;
  if (selectors.first(namespace, selector) !== undefined) return undefined;
  if (isOfCluster(namespace, selector) || matchesAtRunTime(model, namespace, selector)) return undefined;
  const labels = [...selector.labels];
  const scattered =
    labels.length > 1 &&
    selector.expressions.length === 0 &&
    labels.every(([key, value]) => selectors.hasLabel(namespace, key, value));
  const elsewhere = selectors.firstAnywhere(selector);
  if (elsewhere !== undefined) {
    return {
      help: `${objectText(elsewhere.object.ref)} has these labels, in another namespace: selectors see their own namespace only`,
      certain: scattered,
    };
  }
  if (!selectors.hasWorkloads(namespace)) return undefined;
  const labelled = controllerWithLabels(model, namespace, selector);
  if (labelled !== undefined) {
    return {
      help: `${objectText(labelled.object.ref)} has these labels itself, and its pods have not: put them into spec.template.metadata.labels`,
      certain: true,
    };
  }
  const nearest = selectors.nearest(namespace, selector) ?? misspelt(model, namespace, selector);
  if (nearest === undefined) {
    return {
      help: `no pod in namespace ${namespace} comes near: compare ${labelSelectorText(selector)} with the labels of the pod templates`,
      certain: scattered,
    };
  }
  return {
    help: `the nearest is ${objectText(nearest.object.ref)}, whose pods have ${difference(selector, nearest)}`,
    certain: scattered || isMisspelling(selector, nearest),
  };
}

/** Labels that controllers, or the processes in the pods, give to each of their pods. */
const RUNTIME_LABELS: ReadonlySet<string> = new Set([
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/job-completion-index',
  'batch.kubernetes.io/job-name',
  'controller-revision-hash',
  'job-name',
  'pod-template-hash',
  'rollouts-pod-template-hash',
  'spilo-role',
  'statefulset.kubernetes.io/pod-name',
  'vault-active',
  'vault-initialized',
  'vault-perf-standby',
  'vault-sealed',
]);

/** Patroni and its like say in a label who leads. */
const RUNTIME_ROLES: ReadonlySet<string> = new Set(['leader', 'master', 'primary', 'replica', 'standby_leader']);

/** The pods of a workload that has all other labels may get these. */
function matchesAtRunTime({ selectors }: NetworkModel, namespace: string, selector: LabelSelector): boolean {
  const isOfMany = selector.labels.size > 1;
  const atRunTime = [...selector.labels.keys()].filter(
    (key) =>
      RUNTIME_LABELS.has(key) || (isOfMany && key === 'role' && RUNTIME_ROLES.has(selector.labels.get(key) ?? '')),
  );
  if (atRunTime.length === 0) return false;
  const labels = new Map([...selector.labels].filter(([key]) => !atRunTime.includes(key)));
  return selectors
    .select(namespace, { ...selector, labels })
    .some((workload) => atRunTime.every((key) => !workload.labels.has(key)));
}

const CLUSTER_COMPONENTS: ReadonlySet<string> = new Set([
  'component=etcd',
  'component=kube-apiserver',
  'component=kube-controller-manager',
  'component=kube-scheduler',
  'k8s-app=kube-dns',
  'k8s-app=kube-proxy',
]);

/** What every cluster has, and no application brings along. */
function isOfCluster(namespace: string, { labels }: LabelSelector): boolean {
  return namespace === 'kube-system' && [...labels].some(([key, value]) => CLUSTER_COMPONENTS.has(`${key}=${value}`));
}

/** A selector of one label, which nobody has, has a value that is nearly that of some pod. */
function misspelt(model: NetworkModel, namespace: string, selector: LabelSelector): Workload | undefined {
  if (selector.labels.size !== 1 || selector.expressions.length > 0) return undefined;
  const [[key, value]] = selector.labels;
  return similarValues(model, namespace, key)(value);
}

type SimilarValue = (value: string) => Workload | undefined;

const similarByKey = perModel(() => new Map<string, SimilarValue>());

function similarValues(model: NetworkModel, namespace: string, key: string): SimilarValue {
  const known = similarByKey(model);
  const place = JSON.stringify([namespace, key]);
  const similar =
    known.get(place) ?? similarNames(model.selectors.withKey(namespace, key), ({ labels }) => labels.get(key) ?? '');
  known.set(place, similar);
  return similar;
}

/** All but one of the labels fit, and the value of that one is nearly right. */
function isMisspelling(selector: LabelSelector, { labels }: Workload): boolean {
  if (selector.expressions.length > 0) return false;
  const wrong = [...selector.labels].filter(([key, value]) => labels.get(key) !== value);
  if (wrong.length !== 1) return false;
  const [[key, value]] = wrong;
  const actual = labels.get(key);
  return actual !== undefined && isSimilarName(actual, value);
}

/** Labels of a controller are not those of its pods, which selectors look at. */
function controllerWithLabels(
  model: NetworkModel,
  namespace: string,
  { labels, expressions }: LabelSelector,
): Workload | undefined {
  if (labels.size === 0 || expressions.length > 0) return undefined;
  const [[key, value]] = labels;
  return controllersByLabel(model)
    .get(JSON.stringify([namespace, key, value]))
    ?.slice(0, MOST_COMPARED)
    .find(({ object }) => {
      const own = labelsOf(object);
      return [...labels].every(([name, wanted]) => own.get(name) === wanted);
    });
}

/** A label that thousands of controllers share says little about which one was meant. */
const MOST_COMPARED = 100;

const controllersByLabel = perModel((model): ReadonlyMap<string, Workload[]> => {
  const index = new Map<string, Workload[]>();
  for (const workload of model.workloads) {
    for (const [key, value] of labelsOf(workload.object)) {
      append(index, JSON.stringify([workload.namespace, key, value]), workload);
    }
  }
  return index;
});

function labelsOf({ manifest }: ModelObject): ReadonlyMap<string, string> {
  return textMap(at(manifest, 'metadata', 'labels'));
}

function difference(selector: LabelSelector, { labels }: Workload): string {
  const missing = [...selector.labels].filter(([key, value]) => labels.get(key) !== value);
  if (missing.length === 0) return 'the labels, but do not fit the expressions';
  return missing
    .map(([key]) => {
      const value = labels.get(key);
      return value === undefined ? `no label ${key}` : `${key}=${value}`;
    })
    .join(', ');
}
