import { governingService } from '../../../lib/rules/dns/governing-service';
import { testRule } from '../expectations';

testRule(governingService, [
  {
    name: 'a name that is no DNS label, in a cluster that looks at it',
    input: `
      - StatefulSet shop/db: { serviceName: db_headless, labels: { app: db } }
    `,
    facts: { kubernetesVersion: '1.33' },
    expected: [
      `
      error NL304 governing-service
      on StatefulSet shop/db at spec.serviceName
      serviceName "db_headless" is not a DNS label, which Kubernetes refuses since 1.33
      help: write the name of a Service: at most 63 lower-case letters, digits and hyphens, a letter or digit first and last
      `,
    ],
  },
  {
    name: 'silent: the same in an older cluster',
    input: `
      - StatefulSet shop/db: { serviceName: db_headless, labels: { app: db } }
    `,
    facts: { kubernetesVersion: '1.32' },
    expected: [],
  },
  {
    name: 'a Service that is not there',
    input: `
      - StatefulSet shop/db: { serviceName: db-headless, labels: { app: db } }
    `,
    expected: [
      `
      warning NL304 governing-service
      on StatefulSet shop/db at spec.serviceName
      serviceName db-headless names no Service of namespace shop
      help: add a headless Service db-headless, unless it is made elsewhere: without it the pods have no DNS names
      `,
    ],
  },
  {
    name: 'a similar name',
    input: `
      - StatefulSet shop/db: { serviceName: databse, labels: { app: db } }
      - Service shop/database: { clusterIP: None, selector: { app: db } }
    `,
    expected: [
      `
      warning NL304 governing-service
      on StatefulSet shop/db at spec.serviceName
      serviceName databse names no Service of namespace shop
      help: did you mean Service shop/database?
      see Service shop/database at metadata.name: a similar name
      `,
    ],
  },
  {
    name: 'a Service that is not headless',
    input: `
      - StatefulSet shop/db: { serviceName: db, replicas: 3, labels: { app: db } }
      - Service shop/db: { selector: { app: db }, ports: [{ port: 5432 }] }
    `,
    expected: [
      `
      warning NL304 governing-service
      on StatefulSet shop/db at spec.serviceName
      Service shop/db is not headless, so that pods such as db-0 have no DNS name
      help: set clusterIP: None, and add another Service where one address is needed; clusterIP of a Service cannot be changed, it must be made anew
      see Service shop/db at spec.clusterIP: the governing Service
      `,
    ],
  },
  {
    name: 'a remark where one replica is wanted',
    input: `
      - StatefulSet shop/a: { serviceName: none, replicas: 1, labels: { app: db } }
      - StatefulSet shop/b: { serviceName: db, replicas: 1, labels: { app: db } }
      - Service shop/db: { selector: { app: db }, ports: [{ port: 5432 }] }
    `,
    expected: [
      `
      info NL304 governing-service
      on StatefulSet shop/a at spec.serviceName
      serviceName none names no Service of namespace shop
      help: add a headless Service none, unless it is made elsewhere: without it the pods have no DNS names
      `,
      `
      info NL304 governing-service
      on StatefulSet shop/b at spec.serviceName
      Service shop/db is not headless, so that pods such as b-0 have no DNS name
      help: set clusterIP: None, and add another Service where one address is needed; clusterIP of a Service cannot be changed, it must be made anew
      see Service shop/db at spec.clusterIP: the governing Service
      `,
    ],
  },
  {
    name: 'silent: headless, or no Service wanted',
    input: `
      - StatefulSet shop/a: { serviceName: db, replicas: 3, labels: { app: db } }
      - Service shop/db: { clusterIP: None, selector: { app: db } }
      - StatefulSet shop/b: { labels: { app: db } }
      - StatefulSet shop/c: { serviceName: '', labels: { app: db } }
    `,
    expected: [],
  },
  {
    name: 'a headless Service of other pods',
    input: `
      - Service shop/db: { clusterIP: None, selector: { app: web } }
      - StatefulSet shop/db: { serviceName: db, labels: { app: db } }
    `,
    expected: [
      `
      warning NL304 governing-service
      on StatefulSet shop/db at spec.serviceName
      Service shop/db does not select the pods of the StatefulSet, so that pods such as db-0 have no DNS name
      help: select labels of the pod template
      see Service shop/db at spec.selector: what it selects
      `,
    ],
  },
]);
