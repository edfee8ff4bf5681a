import { objectText } from '../../finding/finding';
import type { NetworkRule } from '../network-rule';
import { attachments } from './route-attachment';

/** `Accepted=False`, reason `NoMatchingParent` (ParentReference, `sectionName` and `port`). */
export const routeListenerMissing: NetworkRule = {
  code: 'NL436',
  slug: 'route-listener-missing',
  severity: 'error',
  title: 'A route refers to a listener that its Gateway does not have',
  check(model, report) {
    for (const { route, parent, gateway, named } of attachments(model)) {
      if (named.length > 0 || gateway.listeners.length === 0) continue;
      const { sectionName, port } = parent;
      const wanted = [
        ...(sectionName === undefined ? [] : [`named ${sectionName}`]),
        ...(port === undefined ? [] : [`on port ${port}`]),
      ].join(' ');
      report({
        on: route.object,
        field: [...parent.path, sectionName === undefined ? 'port' : 'sectionName'],
        message: `${objectText(gateway.object.ref)} has no listener ${wanted}`,
        related: [{ on: gateway.object, field: ['spec', 'listeners'], message: 'its listeners' }],
        help: `it has ${gateway.listeners.map((listener) => `${listener.name} (${String(listener.port ?? 'no port')})`).join(', ')}`,
      });
    }
  },
};
