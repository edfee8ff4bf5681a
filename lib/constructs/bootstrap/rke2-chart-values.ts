import { type IpFamily, parseCidr } from '../../address';
import { calicoNetworkOf } from '../calico/calico-network';
import { CalicoApi, type CalicoOptions } from '../calico/calico-options';
import { ciliumSettingsOf } from '../cilium/cilium-network';
import { CiliumIpam, type CiliumOptions } from '../cilium/cilium-options';
import { ciliumValues } from '../cilium/cilium-values';
import type { Cluster } from '../cluster/cluster';
import type { FlannelOptions } from '../flannel/flannel-options';
import { configFile } from './config-file';

/** The charts of RKE2 that are configured here, each with its values. */
export type Rke2Chart = 'canal' | 'calico' | 'cilium' | 'flannel';

/**
 * RKE2 installs its network plugin from a chart, which takes further values from a HelmChartConfig of its name only (docs.rke2.io, "Network
 * Options"; keys as in rancher/rke2-charts, packages/rke2-CHART).
 */
export function helmChartConfig(cluster: Cluster, chart: Rke2Chart): string {
  return configFile([
    {
      apiVersion: 'helm.cattle.io/v1',
      kind: 'HelmChartConfig',
      metadata: { name: `rke2-${chart}`, namespace: 'kube-system' },
      spec: { valuesContent: configFile([valuesOf(cluster, chart)]) },
    },
  ]);
}

function valuesOf(cluster: Cluster, chart: Rke2Chart): object {
  const { calico = {}, cilium, flannel = {} } = cluster.cni?._options ?? {};
  switch (chart) {
    case 'canal':
      return { podCidr: ofFamily(cluster, 'IPv4'), podCidrv6: ofFamily(cluster, 'IPv6'), ...flannelValues(flannel) };
    case 'flannel':
      return flannelValues(flannel);
    case 'calico':
      return calicoValues(cluster, calico);
    case 'cilium':
      // As the chart of RKE2 has it where nobody says more.
      return ciliumChartValues(cluster, cilium ?? { ipam: CiliumIpam.KUBERNETES });
  }
}

function ofFamily({ podCidrs }: Cluster, family: IpFamily): string | undefined {
  return podCidrs.find((cidr) => parseCidr(cidr).family === family);
}

function flannelValues({ backend, vni, port, directRouting, nftables }: FlannelOptions): object {
  return { flannel: { backend, vni, backendPort: port, directRouting, enableNFTables: nftables } };
}

/** `apiServer` is off in the chart, and serves `projectcalico.org/v3` for objects beside the Installation. */
function calicoValues(cluster: Cluster, options: CalicoOptions): object {
  return {
    installation: { calicoNetwork: calicoNetworkOf(cluster, options) },
    apiServer: options.api === CalicoApi.NATIVE_CRDS ? undefined : { enabled: true },
  };
}

/** On each node of RKE2, servers and agents, a proxy leads from port 6443 of the node itself to the API servers. */
function ciliumChartValues(cluster: Cluster, options: CiliumOptions): object {
  const { kubeProxyReplacement, apiServerHost } = options;
  const isLocal = kubeProxyReplacement === true && apiServerHost === undefined;
  return ciliumValues(ciliumSettingsOf(cluster, isLocal ? { ...options, apiServerHost: 'localhost' } : options));
}
