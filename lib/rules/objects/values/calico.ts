import { at, below, concat, list, member, nonEmpty, text } from '../../../model';
import { isSet, oneOf, shown } from '../../field-problem';
import {
  ADDRESS,
  all,
  CIDR,
  CIDR_OR_ADDRESS,
  listOf,
  mapping,
  missing,
  orEmpty,
  PORT_NUMBER,
  textThat,
  type ValueForm,
  word,
} from '../../value-form';
import { BGP_CONFIGURATION, BGP_FILTER, BGP_PEER } from './calico-bgp';
import { NAME, PORT_NAME, PROTOCOL_WITH_PORTS } from './calico-forms';
import { policy } from './calico-policy';
import type { FormsByKind } from './forms-by-kind';

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

const HOST_ENDPOINT = mapping(
  {
    spec: all(
      mapping(
        {
          expectedIPs: listOf(ADDRESS),
          interfaceName: textThat(
            (name) => name === '*' || name === '' || isInterface(name),
            'the name of an interface, or *',
          ),
          node: NAME,
          ports: listOf(mapping({ name: PORT_NAME, port: PORT_NUMBER, protocol: PROTOCOL_WITH_PORTS })),
          profiles: listOf(NAME),
        },
        ['node'],
      ),
      (value, path) =>
        nonEmpty(at(value, 'interfaceName')) !== undefined || list(at(value, 'expectedIPs')).length > 0
          ? []
          : [missing(below(path, 'interfaceName'))],
    ),
  },
  ['spec'],
);

/** `interface` of the validator. */
function isInterface(name: string): boolean {
  return /^[a-zA-Z0-9_.-]{1,15}$/.test(name);
}

const METHODS = ['firstFound', 'kubernetes', 'interface', 'skipInterface', 'canReach', 'cidrs'];

/** operator, pkg/controller/installation/validation.go: one method for each family. */
const AUTODETECTION: ValueForm = all(mapping({ cidrs: listOf(CIDR) }), (value, path) => {
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
});

/** Of these two the schema of the release that is read has no list. */
const PROVIDER = word('EKS', 'GKE', 'AKS', 'OpenShift', 'DockerEnterprise', 'RKE2', 'TKG', 'Kind');
const VARIANT = word('Calico', 'TigeraSecureEnterprise', 'CalicoEnterprise');

const NAT = ['Enabled', 'Disabled'];

const NAT_OUTGOING: ValueForm = (value, path) =>
  !isSet(value) || NAT.some((known) => known === value)
    ? []
    : [
        {
          field: path,
          message: `natOutgoing is ${shown(value)}, and must be ${oneOf(NAT)}`,
          help: `write ${value === false ? 'Disabled' : 'Enabled'}: an IPPool has true or false, an Installation has words`,
        },
      ];

const INSTALLATION = mapping({
  spec: mapping({
    calicoNetwork: mapping({
      ipPools: listOf(
        mapping({
          natOutgoing: NAT_OUTGOING,
        }),
      ),
      linuxDataplane: word('Iptables', 'BPF', 'VPP', 'Nftables'),
      nodeAddressAutodetectionV4: AUTODETECTION,
      nodeAddressAutodetectionV6: AUTODETECTION,
    }),
    kubernetesProvider: orEmpty(PROVIDER),
    variant: VARIANT,
  }),
});

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
    IPPool: mapping({}, ['spec']),
    NetworkPolicy: policy(false),
    NetworkSet: NETWORK_SET,
    StagedGlobalNetworkPolicy: policy(true),
    StagedNetworkPolicy: policy(false),
    Tier: TIER,
  }),
  'operator.tigera.io/v1 Installation': INSTALLATION,
};
