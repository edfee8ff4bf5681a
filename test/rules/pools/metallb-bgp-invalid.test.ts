import { metallbBgpInvalid } from '../../../lib/rules/pools/metallb-bgp-invalid';
import { testRule } from '../expectations';

function peer(spec: string): string {
  return `
      - manifest: { apiVersion: metallb.io/v1beta2, kind: BGPPeer, metadata: { name: p, namespace: metallb-system }, spec: ${spec} }`;
}

function refused(field: string, message: string, help: string): string {
  return [
    'error NL680 metallb-bgp-invalid',
    `on BGPPeer metallb-system/p at spec.${field}`,
    message,
    `help: ${help}`,
  ].join('\n');
}

testRule(metallbBgpInvalid, [
  {
    name: 'a peer without AS and address',
    input: peer('{ myASN: 0 }'),
    expected: [
      refused('myASN', 'myASN is 0, which is no AS number', 'use a number from 1 to 4294967295'),
      refused('peerASN', 'there is no peerASN and no dynamicASN', 'say which AS the peer is in'),
      refused('peerAddress', 'there is no peerAddress and no interface', 'give the address of the peer'),
    ],
  },
  {
    name: 'values that are none',
    input: peer(
      '{ myASN: 64512, peerASN: 64512, ebgpMultiHop: true, peerAddress: router.example.com, sourceAddress: 10.0.0.0/8, interface: eth0 }',
    ),
    expected: [
      refused('ebgpMultiHop', 'ebgpMultiHop is set, and the peer is in the same AS', 'leave it out'),
      refused(
        'peerAddress',
        'peerAddress is "router.example.com", which is no IP address',
        'write an IPv4 or IPv6 address',
      ),
      refused(
        'sourceAddress',
        'sourceAddress is "10.0.0.0/8", which is no IP address',
        'write an IPv4 or IPv6 address',
      ),
      refused('interface', 'there is a peerAddress and an interface', 'leave one of them out'),
    ],
  },
  {
    name: 'a dynamic AS beside a fixed one; that it is none is NL646, as is a number that is too large',
    input: peer('{ myASN: 4294967296, peerASN: 4294967296, dynamicASN: Internal, interface: eth0 }'),
    expected: [refused('dynamicASN', 'there is a peerASN and a dynamicASN', 'leave one of them out')],
  },
  {
    name: 'zero and an empty address in v1beta1, whose schema requires them: what is absent is NL646',
    input: `
      - manifest: { apiVersion: metallb.io/v1beta1, kind: BGPPeer, metadata: { name: a, namespace: metallb-system }, spec: {} }
      - manifest: { apiVersion: metallb.io/v1beta1, kind: BGPPeer, metadata: { name: p, namespace: metallb-system }, spec: { myASN: 64512, peerASN: 0, peerAddress: "" } }`,
    expected: [
      refused('peerASN', 'there is no peerASN and no dynamicASN', 'say which AS the peer is in'),
      refused('peerAddress', 'there is no peerAddress and no interface', 'give the address of the peer'),
    ],
  },
  {
    name: 'lengths of nothing: the schema has a least one for IPv4 alone',
    input: `
      - manifest: { apiVersion: metallb.io/v1beta1, kind: BGPAdvertisement, metadata: { name: a, namespace: metallb-system }, spec: { aggregationLength: 0, aggregationLengthV6: 0 } }
    `,
    expected: [
      `
      error NL680 metallb-bgp-invalid
      on BGPAdvertisement metallb-system/a at spec.aggregationLengthV6
      aggregationLengthV6 is 0, and must be from 1 to 128
      help: use 1 to 128
      `,
    ],
  },
  {
    name: 'an advertisement of more than a pool has, by name, by label and of all pools',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0/26, 'fd00::/120'] }
      - IPAddressPool metallb-system/b: { addresses: [198.51.100.16-198.51.100.40] }
        labels: { bgp: 'yes' }
      - manifest: { apiVersion: metallb.io/v1beta1, kind: BGPAdvertisement, metadata: { name: all, namespace: metallb-system }, spec: { aggregationLengthV6: 64 } }
      - manifest: { apiVersion: metallb.io/v1beta1, kind: BGPAdvertisement, metadata: { name: label, namespace: metallb-system }, spec: { aggregationLength: 24, ipAddressPoolSelectors: [{ matchLabels: { bgp: 'yes' } }] } }
      - manifest: { apiVersion: metallb.io/v1beta1, kind: BGPAdvertisement, metadata: { name: long, namespace: metallb-system }, spec: { aggregationLength: 33, ipAddressPools: [a] } }
    `,
    expected: [
      `
      error NL680 metallb-bgp-invalid
      on BGPAdvertisement metallb-system/all at spec.aggregationLengthV6
      aggregationLengthV6 is 64, and the addresses fd00::/120 of pool a are no more than a /120
      help: use 120 or more, or leave it out to announce each address
      see IPAddressPool metallb-system/a at spec.addresses.1: the addresses
      `,
      `
      error NL680 metallb-bgp-invalid
      on BGPAdvertisement metallb-system/label at spec.aggregationLength
      aggregationLength is 24, and the addresses 198.51.100.16-198.51.100.40 of pool b are no more than a /28
      help: use 28 or more, or leave it out to announce each address
      see IPAddressPool metallb-system/b at spec.addresses.0: the addresses
      `,
      `
      error NL680 metallb-bgp-invalid
      on BGPAdvertisement metallb-system/long at spec.aggregationLength
      aggregationLength is 33, and must be from 1 to 32
      help: use 1 to 32
      `,
    ],
  },
  {
    name: 'two preferences for one route: of every pool and of one, and of other lengths',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0/24] }
      - manifest: { apiVersion: metallb.io/v1beta1, kind: BGPAdvertisement, metadata: { name: a, namespace: metallb-system }, spec: { localPref: 100 } }
      - manifest: { apiVersion: metallb.io/v1beta1, kind: BGPAdvertisement, metadata: { name: b, namespace: metallb-system }, spec: { localPref: 200, ipAddressPools: [a] } }
      - manifest: { apiVersion: metallb.io/v1beta1, kind: BGPAdvertisement, metadata: { name: c, namespace: metallb-system }, spec: { localPref: 200, ipAddressPools: [a], aggregationLength: 24 } }
      - manifest: { apiVersion: metallb.io/v1beta1, kind: BGPAdvertisement, metadata: { name: d, namespace: metallb-system }, spec: { localPref: 300, ipAddressPools: [a], peers: [p] } }
    `,
    expected: [
      `
      error NL680 metallb-bgp-invalid
      on BGPAdvertisement metallb-system/b at spec.localPref
      localPref is 200, and BGPAdvertisement metallb-system/a announces the same routes with 100
      help: use one preference, or announce to different peers or from different nodes
      see BGPAdvertisement metallb-system/a at spec.localPref: the other preference
      `,
    ],
  },
  {
    name: 'an echo over IPv6',
    input: `
      - IPAddressPool metallb-system/a: { addresses: ['2001:db8::/120'] }
      - manifest: { apiVersion: metallb.io/v1beta1, kind: BFDProfile, metadata: { name: f, namespace: metallb-system }, spec: { echoMode: true } }
      - manifest: { apiVersion: metallb.io/v1beta1, kind: BGPAdvertisement, metadata: { name: a, namespace: metallb-system } }
      - manifest: { apiVersion: metallb.io/v1beta1, kind: BGPAdvertisement, metadata: { name: b, namespace: metallb-system }, spec: { peers: [q] } }
      ${peer('{ myASN: 64512, peerASN: 64513, peerAddress: "2001:db8::1", bfdProfile: f }')}
    `,
    expected: [
      `
      error NL680 metallb-bgp-invalid
      on BGPAdvertisement metallb-system/a at spec
      the IPv6 addresses of pool a are announced to BGPPeer p, whose BFD echoes: FRR cannot over IPv6
      help: set echoMode: false in the BFDProfile, or name other peers
      see BFDProfile metallb-system/f at spec.echoMode: the echo
      `,
    ],
  },
  {
    name: 'a Secret of another type, and one that is elsewhere',
    input: `
      - manifest: { apiVersion: v1, kind: Secret, metadata: { name: s, namespace: metallb-system }, stringData: { password: a } }
      ${peer('{ myASN: 64512, peerASN: 64513, peerAddress: 192.0.2.1, passwordSecret: { name: s } }')}
      - manifest: { apiVersion: metallb.io/v1beta2, kind: BGPPeer, metadata: { name: q, namespace: metallb-system }, spec: { myASN: 64512, peerASN: 64513, peerAddress: 192.0.2.2, passwordSecret: { name: other } } }
    `,
    expected: [
      `
      error NL680 metallb-bgp-invalid
      on BGPPeer metallb-system/p at spec.passwordSecret.name
      the Secret s is of type Opaque, and MetalLB takes none but kubernetes.io/basic-auth
      help: make a Secret of type kubernetes.io/basic-auth with the key password
      see Secret metallb-system/s at type: the Secret
      `,
    ],
  },
  {
    name: 'one community in two objects',
    input: `
      - manifest: { apiVersion: metallb.io/v1beta1, kind: Community, metadata: { name: a, namespace: metallb-system }, spec: { communities: [{ name: x, value: "65000:1" }] } }
      - manifest: { apiVersion: metallb.io/v1beta1, kind: Community, metadata: { name: b, namespace: metallb-system }, spec: { communities: [{ name: y, value: "65000:1" }, { name: x, value: "65000:1" }] } }
    `,
    expected: [
      `
      error NL680 metallb-bgp-invalid
      on Community metallb-system/b at spec.communities.1.name
      the community x is defined twice
      help: rename one of them
      see Community metallb-system/a at spec.communities.0.name: first defined here
      `,
    ],
  },
  {
    name: 'silent: what MetalLB takes, and peers of others',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0/26] }
      - manifest: { apiVersion: metallb.io/v1beta1, kind: BGPAdvertisement, metadata: { name: a, namespace: metallb-system }, spec: { aggregationLength: 26, ipAddressPools: [a, b] } }
      - manifest: { apiVersion: metallb.io/v1beta1, kind: BGPAdvertisement, metadata: { name: b, namespace: metallb-system }, spec: {} }
      - manifest: { apiVersion: projectcalico.org/v3, kind: BGPPeer, metadata: { name: a }, spec: { peerIP: 10.0.0.1 } }
      ${peer('{ myASN: 64512, dynamicASN: external, interface: eth0 }')}
      ${peer('{ myASN: 64512, peerASN: 64513, peerAddress: "fd00::1", ebgpMultiHop: true }')}
    `,
    expected: [],
  },
]);
