import { AddressError, formatCidr, parseCidr, type Cidr } from '../../address';
import type { Problem } from '../../finding/problem';
import { apiGroup, at, concat, flatMap, isReadFromCluster, type ModelObject, type NetworkModel } from '../../model';
import { maskedText } from '../address-problem';
import { checkEach, setTo, shown } from '../field-problem';
import type { NetworkRule } from '../network-rule';

/** ValidateServiceCIDR of pkg/apis/networking/validation (KEP-1880). */
export const invalidServiceCidr: NetworkRule = {
  code: 'NL242',
  slug: 'invalid-service-cidr',
  fixable: true,
  severity: 'error',
  title: 'A ServiceCIDR that the API server refuses, or makes itself',
  layer: 'object',
  check: checkEach(serviceCidrs, ({ object }) => concat(ownerProblems(object), serviceCidrProblems(object))),
};

function serviceCidrs({ ofKind }: NetworkModel): readonly { readonly object: ModelObject }[] {
  return flatMap(ofKind('ServiceCIDR'), (object) =>
    apiGroup(object.ref.apiVersion) === 'networking.k8s.io' ? [{ object }] : [],
  );
}

/** KEP-1880: the API server makes `kubernetes` of its flag `service-cluster-ip-range`, and makes it again. */
function ownerProblems(object: ModelObject): readonly Problem[] {
  if (object.ref.name !== 'kubernetes' || isReadFromCluster(object)) return [];
  return [
    {
      field: ['metadata', 'name'],
      severity: 'warning',
      message:
        'the ServiceCIDR kubernetes is that of the API server, which makes it from its flag service-cluster-ip-range',
      help: 'give further ranges another name; the first range is changed with the flag',
    },
  ];
}

function serviceCidrProblems({ manifest }: ModelObject): readonly Problem[] {
  const cidrs: unknown = at(manifest, 'spec', 'cidrs');
  if (!Array.isArray(cidrs) || cidrs.length === 0) {
    return [
      { field: ['spec'], message: 'the ServiceCIDR has no cidrs', help: 'list one CIDR, or one of each IP family' },
    ];
  }
  if (cidrs.length > 2) {
    return [
      {
        field: ['spec', 'cidrs'],
        message: `the ServiceCIDR has ${cidrs.length} CIDRs, and may have two, one of each IP family`,
        help: 'make a ServiceCIDR of its own for each further range',
      },
    ];
  }
  const read = cidrs.map(readCanonical);
  const [first, second] = read.map(({ cidr }) => cidr);
  const problems = [
    ...flatMap(read, ({ problem, instead }, index): readonly Problem[] =>
      problem === undefined
        ? []
        : [
            {
              field: ['spec', 'cidrs', index],
              ...problem,
              ...(instead === undefined ? {} : setTo(['spec', 'cidrs', index], instead)),
            },
          ],
    ),
  ];
  if (second !== undefined && first?.family === second.family) {
    problems.push({
      field: ['spec', 'cidrs', 1],
      message: `both CIDRs of the ServiceCIDR are ${first.family}`,
      help: 'make two ServiceCIDRs: one has at most one CIDR of each IP family',
    });
  }
  return problems;
}

interface CanonicalCidr {
  readonly cidr?: Cidr;
  readonly problem?: Omit<Problem, 'field'>;
  /** The only text that can have been meant. */
  readonly instead?: string;
}

/** ipallocator: "shortest allowed prefix length for service CIDR is 64". */
const SHORTEST_IPV6_PREFIX = 64;

function readCanonical(value: unknown): CanonicalCidr {
  if (typeof value !== 'string') {
    return { problem: { message: `a CIDR is ${shown(value)}`, help: 'write a string such as "10.96.0.0/16"' } };
  }
  try {
    const cidr = parseCidr(value);
    const canonical = formatCidr(cidr);
    if (cidr.family === 'IPv6' && cidr.prefix < SHORTEST_IPV6_PREFIX) {
      return {
        cidr,
        problem: {
          message: `the CIDR ${shown(value)} is larger than a /${SHORTEST_IPV6_PREFIX}, the largest that Services can have`,
          help: `choose a /${SHORTEST_IPV6_PREFIX} or smaller, such as a /112`,
        },
      };
    }
    if (canonical === value) return { cidr };
    return {
      cidr,
      instead: canonical,
      problem: { message: `the CIDR ${shown(value)} is not in canonical form`, help: `write ${canonical}` },
    };
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    return { problem: { message: error.reason, help: error.help }, instead: maskedText(value) };
  }
}
