import { parseAddress, type IpFamily } from '../../address';
import { readAddress, repeated, type ObjectProblem } from '../objects/object-problem';

const DUAL_STACK_POLICIES: readonly (string | undefined)[] = ['PreferDualStack', 'RequireDualStack'];

/** What a Service says about its families, and what is known of its cluster. */
export interface FamilyRequest {
  readonly ipFamilies: readonly string[];
  readonly ipFamilyPolicy: string | undefined;
  /** Addresses that the Service fixes. */
  readonly clusterIps: readonly string[];
  /** Undefined when the cluster is not known. */
  readonly clusterFamilies: readonly string[] | undefined;
}

/** Two families or addresses without a policy are refused (the API server then takes it for SingleStack), so that they imply one. */
export function impliedFamilyPolicy({ ipFamilies, ipFamilyPolicy, clusterIps }: FamilyRequest): string | undefined {
  return ipFamilyPolicy ?? (ipFamilies.length > 1 || clusterIps.length > 1 ? 'RequireDualStack' : undefined);
}

/** The families that the Service will have, the primary one first: the API server infers them in the same way (initIPFamilyFields). */
export function effectiveFamilies(request: FamilyRequest): IpFamily[] {
  const available = knownFamilies(request.clusterFamilies ?? ['IPv4', 'IPv6']);
  const asked = knownFamilies(request.ipFamilies);
  const ordered = [...new Set([...asked, ...available])];
  if (!DUAL_STACK_POLICIES.includes(impliedFamilyPolicy(request))) return ordered.slice(0, 1);
  return ordered.filter((family) => available.includes(family));
}

function knownFamilies(families: readonly string[]): IpFamily[] {
  return families.filter((family): family is IpFamily => family === 'IPv4' || family === 'IPv6');
}

export function familyProblems(request: FamilyRequest): ObjectProblem[] {
  const { ipFamilies, ipFamilyPolicy, clusterFamilies } = request;
  const policy = impliedFamilyPolicy(request);
  return [
    ...repeated(ipFamilies).map((family) => ({
      message: `ipFamilies names ${family} twice`,
      help: 'name each family once',
    })),
    ...(ipFamilyPolicy === 'SingleStack' && new Set(ipFamilies).size > 1
      ? [
          {
            message: 'ipFamilyPolicy is SingleStack and ipFamilies names two families',
            help: 'name one family, or use IpFamilyPolicy.PREFER_DUAL_STACK or REQUIRE_DUAL_STACK',
          },
        ]
      : []),
    ...(clusterFamilies === undefined ? [] : clusterFamilyProblems(ipFamilies, policy, clusterFamilies)),
  ];
}

function clusterFamilyProblems(
  ipFamilies: readonly string[],
  policy: string | undefined,
  clusterFamilies: readonly string[],
): ObjectProblem[] {
  const have = clusterFamilies.join(' and ');
  const unknown = ipFamilies.filter((family) => !clusterFamilies.includes(family));
  // PreferDualStack takes what the cluster has, as long as its primary family is there.
  const missing = policy === 'PreferDualStack' ? unknown.filter((family) => family === ipFamilies[0]) : unknown;
  if (missing.length > 0) {
    return [...new Set(missing)].map((family) => ({
      message: `ipFamilies names ${family}, and the cluster has ${have} only`,
      help: `leave ${family} out, or give the cluster that family`,
    }));
  }
  if (policy !== 'RequireDualStack' || clusterFamilies.length > 1) return [];
  return [
    {
      message: `ipFamilyPolicy is RequireDualStack, and the cluster has ${have} only`,
      help: 'use IpFamilyPolicy.PREFER_DUAL_STACK, or make the cluster dual stack',
    },
  ];
}

/** Checks addresses of which there is at most one for each family, such as `spec.clusterIPs`. */
export function onePerFamilyProblems(field: string, texts: readonly string[]): ObjectProblem[] {
  const readings = texts.map((text) => readAddress(field, text));
  const families = readings.flatMap(({ value }) => (value === undefined ? [] : [value.family]));
  return [
    ...(texts.length === 0
      ? [{ message: `${field} fixes no address`, help: 'give one address, or one of each family' }]
      : []),
    ...readings.flatMap(({ problems }) => problems),
    ...repeated(families).map((family) => ({
      message: `${field} has several ${family} addresses: ${texts.join(', ')}`,
      help: 'give at most one address of each family',
    })),
  ];
}

/** Checks fixed cluster addresses against the families that the Service asks for. */
export function clusterIpProblems({ clusterIps, ipFamilies, ipFamilyPolicy }: FamilyRequest): ObjectProblem[] {
  const families = clusterIps.map(familyOf).filter((family) => family !== undefined);
  return [
    ...onePerFamilyProblems('clusterIp', clusterIps),
    ...(ipFamilyPolicy === 'SingleStack' && new Set(families).size > 1
      ? [
          {
            message: 'ipFamilyPolicy is SingleStack and clusterIp has two addresses',
            help: 'give one address, or use IpFamilyPolicy.REQUIRE_DUAL_STACK',
          },
        ]
      : []),
    ...clusterIps.flatMap((ip, index) => {
      const family = familyOf(ip);
      const expected = ipFamilies.at(index);
      if (family === undefined || expected === undefined || family === expected) return [];
      return [
        {
          message: `clusterIp ${ip} is an ${family} address, and the family at its place in ipFamilies is ${expected}`,
          help: 'put the addresses and ipFamilies into the same order',
        },
      ];
    }),
  ];
}

function familyOf(text: string): IpFamily | undefined {
  try {
    return parseAddress(text).family;
  } catch {
    return undefined;
  }
}
