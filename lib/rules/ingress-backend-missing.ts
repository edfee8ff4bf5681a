import { nameField, serviceBackends } from './ingress-backends';
import type { NetworkRule } from './network-rule';

/** Backends are looked up in the namespace of the Ingress. The Service may come from elsewhere, hence a warning only. */
export const ingressBackendMissing: NetworkRule = {
  code: 'NL402',
  slug: 'ingress-backend-missing',
  severity: 'warning',
  title: 'An Ingress refers to a Service that is not there',
  check(model, report) {
    for (const ingress of model.ingresses) {
      for (const backend of serviceBackends(ingress)) {
        if (model.service(ingress.namespace, backend.serviceName) !== undefined) continue;
        const elsewhere = model.namespacesWithService(backend.serviceName);
        report({
          on: ingress.object,
          field: nameField(backend),
          message: `there is no Service ${backend.serviceName} in namespace ${ingress.namespace}`,
          help:
            elsewhere.length > 0
              ? `it exists in ${elsewhere.join(', ')}: an Ingress reaches Services of its own namespace only`
              : 'check the name, unless the Service is made elsewhere',
        });
      }
    }
  },
};
