import { externalNameLoop } from '../../../lib/rules/dns/external-name-loop';
import { testRule } from '../expectations';

testRule(externalNameLoop, [
  {
    name: 'two Services',
    input: `
      - Service shop/b: { type: ExternalName, externalName: a.shop.svc.cluster.local }
      - Service shop/a: { type: ExternalName, externalName: b.shop.svc.cluster.local. }
    `,
    expected: [
      `
      error NL302 external-name-loop
      on Service shop/a at spec.externalName
      the alias leads back to itself: Service shop/a, Service shop/b, Service shop/a
      help: let one of them name the DNS name or the Service that is really meant
      see Service shop/b at spec.externalName: part of the circle
      `,
    ],
  },
  {
    name: 'a Service of itself, and a circle that others lead into',
    input: `
      - Service shop/self: { type: ExternalName, externalName: self.shop.svc.cluster.local }
      - Service shop/in: { type: ExternalName, externalName: z.shop.svc.cluster.local }
      - Service shop/z: { type: ExternalName, externalName: y.data.svc.cluster.local }
      - Service data/y: { type: ExternalName, externalName: x.shop.svc }
      - Service shop/x: { type: ExternalName, externalName: z.shop.svc.cluster.local }
    `,
    expected: [
      `
      error NL302 external-name-loop
      on Service data/y at spec.externalName
      the alias leads back to itself: Service data/y, Service shop/x, Service shop/z, Service data/y
      help: let one of them name the DNS name or the Service that is really meant
      see Service shop/x at spec.externalName: part of the circle
      see Service shop/z at spec.externalName: part of the circle
      `,
      `
      error NL302 external-name-loop
      on Service shop/self at spec.externalName
      the Service is an alias of itself
      help: let one of them name the DNS name or the Service that is really meant
      `,
    ],
  },
  {
    name: 'another zone',
    input: `
      - Service shop/a: { type: ExternalName, externalName: a.shop.svc.example.internal }
      - Service shop/b: { type: ExternalName, externalName: b.shop.svc.cluster.local }
    `,
    facts: { clusterDomain: 'example.internal' },
    expected: [
      `
      error NL302 external-name-loop
      on Service shop/a at spec.externalName
      the Service is an alias of itself
      help: let one of them name the DNS name or the Service that is really meant
      `,
    ],
  },
  {
    name: 'silent: chains that end, and an endpoint of the Service',
    input: `
      - Service shop/a: { type: ExternalName, externalName: b.shop.svc.cluster.local }
      - Service shop/b: { type: ExternalName, externalName: c.shop.svc.cluster.local }
      - Service shop/c: { ports: [{ port: 80 }] }
      - Service shop/d: { type: ExternalName, externalName: db-0.d.shop.svc.cluster.local }
      - Service shop/e: { type: ExternalName, externalName: e.example.com }
    `,
    expected: [],
  },
]);
