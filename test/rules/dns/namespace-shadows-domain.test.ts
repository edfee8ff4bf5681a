import { namespaceShadowsDomain } from '../../../lib/rules/dns/namespace-shadows-domain';
import { testRule } from '../expectations';

testRule(namespaceShadowsDomain, [
  {
    name: 'a namespace that is declared',
    input: `
      - Namespace com: {}
      - Service shop/db: { type: ExternalName, externalName: db.example.com }
      - Service com/github: { ports: [{ port: 80 }] }
    `,
    expected: [
      `
      warning NL306 namespace-shadows-domain
      on Namespace com at metadata.name
      in pods, a name under .com may mean a Service of namespace com before it means db.example.com
      help: give the namespace another name, or write public names with a dot at the end
      see Service shop/db at spec.externalName: Service shop/db uses db.example.com
      `,
    ],
  },
  {
    name: 'a namespace that Services are in',
    input: `
      - Service io/b: { ports: [{ port: 80 }] }
      - Service io/a: { ports: [{ port: 80 }] }
      - EndpointSlice shop/ghcr: { addressType: FQDN, endpoints: [{ addresses: [ghcr.io.] }] }
      - Service shop/quay: { type: ExternalName, externalName: quay.io }
    `,
    expected: [
      `
      warning NL306 namespace-shadows-domain
      on Service io/a at metadata.namespace
      in pods, a name under .io may mean a Service of namespace io before it means quay.io
      help: give the namespace another name, or write public names with a dot at the end
      see Service shop/quay at spec.externalName: Service shop/quay uses quay.io
      `,
    ],
  },
  {
    name: 'silent: other domains, names of the cluster, namespaces without Services',
    input: `
      - Namespace local: {}
      - Namespace commerce: {}
      - Service shop/a: { type: ExternalName, externalName: db.data.svc.cluster.local }
      - Service shop/b: { type: ExternalName, externalName: db.example.com }
      - Deployment com/web: { labels: { app: web } }
    `,
    expected: [],
  },
]);
