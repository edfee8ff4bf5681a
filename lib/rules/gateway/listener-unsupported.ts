import { GATEWAY_API_GROUP, type Listener, ROUTE_KINDS } from '../../model';
import type { NetworkRule } from '../network-rule';
import { kindsOfProtocol } from './route-attachment';

const PROTOCOLS = ['HTTP', 'HTTPS', 'TLS', 'TCP', 'UDP'];

/** Conditions `Accepted=False`, reason `UnsupportedProtocol`, and `ResolvedRefs=False`, reason `InvalidRouteKinds` (Listener). */
export const listenerUnsupported: NetworkRule = {
  code: 'NL453',
  slug: 'listener-unsupported',
  severity: 'error',
  title: 'A listener has a protocol, or allows kinds of routes, that do not work',
  check({ gatewayApi: { gateways, listenerSets } }, report) {
    for (const { object, listeners } of [...gateways, ...listenerSets]) {
      for (const listener of listeners) {
        for (const { field, message, help } of listenerProblems(listener)) {
          report({ on: object, field: [...listener.path, ...field], message, help });
        }
      }
    }
  },
};

interface Problem {
  readonly field: readonly (string | number)[];
  readonly message: string;
  readonly help: string;
}

function listenerProblems({ protocol, allowedKinds }: Listener): Problem[] {
  const meant = PROTOCOLS.find((known) => known === protocol.toUpperCase() && known !== protocol);
  if (meant !== undefined) {
    return [{ field: ['protocol'], message: `there is no protocol ${protocol}: case matters`, help: `write ${meant}` }];
  }
  const fitting = kindsOfProtocol(protocol);
  if (fitting === undefined) return [];
  return allowedKinds.flatMap(({ group, kind }, index) => {
    const known = group === GATEWAY_API_GROUP && ROUTE_KINDS.some((route) => route === kind);
    if (!known || fitting.includes(kind)) return [];
    return [
      {
        field: ['allowedRoutes', 'kinds', index],
        message: `a listener of protocol ${protocol} allows routes of kind ${kind}, which it cannot serve`,
        help: `allow ${fitting.join(' or ')}, or leave kinds out`,
      },
    ];
  });
}
