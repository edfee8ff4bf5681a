import { policyNamespaceOmitted } from '../../../lib/rules/policies/policy-namespace-omitted';
import { testRule } from '../expectations';

testRule(policyNamespaceOmitted, [
  {
    name: 'a policy for all pods, none of which is where it lands',
    input: `
      - Deployment shop/web: { labels: { app: web } }
      - Deployment shop/api: { labels: { app: api } }
      - NetworkPolicy deny: { podSelector: {} }
    `,
    expected: [
      `
      warning NL517 policy-namespace-omitted
      on NetworkPolicy default/deny at metadata.namespace
      the policy is for all pods of its namespace and names none; no workload is in namespace default, and 2 in others
      help: set metadata.namespace, once for each namespace that the policy is for
      `,
    ],
  },
  {
    name: 'manifests that name no namespace, and policies that name one or select pods',
    input: `
      - Deployment shop/web: { labels: { app: web } }
      - NetworkPolicy default/deny: { podSelector: {} }
      - NetworkPolicy web: { podSelector: { matchLabels: { app: web } } }
    `,
    expected: [],
  },
  {
    name: 'workloads that name no namespace either',
    input: `
      - Deployment web: { labels: { app: web } }
      - Deployment shop/web: { labels: { app: web } }
      - NetworkPolicy deny: { podSelector: {} }
    `,
    expected: [],
  },
  { name: 'no workloads', input: '[{ NetworkPolicy deny: { podSelector: {} } }]', expected: [] },
]);
