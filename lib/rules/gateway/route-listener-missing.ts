import { objectText } from '../../finding/finding';
import { below, concat, flatMap, type NetworkModel } from '../../model';
import { portList } from '../service-ports';
import type { NetworkRule, Violation } from '../network-rule';
import { attachments } from './route-attachment';

/** `Accepted=False`, reason `NoMatchingParent` (ParentReference, `sectionName` and `port`). */
export const routeListenerMissing: NetworkRule = {
  code: 'NL436',
  slug: 'route-listener-missing',
  severity: 'error',
  title: 'A route refers to a listener that its Gateway does not have, or to such a port of a Service',
  check(model, report) {
    for (const missing of missingServicePorts(model)) report(missing);
    for (const { route, parent, gateway, named } of attachments(model)) {
      if (named.length > 0 || gateway.listeners.length === 0) continue;
      const { sectionName, port } = parent;
      const wanted = concat(
        sectionName === undefined ? [] : [`named ${sectionName}`],
        port === undefined ? [] : [`on port ${port}`],
      ).join(' ');
      report({
        on: route.object,
        field: below(parent.path, sectionName === undefined ? 'port' : 'sectionName'),
        message: `${objectText(gateway.object.ref)} has no listener ${wanted}`,
        related: [
          {
            on: gateway.object,
            field: ['spec', 'listeners'],
            reads: flatMap(gateway.listeners, ({ path }) => [below(path, 'name'), below(path, 'port')]),
            message: 'its listeners',
          },
        ],
        help: `it has ${gateway.listeners.map((listener) => `${listener.name} (${String(listener.port ?? 'no port')})`).join(', ')}`,
      });
    }
  },
};

/** Routes of a mesh have a Service as their parent, and its ports as sections. */
function missingServicePorts(model: NetworkModel): readonly Violation[] {
  return flatMap(model.gatewayApi.routes, (route) =>
    flatMap(route.parents, ({ group, kind, namespace, name, sectionName, port, path }): readonly Violation[] => {
      if (group !== '' || kind !== 'Service' || (sectionName === undefined && port === undefined)) return [];
      const service = model.service(namespace, name);
      if (service === undefined || service.type === 'ExternalName') return [];
      const found = service.ports.some(
        (own) => (sectionName === undefined || own.name === sectionName) && (port === undefined || own.port === port),
      );
      if (found) return [];
      const ports = portList(service.ports);
      return [
        {
          on: route.object,
          field: below(path, sectionName === undefined ? 'port' : 'sectionName'),
          message: `${objectText(service.object.ref)} has no port ${[sectionName, port].filter((each) => each !== undefined).join(' on ')}`,
          related: [{ on: service.object, field: ['spec', 'ports'], message: 'its ports' }],
          help: ports === '' ? 'the Service has no ports' : `it has ${ports}`,
        },
      ];
    }),
  );
}
