import { cidrsOverlap } from '../../../address';
import { at, below, concat, flatMap, list, readIpAddress, readMaskedCidr, text } from '../../../model';
import { isSet } from '../../field-problem';
import { ENDPOINT_SELECTOR } from './cilium-policy';
import type { FormsByKind } from './forms-by-kind';
import {
  ADDRESS,
  all,
  AS_NUMBER,
  CIDR,
  flag,
  LABEL_SELECTOR,
  listOf,
  mapping,
  missing,
  PORT_NUMBER,
  textThat,
  type ValueForm,
  wholeNumber,
  word,
} from '../../value-form';

const VERSIONS = ['cilium.io/v2', 'cilium.io/v2alpha1'];

function inBoth(kind: string, form: ValueForm): FormsByKind {
  return Object.fromEntries(VERSIONS.map((version) => [`${version} ${kind}`, form]));
}

const AFI = word('ipv4', 'ipv6', 'l2vpn', 'ls', 'opaque');

/** `key` is unique in the list, as the CRD has it (x-kubernetes-list-map-keys). */
function byName(form: ValueForm): ValueForm {
  return all(listOf(form), (value, path) => {
    const names = list(value).map((item) => text(at(item, 'name')));
    return flatMap(names, (name, index) =>
      name === undefined || names.indexOf(name) === index
        ? []
        : [
            {
              field: below(path, index, 'name'),
              message: `the name ${name} is there twice`,
              help: 'rename one of them',
            },
          ],
    );
  });
}

/** The CEL rules of an item of `advertisements`. */
const advertisementFields: ValueForm = (value, path) => {
  const type = at(value, 'advertisementType');
  const has = (field: string): boolean => isSet(at(value, field));
  return concat(
    flatMap(['Service', 'Interface'] as const, (owner) => {
      const field = owner.toLowerCase();
      if (type === owner && !has(field)) return [missing(below(path, field))];
      if (type === owner || !has(field)) return [];
      return [
        {
          field: below(path, field),
          message: `${field} is set, and the advertisementType is ${String(type)}`,
          help: `leave it out, or use the type ${owner}`,
        },
      ];
    }),
    type === 'PodCIDR' && has('selector')
      ? [
          {
            field: below(path, 'selector'),
            message: 'a selector is set, and the advertisementType PodCIDR has nothing to select from',
            help: 'leave it out',
          },
        ]
      : [],
    ['Service', 'CiliumPodIPPool'].some((selecting) => selecting === type) && !has('selector')
      ? [
          {
            field: path,
            severity: 'warning' as const,
            message: `the advertisement of type ${String(type)} has no selector, and selects nothing`,
            help: 'add a selector; one with an expression such as { key: any, operator: NotIn, values: [none] } selects all',
          },
        ]
      : [],
  );
};

const ADVERTISEMENT = mapping({
  spec: mapping(
    {
      advertisements: listOf(
        all(
          mapping(
            {
              advertisementType: word('PodCIDR', 'CiliumPodIPPool', 'Service', 'Interface'),
              attributes: mapping({
                communities: mapping({
                  standard: listOf(textThat(isCommunity, 'a community, such as 65000:100')),
                  large: listOf(textThat(isLargeCommunity, 'a large community, such as 65000:100:1')),
                }),
              }),
              selector: LABEL_SELECTOR,
              service: mapping(
                {
                  addresses: listOf(word('LoadBalancerIP', 'ClusterIP', 'ExternalIP'), { least: 1 }),
                  aggregationLengthIPv4: wholeNumber(0, 31),
                  aggregationLengthIPv6: wholeNumber(0, 127),
                },
                ['addresses'],
              ),
            },
            ['advertisementType'],
          ),
          advertisementFields,
        ),
      ),
    },
    ['advertisements'],
  ),
});

function isCommunity(value: string): boolean {
  const parts = value.split(':');
  return parts.length <= 2 && parts.every((part) => isNumberUpTo(part, parts.length === 1 ? 4294967295 : 65535));
}

function isLargeCommunity(value: string): boolean {
  const parts = value.split(':');
  return parts.length === 3 && parts.every((part) => isNumberUpTo(part, 4294967295));
}

