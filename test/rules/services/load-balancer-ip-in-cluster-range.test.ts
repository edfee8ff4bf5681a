import { loadBalancerIpInClusterRange } from '../../../lib/rules/services/load-balancer-ip-in-cluster-range';
import { testRule } from '../expectations';

testRule(loadBalancerIpInClusterRange, [
  {
    name: 'in the pod CIDR, in the service CIDR, and the address of a node',
    facts: { podCidrs: '10.244.0.0/16', serviceCidrs: '10.96.0.0/12,fd00:96::/112' },
    input: `
      - manifest: { apiVersion: v1, kind: Node, metadata: { name: n }, status: { addresses: [{ type: InternalIP, address: 192.168.1.5 }] } }
      - Service shop/a: { type: LoadBalancer, loadBalancerIP: 10.244.3.3, ports: [{ port: 80 }] }
      - Service shop/b: { type: LoadBalancer, ports: [{ port: 80 }] }
        annotations: { metallb.io/loadBalancerIPs: 'fd00:96::5' }
      - Service shop/c: { type: LoadBalancer, loadBalancerIP: 192.168.1.5, ports: [{ port: 80 }] }
    `,
    expected: [
      `
      error NL264 load-balancer-ip-in-cluster-range
      on Service shop/a at spec.loadBalancerIP
      load balancer address 10.244.3.3 lies inside the pod CIDR 10.244.0.0/16
      help: choose an address outside of the cluster that clients have a route to
      `,
      `
      error NL264 load-balancer-ip-in-cluster-range
      on Service shop/b at metadata.annotations.metallb.io/loadBalancerIPs
      load balancer address fd00:96::5 lies inside the service CIDR fd00:96::/112
      help: choose an address outside of the cluster that clients have a route to
      `,
      `
      warning NL264 load-balancer-ip-in-cluster-range
      on Service shop/c at spec.loadBalancerIP
      load balancer address 192.168.1.5 is the address of Node n
      help: two machines would answer for one address: choose a free one, unless the load balancer serves the addresses of nodes
      see Node n at status.addresses.0.address: the node
      `,
    ],
  },
  {
    name: 'the clusterIP of a Service, where the service CIDR is not known',
    input: `
      - Service shop/a: { clusterIP: 10.96.3.3, ports: [{ port: 80 }] }
      - Service shop/b: { type: LoadBalancer, loadBalancerIP: 10.96.3.3, ports: [{ port: 80 }] }
    `,
    expected: [
      `
      error NL264 load-balancer-ip-in-cluster-range
      on Service shop/b at spec.loadBalancerIP
      load balancer address 10.96.3.3 is the clusterIP of Service shop/a
      help: choose an address outside of the cluster that clients have a route to
      see Service shop/a at spec.clusterIP: the clusterIP
      `,
    ],
  },
  {
    name: 'silent: an address outside, no address, another type, and nothing known about the cluster',
    facts: { podCidrs: '10.244.0.0/16' },
    input: `
      - Service shop/a: { type: LoadBalancer, loadBalancerIP: 192.0.2.3, ports: [{ port: 80 }] }
      - Service shop/b: { type: LoadBalancer, ports: [{ port: 80 }] }
      - Service shop/c: { loadBalancerIP: 10.244.3.3, ports: [{ port: 80 }] }
      - Service shop/d: { type: LoadBalancer, loadBalancerIP: 10.96.0.3, ports: [{ port: 80 }] }
    `,
    expected: [],
  },
]);
