import { objectText } from '../../finding/finding';
import { GATEWAY_API_GROUP } from '../../model';
import type { NetworkRule } from '../network-rule';
import { isAmong } from './route-attachment';

/** A Gateway allows no ListenerSets unless it says so (GatewaySpec, `allowedListeners`). */
export const listenerSetNotAllowed: NetworkRule = {
  code: 'NL444',
  slug: 'listener-set-not-allowed',
  severity: 'error',
  title: 'A Gateway does not allow a ListenerSet to add listeners',
  check(model, report) {
    for (const { object, namespace, parent } of model.gatewayApi.listenerSets) {
      if (parent?.group !== GATEWAY_API_GROUP || parent.kind !== 'Gateway') continue;
      const gateway = model.gatewayApi.gateway(parent.namespace, parent.name);
      if (gateway === undefined) continue;
      const { listenerSetsFrom: from, listenerSetSelector: selector } = gateway;
      if (isAmong(model, { from, selector, home: gateway.namespace }, namespace)) continue;
      report({
        on: object,
        field: parent.path,
        message: `${objectText(gateway.object.ref)} allows ${ALLOWED.get(from) ?? 'no ListenerSets'}`,
        related: [{ on: gateway.object, field: ['spec', 'allowedListeners'], message: 'what the Gateway allows' }],
        help: `set spec.allowedListeners.namespaces of the Gateway so that ${namespace} is among them`,
      });
    }
  },
};

const ALLOWED: ReadonlyMap<string, string> = new Map([
  ['Same', 'ListenerSets of its own namespace only'],
  ['Selector', 'ListenerSets of namespaces with other labels only'],
]);
