import { readTree, type ReadTree } from '../../../lib/manifests';
import { at } from '../../../lib/model';

const object = (kind: string, name: string, more = ''): string =>
  `apiVersion: ${kind === 'Deployment' ? 'apps/v1' : 'v1'}\nkind: ${kind}\nmetadata:\n  name: ${name}\n${more}`;
const service = (name: string, more = ''): string => object('Service', name, more);

function tree(texts: Record<string, string>, options: Parameters<typeof readTree>[1] = {}): ReadTree {
  return readTree(
    Object.entries(texts).map(([path, text]) => ({ path, bytes: Buffer.from(text) })),
    options,
  );
}

/** Each cluster with the names of its objects. */
function clusters(read: ReadTree): Record<string, string[]> {
  return Object.fromEntries(
    read.clusters.map(({ name, objects }) => [
      name ?? '-',
      objects
        .map(({ manifest }) =>
          [at(manifest, 'metadata', 'namespace'), at(manifest, 'metadata', 'name')].filter(Boolean).join('/'),
        )
        .sort(),
    ]),
  );
}

const flux = (name: string, path: string, more = ''): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata:\n  name: ${name}\nspec:\n  path: ${path}\n${more}`;

test.each<[string, Record<string, string>, Record<string, string[]>]>([
  ['files of one folder are one cluster', { 'a.yaml': service('a'), 'b.yaml': service('b') }, { '-': ['a', 'b'] }],
  ['nothing is one cluster without objects', {}, { '-': [] }],
  [
    'folders that say different things are one cluster',
    { 'a/x.yaml': service('a'), 'b/x.yaml': service('b') },
    { '-': ['a', 'b'] },
  ],
  [
    'folders that repeat one another are clusters',
    { 'dev/x.yaml': service('a'), 'prod/x.yaml': service('a'), 'prod/y.yaml': service('b') },
    { dev: ['a'], prod: ['a', 'b'] },
  ],
  [
    'where most folders repeat one another, all are clusters',
    {
      'e/1/x.yaml': service('a'),
      'e/2/x.yaml': service('a'),
      'e/3/x.yaml': service('b'),
      'other/x.yaml': service('c'),
    },
    { 'e/1': ['a'], 'e/2': ['a'], 'e/3': ['b'], '-': ['c'] },
  ],
  [
    'one object among many that is there twice is a mistake, and no second cluster',
    {
      'a/x.yaml': [service('a'), service('b'), service('c')].join('---\n'),
      'b/x.yaml': [service('a'), service('d'), service('e')].join('---\n'),
    },
    { '-': ['a', 'a', 'b', 'c', 'd', 'e'] },
  ],
  [
    'a Namespace that each folder brings along says nothing',
    {
      'a/x.yaml': [object('Namespace', 'ns'), service('a')].join('---\n'),
      'b/x.yaml': [object('Namespace', 'ns'), service('b')].join('---\n'),
    },
    { '-': ['a', 'b', 'ns', 'ns'] },
  ],
  [
    'folders of environments',
    { 'env/dev/x.yaml': service('a'), 'env/prod/x.yaml': service('b'), 'shop/overlays/prod/x.yaml': service('c') },
    { dev: ['a'], prod: ['b', 'c'] },
  ],
  [
    'overlays of one name that are variants of one thing',
    { 'a/overlays/prod/x.yaml': service('a'), 'b/overlays/prod/x.yaml': service('a') },
    { 'a/…/prod': ['a'], 'b/…/prod': ['a'] },
  ],
  [
    'a base is in each overlay, and by itself nothing',
    {
      'base/kustomization.yaml': 'resources: [x.yaml]',
      'base/x.yaml': service('a'),
      'overlays/dev/kustomization.yaml': 'namespace: dev\nresources: [../../base]',
      'overlays/prod/kustomization.yaml': 'namespace: prod\nresources: [../../base]',
    },
    { dev: ['dev/a'], prod: ['prod/a'] },
  ],
  [
    'a component alone is nothing',
    { 'c/kustomization.yaml': 'kind: Component\nresources: [x.yaml]', 'c/x.yaml': service('a') },
    { '-': ['a'] },
  ],
  [
    'Flux Kustomizations are of the cluster that they are in, and so is what they apply',
    {
      'clusters/a/x.yaml': flux('x', './apps', '  targetNamespace: shop\n'),
      'clusters/b/x.yaml': flux('x', './apps'),
      'apps/web.yaml': service('web'),
      'apps/inner/kustomization.yaml': 'namePrefix: p-\nresources: [api.yaml]',
      'apps/inner/api.yaml': service('api'),
    },
    { a: ['shop/p-api', 'shop/web', 'x'], b: ['p-api', 'web', 'x'] },
  ],
  [
    'Flux Kustomizations inside of what others apply',
    {
      'flux/root.yaml': flux('root', './k8s/apps'),
      'k8s/apps/media/kustomization.yaml': 'namespace: media\nresources: [films/ks.yaml]',
      'k8s/apps/media/films/ks.yaml': flux('films', './k8s/apps/media/films/app', '  targetNamespace: media\n'),
      'k8s/apps/media/films/app/kustomization.yaml': 'resources: [x.yaml]',
      'k8s/apps/media/films/app/x.yaml': service('films'),
    },
    { '-': ['media/films', 'media/films', 'root'] },
  ],
  [
    'the root of the repository may be above',
    { 'repo/clusters/a/x.yaml': flux('x', './apps'), 'repo/apps/web.yaml': service('web') },
    { a: ['web', 'x'] },
  ],
  [
    'Applications of Argo CD by where they go, with the namespace that they give',
    {
      'apps.yaml': [
        'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: one}\nspec:\n  source: {path: m/one}\n  destination: {name: east, namespace: shop}\n',
        'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: set}\nspec:\n  generators: [{list: {elements: [{c: west}, {c: east}]}}]\n  template: {spec: {source: {path: "m/{{c}}"}, destination: {name: "{{c}}"}}}\n',
      ].join('---\n'),
      'm/one/x.yaml': service('a'),
      'm/west/x.yaml': service('b'),
      'm/east/x.yaml': service('c'),
    },
    { east: ['c', 'shop/a'], west: ['b'], '-': ['one', 'set'] },
  ],
  [
    'a chart is no manifest, and neither are its values',
    {
      'chart/Chart.yaml': 'name: a\nversion: 1.0.0\n',
      'chart/values.yaml': service('no'),
      'chart/ci/x.yaml': service('no'),
      'chart/templates/x.yaml': service('no'),
      'chart/crds/x.yaml': object('CustomResourceDefinition', 'crd'),
      'x.yaml': service('web'),
    },
    { '-': ['crd', 'web'] },
  ],
  [
    'a patch that no kustomization names is no object',
    {
      'o/kustomization.yaml': 'resources: [x.yaml]',
      'o/x.yaml': service('a'),
      'o/later.yaml': service('a', 'spec: {type: NodePort}\n'),
      'o/delete.yaml': `$patch: delete\n${service('z')}`,
    },
    { '-': ['a'] },
  ],
  [
    'nor is what is called one, beside a kustomization or below it',
    {
      'k/kustomization.yaml': 'resources: [x.yaml]\npatches: [overlays/old.yaml]',
      'k/x.yaml': service('a'),
      'k/web_patch.yaml': object('Deployment', 'web'),
      'k/patches/cpu.yaml': object('Deployment', 'cpu'),
      'k/overlays/old.yaml': object('Deployment', 'old'),
      'k/dispatcher.yaml': service('dispatcher'),
      'other/web_patch.yaml': service('no-kustomization'),
    },
    { '-': ['a', 'dispatcher', 'no-kustomization'] },
  ],
])('%s', (_, texts, expected) => {
  expect(clusters(tree(texts))).toEqual(expected);
  const reversed = Object.fromEntries(Object.entries(texts).reverse());
  expect(clusters(tree(reversed))).toEqual(expected);
});

test('clusters that somebody named: a file may belong to several', () => {
  const texts = {
    'base/kustomization.yaml': 'resources: [x.yaml]',
    'base/x.yaml': service('a'),
    'prod/kustomization.yaml': 'resources: [../base]\nnamePrefix: p-',
    'common.yaml': service('c'),
    'rest.yaml': service('r'),
  };
  const clustersOf = (path: string): readonly string[] =>
    path === 'common.yaml'
      ? ['dev', 'prod']
      : path.startsWith('prod/')
        ? ['prod']
        : path.startsWith('base/')
          ? ['dev']
          : [];
  expect(clusters(tree(texts, { clustersOf }))).toEqual({ dev: ['a', 'c'], prod: ['c', 'p-a'], '-': ['r'] });
});

test('bases that are not among the files are read', () => {
  const read = (path: string): Uint8Array | undefined =>
    path === 'base/kustomization.yaml'
      ? Buffer.from('resources: [x.yaml]')
      : path === 'base/x.yaml'
        ? Buffer.from(service('a'))
        : undefined;
  expect(clusters(tree({ 'o/kustomization.yaml': 'resources: [../base]' }, { read }))).toEqual({ '-': ['a'] });
});

test('what is not rendered makes a cluster partial, and is said once', () => {
  const read = tree({ 'kustomization.yaml': 'resources: [https://example.com/a, gone.yaml]' });
  expect(read.clusters.map(({ isPartial }) => isPartial)).toEqual([true]);
  expect(read.skipped).toEqual([
    {
      path: 'kustomization.yaml',
      because: 'not rendered, so that what follows from it is not judged: https://example.com/a is not fetched',
    },
  ]);
  expect(read.findings).toMatchObject([
    { code: 'NL947', severity: 'warning', origin: { file: 'kustomization.yaml', line: 1 } },
  ]);
});