function isNumberUpTo(digits: string, last: number): boolean {
  return /^(0|[1-9][0-9]{0,9})$/.test(digits) && Number(digits) <= last;
}

const CLUSTER_CONFIG = mapping({
  spec: mapping(
    {
      nodeSelector: LABEL_SELECTOR,
      bgpInstances: all(
        listOf(() => [], { least: 1, most: 16 }),
        byName(
          mapping(
            {
              localASN: AS_NUMBER,
              localPort: PORT_NUMBER,
              peers: byName(
                all(mapping({ peerASN: wholeNumber(0, 4294967295), peerAddress: ADDRESS }, ['name']), (value, path) =>
                  isSet(at(value, 'peerAddress')) || isSet(at(value, 'autoDiscovery'))
                    ? []
                    : [missing(below(path, 'peerAddress'))],
                ),
              ),
            },
            ['name'],
          ),
        ),
      ),
    },
    ['bgpInstances'],
  ),
});

const HOLD_TIME = 90;
const KEEP_ALIVE_TIME = 30;

/** The API server fills in the defaults before it compares. */
const keepAliveBelowHold: ValueForm = (value, path) => {
  if (!isSet(value)) return [];
  const hold = at(value, 'holdTimeSeconds') ?? HOLD_TIME;
  const keepAlive = at(value, 'keepAliveTimeSeconds') ?? KEEP_ALIVE_TIME;
  if (typeof hold !== 'number' || typeof keepAlive !== 'number' || keepAlive <= hold) return [];
  const isDefault = !isSet(at(value, 'keepAliveTimeSeconds'));
  return [
    {
      field: [...path, isDefault ? 'holdTimeSeconds' : 'keepAliveTimeSeconds'],
      message: `keepAliveTimeSeconds is ${keepAlive}${isDefault ? ' unless it is set' : ''}, and holdTimeSeconds is ${hold}`,
      help: 'let keepAliveTimeSeconds be at most holdTimeSeconds, a third of it by custom',
    },
  ];
};

const PEER_CONFIG = mapping({
  spec: mapping({
    ebgpMultihop: wholeNumber(1, 255),
    families: listOf(mapping({ afi: AFI, advertisements: LABEL_SELECTOR }, ['afi', 'safi'])),
    gracefulRestart: mapping({ enabled: flag, restartTimeSeconds: wholeNumber(1, 4095) }, ['enabled']),
    timers: all(
      mapping({
        connectRetryTimeSeconds: wholeNumber(1, 2147483647),
        holdTimeSeconds: wholeNumber(3, 65535),
        keepAliveTimeSeconds: wholeNumber(1, 65535),
      }),
      keepAliveBelowHold,
    ),
    transport: mapping({ peerPort: PORT_NUMBER }),
  }),
});

/** With a prefix length, though it is that of one address. */
const NEIGHBOR_ADDRESS = textThat(
  (value) => readMaskedCidr(value) !== undefined,
  'an address with its prefix length, such as 192.0.2.1/32',
);

const PEERING_POLICY = mapping({
  spec: mapping(
    {
      nodeSelector: LABEL_SELECTOR,
      virtualRouters: listOf(
        mapping(
          {
            localASN: wholeNumber(0, 4294967295),
            neighbors: listOf(
              mapping({ peerASN: wholeNumber(0, 4294967295), peerAddress: NEIGHBOR_ADDRESS, peerPort: PORT_NUMBER }, [
                'peerAddress',
                'peerASN',
              ]),
              { least: 1 },
            ),
            serviceSelector: LABEL_SELECTOR,
          },
          ['localASN', 'neighbors'],
        ),
        { least: 1 },
      ),
    },
    ['virtualRouters'],
  ),
});

/** Cilium reads the address of the gateway from its interface, or finds the interface by the address (pkg/egressgateway, ParseCEGP). */
const oneGatewayAddress: ValueForm = (value, path) =>
  isSet(at(value, 'interface')) && isSet(at(value, 'egressIP'))
    ? [
        {
          field: below(path, 'egressIP'),
          message: 'the gateway has an interface and an egressIP',
          help: 'leave one of them out: the other follows from it',
        },
      ]
    : [];

