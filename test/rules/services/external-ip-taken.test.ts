import { externalIpTaken } from '../../../lib/rules/services/external-ip-taken';
import { testRule } from '../expectations';

testRule(externalIpTaken, [
  {
    name: 'the load balancer address of another Service, whatever the spelling',
    input: `
      - Service shop/a: { type: LoadBalancer, loadBalancerIP: 'fd00::5', ports: [{ port: 80 }] }
      - Service shop/b: { externalIPs: ['fd00:0::5'], ports: [{ port: 443 }, { port: 80 }] }
    `,
    expected: [
      `
      error NL263 external-ip-taken
      on Service shop/b at spec.externalIPs.0
      external IP fd00::5, port 80/TCP, is the load balancer address of Service shop/a
      help: the nodes send all of it to the Service with the external IP: use another address or another port
      see Service shop/a at spec.loadBalancerIP: requested here
      `,
    ],
  },
  {
    name: 'an address that a pool may give to any Service, and one that the Service asks for itself',
    input: `
      - IPAddressPool metallb-system/p: { addresses: [192.0.2.0/28] }
      - Service shop/a: { externalIPs: [192.0.2.5], ports: [{ port: 80 }] }
      - Service shop/b: { type: LoadBalancer, loadBalancerIP: 192.0.2.6, externalIPs: [192.0.2.6], ports: [{ port: 80 }] }
      - Service shop/c: { externalIPs: [192.0.2.16], ports: [{ port: 80 }] }
    `,
    expected: [
      `
      warning NL263 external-ip-taken
      on Service shop/a at spec.externalIPs.0
      external IP 192.0.2.5 lies inside the load balancer range 192.0.2.0/28, of which any Service may get it
      help: use an address outside of the pools, or ask for this one as the load balancer address
      `,
    ],
  },
  {
    name: 'the address of a node',
    input: `
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: n }, status: { addresses: [{ type: InternalIP, address: 192.168.1.5 }] } }
      - Service shop/b: { externalIPs: [192.168.1.5], ports: [{ port: 80 }] }
    `,
    expected: [
      `
      warning NL263 external-ip-taken
      on Service shop/b at spec.externalIPs.0
      external IP 192.168.1.5 is the address of Node n: every node takes what is sent to it there
      help: use a NodePort Service or a host port for the addresses of nodes
      see Node n at status.addresses.0.address: the node
      `,
    ],
  },
  {
    name: 'the clusterIP of a Service, where the service CIDR is not known',
    input: `
      - Service shop/a: { clusterIP: 10.96.3.3, ports: [{ port: 80 }] }
      - Service shop/b: { externalIPs: [10.96.3.3], ports: [{ port: 443 }] }
      - Service shop/c: { clusterIP: "fd00:96::5", clusterIPs: ["fd00:96::5"], externalIPs: ["fd00:96:0::5"], ports: [{ port: 443 }] }
    `,
    expected: [
      `
      error NL263 external-ip-taken
      on Service shop/b at spec.externalIPs.0
      external IP 10.96.3.3 is the clusterIP of Service shop/a
      help: an external IP must be an address that somebody else routes to the nodes
      see Service shop/a at spec.clusterIP: the clusterIP
      `,
      `
      error NL263 external-ip-taken
      on Service shop/c at spec.externalIPs.0
      external IP fd00:96::5 is the clusterIP of Service shop/c
      help: an external IP must be an address that somebody else routes to the nodes
      see Service shop/c at spec.clusterIP: the clusterIP
      `,
    ],
  },
  {
    name: 'silent: a clusterIP of a service CIDR that is known, of which another rule speaks',
    facts: { serviceCidrs: '10.96.0.0/16' },
    input: `
      - Service shop/a: { clusterIP: 10.96.3.3, ports: [{ port: 80 }] }
      - Service shop/b: { externalIPs: [10.96.3.3], ports: [{ port: 443 }] }
    `,
    expected: [],
  },
  {
    name: 'silent: another port, another protocol, and the Service itself',
    input: `
      - Service shop/a: { type: LoadBalancer, loadBalancerIP: 192.0.2.5, externalIPs: [192.0.2.5], ports: [{ port: 80 }] }
      - Service shop/b: { externalIPs: [192.0.2.5], ports: [{ port: 443 }, { port: 80, protocol: UDP }] }
    `,
    expected: [],
  },
]);
