import { objectText } from '../../finding/finding';
import { below } from '../../model';
import { portList, servicePorts } from '../service-ports';
import type { NetworkRule } from '../network-rule';
import { serviceBackendsOfRoutes } from './route-backends';

/** A route names a port of the Service, never one of the pod (BackendObjectReference, `port`). */
export const routeBackendPort: NetworkRule = {
  code: 'NL440',
  slug: 'route-backend-port',
  severity: 'error',
  title: 'A route refers to a port that its Service does not have',
  check(model, report) {
    const portUse = servicePorts();
    for (const { route, backend } of serviceBackendsOfRoutes(model)) {
      const service = model.service(backend.namespace, backend.name);
      if (service === undefined || service.type === 'ExternalName' || backend.port === undefined) continue;
      const protocol = route.kind === 'UDPRoute' ? 'UDP' : 'TCP';
      const use = portUse(service, backend.port, protocol);
      if (use.is === 'served') continue;
      const ports = portList(service.ports);
      report({
        on: route.object,
        field: below(backend.path, 'port'),
        message: `${objectText(service.object.ref)} has ${use.is === 'missing' ? `no port ${backend.port}` : `its port ${backend.port} for ${use.protocol}, and ${route.kind} sends ${protocol}`}`,
        related: [{ on: service.object, field: ['spec', 'ports'], message: 'its ports' }],
        help: ports === '' ? 'the Service has no ports' : `it has ${ports}`,
      });
    }
  },
};
