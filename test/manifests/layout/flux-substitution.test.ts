import { readTree } from '../../../lib/manifests';
import { at, text } from '../../../lib/model';

const WEB = `apiVersion: v1
kind: Service
metadata:
  name: web
  labels: {host: VALUE}
`;

function flux(postBuild: string): string {
  return `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: {name: apps, namespace: flux-system}
spec:
  path: ./apps
  postBuild: ${postBuild}
`;
}

function settings(data: string, more = ''): string {
  return `apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: flux-system${more}}
data: ${data}
`;
}

/** What the label of the Service is in the end. */
function label(written: string, files: Record<string, string>): unknown {
  const texts = { 'apps/web.yaml': WEB.replace('VALUE', () => JSON.stringify(written)), ...files };
  const { clusters } = readTree(
    Object.entries(texts).map(([path, content]) => ({ path, bytes: Buffer.from(content) })),
  );
  const services = clusters.flatMap(({ objects }) =>
    objects.filter(({ manifest }) => text(at(manifest, 'kind')) === 'Service'),
  );
  expect(services).toHaveLength(1);
  return at(services[0].manifest, 'metadata', 'labels', 'host');
}

const PROD = 'clusters/prod/apps.yaml';

test.each<[string, string, string, unknown]>([
  ['a value', '${NAME}', '{substitute: {NAME: web}}', 'web'],
  ['a part of a text', 'x-${NAME}.y', '{substitute: {NAME: web}}', 'x-web.y'],
  ['what looks like a number is one, as quotes are gone', '${PORT}', '{substitute: {PORT: "80"}}', 80],
  ['unless the value has quotes of its own', '${PORT}', `{substitute: {PORT: '"80"'}}`, '80'],
  ['or the text needs them', '*.${PORT}', '{substitute: {PORT: "80"}}', '*.80'],
  ['line breaks of a value are dropped', '${NAME}', '{substitute: {NAME: "we\\nb"}}', 'web'],
  ['a default', '${NAME:-web}', '{substitute: {OTHER: x}}', 'web'],
  ['a default that is not needed', '${NAME:=web}', '{substitute: {NAME: shop}}', 'shop'],
  ['a default of no value', '${NAME:=web}', '{substitute: {NAME: ""}}', 'web'],
  ['no value at all: Flux does nothing', '${NAME:-web}', '{}', '${NAME:-web}'],
  ['a variable that nobody sets stays', '${NAME}', '{substitute: {OTHER: x}}', '${NAME}'],
  ['an escaped one is text', '$${NAME}', '{substitute: {NAME: x}}', '${NAME}'],
  ['without braces it is text', '$NAME', '{substitute: {NAME: x}}', '$NAME'],
  ['what only a shell does stays', '${NAME^^}', '{substitute: {NAME: x}}', '${NAME^^}'],
  ['a source that is not here: its values are not known', '${NAME:-x}', FROM('Secret'), '${NAME:-x}'],
  ['the values beside it are', '${OWN}', FROM('Secret', ', substitute: {OWN: o}'), 'o'],
])('%s', (_, written, postBuild, expected) => {
  expect(label(written, { [PROD]: flux(postBuild) })).toBe(expected);
});

function FROM(kind: string, more = ''): string {
  return `{substituteFrom: [{kind: ${kind}, name: settings}]${more}}`;
}

test('a ConfigMap of the input is known, and own values go before it', () => {
  const files = {
    [PROD]: flux(FROM('ConfigMap', ', substitute: {A: own}')),
    'clusters/prod/settings.yaml': settings('{A: a, B: b}'),
  };
  expect(label('${A}-${B}-${C:-c}', files)).toBe('own-b-c');
});

test('of several ConfigMaps that of the cluster counts', () => {
  const other = { 'clusters/dev/settings.yaml': settings('{A: dev}') };
  const files = { [PROD]: flux(FROM('ConfigMap')), ...other };
  expect(label('${A}', { ...files, 'clusters/prod/settings.yaml': settings('{A: prod}') })).toBe('prod');
  expect(
    label('${A}', { ...files, 'a/settings.yaml': settings('{A: a}'), 'b/settings.yaml': settings('{A: b}') }),
  ).toBe('${A}');
});

test('a ConfigMap that is not here may state anew what another one says', () => {
  const from = '{substituteFrom: [{kind: ConfigMap, name: settings}, {kind: ConfigMap, name: user, optional: true}]}';
  expect(label('${A}', { [PROD]: flux(from), 'clusters/prod/settings.yaml': settings('{A: a}') })).toBe('${A}');
});

test('an object may be left out, and a key has variables too', () => {
  const web = `apiVersion: v1\nkind: Service\nmetadata:\n  name: \${NAME}\n  annotations: {"\${NAME}/x": a`;
  const read = (more: string): unknown => {
    const files = { 'apps/web.yaml': `${web}${more}}\n`, [PROD]: flux('{substitute: {NAME: web}}') };
    const { clusters } = readTree(
      Object.entries(files).map(([path, content]) => ({ path, bytes: Buffer.from(content) })),
    );
    return clusters.flatMap(({ objects }) => objects.map(({ manifest }) => at(manifest, 'metadata')))[0];
  };
  expect(read('')).toEqual({ name: 'web', annotations: { 'web/x': 'a' } });
  const off = ', kustomize.toolkit.fluxcd.io/substitute: disabled';
  expect(read(off)).toMatchObject({ name: '${NAME}' });
});
