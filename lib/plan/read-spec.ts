import {
  AddressError,
  addressBits,
  IP_FAMILIES,
  type IpFamily,
  parseCidr,
  parseRange,
  type PortRange,
} from '../address';
import { compareText, finding, type Finding, type SpecPath } from '../finding/finding';
import { readText } from './address-text';
import { nearestWord } from './did-you-mean';
import { FAMILY_ORDER, INVALID_SPEC_VALUE, UNKNOWN_KEY } from './rules';
import {
  RANGE_KEYS,
  ROLES,
  STRATEGIES,
  type ClusterSpec,
  type Count,
  type FleetSpec,
  type Growth,
  type KubernetesVersion,
  type Reservation,
  type Role,
  type RoutedRole,
  ROUTED_ROLES,
  type SpecCidr,
  type Strategy,
  type Supernet,
} from './spec';

/** What kubelet allows by default. */
const DEFAULT_PODS_PER_NODE = 110;

/** The default of the API server's `--service-node-port-range`. */
const DEFAULT_NODE_PORT_RANGE: PortRange = { first: 30000, last: 32767 };

const DEFAULT_CLUSTER_DOMAIN = 'cluster.local';

/** No count of a cluster is near this, and arithmetic below it is exact. */
const MAX_COUNT = 2 ** 32;

const FLEET_KEYS = ['supernets', 'reserved', 'clusters', 'strategy', 'routed'] as const;

const CLUSTER_KEYS = [
  'families',
  'kubernetesVersion',
  'nodes',
  'podsPerNode',
  'services',
  'loadBalancers',
  'headroom',
  'nodeNetwork',
  'podCidrs',
  'serviceCidrs',
  'loadBalancerCidrs',
  'extraServiceCidrs',
  'nodeCidrMaskSize',
  'clusterDomain',
  'routed',
  'isolated',
  'nodePortRange',
  'growth',
] as const;

/**
 * Reads the spec of a fleet from untyped data: the content of a YAML or JSON file, or the props of a construct. Never throws. What is wrong
 * is a finding with the path to it, and what is right stays usable.
 */
export function readFleetSpec(input: unknown): { spec: FleetSpec; findings: Finding[] } {
  const findings: Finding[] = [];
  const reader = new SpecReader(findings);
  const fields = reader.object(input, [], FLEET_KEYS, 'a fleet spec');
  const supernets = readSupernets(reader, fields.get('supernets'));
  const strategy = reader.oneOf(fields.get('strategy'), ['strategy'], STRATEGIES);
  if (fields.size > 0 && fields.get('clusters') === undefined) {
    reader.invalid(['clusters'], 'clusters is missing', 'list the clusters by name: clusters: {prod: {nodes: 10}}');
  }
  const spec: FleetSpec = {
    supernets: supernets.values,
    supernetsComplete: supernets.complete,
    reserved: readReservations(reader, fields.get('reserved')),
    clusters: readClusters(reader, fields.get('clusters'), {
      strategy,
      routed: reader.roles(fields.get('routed'), ['routed'], ROUTED_ROLES),
    }),
  };
  return { spec, findings };
}

/** `10.0.0.0/8`, or `{ cidr: 10.0.0.0/8, for: [pods] }`. */
function readSupernets(reader: SpecReader, input: unknown): { values: Supernet[]; complete: boolean } {
  const items = reader.list(input, ['supernets'], 'CIDRs such as 10.0.0.0/16');
  const values = items.flatMap((item, index): Supernet[] => {
    const path = ['supernets', index];
    if (!isObject(item)) {
      const cidr = reader.text(item, path, parseCidr);
      return cidr === null ? [] : [{ cidr, specPath: path, roles: undefined }];
    }
    const fields = reader.object(item, path, ['cidr', 'for'], 'a supernet');
    const cidr = reader.text(fields.get('cidr'), [...path, 'cidr'], parseCidr);
    const roles = reader.roles(fields.get('for'), [...path, 'for'], ROUTED_ROLES) ?? undefined;
    return cidr === null ? [] : [{ cidr, specPath: path, roles }];
  });
  return { values, complete: values.length === items.length && (input === undefined || Array.isArray(input)) };
}

/** What a fleet says for all of its clusters. */
interface FleetWide {
  readonly strategy: Strategy | null;
  readonly routed: ReadonlySet<RoutedRole> | null;
}

