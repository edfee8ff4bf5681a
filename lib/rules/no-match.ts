import { objectText } from '../finding/finding';
import { type LabelSelector, labelSelectorText, type NetworkModel } from '../model';

/**
 * Why a selector matches no pod of its namespace; undefined when it matches one, or when the input has no pods of the
 * namespace at all and so cannot tell.
 */
export function whyNothingMatches(model: NetworkModel, namespace: string, selector: LabelSelector): string | undefined {
  if (model.selectors.select(namespace, selector).length > 0) return undefined;
  const elsewhere = model.selectors.selectAnywhere(selector).at(0);
  if (elsewhere !== undefined) {
    return `${objectText(elsewhere.object.ref)} has these labels, in another namespace: selectors see their own namespace only`;
  }
  if (!model.selectors.hasWorkloads(namespace)) return undefined;
  const nearest = model.selectors.nearest(namespace, selector);
  if (nearest === undefined)
    return `no pod in namespace ${namespace} has any of the labels: compare ${labelSelectorText(selector)} with the labels of the pod template`;
  const missing = [...selector.labels].filter(([key, value]) => nearest.labels.get(key) !== value);
  const actual = missing.map(([key]) => `${key}=${nearest.labels.get(key) ?? '(absent)'}`);
  return `the nearest is ${objectText(nearest.object.ref)}, whose pods have ${actual.join(',') || 'the labels but not the expressions'}`;
}
