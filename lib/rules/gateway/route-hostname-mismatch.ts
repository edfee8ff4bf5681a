import { objectText } from '../../finding/finding';
import type { NetworkRule } from '../network-rule';
import { attachments } from './route-attachment';

/** `Accepted=False`, reason `NoMatchingListenerHostname` (HTTPRouteSpec, `hostnames`). */
export const routeHostnameMismatch: NetworkRule = {
  code: 'NL438',
  slug: 'route-hostname-mismatch',
  severity: 'error',
  title: 'A route has no host in common with the listeners it refers to',
  check(model, report) {
    for (const { route, gateway, allowing, attached } of attachments(model)) {
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
  },
};
