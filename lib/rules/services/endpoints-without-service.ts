import { objectText } from '../../finding/finding';
import type { Endpoints } from '../../model';
import type { NetworkRule } from '../network-rule';

/** Endpoints mean something to a Service of the same name, slices to the one in their label. */
export const endpointsWithoutService: NetworkRule = {
  code: 'NL246',
  slug: 'endpoints-without-service',
  severity: 'warning',
  title: 'Endpoints belong to a Service that is not there',
  check(model, report) {
    for (const endpoints of model.endpoints) {
      const { object, namespace, serviceName } = endpoints;
      if (serviceName === undefined) {
        report({
          on: object,
          field: ['metadata'],
          message: 'the EndpointSlice has no label kubernetes.io/service-name, so that it belongs to no Service',
          help: 'set the label to the name of the Service',
        });
        continue;
      }
      if (endpoints.isLeaderLock || isOfTheApiServer(endpoints) || model.service(namespace, serviceName) !== undefined)
        continue;
      const similar = model.similarService(namespace, serviceName);
      report({
        on: object,
        field:
          object.ref.kind === 'Endpoints' ? ['metadata', 'name'] : ['metadata', 'labels', 'kubernetes.io/service-name'],
        message: `there is no Service ${namespace}/${serviceName}`,
        ...(similar && { related: [{ on: similar.object, field: ['metadata', 'name'], message: 'a similar name' }] }),
        help:
          similar === undefined
            ? elsewhere(model.namespacesWithService(serviceName))
            : `did you mean ${objectText(similar.object.ref)}?`,
      });
    }
  },
};

function elsewhere(namespaces: readonly string[]): string {
  return namespaces.length === 0
    ? 'add a Service of that name without selector, or remove the endpoints'
    : `endpoints belong to a Service of their own namespace: there is one of that name in ${namespaces.join(', ')}`;
}

/** The API server writes these itself. */
function isOfTheApiServer({ namespace, serviceName }: Endpoints): boolean {
  return namespace === 'default' && serviceName === 'kubernetes';
}
