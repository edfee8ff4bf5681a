import { at, list, member, nonEmpty, record, text, texts } from './json';
import { flatMap } from './lists';

/** What values of Cilium's Helm chart become: the settings of `cilium-config`, as far as they are about addresses. */
export function ciliumConfigOfValues(values: unknown): Record<string, string> {
  const operator = at(values, 'ipam', 'operator');
  const settings: Record<string, string | undefined> = {
    ipam: text(at(values, 'ipam', 'mode')) ?? 'cluster-pool',
    'cluster-name': scalar(at(values, 'cluster', 'name')),
    'cluster-id': scalar(at(values, 'cluster', 'id')),
    'max-connected-clusters': scalar(at(values, 'clustermesh', 'maxConnectedClusters')),
    'enable-ipv4': scalar(at(values, 'ipv4', 'enabled')),
    'enable-ipv6': scalar(at(values, 'ipv6', 'enabled')) ?? 'false',
    'cluster-pool-ipv4-cidr': joined(member(operator, 'clusterPoolIPv4PodCIDRList')),
    'cluster-pool-ipv6-cidr': joined(member(operator, 'clusterPoolIPv6PodCIDRList')),
    'cluster-pool-ipv4-mask-size': scalar(member(operator, 'clusterPoolIPv4MaskSize')),
    'cluster-pool-ipv6-mask-size': scalar(member(operator, 'clusterPoolIPv6MaskSize')),
    'auto-create-cilium-pod-ip-pools': pools(member(operator, 'autoCreateCiliumPodIPPools')),
    'routing-mode': text(member(values, 'routingMode')),
    'ipv4-native-routing-cidr': text(member(values, 'ipv4NativeRoutingCIDR')),
    'ipv6-native-routing-cidr': text(member(values, 'ipv6NativeRoutingCIDR')),
    'enable-policy': text(member(values, 'policyEnforcementMode')),
    'policy-cidr-match-mode': joined(member(values, 'policyCIDRMatchMode')),
    'cni-chaining-mode': text(at(values, 'cni', 'chainingMode')),
  };
  return Object.fromEntries(
    flatMap(Object.entries(settings), ([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}

/** The ranges of `pool=ipv4-cidrs:10.0.0.0/16,10.1.0.0/16;ipv4-mask-size:24`, pools separated by commas too. */
export function autoCreatedPoolRanges(setting: string): readonly string[] {
  return flatMap(setting.split(/[,;]/), (part) => {
    const range = part.replace(/^.*ipv[46]-cidrs:/, '').trim();
    return range.includes('/') ? [range] : [];
  });
}

function scalar(value: unknown): string | undefined {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : nonEmpty(value);
}

function joined(value: unknown): string | undefined {
  return list(value).length === 0 ? nonEmpty(value) : texts(value).join(' ');
}

function pools(value: unknown): string | undefined {
  const written = Object.entries(record(value) ?? {}).map(([name, pool]) => {
    const families = flatMap(['ipv4', 'ipv6'], (family) => {
      const cidrs = texts(at(pool, family, 'cidrs'));
      return cidrs.length === 0 ? [] : [`${family}-cidrs:${cidrs.join(',')}`];
    });
    return `${name}=${families.join(';')}`;
  });
  return written.length === 0 ? undefined : written.join(',');
}
