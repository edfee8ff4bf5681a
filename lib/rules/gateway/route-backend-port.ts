import { objectText } from '../../finding/finding';
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
    const hasPort = servicePorts();
    for (const { route, backend } of serviceBackendsOfRoutes(model)) {
      const service = model.service(backend.namespace, backend.name);
      if (service === undefined || service.type === 'ExternalName' || backend.port === undefined) continue;
      if (hasPort(service, backend.port)) continue;
      const ports = portList(service.ports);
      report({
        on: route.object,
        field: [...backend.path, 'port'],
        message: `${objectText(service.object.ref)} has no port ${backend.port}`,
        related: [{ on: service.object, field: ['spec', 'ports'], message: 'its ports' }],
        help: ports === '' ? 'the Service has no ports' : `it has ${ports}`,
      });
    }
  },
};
