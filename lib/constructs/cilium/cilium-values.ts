import { stringify } from 'yaml';
import type { IpFamily } from '../../address';
import { CiliumIpam, CiliumRouting } from './cilium-options';
import type { CiliumSettings } from './cilium-settings';

const API_SERVER_PORT = 6443;

/** The values of Cilium's Helm chart. */
export function ciliumValues(settings: CiliumSettings): object {
  const { ipam, routing, podCidrs, nativeRoutingCidr, clusterName, clusterId, maxConnectedClusters } = settings;
  const { autoDirectNodeRoutes, kubeProxyReplacement, apiServerHost, apiServerPort } = settings.options;
  return pruned({
    cluster: { name: clusterName, id: clusterId },
    clustermesh: maxConnectedClusters === undefined ? undefined : { maxConnectedClusters },
    ipam: { mode: ipam, operator: operatorValues(settings) },
    ipv4: { enabled: podCidrs.IPv4.length > 0 },
    ipv6: { enabled: podCidrs.IPv6.length > 0 },
    k8s:
      ipam === CiliumIpam.KUBERNETES
        ? { requireIPv4PodCIDR: podCidrs.IPv4.length > 0, requireIPv6PodCIDR: podCidrs.IPv6.length > 0 }
        : undefined,
    routingMode: routing === CiliumRouting.NATIVE ? 'native' : 'tunnel',
    tunnelProtocol: routing === CiliumRouting.NATIVE ? undefined : routing,
    ipv4NativeRoutingCIDR: nativeRoutingCidr.IPv4,
    ipv6NativeRoutingCIDR: nativeRoutingCidr.IPv6,
    autoDirectNodeRoutes,
    // Pods of a node have addresses of several ranges: each gets a route.
    endpointRoutes: ipam === CiliumIpam.MULTI_POOL ? { enabled: true } : undefined,
    kubeProxyReplacement,
    policyCIDRMatchMode: settings.policiesSeeNodes ? ['nodes'] : undefined,
    k8sServiceHost: apiServerHost,
    k8sServicePort: apiServerHost === undefined ? undefined : (apiServerPort ?? API_SERVER_PORT),
  });
}

/** `cilium install --values`, `helm install -f`. */
export function ciliumValuesFile(settings: CiliumSettings): string {
  return stringify(ciliumValues(settings), { lineWidth: 0 });
}

function operatorValues({ ipam, podCidrs, maskSize }: CiliumSettings): object | undefined {
  if (ipam === CiliumIpam.KUBERNETES) return undefined;
  if (ipam === CiliumIpam.MULTI_POOL) {
    const ofFamily = (family: IpFamily): object | undefined =>
      podCidrs[family].length === 0 ? undefined : { cidrs: podCidrs[family], maskSize: maskSize[family] };
    return { autoCreateCiliumPodIPPools: { default: { ipv4: ofFamily('IPv4'), ipv6: ofFamily('IPv6') } } };
  }
  return {
    ...(podCidrs.IPv4.length > 0 && {
      clusterPoolIPv4PodCIDRList: podCidrs.IPv4,
      clusterPoolIPv4MaskSize: maskSize.IPv4,
    }),
    ...(podCidrs.IPv6.length > 0 && {
      clusterPoolIPv6PodCIDRList: podCidrs.IPv6,
      clusterPoolIPv6MaskSize: maskSize.IPv6,
    }),
  };
}

/** The same as the agents and the operator read it: the ConfigMap `cilium-config`. */
export function ciliumConfig(settings: CiliumSettings): Record<string, string> {
  const { ipam, routing, podCidrs, nativeRoutingCidr, clusterName, clusterId, maxConnectedClusters } = settings;
  const { autoDirectNodeRoutes, kubeProxyReplacement } = settings.options;
  const native = routing === CiliumRouting.NATIVE;
  return texts({
    'cluster-name': clusterName,
    'cluster-id': clusterId,
    'max-connected-clusters': maxConnectedClusters,
    ipam,
    'enable-ipv4': podCidrs.IPv4.length > 0,
    'enable-ipv6': podCidrs.IPv6.length > 0,
    ...poolSettings(settings),
    'routing-mode': native ? 'native' : 'tunnel',
    'tunnel-protocol': native ? undefined : routing,
    'ipv4-native-routing-cidr': nativeRoutingCidr.IPv4,
    'ipv6-native-routing-cidr': nativeRoutingCidr.IPv6,
    'auto-direct-node-routes': autoDirectNodeRoutes,
    'enable-endpoint-routes': ipam === CiliumIpam.MULTI_POOL ? true : undefined,
    'kube-proxy-replacement': kubeProxyReplacement,
    'policy-cidr-match-mode': settings.policiesSeeNodes ? 'nodes' : undefined,
  });
}

type Settings = Readonly<Record<string, string | number | boolean | undefined>>;

function poolSettings({ ipam, podCidrs, maskSize }: CiliumSettings): Settings {
  const families = (['IPv4', 'IPv6'] as const)
    .filter((family) => podCidrs[family].length > 0)
    .map((family) => ({ key: family.toLowerCase(), cidrs: podCidrs[family], mask: maskSize[family] }));
  switch (ipam) {
    case CiliumIpam.KUBERNETES:
      return Object.fromEntries(families.map(({ key }) => [`k8s-require-${key}-pod-cidr`, true]));
    case CiliumIpam.MULTI_POOL: {
      const ranges = families.map(
        ({ key, cidrs, mask }) => `${key}-cidrs:${cidrs.join(',')};${key}-mask-size:${String(mask)}`,
      );
      return { 'auto-create-cilium-pod-ip-pools': `default=${ranges.join(';')}` };
    }
    case CiliumIpam.CLUSTER_POOL:
      return Object.fromEntries(
        families.flatMap(({ key, cidrs, mask }): [string, string | number | undefined][] => [
          [`cluster-pool-${key}-cidr`, cidrs.join(' ')],
          [`cluster-pool-${key}-mask-size`, mask],
        ]),
      );
  }
}

function texts(settings: Settings): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]])),
  );
}

function pruned(values: object): object {
  return JSON.parse(JSON.stringify(values)) as object;
}
