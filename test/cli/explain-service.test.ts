import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../lib/cli/main';
import { inTemporaryFolders } from '../temporary-folders';

const printed = inTemporaryFolders();

async function explain(...args: string[]): Promise<number> {
  printed.clear();
  return main(['node', 'netloom', 'explain', ...args, 'k8s'], { version: '1.2.3', root: join(__dirname, '../..') });
}

const deployment = (name: string, ports: string): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, image: main, ports: ${ports} }] }
`;

const WORLD = [
  deployment('web', '[]'),
  deployment('api', '[{ name: http, containerPort: 8080 }]'),
  `
apiVersion: v1
kind: Service
metadata: { name: api-svc, namespace: shop }
spec:
  clusterIP: 10.96.0.7
  selector: { app: api }
  ports: [{ name: web, port: 80, targetPort: http }, { name: admin, port: 81, targetPort: 9090 }]
`,
  `
apiVersion: v1
kind: Service
metadata: { name: everything, namespace: shop }
spec: { clusterIP: 10.96.0.8, ports: [{ port: 80 }], selector: { } }
`,
  `
apiVersion: v1
kind: Service
metadata: { name: kubernetes, namespace: default }
spec: { clusterIP: 10.96.0.1, ports: [{ name: https, port: 443, targetPort: 6443 }] }
`,
  `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: kubernetes, namespace: default, labels: { kubernetes.io/service-name: kubernetes } }
addressType: IPv4
endpoints: [{ addresses: [192.168.7.10] }]
ports: [{ name: https, port: 6443, protocol: TCP }]
`,
  `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api-in, namespace: shop }
spec: { podSelector: { matchLabels: { app: api } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: web } } }], ports: [{ port: 8080 }] }] }
`,
  `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web-out, namespace: shop }
spec: { podSelector: { matchLabels: { app: web } }, policyTypes: [Egress], egress: [{ to: [{ podSelector: {} }, { ipBlock: { cidr: 10.96.0.0/16 } }] }] }
`,
].join('---');

beforeEach(() => {
  mkdirSync('k8s');
  writeFileSync('k8s/world.yaml', WORLD);
});

test.each([
  [
    'its address, and a port',
    ['shop/web', '10.96.0.7', '80'],
    '✓',
    'Service shop/api-svc 10.96.0.7: 80 → http of shop/api[Deployment]',
  ],
  [
    'its name',
    ['shop/web', 'shop/api-svc', 'web'],
    '✓',
    'Service shop/api-svc 10.96.0.7: 80 → http of shop/api[Deployment]',
  ],
  [
    'a port that the policy does not have',
    ['shop/web', 'shop/api-svc[Service]', '81'],
    '✗',
    'Service shop/api-svc 10.96.0.7: 81 → 9090 of shop/api[Deployment]',
  ],
  ['the API server', ['shop/web', '10.96.0.1', '443'], '✗', 'Service default/kubernetes: 443 → 6443 of 192.168.7.10'],
])('a Service by %s is asked as its pods', async (_, args, verdict, service) => {
  expect(await explain(...args)).toBe(0);
  const [first, , second] = printed.output().split('\n');
  expect([first, second[0]]).toEqual([service, verdict]);
  expect(await explain(...args, '-o', 'json')).toBe(0);
  expect(JSON.parse(printed.output())).toMatchObject({ service, allowed: verdict === '✓' });
});

test('the smallest change is about what policies see, and not about the address of the Service', async () => {
  await explain('shop/web', '10.96.0.1', '443');
  expect(printed.output()).toContain('192.168.7.10');
  expect(printed.output()).not.toContain('cidr: 10.96.0.1');
});

test.each([
  [['shop/web', 'shop/api-svc', '82'], 'TO: Service shop/api-svc has no port 82: it has 80/TCP (web), 81/TCP (admin)'],
  [
    ['shop/web', '10.96.0.8', '80'],
    'TO: Service shop/everything has no selector, and its endpoints were not read: name the address that is behind it: policies see that one',
  ],
])('%j', async (args, message) => {
  expect(await explain(...args)).toBe(2);
  expect(printed.errors()).toBe(`netloom: ${message}\n`);
});
