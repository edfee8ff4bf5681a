import type { IConstruct } from 'constructs';
import type { Problem } from '../../finding/problem';
import type { ComponentVersion } from '../../plan';
import { NetworkSynthesis, type PlannedCluster } from '../../synth';
import { type ClusterNetwork, clusterNetworkOf } from './cluster-network';
import { FOREIGN_NETWORK_PLUGIN, NETWORK_PLUGIN_VERSION } from '../objects/object-rules';

type OwnPlugin = 'Calico' | 'Cilium' | 'Flannel';

/** Two network plugins would give addresses to the same pods. */
export function foreignPluginProblems(construct: IConstruct, plugin: OwnPlugin, kind: string): Problem[] {
  const cluster = clusterNetworkOf(construct);
  const own = cluster?.cni?.plugin;
  if (cluster === undefined || own === undefined || ['none', plugin].includes(own)) return [];
  return [
    {
      rule: FOREIGN_NETWORK_PLUGIN,
      message: `${kind} is an object of ${plugin}, and the network plugin of cluster ${cluster.name} is ${own}`,
      help: `leave it out, or give the cluster cni: Cni.${plugin.toLowerCase()}()`,
    },
  ];
}

/** What was planned for the cluster, from which a network plugin is configured. */
export function plannedCluster(cluster: ClusterNetwork): PlannedCluster {
  const planned = NetworkSynthesis.of(cluster).clusterOf(cluster);
  if (planned === undefined) throw new Error(`cluster ${cluster.node.path} was not planned`);
  return planned;
}

/** The version of Cilium in the cluster that a construct stands in, as far as `Cni.cilium()` says it. */
export function ciliumVersionOf(construct: IConstruct): ComponentVersion | undefined {
  const version = clusterNetworkOf(construct)?.cni?._options.cilium?.version;
  return version === undefined ? undefined : readVersion(version);
}

/** Something that only later versions have. */
export interface VersionNeed {
  /** Such as `3.30`. */
  readonly since: string;
  readonly what: string;
}

/** What the version lacks; nothing is lacking of a version that is not known. */
export function versionProblems(plugin: string, version: string | undefined, needs: readonly VersionNeed[]): Problem[] {
  if (version === undefined) return [];
  const known = readVersion(version);
  if (known === undefined) {
    return [
      {
        rule: NETWORK_PLUGIN_VERSION,
        message: `version ${JSON.stringify(version)} is no version of ${plugin}`,
        help: 'write the major and the minor version, such as 3.32',
      },
    ];
  }
  return needs
    .filter(({ since }) => compareVersions(known, readVersion(since) ?? known) < 0)
    .map(({ since, what }) => ({
      rule: NETWORK_PLUGIN_VERSION,
      message: `${what} needs ${plugin} ${since} or later, and the version is ${version}`,
      help: `use ${plugin} ${since} or later, or do without`,
    }));
}

function readVersion(text: string): ComponentVersion | undefined {
  const match = /^v?(\d{1,3})\.(\d{1,3})(?:\.\d{1,5})?$/.exec(text);
  return match === null ? undefined : { major: Number(match[1]), minor: Number(match[2]) };
}

function compareVersions(a: ComponentVersion, b: ComponentVersion): number {
  return a.major - b.major || a.minor - b.minor;
}
