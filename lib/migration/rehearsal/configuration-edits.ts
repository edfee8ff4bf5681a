import { member } from '../../model';
import type { Cluster, ControlPlaneComponent, Flags, KubeadmConfig, KubeProxyConfig } from './cluster';
import { jsonOf, stringsOf } from './workbench';

/** What edits of configurations make of a cluster. */

export function onKubeadm(edit: (kubeadm: KubeadmConfig) => KubeadmConfig): (cluster: Cluster) => Cluster {
  return (cluster) => (cluster.kubeadm === null ? cluster : { ...cluster, kubeadm: edit(cluster.kubeadm) });
}

export function networking(json: string): (cluster: Cluster) => Cluster {
  return onKubeadm((kubeadm) => ({ ...kubeadm, ...stringsOf(member(jsonOf(json), 'networking')) }));
}

/** What a ClusterConfiguration calls the components. */
const KEYS = { 'kube-controller-manager': 'controllerManager', 'kube-apiserver': 'apiServer' } as const;

/** `{"controllerManager": {"flag": "value", "gone": null}}`, as {@link KUBEADM_FLAGS} reads it. */
export function extraArgs(json: string): (cluster: Cluster) => Cluster {
  const given = jsonOf(json);
  return onKubeadm((kubeadm) => {
    const set = (component: ControlPlaneComponent, key: string): Flags => {
      const changes = Object.entries((member(given, key) ?? {}) as Record<string, string | null>);
      const before = kubeadm.extraArgs[component] ?? {};
      const gone = new Set(changes.map(([flag]) => flag));
      return Object.fromEntries([
        ...Object.entries(before).filter(([flag]) => !gone.has(flag)),
        ...changes.filter((change): change is [string, string] => change[1] !== null),
      ]);
    };
    const edited = Object.entries(KEYS).filter(([, key]) => member(given, key) !== undefined);
    return {
      ...kubeadm,
      extraArgs: {
        ...kubeadm.extraArgs,
        ...Object.fromEntries(
          edited.map(([component, key]) => [component, set(component as ControlPlaneComponent, key)]),
        ),
      },
    };
  });
}

export function kubeProxy(json: string): (cluster: Cluster) => Cluster {
  const fields = jsonOf(json);
  return (cluster) => withKubeProxy(cluster, { ...stringsOf(fields), ...stringsOf(member(fields, 'detectLocal')) });
}

export function withKubeProxy(cluster: Cluster, fields: Partial<KubeProxyConfig>): Cluster {
  return cluster.kubeProxy === null ? cluster : { ...cluster, kubeProxy: { ...cluster.kubeProxy, ...fields } };
}

export function flannelNetwork(json: string): (cluster: Cluster) => Cluster {
  const fields = stringsOf(jsonOf(json));
  return (cluster) => withFlannel(cluster, fields);
}

export function withFlannel(cluster: Cluster, fields: Readonly<Record<string, string | undefined>>): Cluster {
  const { Network: ipv4, IPv6Network: ipv6 } = fields;
  const { IPv4: oldIpv4, IPv6: oldIpv6 } = cluster.pluginRanges;
  return {
    ...cluster,
    pluginRanges: {
      ...(fields.EnableIPv4 !== 'false' && oldIpv4 && { IPv4: oldIpv4 }),
      ...(fields.EnableIPv6 !== 'false' && oldIpv6 && { IPv6: oldIpv6 }),
      ...(ipv4 && { IPv4: [ipv4] }),
      ...(ipv6 && { IPv6: [ipv6] }),
    },
  };
}
