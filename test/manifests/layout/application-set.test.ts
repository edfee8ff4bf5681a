import { readTree, type ReadTree } from '../../../lib/manifests';
import { at } from '../../../lib/model';

function tree(texts: Record<string, string>): ReadTree {
  return readTree(Object.entries(texts).map(([path, text]) => ({ path, bytes: Buffer.from(text) })));
}

const service = (name: string): string => `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}}\n`;

/** The names of all objects, with the namespaces that the Applications give them. */
function applied(texts: Record<string, string>): readonly string[] {
  return tree(texts)
    .clusters.flatMap(({ name, objects }) =>
      objects.map(({ manifest }) =>
        [name, at(manifest, 'metadata', 'namespace'), at(manifest, 'metadata', 'name')].filter(Boolean).join('/'),
      ),
    )
    .filter((text) => !text.endsWith('set'))
    .sort();
}

const set = (generators: string, path: string, namespace: string, name = ''): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: set}\nspec:\n  generators: ${generators}\n` +
  `  template: {spec: {source: {path: "${path}"}, destination: {namespace: "${namespace}"${name && `, name: "${name}"`}}}}\n`;

const APPS = {
  'apps/web/x.yaml': service('web'),
  'apps/web/deep/x.yaml': service('deep'),
  'apps/api/x.yaml': service('api'),
  'apps/old/x.yaml': service('old'),
};

test.each<[string, Record<string, string>, readonly string[]]>([
  [
    'folders of a git generator, without those that are excluded',
    {
      ...APPS,
      'set.yaml': set(
        '[{git: {directories: [{path: apps/*}, {path: apps/old, exclude: true}]}}]',
        '{{path}}',
        '{{path.basename}}',
      ),
    },
    ['api/api', 'deep', 'old', 'web/web'],
  ],
  [
    'the same with Go templates',
    {
      ...APPS,
      'set.yaml': set('[{git: {directories: [{path: apps/*}]}}]', '{{ .path.path }}', '{{index .path.segments 1}}'),
    },
    ['api/api', 'deep', 'old/old', 'web/web'],
  ],
  [
    'a repository whose root is above',
    {
      'repo/argo/set.yaml': set('[{git: {directories: [{path: apps/*}]}}]', '{{path}}', '{{path[1]}}'),
      'repo/apps/web/x.yaml': service('web'),
    },
    ['web/web'],
  ],
  [
    'what files of a git generator say, and where they are',
    {
      'config/prod/app.json': '{"app": {"folder": "web", "ns": "shop"}}',
      'config/qa/app.json': '{"app": {"folder": "api", "ns": "test"}}',
      ...APPS,
      'set.yaml': set(
        '[{git: {files: [{path: "config/**/app.json"}]}}]',
        'apps/{{app.folder}}',
        '{{app.ns}}',
        '{{path.basename}}',
      ),
    },
    ['deep', 'old', 'prod/shop/web', 'qa/test/api'],
  ],
  [
    'the combinations of a matrix',
    {
      ...APPS,
      'set.yaml': set(
        '[{matrix: {generators: [{list: {elements: [{env: east}, {env: west}]}}, {git: {directories: [{path: apps/w*}]}}]}}]',
        '{{path}}',
        '{{path.basename}}',
        '{{env}}',
      ),
    },
    ['api', 'deep', 'east/web/web', 'old', 'west/web/web'],
  ],
  [
    'clusters that only Argo CD knows yield nothing',
    { ...APPS, 'set.yaml': set('[{clusters: {}}]', 'apps/web', '{{name}}') },
    ['api', 'deep', 'old', 'web'],
  ],
  [
    'generators that are none yield nothing',
    {
      'apps/web/x.yaml': service('web'),
      'set.yaml': set(
        '[{git: {directories: [{path: "[a"}, {path: 7}, 7]}}, {matrix: {generators: 7}}, 7]',
        '{{path}}',
        'x',
      ),
    },
    ['web'],
  ],
])('%s', (_what, texts, expected) => {
  expect(applied(texts)).toEqual(expected);
  expect(applied(Object.fromEntries(Object.entries(texts).reverse()))).toEqual(expected);
});

test('a matrix that explodes yields nothing', () => {
  const elements = Array.from({ length: 2000 }, (_, index) => `{env: e${index}}`).join(', ');
  const generator = `{list: {elements: [${elements}]}}`;
  const text = set(`[{matrix: {generators: [${generator}, ${generator}]}}]`, 'apps/web', 'x');
  expect(applied({ 'apps/web/x.yaml': service('web'), 'set.yaml': text })).toEqual(['web']);
});
