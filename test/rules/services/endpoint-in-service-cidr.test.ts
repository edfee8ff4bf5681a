import { endpointInServiceCidr } from '../../../lib/rules/services/endpoint-in-service-cidr';
import { testRule } from '../expectations';

testRule(endpointInServiceCidr, [
  {
    name: 'the clusterIP of a Service, where the ranges are not known',
    input: `
      - Service shop/web: { clusterIP: 10.55.4.4, ports: [{ port: 80 }] }
      - EndpointSlice shop/db: { addressType: IPv4, endpoints: [{ addresses: [10.55.4.4] }, { addresses: [10.55.4.5] }] }
    `,
    expected: [
      `
      error NL245 endpoint-in-service-cidr
      on EndpointSlice shop/db at endpoints.0.addresses.0
      the endpoint 10.55.4.4 is the clusterIP of Service shop/web
      help: a Service cannot lead to the ClusterIP of another one: name the addresses of pods or of hosts, or use an ExternalName Service
      see Service shop/web at spec.clusterIP: the clusterIP
      `,
    ],
  },
  {
    name: 'a ClusterIP as an endpoint',
    input: `
      - EndpointSlice shop/a: { addressType: IPv4, endpoints: [{ addresses: [10.96.7.7] }] }
      - Endpoints shop/b: { subsets: [{ addresses: [{ ip: 192.0.2.1 }, { ip: 'fd00:96::7' }] }] }
    `,
    facts: { serviceCidrs: '10.96.0.0/16,fd00:96::/112' },
    expected: [
      `
      error NL245 endpoint-in-service-cidr
      on EndpointSlice shop/a at endpoints.0.addresses.0
      the endpoint 10.96.7.7 lies inside the service CIDR 10.96.0.0/16
      help: a Service cannot lead to the ClusterIP of another one: name the addresses of pods or of hosts, or use an ExternalName Service
      `,
      `
      error NL245 endpoint-in-service-cidr
      on Endpoints shop/b at subsets.0.addresses.1.ip
      the endpoint fd00:96::7 lies inside the service CIDR fd00:96::/112
      help: a Service cannot lead to the ClusterIP of another one: name the addresses of pods or of hosts, or use an ExternalName Service
      `,
    ],
  },
  {
    name: 'silent: other addresses',
    input: `
      - EndpointSlice shop/a: { addressType: IPv4, endpoints: [{ addresses: [10.97.0.1] }] }
      - EndpointSlice shop/b: { addressType: FQDN, endpoints: [{ addresses: [db.example.com] }] }
    `,
    facts: { serviceCidrs: '10.96.0.0/16' },
    expected: [],
  },
]);
