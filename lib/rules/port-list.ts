import type { ServicePort } from '../model';

const LISTED_PORTS = 10;

/** `80 (http), 443`; of very many the first ones. */
export function portList(ports: readonly ServicePort[]): string {
  const more = ports.length > LISTED_PORTS ? ` and ${ports.length - LISTED_PORTS} more` : '';
  const listed = ports.slice(0, LISTED_PORTS);
  return listed.map(({ name, port }) => (name === undefined ? String(port) : `${port} (${name})`)).join(', ') + more;
}
