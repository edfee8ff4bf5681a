import { objectText } from '../../finding/finding';
import { below, type PolicyPort } from '../../model';
import { destinationsOf, mappingsOfSelections, type PodPorts, portKey, portsOfSelections } from './pod-ports';
import type { NetworkRule } from '../network-rule';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

/**
 * A remark: `containerPort` is informational (Container, `ports`). A port that the pods have for another protocol, or that is the port of a
 * Service in front of them, has a rule of its own.
 */
export const policyPortUndeclared: NetworkRule = {
  code: 'NL542',
  slug: 'policy-port-undeclared',
  severity: 'info',
  title: 'A NetworkPolicy allows a port that no pod at the receiving end declares',
  concernsReach: true,
  check(model, report) {
    const portsOf = portsOfSelections();
    const mappingsOf = mappingsOfSelections(model);
    for (const policy of model.networkPolicies) {
      for (const rule of policy.rules) {
        const numbers = rule.ports.filter(({ port }) => typeof port === 'number');
        if (numbers.length === 0 || !policy.isolates.has(rule.direction)) continue;
        const destinations = destinationsOf(model, policy, rule)?.filter((workloads) => workloads.length > 0) ?? [];
        const example = destinations.at(0)?.at(0);
        if (example === undefined || !destinations.every((workloads) => portsOf(workloads).allDeclared)) continue;
        for (const allowed of numbers) {
          if (destinations.some((workloads) => declaresAny(portsOf(workloads), allowed))) continue;
          const key = portKey(allowed.port ?? '', allowed.protocol);
          if (destinations.some((workloads) => mappingsOf(workloads).has(key))) continue;
          const declared = example.containerPorts.map(({ containerPort, protocol }) =>
            portKey(containerPort, protocol),
          );
          report({
            on: policy.object,
            field: below(allowed.path, 'port'),
            message: `no pod that ${rule.direction === 'ingress' ? 'the policy selects' : 'is a peer of the rule'} declares the port ${numberText(allowed)}`,
            related: [{ on: example.object, field: [], message: 'one of the pods' }],
            help: `${objectText(example.object.ref)} declares ${declared.join(', ')}: compare with what the program listens on`,
          });
        }
      }
    }
  },
};

function numberText({ port, endPort }: PolicyPort): string {
  return endPort === undefined ? String(port) : `${String(port)}-${endPort}`;
}

/** For any protocol. */
function declaresAny({ ports }: PodPorts, { port, endPort }: PolicyPort): boolean {
  if (endPort === undefined) return PROTOCOLS.some((protocol) => ports.has(portKey(Number(port), protocol)));
  for (const key of ports) {
    const number = Number(key.slice(0, key.indexOf('/')));
    if (number >= Number(port) && number <= endPort) return true;
  }
  return false;
}
