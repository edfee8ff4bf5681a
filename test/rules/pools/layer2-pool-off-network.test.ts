import { layer2PoolOffNetwork } from '../../../lib/rules/pools/layer2-pool-off-network';
import { testRule } from '../expectations';

const POOL = `
      - manifest: { apiVersion: metallb.io/v1beta1, kind: IPAddressPool, metadata: { name: lan, namespace: metallb-system }, spec: { addresses: [192.168.100.200-192.168.100.215, 192.168.1.240/28, 'fd00::/120'] } }`;

function advertisement(kind: string, spec = '{ ipAddressPools: [lan] }'): string {
  return `
      - manifest: { apiVersion: metallb.io/v1beta1, kind: ${kind}, metadata: { name: lan, namespace: metallb-system }, spec: ${spec} }`;
}

const facts = { nodeCidrs: '192.168.1.0/24' };

testRule(layer2PoolOffNetwork, [
  {
    name: 'MetalLB: of a pool the range that lies elsewhere',
    input: `${POOL}${advertisement('L2Advertisement')}`,
    facts,
    expected: [
      `
      warning NL683 layer2-pool-off-network
      on IPAddressPool metallb-system/lan at spec.addresses.0
      192.168.100.200-192.168.100.215 is announced by ARP or NDP alone, and lies outside of the network of the nodes, 192.168.1.0/24
      help: take addresses of the network of the nodes, announce the pool by BGP, or name the interface of the other network in the advertisement
      `,
    ],
  },
  {
    name: 'Cilium',
    input: `
      - manifest: { apiVersion: cilium.io/v2, kind: CiliumLoadBalancerIPPool, metadata: { name: lan }, spec: { blocks: [{ cidr: 10.9.0.0/28 }] } }
      - manifest: { apiVersion: cilium.io/v2alpha1, kind: CiliumL2AnnouncementPolicy, metadata: { name: lan }, spec: { loadBalancerIPs: true } }
    `,
    facts,
    expected: [
      `
      warning NL683 layer2-pool-off-network
      on CiliumLoadBalancerIPPool lan at spec.blocks.0
      10.9.0.0/28 is announced by ARP or NDP alone, and lies outside of the network of the nodes, 192.168.1.0/24
      help: take addresses of the network of the nodes, announce the pool by BGP, or name the interface of the other network in the advertisement
      `,
    ],
  },
  {
    name: 'silent: announced by BGP too',
    input: `${POOL}${advertisement('L2Advertisement')}${advertisement('BGPAdvertisement')}`,
    facts,
    expected: [],
  },
  {
    name: 'silent: on an interface of its own',
    input: `${POOL}${advertisement('L2Advertisement', '{ ipAddressPools: [lan], interfaces: [vlan100] }')}`,
    facts,
    expected: [],
  },
  { name: 'silent: not announced', input: POOL, facts, expected: [] },
]);
