import { type FieldsByKind, inVersions, type KnownFields, LABEL_SELECTOR, OBJECT, values } from './field-form';

const VERSIONS = ['cilium.io/v2', 'cilium.io/v2alpha1'];

const COMMUNITIES = values('large', 'standard', 'wellKnown');

const GRACEFUL_RESTART = values('enabled', 'restartTimeSeconds');

const POD_POOL: KnownFields = { maskSize: null, cidrs: [values('cidr', 'reservedRange')] };

/** From the CRDs of Cilium 1.14 to 1.20: a field of an older one is not said to be unknown. */
export const CILIUM_FIELDS: FieldsByKind = {
  ...inVersions(VERSIONS, 'CiliumLoadBalancerIPPool', {
    ...OBJECT,
    spec: {
      ...values('allowFirstLastIPs', 'disabled'),
      blocks: [values('cidr', 'start', 'stop')],
      cidrs: [values('cidr')],
      serviceSelector: LABEL_SELECTOR,
    },
  }),
  ...inVersions(VERSIONS, 'CiliumL2AnnouncementPolicy', {
    ...OBJECT,
    spec: {
      ...values('externalIPs', 'interfaces', 'loadBalancerIPs'),
      nodeSelector: LABEL_SELECTOR,
      serviceSelector: LABEL_SELECTOR,
    },
  }),
  ...inVersions(VERSIONS, 'CiliumPodIPPool', {
    ...OBJECT,
    spec: { ipv4: POD_POOL, ipv6: POD_POOL, namespaceSelector: LABEL_SELECTOR, podSelector: LABEL_SELECTOR },
  }),
  ...inVersions(VERSIONS, 'CiliumBGPAdvertisement', {
    ...OBJECT,
    spec: {
      advertisements: [
        {
          advertisementType: null,
          attributes: { localPreference: null, communities: COMMUNITIES },
          interface: values('name'),
          selector: LABEL_SELECTOR,
          service: values('addresses', 'aggregationLengthIPv4', 'aggregationLengthIPv6'),
        },
      ],
    },
  }),
  ...inVersions(VERSIONS, 'CiliumBGPClusterConfig', {
    ...OBJECT,
    spec: {
      nodeSelector: LABEL_SELECTOR,
      bgpInstances: [
        {
          ...values('localASN', 'localPort', 'name'),
          peers: [
            {
              ...values('name', 'peerASN', 'peerAddress', 'peerInterface'),
              autoDiscovery: {
                mode: null,
                defaultGateway: values('addressFamily'),
                unnumbered: values('interface'),
              },
              peerConfigRef: values('group', 'kind', 'name'),
            },
          ],
        },
      ],
    },
  }),
  ...inVersions(VERSIONS, 'CiliumBGPNodeConfigOverride', {
    ...OBJECT,
    spec: {
      bgpInstances: [
        {
          ...values('localASN', 'localPort', 'name', 'routerID'),
          peers: [values('localAddress', 'localPort', 'name', 'peerInterface')],
        },
      ],
    },
  }),
  ...inVersions(VERSIONS, 'CiliumBGPPeerConfig', {
    ...OBJECT,
    spec: {
      ...values('authSecretRef', 'ebgpMultihop'),
      families: [{ ...values('afi', 'safi'), advertisements: LABEL_SELECTOR }],
      gracefulRestart: GRACEFUL_RESTART,
      timers: values('connectRetryTimeSeconds', 'holdTimeSeconds', 'keepAliveTimeSeconds'),
      transport: values('localPort', 'peerPort', 'sourceInterface'),
    },
  }),
  ...inVersions(['cilium.io/v2alpha1'], 'CiliumBGPPeeringPolicy', {
    ...OBJECT,
    spec: {
      nodeSelector: LABEL_SELECTOR,
      virtualRouters: [
        {
          ...values('exportPodCIDR', 'localASN', 'serviceAdvertisements'),
          neighbors: [
            {
              ...values(
                'authSecretRef',
                'connectRetryTimeSeconds',
                'eBGPMultihopTTL',
                'holdTimeSeconds',
                'keepAliveTimeSeconds',
                'peerASN',
                'peerAddress',
                'peerPort',
              ),
              advertisedPathAttributes: [
                {
                  ...values('localPreference', 'selectorType'),
                  communities: COMMUNITIES,
                  selector: LABEL_SELECTOR,
                },
              ],
              families: [values('afi', 'safi')],
              gracefulRestart: GRACEFUL_RESTART,
            },
          ],
          podIPPoolSelector: LABEL_SELECTOR,
          serviceSelector: LABEL_SELECTOR,
        },
      ],
    },
  }),
};
