import { at, below, concat, flatMap, list, member, readIpAddress, text } from '../../../model';
import { isSet, setTo, shown } from '../../field-problem';
import {
  all,
  CIDR_OR_ADDRESS,
  IPV4_CIDR,
  IPV6_CIDR,
  listOf,
  mapping,
  missing,
  orEmpty,
  PORT_NUMBER,
  textThat,
  type ValueForm,
  wholeNumber,
  word,
} from '../../value-form';
import { canonicalCidr, NAME, textOf } from './calico-forms';

/** A number up to 2^32-1, or its two halves as in `1.10`, which calicoctl and Calico's own API server read as text too (numorstring.ASNumber). */
const AS_NUMBER: ValueForm = (value, path) => {
  if (!isSet(value)) return [];
  if (isAsNumber(textOf(value)) && numberOf(textOf(value)) > LARGEST_OF_INT32) {
    return [
      {
        field: path,
        severity: 'warning',
        message: `${String(path.at(-1))} is ${shown(value)}: newer versions of Kubernetes refuse more than ${LARGEST_OF_INT32}, as the CRD of Calico says int32`,
        help: 'use a smaller private number, from 64512 to 65534, or ask your cluster with kubectl apply --dry-run=server',
      },
    ];
  }
  if (typeof value === 'number' && isAsNumber(textOf(value))) return [];
  if (!isAsNumber(textOf(value))) {
    return [
      {
        field: path,
        message: `${String(path.at(-1))} is ${shown(value)}, which is no AS number`,
        help: 'write a number from 1 to 4294967295, or its halves as in "1.10"',
      },
    ];
  }
  return [
    {
      field: path,
      severity: 'warning',
      message: `${String(path.at(-1))} is the text ${shown(value)}, which the CRD of Calico refuses: calicoctl and Calico's own API server alone read it`,
      help: `write it as a number: ${numberOf(textOf(value))}`,
      ...setTo(path, numberOf(textOf(value))),
    },
  ];
};

/** AS numbers have 32 bits; the CRD says `format: int32`, which has a sign. Kubernetes 1.30 does not look at it, 1.37 does (test bed). */
const LARGEST_OF_INT32 = 2147483647;

/** Of the halves `1.10`, or of a number as it is. */
function numberOf(asNumber: string): number {
  const [high, low] = asNumber.split('.').map(Number) as [number, number | undefined];
  return low === undefined ? high : high * 65536 + low;
}

function isAsNumber(value: string): boolean {
  const parts = value.split('.');
  const last = parts.length === 1 ? 4294967295 : 65535;
  return parts.length <= 2 && parts.every((part) => /^[0-9]{1,10}$/.test(part) && Number(part) <= last);
}

/** An address, or one with a port: `192.0.2.1:179`, `[2001:db8::1]:179` (processIPPort). */
function peerAddress(value: string): string | undefined {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([0-9.]+)):([0-9]{1,5})$/.exec(value);
  if (match === null) return readIpAddress(value) && value;
  const [, inBrackets, plain] = match as readonly (string | undefined)[];
  const address = inBrackets ?? plain;
  const port = Number(match[3]);
  return readIpAddress(address) !== undefined && port >= 1 && port <= 65535 ? address : undefined;
}

const PEER_ADDRESS = textThat(
  (value) => value === '' || peerAddress(value) !== undefined,
  'an address, or one with its port: 192.0.2.1:179 or "[2001:db8::1]:179"',
);

/** validateBGPPeerSpec: two fields that say the same, or that cannot both hold. */
const PEER_EXCLUSIONS: readonly (readonly [string, string])[] = [
  ['node', 'nodeSelector'],
  ['peerIP', 'peerSelector'],
  ['asNumber', 'peerSelector'],
  ['peerIP', 'localWorkloadSelector'],
  ['peerSelector', 'localWorkloadSelector'],
  ['keepOriginalNextHop', 'nextHopMode'],
];

const peerFields: ValueForm = (value, path) => {
  const has = (field: string): boolean => {
    const found = member(value, field);
    return isSet(found) && found !== '' && found !== 0 && found !== false;
  };
  const reachableBy = text(member(value, 'reachableBy'));
  const gateway = readIpAddress(reachableBy);
  const peer = readIpAddress(peerAddress(text(member(value, 'peerIP')) ?? ''));
  return concat(
    PEER_EXCLUSIONS.filter((fields) => fields.every(has)).map(([first, second]) => ({
      field: [...path, second],
      message: `the peer has ${first} and ${second}`,
      help: 'leave one of them out',
    })),
    has('localWorkloadSelector') && !has('asNumber') ? [missing(below(path, 'asNumber'))] : [],
    has('reachableBy') && !has('peerIP')
      ? [{ field: below(path, 'reachableBy'), message: 'reachableBy is set, and peerIP is not', help: 'leave it out' }]
      : [],
    gateway !== undefined && peer !== undefined && gateway.family !== peer.family
      ? [
          {
            field: below(path, 'reachableBy'),
            message: `reachableBy is an ${gateway.family} address, and the peer has ${peer.family}`,
            help: `give an ${peer.family} address`,
          },
        ]
      : [],
  );
};

