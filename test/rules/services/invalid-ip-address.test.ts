import { invalidIpAddress } from '../../../lib/rules/services/invalid-ip-address';
import { testRule } from '../expectations';

function address(name: string, parentRef = '{ resource: services, namespace: shop, name: web }'): string {
  return `
      - manifest: { apiVersion: networking.k8s.io/v1, kind: IPAddress, metadata: { name: '${name}' }, spec: { parentRef: ${parentRef} } }`;
}

function found(name: string, field: string, message: string): string {
  return `
      error NL265 invalid-ip-address
      on IPAddress ${name} at spec.parentRef.${field}
      ${message}
      help: say whose address it is, such as { resource: services, namespace: shop, name: web }
      `;
}

testRule(invalidIpAddress, [
  {
    name: 'names that are no address, or not in canonical form',
    input: address('web') + address('FD00::1'),
    expected: [
      `
      error NL265 invalid-ip-address
      on IPAddress FD00::1 at metadata.name
      the name "FD00::1" is not an IP address in canonical form
      help: write fd00::1
      `,
      `
      error NL265 invalid-ip-address
      on IPAddress web at metadata.name
      the name "web" is not an IP address in canonical form
      help: name the object by its address, such as 10.96.0.20
      `,
    ],
  },
  {
    name: 'nobody has the address',
    input: address('10.96.0.20', 'null') + address('10.96.0.21', '{ resource: services }'),
    expected: [
      found('10.96.0.20', 'name', 'name is missing in parentRef'),
      found('10.96.0.20', 'resource', 'resource is missing in parentRef'),
      found('10.96.0.21', 'name', 'name is missing in parentRef'),
    ],
  },
  {
    name: 'an owner that no object can be',
    input:
      address('10.96.0.20', '{ group: core/v1, resource: services, name: web }') +
      address('10.96.0.21', '{ resource: v1/services, namespace: a%b, name: .. }'),
    expected: [
      found('10.96.0.20', 'group', 'group "core/v1" is not the name of an API group'),
      found('10.96.0.21', 'namespace', '"a%b" is not the name of a namespace'),
      found('10.96.0.21', 'name', 'name ".." is not the name of an object: it would not fit into an address'),
      found(
        '10.96.0.21',
        'resource',
        'resource "v1/services" is not the resource of an object: it would not fit into an address',
      ),
    ],
  },
  {
    name: 'silent: addresses of both families, and another kind of the same name',
    input: `${address('10.96.0.20')}${address('fd00::20', "{ group: '', resource: services, name: web }")}
      - manifest: { apiVersion: ipam.example.com/v1, kind: IPAddress, metadata: { name: web } }
    `,
    expected: [],
  },
]);
