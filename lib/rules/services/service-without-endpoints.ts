import type { Service } from '../../model';
import type { NetworkRule } from '../network-rule';

/** A remark: an operator or a script may write the endpoints later. */
export const serviceWithoutEndpoints: NetworkRule = {
  code: 'NL248',
  slug: 'service-without-endpoints',
  severity: 'info',
  title: 'A Service has neither a selector nor endpoints',
  check(model, report) {
    const withEndpoints = new Set(
      model.endpoints.map(({ namespace, serviceName }) => serviceKey(namespace, serviceName ?? '')),
    );
    for (const service of model.services) {
      if (!needsEndpoints(service) || withEndpoints.has(serviceKey(service.namespace, service.name))) continue;
      report({
        on: service.object,
        field: ['spec'],
        message: 'the Service has no selector, and no Endpoints or EndpointSlice belongs to it',
        help: 'add a selector, or an EndpointSlice with the label kubernetes.io/service-name',
      });
    }
  },
};

function needsEndpoints({ type, selector, namespace, name }: Service): boolean {
  const isOfTheApiServer = namespace === 'default' && name === 'kubernetes';
  return type !== 'ExternalName' && selector === undefined && !isOfTheApiServer;
}

function serviceKey(namespace: string, name: string): string {
  return `${namespace}\0${name}`;
}
