import { below, flatMap, type NetworkModel, type Service, type ServicePort } from '../../model';
import type { NetworkRule } from '../network-rule';

/**
 * A headless Service has no address, so that nothing stands between clients and pods that could translate a port: DNS leads straight to the
 * pods (Kubernetes documentation, "Headless Services"). Only SRV records say the port of the pods.
 */
export const headlessPortTranslated: NetworkRule = {
  code: 'NL270',
  slug: 'headless-port-translated',
  severity: 'info',
  title: 'A port of a headless Service is not the port of its pods, and nothing translates it',
  check(model, report) {
    for (const service of model.services) {
      if (!service.headless || service.selector === undefined) continue;
      for (const port of service.ports) {
        const target = targetOf(model, service, port);
        if (target === undefined || target === port.port) continue;
        report({
          on: service.object,
          field: below(port.path, 'port'),
          message: `port ${port.port} of the headless Service leads nowhere: clients reach the pods themselves, and have to ask for ${target}`,
          help: `write port: ${target}, or give the Service an address`,
        });
      }
    }
  },
};

/** Undefined where the pods do not agree about a name. */
function targetOf(
  model: NetworkModel,
  { namespace, selector }: Service,
  { port, protocol, targetPort }: ServicePort,
): number | undefined {
  if (targetPort === undefined) return port;
  if (typeof targetPort === 'number') return targetPort;
  const workloads = selector === undefined ? [] : model.selectors.select(namespace, selector);
  const numbers = new Set(
    flatMap(workloads, ({ containerPorts }) =>
      flatMap(containerPorts, (own) => (own.name === targetPort && own.protocol === protocol ? own.containerPort : [])),
    ),
  );
  const [only] = numbers;
  return numbers.size === 1 ? only : undefined;
}
