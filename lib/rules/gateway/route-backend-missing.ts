import { below, statesNamespace } from '../../model';
import { mayBeOfChart } from '../charts';
import type { NetworkRule } from '../network-rule';
import { serviceBackendsOfRoutes } from './route-backends';

/**
 * Such a backend answers its share of the requests with status 500 (HTTPRouteRule, `backendRefs`). The Service may come from elsewhere,
 * as all Services of a namespace do that has none here, or from a chart.
 */
export const routeBackendMissing: NetworkRule = {
  code: 'NL439',
  slug: 'route-backend-missing',
  severity: 'warning',
  title: 'A route refers to a Service that is not there',
  check(model, report) {
    const inhabited = new Set(model.services.map((service) => service.namespace));
    for (const route of model.gatewayApi.routes) {
      for (const { group, kind, path } of route.backends) {
        // Groups that have Services of their own are those of vendors, under a domain.
        if (kind !== 'Service' || group === '' || group.includes('.')) continue;
        report({
          on: route.object,
          field: below(path, 'group'),
          severity: 'error',
          message: `there is no kind Service in the group ${group}`,
          help: `write group: '', or leave it out: the version is no part of it`,
        });
      }
    }
    for (const { route, backend } of serviceBackendsOfRoutes(model)) {
      const { namespace, name, path } = backend;
      if (model.service(namespace, name) !== undefined) continue;
      const similar = model.similarService(namespace, name);
      const elsewhere = model.servicesNamed(name).at(0);
      const stated = elsewhere !== undefined && statesNamespace(elsewhere.object);
      // It may be the very one: kustomize or Flux gives it its namespace.
      if (elsewhere !== undefined && namespace !== route.namespace && !stated) continue;
      const forgotten = stated && namespace === route.namespace && statesNamespace(route.object);
      report({
        on: route.object,
        field: below(path, 'name'),
        message: `there is no Service ${name} in namespace ${namespace}`,
        ...((!inhabited.has(namespace) || mayBeOfChart(model, namespace)) &&
          elsewhere === undefined && { severity: 'info' }),
        ...((similar !== undefined || forgotten) && { severity: 'error' }),
        help:
          similar !== undefined
            ? `did you mean ${similar.name}?`
            : elsewhere !== undefined
              ? `it exists in ${elsewhere.namespace}: set the namespace of the backendRef, which needs a ReferenceGrant there unless it is that of the route`
              : 'check the name, unless the Service is made elsewhere',
      });
    }
  },
};
