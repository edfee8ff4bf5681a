import { routeKindsConflict } from '../../../lib/rules/gateway/route-kinds-conflict';
import { testRule } from '../expectations';

const GATEWAY = `
      - Gateway infra/edge: { listeners: [{ name: https, port: 443, protocol: HTTPS, hostname: '*.example.com', allowedRoutes: { namespaces: { from: All } } }, { name: other, port: 444, protocol: HTTPS, allowedRoutes: { namespaces: { from: All } } }] }`;

function route(kind: string, name: string, hostnames: string, sectionName = 'https'): string {
  return `
      - ${kind} shop/${name}: { parentRefs: [{ name: edge, namespace: infra, sectionName: ${sectionName} }], hostnames: ${hostnames} }`;
}

testRule(routeKindsConflict, [
  {
    name: 'one host, and a wildcard around a host',
    input: `${GATEWAY}${route('HTTPRoute', 'web', '[api.example.com, "*.shop.example.com"]')}${route('GRPCRoute', 'a', '[api.example.com]')}${route('GRPCRoute', 'b', '[rpc.shop.example.com]')}`,
    expected: [
      `
      error NL484 route-kinds-conflict
      on GRPCRoute shop/a at spec.hostnames
      GRPCRoute shop/a and HTTPRoute shop/web have api.example.com in common on the listener https of Gateway infra/edge, and it takes one of the two
      help: the older one is accepted, and the other one refused: give them different hostnames, or listeners of their own
      see HTTPRoute shop/web at spec.hostnames: the route of the other kind
      `,
      `
      error NL484 route-kinds-conflict
      on GRPCRoute shop/b at spec.hostnames
      GRPCRoute shop/b and HTTPRoute shop/web have rpc.shop.example.com in common on the listener https of Gateway infra/edge, and it takes one of the two
      help: the older one is accepted, and the other one refused: give them different hostnames, or listeners of their own
      see HTTPRoute shop/web at spec.hostnames: the route of the other kind
      `,
    ],
  },
  {
    name: 'routes for all hosts of a listener',
    input: `${GATEWAY}${route('HTTPRoute', 'web', '[]', 'other')}${route('GRPCRoute', 'a', '[api.example.org]', 'other')}`,
    expected: [
      `
      error NL484 route-kinds-conflict
      on GRPCRoute shop/a at spec.hostnames
      GRPCRoute shop/a and HTTPRoute shop/web have api.example.org in common on the listener other of Gateway infra/edge, and it takes one of the two
      help: the older one is accepted, and the other one refused: give them different hostnames, or listeners of their own
      see HTTPRoute shop/web at spec.hostnames: the route of the other kind
      `,
    ],
  },
  {
    name: 'silent: other hosts, other listeners, two routes of one kind',
    input: `${GATEWAY}${route('HTTPRoute', 'web', '[www.example.com]')}${route('GRPCRoute', 'a', '[api.example.com]')}${route('GRPCRoute', 'b', '[www.example.com]', 'other')}${route('HTTPRoute', 'c', '[www.example.com]')}`,
    expected: [],
  },
]);
