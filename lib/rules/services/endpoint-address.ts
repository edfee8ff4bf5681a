import { formatAddress, type IpAddress } from '../../address';
import type { Problem } from '../../finding/problem';
import {
  at,
  type ClusterFacts,
  concat,
  type Endpoints,
  type FieldPath,
  flatMap,
  isDnsLabel,
  isDnsSubdomain,
  isEndpointSlice,
  readIpAddress,
} from '../../model';
import { checkEach, isSet, setTo, shown } from '../field-problem';
import { isAtLeast } from '../kubernetes-version';
import { readIpText, specialAddressProblems } from './ip-text';
import type { NetworkRule } from '../network-rule';

/** IsValidIPv4Address, IsValidIPv6Address and ValidateNonSpecialIP, as the validation of EndpointSlice and Endpoints asks for them. */
export const endpointAddress: NetworkRule = {
  code: 'NL244',
  slug: 'endpoint-address',
  fixable: true,
  severity: 'error',
  title: 'The address of an endpoint is listed twice, or is none that a Service can lead to',
  layer: 'object',
  check: checkEach(({ endpoints }) => endpoints, endpointsProblems),
};

function endpointsProblems(endpoints: Endpoints, facts: ClusterFacts): readonly Problem[] {
  return concat(addressesProblems(endpoints, facts), repeatedProblems(endpoints));
}

/** Endpoints without a pod: several pods of a node's network have its address in common. */
function repeatedProblems({ object, addresses }: Endpoints): readonly Problem[] {
  if (!isEndpointSlice(object)) return [];
  const seen = new Set<string>();
  return flatMap(addresses, ({ value, path }): readonly Problem[] => {
    const address = readIpAddress(value);
    if (address === undefined || isSet(at(object.manifest, 'endpoints', path[1], 'targetRef'))) return [];
    const text = formatAddress(address);
    if (!seen.has(text)) {
      seen.add(text);
      return [];
    }
    return [
      {
        field: path,
        severity: 'warning',
        message: `address ${text} is listed twice`,
        help: 'list each address once: a second endpoint of it gets no traffic of its own',
      },
    ];
  });
}

function addressesProblems({ object, addressType, addresses }: Endpoints, facts: ClusterFacts): readonly Problem[] {
  if (addressType === 'FQDN') return flatMap(addresses, ({ value, path }) => domainNameProblems(value, path));
  return flatMap(addresses, ({ value, path }) => {
    const { address, problems } = readIpText('address', value, path, facts);
    if (address === undefined) return problems;
    const unusable = concat(
      familyProblems(addressType, address, value, path),
      specialAddressProblems('address', address, path),
    );
    if (unusable.length > 0) return unusable;
    return concat(
      problems.length > 0 || !isEndpointSlice(object) ? problems : canonicalProblems(address, value, path, facts),
      unusedProblems(value, path),
    );
  });
}

/** IsValidIP of apimachinery, which a slice asks for IPv6 since Kubernetes 1.33: KEP-4858, RFC 5952. */
const CANONICAL_SINCE = 33;

function canonicalProblems(
  address: IpAddress,
  written: string,
  field: FieldPath,
  facts: ClusterFacts,
): readonly Problem[] {
  const canonical = formatAddress(address);
  if (address.family !== 'IPv6' || written === canonical || !isAtLeast(facts, CANONICAL_SINCE)) return [];
  return [
    {
      field,
      message: `address ${shown(written)} is not in canonical form, which Kubernetes refuses since 1.33`,
      help: `write ${canonical}`,
      ...(facts.kubernetesVersion === undefined && { severity: 'warning' as const }),
      ...setTo(field, canonical),
    },
  ];
}

function familyProblems(
  addressType: string | undefined,
  { family }: IpAddress,
  written: string,
  field: FieldPath,
): readonly Problem[] {
  if ((addressType !== 'IPv4' && addressType !== 'IPv6') || addressType === family) return [];
  return [
    {
      field,
      message: `address ${shown(written)} is an ${family} address in a slice of addressType ${addressType}`,
      help: `put the ${family} endpoints of the Service into an EndpointSlice of their own`,
    },
  ];
}

function domainNameProblems(value: string, field: FieldPath): readonly Problem[] {
  const name = value.replace(/\.$/, '');
  const labels = name.split('.');
  if (isDnsSubdomain(name) && labels.length > 1 && labels.every(isDnsLabel)) return [];
  return [
    {
      field,
      message: `address ${shown(value)} is not a fully qualified domain name`,
      help: 'write a name of at least two labels of at most 63 characters, such as db.example.com',
    },
  ];
}

/** Endpoint, `addresses`: of the addresses of one endpoint of a slice kube-proxy uses the first. */
function unusedProblems(value: string, field: FieldPath): readonly Problem[] {
  if (field.length !== 4 || field[2] !== 'addresses' || field[3] !== 1) return [];
  return [
    {
      field,
      severity: 'warning',
      message: `address ${shown(value)} is the second one of an endpoint, of which only the first is used`,
      help: 'list it as an endpoint of its own',
    },
  ];
}
