import { at, type LabelSelector, labelSelectorText, type NetworkModel, type Service } from '../../model';
import type { NetworkRule, Violation } from '../../rules/network-rule';
import { whyNothingMatches } from '../../rules/no-match';
import { backendsOf, hasStatus } from './backends';

/** Connections to a Service without ready endpoints are refused (kube-proxy answers with REJECT). */
export const serviceWithoutReadyPods: NetworkRule = {
  code: 'NL280',
  slug: 'service-without-ready-pods',
  severity: 'error',
  title: 'No pod behind a Service is ready',
  check(model, report) {
    if (!hasStatus(model)) return;
    for (const service of model.services) {
      const backends = backendsOf(model, service);
      if (backends === undefined || backends.ready.length > 0 || publishesAll(service)) continue;
      const { pods } = backends;
      const { selector } = service;
      if (pods.length === 0 && selector !== undefined) {
        report({ on: service.object, field: ['spec', 'selector'], ...noPods(model, service, selector) });
        continue;
      }
      const [first] = pods;
      report({
        on: service.object,
        field: ['spec', 'selector'],
        message: `none of the ${pods.length === 1 ? '1 pod' : `${pods.length} pods`} behind it is ready`,
        help: `kubectl -n ${service.namespace} describe pod ${first.object.ref.name} says what it waits for; connections are refused until one is ready`,
        related: pods.slice(0, NAMED).map(({ object, because }) => ({
          on: object,
          field: ['status'],
          message: because === '' ? 'not ready' : `not ready: ${because}`,
        })),
      });
    }
  },
};

const NAMED = 3;

export function publishesAll({ object }: Service): boolean {
  return at(object.manifest, 'spec', 'publishNotReadyAddresses') === true;
}

/** Where a workload is there, its pods should be; where there is none, they may come later. */
function noPods(
  model: NetworkModel,
  { namespace }: Service,
  selector: LabelSelector,
): Pick<Violation, 'message' | 'help' | 'severity'> {
  const workload = model.selectors.select(namespace, selector).find(({ object }) => object.ref.kind !== 'Pod');
  const labels = labelSelectorText(selector);
  if (workload === undefined) {
    const help = whyNothingMatches(model, namespace, selector)?.help ?? 'compare it with the labels of the pods';
    return { severity: 'warning', message: `no pod has ${labels}`, help };
  }
  const { kind, name } = workload.object.ref;
  const isScaledDown = workload.replicas === 0;
  return {
    message: `${kind} ${name} has no pod with ${labels}${isScaledDown ? ': it is scaled to 0' : ''}`,
    help: isScaledDown
      ? `kubectl -n ${namespace} scale ${kind.toLowerCase()} ${name} --replicas=2, if it should answer`
      : `kubectl -n ${namespace} describe ${kind.toLowerCase()} ${name} says why none is made: a quota, a webhook, a missing account`,
  };
}
