import { externalNameRelative } from '../../../lib/rules/dns/external-name-relative';
import { testRule } from '../expectations';

function relative(name: string, complete: string): string {
  return `
    warning NL308 external-name-relative
    on Service shop/db at spec.externalName
    externalName ${name} is not a complete name: the target of an alias is not looked up in the search domains of pods
    help: write ${complete}
  `;
}

testRule(externalNameRelative, [
  ...[
    { name: 'postgres.data.svc', complete: 'postgres.data.svc.cluster.local' },
    { name: 'postgres.data', complete: 'postgres.data.svc.cluster.local' },
    { name: 'postgres', complete: 'postgres.shop.svc.cluster.local' },
  ].map(({ name, complete }) => ({
    name,
    input: `
      - Service shop/db: { type: ExternalName, externalName: ${name} }
      - Service data/postgres: { ports: [{ port: 5432 }] }
    `,
    expected: [relative(name, complete)],
  })),
  {
    name: 'the domain of the cluster',
    input: `
      - Service shop/db: { type: ExternalName, externalName: postgres.data.svc. }
    `,
    facts: { clusterDomain: 'k8s.example' },
    expected: [relative('postgres.data.svc.', 'postgres.data.svc.k8s.example')],
  },
  {
    name: 'silent: complete names, and public ones of two labels',
    input: `
      - Service shop/a: { type: ExternalName, externalName: postgres.data.svc.cluster.local }
      - Service shop/b: { type: ExternalName, externalName: example.com }
      - Service shop/c: { ports: [{ port: 80 }] }
      - Service data/postgres: { ports: [{ port: 5432 }] }
    `,
    expected: [],
  },
]);
