import type { NetworkRule } from '../network-rule';

/** "provided port is not in the valid range" (--service-node-port-range). */
export const nodePortOutsideRange: NetworkRule = {
  code: 'NL207',
  slug: 'node-port-outside-range',
  severity: 'error',
  title: 'A node port lies outside the node port range',
  needs: ['nodePortRange'],
  check(model, report) {
    const range = model.facts.nodePortRange;
    if (range === undefined) return;
    for (const service of model.services) {
      const uses = [
        ...service.ports.map(({ nodePort, path }) => ({ number: nodePort, field: [...path, 'nodePort'] })),
        { number: service.healthCheckNodePort, field: ['spec', 'healthCheckNodePort'] },
      ];
      for (const { number, field } of uses) {
        if (number === undefined || (number >= range.first && number <= range.last)) continue;
        report({
          on: service.object,
          field,
          message: `node port ${number} is outside the node port range ${range.first}-${range.last}`,
          help: 'choose a number inside, or leave it out and let the cluster choose',
        });
      }
    }
  },
};
