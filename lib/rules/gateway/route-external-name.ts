import { below } from '../../model';
import type { NetworkRule } from '../network-rule';
import { serviceBackendsOfRoutes } from './route-backends';

/** "Implementations SHOULD NOT support ExternalName Services" (BackendObjectReference, `kind`; CVE-2021-25740). */
export const routeExternalName: NetworkRule = {
  code: 'NL445',
  slug: 'route-external-name',
  severity: 'warning',
  title: 'A route sends requests to an ExternalName Service',
  check(model, report) {
    for (const { route, backend } of serviceBackendsOfRoutes(model)) {
      const service = model.service(backend.namespace, backend.name);
      if (service?.type !== 'ExternalName') continue;
      report({
        on: route.object,
        field: below(backend.path, 'name'),
        message: `Service ${backend.name} is of type ExternalName, which gateways should not serve`,
        related: [{ on: service.object, field: ['spec', 'type'], message: 'the Service' }],
        help: 'use what the implementation has for hosts outside of the cluster, or a Service with EndpointSlices',
      });
    }
  },
};
