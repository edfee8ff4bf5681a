import { formatAddress, type IpAddress, type IpFamily } from '../../address';
import type { Problem } from '../../finding/problem';
import { concat, type FieldPath, flatMap, list, member, type Service } from '../../model';
import { nearestWord } from '../../plan';
import { checkEach, inRightCase, isNoText, isSet, oneOf, shown, withoutEmpty } from '../field-problem';
import { readIpText } from './ip-text';
import type { NetworkRule } from '../network-rule';

/** ValidateServiceClusterIPsRelatedFields of pkg/apis/core/validation, and initIPFamilyFields of pkg/registry/core/service/storage/alloc.go. */
export const clusterIpFamilies: NetworkRule = {
  code: 'NL239',
  slug: 'cluster-ip-families',
  fixable: true,
  severity: 'error',
  title: 'The cluster addresses and IP families of a Service do not fit together',
  layer: 'object',
  check: checkEach(({ services }) => services, serviceProblems),
};

const FAMILIES = ['IPv4', 'IPv6'];
const POLICIES = ['SingleStack', 'PreferDualStack', 'RequireDualStack'];
const CLUSTER_IP: FieldPath = ['spec', 'clusterIP'];
const CLUSTER_IPS: FieldPath = ['spec', 'clusterIPs'];
const IP_FAMILIES: FieldPath = ['spec', 'ipFamilies'];

function serviceProblems(service: Service): readonly Problem[] {
  if (service.type === 'ExternalName') return [];
  const spec = member(service.object.manifest, 'spec');
  const clusterIp = member(spec, 'clusterIP');
  const clusterIps = list(member(spec, 'clusterIPs'));
  const families = list(member(spec, 'ipFamilies'));
  const policy = member(spec, 'ipFamilyPolicy');
  return concat(
    pairingProblems(clusterIp, clusterIps), // The API server makes clusterIPs of clusterIP where it is missing.
    clusterIps.length > 0
      ? addressListProblems(clusterIps, families)
      : familyMismatch(readIpText('clusterIP', clusterIp, CLUSTER_IP, {}).address, families[0], CLUSTER_IP),
    familyListProblems(families),
    // An empty text is no address of a second family, but a mistake of its own.
    policyProblems(service, policy, Math.max(clusterIps.filter((ip) => ip !== '').length, families.length)),
  );
}

function pairingProblems(clusterIp: unknown, clusterIps: readonly unknown[]): readonly Problem[] {
  if (clusterIps.length === 0 || isNoText(clusterIp) || isNoText(clusterIps[0])) return [];
  if (!isSet(clusterIp) || clusterIp === '') {
    return [
      {
        field: CLUSTER_IPS,
        message: 'clusterIPs is set without clusterIP',
        help: `write clusterIP too, as the first of clusterIPs: ${shown(clusterIps[0])}`,
      },
    ];
  }
  if (clusterIps[0] === clusterIp) return [];
  return [
    {
      field: [...CLUSTER_IPS, 0],
      message: `the first of clusterIPs is ${shown(clusterIps[0])}, and clusterIP is ${shown(clusterIp)}`,
      help: 'make them equal, or leave clusterIPs out',
    },
  ];
}

function addressListProblems(clusterIps: readonly unknown[], families: readonly unknown[]): readonly Problem[] {
  if (clusterIps.length > 2) {
    return [
      {
        field: CLUSTER_IPS,
        message: `clusterIPs has ${clusterIps.length} values, and may have two, one for each IP family`,
        help: 'remove the others',
      },
    ];
  }
  const misplaced = clusterIps.length > 1 ? clusterIps.indexOf('None') : -1;
  if (misplaced !== -1) {
    return [
      {
        field: [...CLUSTER_IPS, misplaced],
        message: 'None is given together with an address in clusterIPs',
        help: 'None must be the only value: a headless Service has no address of any family',
      },
    ];
  }
  const addresses = clusterIps.map((value) => readIpText('clusterIPs', value, CLUSTER_IPS, {}).address);
  const [first, second] = addresses;
  if (second !== undefined && first?.family === second.family) {
    return [
      {
        field: [...CLUSTER_IPS, 1],
        message: `clusterIPs has two ${first.family} addresses: ${formatAddress(first)}, ${formatAddress(second)}`,
        help: 'a Service has at most one address of each IP family: remove one',
      },
    ];
  }
  return flatMap(addresses, (address, index) => familyMismatch(address, families[index], [...CLUSTER_IPS, index]));
}

function familyMismatch(address: IpAddress | undefined, family: unknown, field: FieldPath): readonly Problem[] {
  if (address === undefined || !isFamily(family) || address.family === family) return [];
  return [
    {
      field,
      message: `${fieldText(field)} is an ${address.family} address, and ipFamilies[${Number(field.at(2) ?? 0)}] is ${family}`,
      help:
        field.length > 2
          ? 'put both lists in the same order'
          : 'name the family of the address, or leave ipFamilies out',
    },
  ];
}

/** `clusterIP`, or `clusterIPs[0]`. */
function fieldText(field: FieldPath): string {
  return field.length > 2 ? `${field[1]}[${field[2]}]` : String(field[1]);
}

function isFamily(value: unknown): value is IpFamily {
  return FAMILIES.some((family) => family === value);
}

function familyListProblems(families: readonly unknown[]): readonly Problem[] {
  const seen = new Set<unknown>();
  return flatMap(families, (family, index): readonly Problem[] => {
    const field = [...IP_FAMILIES, index];
    if (!isFamily(family)) {
      const near = typeof family === 'string' ? nearestWord(family, FAMILIES) : null;
      return [
        {
          field,
          message: `the IP family ${shown(family)} is not known`,
          help: near === null ? `write ${oneOf(FAMILIES)}` : `write ${near}`,
          ...inRightCase(field, family, FAMILIES),
        },
      ];
    }
    if (!seen.has(family)) {
      seen.add(family);
      return [];
    }
    return [{ field, message: `the IP family ${family} is listed twice`, help: 'list each family once' }];
  });
}

function policyProblems({ headless, selector }: Service, policy: unknown, families: number): readonly Problem[] {
  const field = ['spec', 'ipFamilyPolicy'];
  const unset = !isSet(policy);
  if (!unset && !POLICIES.some((known) => known === policy)) {
    const near = typeof policy === 'string' ? nearestWord(policy, POLICIES) : null;
    return [
      {
        field,
        message: `ipFamilyPolicy is ${shown(policy)}, and must be ${oneOf(POLICIES)}`,
        help: near === null ? 'leave it out for SingleStack' : `write ${near}`,
        ...inRightCase(field, policy, POLICIES),
        ...withoutEmpty(field, policy),
      },
    ];
  }
  // A headless Service without selector is dual-stack unless it says another.
  const single = policy === 'SingleStack' || (unset && !(headless && selector === undefined));
  if (!single || families < 2) return [];
  return [
    {
      field: unset ? ['spec'] : field,
      message: `the Service names two IP families, and its ipFamilyPolicy is ${unset ? 'not set, which is ' : ''}SingleStack`,
      help: 'set ipFamilyPolicy to PreferDualStack or RequireDualStack, or name one family',
    },
  ];
}
