import { objectText } from '../../finding/finding';
import { below, flatMap, hostnamesIntersect, type NetworkModel, type Route } from '../../model';
import { append } from '../../model/lookup';
import type { NetworkRule, Violation } from '../network-rule';
import { type Attachment, attachments } from './route-attachment';

/** `Accepted=False`, reason `NoMatchingListenerHostname` (HTTPRouteSpec, `hostnames`). */
export const routeHostnameMismatch: NetworkRule = {
  code: 'NL438',
  slug: 'route-hostname-mismatch',
  severity: 'error',
  title: 'A route has no host in common with the listeners it refers to',
  check(model, report) {
    for (const unserved of unservedHostnames(model)) report(unserved);
    for (const { route, gateway, allowing, attached } of attachments(model)) {
      const example = allowing.at(0);
      if (example === undefined || attached.length > 0) continue;
      const hosts = [...new Set(allowing.map(({ hostname }) => hostname))].join(', ');
      report({
        on: route.object,
        field: ['spec', 'hostnames'],
        message: `${route.hostnames.join(', ')} and the listeners of ${objectText(gateway.object.ref)}, ${hosts}, have no host in common`,
        related: [{ on: gateway.object, field: below(example.path, 'hostname'), message: `listener ${example.name}` }],
        help: 'use a hostname that a listener has; *.example.com stands for all names under example.com, not for example.com itself',
      });
    }
  },
};

/** Of a route that is attached, hostnames that no listener has "MUST be ignored". Parents outside of the input may have any. */
function unservedHostnames(model: NetworkModel): readonly Violation[] {
  const byRoute = new Map<Route, Attachment[]>();
  for (const attachment of attachments(model)) append(byRoute, attachment.route, attachment);
  return flatMap([...byRoute], ([route, all]) => {
    if (all.length < route.parents.length || all.every(({ attached }) => attached.length === 0)) return [];
    const hosts = new Set(flatMap(all, ({ allowing }) => allowing.map(({ hostname }) => hostname)));
    const gateways = [...new Set(all.map(({ gateway }) => objectText(gateway.object.ref)))].join(', ');
    return flatMap(route.hostnames.slice(0, MOST_HOSTNAMES), (hostname, index): readonly Violation[] =>
      [...hosts].some((host) => hostnamesIntersect(hostname, host))
        ? []
        : [
            {
              on: route.object,
              field: ['spec', 'hostnames', index],
              severity: 'warning',
              message: `${hostname} is ignored: it is no host of a listener of ${gateways} that the route may attach to`,
              related: [{ on: all[0].gateway.object, field: ['spec', 'listeners'], message: 'the listeners' }],
              help: 'add a listener for it, or remove it; *.example.com stands for all names under example.com, not for example.com itself',
            },
          ],
    );
  });
}

/** What the API server takes of a TLSRoute. */
const MOST_HOSTNAMES = 1024;
