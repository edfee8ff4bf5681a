import { metallbFrrPeers } from '../../../lib/rules/pools/metallb-frr-peers';
import { testRule } from '../expectations';

function peer(name: string, spec: string): string {
  return `
      - manifest: { apiVersion: metallb.io/v1beta2, kind: BGPPeer, metadata: { name: ${name}, namespace: metallb-system }, spec: ${spec} }`;
}

testRule(metallbFrrPeers, [
  {
    name: 'one address, two systems and two router IDs',
    input: `
      ${peer('a', '{ myASN: 1, peerAddress: 192.0.2.1 }')}
      ${peer('b', '{ myASN: 1, peerAddress: 192.0.2.1 }')}
      ${peer('c', '{ myASN: 2, peerAddress: 192.0.2.2, routerID: 192.0.2.9 }')}
    `,
    expected: [
      `
      warning NL648 metallb-frr-peers
      on BGPPeer metallb-system/b at spec.peerAddress
      192.0.2.1 is the peer of BGPPeer metallb-system/a too: MetalLB refuses that in its FRR modes
      help: make one BGPPeer of them, with the nodeSelectors of both
      see BGPPeer metallb-system/a at spec.peerAddress: the other peer
      `,
      `
      warning NL648 metallb-frr-peers
      on BGPPeer metallb-system/c at spec.myASN
      myASN is another one than in BGPPeer metallb-system/a: MetalLB refuses that in its FRR modes
      help: use one myASN for all peers, or the native mode
      see BGPPeer metallb-system/a at spec.myASN: the other peer
      `,
      `
      warning NL648 metallb-frr-peers
      on BGPPeer metallb-system/c at spec.routerID
      routerID is another one than in BGPPeer metallb-system/a: MetalLB refuses that in its FRR modes
      help: use one routerID for all peers, or the native mode
      see BGPPeer metallb-system/a at spec.routerID: the other peer
      `,
    ],
  },
  {
    name: 'silent: one address in two VRFs, which have systems of their own',
    input: `
      ${peer('a', '{ myASN: 1, peerAddress: 192.0.2.1, vrf: red }')}
      ${peer('b', '{ myASN: 2, peerAddress: 192.0.2.1, vrf: blue }')}
      ${peer('c', '{ myASN: 2, interface: eth0, vrf: blue }')}
    `,
    expected: [],
  },
]);
