import { readdirSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Command } from 'commander';
import { pathMatcher } from '../config/cluster-groups';
import type { ClusterTexts } from '../config/cluster-options';
import type { Config } from '../config/config';
import { pathIn } from '../config/config-folder';
import { excluder } from '../config/exclude-key';
import { INVALID_CONFIG } from '../config/rules';
import { finding, type Finding } from '../finding/finding';
import { memoized } from '../model/lookup';
import { type CollectedFiles, collectFiles, isGlob, isSkippedFolder, joined, selfAndFolders } from '../manifests';
import { type ConfigSearch, type FoundConfig, readConfigFile } from '../synth/config-file';
import { LOCK_FILE_NAME } from '../synth/lock-file';
import { readFleetFile } from './fleet-file';
import { noteDetail, type NoteOptions } from './tell';
import { type FactsByCluster, factsOfLock, stated } from './lock-facts';
import { systemErrorCode } from '../system/system-error';

export interface ConfigOption extends NoteOptions {
  readonly config?: string;
}

export function addConfig(command: Command): Command {
  return command.option('--config <FILE>', 'the configuration, else the nearest netloom.yaml');
}

/** The configuration that counts for paths, with the facts that its clusters take from their fleets. */
export function loadConfig(options: ConfigOption, paths: readonly string[]): FoundConfig {
  const { config: file } = options;
  const search: ConfigSearch = file === undefined ? { paths } : { file };
  const found = readConfigFile(search);
  noteDetail(() => [`configuration: ${found.file ?? 'none'}`], options);
  const fleets = withFleets(found.config);
  return { ...found, config: fleets.config, findings: [...found.findings, ...fleets.findings] };
}

/** Files for paths, without those that the configuration excludes. */
export function collectIncluded(paths: readonly string[], config: Config): CollectedFiles {
  const { files, findings } = collectFiles(paths, { exclude: config.folder === '.' ? config.exclude : [] });
  const isExcluded = excluder(config);
  const isIncluded = (path: string | null): boolean => path === null || !isExcluded(path);
  return {
    files: files.filter(({ path }) => isIncluded(path)),
    findings: findings.filter(({ origin }) => isIncluded(origin?.file ?? null)),
  };
}

/** Paths of clusters that lead to no file at all: a misspelt one would leave the cluster unchecked without a word. */
export function unmatchedPaths(config: Config, files: CollectedFiles['files']): readonly Finding[] {
  const { clusters, folder } = config;
  const inside = files.map(({ path }) => pathIn(config, path));
  const places = new Set(inside.flatMap((path) => selfAndFolders(path)));
  return clusters.flatMap(({ name, paths, origins }) =>
    paths.flatMap((path, index): Finding[] => {
      const isMatch = pathMatcher([path]);
      const isThere = isGlob(path) ? inside.some(isMatch) : places.has(joined('.', path));
      if (isThere || exists(folder, path, isMatch)) return [];
      return [
        finding(INVALID_CONFIG, {
          message: `no file matches ${path} of the cluster ${name}`,
          help: 'name a folder, a file or a glob that exists, from the folder of netloom.yaml',
          origin: origins?.[index],
        }),
      ];
    }),
  );
}

function exists(folder: string, path: string, isMatch: (path: string) => boolean): boolean {
  const fixed = posix
    .normalize(path)
    .split('/')
    .filter((_, index, parts) => !parts.slice(0, index + 1).some((part) => /[*?[\]{}()!]/.test(part)));
  try {
    return anyIn(folder, fixed.join('/') || '.', isMatch);
  } catch (error) {
    // What cannot be looked at, such as a name with a NUL character, holds nothing that could be checked.
    if (systemErrorCode(error) === undefined) throw error;
    return false;
  }
}

function anyIn(folder: string, path: string, isMatch: (path: string) => boolean): boolean {
  const place = join(folder, path);
  const stats = statSync(place, { throwIfNoEntry: false });
  if (stats === undefined) return false;
  if (isMatch(path)) return true;
  if (!stats.isDirectory()) return false;
  return readdirSync(place, { withFileTypes: true }).some((entry) => {
    const inner = path === '.' ? entry.name : `${path}/${entry.name}`;
    return entry.isDirectory() ? !isSkippedFolder(entry.name) && anyIn(folder, inner, isMatch) : isMatch(inner);
  });
}

/** Ranges stand in the plan of the fleet and in the lock: they are not typed twice. */
function withFleets(config: Config): { readonly config: Config; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const factsIn = memoized(
    (file: string) => file,
    (file: string): ReadonlyMap<string, ClusterTexts> => {
      const read = isLock(file) ? factsOfLock(file) : factsOfFleet(file);
      findings.push(...read.findings);
      return read.facts;
    },
  );
  const clusters = config.clusters.map((cluster) => {
    if (cluster.fleet === undefined) return cluster;
    const known = factsIn(posix.join(config.folder, cluster.fleet));
    const facts = known.get(cluster.name);
    if (facts === undefined && known.size > 0) {
      findings.push(
        finding(INVALID_CONFIG, {
          message: `${cluster.fleet} has no cluster ${cluster.name}`,
          help: `name the cluster as it is called there: ${[...known.keys()].join(', ')}`,
        }),
      );
    }
    return { ...cluster, facts: { ...facts, ...cluster.facts } };
  });
  return { config: { ...config, clusters }, findings };
}

function isLock(file: string): boolean {
  return file.endsWith('.lock.json');
}

function factsOfFleet(file: string): FactsByCluster {
  const { plan, findings } = readFleetFile(file, posix.join(posix.dirname(file), LOCK_FILE_NAME), []);
  const facts = [...plan.clusters].map(([name, cluster]): [string, ClusterTexts] => {
    const { podCidrs, serviceCidrs, loadBalancerCidrs, clusterDomain } = cluster;
    return [name, { ...stated({ podCidrs, serviceCidrs, loadBalancerCidrs }), clusterDomain }];
  });
  return { facts: new Map(facts), findings: findings.filter(({ severity }) => severity === 'error') };
}
