import { cidrsOverlap } from '../../../address';
import { at, below, flatMap, list, nonEmpty, readMaskedCidr, text } from '../../../model';
import { isSet } from '../../field-problem';
import type { FormsByKind } from './forms-by-kind';
import { REGULAR_EXPRESSION } from './regular-expression';
import {
  ADDRESS,
  all,
  CIDR,
  LABEL_SELECTOR,
  listOf,
  mapping,
  missing,
  orEmpty,
  type ValueForm,
} from '../../value-form';

/* What the schemas of the CRDs do not say. */

const VERSIONS = ['cilium.io/v2', 'cilium.io/v2alpha1'];

function inBoth(kind: string, form: ValueForm): FormsByKind {
  return Object.fromEntries(VERSIONS.map((version) => [`${version} ${kind}`, form]));
}

const selectsNothing: ValueForm = (value, path) => {
  const type = at(value, 'advertisementType');
  return ['Service', 'CiliumPodIPPool'].some((selecting) => selecting === type) && !isSet(at(value, 'selector'))
    ? [
        {
          field: path,
          severity: 'warning' as const,
          message: `the advertisement of type ${String(type)} has no selector, and selects nothing`,
          help: 'add a selector; one with an expression such as { key: any, operator: NotIn, values: [none] } selects all',
        },
      ]
    : [];
};

const ADVERTISEMENT = mapping({
  spec: mapping({ advertisements: listOf(all(mapping({ selector: LABEL_SELECTOR }), selectsNothing)) }),
});

/** The address of a peer comes from it, or is found by itself. */
const peerAddressMissing: ValueForm = (value, path) =>
  isSet(at(value, 'peerAddress')) || isSet(at(value, 'autoDiscovery')) ? [] : [missing(below(path, 'peerAddress'))];

const CLUSTER_CONFIG = mapping({
  spec: mapping({
    nodeSelector: LABEL_SELECTOR,
    bgpInstances: listOf(mapping({ peers: listOf(all(mapping({ peerAddress: ADDRESS }), peerAddressMissing)) })),
  }),
});

const PEER_CONFIG = mapping({ spec: mapping({ families: listOf(mapping({ advertisements: LABEL_SELECTOR })) }) });

const PEERING_POLICY = mapping({
  spec: mapping({
    nodeSelector: LABEL_SELECTOR,
    virtualRouters: listOf(mapping({ serviceSelector: LABEL_SELECTOR })),
  }),
});

/** Cilium reads the address of the gateway from its interface, or finds the interface by the address (pkg/egressgateway, ParseCEGP). */
const oneGatewayAddress: ValueForm = (value, path) =>
  nonEmpty(at(value, 'interface')) !== undefined && nonEmpty(at(value, 'egressIP')) !== undefined
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

const GATEWAY = all(mapping({ egressIP: orEmpty(ADDRESS) }), oneGatewayAddress);

const EGRESS_GATEWAY_POLICY = mapping({
  spec: all(
    mapping({
      destinationCIDRs: listOf(CIDR),
      egressGateway: GATEWAY,
      egressGateways: listOf(GATEWAY),
      excludedCIDRs: listOf(CIDR),
    }),
    (value, path) =>
      isSet(at(value, 'egressGateway')) || list(at(value, 'egressGateways')).length > 0
        ? []
        : [missing(below(path, 'egressGateway'))],
    excludedOutside,
  ),
});

const L2_POLICY = mapping({
  spec: all(
    mapping({
      interfaces: listOf(REGULAR_EXPRESSION),
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

export const CILIUM_FORMS: FormsByKind = {
  ...inBoth('CiliumBGPAdvertisement', ADVERTISEMENT),
  ...inBoth('CiliumBGPClusterConfig', CLUSTER_CONFIG),
  ...inBoth('CiliumBGPPeerConfig', PEER_CONFIG),
  'cilium.io/v2alpha1 CiliumBGPPeeringPolicy': PEERING_POLICY,
  'cilium.io/v2 CiliumEgressGatewayPolicy': EGRESS_GATEWAY_POLICY,
  ...inBoth('CiliumL2AnnouncementPolicy', L2_POLICY),
  ...inBoth('CiliumLoadBalancerIPPool', mapping({ spec: mapping({ serviceSelector: LABEL_SELECTOR }) })),
};