const excludedOutside: ValueForm = (value, path) => {
  const destinations = list(at(value, 'destinationCIDRs')).map((cidr) => readMaskedCidr(text(cidr)));
  if (destinations.length === 0 || destinations.includes(undefined)) return [];
  return flatMap(list(at(value, 'excludedCIDRs')), (item, index) => {
    const cidr = readMaskedCidr(text(item));
    const isReached =
      cidr === undefined ||
      destinations.some((destination) => destination !== undefined && cidrsOverlap(destination, cidr));
    if (isReached) return [];
    return [
      {
        field: below(path, 'excludedCIDRs', index),
        severity: 'warning' as const,
        message: `excludedCIDRs: ${String(item)} is outside of destinationCIDRs, and excludes nothing`,
        help: 'name a part of destinationCIDRs, or leave it out',
      },
    ];
  });
};

const EGRESS_GATEWAY = mapping({ nodeSelector: LABEL_SELECTOR, egressIP: ADDRESS }, ['nodeSelector']);

const EGRESS_GATEWAY_POLICY = mapping({
  spec: all(
    mapping(
      {
        destinationCIDRs: listOf(CIDR),
        egressGateway: all(EGRESS_GATEWAY, oneGatewayAddress),
        excludedCIDRs: listOf(CIDR),
        selectors: listOf(mapping({ namespaceSelector: ENDPOINT_SELECTOR, podSelector: ENDPOINT_SELECTOR })),
      },
      ['destinationCIDRs', 'selectors'],
    ),
    (value, path) =>
      isSet(at(value, 'egressGateway')) || isSet(at(value, 'egressGateways'))
        ? []
        : [missing(below(path, 'egressGateway'))],
    excludedOutside,
  ),
});

const L2_POLICY = mapping({
  spec: all(
    mapping({
      externalIPs: flag,
      interfaces: listOf(textThat(isRegularExpression, 'a regular expression')),
      loadBalancerIPs: flag,
      nodeSelector: LABEL_SELECTOR,
      serviceSelector: LABEL_SELECTOR,
    }),
    (value, path) =>
      at(value, 'loadBalancerIPs') === true || at(value, 'externalIPs') === true
        ? []
        : [
            {
              field: path,
              severity: 'warning' as const,
              message: 'neither loadBalancerIPs nor externalIPs is true, so that the policy announces nothing',
              help: 'set loadBalancerIPs: true',
            },
          ],
  ),
});

/** What Go and JavaScript both read; of the rest nothing is said. */
function isRegularExpression(value: string): boolean {
  try {
    new RegExp(value);
    return true;
  } catch {
    return value.includes('(?');
  }
}

const POD_RANGES = mapping({ cidrs: listOf(() => [], { least: 1 }) }, ['cidrs']);

const LOAD_BALANCER_POOL = mapping({
  spec: mapping({
    allowFirstLastIPs: word('Yes', 'No'),
    disabled: flag,
    serviceSelector: LABEL_SELECTOR,
  }),
});

/** From the CRDs of Cilium 1.14 to 1.20. */
export const CILIUM_FORMS: FormsByKind = {
  ...inBoth('CiliumBGPAdvertisement', ADVERTISEMENT),
  ...inBoth('CiliumBGPClusterConfig', CLUSTER_CONFIG),
  ...inBoth('CiliumBGPPeerConfig', PEER_CONFIG),
  'cilium.io/v2alpha1 CiliumBGPPeeringPolicy': PEERING_POLICY,
  ...inBoth(
    'CiliumCIDRGroup',
    mapping({
      spec: mapping({
        externalCIDRs: listOf(
          textThat(
            (value) => readMaskedCidr(value) !== undefined || readIpAddress(value) !== undefined,
            'a CIDR, such as 192.0.2.0/24',
          ),
        ),
      }),
    }),
  ),
  'cilium.io/v2 CiliumEgressGatewayPolicy': EGRESS_GATEWAY_POLICY,
  ...inBoth('CiliumL2AnnouncementPolicy', L2_POLICY),
  ...inBoth('CiliumLoadBalancerIPPool', LOAD_BALANCER_POOL),
  ...inBoth('CiliumPodIPPool', mapping({ spec: mapping({ ipv4: POD_RANGES, ipv6: POD_RANGES }) })),
};
