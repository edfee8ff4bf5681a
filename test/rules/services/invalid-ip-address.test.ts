import { invalidIpAddress } from '../../../lib/rules/services/invalid-ip-address';
import { testRule } from '../expectations';

function address(name: string, parentRef = '{ resource: services, namespace: shop, name: web }'): string {
  return `
      - manifest: { apiVersion: networking.k8s.io/v1, kind: IPAddress, metadata: { name: '${name}' }, spec: { parentRef: ${parentRef} } }`;
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
      `
      error NL265 invalid-ip-address
      on IPAddress 10.96.0.20 at spec.parentRef
      parentRef has no resource
      help: say whose address it is, such as { resource: services, namespace: shop, name: web }
      `,
      `
      error NL265 invalid-ip-address
      on IPAddress 10.96.0.21 at spec.parentRef
      parentRef has no name
      help: say whose address it is, such as { resource: services, namespace: shop, name: web }
      `,
    ],
  },
  {
    name: 'silent: addresses of both families, and another kind of the same name',
    input: `${address('10.96.0.20')}${address('fd00::20')}
      - manifest: { apiVersion: ipam.example.com/v1, kind: IPAddress, metadata: { name: web } }
    `,
    expected: [],
  },
]);
