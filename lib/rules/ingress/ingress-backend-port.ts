import { objectText } from '../../finding/finding';
import { below, isPortName } from '../../model';
import { serviceBackends } from './ingress-backends';
import { portList, servicePorts } from '../service-ports';
import type { NetworkRule } from '../network-rule';

/** An Ingress names a port of the Service, by number or by name, never one of the pod. */
export const ingressBackendPort: NetworkRule = {
  code: 'NL403',
  slug: 'ingress-backend-port',
  severity: 'error',
  title: 'An Ingress refers to a port that its Service does not have',
  check(model, report) {
    const portUse = servicePorts();
    for (const ingress of model.ingresses) {
      for (const backend of serviceBackends(ingress)) {
        const service = model.service(ingress.namespace, backend.serviceName);
        if (service === undefined || backend.port === undefined) continue;
        const isAlias = service.type === 'ExternalName';
        // An alias without any port is the business of ingress-external-name.
        if (isAlias && service.ports.length === 0) continue;
        // What no port can be has a rule of its own.
        if (typeof backend.port === 'number' ? backend.port > 65535 : !isPortName(backend.port)) continue;
        const use = portUse(service, backend.port, 'TCP');
        if (use.is === 'served') continue;
        const port = `port ${typeof backend.port === 'number' ? '' : 'named '}${backend.port}`;
        const ports = portList(service.ports);
        report({
          on: ingress.object,
          field: below(backend.path, 'port'),
          message: `${objectText(service.object.ref)} has ${use.is === 'missing' ? `no ${port}` : `its ${port} for ${use.protocol}, and requests come over TCP`}`,
          related: [{ on: service.object, field: ['spec', 'ports'], message: 'its ports' }],
          ...(isAlias && { severity: 'warning' }),
          help: ports === '' ? 'the Service has no ports' : `it has ${ports}`,
        });
      }
    }
  },
};