/** As Go reads it (time.ParseDuration). */
const DURATION = textThat(
  (value) => /^[-+]?(?:0|(?:\d+(?:\.\d*)?(?:[num]?s|µs|[mh]))+)$/.test(value),
  'a duration with units, such as 10s or 1m30s',
);

export const BGP_PEER = mapping({
  spec: all(
    mapping({
      asNumber: AS_NUMBER,
      filters: listOf(NAME),
      keepaliveTime: DURATION,
      localASNumber: AS_NUMBER,
      maxRestartTime: DURATION,
      peerIP: PEER_ADDRESS,
      reachableBy: textThat((value) => value === '' || readIpAddress(value) !== undefined, 'an IPv4 or IPv6 address'),
      sourceAddress: orEmpty(word('UseNodeIP', 'None')),
      ttlSecurity: wholeNumber(0, 255),
    }),
    peerFields,
  ),
});

function filterRules(cidr: ValueForm, bits: number): ValueForm {
  return listOf(
    all(
      mapping(
        {
          action: word('Accept', 'Reject'),
          cidr: canonicalCidr(cidr),
          interface: textThat(
            (name) => name === '' || /^[a-zA-Z0-9_.*-]{1,15}$/.test(name),
            'the name of an interface, in which * may stand',
          ),
          matchOperator: word('Equal', 'In', 'NotEqual', 'NotIn'),
          prefixLength: mapping({ min: wholeNumber(0, bits), max: wholeNumber(0, bits) }),
          source: orEmpty(word('RemotePeers')),
        },
        ['action'],
      ),
      (value, path) => {
        const has = (field: string): boolean => isSet(at(value, field)) && at(value, field) !== '';
        if (has('cidr')) return has('matchOperator') ? [] : [missing(below(path, 'matchOperator'))];
        return ['matchOperator', 'prefixLength'].filter(has).map((field) => ({
          field: below(path, field),
          message: `${field} is set, and there is no cidr`,
          help: 'add the cidr that is compared, or leave it out',
        }));
      },
    ),
  );
}

export const BGP_FILTER = mapping({
  spec: mapping({
    exportV4: filterRules(IPV4_CIDR, 32),
    importV4: filterRules(IPV4_CIDR, 32),
    exportV6: filterRules(IPV6_CIDR, 128),
    importV6: filterRules(IPV6_CIDR, 128),
  }),
});

/** `aa:nn` of two bytes each, or `aa:nn:mm` of four. */
function isCommunity(value: string): boolean {
  const parts = value.split(':');
  const last = parts.length === 2 ? 65535 : 4294967295;
  return (
    (parts.length === 2 || parts.length === 3) &&
    parts.every((part) => /^[0-9]{1,10}$/.test(part) && Number(part) <= last)
  );
}

const bgpFields: ValueForm = (value, path) => {
  const communities = list(member(value, 'communities'));
  const advertisements = list(member(value, 'prefixAdvertisements'));
  const defined = new Set(communities.map((community) => member(community, 'name')));
  const withoutMesh =
    member(value, 'nodeToNodeMeshEnabled') === false
      ? ['nodeMeshPassword', 'nodeMeshMaxRestartTime'].filter((field) => isSet(member(value, field)))
      : [];
  return concat(
    communities.length > 0 && advertisements.length === 0
      ? [
          {
            field: below(path, 'communities'),
            message: 'communities are defined, and no item of prefixAdvertisements uses them',
            help: 'use them in prefixAdvertisements, or leave them out',
          },
        ]
      : [],
    flatMap(advertisements, (advertisement, index) =>
      flatMap(list(member(advertisement, 'communities')), (community, place) =>
        defined.has(community) || (typeof community === 'string' && isCommunity(community))
          ? []
          : [
              {
                field: below(path, 'prefixAdvertisements', index, 'communities', place),
                message: `${shown(community)} is no community, and none that is defined here`,
                help: 'write one such as 65000:100, or define it in communities',
              },
            ],
      ),
    ),
    withoutMesh.map((field) => ({
      field: below(path, field),
      message: `${field} is set, and nodeToNodeMeshEnabled is false`,
      help: 'leave it out',
    })),
  );
};

/** The workload peering addresses are those of every node; two of them belong to the gateway of pods. */
const LOCAL_PEERING = textThat(
  (value) => value === '' || (readIpAddress(value)?.family === 'IPv4' && !/^169\.254\.0\.[12]$/.test(value)),
  'an IPv4 address other than 169.254.0.1 and 169.254.0.2',
);

export const BGP_CONFIGURATION = mapping({
  spec: all(
    mapping({
      asNumber: AS_NUMBER,
      bindMode: word('None', 'NodeIP'),
      communities: listOf(
        mapping({ value: textThat(isCommunity, 'a community, such as 65000:100 or 65000:100:1') }, ['name', 'value']),
      ),
      listenPort: PORT_NUMBER,
      localWorkloadPeeringIPV4: LOCAL_PEERING,
      nodeMeshMaxRestartTime: DURATION,
      logSeverityScreen: word('Trace', 'Debug', 'Info', 'Warning', 'Error', 'Fatal'),
      prefixAdvertisements: listOf(mapping({ cidr: canonicalCidr(CIDR_OR_ADDRESS) }, ['cidr', 'communities'])),
    }),
    bgpFields,
  ),
});
