import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFromDisk } from '../../../lib/cli/read-from-disk';
import { readManifests } from '../../../lib/manifests';
import { kustomizeFiles } from '../../../lib/manifests/kustomize/files';
import { kustomizationOf } from '../../../lib/manifests/kustomize/kustomization';
import { renderKustomization, type Rendering } from '../../../lib/manifests/kustomize/render';
import { at, type FieldPath } from '../../../lib/model';
import { sortedTexts } from './sorted-texts';

const CASES = join(__dirname, 'cases');
const names = readdirSync(CASES).flatMap((file) => /^(.*)\.rendered\.yaml$/.exec(file)?.[1] ?? []);

function render(directory: string, read: (path: string) => Uint8Array | undefined): Rendering {
  const files = kustomizeFiles(read);
  const kustomization = kustomizationOf(directory, files);
  if (kustomization === undefined) throw new Error(`${directory} has no kustomization`);
  return renderKustomization(kustomization, files);
}

/** Renders the folder `.` of files that are given as texts. */
function renderTexts(texts: Record<string, string>, directory = '.'): Rendering {
  return render(directory, (path) => (path in texts ? Buffer.from(texts[path]) : undefined));
}

test.each(names)('%s: as kustomize renders it', (name) => {
  const { objects, gaps } = render(join(CASES, name), readFromDisk([CASES]));
  const rendered = join(CASES, `${name}.rendered.yaml`);
  const theirs = readManifests([{ path: rendered, bytes: readFileSync(rendered) }]).objects;
  expect(theirs.length).toBeGreaterThan(0);
  expect(sortedTexts(objects)).toEqual(sortedTexts(theirs));
  expect(gaps).toEqual([]);
});

const SHOP = {
  'kustomization.yaml': `namespace: shop
namePrefix: a-
resources: [base]
patches:
  - path: patch.yaml
  - target: { kind: Service }
    patch: |-
      - op: replace
        path: /spec/ports/0/targetPort
        value: web
`,
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: { app: web }
  ports:
    - port: 80
      targetPort: http
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: web
          image: web
`,
  'patch.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  template:
    spec:
      containers:
        - name: web
          ports:
            - containerPort: 8080
`,
};

test.each<[string, number, FieldPath, string]>([
  ['a value of the base', 0, ['spec', 'ports', 0, 'port'], 'base/web.yaml:8'],
  ['a value of a JSON patch in the kustomization', 0, ['spec', 'ports', 0, 'targetPort'], 'kustomization.yaml:10'],
  ['a name, whatever its prefix', 0, ['metadata', 'name'], 'base/web.yaml:4'],
  ['the namespace', 0, ['metadata', 'namespace'], 'kustomization.yaml:1'],
  [
    'a value that a patch adds',
    1,
    ['spec', 'template', 'spec', 'containers', 0, 'ports', 0, 'containerPort'],
    'patch.yaml:11',
  ],
  ['a value beside it', 1, ['spec', 'template', 'spec', 'containers', 0, 'image'], 'base/web.yaml:20'],
  ['what is not there', 0, ['spec', 'clusterIP'], 'base/web.yaml:5'],
])('%s stands where it was written', (_, index, path, place) => {
  const { file, line } = renderTexts(SHOP).objects[index].locate(path);
  expect(`${String(file)}:${String(line)}`).toBe(place);
});

test('files have roles: a patch is no object', () => {
  expect([...renderTexts(SHOP).files]).toEqual([
    ['kustomization.yaml', 'kustomization'],
    ['base/kustomization.yaml', 'kustomization'],
    ['base/web.yaml', 'resource'],
    ['patch.yaml', 'part'],
  ]);
});

const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\n';

test.each<[string, Record<string, string>, string, boolean]>([
  [
    'a remote base',
    { 'kustomization.yaml': 'resources: [https://example.com/base]' },
    'https://example.com/base is not fetched',
    false,
  ],
  [
    'a remote repository',
    { 'kustomization.yaml': 'resources: [github.com/a/b//c?ref=v1]' },
    'github.com/a/b//c?ref=v1 is not fetched',
    false,
  ],
  [
    'what is not there',
    { 'kustomization.yaml': 'resources: [gone]' },
    'gone is neither a file nor a directory with a kustomization',
    true,
  ],
  ['itself', { 'kustomization.yaml': 'resources: [./]' }, './ leads back to this kustomization', true],
  [
    'a circle',
    { 'kustomization.yaml': 'resources: [a]', 'a/kustomization.yaml': 'resources: [../]' },
    '../ leads back to this kustomization',
    true,
  ],
  ['a Helm chart', { 'kustomization.yaml': 'helmCharts: [{name: a}]' }, 'a Helm chart is not rendered', false],
  ['a generator plugin', { 'kustomization.yaml': 'generators: [a.yaml]' }, 'a generator plugin is not run', false],
  [
    'a transformer plugin',
    { 'kustomization.yaml': 'transformers: [a.yaml]' },
    'a transformer plugin is not run',
    false,
  ],
  ['vars', { 'kustomization.yaml': 'vars: [{name: A}]' }, 'vars are not replaced', false],
  [
    'a patch without a target',
    {
      'kustomization.yaml': 'resources: [a.yaml]\npatches: [{path: p.yaml}]',
      'a.yaml': SERVICE,
      'p.yaml': SERVICE.replace('web', 'other'),
    },
    'the patch of Service other matches no object of the resources',
    true,
  ],
  [
    'a JSON patch of nothing',
    {
      'kustomization.yaml': `resources: [a.yaml]\npatches: [{target: {kind: Service}, patch: '[{"op": "remove", "path": "/spec/x"}]'}]`,
      'a.yaml': SERVICE,
    },
    'the patch changes /spec, which is not there',
    true,
  ],
  [
    'one object twice',
    { 'kustomization.yaml': 'resources: [a.yaml, b.yaml]', 'a.yaml': SERVICE, 'b.yaml': SERVICE },
    'Service web comes from two resources of this kustomization',
    true,
  ],
  [
    'replicas of nobody',
    { 'kustomization.yaml': 'replicas: [{name: a, count: 1}]' },
    'replicas: nothing is called a',
    true,
  ],
])('%s is said', (_, texts, message, isRefused) => {
  const { gaps } = renderTexts(texts);
  expect(gaps.map((gap) => [gap.message, gap.isRefused])).toContainEqual([message, isRefused]);
});

test('what is odd gives no exception', () => {
  for (const text of [
    '[]',
    'a',
    'resources: a',
    'resources: [[a]]',
    'patches: [1, {patch: 5}, {patch: ""}]',
    'labels: {a: b}',
    'images: [{name: "("}]\nresources: [a.yaml]',
  ]) {
    const texts = { 'kustomization.yaml': text, 'a.yaml': SERVICE };
    const files = kustomizeFiles((path) => (path in texts ? Buffer.from(at(texts, path) as string) : undefined));
    const kustomization = kustomizationOf('.', files);
    expect(() => kustomization && renderKustomization(kustomization, files)).not.toThrow();
  }
});
