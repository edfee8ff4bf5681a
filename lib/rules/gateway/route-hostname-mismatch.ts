import { objectText } from '../../finding/finding';
import { hostnamesIntersect, type Route } from '../../model';
import { append } from '../../model/lookup';
import type { NetworkRule, Report } from '../network-rule';
import { type Attachment, attachments } from './route-attachment';

/** `Accepted=False`, reason `NoMatchingListenerHostname`; a single hostname that no listener has is ignored (HTTPRouteSpec, `hostnames`). */
export const routeHostnameMismatch: NetworkRule = {
  code: 'NL438',
  slug: 'route-hostname-mismatch',
  severity: 'error',
  title: 'A route has no host in common with the listeners it refers to',
  check(model, report) {
    const byRoute = new Map<Route, Attachment[]>();
    for (const attachment of attachments(model)) {
      append(byRoute, attachment.route, attachment);
      const { route, gateway, allowing, attached } = attachment;
      const example = allowing.at(0);
      if (example === undefined || attached.length > 0) continue;
      const hosts = [...new Set(allowing.map(({ hostname }) => hostname))].join(', ');
      report({
        on: route.object,
        field: ['spec', 'hostnames'],
        message: `${route.hostnames.join(', ')} and the listeners of ${objectText(gateway.object.ref)}, ${hosts}, have no host in common`,
        related: [{ on: gateway.object, field: [...example.path, 'hostname'], message: `listener ${example.name}` }],
        help: 'use a hostname that a listener has; *.example.com stands for all names under example.com, not for example.com itself',
      });
    }
    for (const [route, found] of byRoute) reportIgnored(route, found, report);
  },
};

/** Of a route that is attached everywhere, the hostnames that do nothing: all of its parents are known, and none has them. */
function reportIgnored(route: Route, found: readonly Attachment[], report: Report): void {
  if (found.length < route.parents.length || found.some(({ attached }) => attached.length === 0)) return;
  const listeners = found.flatMap(({ allowing }) => allowing);
  if (listeners.some(({ hostname }) => hostname === undefined) || route.hostnames.length > MOST_HOSTNAMES) return;
  route.hostnames.forEach((own, index) => {
    if (listeners.some(({ hostname }) => hostnamesIntersect(own, hostname))) return;
    const [{ gateway }] = found;
    report({
      on: route.object,
      field: ['spec', 'hostnames', index],
      severity: 'info',
      message: `no listener that the route is attached to has a host in common with ${own}: the hostname is ignored`,
      related: [{ on: gateway.object, field: ['spec', 'listeners'], message: 'the listeners' }],
      help: 'add a listener for it, or leave it out',
    });
  });
}

/** What the API server takes. */
const MOST_HOSTNAMES = 16;
