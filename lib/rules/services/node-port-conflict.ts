import { objectText } from '../../finding/finding';
import { below, type FieldPath, flatMap, type Service } from '../../model';
import { collisions } from '../collisions';
import type { NetworkRule } from '../network-rule';

interface NodePortUse {
  readonly service: Service;
  readonly number: number;
  readonly field: FieldPath;
  /** Ports of one Service share a node port when these are equal and the protocols differ; health checks share with nothing. */
  readonly sharedBy: string;
  readonly protocol: string;
}

/**
 * Node ports are handed out by number alone, whatever the protocol, and health check node ports come from the same
 * allocator. Only inside one Service may TCP and UDP of the same port share a number (portallocator, initNodePorts).
 */
export const nodePortConflict: NetworkRule = {
  code: 'NL202',
  slug: 'node-port-conflict',
  severity: 'error',
  title: 'A node port is used twice in the cluster',
  check(model, report) {
    for (const { first, others } of collisions(flatMap(model.services, nodePortUses), ({ number }) => String(number))) {
      const protocols = new Set([first.protocol]);
      for (const use of others) {
        const shares = use.service === first.service && use.sharedBy === first.sharedBy && !protocols.has(use.protocol);
        if (shares) {
          protocols.add(use.protocol);
          continue;
        }
        report({
          on: use.service.object,
          field: use.field,
          message:
            use.service === first.service
              ? `node port ${use.number} is used twice in this Service`
              : `node port ${use.number} is also used by ${objectText(first.service.object.ref)}`,
          related: [{ on: first.service.object, field: first.field, message: 'first used here' }],
          help: 'a node port is one number for the whole cluster, whatever the protocol: choose another one, or leave it out and let the cluster choose',
        });
      }
    }
  },
};

function nodePortUses(service: Service): readonly NodePortUse[] {
  const ports = flatMap(service.ports, ({ nodePort, path, port, protocol }) =>
    nodePort === undefined
      ? []
      : [{ service, number: nodePort, field: below(path, 'nodePort'), sharedBy: String(port), protocol }],
  );
  return service.healthCheckNodePort === undefined
    ? ports
    : [
        ...ports,
        {
          service,
          number: service.healthCheckNodePort,
          field: ['spec', 'healthCheckNodePort'],
          sharedBy: 'health check',
          protocol: 'TCP',
        },
      ];
}
