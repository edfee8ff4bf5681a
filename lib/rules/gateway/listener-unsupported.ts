import type { Problem } from '../../finding/problem';
import { at, below, concat, flatMap, GATEWAY_API_GROUP, type Listener, ROUTE_KINDS } from '../../model';
import { nearestWord } from '../../plan';
import type { NetworkRule } from '../network-rule';
import { kindsOfProtocol } from './route-attachment';

/** Conditions `Accepted=False`, reason `UnsupportedProtocol`, and `ResolvedRefs=False`, reason `InvalidRouteKinds` (Listener). */
export const listenerUnsupported: NetworkRule = {
  code: 'NL453',
  slug: 'listener-unsupported',
  fixable: true,
  severity: 'error',
  title: 'A listener has a protocol, or allows kinds of routes, that do not work',
  check({ gatewayApi: { gateways, listenerSets } }, report) {
    for (const { object, listeners } of concat(gateways, listenerSets)) {
      for (const listener of listeners) {
        const { path, protocol } = listener;
        const written = at(object.manifest, ...path, 'protocol');
        if (typeof written === 'string' && written !== protocol) {
          report({
            on: object,
            field: below(path, 'protocol'),
            severity: 'warning',
            message: `protocol ${written} is ${protocol} to recent versions of Gateway API only`,
            help: `write ${protocol}: to the others case matters`,
            fix: [{ field: below(path, 'protocol'), set: protocol }],
          });
        }
        if (at(object.manifest, ...path, 'tls', 'mode') === 'Passthrough' && listener.certificates.length > 0) {
          report({
            on: object,
            field: below(path, 'tls', 'certificateRefs'),
            severity: 'warning',
            message: 'a listener that passes TLS through does not use its certificates',
            help: 'remove certificateRefs: the backend has the certificate; or set the mode to Terminate',
          });
        }
        for (const problem of kindProblems(listener)) report({ on: object, ...problem });
      }
    }
  },
};

function kindProblems({ protocol, allowedKinds, path }: Listener): readonly Problem[] {
  const fitting = kindsOfProtocol(protocol);
  if (fitting === undefined) return [];
  return flatMap(allowedKinds, ({ group, kind }, index) => {
    if (group !== GATEWAY_API_GROUP || kind === '' || fitting.includes(kind)) return [];
    if (!ROUTE_KINDS.some((route) => route === kind)) {
      const near = nearestWord(kind, ROUTE_KINDS);
      return [
        {
          field: below(path, 'allowedRoutes', 'kinds', index, 'kind'),
          ...(near === null && { severity: 'warning' as const }),
          message: `there is no kind of route ${kind} in the group ${GATEWAY_API_GROUP}`,
          help: near === null ? `allow ${fitting.join(' or ')}, or leave kinds out` : `did you mean ${near}?`,
        },
      ];
    }
    return [
      {
        field: below(path, 'allowedRoutes', 'kinds', index),
        message: `a listener of protocol ${protocol} allows routes of kind ${kind}, which it cannot serve`,
        help: `allow ${fitting.join(' or ')}, or leave kinds out`,
      },
    ];
  });
}
