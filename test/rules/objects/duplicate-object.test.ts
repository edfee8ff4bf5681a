import { duplicateObject } from '../../../lib/rules/objects/duplicate-object';
import type { Finding, Origin } from '../../../lib/finding/finding';
import type { SourceObject } from '../../../lib/model';
import { networkModel } from '../../../lib/model';
import { runRules } from '../../../lib/rules';
import { objects, sourceObject, testRule } from '../expectations';

const TWICE = `this object is defined twice: the one that is applied last replaces the other
      help: rename one of them, or remove it`;

testRule(duplicateObject, [
  {
    name: 'any kind of object, every further definition',
    input: `
      - ConfigMap shop/settings: {}
      - ConfigMap shop/settings: {}
      - ConfigMap shop/settings: {}
    `,
    expected: [
      `
      error NL910 duplicate-object
      on ConfigMap shop/settings at metadata.name
      ${TWICE}
      see ConfigMap shop/settings at metadata.name: first defined here
      `,
      `
      error NL910 duplicate-object
      on ConfigMap shop/settings at metadata.name
      ${TWICE}
      see ConfigMap shop/settings at metadata.name: first defined here
      `,
    ],
  },
  {
    name: 'no namespace, an empty one and default are one namespace',
    input: `
      - Service web: {}
      - manifest: { apiVersion: v1, kind: Service, metadata: { name: web, namespace: '' } }
      - Service default/web: {}
    `,
    expected: [
      `
      error NL910 duplicate-object
      on Service default/web at metadata.name
      ${TWICE}
      see Service default/web at metadata.name: first defined here
      `,
      `
      error NL910 duplicate-object
      on Service default/web at metadata.name
      ${TWICE}
      see Service default/web at metadata.name: first defined here
      `,
    ],
  },
  {
    name: 'cluster-scoped kinds have no namespace, whatever they say',
    input: `
      - IPPool a/pool: { cidr: 10.48.0.0/16 }
      - IPPool b/pool: { cidr: 10.49.0.0/16 }
    `,
    expected: [
      `
      error NL910 duplicate-object
      on IPPool pool at metadata.name
      ${TWICE}
      see IPPool pool at metadata.name: first defined here
      `,
    ],
  },
  {
    name: 'two versions of one API group are views of one object',
    input: `
      - manifest: { apiVersion: autoscaling/v1, kind: HorizontalPodAutoscaler, metadata: { name: web, namespace: shop } }
      - manifest: { apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: { name: web, namespace: shop } }
    `,
    expected: [
      `
      error NL910 duplicate-object
      on HorizontalPodAutoscaler shop/web at metadata.name
      ${TWICE}
      see HorizontalPodAutoscaler shop/web at metadata.name: first defined here
      `,
    ],
  },
  {
    name: 'the items of a List, each with its own place',
    input: `
      - Service shop/web: {}
      - manifest:
          apiVersion: v1
          kind: List
          items:
            - null
            - { apiVersion: v1, kind: Service, metadata: { name: web, namespace: shop } }
    `,
    expected: [
      `
      error NL910 duplicate-object
      on Service shop/web at items.1.metadata.name
      ${TWICE}
      see Service shop/web at metadata.name: first defined here
      `,
    ],
  },
  {
    name: 'silent: one name in other kinds, namespaces and API groups; documents without an identity',
    input: `
      - Service shop/web: {}
      - Deployment shop/web: {}
      - Service api/web: {}
      - manifest: { apiVersion: serving.knative.dev/v1, kind: Service, metadata: { name: web, namespace: shop } }
      - manifest: { apiVersion: v1, kind: Pod, metadata: { generateName: web- } }
      - manifest: { apiVersion: v1, kind: Pod, metadata: { generateName: web- } }
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: '' } }
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: '' } }
      - manifest: { apiVersion: v1, kind: Pod, metadata: web }
      - manifest: { version: '3', services: { web: {} } }
      - manifest: null
      - manifest: null
      - manifest: text
      - manifest: [1, 2]
      - manifest: { apiVersion: v1, kind: List, items: null }
    `,
    expected: [],
  },
]);

test('the first definition is the one that stands first by file and line, whatever the order of reading', () => {
  const [manifest] = objects('[{ Service shop/web: {} }]').map((source) => source.manifest);
  const sources = ['b.yaml', 'c.yaml', 'a.yaml'].map((file) => sourceObject(manifest, file));
  const { findings } = runRules([duplicateObject], networkModel(sources, {}));
  expect(findings.map(({ origin, related }) => [origin?.file, related[0].origin?.file])).toEqual([
    ['b.yaml', 'a.yaml'],
    ['c.yaml', 'a.yaml'],
  ]);
});

test.each<[string, readonly string[], readonly string[]]>([
  ['one file', ['a.yaml', 'a.yaml'], ['error']],
  ['one folder is applied as a whole', ['k8s/a.yaml', 'k8s/b.yaml'], ['error']],
  ['two folders need not be', ['a/x.yaml', 'b/x.yaml'], ['warning']],
  ['examples are not', ['examples/a.yaml', 'examples/b.yaml'], ['warning']],
  ['nor what is in the archive', ['_archived/nfs/a.yaml', '_archived/nfs/b.yaml'], ['warning']],
])('%s', (_, files, severities) => {
  const manifest = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web' } };
  const sources = files.map((file, line) => ({
    manifest,
    locate: () => ({ file, line: line + 1, column: 1, construct: null }),
  }));
  const { findings } = runRules([duplicateObject], networkModel(sources, {}));
  expect(findings.map(({ severity }) => severity)).toEqual(severities);
});

test('what several kustomizations render from one text is said once, and code makes many objects in one line', () => {
  const at = (construct: string | null) => (): Origin => ({ file: 'base/x.yaml', line: 4, column: 3, construct });
  const service = (name: string): unknown => ({ apiVersion: 'v1', kind: 'Service', metadata: { name } });
  const sources = ['a', 'b', 'a', 'b'].map((name) => ({ manifest: service(name), locate: at(null) }));
  const findings = (of: readonly SourceObject[]): readonly Finding[] =>
    runRules([duplicateObject], networkModel(of, {})).findings;
  expect(findings(sources)).toMatchObject([
    {
      severity: 'warning',
      message:
        'several kustomizations of one cluster render this object and 1 more: what is applied last replaces the others',
    },
  ]);
  const made = sources.map(({ manifest }, index) => ({ manifest, locate: at(`app/${index}`) }));
  expect(findings(made)).toMatchObject([{ severity: 'error' }]);
});

test('a Namespace may be brought along by several folders', () => {
  const manifest = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
  const count = (...files: string[]): number => {
    const sources = files.map((file) => ({ manifest, locate: () => ({ file, line: 1, column: 1, construct: null }) }));
    return runRules([duplicateObject], networkModel(sources, {})).findings.length;
  };
  expect(count('a/x.yaml', 'b/x.yaml')).toBe(0);
  expect(count('a/x.yaml', 'a/y.yaml')).toBe(1);
});
