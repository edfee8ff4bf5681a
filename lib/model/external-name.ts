import { at, nonEmpty } from './json';
import type { Service } from './service';

/** The Service of this cluster that a DNS name stands for. */
export interface ServiceName {
  readonly namespace: string;
  readonly name: string;
}

/** What an ExternalName Service is an alias of; undefined for other types and when nothing is said. */
export function externalNameOf({ object, type }: Service): string | undefined {
  return type === 'ExternalName' ? nonEmpty(at(object.manifest, 'spec', 'externalName')) : undefined;
}

/** Reads `SERVICE.NAMESPACE.svc.ZONE`, and the same with the name of an endpoint in front (Kubernetes DNS specification 1.1.0). */
export function serviceOfDnsName(
  dnsName: string,
  zone: string,
): (ServiceName & { readonly endpoint: boolean }) | undefined {
  const labels = withoutZone(dnsName.toLowerCase().replace(/\.$/, ''), zone).split('.');
  if (labels.length < 3 || labels.at(-1) !== 'svc') return undefined;
  const namespace = labels.at(-2) ?? '';
  const name = labels.at(-3) ?? '';
  return namespace === '' || name === '' ? undefined : { namespace, name, endpoint: labels.length > 3 };
}

function withoutZone(dnsName: string, zone: string): string {
  return dnsName.endsWith(`.${zone}`) ? dnsName.slice(0, -zone.length - 1) : dnsName;
}