function readReservations(reader: SpecReader, input: unknown): Reservation[] {
  return reader.entries(input, ['reserved'], 'reservations by owner').map(([owner, value]) => {
    const path = ['reserved', owner];
    const ranges = reader.list(value, path, 'CIDRs or address ranges').map((item, index) => {
      const range = reader.text(item, [...path, index], parseRange);
      return range === null ? null : { range, specPath: [...path, index] };
    });
    return { owner, ranges: ranges.filter((range) => range !== null) };
  });
}

function readClusters(reader: SpecReader, input: unknown, fleet: FleetWide): ClusterSpec[] {
  return reader.entries(input, ['clusters'], 'clusters by name').flatMap(([name, value]) => {
    const path = ['clusters', name];
    if (!isLabel(name)) {
      reader.invalid(
        path,
        `${JSON.stringify(name)} cannot be the name of a cluster`,
        'use a DNS label: at most 63 lower case letters, digits and hyphens, with a letter or digit at both ends (RFC 1123)',
      );
      return [];
    }
    return [readCluster(reader, name, value, fleet)];
  });
}

function readCluster(reader: SpecReader, name: string, input: unknown, fleet: FleetWide): ClusterSpec {
  const path: SpecPath = ['clusters', name];
  const at = (key: (typeof CLUSTER_KEYS)[number]): [unknown, SpecPath] => [fields.get(key), [...path, key]];
  const fields = reader.object(input, path, CLUSTER_KEYS, 'a cluster');
  const families = reader.families(...at('families'));
  const ranges = new Map(ROLES.map((role) => [role, reader.cidrs(...at(RANGE_KEYS[role]))]));
  const rangesOf = (role: Role): readonly SpecCidr[] => ranges.get(role)?.values ?? [];
  const explicitRoles = new Set(ROLES.filter((role) => isGiven(fields.get(RANGE_KEYS[role]))));
  return {
    name,
    families: families ?? ['IPv4'],
    kubernetesVersion: reader.kubernetesVersion(...at('kubernetesVersion')),
    nodes: reader.count(...at('nodes'), 1),
    podsPerNode: reader.count(...at('podsPerNode'), 1) ?? DEFAULT_PODS_PER_NODE,
    services: reader.count(...at('services'), 1),
    loadBalancers: reader.count(...at('loadBalancers'), 0),
    headroom: reader.headroom(...at('headroom')),
    nodeNetwork: reader.cidrs(...at('nodeNetwork')).values,
    podCidrs: rangesOf('pods'),
    serviceCidrs: rangesOf('services'),
    loadBalancerCidrs: rangesOf('loadBalancers'),
    extraServiceCidrs: reader.cidrs(...at('extraServiceCidrs')).values,
    explicitRoles,
    incompleteRoles: new Set(ROLES.filter((role) => ranges.get(role)?.complete === false)),
    nodeCidrMaskSize: reader.masks(...at('nodeCidrMaskSize')),
    clusterDomain: reader.domain(...at('clusterDomain')) ?? DEFAULT_CLUSTER_DOMAIN,
    routed: reader.roles(...at('routed'), ROUTED_ROLES) ?? fleet.routed ?? new Set(ROUTED_ROLES),
    isolated: reader.boolean(...at('isolated')) ?? false,
    nodePortRange: reader.portRange(...at('nodePortRange')) ?? DEFAULT_NODE_PORT_RANGE,
    growth: growthOf(reader.boolean(...at('growth')), fleet.strategy),
  };
}

function growthOf(given: boolean | null, strategy: Strategy | null): Growth {
  const wanted = given ?? (strategy === null ? null : strategy === 'growth');
  if (wanted === null) return 'ample';
  return wanted ? 'asked' : 'none';
}

/** Reads values and notes what is wrong with them. Each method answers null where the value is absent or wrong. */
class SpecReader {
  constructor(private readonly findings: Finding[]) {}

  invalid(specPath: SpecPath, message: string, help: string): null {
    this.findings.push(finding(INVALID_SPEC_VALUE, { message, help, specPath }));
    return null;
  }

