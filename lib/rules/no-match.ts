import { objectText } from '../finding/finding';
import { type LabelSelector, labelSelectorText, type NetworkModel, type Workload } from '../model';

/** Why a selector matches no pod of its namespace. */
export interface NoMatch {
  readonly help: string;
  /** Every label stands on some pod of the namespace, but no pod has them all: nothing that is missing from the input explains that. */
  readonly scattered: boolean;
}

/** Undefined when the selector matches a pod, and when the input has no pods of the namespace at all and so cannot tell. */
export function whyNothingMatches(
  model: NetworkModel,
  namespace: string,
  selector: LabelSelector,
): NoMatch | undefined {
  const { selectors } = model;
  if (selectors.first(namespace, selector) !== undefined) return undefined;
  const labels = [...selector.labels];
  const scattered =
    labels.length > 1 &&
    selector.expressions.length === 0 &&
    labels.every(([key, value]) => selectors.hasLabel(namespace, key, value));
  const elsewhere = selectors.firstAnywhere(selector);
  if (elsewhere !== undefined) {
    return {
      help: `${objectText(elsewhere.object.ref)} has these labels, in another namespace: selectors see their own namespace only`,
      scattered,
    };
  }
  if (!selectors.hasWorkloads(namespace)) return undefined;
  const nearest = selectors.nearest(namespace, selector);
  if (nearest === undefined) {
    return {
      help: `no pod in namespace ${namespace} comes near: compare ${labelSelectorText(selector)} with the labels of the pod templates`,
      scattered,
    };
  }
  return {
    help: `the nearest is ${objectText(nearest.object.ref)}, whose pods have ${difference(selector, nearest)}`,
    scattered,
  };
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
