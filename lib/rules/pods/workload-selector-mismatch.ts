import { at, expressionHolds, labelSelectorText, member, readLabelSelector, record, textMap } from '../../model';
import { isNoMapping, isSet } from '../field-problem';
import type { LabelSelector } from '../../model/label-selector';
import type { NetworkRule } from '../network-rule';

const KINDS: ReadonlySet<string> = new Set(['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet']);

/** "selector does not match template labels" (pkg/apis/apps/validation). */
export const workloadSelectorMismatch: NetworkRule = {
  code: 'NL536',
  slug: 'workload-selector-mismatch',
  severity: 'error',
  title: 'A controller does not select the pods that it makes',
  layer: 'object',
  check(model, report) {
    for (const object of model.objects) {
      const { kind, apiVersion } = object.ref;
      if (!KINDS.has(kind) || apiVersion !== 'apps/v1') continue;
      const template = at(object.manifest, 'spec', 'template');
      // What has neither selector nor pods is a patch for an object.
      if (!isSet(at(object.manifest, 'spec', 'selector')) && !isSet(member(template, 'spec'))) continue;
      if (!isSet(template)) {
        report({
          on: object,
          field: ['spec', 'template'],
          message: `the ${kind} has no template`,
          help: 'write spec.template, with labels that spec.selector matches',
        });
        continue;
      }
      if (isEmpty(at(object.manifest, 'spec', 'selector'))) {
        report({
          on: object,
          field: ['spec', 'selector'],
          message: `the ${kind} has no selector`,
          help: 'write spec.selector.matchLabels, with labels of spec.template.metadata.labels',
        });
        continue;
      }
      const metadata = member(template, 'metadata');
      const written = member(metadata, 'labels');
      const labels = decodedLabels(written);
      const selector = decodedSelector(at(object.manifest, 'spec', 'selector'));
      // What is no label is reported as such.
      if (isNoMapping(metadata) || isNoMapping(written) || labels.size < Object.keys(record(written) ?? {}).length)
        continue;
      const wrong = [...selector.labels].filter(([key, value]) => labels.get(key) !== value);
      if (wrong.length > 0 || !selector.expressions.every((expression) => expressionHolds(expression, labels))) {
        const got = [...labels].map(([key, value]) => `${key}=${value}`).join(',');
        report({
          on: object,
          field: ['spec', 'selector'],
          message: `the selector ${labelSelectorText(selector)} does not match the labels of the pods, ${got === '' ? 'of which there are none' : got}`,
          help: 'give the pod template these labels, in spec.template.metadata.labels; the selector cannot be changed later',
        });
      }
    }
  },
};

/** To Go a null in a map of texts is the empty text. */
function decodedLabels(labels: unknown): ReadonlyMap<string, string> {
  const fields = Object.entries(record(labels) ?? {});
  return textMap(Object.fromEntries(fields.map(([key, value]) => [key, value ?? ''])));
}

function decodedSelector(selector: unknown): LabelSelector {
  const labels = Object.fromEntries(decodedLabels(member(selector, 'matchLabels')));
  return readLabelSelector({ ...record(selector), matchLabels: labels });
}

/** Fields that a selector does not have are reported as such. */
function isEmpty(selector: unknown): boolean {
  if (!isSet(selector)) return true;
  const fields = record(selector);
  return fields !== undefined && Object.values(fields).every((value) => !isSet(value) || isNothing(value));
}

function isNothing(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
