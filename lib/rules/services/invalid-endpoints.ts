import type { Problem } from '../../finding/problem';
import {
  at,
  below,
  concat,
  type Endpoints,
  type FieldPath,
  flatMap,
  isDnsLabel,
  isEndpointSlice,
  isLabelValue,
  list,
  member,
  nonEmpty,
  positive,
} from '../../model';
import { nearestWord } from '../../plan';
import { asPortNumber, checkEach, inRightCase, isSet, oneOf, shown, withoutEmpty } from '../field-problem';
import type { NetworkRule } from '../network-rule';
import { nodeNameProblems } from '../node-name';
import { portNameProblems } from './service-port-name';
import { appProtocolProblems, protocolProblems } from './service-port-value';

/** ValidateEndpointSlice of pkg/apis/discovery/validation, and ValidateEndpoints of pkg/apis/core/validation. Addresses have a rule of their own. */
export const invalidEndpoints: NetworkRule = {
  code: 'NL243',
  slug: 'invalid-endpoints',
  fixable: true,
  severity: 'error',
  title: 'An EndpointSlice or Endpoints object that the API server refuses',
  layer: 'object',
  check: checkEach(
    ({ endpoints }) => endpoints,
    (endpoints) => (isEndpointSlice(endpoints.object) ? sliceProblems(endpoints) : subsetsProblems(endpoints)),
  ),
};

const ADDRESS_TYPES = ['IPv4', 'IPv6', 'FQDN'];
const MOST_ENDPOINTS = 1000;
const MOST_ADDRESSES = 100;
const MOST_PORTS = 100;
const MOST_ZONES = 8;

function sliceProblems({ object: { manifest } }: Endpoints): readonly Problem[] {
  const endpoints = list(member(manifest, 'endpoints'));
  const ports = list(member(manifest, 'ports'));
  return concat(
    addressTypeProblems(member(manifest, 'addressType')),
    tooMany('endpoints', endpoints, MOST_ENDPOINTS, ['endpoints']),
    tooMany('ports', ports, MOST_PORTS, ['ports']),
    flatMap(endpoints, (endpoint, index) => endpointProblems(endpoint, ['endpoints', index])),
    flatMap(ports, (port, index) => portProblems(port, ['ports', index], true)),
    slicePortNameProblems(ports),
  );
}

function addressTypeProblems(value: unknown): readonly Problem[] {
  const field = ['addressType'];
  if (!isSet(value) || value === '') {
    return [{ field, message: 'the EndpointSlice has no addressType', help: 'set it to IPv4 or IPv6' }];
  }
  if (ADDRESS_TYPES.some((known) => known === value)) return [];
  const near = typeof value === 'string' ? nearestWord(value, ADDRESS_TYPES) : null;
  return [
    {
      field,
      message: `addressType is ${shown(value)}, and must be ${oneOf(ADDRESS_TYPES)}`,
      help: near === null ? 'set it to IPv4 or IPv6' : `write ${near}`,
      ...inRightCase(field, value, ADDRESS_TYPES),
    },
  ];
}

function tooMany(what: string, items: readonly unknown[], most: number, field: FieldPath): readonly Problem[] {
  if (items.length <= most) return [];
  return [
    {
      field,
      message: `the EndpointSlice has ${items.length} ${what}, and may have ${most}`,
      help: 'spread them over several EndpointSlices of the Service',
    },
  ];
}

function endpointProblems(endpoint: unknown, path: FieldPath): readonly Problem[] {
  const addresses = list(member(endpoint, 'addresses'));
  const hostname = member(endpoint, 'hostname');
  const empty = addresses.findIndex((address) => !isSet(address) || address === '');
  return concat(
    addresses.length === 0
      ? [{ field: path, message: 'the endpoint has no addresses', help: 'give it one address' }]
      : [],
    addresses.length > MOST_ADDRESSES
      ? [
          {
            field: below(path, 'addresses'),
            message: `the endpoint has ${addresses.length} addresses, and may have ${MOST_ADDRESSES}`,
            help: 'give each address an endpoint of its own: only the first one of an endpoint is used',
          },
        ]
      : [],
    empty === -1
      ? []
      : [{ field: below(path, 'addresses', empty), message: 'an address of the endpoint is empty', help: 'write it' }],
    hostnameProblems(hostname, below(path, 'hostname')),
    nodeNameProblems(member(endpoint, 'nodeName'), below(path, 'nodeName')),
    zoneProblems(list(at(endpoint, 'hints', 'forZones')), below(path, 'hints', 'forZones')),
  );
}

