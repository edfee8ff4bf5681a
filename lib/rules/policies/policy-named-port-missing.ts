import { below, isPortName } from '../../model';
import { destinationsOf, portKey, portsOfSelections } from './pod-ports';
import type { NetworkRule } from '../network-rule';

/** A name stands for the port that the pod at the receiving end gives it; where no pod does, nothing is allowed (NetworkPolicyPort, `port`). */
export const policyNamedPortMissing: NetworkRule = {
  code: 'NL513',
  slug: 'policy-named-port-missing',
  severity: 'warning',
  title: 'A NetworkPolicy names a port that no pod at the receiving end has',
  concernsReach: true,
  check(model, report) {
    const portsOf = portsOfSelections();
    for (const policy of model.networkPolicies) {
      for (const rule of policy.rules) {
        const named = rule.ports.filter(({ port }) => typeof port === 'string' && isPortName(port));
        if (named.length === 0 || !policy.isolates.has(rule.direction)) continue;
        const destinations = destinationsOf(model, policy, rule)?.filter((workloads) => workloads.length > 0) ?? [];
        const example = destinations.at(0)?.at(0);
        if (example === undefined) continue;
        for (const { port, protocol, path } of named) {
          const name = String(port);
          const has = (other: string): boolean =>
            destinations.some((workloads) => portsOf(workloads).ports.has(portKey(name, other)));
          if (has(protocol)) continue;
          const other = ['TCP', 'UDP', 'SCTP'].find(has);
          report({
            on: policy.object,
            field: below(path, 'port'),
            message: `no pod that ${rule.direction === 'ingress' ? 'the policy selects' : 'is a peer of the rule'} has a ${protocol} port named ${name}, so that nothing is allowed`,
            related: [{ on: example.object, field: [], message: 'one of the pods' }],
            help:
              other === undefined
                ? 'write the number, or name the port in the containers'
                : `a port of that name is there for ${other}: set protocol to ${other}`,
          });
        }
      }
    }
  },
};
