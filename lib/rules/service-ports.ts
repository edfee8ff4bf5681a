import type { Service, ServicePort } from '../model';

const LISTED_PORTS = 10;

/** `80 (http), 443`; of very many the first ones. */
export function portList(ports: readonly ServicePort[]): string {
  const more = ports.length > LISTED_PORTS ? ` and ${ports.length - LISTED_PORTS} more` : '';
  const listed = ports.slice(0, LISTED_PORTS);
  return listed.map(({ name, port }) => (name === undefined ? String(port) : `${port} (${name})`)).join(', ') + more;
}

/** Whether a Service has a port of that number or name; many may ask about one Service. */
export function servicePorts(): (service: Service, port: number | string) => boolean {
  const known = new Map<Service, ReadonlySet<number | string | undefined>>();
  return (service, port) => {
    const ports = known.get(service) ?? new Set(service.ports.flatMap(({ name, port: number }) => [number, name]));
    known.set(service, ports);
    return ports.has(port);
  };
}
