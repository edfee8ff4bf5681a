import { objectText } from '../../finding/finding';
import type { Problem } from '../../finding/problem';
import { at, isDnsLabel, type ModelObject, textMap } from '../../model';
import { shown } from '../field-problem';
import { isAtLeast } from '../kubernetes-version';
import type { NetworkRule } from '../network-rule';

/**
 * `serviceName` is the headless Service under whose name each pod has a DNS name of its own (StatefulSetSpec, `serviceName`). Where
 * one replica was asked for in so many words, nobody needs to tell pods apart: that is worth a remark only.
 */
export const governingService: NetworkRule = {
  code: 'NL304',
  slug: 'governing-service',
  severity: 'warning',
  title: 'The governing Service of a StatefulSet is missing or not headless',
  check(model, report) {
    for (const { object, namespace, name, serviceName, replicas } of model.statefulSets) {
      if (serviceName === undefined) continue;
      if (!isDnsLabel(serviceName)) {
        if (isAtLeast(model.facts, LABEL_SINCE)) report({ on: object, ...notALabel(serviceName) });
        continue;
      }
      const service = model.service(namespace, serviceName);
      const field = ['spec', 'serviceName'];
      const severity = replicas === 1 ? 'info' : 'warning';
      if (service === undefined) {
        const similar = model.similarService(namespace, serviceName);
        report({
          on: object,
          field,
          severity,
          message: `serviceName ${serviceName} names no Service of namespace ${namespace}`,
          ...(similar && { related: [{ on: similar.object, field: ['metadata', 'name'], message: 'a similar name' }] }),
          help:
            similar === undefined
              ? `add a headless Service ${serviceName}, unless it is made elsewhere: without it the pods have no DNS names`
              : `did you mean ${objectText(similar.object.ref)}?`,
        });
      } else if (!service.headless) {
        report({
          on: object,
          field,
          severity,
          message: `${objectText(service.object.ref)} is not headless, so that pods such as ${name}-0 have no DNS name`,
          related: [{ on: service.object, field: ['spec', 'clusterIP'], message: 'the governing Service' }],
          help: 'set clusterIP: None, and add another Service where one address is needed; clusterIP of a Service cannot be changed, it must be made anew',
        });
      } else if (service.selector !== undefined && !selects(service.selector.labels, object)) {
        report({
          on: object,
          field,
          severity,
          message: `${objectText(service.object.ref)} does not select the pods of the StatefulSet, so that pods such as ${name}-0 have no DNS name`,
          related: [{ on: service.object, field: ['spec', 'selector'], message: 'what it selects' }],
          help: 'select labels of the pod template',
        });
      }
    }
  },
};

/** ValidateStatefulSetSpec looks at the name since then. */
const LABEL_SINCE = 33;

function notALabel(serviceName: string): Problem {
  return {
    field: ['spec', 'serviceName'],
    severity: 'error',
    message: `serviceName ${shown(serviceName)} is not a DNS label, which Kubernetes refuses since 1.33`,
    help: 'write the name of a Service: at most 63 lower-case letters, digits and hyphens, a letter or digit first and last',
  };
}

function selects(selector: ReadonlyMap<string, string>, { manifest }: ModelObject): boolean {
  const labels = textMap(at(manifest, 'spec', 'template', 'metadata', 'labels'));
  return [...selector].every(([key, value]) => labels.get(key) === value);
}
