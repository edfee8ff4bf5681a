import { below } from '../../model';
import { serviceBackends } from './ingress-backends';
import type { NetworkRule } from '../network-rule';

/** An ExternalName Service has no endpoints; most controllers refuse it as a backend, or need its ports to know where to connect. */
export const ingressExternalName: NetworkRule = {
  code: 'NL416',
  slug: 'ingress-external-name',
  severity: 'warning',
  title: 'An Ingress sends requests to an ExternalName Service without ports',
  check(model, report) {
    for (const ingress of model.ingresses) {
      for (const { serviceName, path } of serviceBackends(ingress)) {
        const service = model.service(ingress.namespace, serviceName);
        if (service?.type !== 'ExternalName' || service.ports.length > 0) continue;
        report({
          on: ingress.object,
          field: below(path, 'name'),
          message: `Service ${serviceName} is of type ExternalName and has no ports`,
          related: [{ on: service.object, field: ['spec', 'type'], message: 'the Service' }],
          help: 'give it the port, and see that the controller allows ExternalName: several refuse it unless told otherwise',
        });
      }
    }
  },
};
