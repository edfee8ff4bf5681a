import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { readClusterFacts } from '../config/cluster-options';
import type { Finding } from '../finding/finding';
import { networkModel, type SourceObject } from '../model';
import { nearestWord, planAddresses, readFleetSpec } from '../plan';
import type { ClusterSource, FleetSource, Sources } from '../questions';
import { LOCK_FILE_NAME, readLockFile } from '../synth/lock-file';
import type { AppReport } from '../synth/plan-report';
import { addApp, type AppOption, readAppReports } from './app-report';
import {
  addClusterFacts,
  addClusterName,
  type ClusterOptions,
  type NamedCluster,
  refuseFacts,
} from './cluster-options';
import { addConfig, type ConfigOption } from './configuration';
import { type FleetFile, readFleetFile } from './fleet-file';
import { addHelm, type HelmOptions } from './helm-charts';
import { readInput } from './inputs';
import { addLive, type LiveOption } from './live-cluster';
import { UsageError } from './usage-error';

/** Options that say what questions are answered from. */
export interface SourceOptions extends HelmOptions, ConfigOption, ClusterOptions, NamedCluster, AppOption, LiveOption {
  readonly fleet?: string;
  readonly lock?: string;
}

export function addSources(command: Command): Command {
  command
    .option('--fleet <FILE>', 'a fleet, in the shape of the props of Fleet')
    .option('--lock <FILE>', 'the lock file of the fleet (default: netloom.lock.json)');
  return addLive(addHelm(addApp(addConfig(addClusterFacts(addClusterName(command))))));
}

export interface ReadSources {
  readonly sources: Sources;
  /** What reading found. */
  readonly findings: readonly Finding[];
}

/** A fleet file with its lock, manifests of one of its clusters or that cluster as it runs, or both; without either, the cdk8s app with all its clusters. */
export async function readSources(paths: readonly string[], options: SourceOptions): Promise<ReadSources> {
  const isRead = paths.length > 0 || options.live !== undefined;
  if (options.fleet === undefined && !isRead) return readApp(options);
  if (options.fleet === '-' && paths.includes('-')) {
    throw new UsageError('standard input is either the fleet or manifests');
  }
  const fleet =
    options.fleet === undefined ? undefined : readFleetFile(options.fleet, options.lock ?? LOCK_FILE_NAME, []);
  const name = clusterName(fleet, isRead, options);
  if (!isRead && options.helm) throw new UsageError('--helm needs a PATH: a fleet has no charts');
  if (!isRead) return { sources: { fleets: fleetSources(fleet), clusters: [] }, findings: fleet?.findings ?? [] };
  const { model, findings } = await readInput(paths, options);
  return {
    sources: { fleets: fleetSources(fleet), clusters: [{ name, model }] },
    findings: [...(fleet?.findings ?? []), ...findings],
  };
}

function fleetSources(fleet: FleetFile | undefined): FleetSource[] {
  return fleet === undefined
    ? []
    : [{ spec: fleet.spec, plan: fleet.plan, lock: fleet.lockFile.lock, locate: fleet.locate }];
}

/** Which cluster of the fleet the manifests are those of. */
function clusterName(fleet: FleetFile | undefined, isRead: boolean, { cluster }: SourceOptions): string | null {
  const names = [...(fleet?.plan.clusters.keys() ?? [])];
  if (cluster !== undefined && fleet !== undefined) return knownCluster(cluster, names);
  if (!isRead || names.length === 0) return cluster ?? null;
  if (names.length === 1) return names[0];
  throw new UsageError(`say with --cluster which cluster the manifests are those of: ${names.join(', ')}`);
}

/** @throws UsageError for a name that none of them has */
export function knownCluster(cluster: string, names: readonly string[]): string {
  if (names.includes(cluster)) return cluster;
  const nearest = nearestWord(cluster, names);
  throw new UsageError(
    `--cluster: there is no cluster ${cluster}${nearest === null ? `; there are ${names.join(', ')}` : `; did you mean ${nearest}?`}`,
  );
}

async function readApp(options: SourceOptions): Promise<ReadSources> {
  const { lock, cluster, app = true } = options;
  if (app && !existsSync('cdk8s.yaml')) {
    throw new UsageError('there is no cdk8s.yaml here: name PATHs or --fleet FILE, or run this where the cdk8s app is');
  }
  const reports = await readAppReports({ lockFile: lock, renumber: [], manifests: true, app });
  refuseFacts(options);
  const names = reports.flatMap(({ clusters }) => clusters.map(([name]) => name));
  if (cluster !== undefined) knownCluster(cluster, names);
  const wanted = ({ name }: ClusterSource): boolean => cluster === undefined || name === cluster;
  return {
    sources: { fleets: reports.flatMap(appFleets), clusters: reports.flatMap(appClusters).filter(wanted) },
    // What is wrong with the app is the business of check; what was planned is answered all the same.
    findings: [],
  };
}

/** Planned again from what the app declares, with the lock that it found: the same plan. */
function appFleets({ fleets, lockFile, lock }: AppReport): FleetSource[] {
  const found = readLockFile(lockFile).lock;
  return fleets.map((input) => {
    const { spec } = readFleetSpec(input);
    return { spec, plan: planAddresses(spec, found), lock: { allocations: new Map(lock) }, locate: () => null };
  });
}

function appClusters({ manifests: clusters }: AppReport): ClusterSource[] {
  return clusters.map(({ cluster, facts, manifests }) => ({
    name: cluster,
    model: networkModel(
      manifests.map(({ manifest, origin }): SourceObject => ({ manifest, locate: () => origin })),
      readClusterFacts(facts).facts,
    ),
  }));
}
