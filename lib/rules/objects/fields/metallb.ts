import { type FieldsByKind, inVersions, LABEL_SELECTOR, OBJECT, values } from './field-form';

const BGP_PEER = values(
  'bfdProfile',
  'ebgpMultiHop',
  'holdTime',
  'keepaliveTime',
  'myASN',
  'password',
  'peerASN',
  'peerAddress',
  'peerPort',
  'routerID',
  'sourceAddress',
);

/** From the CRDs of MetalLB 0.16. */
export const METALLB_FIELDS: FieldsByKind = {
  ...inVersions(['metallb.io/v1beta1'], 'BFDProfile', {
    ...OBJECT,
    spec: values(
      'detectMultiplier',
      'echoInterval',
      'echoMode',
      'minimumTtl',
      'passiveMode',
      'receiveInterval',
      'transmitInterval',
    ),
  }),
  ...inVersions(['metallb.io/v1beta1'], 'BGPAdvertisement', {
    ...OBJECT,
    spec: {
      ...values('aggregationLength', 'aggregationLengthV6', 'communities', 'ipAddressPools', 'localPref', 'peers'),
      ipAddressPoolSelectors: [LABEL_SELECTOR],
      nodeSelectors: [LABEL_SELECTOR],
      serviceSelectors: [LABEL_SELECTOR],
    },
  }),
  // The selectors of the older version are lists of its own making.
  ...inVersions(['metallb.io/v1beta1'], 'BGPPeer', { ...OBJECT, spec: { ...BGP_PEER, nodeSelectors: null } }),
  ...inVersions(['metallb.io/v1beta2'], 'BGPPeer', {
    ...OBJECT,
    spec: {
      ...BGP_PEER,
      ...values(
        'connectTime',
        'disableMP',
        'dualStackAddressFamily',
        'dynamicASN',
        'enableGracefulRestart',
        'interface',
        'localASN',
        'vrf',
      ),
      nodeSelectors: [LABEL_SELECTOR],
      passwordSecret: values('name', 'namespace'),
    },
  }),
  ...inVersions(['metallb.io/v1beta1'], 'Community', {
    ...OBJECT,
    spec: { communities: [values('name', 'value')] },
  }),
  ...inVersions(['metallb.io/v1beta1'], 'IPAddressPool', {
    ...OBJECT,
    spec: {
      ...values('addresses', 'autoAssign', 'avoidBuggyIPs'),
      serviceAllocation: {
        ...values('namespaces', 'priority'),
        namespaceSelectors: [LABEL_SELECTOR],
        serviceSelectors: [LABEL_SELECTOR],
      },
    },
  }),
  ...inVersions(['metallb.io/v1beta1'], 'L2Advertisement', {
    ...OBJECT,
    spec: {
      ...values('interfaces', 'ipAddressPools'),
      ipAddressPoolSelectors: [LABEL_SELECTOR],
      nodeSelectors: [LABEL_SELECTOR],
      preferredNodeSelectors: [{ weight: null, preference: LABEL_SELECTOR }],
      serviceSelectors: [LABEL_SELECTOR],
    },
  }),
};
