import { selectorMatchesNothing } from '../../../lib/rules/services/selector-matches-nothing';
import { testRule } from '../expectations';

testRule(selectorMatchesNothing, [
  {
    name: 'a label that no pod has',
    input: `
      - Deployment shop/web: { labels: { app: web } }
      - Service shop/web: { selector: { app: web, tier: front } }
    `,
    expected: [
      `
      warning NL210 selector-matches-nothing
      on Service shop/web at spec.selector
      the selector app=web,tier=front matches no workload
      help: the nearest is Deployment shop/web, whose pods have no label tier
      `,
    ],
  },
  {
    name: 'the nearest is the one with most of the labels',
    input: `
      - Deployment shop/a: { labels: { app: web } }
      - Deployment shop/b: { labels: { app: web, part: shop, tier: back } }
      - Service shop/web: { selector: { part: shop, tier: front, app: web } }
    `,
    expected: [
      `
      warning NL210 selector-matches-nothing
      on Service shop/web at spec.selector
      the selector app=web,part=shop,tier=front matches no workload
      help: the nearest is Deployment shop/b, whose pods have tier=back
      `,
    ],
  },
  {
    name: 'every label stands on some pod of the namespace, but no pod has them all: an error',
    input: `
      - Deployment shop/web: { labels: { app: web, tier: front } }
      - Deployment shop/api: { labels: { app: api, tier: back } }
      - Service shop/web: { selector: { app: web, tier: back } }
    `,
    expected: [
      `
      error NL210 selector-matches-nothing
      on Service shop/web at spec.selector
      the selector app=web,tier=back matches no workload
      help: the nearest is Deployment shop/web, whose pods have tier=front
      `,
    ],
  },
  {
    name: 'a label on a pod of another namespace explains nothing',
    input: `
      - Deployment shop/web: { labels: { app: web, tier: front } }
      - Deployment api/api: { labels: { app: api, tier: back } }
      - Service shop/web: { selector: { app: web, tier: back } }
    `,
    expected: [
      `
      warning NL210 selector-matches-nothing
      on Service shop/web at spec.selector
      the selector app=web,tier=back matches no workload
      help: the nearest is Deployment shop/web, whose pods have tier=front
      `,
    ],
  },
  {
    name: 'pods in another namespace, whether or not the own one has pods',
    input: `
      - Deployment shop/web: { labels: { app: web } }
      - Deployment api/api: { labels: { app: api } }
      - Service api/web: { selector: { app: web } }
      - Service front/web: { selector: { app: web } }
    `,
    expected: ['api', 'front'].map(
      (namespace) => `
      warning NL210 selector-matches-nothing
      on Service ${namespace}/web at spec.selector
      the selector app=web matches no workload
      help: Deployment shop/web has these labels, in another namespace: selectors see their own namespace only
      `,
    ),
  },
  {
    name: 'a misspelling is an error, another version is not',
    input: `
      - Deployment shop/web: { labels: { app: web, version: v1 } }
      - Service shop/web: { selector: { app: wbe } }
      - Service shop/next: { selector: { app: web, version: v2 } }
    `,
    expected: [
      `
      error NL210 selector-matches-nothing
      on Service shop/web at spec.selector
      the selector app=wbe matches no workload
      help: the nearest is Deployment shop/web, whose pods have app=web
      `,
      `
      warning NL210 selector-matches-nothing
      on Service shop/next at spec.selector
      the selector app=web,version=v2 matches no workload
      help: the nearest is Deployment shop/web, whose pods have version=v1
      `,
    ],
  },
  {
    name: 'silent: one pod of a StatefulSet, by the label that it gets',
    input: `
      - StatefulSet shop/db: { labels: { app: db } }
      - Service shop/db-0: { selector: { app: db, statefulset.kubernetes.io/pod-name: db-0 } }
    `,
    expected: [],
  },
  {
    name: 'silent: labels that say who leads, and components that every cluster has',
    input: `
      - StatefulSet shop/db: { labels: { app: db } }
      - Service shop/db: { selector: { app: db, role: primary } }
      - Service shop/vault: { selector: { app: db, vault-active: 'true' } }
      - Deployment kube-system/metrics: { labels: { app: metrics } }
      - Service kube-system/dns-upstream: { selector: { k8s-app: kube-dns } }
      - Service kube-system/etcd: { selector: { component: etcd, tier: control-plane } }
    `,
    expected: [],
  },
  {
    name: 'a role that the pods have in another value, and one that is no label of who leads',
    input: `
      - StatefulSet shop/db: { labels: { app: db, role: master } }
      - Service shop/replicas: { selector: { app: db, role: replica } }
      - Deployment shop/web: { labels: { app: web } }
      - Service shop/web: { selector: { app: web, role: frontend } }
    `,
    expected: [
      `
      warning NL210 selector-matches-nothing
      on Service shop/replicas at spec.selector
      the selector app=db,role=replica matches no workload
      help: the nearest is StatefulSet shop/db, whose pods have role=master
      `,
      `
      warning NL210 selector-matches-nothing
      on Service shop/web at spec.selector
      the selector app=web,role=frontend matches no workload
      help: the nearest is Deployment shop/web, whose pods have no label role
      `,
    ],
  },
  {
    name: 'the labels of a controller are not those of its pods',
    input: `
      - Deployment shop/web: { labels: { app: web } }
        labels: { app: frontend }
      - Service shop/web: { selector: { app: frontend } }
    `,
    expected: [
      `
      error NL210 selector-matches-nothing
      on Service shop/web at spec.selector
      the selector app=frontend matches no workload
      help: Deployment shop/web has these labels itself, and its pods have not: put them into spec.template.metadata.labels
      `,
    ],
  },
  {
    name: 'labels called as members of the prototype',
    input: `
      - Deployment shop/web: { labels: { app: web } }
      - Service shop/web: { selector: { __proto__: x, constructor: y } }
      - Pod shop/a: { labels: { toString: a, __proto__: x } }
    `,
    expected: [
      `
      warning NL210 selector-matches-nothing
      on Service shop/web at spec.selector
      the selector __proto__=x,constructor=y matches no workload
      help: the nearest is Pod shop/a, whose pods have no label constructor
      `,
    ],
  },
  {
    name: 'silent: pods of every kind of object that makes pods',
    input: `
      - Pod shop/a: { labels: { app: a } }
      - DaemonSet shop/b: { labels: { app: b } }
      - StatefulSet shop/c: { labels: { app: c } }
      - CronJob shop/d: { labels: { app: d } }
      - manifest:
          apiVersion: argoproj.io/v1alpha1
          kind: Rollout
          metadata: { name: e, namespace: shop }
          spec: { template: { metadata: { labels: { app: e, more: labels } }, spec: { containers: [] } } }
      - Service shop/a: { selector: { app: a } }
      - Service shop/b: { selector: { app: b } }
      - Service shop/c: { selector: { app: c } }
      - Service shop/d: { selector: { app: d } }
      - Service shop/e: { selector: { app: e } }
      - Pod f: { labels: { app: f } }
      - Service default/f: { selector: { app: f } }
    `,
    expected: [],
  },
  {
    name: 'silent: without a selector, and for ExternalName',
    input: `
      - Pod shop/a: { labels: { app: a } }
      - Service shop/a: {}
      - Service shop/b: { selector: {} }
      - Service shop/c: { selector: [app] }
      - Service shop/d: { type: ExternalName, externalName: example.com, selector: { app: x } }
      - Service shop/e: null
    `,
    expected: [],
  },
  {
    name: 'silent: no pods of the namespace in the input, as when only Services are checked',
    input: `
      - Service shop/a: { selector: { app: a } }
      - Pod other/b: { labels: { app: b } }
    `,
    expected: [],
  },
  {
    name: 'pods of an operator: its custom resource by name or by group, its labels, its name',
    input: `
      - Deployment shop/web: { labels: { app: web, tier: front } }
      - manifest: { apiVersion: kafka.strimzi.io/v1beta2, kind: Kafka, metadata: { name: events, namespace: shop } }
      - manifest: { apiVersion: acid.zalan.do/v1, kind: postgresql, metadata: { name: acid-orders, namespace: shop } }
      - manifest: { apiVersion: db.example.com/v1, kind: Database, metadata: { name: orders, namespace: data } }
      - Service shop/a: { selector: { strimzi.io/cluster: other } }
      - Service shop/b: { selector: { application: spilo, cluster-name: acid-orders } }
      - Service shop/c: { selector: { db.example.com/role: primary } }
      - Service shop/d: { selector: { app.kubernetes.io/managed-by: queue-operator } }
      - Service shop/e: { selector: { cnpg.io/cluster: orders } }
      - manifest:
          apiVersion: leaderworkerset.x-k8s.io/v1
          kind: LeaderWorkerSet
          metadata: { name: model, namespace: shop }
          spec: { leaderWorkerTemplate: { leaderTemplate: { metadata: { labels: { role: leader } }, spec: { containers: [{ name: main }] } } } }
      - Service shop/f: { selector: { leaderworkerset.sigs.k8s.io/name: model, role: leader } }
    `,
    expected: [],
  },
  {
    name: 'custom resources that make no pods, of another namespace, and what the input shows to be wrong',
    input: `
      - Deployment shop/web: { labels: { app: web, tier: front } }
      - manifest: { apiVersion: monitoring.coreos.com/v1, kind: ServiceMonitor, metadata: { name: checkout, namespace: shop } }
      - manifest: { apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: { name: checkout, namespace: shop } }
      - manifest: { apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: { name: checkout, namespace: shop } }
      - manifest: { apiVersion: acid.zalan.do/v1, kind: postgresql, metadata: { name: checkout, namespace: data } }
      - manifest: { apiVersion: acid.zalan.do/v1, kind: postgresql, metadata: { name: wbe, namespace: shop } }
      - Service shop/a: { selector: { app: checkout } }
      - Service shop/b: { selector: { app: wbe } }
    `,
    expected: [
      `
      error NL210 selector-matches-nothing
      on Service shop/b at spec.selector
      the selector app=wbe matches no workload
      help: the nearest is Deployment shop/web, whose pods have app=web
      `,
      `
      info NL210 selector-matches-nothing
      on Service shop/a at spec.selector
      the selector app=checkout matches no workload
      help: nothing is wrong if what postgresql shop/wbe stands for makes the pods; else: no pod in namespace shop comes near: compare app=checkout with the labels of the pod templates
      `,
    ],
  },
]);
