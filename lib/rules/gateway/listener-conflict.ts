import type { Gateway, Listener } from '../../model';
import { groupBy } from '../../model/lookup';
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
  },
};

function checkPort(gateway: Gateway, listeners: readonly Listener[], report: Report): void {
  const tcp = listeners.find(({ protocol }) => protocol === 'TCP');
  const withHostname = listeners.filter(({ protocol }) => WITH_HOSTNAME.includes(protocol));
  const conflict = (first: Listener, second: Listener, why: string): void => {
    report({
      on: gateway.object,
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
