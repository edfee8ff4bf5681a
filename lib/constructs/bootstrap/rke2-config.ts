import { Construct } from 'constructs';
import type { Problem } from '../../finding/problem';
import { NetworkSynthesis } from '../../synth';
import { Cluster } from '../cluster/cluster';
import { type Cni, NetworkPlugin } from '../cluster/cni';
import { apiServerProblems } from './cluster-network';
import { addK3sFiles } from './k3s-files';
import type { K3sServerProps } from './k3s-server-props';
import { helmChartConfig, type Rke2Chart } from './rke2-chart-values';

/** The network plugin that RKE2 installs. */
export enum Rke2Cni {
  /** Calico for policies, Flannel between nodes. */
  CANAL = 'canal',
  /** Calico. */
  CALICO = 'calico',
  /** Cilium. */
  CILIUM = 'cilium',
  /** Flannel. */
  FLANNEL = 'flannel',
  /** None: somebody else installs one. */
  NONE = 'none',
}

/** Props of `Rke2Config`. */
export interface Rke2ConfigProps extends K3sServerProps {
  /**
   * The network plugin.
   * @default - that of the cluster, if it is Calico or Cilium, else Rke2Cni.CANAL
   */
  readonly cni?: Rke2Cni;
}

/**
 * The configuration of RKE2 for the cluster that it stands in, written to `rke2/CLUSTER/server.yaml` and `agent.yaml` below the output
 * folder. Each goes to `/etc/rancher/rke2/config.yaml` of its nodes.
 *
 * The network plugin takes its settings from a HelmChartConfig, `rke2/CLUSTER/manifests/rke2-PLUGIN-config.yaml`, which goes to
 * `/var/lib/rancher/rke2/server/manifests` of the servers before they start for the first time.
 */
export class Rke2Config extends Construct {
  constructor(scope: Construct, id: string, props: Rke2ConfigProps = {}) {
    super(scope, id);
    const cluster = Cluster.of(this);
    const cni = props.cni ?? rke2CniOf(cluster?.cni);
    addK3sFiles({
      construct: this,
      instantiated: new.target,
      folder: 'rke2',
      props,
      more: () => ({ cni }),
      problems: (network) => [
        ...pluginProblems(network.name, props.cni, cluster?.cni),
        // The chart of RKE2 is told where the API server is.
        ...(cni === Rke2Cni.NONE ? apiServerProblems(network) : []),
      ],
    });
    const chart = chartOf(cni);
    if (cluster === undefined || chart === undefined) return;
    NetworkSynthesis.of(this).addFile(this, `rke2/${cluster.name}/manifests/rke2-${chart}-config.yaml`, () =>
      helmChartConfig(cluster, chart),
    );
  }
}

/** Undefined for the one that RKE2 takes by itself. */
function rke2CniOf(cni: Cni | undefined): Rke2Cni | undefined {
  if (cni?.plugin === NetworkPlugin.CALICO) return Rke2Cni.CALICO;
  return cni?.plugin === NetworkPlugin.CILIUM ? Rke2Cni.CILIUM : undefined;
}

function chartOf(cni: Rke2Cni | undefined): Rke2Chart | undefined {
  return cni === Rke2Cni.NONE ? undefined : (cni ?? Rke2Cni.CANAL);
}

/** Canal is Flannel with policies. */
const FITTING: Readonly<Record<NetworkPlugin, readonly Rke2Cni[]>> = {
  [NetworkPlugin.CALICO]: [Rke2Cni.CALICO, Rke2Cni.NONE],
  [NetworkPlugin.CILIUM]: [Rke2Cni.CILIUM, Rke2Cni.NONE],
  [NetworkPlugin.FLANNEL]: [Rke2Cni.CANAL, Rke2Cni.FLANNEL, Rke2Cni.NONE],
  [NetworkPlugin.NONE]: Object.values(Rke2Cni),
};

function pluginProblems(name: string, given: Rke2Cni | undefined, cni: Cni | undefined): Problem[] {
  if (given === undefined || cni === undefined || FITTING[cni.plugin].includes(given)) return [];
  return [
    {
      message: `cni is ${given}, and the network plugin of cluster ${name} is ${cni.plugin}`,
      help: `use ${FITTING[cni.plugin].join(' or ')}, or leave cni out`,
    },
  ];
}
