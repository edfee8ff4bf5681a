import { at, texts } from '../../model';
import type { Cluster } from './cluster';

/** The lists of Cilium's cluster pool in values of its chart; what is not given stays. */
export function byFamilyOf(values: unknown, before: Cluster['pluginRanges']): Cluster['pluginRanges'] {
  const ipv4 = texts(at(values, 'ipam', 'operator', 'clusterPoolIPv4PodCIDRList'));
  const ipv6 = texts(at(values, 'ipam', 'operator', 'clusterPoolIPv6PodCIDRList'));
  return { ...before, ...(ipv4.length > 0 && { IPv4: ipv4 }), ...(ipv6.length > 0 && { IPv6: ipv6 }) };
}
