import {
  ALL_PORTS,
  differenceOfPorts,
  formatPorts,
  intersectionOfPorts,
  NO_PORTS,
  type PortRange,
  type PortSet,
  portSet,
  unionOfPorts,
} from '../address';

/** In the order in which they are printed. */
export const PROTOCOLS = ['SCTP', 'TCP', 'UDP'] as const;

export type Protocol = (typeof PROTOCOLS)[number];

export function isProtocol(text: string): text is Protocol {
  return text === 'TCP' || text === 'UDP' || text === 'SCTP';
}

/** Which connections can be opened: destination ports by protocol. An index into its {@link ConnectionSets}: equal sets have equal indexes. */
export type ConnectionSet = number;

export const NO_CONNECTIONS: ConnectionSet = 0;
export const ALL_CONNECTIONS: ConnectionSet = 1;

type Ports = Readonly<Record<Protocol, PortSet>>;

/**
 * The algebra of connection sets. A cluster has few distinct ones, and each pair of them is combined again and again:
 * each set is kept once, and each answer is remembered.
 */
export class ConnectionSets {
  private readonly sets: Ports[] = [
    { SCTP: NO_PORTS, TCP: NO_PORTS, UDP: NO_PORTS },
    { SCTP: ALL_PORTS, TCP: ALL_PORTS, UDP: ALL_PORTS },
  ];
  private readonly indexes = new Map(this.sets.map((ports, index) => [keyOf(ports), index]));
  private readonly texts = ['No Connections', 'All Connections'];
  private readonly single: Readonly<Record<Protocol, Map<number, ConnectionSet>>> = {
    SCTP: new Map(),
    TCP: new Map(),
    UDP: new Map(),
  };
  private readonly unions = new Map<number, ConnectionSet>();
  private readonly intersections = new Map<number, ConnectionSet>();
  private readonly differences = new Map<number, ConnectionSet>();

  /** The set of these ports; of no protocol that is not named. */
  public of(ports: Partial<Readonly<Record<Protocol, Iterable<PortRange>>>>): ConnectionSet {
    return this.index({
      SCTP: portSet(ports.SCTP ?? []),
      TCP: portSet(ports.TCP ?? []),
      UDP: portSet(ports.UDP ?? []),
    });
  }

  /** The set of one port, which services and containers ask for again and again. */
  public port(protocol: Protocol, port: number): ConnectionSet {
    const known = this.single[protocol].get(port);
    if (known !== undefined) return known;
    const set = this.of({ [protocol]: [{ first: port, last: port }] });
    this.single[protocol].set(port, set);
    return set;
  }

  public ports(set: ConnectionSet, protocol: Protocol): PortSet {
    return this.sets[set][protocol];
  }

  public union(a: ConnectionSet, b: ConnectionSet): ConnectionSet {
    if (a === b || b === NO_CONNECTIONS || a === ALL_CONNECTIONS) return a;
    if (a === NO_CONNECTIONS || b === ALL_CONNECTIONS) return b;
    return this.combined(this.unions, Math.min(a, b), Math.max(a, b), unionOfPorts);
  }

  public intersection(a: ConnectionSet, b: ConnectionSet): ConnectionSet {
    if (a === b || a === NO_CONNECTIONS || b === ALL_CONNECTIONS) return a;
    if (b === NO_CONNECTIONS || a === ALL_CONNECTIONS) return b;
    return this.combined(this.intersections, Math.min(a, b), Math.max(a, b), intersectionOfPorts);
  }

  /** What is in `a` and not in `b`. */
  public difference(a: ConnectionSet, b: ConnectionSet): ConnectionSet {
    if (b === NO_CONNECTIONS || a === NO_CONNECTIONS) return a;
    if (a === b || b === ALL_CONNECTIONS) return NO_CONNECTIONS;
    return this.combined(this.differences, a, b, differenceOfPorts);
  }

  /** `All Connections`, `TCP 80,8000-8080; UDP 53`, or `No Connections`. */
  public text(set: ConnectionSet): string {
    return (this.texts[set] ??= PROTOCOLS.filter((protocol) => this.sets[set][protocol].length > 0)
      .map((protocol) => `${protocol} ${formatPorts(this.sets[set][protocol])}`)
      .join('; '));
  }

  private combined(
    known: Map<number, ConnectionSet>,
    a: ConnectionSet,
    b: ConnectionSet,
    combine: (a: PortSet, b: PortSet) => PortSet,
  ): ConnectionSet {
    const key = a * 0x1000000 + b;
    const answer = known.get(key);
    if (answer !== undefined) return answer;
    const [left, right] = [this.sets[a], this.sets[b]];
    const set = this.index({
      SCTP: combine(left.SCTP, right.SCTP),
      TCP: combine(left.TCP, right.TCP),
      UDP: combine(left.UDP, right.UDP),
    });
    known.set(key, set);
    return set;
  }

  private index(ports: Ports): ConnectionSet {
    const key = keyOf(ports);
    const index = this.indexes.get(key);
    if (index !== undefined) return index;
    this.indexes.set(key, this.sets.length);
    return this.sets.push(ports) - 1;
  }
}

function keyOf(ports: Ports): string {
  return PROTOCOLS.map((protocol) => formatPorts(ports[protocol])).join(';');
}
