import { metadataInvalid } from '../../../lib/rules/objects/metadata-invalid';
import { testRule } from '../expectations';

function found(field: string, message: string, help: string): string {
  return ['error NL921 metadata-invalid', `on Deployment shop/web at ${field}`, message, `help: ${help}`].join('\n');
}

const VALUE =
  'use at most 63 letters, digits, hyphens, underscores and dots, a letter or digit first and last; other texts can be annotations';
const LABEL = 'use at most 63 lower-case letters, digits and hyphens, a letter or digit first and last';
const KEY =
  'use at most 63 letters, digits, hyphens, underscores and dots, a letter or digit first and last, after an optional DNS name and a slash, such as example.com/name';

testRule(metadataInvalid, [
  {
    name: 'names of custom resources, and of kinds that the input defines',
    input: [
      ['projectcalico.org/v3', 'IPPool', 'Zone_A'],
      ['crd.projectcalico.org/v1', 'IPPool', 'zone_a'],
      ['policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy', 'tenants-'],
      ['example.com/v1', 'Thing', 'café'],
    ]
      .map(
        ([apiVersion, kind, name]) => `
      - manifest: { apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: ${name} } }`,
      )
      .join('').concat(`
      - manifest: { apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: { name: things.example.com }, spec: { group: example.com } }
      `),
    expected: [
      ['ClusterNetworkPolicy tenants-', 'tenants-'],
      ['IPPool Zone_A', 'Zone_A'],
      ['IPPool zone_a', 'zone_a'],
      ['Thing default/café', 'café'],
    ].map(
      ([object, name]) => `
      error NL921 metadata-invalid
      on ${object} at metadata.name
      the name "${name}" is not a DNS name
      help: use lower-case letters, digits, hyphens and dots, a letter or digit first and last, and at most 253 characters
      `,
    ),
  },
  {
    name: 'silent: the name of a kind that nobody knows',
    input: `
      - manifest: { apiVersion: example.com/v1, kind: Thing, metadata: { name: Zone_A } }
    `,
    expected: [],
  },
  {
    name: 'a StatefulSet with a name that is no label',
    input: `
      - StatefulSet shop/${'a'.repeat(64)}: {}
      - StatefulSet shop/${'a'.repeat(63)}: {}
    `,
    expected: [
      `
      error NL921 metadata-invalid
      on StatefulSet shop/${'a'.repeat(64)} at metadata.name
      the name of the StatefulSet has 64 characters, and at most 63 are allowed
      help: shorten it: it becomes a part of the labels of its pods
      `,
    ],
  },
  {
    name: 'the pods of a CronJob',
    input: `
      - manifest: { apiVersion: batch/v1, kind: CronJob, metadata: { name: a }, spec: { jobTemplate: { spec: { template: { metadata: { labels: { app: a b } } } } } } }
    `,
    expected: [
      `
      error NL921 metadata-invalid
      on CronJob default/a at spec.jobTemplate.spec.template.metadata.labels.app
      label app is "a b", which is not a label value
      help: use at most 63 letters, digits, hyphens, underscores and dots, a letter or digit first and last; other texts can be annotations
      `,
    ],
  },
  {
    name: 'keys',
    input: `
      - Deployment shop/web: {}
        labels: { -bad-: x, a/b/c: y }
        annotations: { a b: z }
    `,
    expected: [
      found('metadata.labels.-bad-', '"-bad-" is not a key of a label', KEY),
      found('metadata.annotations.a b', '"a b" is not a key of an annotation', KEY),
      found('metadata.labels.a/b/c', '"a/b/c" is not a key of a label', KEY),
    ],
  },
  {
    name: 'values',
    input: `
      - Deployment shop/web: { labels: { app: a b } }
        labels: { tier: front- }
    `,
    expected: [
      found('spec.template.metadata.labels.app', 'label app is "a b", which is not a label value', VALUE),
      found('metadata.labels.tier', 'label tier is "front-", which is not a label value', VALUE),
    ],
  },
  {
    name: 'what the API server takes, and what whoever reads the file reports',
    input: `
      - Deployment shop/web: { labels: { app.kubernetes.io/name: web, empty: '' } }
        labels: { tier: null, version: 1, A_b.c-1: v1.2_3-x }
        annotations: { Example.COM/Name: 'any text: {}', empty: null }
      - ConfigMap shop/none: {}
        labels: null
        annotations: null
    `,
    expected: [],
  },
  {
    name: 'no maps',
    input: `
      - Deployment shop/web: {}
        labels: [a, b]
        annotations: text
    `,
    expected: [
      found(
        'metadata.annotations',
        'annotations is "text", and must be a map of keys and texts',
        'write KEY: "TEXT" for each of the annotations',
      ),
      found(
        'metadata.labels',
        'labels is a list, and must be a map of keys and texts',
        'write KEY: "TEXT" for each of the labels',
      ),
    ],
  },
  {
    name: 'names',
    input: `
      - Namespace shop.prod: {}
      - Ingress shop/My_Web: {}
      - NetworkPolicy Shop/web: {}
    `,
    expected: [
      [
        'error NL921 metadata-invalid',
        'on Ingress shop/My_Web at metadata.name',
        'the name "My_Web" is not a DNS name',
        'help: use lower-case letters, digits, hyphens and dots, a letter or digit first and last, and at most 253 characters',
      ].join('\n'),
      [
        'error NL921 metadata-invalid',
        'on Namespace shop.prod at metadata.name',
        'the name "shop.prod" of the namespace is not a DNS label',
        `help: ${LABEL}`,
      ].join('\n'),
      [
        'error NL921 metadata-invalid',
        'on NetworkPolicy Shop/web at metadata.namespace',
        'the name "Shop" of the namespace is not a DNS label',
        `help: ${LABEL}`,
      ].join('\n'),
    ],
  },
  {
    name: 'names that other rules know, or that are free',
    input: `
      - Service shop/My_Web: {}
      - ConfigMap shop/a.b-c.1: {}
      - manifest: { apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: { name: 'system:My_Role' } }
      - manifest: { apiVersion: example.com/v1, kind: Tenant, metadata: { name: My_Tenant, namespace: shop } }
    `,
    expected: [],
  },
]);
