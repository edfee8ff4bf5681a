import { bgpServiceRanges } from '../../../lib/rules/pools/bgp-service-ranges';
import { testRule } from '../expectations';

const METADATA = 'apiVersion: projectcalico.org/v3, kind: BGPConfiguration, metadata';

testRule(bgpServiceRanges, [
  {
    name: 'in a configuration with another name, and a range that cannot be read',
    input: `
      - manifest: { ${METADATA}: { name: main }, spec: { serviceClusterIPs: [{ cidr: 10.96.0.1/16 }], serviceExternalIPs: [] } }
    `,
    expected: [
      `
      error NL612 bgp-service-ranges
      on BGPConfiguration main at spec.serviceClusterIPs.0.cidr
      serviceClusterIPs: 10.96.0.1/16 has host bits set
      help: did you mean 10.96.0.0/16 or 10.96.0.1/32?
      `,
      `
      warning NL612 bgp-service-ranges
      on BGPConfiguration main at spec.serviceClusterIPs
      serviceClusterIPs of BGPConfiguration main is not read: Calico reads that of the one with the name default
      help: move it to BGPConfiguration default
      `,
    ],
  },
  {
    name: 'a pool of load balancers that is announced in part',
    input: `
      - manifest: { ${METADATA}: { name: default }, spec: { serviceLoadBalancerIPs: [{ cidr: 192.0.2.0/28 }] } }
      - IPPool lb: { cidr: 192.0.2.0/27, allowedUses: [LoadBalancer] }
    `,
    expected: [
      `
      warning NL612 bgp-service-ranges
      on IPPool lb at spec.cidr
      load balancer addresses 192.0.2.0-192.0.2.31 are not all announced: serviceLoadBalancerIPs is 192.0.2.0/28
      help: add the range of the pool to serviceLoadBalancerIPs
      see BGPConfiguration default at spec.serviceLoadBalancerIPs: what is announced
      `,
    ],
  },
  {
    name: 'an item without a range, which Calico takes',
    input: `
      - manifest: { ${METADATA}: { name: default }, spec: { serviceClusterIPs: [{ cidr: 10.96.0.0/16 }, {}, { cidr: '' }, null, { cidr: 7 }] } }
    `,
    expected: [
      `
      warning NL612 bgp-service-ranges
      on BGPConfiguration default at spec.serviceClusterIPs.1.cidr
      item 2 of serviceClusterIPs has no cidr: Calico takes it, and it announces nothing
      help: give its range, or leave the item out
      `,
      `
      warning NL612 bgp-service-ranges
      on BGPConfiguration default at spec.serviceClusterIPs.2.cidr
      item 3 of serviceClusterIPs has no cidr: Calico takes it, and it announces nothing
      help: give its range, or leave the item out
      `,
    ],
  },
  {
    name: 'silent: announced in two parts, pools of others, and nothing announced',
    input: `
      - manifest: { ${METADATA}: { name: default }, spec: { serviceLoadBalancerIPs: [{ cidr: 192.0.2.0/28 }, { cidr: 192.0.2.16/28 }] } }
      - manifest: { ${METADATA}: { name: node.a }, spec: { asNumber: 64512 } }
      - IPPool lb: { cidr: 192.0.2.0/27, allowedUses: [LoadBalancer] }
      - IPPool off: { cidr: 192.0.2.64/27, allowedUses: [LoadBalancer], disabled: true }
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.128/28] }
    `,
    expected: [],
  },
  {
    name: 'silent: without ranges for load balancers',
    input: `
      - manifest: { ${METADATA}: { name: default }, spec: { serviceClusterIPs: [{ cidr: 10.96.0.0/16 }] } }
      - IPPool lb: { cidr: 192.0.2.0/27, allowedUses: [LoadBalancer] }
    `,
    expected: [],
  },
]);
