import { mayBeOfChart } from '../charts';
import { nameField, serviceBackends } from './ingress-backends';
import type { NetworkRule, Violation } from '../network-rule';
import { STATE_NAMESPACE } from '../unstated-namespace';
import { at, concat, type Ingress, type Service, statesNamespace, textMap } from '../../model';

/**
 * Backends are looked up in the namespace of the Ingress (IngressServiceBackend, `name`). The Service may come from elsewhere,
 * hence a warning, unless the input shows what was meant: the name misspelt, or the Service in another namespace. An input that has
 * neither Services nor pods of the namespace, such as the Ingress alone, cannot tell.
 */
export const ingressBackendMissing: NetworkRule = {
  code: 'NL402',
  slug: 'ingress-backend-missing',
  severity: 'warning',
  title: 'An Ingress refers to a Service that is not there',
  check(model, report) {
    const inhabited = new Set(
      concat(model.services, model.workloads)
        .map(({ namespace }) => namespace)
        .filter((namespace) => !mayBeOfChart(model, namespace)),
    );
    for (const ingress of model.ingresses) {
      for (const violation of missingActions(ingress)) report(violation);
      for (const backend of serviceBackends(ingress)) {
        const { serviceName } = backend;
        if (model.service(ingress.namespace, serviceName) !== undefined) continue;
        const similar = model.similarService(ingress.namespace, serviceName);
        report({
          on: ingress.object,
          field: nameField(backend),
          message: `there is no Service ${serviceName} in namespace ${ingress.namespace}`,
          ...(similar !== undefined
            ? { severity: 'error', help: `did you mean ${similar.name}?` }
            : explanation(ingress, model.servicesNamed(serviceName), inhabited)),
        });
      }
    }
  },
};

function explanation(
  { object, namespace }: Ingress,
  others: readonly Service[],
  inhabited: ReadonlySet<string>,
): Pick<Violation, 'severity' | 'help'> {
  if (others.length === 0) {
    return {
      severity: inhabited.has(namespace) ? 'warning' : 'info',
      help: 'check the name, unless the Service is made elsewhere',
    };
  }
  const where = namespaceList(others.map((service) => service.namespace));
  // Else kustomize or Flux may give both the same namespace.
  const apart = statesNamespace(object) && others.some((service) => statesNamespace(service.object));
  return apart
    ? { severity: 'error', help: `it exists in ${where}: an Ingress reaches Services of its own namespace only` }
    : { severity: 'warning', help: `there is one in ${where}: ${STATE_NAMESPACE}` };
}

const ACTION_ANNOTATION = 'alb.ingress.kubernetes.io/actions.';

/** The controller refuses the whole Ingress. */
function missingActions({ object, routes, defaultAction }: Ingress): readonly Violation[] {
  const annotations = textMap(at(object.manifest, 'metadata', 'annotations'));
  const actions = [...routes.map(({ action }) => action), defaultAction].filter((action) => action !== undefined);
  return actions
    .filter(({ value }) => !annotations.has(ACTION_ANNOTATION + value))
    .map(({ value, path }) => ({
      on: object,
      field: path,
      severity: 'error',
      message: `there is no annotation ${ACTION_ANNOTATION}${value}, for which the port use-annotation stands`,
      help: 'add the annotation, or name the port of a Service',
    }));
}

const SHOWN_NAMESPACES = 3;

function namespaceList(namespaces: readonly string[]): string {
  const more = namespaces.length - SHOWN_NAMESPACES;
  return `${namespaces.slice(0, SHOWN_NAMESPACES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
