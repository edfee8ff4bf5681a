import { objectText } from '../../finding/finding';
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
    const hasPort = servicePorts();
    for (const ingress of model.ingresses) {
      for (const backend of serviceBackends(ingress)) {
        const service = model.service(ingress.namespace, backend.serviceName);
        if (service === undefined || service.type === 'ExternalName' || backend.port === undefined) continue;
        if (hasPort(service, backend.port)) continue;
        const ports = portList(service.ports);
        report({
          on: ingress.object,
          field: [...backend.path, 'port'],
          message: `${objectText(service.object.ref)} has no port ${typeof backend.port === 'number' ? '' : 'named '}${backend.port}`,
          related: [{ on: service.object, field: ['spec', 'ports'], message: 'its ports' }],
          help: ports === '' ? 'the Service has no ports' : `it has ${ports}`,
        });
      }
    }
  },
};
