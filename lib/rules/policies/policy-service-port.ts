import { objectText } from '../../finding/finding';
import { below, type PolicyPort, type ServicePort } from '../../model';
import { destinationsOf, mappingsOfSelections, portKey, portsOfSelections } from './pod-ports';
import type { NetworkRule } from '../network-rule';

/**
 * A policy sees connections after a Service has sent them to a pod, so that its ports are those of the pods. Reported where
 * only a Service knows the number: all of the pods declare ports, and none declares this one.
 */
export const policyServicePort: NetworkRule = {
  code: 'NL512',
  slug: 'policy-service-port',
  severity: 'error',
  title: 'A NetworkPolicy names the port of a Service where the port of its pods is needed',
  concernsReach: true,
  check(model, report) {
    const portsOf = portsOfSelections();
    const mappingsOf = mappingsOfSelections(model);
    for (const policy of model.networkPolicies) {
      for (const rule of policy.rules) {
        if (!policy.isolates.has(rule.direction) || !rule.ports.some(({ port }) => typeof port === 'number')) continue;
        const destinations = destinationsOf(model, policy, rule)?.filter((workloads) => workloads.length > 0) ?? [];
        if (destinations.length === 0 || !destinations.every((workloads) => portsOf(workloads).allDeclared)) continue;
        for (const { port, endPort, protocol, path } of rule.ports) {
          if (typeof port !== 'number' || endPort !== undefined) continue;
          const key = portKey(port, protocol);
          if (destinations.some((workloads) => portsOf(workloads).ports.has(key))) continue;
          const mapping = destinations.map((workloads) => mappingsOf(workloads).get(key)).find(Boolean);
          if (mapping === undefined) continue;
          const { service, port: servicePort } = mapping;
          report({
            on: policy.object,
            field: below(path, 'port'),
            message: `port ${port} is the port of ${objectText(service.object.ref)}; its pods listen on ${String(servicePort.targetPort)}, and a policy sees their port`,
            related: [{ on: service.object, field: servicePort.path, message: 'the port of the Service' }],
            help: `write port: ${String(servicePort.targetPort)}`,
            ...(rule.ports.some((other) => allowsTarget(other, servicePort)) && { severity: 'warning' }),
          });
        }
      }
    }
  },
};

/** Then the connections get through, and the entry is only of no use. */
function allowsTarget({ port, endPort, protocol }: PolicyPort, { targetPort, protocol: wanted }: ServicePort): boolean {
  if (protocol !== wanted) return false;
  if (port === undefined || port === targetPort) return true;
  return (
    typeof port === 'number' && typeof targetPort === 'number' && port <= targetPort && targetPort <= (endPort ?? 0)
  );
}
