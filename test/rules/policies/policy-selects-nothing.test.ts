import { policySelectsNothing } from '../../../lib/rules/policies/policy-selects-nothing';
import { testRule } from '../expectations';

testRule(policySelectsNothing, [
  {
    name: 'a policy that stands in another namespace than the pods',
    input: `
      - Deployment shop/web: { labels: { app: web } }
      - NetworkPolicy web: { podSelector: { matchLabels: { app: web } } }
    `,
    expected: [
      `
      warning NL501 policy-selects-nothing
      on NetworkPolicy default/web at spec.podSelector
      the policy selects app=web, which matches no workload of the input
      help: Deployment shop/web has these labels, in another namespace: selectors see their own namespace only
      `,
    ],
  },
  {
    name: 'expressions that no pod satisfies',
    input: `
      - Deployment shop/web: { labels: { app: web, tier: front } }
      - NetworkPolicy shop/a: { podSelector: { matchExpressions: [{ key: app, operator: In, values: [api, db] }] } }
      - NetworkPolicy shop/b: { podSelector: { matchLabels: { app: web }, matchExpressions: [{ key: tier, operator: NotIn, values: [front] }] } }
      - NetworkPolicy shop/c: { podSelector: { matchExpressions: [{ key: team, operator: Exists }] } }
      - NetworkPolicy shop/d: { podSelector: { matchExpressions: [{ key: tier, operator: DoesNotExist }] } }
    `,
    expected: [
      `
      warning NL501 policy-selects-nothing
      on NetworkPolicy shop/a at spec.podSelector
      the policy selects app in (api,db), which matches no workload of the input
      help: no pod in namespace shop comes near: compare app in (api,db) with the labels of the pod templates
      `,
      `
      warning NL501 policy-selects-nothing
      on NetworkPolicy shop/b at spec.podSelector
      the policy selects app=web,tier notin (front), which matches no workload of the input
      help: the nearest is Deployment shop/web, whose pods have the labels, but do not fit the expressions
      `,
      `
      warning NL501 policy-selects-nothing
      on NetworkPolicy shop/c at spec.podSelector
      the policy selects team, which matches no workload of the input
      help: no pod in namespace shop comes near: compare team with the labels of the pod templates
      `,
      `
      warning NL501 policy-selects-nothing
      on NetworkPolicy shop/d at spec.podSelector
      the policy selects !tier, which matches no workload of the input
      help: no pod in namespace shop comes near: compare !tier with the labels of the pod templates
      `,
    ],
  },
  {
    name: 'labels on different pods are a warning too: policies are often written before the pods',
    input: `
      - Deployment shop/web: { labels: { app: web, tier: front } }
      - Deployment shop/api: { labels: { app: api, tier: back } }
      - NetworkPolicy shop/web: { podSelector: { matchLabels: { app: web, tier: back } } }
    `,
    expected: [
      `
      warning NL501 policy-selects-nothing
      on NetworkPolicy shop/web at spec.podSelector
      the policy selects app=web,tier=back, which matches no workload: it has no effect
      help: the nearest is Deployment shop/web, whose pods have tier=front
      `,
    ],
  },
  {
    name: 'silent: policies that select something, or everything',
    input: `
      - Deployment shop/web: { labels: { app: web, tier: front } }
      - NetworkPolicy shop/a: { podSelector: {} }
      - NetworkPolicy shop/b: {}
      - NetworkPolicy empty/c: { podSelector: {} }
      - NetworkPolicy shop/d: { podSelector: { matchLabels: { app: web }, matchExpressions: [{ key: tier, operator: In, values: [back, front] }] } }
      - NetworkPolicy shop/e: { podSelector: { matchExpressions: [{ key: team, operator: NotIn, values: [a] }, { key: app, operator: Exists }] } }
    `,
    expected: [],
  },
  {
    name: 'silent: no pods of the namespace in the input; policies of other API groups; shapes that are none',
    input: `
      - NetworkPolicy shop/a: { podSelector: { matchLabels: { app: web } } }
      - Pod other/b: { labels: { app: b } }
      - manifest:
          apiVersion: projectcalico.org/v3
          kind: NetworkPolicy
          metadata: { name: c, namespace: other }
          spec: { podSelector: { matchLabels: { app: x } } }
      - NetworkPolicy other/d: { podSelector: x }
      - NetworkPolicy other/e: null
    `,
    expected: [],
  },
  {
    name: 'where an operator may make the pods: once for each namespace, and no warning; what is misspelt stays one',
    input: `
      - Deployment shop/web: { labels: { app: web, tier: front } }
      - manifest: { apiVersion: kafka.example.com/v1, kind: Broker, metadata: { name: events, namespace: shop } }
      - NetworkPolicy shop/a: { podSelector: { matchLabels: { role: a } } }
      - NetworkPolicy shop/b: { podSelector: { matchLabels: { role: b } } }
      - NetworkPolicy shop/c: { podSelector: { matchLabels: { app: web, tier: frnot } } }
    `,
    expected: [
      `
      warning NL501 policy-selects-nothing
      on NetworkPolicy shop/c at spec.podSelector
      the policy selects app=web,tier=frnot, which matches no workload: it has no effect
      help: the nearest is Deployment shop/web, whose pods have tier=front
      `,
      `
      info NL501 policy-selects-nothing
      on NetworkPolicy shop/a at spec.podSelector
      the policy selects role=a, which matches no workload of the input; another selector of namespace shop matches none either
      help: nothing is wrong if what Broker shop/events stands for makes the pods; else: no pod in namespace shop comes near: compare role=a with the labels of the pod templates
      `,
    ],
  },
]);
