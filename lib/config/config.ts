import { type Finding, finding, type Severity } from '../finding/finding';
import { nearestWord } from '../plan';
import { CLUSTER_KEY } from './cluster-key';
import type { ClusterTexts } from './cluster-options';
import { CLUSTERS_KEY, type ClusterConfig } from './clusters-key';
import type { ConfigFolder } from './config-folder';
import { type ConfigContext, type ConfigKey, readFields } from './config-key';
import { CONNECTED_KEY, SHARED_KEY } from './connected-key';
import { EXCLUDE_KEY } from './exclude-key';
import { type ConfigExpectation, EXPECTATIONS_KEY } from './expectations-key';
import { INVALID_CONFIG } from './rules';
import { RULES_KEY } from './rules-key';

export const CONFIG_FILE_NAME = 'netloom.yaml';

/** What `netloom.yaml` says. */
export interface Config extends ConfigFolder {
  /** By code: another severity, or `off`. */
  readonly rules: ReadonlyMap<string, Severity | 'off'>;
  /** Globs of files that are not checked. */
  readonly exclude: readonly string[];
  /** Facts of the only cluster, or what several have in common. */
  readonly cluster: ClusterTexts;
  /** Sorted by name. */
  readonly clusters: readonly ClusterConfig[];
  /** Groups of clusters on one network, by name. */
  readonly connected: readonly (readonly string[])[];
  /** Hosts, addresses and ranges that several clusters have on purpose. */
  readonly shared: readonly string[];
  /** What must and must not be possible. */
  readonly expectations: readonly ConfigExpectation[];
}

type ConfigKeyName = Exclude<keyof Config, keyof ConfigFolder>;

/** The keys of `netloom.yaml`, each with its reader and its schema. */
export const CONFIG_KEYS: { readonly [Key in ConfigKeyName]: ConfigKey<Config[Key]> } = {
  rules: RULES_KEY,
  exclude: EXCLUDE_KEY,
  cluster: CLUSTER_KEY,
  clusters: CLUSTERS_KEY,
  connected: CONNECTED_KEY,
  shared: SHARED_KEY,
  expectations: EXPECTATIONS_KEY,
};

export interface ReadConfig {
  readonly config: Config;
  readonly findings: readonly Finding[];
}

/** Understands what it can; the rest is a finding. `ruleNames` maps codes and slugs of rules to codes. */
export function readConfig(
  value: unknown,
  ruleNames: ReadonlyMap<string, string>,
  locate: ConfigContext['locate'],
  { folder, workingDirectory }: ConfigFolder = HERE,
): ReadConfig {
  const findings: Finding[] = [];
  const context: ConfigContext = {
    ruleNames,
    locate,
    report: (path, message, help, part) => {
      findings.push(finding(INVALID_CONFIG, { message, help, origin: locate(path, part) }));
    },
  };
  const keys = Object.keys(CONFIG_KEYS);
  const entries = readFields(value ?? {}, [], keys, `write a map with ${keys.join(', ')}`, context);
  const written = new Map(entries);
  const read = <Key extends ConfigKeyName>(key: Key): Config[Key] => {
    const { absent, read: readKey } = CONFIG_KEYS[key];
    return written.has(key) ? readKey(written.get(key), [key], context) : absent;
  };
  const config = {
    folder,
    workingDirectory,
    rules: read('rules'),
    exclude: read('exclude'),
    cluster: read('cluster'),
    clusters: read('clusters'),
    connected: read('connected'),
    shared: read('shared'),
    expectations: read('expectations'),
  };
  reportUnknownClusters(config, context);
  return { config, findings };
}

/** A group with a misspelt name would compare nothing, without a word. Who names no clusters leaves it to the repository what they are called. */
function reportUnknownClusters(
  { clusters, connected }: Pick<Config, 'clusters' | 'connected'>,
  context: ConfigContext,
): void {
  const names = clusters.map(({ name }) => name);
  if (names.length === 0) return;
  for (const [group, members] of connected.entries()) {
    for (const [index, member] of members.entries()) {
      if (names.includes(member)) continue;
      const nearest = nearestWord(member, names);
      context.report(
        ['connected', group, index],
        `there is no cluster ${member}`,
        nearest === null ? `name one of clusters: ${names.join(', ')}` : `did you mean ${nearest}?`,
      );
    }
  }
}

const HERE: ConfigFolder = { folder: '.', workingDirectory: '.' };

export const EMPTY_CONFIG: Config = {
  ...HERE,
  rules: new Map(),
  exclude: [],
  cluster: {},
  clusters: [],
  connected: [],
  shared: [],
  expectations: [],
};

/** The facts of the cluster of that name: what it does not say itself it has in common with the others. */
export function factsOfCluster({ cluster, clusters }: Config, name: string | null): ClusterTexts {
  return { ...cluster, ...clusters.find((candidate) => candidate.name === name)?.facts };
}

/** Those of the cluster of that name, or of the files of no cluster. */
export function expectationsOfCluster({ expectations }: Config, name: string | null): readonly ConfigExpectation[] {
  return expectations.filter(({ cluster }) => cluster === name);
}

/** Findings with the severities of the configuration, without those that are off. */
export function withSeverities(findings: readonly Finding[], { rules }: Config): Finding[] {
  return findings.flatMap((found) => {
    const severity = rules.get(found.code);
    if (severity === 'off') return [];
    return [severity === undefined ? found : { ...found, severity }];
  });
}
