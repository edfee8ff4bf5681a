import { endpointPortName } from '../../../lib/rules/services/endpoint-port-name';
import { testRule } from '../expectations';

testRule(endpointPortName, [
  {
    name: 'the same name for another protocol',
    input: `
      - Service shop/dns: { ports: [{ name: dns, port: 53, protocol: UDP }, { name: web, port: 80 }] }
      - EndpointSlice shop/dns-1: { addressType: IPv4, ports: [{ name: dns, port: 53 }, { name: web, port: 80, protocol: TCP }] }
        labels: { kubernetes.io/service-name: dns }
    `,
    expected: [
      `
      warning NL247 endpoint-port-name
      on EndpointSlice shop/dns-1 at ports.0
      the port is for TCP, and that of Service shop/dns for UDP
      help: set protocol to UDP: connections of another protocol lead to no endpoint
      see Service shop/dns at spec.ports: the ports of the Service
      `,
    ],
  },
  {
    name: 'a name that the Service does not have',
    input: `
      - Service shop/db: { ports: [{ name: sql, port: 5432 }, { name: metrics, port: 9187 }] }
      - EndpointSlice shop/db-1: { addressType: IPv4, ports: [{ name: postgres, port: 5432 }, { name: metrics, port: 9187 }] }
        labels: { kubernetes.io/service-name: db }
    `,
    expected: [
      `
      warning NL247 endpoint-port-name
      on EndpointSlice shop/db-1 at ports.0
      the port "postgres" belongs to no port of Service shop/db
      help: ports are joined by name: give it the name that the port has in the Service
      see Service shop/db at spec.ports: has sql, metrics
      `,
    ],
  },
  {
    name: 'a port without a name on one side only',
    input: `
      - Service shop/a: { ports: [{ port: 5432 }] }
      - Endpoints shop/a: { subsets: [{ ports: [{ name: sql, port: 5432 }] }] }
      - Service shop/b: { ports: [{ name: sql, port: 5432 }] }
      - Endpoints shop/b: { subsets: [{ ports: [{ port: 5432 }] }] }
    `,
    expected: [
      `
      warning NL247 endpoint-port-name
      on Endpoints shop/a at subsets.0.ports.0
      the port "sql" belongs to no port of Service shop/a
      help: ports are joined by name: give it the name that the port has in the Service
      see Service shop/a at spec.ports: has 5432 without a name
      `,
      `
      warning NL247 endpoint-port-name
      on Endpoints shop/b at subsets.0.ports.0
      the port without a name belongs to no port of Service shop/b
      help: ports are joined by name: give it the name that the port has in the Service
      see Service shop/b at spec.ports: has sql
      `,
    ],
  },
  {
    name: 'silent: equal names, a Service whose endpoints are made for it, a Service without ports',
    input: `
      - Service shop/a: { ports: [{ port: 5432 }] }
      - EndpointSlice shop/a-1: { addressType: IPv4, ports: [{ name: '', port: 5432 }] }
        labels: { kubernetes.io/service-name: a }
      - Service shop/b: { selector: { app: b }, ports: [{ name: sql, port: 5432 }] }
      - Endpoints shop/b: { subsets: [{ ports: [{ port: 5432 }] }] }
      - Service shop/c: { clusterIP: None }
      - Endpoints shop/c: { subsets: [{ ports: [{ port: 5432 }] }] }
      - Endpoints shop/d: { subsets: [{ ports: [{ port: 5432 }] }] }
    `,
    expected: [],
  },
  {
    name: 'the placeholder of Cilium',
    input: `
      - Service kube-system/cilium-ingress: { type: LoadBalancer, ports: [{ name: http, port: 80 }] }
      - Endpoints kube-system/cilium-ingress: { subsets: [{ addresses: [{ ip: 192.192.192.192 }], ports: [{ port: 9999 }] }] }
    `,
    expected: [],
  },
]);
