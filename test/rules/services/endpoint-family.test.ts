import { endpointFamily } from '../../../lib/rules/services/endpoint-family';
import { testRule } from '../expectations';

testRule(endpointFamily, [
  {
    name: 'slices of a family that the Service does not name, that its address is not of, or that the cluster does not have first',
    input: `
      - Service shop/a: { ipFamilies: [IPv6], ports: [{ port: 80 }] }
      - Service shop/b: { clusterIP: fd00:96::7, ports: [{ port: 80 }] }
      - Service shop/c: { ports: [{ port: 80 }] }
      - EndpointSlice shop/a: { addressType: IPv4, endpoints: [] }
        labels: { kubernetes.io/service-name: a }
      - EndpointSlice shop/b: { addressType: IPv4, endpoints: [] }
        labels: { kubernetes.io/service-name: b }
      - EndpointSlice shop/c: { addressType: IPv4, endpoints: [] }
        labels: { kubernetes.io/service-name: c }
    `,
    facts: { serviceCidrs: 'fd00:96::/112' },
    expected: [
      `
      warning NL214 endpoint-family
      on EndpointSlice shop/a at addressType
      the endpoints are IPv4, and Service shop/a has IPv6 addresses only
      help: name IPv4 in ipFamilies of the Service, or list endpoints of its family
      see Service shop/a at spec: the Service
      `,

      `
      warning NL214 endpoint-family
      on EndpointSlice shop/b at addressType
      the endpoints are IPv4, and Service shop/b has IPv6 addresses only
      help: name IPv4 in ipFamilies of the Service, or list endpoints of its family
      see Service shop/b at spec: the Service
      `,

      `
      warning NL214 endpoint-family
      on EndpointSlice shop/c at addressType
      the endpoints are IPv4, and Service shop/c has IPv6 addresses only
      help: name IPv4 in ipFamilies of the Service, or list endpoints of its family
      see Service shop/c at spec: the Service
      `,
    ],
  },
  {
    name: 'silent: two families, or families that are not known',
    input: `
      - Service shop/a: { ipFamilyPolicy: PreferDualStack, ipFamilies: [IPv6], ports: [{ port: 80 }] }
      - Service shop/b: { clusterIP: None, ports: [{ port: 80 }] }
      - Service shop/c: { ports: [{ port: 80 }] }
      - Service shop/d: { ipFamilies: [IPv4], ports: [{ port: 80 }] }
      - EndpointSlice shop/a: { addressType: IPv4, endpoints: [] }
        labels: { kubernetes.io/service-name: a }
      - EndpointSlice shop/b: { addressType: IPv4, endpoints: [] }
        labels: { kubernetes.io/service-name: b }
      - EndpointSlice shop/c: { addressType: IPv4, endpoints: [] }
        labels: { kubernetes.io/service-name: c }
      - EndpointSlice shop/d: { addressType: IPv4, endpoints: [] }
        labels: { kubernetes.io/service-name: d }
      - EndpointSlice shop/e: { addressType: IPv4, endpoints: [] }
        labels: { kubernetes.io/service-name: e }
      - EndpointSlice shop/f: { addressType: FQDN, endpoints: [] }
        labels: { kubernetes.io/service-name: d }
    `,
    expected: [],
  },
]);
