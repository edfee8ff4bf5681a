import { workloadSelectorMismatch } from '../../../lib/rules/pods/workload-selector-mismatch';
import { testRule } from '../expectations';

function deployment(selector: string, labels: string, apiVersion = 'apps/v1'): string {
  return `
      - manifest:
          apiVersion: ${apiVersion}
          kind: Deployment
          metadata: { name: web, namespace: shop }
          spec: { selector: ${selector}, template: { metadata: { labels: ${labels} }, spec: { containers: [] } } }
    `;
}

function error(selector: string, labels: string): string {
  return `
      error NL536 workload-selector-mismatch
      on Deployment shop/web at spec.selector
      the selector ${selector} does not match the labels of the pods, ${labels}
      help: give the pod template these labels, in spec.template.metadata.labels; the selector cannot be changed later
      `;
}

testRule(workloadSelectorMismatch, [
  {
    name: 'another value',
    input: deployment('{ matchLabels: { app: web } }', '{ app: api }'),
    expected: [error('app=web', 'app=api')],
  },
  {
    name: 'an expression, and pods without labels',
    input: deployment('{ matchExpressions: [{ key: app, operator: Exists }] }', '{}'),
    expected: [error('app', 'of which there are none')],
  },
  {
    name: 'a label that is null is the empty text',
    input:
      deployment('{ matchLabels: { app: null } }', '{ app: api }') +
      deployment('{ matchLabels: { app: api } }', '{ app: null }'),
    expected: [error('app=', 'app=api'), error('app=api', 'app=')],
  },
  {
    name: 'silent: both are empty',
    input: deployment('{ matchLabels: { app: null } }', '{ app: "" }'),
    expected: [],
  },
  {
    name: 'no template; a template without pods',
    input: `
      - manifest: { apiVersion: apps/v1, kind: StatefulSet, metadata: { name: a }, spec: { selector: { matchLabels: { app: a } } } }
      - manifest: { apiVersion: apps/v1, kind: StatefulSet, metadata: { name: b }, spec: { selector: { matchLabels: { app: b } }, template: { metadata: {} } } }
    `,
    expected: [
      `
      error NL536 workload-selector-mismatch
      on StatefulSet default/a at spec.template
      the StatefulSet has no template
      help: write spec.template, with labels that spec.selector matches
      `,
      `
      error NL536 workload-selector-mismatch
      on StatefulSet default/b at spec.selector
      the selector app=b does not match the labels of the pods, of which there are none
      help: give the pod template these labels, in spec.template.metadata.labels; the selector cannot be changed later
      `,
    ],
  },
  {
    name: 'silent: patches for objects',
    input: `
      - manifest: { apiVersion: apps/v1, kind: Deployment, metadata: { name: a }, spec: { replicas: 3 } }
      - manifest: { apiVersion: apps/v1, kind: Deployment, metadata: { name: b }, spec: { template: { metadata: { annotations: { a: b } } } } }
    `,
    expected: [],
  },
  ...['null', '{}', '{ matchLabels: {}, matchExpressions: [] }'].map((selector) => ({
    name: `nothing is selected: ${selector}`,
    input: deployment(selector, '{ app: web }'),
    expected: [
      `
      error NL536 workload-selector-mismatch
      on Deployment shop/web at spec.selector
      the Deployment has no selector
      help: write spec.selector.matchLabels, with labels of spec.template.metadata.labels
      `,
    ],
  })),
  {
    name: 'silent: a selector of fields that are not there, or of values that are none',
    input: deployment('{ app: web }', '{ app: web }') + deployment('{ matchLabels: { app: 1 } }', '{}'),
    expected: [],
  },
  {
    name: 'silent: a match',
    input: deployment('{ matchLabels: { app: web } }', '{ app: web, tier: front }'),
    expected: [],
  },
  {
    name: 'silent: an older version, which has its own rule',
    input: deployment('{ matchLabels: { app: web } }', '{}', 'apps/v1beta2'),
    expected: [],
  },
]);
