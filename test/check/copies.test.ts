import { checkFiles } from '../../lib/check/check-files';
import { EMPTY_CONFIG } from '../../lib/config/config';

const deployment = (port: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec:\n  selector: { matchLabels: { app: web } }\n  template:\n    metadata: { labels: { app: web } }\n    spec: { containers: [{ name: web, ports: [{ name: ${port}, containerPort: 80 }] }] }\n`;
const service = (port: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec:\n  selector: { app: web }\n  ports: [{ port: 80, targetPort: ${port} }]\n`;

function found(texts: Record<string, string>): string[] {
  const files = Object.entries(texts).map(([path, text]) => ({ path, bytes: Buffer.from(text) }));
  return checkFiles(files, { config: EMPTY_CONFIG, facts: {}, today: '2026-01-01' }).findings.map(
    ({ code, origin }) => `${code} ${origin?.file ?? ''}:${origin?.line ?? ''}`,
  );
}

test('every copy is checked, not only the first', () => {
  expect(found({ 'a.yaml': `${deployment('http')}---\n${service('http')}`, 'b.yaml': service('htpp') })).toEqual(
    ['NL211 b.yaml:6', 'NL910 b.yaml:3'].sort((a, b) => (a < b ? 1 : -1)),
  );
});

test('any copy satisfies a reference', () => {
  expect(found({ 'a.yaml': `${deployment('other')}---\n${service('http')}`, 'b.yaml': deployment('http') })).toEqual([
    'NL910 b.yaml:3',
  ]);
});

test('a mistake that two clusters have in common is said once', () => {
  const texts = {
    'base/kustomization.yaml': 'resources: [x.yaml]',
    'base/x.yaml': `${deployment('http')}---\n${service('htpp')}`,
    'overlays/dev/kustomization.yaml': 'namespace: shop\nresources: [../../base]',
    'overlays/prod/kustomization.yaml': 'namespace: shop\nresources: [../../base]',
  };
  expect(found(texts)).toEqual(['NL211 base/x.yaml:15']);
});

test('of a cluster that is only partly in the input, what is missing is not missed', () => {
  const texts = {
    'kustomization.yaml': 'resources: [x.yaml]',
    'x.yaml': `${deployment('http')}---\n${service('http').replace('app: web', 'app: wbe')}`,
  };
  expect(found(texts)).toEqual(['NL210 x.yaml:14']);
  const partial = { ...texts, 'kustomization.yaml': 'resources: [x.yaml, https://example.com/more]' };
  expect(found(partial)).toEqual([]);
});