/** validateHints. */
function zoneProblems(zones: readonly unknown[], path: FieldPath): readonly Problem[] {
  if (zones.length > MOST_ZONES) {
    return [
      {
        field: path,
        message: `the endpoint has hints for ${zones.length} zones, and may have them for ${MOST_ZONES}`,
        help: 'name the nearest ones, or leave the hints out',
      },
    ];
  }
  const names = zones.map((zone) => member(zone, 'name') ?? '');
  return flatMap(names, (name, index): readonly Problem[] => {
    const field = below(path, index, 'name');
    if (typeof name !== 'string') return [];
    if (names.indexOf(name) < index) {
      return [{ field, message: `the zone ${shown(name)} is named twice`, help: 'name each zone once' }];
    }
    if (isLabelValue(name)) return [];
    return [
      {
        field,
        message: `${shown(name)} is not the name of a zone`,
        help: 'write the value of the label topology.kubernetes.io/zone of its nodes',
      },
    ];
  });
}

function hostnameProblems(hostname: unknown, field: FieldPath): readonly Problem[] {
  if (!isSet(hostname) || (typeof hostname === 'string' && isDnsLabel(hostname))) return [];
  return [
    {
      field,
      message: `the hostname ${shown(hostname)} of the endpoint is not a DNS label`,
      help: 'use at most 63 lower-case letters, digits and hyphens, a letter or digit first and last',
      ...withoutEmpty(field, hostname),
    },
  ];
}

/** @param isOfSlice A slice may leave the number out, and its numbers are not looked at: kube-proxy makes nothing of a wrong one. */
function portProblems(port: unknown, path: FieldPath, isOfSlice: boolean): readonly Problem[] {
  const number = member(port, 'port');
  return concat(
    isPort(number) || (isOfSlice && !isSet(number))
      ? []
      : [
          {
            field: isSet(number) ? below(path, 'port') : path,
            message: isSet(number) ? `port is ${shown(number)}` : 'the port has no number',
            help: 'set port to a whole number from 1 to 65535',
            ...(isOfSlice && Number.isInteger(number) && { severity: 'warning' as const }),
            ...asPortNumber(below(path, 'port'), number),
          },
        ],
    // That of a slice is a pointer in the API: the empty text is a value.
    isOfSlice && member(port, 'protocol') === ''
      ? [
          {
            field: below(path, 'protocol'),
            message: 'protocol is "", and must be TCP, UDP or SCTP',
            help: 'leave it out for TCP',
            fix: [{ field: below(path, 'protocol'), remove: true as const }],
          },
        ]
      : protocolProblems(member(port, 'protocol'), below(path, 'protocol')),
    appProtocolProblems(member(port, 'appProtocol'), below(path, 'appProtocol')),
  );
}

function isPort(value: unknown): boolean {
  return (positive(value) ?? 65536) <= 65535;
}

/** One port of a slice may go without a name; each name stands for one port. */
function slicePortNameProblems(ports: readonly unknown[]): readonly Problem[] {
  const seen = new Set<unknown>();
  return flatMap(ports, (port, index): readonly Problem[] => {
    const written = member(port, 'name');
    const name = isSet(written) ? written : '';
    const field = written === undefined ? ['ports', index] : ['ports', index, 'name'];
    if (name !== '' && (typeof name !== 'string' || !isDnsLabel(name))) {
      return [
        {
          field,
          message: `the port name ${shown(name)} is not a DNS label`,
          help: 'write the name of the port of the Service',
        },
      ];
    }
    if (seen.has(name)) {
      const message = name === '' ? 'a second port has no name' : `another port has the name ${shown(name)} too`;
      return [{ field, message, help: 'give each port the name of its port in the Service' }];
    }
    seen.add(name);
    return [];
  });
}

function subsetsProblems({ object: { manifest } }: Endpoints): readonly Problem[] {
  return flatMap(list(member(manifest, 'subsets')), (subset, index) => {
    const path = ['subsets', index];
    const ports = list(member(subset, 'ports'));
    const addresses = flatMap(['addresses', 'notReadyAddresses'], (field) =>
      list(member(subset, field)).map((address, place) => ({ address, path: below(path, field, place) })),
    );
    return concat(
      addresses.length === 0
        ? [{ field: path, message: 'the subset has no addresses', help: 'list addresses or notReadyAddresses' }]
        : [],
      flatMap(addresses, ({ address, path: field }) =>
        concat(
          nonEmpty(member(address, 'ip') ?? '') === undefined
            ? [{ field, message: 'the address has no ip', help: 'set ip' }]
            : [], // Unlike that of a slice it is no pointer in the API: the empty text is no value.
          member(address, 'hostname') === ''
            ? []
            : hostnameProblems(member(address, 'hostname'), below(field, 'hostname')),
          nodeNameProblems(member(address, 'nodeName'), below(field, 'nodeName')),
        ),
      ),
      flatMap(ports, (port, place) => portProblems(port, below(path, 'ports', place), false)),
      // The API server takes two ports of one name: which of them the Service leads to is not said.
      portNameProblems(ports, below(path, 'ports'), 'the subset', 'warning'),
    );
  });
}
