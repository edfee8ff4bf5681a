import { below, member, type Service } from '../../model';
import { guessedPorts } from '../../plan';
import type { NetworkRule } from '../network-rule';

/** Of a Service that is new: one that is there has a number for each of its ports. */
export const nodePortDryRun: NetworkRule = {
  code: 'NL267',
  slug: 'node-port-dry-run',
  severity: 'warning',
  title: 'A node port stands where a dry run of the API server guesses one',
  layer: 'object',
  check({ services }, report) {
    for (const service of services) {
      const { object, ports, healthCheckNodePort } = service;
      if (!givesNodePorts(service) || ports.every(({ nodePort }) => nodePort !== undefined)) continue;
      for (const { index, nodePort, guessedFor } of guessedPorts(ports, healthCheckNodePort)) {
        report({
          on: object,
          field: index === undefined ? ['spec', 'healthCheckNodePort'] : below(ports[index].path, 'nodePort'),
          message: `a server-side dry run of the new Service gives ${nodePort} to port ${ports[guessedFor].port} before it, which asks for none, and then refuses it here`,
          help: 'kubectl diff fails until the Service is there: list the ports without nodePort last, or give each of them a nodePort',
        });
      }
    }
  },
};

function givesNodePorts({ object, type }: Service): boolean {
  if (type === 'NodePort') return true;
  const given = member(member(object.manifest, 'spec'), 'allocateLoadBalancerNodePorts');
  return type === 'LoadBalancer' && given !== false;
}
