import { ipPoolSettingsInvalid } from '../../../lib/rules/pools/ip-pool-settings-invalid';
import { testRule } from '../expectations';

testRule(ipPoolSettingsInvalid, [
  {
    name: 'block sizes',
    input: `
      - IPPool a: { cidr: 10.48.0.0/16, blockSize: 16 }
      - IPPool b: { cidr: 'fd00::/48', blockSize: 64 }
      - IPPool c: { cidr: 10.49.0.0/16, blockSize: 33 }
    `,
    expected: [
      `
      error NL605 ip-pool-settings-invalid
      on IPPool a at spec.blockSize
      blockSize 16 of an IPv4 pool is no whole number from 20 to 32
      help: blockSize is the prefix length of the blocks that nodes get: 26, which is 64 addresses, is the usual one
      `,
      `
      error NL605 ip-pool-settings-invalid
      on IPPool b at spec.blockSize
      blockSize 64 of an IPv6 pool is no whole number from 116 to 128
      help: blockSize is the prefix length of the blocks that nodes get: 122, which is 64 addresses, is the usual one
      `,
      `
      error NL605 ip-pool-settings-invalid
      on IPPool c at spec.blockSize
      blockSize 33 of an IPv4 pool is no whole number from 20 to 32
      help: blockSize is the prefix length of the blocks that nodes get: 26, which is 64 addresses, is the usual one
      `,
    ],
  },
  {
    name: 'encapsulations',
    input: `
      - IPPool a: { cidr: 10.48.0.0/16, ipipMode: Always, vxlanMode: CrossSubnet }
      - IPPool b: { cidr: 'fd00::/48', ipipMode: Always }
      - IPPool c: { cidr: 10.49.0.0/16, vxlanMode: crossSubnet }
      - IPPool d: { cidr: 10.50.0.0/16, ipipMode: Sometimes }
    `,
    expected: [
      `
      error NL605 ip-pool-settings-invalid
      on IPPool a at spec.vxlanMode
      ipipMode is Always and vxlanMode is CrossSubnet, and a pool has one encapsulation
      help: set one of them to Never, or leave it out
      `,
      `
      error NL605 ip-pool-settings-invalid
      on IPPool b at spec.ipipMode
      ipipMode is Always, and IP-in-IP carries IPv4 only, not fd00::/48
      help: use VXLAN for an IPv6 pool, or no encapsulation
      `,
      `
      error NL605 ip-pool-settings-invalid
      on IPPool c at spec.vxlanMode
      vxlanMode "crossSubnet" is not one of Never, Always, CrossSubnet
      help: write CrossSubnet: case matters
      `,
      `
      error NL605 ip-pool-settings-invalid
      on IPPool d at spec.ipipMode
      ipipMode "Sometimes" is not one of Never, Always, CrossSubnet
      help: use one of Never, Always, CrossSubnet
      `,
    ],
  },
  {
    name: 'selectors',
    input: `
      - IPPool b: { cidr: 10.49.0.0/16, allowedUses: [Workload, Tunnel], namespaceSelector: 'team == "a"' }
    `,
    expected: [
      `
      error NL605 ip-pool-settings-invalid
      on IPPool b at spec.namespaceSelector
      namespaceSelector is given for a pool with the use Tunnel, and tunnel devices are in no namespace
      help: leave Tunnel out of allowedUses, or leave namespaceSelector out
      `,
    ],
  },
  {
    name: 'load balancers',
    input: `
      - IPPool a: { cidr: 10.48.0.0/16, allowedUses: [LoadBalancer, Workload] }
      - IPPool b: { cidr: 10.49.0.0/16, allowedUses: [LoadBalancer], vxlanMode: Always, nodeSelector: 'rack == "1"', disableBGPExport: true }
      - IPPool c: { cidr: 10.50.0.0/16, allowedUses: [Loadbalancer] }
      - IPPool d: { cidr: 10.51.0.0/16, assignmentMode: ByHand }
    `,
    expected: [
      `
      error NL605 ip-pool-settings-invalid
      on IPPool a at spec.allowedUses
      allowedUses has LoadBalancer beside other uses
      help: give load balancers a pool of their own, with LoadBalancer as its only use
      `,
      `
      error NL605 ip-pool-settings-invalid
      on IPPool b at spec.disableBGPExport
      disableBGPExport is true for a pool of load balancer addresses, which have to be announced
      help: leave disableBGPExport out
      `,
      `
      error NL605 ip-pool-settings-invalid
      on IPPool b at spec.nodeSelector
      nodeSelector is set for a pool of load balancer addresses, which belong to no node
      help: leave nodeSelector out, or set it to all()
      `,
      `
      error NL605 ip-pool-settings-invalid
      on IPPool b at spec.vxlanMode
      vxlanMode is set for a pool of load balancer addresses, which no node encapsulates
      help: leave vxlanMode out
      `,
      `
      error NL605 ip-pool-settings-invalid
      on IPPool c at spec.allowedUses
      allowedUses "Loadbalancer" is not one of Workload, Tunnel, LoadBalancer
      help: write LoadBalancer: case matters
      `,
      `
      error NL605 ip-pool-settings-invalid
      on IPPool d at spec.assignmentMode
      assignmentMode "ByHand" is not one of Automatic, Manual
      help: use one of Automatic, Manual
      `,
    ],
  },
  {
    name: 'a block that fits into no number of 32 bits',
    input: `
      - IPPool a: { cidr: 10.48.0.0/16, blockSize: 2147483648 }
    `,
    expected: [
      `
      error NL605 ip-pool-settings-invalid
      on IPPool a at spec.blockSize
      blockSize 2147483648 of an IPv4 pool is no whole number from 20 to 32
      help: blockSize is the prefix length of the blocks that nodes get: 26, which is 64 addresses, is the usual one
      `,
    ],
  },
  {
    name: 'an Installation',
    input: `
      - Installation default: { calicoNetwork: { bgp: Disabled, ipPools: [{ cidr: 10.48.0.0/16, encapsulation: IPIP }, { cidr: 'fd00::/48', encapsulation: IPIPCrossSubnet }, { cidr: 10.49.0.0/16, encapsulation: VXLAN, blockSize: 19 }] } }
    `,
    expected: [
      `
      error NL605 ip-pool-settings-invalid
      on Installation default at spec.calicoNetwork.ipPools.2.blockSize
      blockSize 19 of an IPv4 pool is no whole number from 20 to 32
      help: blockSize is the prefix length of the blocks that nodes get: 26, which is 64 addresses, is the usual one
      `,
      `
      error NL605 ip-pool-settings-invalid
      on Installation default at spec.calicoNetwork.ipPools.0.encapsulation
      encapsulation IPIP needs BGP to tell nodes of each other's blocks, and spec.calicoNetwork.bgp is Disabled
      help: use VXLAN or VXLANCrossSubnet, or set bgp: Enabled
      `,
      `
      error NL605 ip-pool-settings-invalid
      on Installation default at spec.calicoNetwork.ipPools.1.encapsulation
      encapsulation is IPIPCrossSubnet, and IP-in-IP carries IPv4 only, not fd00::/48
      help: use VXLAN for an IPv6 pool, or no encapsulation
      `,
    ],
  },
  {
    name: 'silent',
    input: `
      - IPPool a: { cidr: 10.48.0.0/16, blockSize: 20, ipipMode: Never, vxlanMode: Always, nodeSelector: all() }
      - IPPool b: { cidr: 10.49.0.0/16, allowedUses: [LoadBalancer], nodeSelector: all() }
      - IPPool c: { cidr: 'fd00::/48', blockSize: 116, vxlanMode: Always, allowedUses: [Workload], namespaceSelector: 'team == "a"' }
      - IPPool d: { cidr: 10.50.0.0/16, ipipMode: [Always], allowedUses: Workload }
      - Installation default: { calicoNetwork: { bgp: Disabled, ipPools: [{ cidr: 10.51.0.0/16 }, { cidr: 10.52.0.0/16, encapsulation: VXLAN }] } }
    `,
    expected: [],
  },
  {
    name: 'no encapsulation without BGP; VXLAN without the address management of Calico is NL609',
    input: `
      - manifest: { apiVersion: operator.tigera.io/v1, kind: Installation, metadata: { name: default }, spec: { calicoNetwork: { bgp: Disabled, ipPools: [{ cidr: 10.48.0.0/16, encapsulation: None }] } } }
      - manifest: { apiVersion: operator.tigera.io/v1, kind: Installation, metadata: { name: other }, spec: { cni: { ipam: { type: HostLocal } }, calicoNetwork: { ipPools: [{ cidr: 10.49.0.0/16, encapsulation: VXLAN }] } } }
      - manifest: { apiVersion: operator.tigera.io/v1, kind: Installation, metadata: { name: third }, spec: { cni: { type: AmazonVPC }, calicoNetwork: { bgp: Disabled, ipPools: [{ cidr: 10.50.0.0/16, encapsulation: None }] } } }
      - manifest: { apiVersion: operator.tigera.io/v1, kind: Installation, metadata: { name: fourth }, spec: { calicoNetwork: { bgp: Disabled, clusterRoutingMode: Felix, ipPools: [{ cidr: 10.51.0.0/16, encapsulation: None }] } } }
    `,
    expected: [
      `
      error NL605 ip-pool-settings-invalid
      on Installation default at spec.calicoNetwork.ipPools.0.encapsulation
      encapsulation None needs BGP to tell nodes of each other's blocks, and spec.calicoNetwork.bgp is Disabled
      help: use VXLAN or VXLANCrossSubnet, or set bgp: Enabled
      `,
    ],
  },
]);
