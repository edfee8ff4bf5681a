import { text } from '../model/json';
import { POLICY_ENGINES } from '../model/facts';
import { type ClusterTexts, type DnsTexts, readClusterFacts } from './cluster-options';
import { DNS_SCHEMA, readDns } from './dns-key';
import {
  type ConfigContext,
  type ConfigKey,
  type ConfigPath,
  type JsonSchema,
  readFields,
  readTexts,
} from './config-key';

const CIDR_LISTS = {
  serviceCidrs: 'The service CIDRs of the cluster.',
  podCidrs: 'The cluster CIDRs (pod networks).',
  nodeCidrs: 'Where the nodes live.',
  loadBalancerCidrs: 'The ranges of which load balancers get their addresses.',
} as const;

const TEXTS = {
  nodePortRange: { description: 'The node ports of the cluster, such as 30000-32767.', pattern: '^\\d{1,5}-\\d{1,5}$' },
  kubernetesVersion: {
    description: 'The version of Kubernetes, in quotes: "1.33".',
    pattern: '^v?1\\.\\d{1,3}(\\.\\d+)?$',
  },
  clusterDomain: { description: 'The DNS domain of the cluster.', minLength: 1 },
  policyEngine: {
    description: 'Whose policies decide: those of Kubernetes alone, or those of Calico or Cilium as well.',
    enum: [...POLICY_ENGINES, null],
  },
} as const;

const EXAMPLES = {
  nodePortRange: '30000-32767',
  kubernetesVersion: '"1.33"',
  clusterDomain: 'cluster.local',
  policyEngine: 'cilium',
} as const;

export const FACT_KEYS: readonly string[] = [...Object.keys(CIDR_LISTS), ...Object.keys(TEXTS), 'dns'];

export const FACT_SCHEMAS: JsonSchema = {
  ...Object.fromEntries(
    Object.entries(CIDR_LISTS).map(([key, description]) => [
      key,
      { description, type: ['array', 'null'], items: { type: 'string', minLength: 1 }, minItems: 1 },
    ]),
  ),
  ...Object.fromEntries(Object.entries(TEXTS).map(([key, schema]) => [key, { type: ['string', 'null'], ...schema }])),
  dns: DNS_SCHEMA,
};

/** Facts of one cluster among the entries of a map; what cannot be understood is reported and left out. */
export function readFacts(
  entries: readonly [string, unknown][],
  path: ConfigPath,
  context: ConfigContext,
): ClusterTexts {
  const facts: ClusterTexts = Object.fromEntries(
    entries.flatMap(([key, value]): [string, readonly string[] | string | DnsTexts][] => {
      if (key === 'dns') {
        const dns = readDns(value, [...path, key], context);
        return dns === undefined ? [] : [[key, dns]];
      }
      if (Object.hasOwn(CIDR_LISTS, key)) return readCidrs(key, value, path, context);
      return isTextKey(key) ? readText(key, value, path, context) : [];
    }),
  );
  const { problems } = readClusterFacts(facts);
  for (const { key, message, help } of problems) context.report([...path, key], message, help);
  const wrong = new Set<string>(problems.map(({ key }) => key));
  return Object.fromEntries(Object.entries(facts).filter(([key]) => !wrong.has(key)));
}

function readCidrs(
  key: string,
  value: unknown,
  path: ConfigPath,
  context: ConfigContext,
): [string, readonly string[]][] {
  const isEmpty = Array.isArray(value) && value.length === 0;
  const cidrs = readTexts(isEmpty ? null : value, [...path, key], 'CIDRs', '[10.96.0.0/12]', context);
  return cidrs.length === 0 ? [] : [[key, cidrs]];
}

function isTextKey(key: string): key is keyof typeof TEXTS {
  return Object.hasOwn(TEXTS, key);
}

function readText(
  key: keyof typeof TEXTS,
  value: unknown,
  path: ConfigPath,
  { report }: ConfigContext,
): [string, string][] {
  const written = text(value);
  if (written !== undefined && written !== '') return [[key, written]];
  const isScalar = typeof value === 'number' || typeof value === 'boolean';
  const help = isScalar
    ? `write it in quotes: ${key}: ${JSON.stringify(String(value))}`
    : `write one text: ${key}: ${EXAMPLES[key]}`;
  report([...path, key], `${key} is no text`, help);
  return [];
}

/** `cluster`: facts about the cluster that its objects do not say. */
export const CLUSTER_KEY: ConfigKey<ClusterTexts> = {
  absent: {},
  read(value, path, context) {
    const help = 'write a map of facts: { serviceCidrs: [10.96.0.0/12] }';
    return readFacts(readFields(value, path, FACT_KEYS, help, context), path, context);
  },
  schema: () => ({
    description: 'Facts about the cluster that its objects do not say; of several clusters, what they have in common.',
    type: ['object', 'null'],
    properties: FACT_SCHEMAS,
    additionalProperties: false,
  }),
};
