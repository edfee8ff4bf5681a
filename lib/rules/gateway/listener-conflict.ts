import { objectText } from '../../finding/finding';
import {
  flatMap,
  type Gateway,
  GATEWAY_API_GROUP,
  type Listener,
  type ListenerSet,
  type NetworkModel,
} from '../../model';
import { groupBy } from '../../model/lookup';
import { collisions } from '../collisions';
import type { NetworkRule, Report } from '../network-rule';

const WITH_HOSTNAME = ['HTTP', 'HTTPS', 'TLS'];

/**
 * Listeners of HTTP, HTTPS and TLS are told apart by port and hostname, those of TCP and UDP by port; a TCP listener cannot
 * share its port with one of the former. Of listeners in conflict none has to work (GatewaySpec, `listeners`).
 */
export const listenerConflict: NetworkRule = {
  code: 'NL433',
  slug: 'listener-conflict',
  severity: 'error',
  title: 'Two listeners of a Gateway cannot be told apart',
  check(model, report) {
    for (const gateway of model.gatewayApi.gateways) {
      const placed = gateway.listeners.filter(({ port }) => port !== undefined);
      for (const listeners of groupBy(placed, ({ port }) => String(port)).values())
        checkPort(gateway, listeners, report);
    }
    for (const set of model.gatewayApi.listenerSets) checkListenerSet(model, set, report);
    checkSetsOfOneGateway(model, report);
  },
};

/** The listeners of the Gateway go first: those of the set that cannot be told apart from them are refused (ListenerSet). */
function checkListenerSet(
  { gatewayApi }: NetworkModel,
  { object, parent, listeners }: ListenerSet,
  report: Report,
): void {
  if (parent?.group !== GATEWAY_API_GROUP || parent.kind !== 'Gateway') return;
  const gateway = gatewayApi.gateway(parent.namespace, parent.name);
  const taken = new Map((gateway?.listeners ?? []).map((listener) => [placeOf(listener), listener]));
  for (const listener of listeners) {
    const first = listener.port === undefined ? undefined : taken.get(placeOf(listener));
    if (gateway === undefined || first === undefined) continue;
    report({
      on: object,
      field: listener.path,
      message: `listener ${listener.name} has the port and the hostname of listener ${first.name} of ${objectText(gateway.object.ref)}`,
      related: [{ on: gateway.object, field: first.path, message: 'which goes first' }],
      help: 'give it another hostname or another port',
    });
  }
}

/** Of two sets the older goes first, or the first by name: one of the two is refused. */
function checkSetsOfOneGateway({ gatewayApi }: NetworkModel, report: Report): void {
  const added = flatMap(gatewayApi.listenerSets, ({ object, parent, listeners }) =>
    parent?.group === GATEWAY_API_GROUP && parent.kind === 'Gateway'
      ? listeners
          .filter(({ port }) => port !== undefined)
          .map((listener) => ({ object, listener, gateway: `${parent.namespace}/${parent.name}` }))
      : [],
  );
  for (const { first, others } of collisions(added, ({ gateway, listener }) => `${gateway} ${placeOf(listener)}`)) {
    for (const { object, listener, gateway } of others.filter((other) => other.object !== first.object)) {
      report({
        on: object,
        field: listener.path,
        message: `listener ${listener.name} has the port and the hostname of listener ${first.listener.name}, which ${objectText(first.object.ref)} adds to Gateway ${gateway} too`,
        related: [{ on: first.object, field: first.listener.path, message: 'the other listener' }],
        help: 'give one of them another hostname or another port: the one that was made later is refused',
      });
    }
  }
}

function placeOf({ port, protocol, hostname }: Listener): string {
  const withHostname = WITH_HOSTNAME.includes(protocol);
  return JSON.stringify([port, withHostname ? 'host' : protocol, withHostname ? (hostname ?? '') : '']);
}

function checkPort(gateway: Gateway, listeners: readonly Listener[], report: Report): void {
  const tcp = listeners.find(({ protocol }) => protocol === 'TCP');
  const withHostname = listeners.filter(({ protocol }) => WITH_HOSTNAME.includes(protocol));
  const conflict = (first: Listener, second: Listener, why: string, severity: 'error' | 'warning' = 'error'): void => {
    report({
      on: gateway.object,
      severity,
      field: second.path,
      message: `listeners ${first.name} (${first.protocol}) and ${second.name} (${second.protocol}) share port ${String(first.port)}${why}`,
      related: [{ on: gateway.object, field: first.path, message: 'in conflict with' }],
      help: 'none of the two has to work then: give one of them another port',
    });
  };
  if (tcp !== undefined) {
    for (const listener of withHostname) conflict(tcp, listener, ', and TCP knows no hostnames to tell them apart');
    return;
  }
  // Hostnames tell them apart to the specification; but before it knows the host, a server has to know whether to expect TLS.
  const plain = withHostname.find(({ protocol }) => protocol === 'HTTP');
  for (const listener of plain === undefined ? [] : withHostname.filter(({ protocol }) => protocol !== 'HTTP')) {
    if (plain === undefined || listener.hostname === plain.hostname) continue;
    conflict(plain, listener, ', one of them with TLS and the other without', 'warning');
  }
  for (const [first, ...others] of groupBy(withHostname, ({ hostname }) => hostname ?? '').values()) {
    // Of one protocol, the API server refuses the Gateway.
    for (const other of others.filter(({ protocol }) => protocol !== first.protocol)) {
      conflict(
        first,
        other,
        ` and ${first.hostname === undefined ? 'have no hostname' : `hostname ${first.hostname}`}`,
      );
    }
  }
}
