/** A port of a Service that gets a node port. */
export interface AskedPort {
  readonly port: number;
  /** Undefined where none is asked for; null where one will be planned, and is not known yet. */
  readonly nodePort: number | null | undefined;
}

/** A node port that is asked for where a dry run has given the number already. */
export interface GuessedPort {
  /** The port that asks for it; undefined for the health check. */
  readonly index: number | undefined;
  readonly nodePort: number;
  /** The port to which it was given. */
  readonly guessedFor: number;
}

/** The guess where no port has a number yet. */
const FIRST_GUESS = 32769;

/**
 * A server-side dry run of a new Service finds no free node port: it takes the largest number so far and one more, and then refuses the same
 * number where it is asked for (kubernetes/kubernetes, pkg/registry/core/service: `AllocateNext` of portallocator/operation.go, `initNodePorts` of
 * storage/alloc.go). ClusterIPs know no such conflict: a Service has one of each family.
 */
export function guessedPorts(
  ports: readonly AskedPort[],
  healthCheckNodePort: number | undefined,
): readonly GuessedPort[] {
  const found: GuessedPort[] = [];
  const guesses = new Map<number, number>();
  // Ports of one number share a node port, whatever the protocol.
  const numbers = new Map<number, number>();
  let largest: number | undefined;
  const ask = (nodePort: number, index: number | undefined): void => {
    const guessedFor = guesses.get(nodePort);
    if (guessedFor !== undefined) found.push({ index, nodePort, guessedFor });
    largest = Math.max(largest ?? 0, nodePort);
  };
  ports.forEach(({ port, nodePort }, index) => {
    const known = numbers.get(port);
    if (known !== undefined) {
      if (typeof nodePort === 'number' && nodePort !== known) ask(nodePort, index);
      return;
    }
    const asking = ports.findIndex((other) => other.port === port && typeof other.nodePort === 'number');
    const asked = asking < 0 ? undefined : ports[asking].nodePort;
    if (typeof asked === 'number') {
      ask(asked, asking);
      numbers.set(port, asked);
    } else if (nodePort === undefined) {
      largest = largest === undefined ? FIRST_GUESS : largest + 1;
      guesses.set(largest, index);
      numbers.set(port, largest);
    }
  });
  if (healthCheckNodePort !== undefined) ask(healthCheckNodePort, undefined);
  return found;
}
