import { endpointAddress } from '../../../lib/rules/services/endpoint-address';
import { testRule } from '../expectations';

testRule(endpointAddress, [
  ...(['1.33', undefined] as const).map((kubernetesVersion) => ({
    name: `an IPv6 address that is not in canonical form, Kubernetes ${kubernetesVersion ?? 'not known'}`,
    input: `
      - EndpointSlice shop/a: { addressType: IPv6, endpoints: [{ addresses: ['2001:DB8::20'] }, { addresses: ['2001:db8::21'] }] }
    `,
    facts: kubernetesVersion === undefined ? {} : { kubernetesVersion },
    expected: [
      `
      ${kubernetesVersion === undefined ? 'warning' : 'error'} NL244 endpoint-address
      on EndpointSlice shop/a at endpoints.0.addresses.0
      address "2001:DB8::20" is not in canonical form, which Kubernetes refuses since 1.33
      help: write 2001:db8::20
      `,
    ],
  })),
  {
    name: 'silent: the same in an older cluster',
    input: `
      - EndpointSlice shop/a: { addressType: IPv6, endpoints: [{ addresses: ['2001:DB8::20'] }] }
    `,
    facts: { kubernetesVersion: '1.32' },
    expected: [],
  },
  {
    name: 'a second address of one endpoint',
    input: `
      - EndpointSlice shop/a: { addressType: IPv4, endpoints: [{ addresses: [192.0.2.1] }, { addresses: [192.0.2.2, 192.0.2.3, 192.0.2.4] }] }
    `,
    expected: [
      `
      warning NL244 endpoint-address
      on EndpointSlice shop/a at endpoints.1.addresses.1
      address "192.0.2.3" is the second one of an endpoint, of which only the first is used
      help: list it as an endpoint of its own
      `,
    ],
  },
  {
    name: 'addresses of the other family',
    input: `
      - EndpointSlice shop/a: { addressType: IPv4, endpoints: [{ addresses: ['2001:db8::1'] }] }
      - EndpointSlice shop/b: { addressType: IPv6, endpoints: [{ addresses: ['2001:db8::1', 192.0.2.1] }] }
    `,
    expected: [
      `
      error NL244 endpoint-address
      on EndpointSlice shop/a at endpoints.0.addresses.0
      address "2001:db8::1" is an IPv6 address in a slice of addressType IPv4
      help: put the IPv6 endpoints of the Service into an EndpointSlice of their own
      `,
      `
      error NL244 endpoint-address
      on EndpointSlice shop/b at endpoints.0.addresses.1
      address "192.0.2.1" is an IPv4 address in a slice of addressType IPv6
      help: put the IPv4 endpoints of the Service into an EndpointSlice of their own
      `,
    ],
  },
  {
    name: 'addresses that no Service can lead to',
    input: `
      - EndpointSlice shop/a: { addressType: IPv4, endpoints: [{ addresses: [127.0.0.1] }, { addresses: [169.254.1.1] }] }
      - Endpoints shop/b: { subsets: [{ addresses: [{ ip: '::1' }], notReadyAddresses: [{ ip: 224.0.0.5 }] }] }
    `,
    expected: [
      `
      error NL244 endpoint-address
      on EndpointSlice shop/a at endpoints.0.addresses.0
      address 127.0.0.1 is a loopback address, which no other machine can reach
      help: use an address that is routed to where it is meant to lead
      `,
      `
      error NL244 endpoint-address
      on EndpointSlice shop/a at endpoints.1.addresses.0
      address 169.254.1.1 is a link-local address, which no other machine can reach
      help: use an address that is routed to where it is meant to lead
      `,
      `
      error NL244 endpoint-address
      on Endpoints shop/b at subsets.0.notReadyAddresses.0.ip
      address 224.0.0.5 is a link-local multicast address, which no other machine can reach
      help: use an address that is routed to where it is meant to lead
      `,
      `
      error NL244 endpoint-address
      on Endpoints shop/b at subsets.0.addresses.0.ip
      address ::1 is a loopback address, which no other machine can reach
      help: use an address that is routed to where it is meant to lead
      `,
    ],
  },
  {
    name: 'texts that are no address',
    input: `
      - EndpointSlice shop/a: { addressType: IPv4, endpoints: [{ addresses: [db.example.com] }] }
      - EndpointSlice shop/b: { addressType: FQDN, endpoints: [{ addresses: [db] }, { addresses: [DB.example.com] }] }
      - Endpoints shop/c: { subsets: [{ addresses: [{ ip: 192.0.2.01 }] }] }
    `,
    expected: [
      `
      error NL244 endpoint-address
      on EndpointSlice shop/a at endpoints.0.addresses.0
      address: db.example.com is not an IP address
      help: write one such as 10.0.0.1 or fd00::1
      `,
      `
      error NL244 endpoint-address
      on EndpointSlice shop/b at endpoints.1.addresses.0
      address "DB.example.com" is not a fully qualified domain name
      help: write a name of at least two labels of at most 63 characters, such as db.example.com
      `,
      `
      error NL244 endpoint-address
      on EndpointSlice shop/b at endpoints.0.addresses.0
      address "db" is not a fully qualified domain name
      help: write a name of at least two labels of at most 63 characters, such as db.example.com
      `,
      `
      warning NL244 endpoint-address
      on Endpoints shop/c at subsets.0.addresses.0.ip
      address: 192.0.2.01 has leading zeros, which some programs read as octal; Kubernetes refuses it since 1.36, and reads 192.0.2.1 before
      help: write 192.0.2.1
      `,
    ],
  },
  {
    name: 'silent: addresses of the family, of both families in Endpoints, and names',
    input: `
      - EndpointSlice shop/a: { addressType: IPv4, endpoints: [{ addresses: [192.0.2.1] }] }
      - EndpointSlice shop/b: { addressType: IPv6, endpoints: [{ addresses: ['2001:db8::1'] }] }
      - EndpointSlice shop/c: { addressType: FQDN, endpoints: [{ addresses: [db.example.com.] }] }
      - Endpoints shop/d: { subsets: [{ addresses: [{ ip: 192.0.2.1 }, { ip: '2001:db8::1' }] }] }
    `,
    expected: [],
  },
]);
