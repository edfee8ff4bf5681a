import type { Problem } from '../../../finding/problem';
import {
  at,
  below,
  concat,
  type FieldPath,
  flatMap,
  list,
  member,
  readIpAddress,
  readMaskedCidr,
  record,
  text,
} from '../../../model';
import { isSet, setTo, shown } from '../../field-problem';
import type { FormsByKind } from './forms-by-kind';
import {
  ADDRESS,
  all,
  CIDR,
  CIDR_OR_ADDRESS,
  distinct,
  IPV4_CIDR,
  IPV6_CIDR,
  listOf,
  mapping,
  missing,
  PORT_NUMBER,
  textThat,
  type ValueForm,
  wholeNumber,
  word,
} from '../../value-form';

/** A number up to 2^32-1, or its two halves as in `1.10`, which calicoctl and Calico's own API server read as text too (numorstring.ASNumber). */
const AS_NUMBER: ValueForm = (value, path) => {
  if (!isSet(value) || (typeof value === 'number' && isAsNumber(textOf(value)))) return [];
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

/** Of the halves `1.10`, or of a number as it is. */
function numberOf(asNumber: string): number {
  const [high, low] = asNumber.split('.').map(Number) as [number, number | undefined];
  return low === undefined ? high : high * 65536 + low;
}

/** Numbers may be written as text here. */
function textOf(value: unknown): string {
  return typeof value === 'number' ? String(value) : (text(value) ?? '');
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

const BGP_PEER = mapping({
  spec: all(
    mapping({
      asNumber: AS_NUMBER,
      peerIP: PEER_ADDRESS,
      reachableBy: textThat((value) => value === '' || readIpAddress(value) !== undefined, 'an IPv4 or IPv6 address'),
      sourceAddress: word('UseNodeIP', 'None'),
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
          cidr,
          matchOperator: word('Equal', 'In', 'NotEqual', 'NotIn'),
          prefixLength: mapping({ min: wholeNumber(0, bits), max: wholeNumber(0, bits) }),
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

const BGP_FILTER = mapping({
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

const BGP_CONFIGURATION = mapping({
  spec: all(
    mapping({
      asNumber: AS_NUMBER,
      bindMode: word('None', 'NodeIP'),
      communities: listOf(mapping({ value: textThat(isCommunity, 'a community, such as 65000:100 or 65000:100:1') })),
      listenPort: PORT_NUMBER,
      localWorkloadPeeringIPV4: LOCAL_PEERING,
      logSeverityScreen: word('Trace', 'Debug', 'Info', 'Warning', 'Error', 'Fatal'),
      prefixAdvertisements: listOf(mapping({ cidr: CIDR_OR_ADDRESS })),
    }),
    bgpFields,
  ),
});

/** The label is that of the older data model. */
const NETWORK_SET = mapping({
  metadata: (value, path) =>
    isSet(at(value, 'labels', 'projectcalico.org/namespace'))
      ? [
          {
            field: below(path, 'labels', 'projectcalico.org/namespace'),
            message: 'a set of networks may not have the label projectcalico.org/namespace',
            help: 'use another label',
          },
        ]
      : [],
  spec: mapping({ nets: listOf(CIDR_OR_ADDRESS) }),
});

/** api.DefaultTierOrder */
const DEFAULT_TIER = { name: 'default', order: 1000000 };

const TIER: ValueForm = (value, path) => {
  const name = text(at(value, 'metadata', 'name')) ?? '';
  const order = at(value, 'spec', 'order');
  return concat(
    name.includes('.') || name.length > 63
      ? [
          {
            field: below(path, 'metadata', 'name'),
            message: `the name of the tier is ${shown(name)}, and must be a DNS label`,
            help: 'use at most 63 letters, digits and hyphens: it is a part of the names of policies',
          },
        ]
      : [],
    name === DEFAULT_TIER.name && order !== DEFAULT_TIER.order
      ? [
          {
            field: below(path, 'spec', 'order'),
            message: `the order of the tier ${name} is ${isSet(order) ? shown(order) : 'not set'}`,
            help: `write order: ${DEFAULT_TIER.order}, which is fixed`,
          },
        ]
      : [],
  );
};

const HOST_ENDPOINT = mapping({
  spec: all(mapping({ expectedIPs: listOf(ADDRESS) }, ['node']), (value, path) =>
    isSet(at(value, 'interfaceName')) || list(at(value, 'expectedIPs')).length > 0
      ? []
      : [missing(below(path, 'interfaceName'))],
  ),
});

const METHODS = ['firstFound', 'kubernetes', 'interface', 'skipInterface', 'canReach', 'cidrs'];

/** operator, pkg/controller/installation/validation.go: one method for each family. */
const AUTODETECTION: ValueForm = all(
  mapping({ cidrs: listOf(CIDR), kubernetes: word('NodeInternalIP') }),
  (value, path) => {
    const used = METHODS.filter((method) => {
      const setting = member(value, method);
      return isSet(setting) && setting !== false && setting !== '';
    });
    return used.length < 2
      ? []
      : [
          {
            field: [...path, used[1]],
            message: `${used.join(' and ')} are set, and one of them can find the address of a node`,
            help: 'leave one of them out',
          },
        ];
  },
);

const PROVIDER = word('EKS', 'GKE', 'AKS', 'OpenShift', 'DockerEnterprise', 'RKE2', 'TKG', 'Kind');

const INSTALLATION = mapping({
  spec: mapping({
    calicoNetwork: mapping({
      bgp: word('Enabled', 'Disabled'),
      containerIPForwarding: word('Enabled', 'Disabled'),
      hostPorts: word('Enabled', 'Disabled'),
      linuxDataplane: word('Iptables', 'BPF', 'VPP', 'Nftables'),
      multiInterfaceMode: word('None', 'Multus'),
      nodeAddressAutodetectionV4: AUTODETECTION,
      nodeAddressAutodetectionV6: AUTODETECTION,
    }),
    cni: mapping({
      type: word('Calico', 'GKE', 'AmazonVPC', 'AzureVNET'),
      ipam: mapping({ type: word('Calico', 'HostLocal', 'AmazonVPC', 'AzureVNET') }),
    }),
    kubernetesProvider: (value, path) => (value === '' ? [] : PROVIDER(value, path)),
    variant: word('Calico', 'TigeraSecureEnterprise', 'CalicoEnterprise'),
  }),
});

const PROTOCOLS = ['TCP', 'UDP', 'ICMP', 'ICMPv6', 'SCTP', 'UDPLite'];

/** A number from 1 to 255, or a name, which is read in any case. */
const PROTOCOL: ValueForm = (value, path) => {
  if (!isSet(value)) return [];
  const isNumber = /^[0-9]{1,3}$/.test(textOf(value)) && Number(value) >= 1 && Number(value) <= 255;
  const isName = typeof value === 'string' && PROTOCOLS.some((name) => name.toLowerCase() === value.toLowerCase());
  if (isNumber || isName) return [];
  return [
    {
      field: path,
      message: `${String(path.at(-1))} is ${shown(value)}`,
      help: `write ${PROTOCOLS.join(', ')}, or a number from 1 to 255`,
    },
  ];
};

/** A number, a range such as `80:90`, or the name of a port. */
const PORT: ValueForm = (value, path) => {
  const written = textOf(value);
  const numbers = written.split(':');
  const isNumeric = numbers.length <= 2 && numbers.every((part) => /^[0-9]+$/.test(part));
  const [first, last = first] = numbers.map(Number);
  const isFine = isNumeric ? first >= 1 && last <= 65535 && first <= last : /^[a-zA-Z0-9_.-]{1,128}$/.test(written);
  if (isFine) return [];
  return [
    {
      field: path,
      message: `the port is ${shown(value)}`,
      help: 'write a port from 1 to 65535, a range such as 80:90 with the lower one first, or the name of a port',
    },
  ];
};

const SERVICE_EXCLUSIONS = ['namespaceSelector', 'selector', 'notSelector', 'serviceAccounts', 'nets', 'notNets'];

const ENTITY = all(mapping({ ports: listOf(PORT), notPorts: listOf(PORT) }), (value, path) => {
  const services = member(value, 'services');
  if (record(services) === undefined) return [];
  return concat(
    text(member(services, 'name')) ? [] : [missing(below(path, 'services', 'name'))],
    SERVICE_EXCLUSIONS.filter((field) => {
      const other = member(value, field);
      return isSet(other) && other !== '' && !(Array.isArray(other) && other.length === 0);
    }).map((field) => ({
      field: below(path, field),
      message: `the ${String(path.at(-1))} has services and ${field}`,
      help: 'leave one of them out: the endpoints of the Service say who is meant',
    })),
  );
});

const NETS = [
  ['source', 'nets'],
  ['source', 'notNets'],
  ['destination', 'nets'],
  ['destination', 'notNets'],
] as const;

/** A rule becomes one for each family, and may name networks of one. */
function familyProblems(rule: unknown, path: FieldPath): readonly Problem[] {
  const nets = flatMap(NETS, ([side, field]) =>
    list(at(rule, side, field)).map((value, index) => ({
      family: familyOf(text(value)),
      field: below(path, side, field, index),
    })),
  ).filter(({ family }) => family !== undefined);
  const version = at(rule, 'ipVersion');
  const expected = version === 4 ? 'IPv4' : version === 6 ? 'IPv6' : nets[0]?.family;
  const other = nets.find(({ family }) => family !== expected);
  if (other === undefined) return [];
  return [
    {
      field: other.field,
      message: isSet(version)
        ? `ipVersion is ${shown(version)}, and the rule names an ${other.family} network`
        : 'the rule names networks of both IP families',
      help: 'make a rule for each family',
    },
  ];
}

function familyOf(value: string | undefined): 'IPv4' | 'IPv6' | undefined {
  return readMaskedCidr(value)?.family ?? readIpAddress(value)?.family;
}

function icmpProblems(rule: unknown, path: FieldPath): readonly Problem[] {
  const icmp = member(rule, 'icmp');
  const protocol = textOf(member(rule, 'protocol')).toLowerCase();
  const version = member(rule, 'ipVersion');
  const expected = protocol === 'icmp' ? 4 : protocol === 'icmpv6' ? 6 : undefined;
  return concat(
    isSet(icmp) && expected === undefined && protocol !== '1' && protocol !== '58'
      ? [
          {
            field: below(path, 'icmp'),
            message: 'icmp is set, and the protocol is not ICMP or ICMPv6',
            help: 'set protocol: ICMP',
          },
        ]
      : [],
    isSet(member(icmp, 'code')) && !isSet(member(icmp, 'type')) ? [missing(below(path, 'icmp', 'type'))] : [],
    expected !== undefined && isSet(version) && version !== expected
      ? [
          {
            field: below(path, 'ipVersion'),
            message: `ipVersion is ${shown(version)}, and the protocol is ${shown(member(rule, 'protocol'))}`,
            help: `write ipVersion: ${expected}, or leave it out`,
          },
        ]
      : [],
  );
}

function httpProblems(rule: unknown, path: FieldPath, isEgress: boolean): readonly Problem[] {
  const http = member(rule, 'http');
  if (record(http) === undefined) return [];
  const protocol = member(rule, 'protocol');
  const refusal = isEgress
    ? 'http is for ingress rules, and this is an egress rule'
    : member(rule, 'action') !== 'Allow'
      ? `http is for rules that allow, and the action is ${shown(member(rule, 'action'))}`
      : isSet(protocol) && protocol !== 'TCP' && protocol !== 6
        ? `http is for TCP, and the protocol is ${shown(protocol)}`
        : undefined;
  return concat(
    refusal === undefined
      ? []
      : [{ field: below(path, 'http'), message: refusal, help: 'leave http out, or change the rule' }],
    distinct(member(http, 'methods'), below(path, 'http', 'methods')),
    flatMap(list(member(http, 'paths')), (item, index) => {
      const exact = text(member(item, 'exact')) ?? '';
      const prefix = text(member(item, 'prefix')) ?? '';
      const value = exact || prefix;
      if (!(exact && prefix) && value.startsWith('/') && !/[? #]/.test(value)) return [];
      return [
        {
          field: below(path, 'http', 'paths', index),
          message:
            exact && prefix
              ? 'the path has exact and prefix'
              : value === ''
                ? 'the path has neither exact nor prefix'
                : `the path is ${shown(value)}`,
          help: 'give one of exact and prefix, which starts with / and has no ?, # and spaces',
        },
      ];
    }),
  );
}

/** Services stand where the traffic comes from or goes to outside of the pods of the policy; their ports are those of the Service. */
function serviceProblems(rule: unknown, path: FieldPath, isEgress: boolean, isGlobal: boolean): readonly Problem[] {
  const [own, other] = isEgress ? ['source', 'destination'] : ['destination', 'source'];
  const services = at(rule, other, 'services');
  return concat(
    isSet(at(rule, own, 'services'))
      ? [
          {
            field: below(path, own, 'services'),
            message: `services cannot be the ${own} of an ${isEgress ? 'egress' : 'ingress'} rule`,
            help: `move it to ${other}`,
          },
        ]
      : [],
    isSet(services) && other === 'destination'
      ? ['ports', 'notPorts']
          .filter((field) => list(at(rule, other, field)).length > 0)
          .map((field) => ({
            field: below(path, other, field),
            message: `the destination has services and ${field}`,
            help: `leave ${field} out: the ports are those of the Service`,
          }))
      : [],
    isSet(services) && isGlobal && !text(member(services, 'namespace'))
      ? [missing(below(path, other, 'services', 'namespace'))]
      : [],
  );
}

function rules(direction: 'ingress' | 'egress', isGlobal: boolean): ValueForm {
  const isEgress = direction === 'egress';
  return listOf(
    all(
      mapping({
        destination: ENTITY,
        ipVersion: (value, path) =>
          !isSet(value) || value === 4 || value === 6
            ? []
            : [{ field: path, message: `ipVersion is ${shown(value)}`, help: 'write 4 or 6' }],
        notProtocol: PROTOCOL,
        protocol: PROTOCOL,
        source: ENTITY,
      }),
      (rule, path) =>
        concat(
          familyProblems(rule, path),
          icmpProblems(rule, path),
          httpProblems(rule, path, isEgress),
          serviceProblems(rule, path, isEgress, isGlobal),
        ),
    ),
  );
}

function policy(isGlobal: boolean): ValueForm {
  return mapping({
    spec: mapping({
      egress: rules('egress', isGlobal),
      ingress: rules('ingress', isGlobal),
      types: all(listOf(word('Ingress', 'Egress')), distinct),
    }),
  });
}

function inV3(forms: Readonly<Record<string, ValueForm>>): FormsByKind {
  return Object.fromEntries(Object.entries(forms).map(([kind, form]) => [`projectcalico.org/v3 ${kind}`, form]));
}

/** projectcalico/calico, libcalico-go/lib/validator/v3/validator.go; the API of its operator for Installation. */
export const CALICO_FORMS: FormsByKind = {
  ...inV3({
    BGPConfiguration: BGP_CONFIGURATION,
    BGPFilter: BGP_FILTER,
    BGPPeer: BGP_PEER,
    GlobalNetworkPolicy: policy(true),
    GlobalNetworkSet: NETWORK_SET,
    HostEndpoint: HOST_ENDPOINT,
    NetworkPolicy: policy(false),
    NetworkSet: NETWORK_SET,
    StagedGlobalNetworkPolicy: policy(true),
    StagedNetworkPolicy: policy(false),
    Tier: TIER,
  }),
  'operator.tigera.io/v1 Installation': INSTALLATION,
};
