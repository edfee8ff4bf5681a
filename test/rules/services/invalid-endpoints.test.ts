import type { SourceObject } from '../../../lib/model';
import { invalidEndpoints } from '../../../lib/rules/services/invalid-endpoints';
import { facts, findings, sourceObject, testRule } from '../expectations';

const NODE_NAME = 'use lower-case letters, digits, hyphens and dots, a letter or digit first and last, or leave it out';
const ZONE_NAME = 'write the value of the label topology.kubernetes.io/zone of its nodes';

testRule(invalidEndpoints, [
  {
    name: 'the address type of a slice',
    input: `
      - EndpointSlice shop/a: { endpoints: [] }
      - EndpointSlice shop/b: { addressType: ipv4, endpoints: [] }
      - EndpointSlice shop/c: { addressType: Hostname, endpoints: [] }
    `,
    expected: [
      `
      error NL243 invalid-endpoints
      on EndpointSlice shop/a at addressType
      the EndpointSlice has no addressType
      help: set it to IPv4 or IPv6
      `,
      `
      error NL243 invalid-endpoints
      on EndpointSlice shop/b at addressType
      addressType is "ipv4", and must be IPv4, IPv6 or FQDN
      help: write IPv4
      `,
      `
      error NL243 invalid-endpoints
      on EndpointSlice shop/c at addressType
      addressType is "Hostname", and must be IPv4, IPv6 or FQDN
      help: set it to IPv4 or IPv6
      `,
    ],
  },
  {
    name: 'nodes and zones of endpoints, and addresses that are empty',
    input: `
      - EndpointSlice shop/a:
          addressType: IPv4
          endpoints:
            - { addresses: [''], nodeName: '' }
            - { addresses: [192.0.2.1], nodeName: node_1, hints: { forZones: [{ name: a }, { name: a }, { name: 'b c' }] } }
            - { addresses: [192.0.2.2], hints: { forZones: [{ name: a }, { name: b }, { name: c }, { name: d }, { name: e }, { name: f }, { name: g }, { name: h }, { name: i }] } }
            - { addresses: [192.0.2.3], nodeName: node-1.example.com, hints: { forZones: [{ name: a }, { name: b }, { name: c }, { name: d }, { name: e }, { name: f }, { name: g }, { name: h }] } }
      - Endpoints shop/b: { subsets: [{ addresses: [{ ip: '' }, { ip: 192.0.2.4, hostname: '', nodeName: A }] }] }
    `,
    expected: [
      ['EndpointSlice shop/a', 'endpoints.1.hints.forZones.2.name', '"b c" is not the name of a zone', ZONE_NAME],
      ['EndpointSlice shop/a', 'endpoints.0.addresses.0', 'an address of the endpoint is empty', 'write it'],
      ['EndpointSlice shop/a', 'endpoints.0.nodeName', 'nodeName "" is not the name of a Node', NODE_NAME],
      ['EndpointSlice shop/a', 'endpoints.1.nodeName', 'nodeName "node_1" is not the name of a Node', NODE_NAME],
      [
        'EndpointSlice shop/a',
        'endpoints.2.hints.forZones',
        'the endpoint has hints for 9 zones, and may have them for 8',
        'name the nearest ones, or leave the hints out',
      ],
      [
        'EndpointSlice shop/a',
        'endpoints.1.hints.forZones.1.name',
        'the zone "a" is named twice',
        'name each zone once',
      ],
      ['Endpoints shop/b', 'subsets.0.addresses.1.nodeName', 'nodeName "A" is not the name of a Node', NODE_NAME],
      ['Endpoints shop/b', 'subsets.0.addresses.0', 'the address has no ip', 'set ip'],
    ].map(
      ([object, field, message, help]) => `
      error NL243 invalid-endpoints
      on ${object} at ${field}
      ${message}
      help: ${help}
      `,
    ),
  },
  {
    name: 'endpoints of a slice',
    input: `
      - EndpointSlice shop/a: { addressType: IPv4, endpoints: [{}, { addresses: [] }, { addresses: [192.0.2.1], hostname: A.b }] }
    `,
    expected: [
      `
      error NL243 invalid-endpoints
      on EndpointSlice shop/a at endpoints.0
      the endpoint has no addresses
      help: give it one address
      `,
      `
      error NL243 invalid-endpoints
      on EndpointSlice shop/a at endpoints.1
      the endpoint has no addresses
      help: give it one address
      `,
      `
      error NL243 invalid-endpoints
      on EndpointSlice shop/a at endpoints.2.hostname
      the hostname "A.b" of the endpoint is not a DNS label
      help: use at most 63 lower-case letters, digits and hyphens, a letter or digit first and last
      `,
    ],
  },
  {
    name: 'ports of a slice',
    input: `
      - EndpointSlice shop/a: { addressType: IPv4, ports: [{ name: http, port: 80, protocol: tcp }, { name: http, port: 81 }, { port: 82 }, { name: '', port: 83 }, { name: my_port, port: 84 }, { name: z, port: 0, appProtocol: 'a b' }] }
    `,
    expected: [
      `
      error NL243 invalid-endpoints
      on EndpointSlice shop/a at ports.3.name
      a second port has no name
      help: give each port the name of its port in the Service
      `,
      `
      error NL243 invalid-endpoints
      on EndpointSlice shop/a at ports.1.name
      another port has the name "http" too
      help: give each port the name of its port in the Service
      `,
      `
      error NL243 invalid-endpoints
      on EndpointSlice shop/a at ports.5.appProtocol
      appProtocol is "a b", which is not a qualified name
      help: use a name such as http, or one with a domain in front, such as kubernetes.io/h2c
      `,
      `
      error NL243 invalid-endpoints
      on EndpointSlice shop/a at ports.0.protocol
      protocol is "tcp", and must be TCP, UDP or SCTP
      help: write TCP
      `,
      `
      error NL243 invalid-endpoints
      on EndpointSlice shop/a at ports.4.name
      the port name "my_port" is not a DNS label
      help: write the name of the port of the Service
      `,
      `
      warning NL243 invalid-endpoints
      on EndpointSlice shop/a at ports.5.port
      port is 0
      help: set port to a whole number from 1 to 65535
      `,
    ],
  },
  {
    name: 'subsets of an Endpoints object',
    input: `
      - Endpoints shop/a: { subsets: [{ ports: [{ port: 80 }] }] }
      - Endpoints shop/b: { subsets: [{ addresses: [{ hostname: a }, { ip: 192.0.2.1, hostname: A }], ports: [{ port: 80 }, { name: b, protocol: TCPP }] }] }
    `,
    expected: [
      `
      error NL243 invalid-endpoints
      on Endpoints shop/a at subsets.0
      the subset has no addresses
      help: list addresses or notReadyAddresses
      `,
      `
      error NL243 invalid-endpoints
      on Endpoints shop/b at subsets.0.ports.1.protocol
      protocol is "TCPP", and must be TCP, UDP or SCTP
      help: write TCP
      `,
      `
      error NL243 invalid-endpoints
      on Endpoints shop/b at subsets.0.addresses.0
      the address has no ip
      help: set ip
      `,
      `
      error NL243 invalid-endpoints
      on Endpoints shop/b at subsets.0.addresses.1.hostname
      the hostname "A" of the endpoint is not a DNS label
      help: use at most 63 lower-case letters, digits and hyphens, a letter or digit first and last
      `,
      `
      error NL243 invalid-endpoints
      on Endpoints shop/b at subsets.0.ports.0
      the port has no name, and the subset has 2 ports
      help: name every port
      `,
      `
      error NL243 invalid-endpoints
      on Endpoints shop/b at subsets.0.ports.1
      the port has no number
      help: set port to a whole number from 1 to 65535
      `,
    ],
  },
  {
    name: 'silent: what the API server takes',
    input: `
      - EndpointSlice shop/a: { addressType: IPv4, endpoints: [{ addresses: [192.0.2.1], hostname: db-0 }], ports: [{ name: '', port: 80 }, { name: all }] }
      - EndpointSlice shop/b: { addressType: FQDN, endpoints: [{ addresses: [db.example.com] }] }
      - Endpoints shop/c: { subsets: [{ notReadyAddresses: [{ ip: 192.0.2.1 }], ports: [{ port: 80, protocol: UDP }] }] }
      - Endpoints shop/d: {}
    `,
    expected: [],
  },
]);