  /** The given fields of an object; unknown keys are findings. */
  object(input: unknown, path: SpecPath, keys: readonly string[], what: string): Map<string, unknown> {
    if (!isObject(input)) {
      this.invalid(
        path,
        `${pathText(path)} is ${valueText(input)}, not ${what}`,
        `write an object with ${keys.join(', ')}`,
      );
      return new Map();
    }
    const fields = new Map<string, unknown>();
    for (const [key, value] of sortedEntries(input)) {
      if (keys.includes(key)) {
        fields.set(key, value);
        continue;
      }
      const nearest = nearestWord(key, keys);
      this.findings.push(
        finding(UNKNOWN_KEY, {
          message: `${path.length === 0 ? 'the spec' : pathText(path)} has the unknown key ${JSON.stringify(key)}`,
          help: nearest === null ? `remove it; known are ${keys.join(', ')}` : `did you mean ${nearest}?`,
          specPath: [...path, key],
        }),
      );
    }
    return fields;
  }

  /** The entries of an object whose keys are names, sorted. */
  entries(input: unknown, path: SpecPath, what: string): [string, unknown][] {
    if (input === undefined) return [];
    if (isObject(input)) return sortedEntries(input);
    this.invalid(path, `${pathText(path)} is ${valueText(input)}, not an object`, `write an object with the ${what}`);
    return [];
  }

  list(input: unknown, path: SpecPath, what: string): unknown[] {
    if (input === undefined) return [];
    if (Array.isArray(input)) return input as unknown[];
    const help = typeof input === 'string' ? `write a list: [${JSON.stringify(input)}]` : `write a list of ${what}`;
    this.invalid(path, `${pathText(path)} is ${valueText(input)}, not a list`, help);
    return [];
  }

  /** A text that has a parser of its own. */
  text<T>(input: unknown, path: SpecPath, parse: (text: string) => T): T | null {
    const read = readText(parse, input as string);
    return read instanceof AddressError ? this.invalid(path, `${pathText(path)}: ${read.reason}`, read.help) : read;
  }

  cidrs(input: unknown, path: SpecPath): { values: SpecCidr[]; complete: boolean } {
    const items = this.list(input, path, 'CIDRs such as 10.0.0.0/16');
    const values = items.flatMap((item, index) => {
      const cidr = this.text(item, [...path, index], parseCidr);
      return cidr === null ? [] : [{ cidr, specPath: [...path, index] }];
    });
    return { values, complete: values.length === items.length && (input === undefined || Array.isArray(input)) };
  }

  /** One role, or several; null where nothing is given. */
  roles<T extends string>(input: unknown, path: SpecPath, words: readonly T[]): ReadonlySet<T> | null {
    if (input === undefined) return null;
    const items = typeof input === 'string' ? [input] : this.list(input, path, `roles: ${words.join(', ')}`);
    return new Set(items.flatMap((item, index) => this.oneOf(item, [...path, index], words) ?? []));
  }

  /** One or two different families; null where the list says nothing usable. */
  families(input: unknown, path: SpecPath): IpFamily[] | null {
    const items = this.list(input, path, 'IP families');
    const families = items.flatMap((item, index) => this.oneOf(item, [...path, index], IP_FAMILIES) ?? []);
    const known = IP_FAMILIES.filter((family) => families.includes(family));
    if (Array.isArray(input) && items.length === 0) {
      this.invalid(path, `${pathText(path)} is empty`, 'list IPv4, IPv6 or both, the primary family first');
    }
    if (known.length < families.length) {
      this.findings.push(
        finding(FAMILY_ORDER, {
          message: `${pathText(path)} lists a family twice (${families.join(', ')})`,
          help: 'list each family once, the primary one first',
          specPath: path,
        }),
      );
    }
    return families.length === 0 ? null : [...new Set(families)];
  }

  oneOf<T extends string>(input: unknown, path: SpecPath, words: readonly T[]): T | null {
    if (input === undefined) return null;
    const known = words.find((word) => word === input);
    if (known !== undefined) return known;
    const nearest = typeof input === 'string' ? nearestWord(input, words) : null;
    const help = nearest === null ? `write ${words.join(' or ')}` : `did you mean ${nearest}?`;
    return this.invalid(path, `${pathText(path)} is ${valueText(input)}, not ${words.join(' or ')}`, help);
  }

  boolean(input: unknown, path: SpecPath): boolean | null {
    if (input === undefined || typeof input === 'boolean') return input ?? null;
    return this.invalid(path, `${pathText(path)} is ${valueText(input)}, not true or false`, 'write true or false');
  }

