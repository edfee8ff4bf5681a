import { loadBalancerIpOutsideRange } from '../../../lib/rules/services/load-balancer-ip-outside-range';
import { testRule } from '../expectations';

const HELP = 'help: choose an address inside, or leave it out and let the load balancer choose';

testRule(loadBalancerIpOutsideRange, [
  {
    name: 'the field, and the annotations of the implementations',
    facts: { loadBalancerCidrs: '192.0.2.0/28' },
    input: `
      - Service shop/a: { type: LoadBalancer, loadBalancerIP: 192.0.2.200 }
      - Service shop/b: { type: LoadBalancer }
        annotations: { metallb.io/loadBalancerIPs: '192.0.2.1, 192.0.2.201' }
      - Service shop/c: { type: LoadBalancer }
        annotations: { projectcalico.org/loadBalancerIPs: '["192.0.2.202"]' }
    `,
    expected: [
      `
      error NL208 load-balancer-ip-outside-range
      on Service shop/a at spec.loadBalancerIP
      load balancer address 192.0.2.200 is outside the load balancer ranges of the cluster: 192.0.2.0/28
      ${HELP}
      `,
      `
      error NL208 load-balancer-ip-outside-range
      on Service shop/b at metadata.annotations.metallb.io/loadBalancerIPs
      load balancer address 192.0.2.201 is outside the load balancer ranges of the cluster: 192.0.2.0/28
      ${HELP}
      `,
      `
      error NL208 load-balancer-ip-outside-range
      on Service shop/c at metadata.annotations.projectcalico.org/loadBalancerIPs
      load balancer address 192.0.2.202 is outside the load balancer ranges of the cluster: 192.0.2.0/28
      ${HELP}
      `,
    ],
  },
  {
    name: 'outside of every pool of MetalLB, Cilium and Calico',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0-192.0.2.9] }
      - CiliumLoadBalancerIPPool b: { blocks: [{ start: 192.0.2.20 }] }
      - CiliumLoadBalancerIPPool off: { disabled: true, blocks: [{ cidr: 192.0.2.64/28 }] }
      - IPPool c: { cidr: 192.0.2.32/28, allowedUses: [LoadBalancer] }
      - Service shop/a: { type: LoadBalancer, loadBalancerIP: 192.0.2.9 }
      - Service shop/b: { type: LoadBalancer, loadBalancerIP: 192.0.2.20 }
      - Service shop/c: { type: LoadBalancer, loadBalancerIP: 192.0.2.33 }
      - Service shop/d: { type: LoadBalancer, loadBalancerIP: 192.0.2.10, loadBalancerClass: metallb.io/edge }
      - Service shop/e: { type: LoadBalancer, loadBalancerIP: 192.0.2.65, loadBalancerClass: example.com/edge }
    `,
    expected: [
      `
      error NL208 load-balancer-ip-outside-range
      on Service shop/d at spec.loadBalancerIP
      load balancer address 192.0.2.10 is outside the load balancer ranges of the cluster: 192.0.2.20/32, 192.0.2.0/29, 192.0.2.8/31, 192.0.2.32/28
      ${HELP}
      `,
    ],
  },
  {
    name: 'silent: another implementation, whose pools are not known, gives out addresses too',
    input: `
      - IPAddressPool metallb-system/a: { addresses: [192.0.2.0/28] }
      - manifest: { apiVersion: purelb.io/v1, kind: ServiceGroup, metadata: { name: default } }
      - Service shop/a: { type: LoadBalancer, loadBalancerIP: 192.0.2.77 }
    `,
    expected: [],
  },
  {
    name: 'silent: inside one of several ranges, first and last address included',
    facts: { loadBalancerCidrs: '192.0.2.0/28,fd00:1b::/120' },
    input: `
      - Service shop/a: { type: LoadBalancer, loadBalancerIP: 192.0.2.0 }
      - Service shop/b: { type: LoadBalancer, loadBalancerIP: 192.0.2.15 }
      - Service shop/c: { type: LoadBalancer, loadBalancerIP: 'fd00:1b::ff' }
    `,
    expected: [],
  },
  {
    name: 'silent: the address that makes kube-vip ask DHCP',
    facts: { loadBalancerCidrs: '192.0.2.0/28' },
    input: `
      - Service shop/a: { type: LoadBalancer, loadBalancerIP: 0.0.0.0 }
      - Service shop/b: { type: LoadBalancer }
        annotations: { kube-vip.io/loadbalancerIPs: '::' }
    `,
    expected: [],
  },
  {
    name: 'silent: other types do not ask for an address, and what cannot be read asks for none',
    facts: { loadBalancerCidrs: '192.0.2.0/28' },
    input: `
      - Service shop/a: { type: ClusterIP, loadBalancerIP: 192.0.2.200 }
      - Service shop/b: { type: LoadBalancer, loadBalancerIP: [192.0.2.200] }
        annotations: { projectcalico.org/loadBalancerIPs: '["192.0.2.200"', metallb.io/loadBalancerIPs: ' , ' }
      - Service shop/c: { type: LoadBalancer }
        annotations: { projectcalico.org/loadBalancerIPs: '{"a": 1}', metallb.io/loadBalancerIPs: 7 }
    `,
    expected: [],
  },
]);
