import type { Service, ServicePort } from '../model';

const LISTED_PORTS = 10;

/** `80 (http), 443`; of very many the first ones. */
export function portList(ports: readonly ServicePort[]): string {
  const more = ports.length > LISTED_PORTS ? ` and ${ports.length - LISTED_PORTS} more` : '';
  const listed = ports.slice(0, LISTED_PORTS);
  return listed.map(({ name, port }) => (name === undefined ? String(port) : `${port} (${name})`)).join(', ') + more;
}

/** What a Service has to do with a port of that number or name. */
export type PortUse =
  | { readonly is: 'missing' }
  /** The port is there, for other protocols. */
  | { readonly is: 'other'; readonly protocol: string }
  | { readonly is: 'served' };

/** Asks for a port of a Service that takes the protocol; many may ask about one Service. */
export function servicePorts(): (service: Service, port: number | string, protocol: string) => PortUse {
  const known = new Map<Service, ReadonlyMap<number | string | undefined, readonly string[]>>();
  return (service, port, protocol) => {
    const ports = known.get(service) ?? protocolsOfPorts(service);
    known.set(service, ports);
    const protocols = ports.get(port);
    if (protocols === undefined) return { is: 'missing' };
    // A protocol that the API server does not know is another problem.
    const other = protocols.every((each) => each !== protocol && PROTOCOLS.has(each));
    return other ? { is: 'other', protocol: protocols[0] } : { is: 'served' };
  };
}

const PROTOCOLS: ReadonlySet<string> = new Set(['SCTP', 'TCP', 'UDP']);

function protocolsOfPorts({ ports }: Service): Map<number | string | undefined, string[]> {
  const protocols = new Map<number | string | undefined, string[]>();
  for (const { name, port, protocol } of ports) {
    for (const key of [name, port]) protocols.set(key, [...(protocols.get(key) ?? []), protocol]);
  }
  return protocols;
}
