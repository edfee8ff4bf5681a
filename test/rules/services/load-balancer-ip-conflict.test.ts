import { loadBalancerIpConflict } from '../../../lib/rules/services/load-balancer-ip-conflict';
import { testRule } from '../expectations';

const SHARE =
  'help: choose another address, or let both share it with one sharing key (metallb.io/allow-shared-ip, lbipam.cilium.io/sharing-key) and different ports';
const BACKENDS =
  'help: Services that share an address need externalTrafficPolicy Cluster, or all of them Local with the same selector';

testRule(loadBalancerIpConflict, [
  {
    name: 'one address, different ports, no sharing key',
    input: `
      - Service shop/web: { type: LoadBalancer, loadBalancerIP: 192.0.2.10, ports: [{ port: 80 }] }
      - Service shop/dns: { type: LoadBalancer, loadBalancerIP: 192.0.2.10, ports: [{ port: 53, protocol: UDP }] }
    `,
    expected: [
      `
      error NL203 load-balancer-ip-conflict
      on Service shop/web at spec.loadBalancerIP
      load balancer address 192.0.2.10 is also used by Service shop/dns
      ${SHARE}
      see Service shop/dns at spec.loadBalancerIP: first used here
      `,
    ],
  },
  {
    name: 'a field and an annotation, IPv6 spelled differently',
    input: `
      - Service shop/a: { type: LoadBalancer, loadBalancerIP: '2001:DB8:0::1' }
      - Service shop/b: { type: LoadBalancer }
        annotations: { lbipam.cilium.io/ips: '192.0.2.1,2001:db8::1' }
    `,
    expected: [
      `
      error NL203 load-balancer-ip-conflict
      on Service shop/b at metadata.annotations.lbipam.cilium.io/ips
      load balancer address 2001:db8::1 is also used by Service shop/a
      ${SHARE}
      see Service shop/a at spec.loadBalancerIP: first used here
      `,
    ],
  },
  {
    name: 'silent: one sharing key and different ports, also by protocol alone',
    input: `
      - Service shop/tcp: { type: LoadBalancer, loadBalancerIP: 192.0.2.10, ports: [{ port: 53 }] }
        annotations: { metallb.io/allow-shared-ip: dns }
      - Service shop/udp: { type: LoadBalancer, loadBalancerIP: 192.0.2.10, ports: [{ port: 53, protocol: UDP }] }
        annotations: { metallb.universe.tf/allow-shared-ip: dns }
    `,
    expected: [],
  },
  {
    name: 'different sharing keys, and an empty one',
    input: `
      - Service shop/a: { type: LoadBalancer, loadBalancerIP: 192.0.2.10, ports: [{ port: 1 }] }
        annotations: { metallb.io/allow-shared-ip: x }
      - Service shop/b: { type: LoadBalancer, loadBalancerIP: 192.0.2.10, ports: [{ port: 2 }] }
        annotations: { metallb.io/allow-shared-ip: y }
      - Service shop/c: { type: LoadBalancer, loadBalancerIP: 192.0.2.11, ports: [{ port: 1 }] }
        annotations: { metallb.io/allow-shared-ip: '' }
      - Service shop/d: { type: LoadBalancer, loadBalancerIP: 192.0.2.11, ports: [{ port: 2 }] }
        annotations: { metallb.io/allow-shared-ip: '' }
    `,
    expected: [
      `
      error NL203 load-balancer-ip-conflict
      on Service shop/b at spec.loadBalancerIP
      load balancer address 192.0.2.10 is also used by Service shop/a
      ${SHARE}
      see Service shop/a at spec.loadBalancerIP: first used here
      `,
      `
      error NL203 load-balancer-ip-conflict
      on Service shop/d at spec.loadBalancerIP
      load balancer address 192.0.2.11 is also used by Service shop/c
      ${SHARE}
      see Service shop/c at spec.loadBalancerIP: first used here
      `,
    ],
  },
  {
    name: 'one sharing key, but a port that the second of three has taken',
    input: `
      - Service shop/a: { type: LoadBalancer, loadBalancerIP: 192.0.2.10, ports: [{ port: 1 }] }
        annotations: { lbipam.cilium.io/sharing-key: x }
      - Service shop/b: { type: LoadBalancer, loadBalancerIP: 192.0.2.10, ports: [{ port: 2 }] }
        annotations: { lbipam.cilium.io/sharing-key: x }
      - Service shop/c: { type: LoadBalancer, loadBalancerIP: 192.0.2.10, ports: [{ port: 3 }, { port: 2 }] }
        annotations: { lbipam.cilium.io/sharing-key: x }
    `,
    expected: [
      `
      error NL203 load-balancer-ip-conflict
      on Service shop/c at spec.loadBalancerIP
      load balancer address 192.0.2.10 is also used by Service shop/b, with port 2/TCP
      help: Services that share an address need different ports
      see Service shop/b at spec.loadBalancerIP: first used here
      `,
    ],
  },
  {
    name: 'one sharing key, but externalTrafficPolicy Local with other pods, or on one side only',
    input: `
      - Service shop/a:
          { type: LoadBalancer, loadBalancerIP: 192.0.2.10, externalTrafficPolicy: Local, selector: { app: a }, ports: [{ port: 1 }] }
        annotations: { metallb.io/allow-shared-ip: x }
      - Service shop/b:
          { type: LoadBalancer, loadBalancerIP: 192.0.2.10, externalTrafficPolicy: Local, selector: { app: b }, ports: [{ port: 2 }] }
        annotations: { metallb.io/allow-shared-ip: x }
      - Service shop/c: { type: LoadBalancer, loadBalancerIP: 192.0.2.10, selector: { app: a }, ports: [{ port: 3 }] }
        annotations: { metallb.io/allow-shared-ip: x }
    `,
    expected: [
      `
      error NL203 load-balancer-ip-conflict
      on Service shop/b at spec.loadBalancerIP
      load balancer address 192.0.2.10 is also used by Service shop/a, with other backends
      ${BACKENDS}
      see Service shop/a at spec.loadBalancerIP: first used here
      `,
      `
      error NL203 load-balancer-ip-conflict
      on Service shop/c at spec.loadBalancerIP
      load balancer address 192.0.2.10 is also used by Service shop/a, with other backends
      ${BACKENDS}
      see Service shop/a at spec.loadBalancerIP: first used here
      `,
    ],
  },
  {
    name: 'silent: Local with the same selector, its labels in another order',
    input: `
      - Service shop/a:
          { type: LoadBalancer, loadBalancerIP: 192.0.2.10, externalTrafficPolicy: Local, selector: { app: a, tier: b }, ports: [{ port: 1 }] }
        annotations: { metallb.io/allow-shared-ip: x }
      - Service shop/b:
          { type: LoadBalancer, loadBalancerIP: 192.0.2.10, externalTrafficPolicy: Local, selector: { tier: b, app: a }, ports: [{ port: 2 }] }
        annotations: { metallb.io/allow-shared-ip: x }
    `,
    expected: [],
  },
  {
    name: 'silent: one Service that says its address twice, and addresses that are asked of DHCP',
    input: `
      - Service shop/a: { type: LoadBalancer, loadBalancerIP: 192.0.2.10 }
        annotations: { metallb.io/loadBalancerIPs: 192.0.2.10, metallb.universe.tf/loadBalancerIPs: 192.0.2.10 }
      - Service shop/b: { type: LoadBalancer, loadBalancerIP: 0.0.0.0 }
      - Service shop/c: { type: LoadBalancer, loadBalancerIP: 0.0.0.0 }
    `,
    expected: [],
  },
]);
