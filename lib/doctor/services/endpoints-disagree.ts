import { at, flatMap, list, member, text } from '../../model';
import type { NetworkRule } from '../../rules/network-rule';
import type { RunningPod } from '../running-pods';
import { type Backends, backendsOf, hasStatus } from './backends';
import { publishesAll } from './service-without-ready-pods';

/** Whoever sends connections to pods reads the endpoints, not the selector (endpoint slice controller of kube-controller-manager). */
export const endpointsDisagree: NetworkRule = {
  code: 'NL281',
  slug: 'endpoints-disagree',
  severity: 'error',
  title: 'The endpoints of a Service are not its ready pods',
  check(model, report) {
    if (!hasStatus(model) || model.endpoints.length === 0) return;
    for (const service of model.services) {
      const backends = backendsOf(model, service);
      if (backends === undefined) continue;
      const missing = backends.ready.filter((pod) => pod.addresses.length > 0 && !isListed(pod, backends));
      if (missing.length > 0) {
        report({
          on: service.object,
          field: ['spec', 'selector'],
          message: `pod ${missing[0].object.ref.name} is ready, and ${missing[0].addresses[0]} is not among the endpoints`,
          help: 'kube-controller-manager keeps endpoints: look whether it runs and has a leader, kubectl -n kube-system get lease kube-controller-manager',
          related: missing
            .slice(0, NAMED)
            .map(({ object }) => ({ on: object, field: ['status', 'podIP'], message: 'this pod' })),
        });
        continue;
      }
      const known = new Set(flatMap(backends.pods, ({ addresses }) => addresses));
      const stale = publishesAll(service) ? [] : readyAddresses(backends).filter((address) => !known.has(address));
      if (stale.length === 0) continue;
      report({
        on: service.object,
        field: ['spec', 'selector'],
        message: `${stale[0]} is among the endpoints and is the address of no pod behind it${stale.length === 1 ? '' : `, as are ${stale.length - 1} more`}`,
        help: 'connections to it are lost: look whether kube-controller-manager runs, and whether somebody else writes an EndpointSlice with the label of this Service',
        related: backends.endpoints
          .slice(0, 1)
          .map(({ object }) => ({ on: object, field: ['endpoints'], message: 'the endpoints' })),
      });
    }
  },
};

const NAMED = 3;

function isListed({ addresses }: RunningPod, backends: Backends): boolean {
  return addresses.some((address) => backends.addresses.has(address));
}

/** Those that kube-proxy takes: ready, or not said to be unready (EndpointConditions). */
function readyAddresses({ endpoints }: Backends): readonly string[] {
  return flatMap(endpoints, ({ object, addresses }) =>
    object.ref.kind === 'EndpointSlice'
      ? flatMap(list(member(object.manifest, 'endpoints')), (endpoint) =>
          at(endpoint, 'conditions', 'ready') === false
            ? []
            : flatMap(list(member(endpoint, 'addresses')), (address) => text(address) ?? []),
        )
      : addresses.map(({ value }) => value),
  );
}
