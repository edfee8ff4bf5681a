import { below, flatMap } from '../../model';
import { destinationsOf, portKey, portsOfSelections } from './pod-ports';
import type { NetworkRule } from '../network-rule';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

/** A port without a protocol is one of TCP (NetworkPolicyPort, `protocol`). */
export const policyPortProtocol: NetworkRule = {
  code: 'NL518',
  slug: 'policy-port-protocol',
  severity: 'warning',
  title: 'A NetworkPolicy allows a port for another protocol than the pods have it for',
  concernsReach: true,
  check(model, report) {
    const portsOf = portsOfSelections();
    for (const policy of model.networkPolicies) {
      const allowed = new Set(
        flatMap(policy.rules, ({ direction, ports }) =>
          ports.map(({ port, protocol }) => `${direction} ${portKey(port ?? '', protocol)}`),
        ),
      );
      for (const rule of policy.rules) {
        const numbers = rule.ports.filter(
          ({ port, endPort, protocol }) =>
            typeof port === 'number' && endPort === undefined && PROTOCOLS.includes(protocol),
        );
        if (numbers.length === 0 || !policy.isolates.has(rule.direction)) continue;
        const destinations = destinationsOf(model, policy, rule)?.filter((workloads) => workloads.length > 0) ?? [];
        const example = destinations.at(0)?.at(0);
        if (example === undefined || !destinations.every((workloads) => portsOf(workloads).allDeclared)) continue;
        for (const { port = '', protocol, path } of numbers) {
          const has = (other: string): boolean =>
            destinations.some((workloads) => portsOf(workloads).ports.has(portKey(port, other)));
          const other = has(protocol) ? undefined : PROTOCOLS.find(has);
          // DNS and its like are often allowed for both, and declared for one.
          if (other === undefined || allowed.has(`${rule.direction} ${portKey(port, other)}`)) continue;
          report({
            on: policy.object,
            field: below(path, 'port'),
            message: `port ${port} is allowed for ${protocol}, and the pods have it for ${other}`,
            related: [{ on: example.object, field: [], message: 'one of the pods' }],
            help: `set protocol to ${other}; without a protocol a port is one of TCP`,
          });
        }
      }
    }
  },
};
