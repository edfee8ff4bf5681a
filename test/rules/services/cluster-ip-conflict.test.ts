import { clusterIpConflict } from '../../../lib/rules/services/cluster-ip-conflict';
import { testRule } from '../expectations';

const HELP = 'help: give one of them another address, or leave the address out and let the cluster choose';

testRule(clusterIpConflict, [
  {
    name: 'one address in two namespaces',
    input: `
      - Service shop/web: { clusterIP: 10.96.7.7 }
      - Service api/api: { clusterIP: 10.96.7.7 }
    `,
    expected: [
      `
      error NL201 cluster-ip-conflict
      on Service shop/web at spec.clusterIP
      clusterIP 10.96.7.7 is also used by Service api/api
      ${HELP}
      see Service api/api at spec.clusterIP: first used here
      `,
    ],
  },
  {
    name: 'every further Service is compared with the first',
    input: `
      - Service a/a: { clusterIP: 10.96.7.7 }
      - Service a/b: { clusterIP: 10.96.7.7 }
      - Service a/c: { clusterIP: 10.96.7.7 }
    `,
    expected: [
      `
      error NL201 cluster-ip-conflict
      on Service a/b at spec.clusterIP
      clusterIP 10.96.7.7 is also used by Service a/a
      ${HELP}
      see Service a/a at spec.clusterIP: first used here
      `,
      `
      error NL201 cluster-ip-conflict
      on Service a/c at spec.clusterIP
      clusterIP 10.96.7.7 is also used by Service a/a
      ${HELP}
      see Service a/a at spec.clusterIP: first used here
      `,
    ],
  },
  {
    name: 'the second address of a dual-stack Service, spelled differently',
    input: `
      - Service shop/web: { clusterIP: 10.96.7.7, clusterIPs: [10.96.7.7, 'fd00:96::7'] }
      - Service shop/api: { clusterIP: 10.96.7.8, clusterIPs: [10.96.7.8, 'FD00:0096:0:0::0007'] }
    `,
    expected: [
      `
      error NL201 cluster-ip-conflict
      on Service shop/web at spec.clusterIPs.1
      clusterIP fd00:96::7 is also used by Service shop/api
      ${HELP}
      see Service shop/api at spec.clusterIPs.1: first used here
      `,
    ],
  },
  {
    name: 'clusterIPs alone',
    input: `
      - Service shop/web: { clusterIPs: [10.96.7.7] }
      - Service shop/api: { type: LoadBalancer, clusterIP: 10.96.7.7 }
    `,
    expected: [
      `
      error NL201 cluster-ip-conflict
      on Service shop/web at spec.clusterIPs.0
      clusterIP 10.96.7.7 is also used by Service shop/api
      ${HELP}
      see Service shop/api at spec.clusterIP: first used here
      `,
    ],
  },
  {
    name: 'silent: clusterIP and the clusterIPs of one Service',
    input: `
      - Service shop/web: { clusterIP: 10.96.7.7, clusterIPs: [10.96.7.7] }
    `,
    expected: [],
  },
  {
    name: 'silent: headless, empty and unset addresses are no addresses',
    input: `
      - Service shop/a: { clusterIP: None }
      - Service shop/b: { clusterIP: None, clusterIPs: [None] }
      - Service shop/c: { clusterIP: '' }
      - Service shop/d: { clusterIP: '' }
      - Service shop/e: {}
    `,
    expected: [],
  },
  {
    name: 'silent: an ExternalName Service has no address',
    input: `
      - Service shop/a: { type: ExternalName, externalName: example.com, clusterIP: 10.96.7.7 }
      - Service shop/b: { clusterIP: 10.96.7.7 }
    `,
    expected: [],
  },
  {
    name: 'silent: what is no address is no address that is used twice',
    input: `
      - Service shop/a: { clusterIP: 10.096.000.020 }
      - Service shop/b: { clusterIP: 10.096.000.020 }
      - Service shop/c: { clusterIP: 7 }
      - Service shop/d: { clusterIP: 7 }
      - Service shop/e: { clusterIPs: 10.96.7.7 }
      - Service shop/f: { clusterIPs: [null, {}] }
    `,
    expected: [],
  },
  {
    name: 'silent: a Service of another API group is no Service',
    input: `
      - manifest:
          apiVersion: serving.knative.dev/v1
          kind: Service
          metadata: { name: web, namespace: shop }
          spec: { clusterIP: 10.96.7.7 }
      - Service shop/api: { clusterIP: 10.96.7.7 }
    `,
    expected: [],
  },
  {
    name: 'silent: of a Service that is defined twice one definition counts',
    input: `
      - Service shop/web: { clusterIP: 10.96.7.7 }
      - Service shop/web: { clusterIP: 10.96.7.7 }
    `,
    expected: [],
  },
]);
