import { nameField, serviceBackends } from './ingress-backends';
import type { NetworkRule } from '../network-rule';

/**
 * Backends are looked up in the namespace of the Ingress (IngressServiceBackend, `name`). The Service may come from elsewhere,
 * hence a warning, unless the input shows what was meant: the name misspelt, or the Service in another namespace.
 */
export const ingressBackendMissing: NetworkRule = {
  code: 'NL402',
  slug: 'ingress-backend-missing',
  severity: 'warning',
  title: 'An Ingress refers to a Service that is not there',
  check(model, report) {
    for (const ingress of model.ingresses) {
      for (const backend of serviceBackends(ingress)) {
        const { serviceName } = backend;
        if (model.service(ingress.namespace, serviceName) !== undefined) continue;
        const similar = model.similarService(ingress.namespace, serviceName);
        const elsewhere = model.namespacesWithService(serviceName);
        report({
          on: ingress.object,
          field: nameField(backend),
          message: `there is no Service ${serviceName} in namespace ${ingress.namespace}`,
          ...((similar !== undefined || elsewhere.length > 0) && { severity: 'error' }),
          help:
            similar !== undefined
              ? `did you mean ${similar.name}?`
              : elsewhere.length > 0
                ? `it exists in ${namespaceList(elsewhere)}: an Ingress reaches Services of its own namespace only`
                : 'check the name, unless the Service is made elsewhere',
        });
      }
    }
  },
};

const SHOWN_NAMESPACES = 3;

function namespaceList(namespaces: readonly string[]): string {
  const more = namespaces.length - SHOWN_NAMESPACES;
  return `${namespaces.slice(0, SHOWN_NAMESPACES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
