import {
  apiGroup,
  at,
  expressionHolds,
  labelSelectorText,
  member,
  readLabelSelector,
  record,
  textMap,
} from '../../model';
import { isNoMapping, isSet } from '../field-problem';
import type { NetworkRule } from '../network-rule';
import { podSpecs } from './pod-specs';

const KINDS: ReadonlySet<string> = new Set(['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet']);

/** "selector does not match template labels" (pkg/apis/apps/validation). */
export const workloadSelectorMismatch: NetworkRule = {
  code: 'NL536',
  slug: 'workload-selector-mismatch',
  severity: 'error',
  title: 'A controller does not select the pods that it makes',
  layer: 'object',
  check(model, report) {
    for (const { object, path } of podSpecs(model)) {
      const { kind, apiVersion } = object.ref;
      if (!KINDS.has(kind) || apiGroup(apiVersion) !== 'apps' || !apiVersion.endsWith('/v1')) continue;
      const selector = readLabelSelector(at(object.manifest, 'spec', 'selector'));
      if (isEmpty(at(object.manifest, 'spec', 'selector'))) {
        report({
          on: object,
          field: ['spec', 'selector'],
          message: `the ${kind} has no selector`,
          help: 'write spec.selector.matchLabels, with labels of spec.template.metadata.labels',
        });
        continue;
      }
      const metadata = at(object.manifest, ...path.slice(0, -1), 'metadata');
      const written = member(metadata, 'labels');
      const labels = textMap(written);
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

/** Fields that a selector does not have are reported as such. */
function isEmpty(selector: unknown): boolean {
  if (!isSet(selector)) return true;
  const fields = record(selector);
  return fields !== undefined && Object.values(fields).every((value) => !isSet(value) || isNothing(value));
}

function isNothing(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
