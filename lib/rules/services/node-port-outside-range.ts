import { below } from '../../model';
import type { NetworkRule } from '../network-rule';

/** The default of --service-node-port-range: what a cluster has unless somebody changed it. */
const USUAL_RANGE = { first: 30000, last: 32767 };

/** "provided port is not in the valid range" (--service-node-port-range). */
export const nodePortOutsideRange: NetworkRule = {
  code: 'NL207',
  slug: 'node-port-outside-range',
  severity: 'error',
  title: 'A node port lies outside the node port range',
  check(model, report) {
    const { nodePortRange } = model.facts;
    const range = nodePortRange ?? USUAL_RANGE;
    for (const service of model.services) {
      const uses = [
        ...service.ports.map(({ nodePort, path }) => ({ number: nodePort, field: below(path, 'nodePort') })),
        { number: service.healthCheckNodePort, field: ['spec', 'healthCheckNodePort'] },
      ];
      for (const { number, field } of uses) {
        // A number that is no port at all has a rule of its own.
        if (number === undefined || number > 65535 || (number >= range.first && number <= range.last)) continue;
        report({
          on: service.object,
          field,
          ...(nodePortRange === undefined && { severity: 'warning' }),
          message: `node port ${number} is outside the ${nodePortRange === undefined ? 'usual ' : ''}node port range ${range.first}-${range.last}`,
          help:
            nodePortRange === undefined
              ? 'choose a number inside; if the cluster has another range, say so with --node-port-range'
              : 'choose a number inside, or leave it out and let the cluster choose',
        });
      }
    }
  },
};
