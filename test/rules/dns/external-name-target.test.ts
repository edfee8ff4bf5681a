import { externalNameTarget } from '../../../lib/rules/dns/external-name-target';
import { testRule } from '../expectations';

testRule(externalNameTarget, [
  {
    name: 'a pod of a Service that is not headless, and of one that is',
    input: `
      - Service shop/a: { type: ExternalName, externalName: db-0.db.data.svc.cluster.local }
      - Service shop/b: { type: ExternalName, externalName: db-0.peers.data.svc.cluster.local }
      - Service data/db: { ports: [{ port: 5432 }] }
      - Service data/peers: { clusterIP: None, ports: [{ port: 5432 }] }
    `,
    expected: [
      `
      warning NL303 external-name-target
      on Service shop/a at spec.externalName
      externalName db-0.db.data.svc.cluster.local stands for a pod of Service data/db, which is not headless: its pods have no names
      help: use the name of the Service, or that of a headless Service for the same pods
      see Service data/db at spec: has a cluster address
      `,
    ],
  },
  {
    name: 'a Service that is not there',
    input: `
      - Service shop/db: { type: ExternalName, externalName: postgres.data.svc.cluster.local }
    `,
    expected: [
      `
      warning NL303 external-name-target
      on Service shop/db at spec.externalName
      externalName postgres.data.svc.cluster.local stands for Service data/postgres, which is not in the input
      help: check the name and the namespace, or add the manifests of that Service
      `,
    ],
  },
  {
    name: 'a similar name, and the name in another namespace',
    input: `
      - Service shop/a: { type: ExternalName, externalName: postgers.data.svc.cluster.local }
      - Service data/postgres: { ports: [{ port: 5432 }] }
      - Service shop/b: { type: ExternalName, externalName: db-0.cache.shop.svc.cluster.local }
      - Service data/cache: { ports: [{ port: 6379 }] }
    `,
    expected: [
      `
      warning NL303 external-name-target
      on Service shop/a at spec.externalName
      externalName postgers.data.svc.cluster.local stands for Service data/postgers, which is not in the input
      help: did you mean Service data/postgres?
      see Service data/postgres at metadata.name: a similar name
      `,
      `
      warning NL303 external-name-target
      on Service shop/b at spec.externalName
      externalName db-0.cache.shop.svc.cluster.local stands for Service shop/cache, which is not in the input
      help: there is a Service cache in data
      `,
    ],
  },
  {
    name: 'silent: the Service is there, the API server, public names',
    input: `
      - Service shop/a: { type: ExternalName, externalName: postgres.data.svc.cluster.local }
      - Service data/postgres: { ports: [{ port: 5432 }] }
      - Service shop/b: { type: ExternalName, externalName: kubernetes.default.svc.cluster.local }
      - Service shop/c: { type: ExternalName, externalName: svc.example.com }
      - Service shop/d: { type: ExternalName, externalName: a.b.svc.cluster.other }
    `,
    expected: [],
  },
]);