  count(input: unknown, path: SpecPath, least: number): Count {
    if (input === undefined) return null;
    const wrong = (what: string, help: string): null => this.invalid(path, `${pathText(path)} is ${what}`, help);
    const wanted = `write a whole number from ${least} to ${MAX_COUNT}`;
    if (typeof input === 'string' && isDecimal(input)) {
      return wrong(`the string ${JSON.stringify(input)}, not a number`, `write it without quotes: ${input}`);
    }
    if (typeof input !== 'number') return wrong(`${valueText(input)}, not a number`, wanted);
    if (!Number.isInteger(input)) return wrong(`${input}, which is no whole number`, wanted);
    if (input < least)
      return wrong(`${input}, and at least ${least} is needed`, least === 1 ? `${wanted}, or leave it out` : wanted);
    if (input > MAX_COUNT) return wrong(`${input}, more than any cluster can have`, wanted);
    return input;
  }

  headroom(input: unknown, path: SpecPath): number {
    if (input === undefined) return 1;
    if (typeof input === 'number' && input >= 1 && input <= MAX_COUNT) return input;
    this.invalid(
      path,
      `${pathText(path)} is ${valueText(input)}, not a factor of at least 1`,
      'write the factor by which nodes, services and loadBalancers may grow, such as 2 or 1.5',
    );
    return 1;
  }

  kubernetesVersion(input: unknown, path: SpecPath): KubernetesVersion | null {
    if (input === undefined) return null;
    const match = typeof input === 'string' ? KUBERNETES_VERSION.exec(input) : null;
    if (match !== null) return { major: Number(match[1]), minor: Number(match[2]) };
    const help =
      typeof input === 'number'
        ? `write it in quotes: "${input}" (as a number, 1.30 would be 1.3)`
        : 'write a version such as "1.33"';
    return this.invalid(path, `${pathText(path)} is ${valueText(input)}, not a version as a string`, help);
  }

  masks(input: unknown, path: SpecPath): Partial<Record<IpFamily, number>> {
    if (input === undefined) return {};
    const fields = this.object(input, path, IP_FAMILIES, 'an object with a prefix length for each family');
    const masks: Partial<Record<IpFamily, number>> = {};
    for (const family of IP_FAMILIES) {
      const value = fields.get(family);
      if (value === undefined) continue;
      const most = addressBits(family);
      if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most) masks[family] = value;
      else {
        const where = [...path, family];
        this.invalid(
          where,
          `${pathText(where)} is ${valueText(value)}, not a prefix length`,
          `write a number from 1 to ${most}`,
        );
      }
    }
    return masks;
  }

  domain(input: unknown, path: SpecPath): string | null {
    if (input === undefined) return null;
    if (typeof input === 'string' && input.length <= 253 && input.split('.').every(isLabel)) return input;
    return this.invalid(
      path,
      `${pathText(path)} is ${valueText(input)}, not a DNS domain`,
      'write lower case labels with dots between them, without one at the end, such as cluster.local',
    );
  }

  portRange(input: unknown, path: SpecPath): PortRange | null {
    if (input === undefined) return null;
    const match = typeof input === 'string' ? PORT_RANGE.exec(input) : null;
    const [first, last] = match === null ? [0, 0] : [Number(match[1]), Number(match[2])];
    if (first >= 1 && last <= 65535 && first <= last) return { first, last };
    return this.invalid(
      path,
      `${pathText(path)} is ${valueText(input)}, not a range of ports`,
      'write the first and the last port, such as "30000-32767"',
    );
  }
}

const KUBERNETES_VERSION = /^v?(\d{1,3})\.(\d{1,3})(?:\.\d+)?(?:[-+].*)?$/;
const PORT_RANGE = /^(\d{1,5})-(\d{1,5})$/;
const LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const MOST_TEXT = 60;

/** Whether a list of ranges or a count says something: an empty list asks for nothing. */
function isGiven(value: unknown): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
}

/** A DNS label of RFC 1123. */
function isLabel(text: string): boolean {
  return LABEL.test(text);
}

function isDecimal(text: string): boolean {
  return /^\d+$/.test(text);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is undefined was not given. */
function sortedEntries(input: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(input)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => compareText(a, b));
}

/** `clusters.prod.podCidrs[0]`. */
function pathText(path: SpecPath): string {
  if (path.length === 0) return 'the spec';
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? key : `${text}.${key}`),
    '',
  );
}

function valueText(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') {
    return JSON.stringify(value.length <= MOST_TEXT ? value : `${value.slice(0, MOST_TEXT)}…`);
  }
  if (Array.isArray(value)) return 'a list';
  if (value === null || typeof value === 'boolean') return String(value);
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
