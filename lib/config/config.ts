import { type Finding, finding, type Origin, type Severity } from '../finding/finding';
import { list, member, record, text, texts } from '../model/json';
import { nearestWord } from '../plan';
import type { ClusterTexts } from './cluster-options';
import { INVALID_CONFIG } from './rules';

export const CONFIG_FILE_NAME = 'netloom.yaml';

/** What `netloom.yaml` says. */
export interface Config {
  /** By code: another severity, or `off`. */
  readonly rules: ReadonlyMap<string, Severity | 'off'>;
  /** Globs of files that are not checked. */
  readonly exclude: readonly string[];
  readonly cluster: ClusterTexts;
}

export const EMPTY_CONFIG: Config = { rules: new Map(), exclude: [], cluster: {} };

export interface ReadConfig {
  readonly config: Config;
  readonly findings: readonly Finding[];
}

const LEVELS = ['off', 'info', 'warning', 'error'] as const;
const KEYS = ['rules', 'exclude', 'cluster'];
const CIDR_KEYS = ['serviceCidrs', 'podCidrs', 'nodeCidrs', 'loadBalancerCidrs'] as const;
const TEXT_KEYS = ['nodePortRange', 'kubernetesVersion', 'clusterDomain'] as const;
const CLUSTER_KEYS = [...CIDR_KEYS, ...TEXT_KEYS];

/** Understands what it can; the rest is a finding. `known` maps codes and slugs of rules to codes. */
export function readConfig(
  value: unknown,
  known: ReadonlyMap<string, string>,
  locate: (path: readonly (string | number)[]) => Origin,
): ReadConfig {
  const findings: Finding[] = [];
  const report = (path: readonly (string | number)[], message: string, help: string): void => {
    findings.push(finding(INVALID_CONFIG, { message, help, origin: locate(path) }));
  };
  const unknownKeys = (path: readonly string[], object: unknown, keys: readonly string[]): void => {
    for (const key of Object.keys(record(object) ?? {})) {
      if (keys.includes(key)) continue;
      const nearest = nearestWord(key, keys);
      report(
        [...path, key],
        `unknown key ${key}`,
        nearest === null ? `use ${keys.join(', ')}` : `did you mean ${nearest}?`,
      );
    }
  };
  if (value === null || value === undefined) return { config: EMPTY_CONFIG, findings };
  if (record(value) === undefined) {
    report([], 'this is not a map', `write a map with ${KEYS.join(', ')}`);
    return { config: EMPTY_CONFIG, findings };
  }
  unknownKeys([], value, KEYS);

  const rules = new Map<string, Severity | 'off'>();
  for (const [name, level] of Object.entries(record(member(value, 'rules')) ?? {})) {
    const code = known.get(name);
    const severity = LEVELS.find((candidate) => candidate === (level === false ? 'off' : level));
    if (code === undefined) {
      const nearest = nearestWord(name, [...known.keys()]);
      report(
        ['rules', name],
        `there is no rule ${name}`,
        nearest === null ? '`netloom rule` lists them' : `did you mean ${nearest}?`,
      );
    } else if (severity === undefined) {
      report(['rules', name], `${JSON.stringify(level)} is no severity`, `use ${LEVELS.join(', ')}`);
    } else {
      rules.set(code, severity);
    }
  }

  const cluster = member(value, 'cluster');
  unknownKeys(['cluster'], cluster, CLUSTER_KEYS);
  const cidrs = CIDR_KEYS.flatMap((key): [string, readonly string[]][] => {
    const given = member(cluster, key);
    if (given === undefined) return [];
    if (list(given).length === 0 || texts(given).length !== list(given).length) {
      report(['cluster', key], `${key} is not a list of CIDRs`, `write a list: [10.96.0.0/12]`);
    }
    return [[key, texts(given)]];
  });
  const clusterTexts = TEXT_KEYS.flatMap((key): [string, string][] => {
    const given = member(cluster, key);
    if (given === undefined) return [];
    const value = text(given);
    if (value === undefined)
      report(['cluster', key], `${key} is no text`, `write it in quotes: ${key}: "${JSON.stringify(given)}"`);
    return value === undefined ? [] : [[key, value]];
  });
  return {
    config: {
      rules,
      exclude: texts(member(value, 'exclude')),
      cluster: Object.fromEntries<readonly string[] | string>([...cidrs, ...clusterTexts]),
    },
    findings,
  };
}

/** Findings with the severities of the configuration, without those that are off. */
export function withSeverities(findings: readonly Finding[], { rules }: Config): Finding[] {
  return findings.flatMap((found) => {
    const severity = rules.get(found.code);
    if (severity === 'off') return [];
    return [severity === undefined ? found : { ...found, severity }];
  });
}
