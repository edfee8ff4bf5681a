import { isEndpointsObject, isReadFromCluster } from '../../model';
import type { NetworkRule } from '../network-rule';

/** The endpoints controller owns the Endpoints of a Service that has a selector, and writes over what others wrote: what was read from a cluster is its own. */
export const endpointsOfSelector: NetworkRule = {
  code: 'NL213',
  slug: 'endpoints-of-selector',
  severity: 'warning',
  title: 'Endpoints are written for a Service that has a selector',
  check(model, report) {
    for (const { object, namespace, serviceName, addresses, isLeaderLock } of model.endpoints) {
      if (!isEndpointsObject(object) || isLeaderLock || addresses.length === 0 || serviceName === undefined) continue;
      if (isReadFromCluster(object)) continue;
      const service = model.service(namespace, serviceName);
      if (service?.selector === undefined) continue;
      report({
        on: object,
        field: ['subsets'],
        message:
          'the Service of these Endpoints has a selector, so that Kubernetes replaces them by the pods that it selects',
        related: [{ on: service.object, field: ['spec', 'selector'], message: 'the selector' }],
        help: 'remove the selector to lead to these addresses, or remove the Endpoints to lead to the pods',
      });
    }
  },
};
