import { at, labelSelectorText, type ModelObject, readLabelSelector } from '../../model';
import { changed, type ChangeRule, isKind } from '../change-rule';
import { fieldsDiffer } from '../fields';

const CONTROLLERS = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];

/** apps/v1: "field is immutable". */
export const selectorChange: ChangeRule = {
  code: 'NL808',
  slug: 'selector-change',
  severity: 'error',
  title: 'The selector of a workload changes',
  check({ pairs }, report) {
    for (const pair of pairs) {
      if (
        !CONTROLLERS.some((kind) => isKind(pair.before, /^apps\/v1$/, kind) && isKind(pair.after, /^apps\/v1$/, kind))
      )
        continue;
      if (!fieldsDiffer(pair, 'spec.selector')) continue;
      report(
        changed(pair, ['spec', 'selector'], {
          message: `the selector changes from ${selectorText(pair.before)} to ${selectorText(pair.after)}`,
          help: 'the API server refuses it: keep the selector and change other labels, or add a workload of another name and remove this one',
        }),
      );
    }
  },
};

function selectorText({ manifest }: ModelObject): string {
  return labelSelectorText(readLabelSelector(at(manifest, 'spec', 'selector')));
}