describe('limits of a slice', () => {
  function slice(fields: object): SourceObject {
    const metadata = { name: 'a', namespace: 'shop' };
    return sourceObject(
      { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata, addressType: 'IPv4', ...fields },
      'slice',
    );
  }
  const endpoints = (count: number): object => ({
    endpoints: Array.from({ length: count }, () => ({ addresses: ['192.0.2.1'] })),
  });
  const addresses = (count: number): object => ({
    endpoints: [{ addresses: Array.from({ length: count }, () => '192.0.2.1') }],
  });
  const ports = (count: number): object => ({
    ports: Array.from({ length: count }, (_, index) => ({ name: `p${index}`, port: index + 1 })),
  });

  test.each([
    ['endpoints', endpoints(1001), 'the EndpointSlice has 1001 endpoints, and may have 1000', 'endpoints'],
    ['addresses', addresses(101), 'the endpoint has 101 addresses, and may have 100', 'endpoints.0.addresses'],
    ['ports', ports(101), 'the EndpointSlice has 101 ports, and may have 100', 'ports'],
  ])('too many %s', (_, fields, message, field) => {
    const found = findings(invalidEndpoints, [slice(fields)], facts());
    expect(found.map((finding) => [finding.message, finding.origin?.construct])).toEqual([[message, field]]);
  });

  test.each([
    ['endpoints', endpoints(1000)],
    ['addresses', addresses(100)],
    ['ports', ports(100)],
  ])('as many %s as there may be', (_, fields) => {
    expect(findings(invalidEndpoints, [slice(fields)], facts())).toEqual([]);
  });
});
