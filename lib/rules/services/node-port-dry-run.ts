import { type FieldPath, member, type Service, type ServicePort } from '../../model';
import type { NetworkRule } from '../network-rule';

/**
 * A dry run finds no free node port: it takes the largest number so far and one more, and then refuses the same number where it is asked for
 * (pkg/registry/core/service: `AllocateNext` of portallocator/operation.go, `initNodePorts` of storage/alloc.go). ClusterIPs know no such guess: a
 * Service has one of each family.
 */
export const nodePortDryRun: NetworkRule = {
  code: 'NL267',
  slug: 'node-port-dry-run',
  severity: 'warning',
  title: 'A node port stands where a dry run of the API server guesses one',
  layer: 'object',
  check({ services }, report) {
    for (const service of services) {
      for (const { field, nodePort, guessedFor } of guessedPorts(service)) {
        report({
          on: service.object,
          field,
          message: `a server-side dry run of the new Service gives ${nodePort} to port ${guessedFor.port} before it, which asks for none, and then refuses it here`,
          help: 'kubectl diff fails until the Service is there: list the ports without nodePort last, or give each of them a nodePort',
        });
      }
    }
  },
};

interface GuessedPort {
  readonly field: FieldPath;
  readonly nodePort: number;
  /** The port that had no number. */
  readonly guessedFor: ServicePort;
}

/** The guess where no port has a number yet. */
const FIRST_GUESS = 32769;

/** Node ports that are asked for and were guessed before. */
function guessedPorts({ object, type, ports, healthCheckNodePort }: Service): readonly GuessedPort[] {
  const spec = member(object.manifest, 'spec');
  const gives =
    type === 'NodePort' || (type === 'LoadBalancer' && member(spec, 'allocateLoadBalancerNodePorts') !== false);
  if (!gives || ports.every(({ nodePort }) => nodePort !== undefined)) return [];
  const found: GuessedPort[] = [];
  const guesses = new Map<number, ServicePort>();
  // Ports of one number share one, whatever the protocol.
  const numbers = new Map<number, number>();
  let largest: number | undefined;
  const ask = (nodePort: number, field: FieldPath): void => {
    const guessedFor = guesses.get(nodePort);
    if (guessedFor !== undefined) found.push({ field, nodePort, guessedFor });
    largest = Math.max(largest ?? 0, nodePort);
  };
  for (const servicePort of ports) {
    const { port } = servicePort;
    const known = numbers.get(port);
    const asked = ports.find((other) => other.port === port && other.nodePort !== undefined);
    if (known === undefined && asked?.nodePort === undefined) {
      const guess: number = largest === undefined ? FIRST_GUESS : largest + 1;
      guesses.set(guess, servicePort);
      numbers.set(port, guess);
      largest = guess;
    } else if (known === undefined && asked?.nodePort !== undefined) {
      ask(asked.nodePort, [...asked.path, 'nodePort']);
      numbers.set(port, asked.nodePort);
    } else if (servicePort.nodePort !== undefined && servicePort.nodePort !== known) {
      ask(servicePort.nodePort, [...servicePort.path, 'nodePort']);
    }
  }
  if (healthCheckNodePort !== undefined) ask(healthCheckNodePort, ['spec', 'healthCheckNodePort']);
  return found;
}
