import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { main } from '../../lib/cli/main';
import { inTemporaryFolders } from '../temporary-folders';

const FLEET = `supernets: [10.0.0.0/8]
reserved:
  office-vpn: [10.0.0.0/16]
clusters:
  prod:
    nodes: 200
    services: 4000
    loadBalancers: 64
  staging:
    nodes: 10
    services: 200
`;
const SHOP = `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  type: NodePort
  clusterIP: 10.2.0.20
  selector: { app: web }
  ports: [{ name: http, port: 80, nodePort: 30080 }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 12
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: web }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop, namespace: shop }
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.com
      http:
        paths:
          - { path: /, pathType: Prefix, backend: { service: { name: web, port: { name: http } } } }
          - { path: /cart, pathType: Prefix, backend: { service: { name: cart, port: { number: 80 } } } }
`;

const printed = inTemporaryFolders();
let out: string;
let err: string;

async function netloom(...args: string[]): Promise<number> {
  printed.clear();
  const code = await main(['node', 'netloom', ...args], { version: '1.2.3', root: join(__dirname, '../..') });
  out = printed.output();
  err = printed.errors();
  return code;
}

const BOTH = ['--fleet', 'fleet.yaml', '--cluster', 'prod', 'shop.yaml'];

beforeEach(() => {
  writeFileSync('fleet.yaml', FLEET);
  writeFileSync('shop.yaml', SHOP);
});

describe('whois', () => {
  test.each([
    ['10.2.0.20', 0],
    ['10.2.0.21', 0],
    ['10.0.3.4', 0],
    ['10.200.0.1', 1],
    ['10.2.0.0/23', 0],
    ['30080/TCP', 0],
    ['30081/TCP', 1],
    ['shop.example.com/cart/1', 0],
    ['shop.exmple.com/cart', 1],
    ['web.shop.svc.cluster.local', 0],
    ['webb.shop.svc.cluster.local', 1],
  ])('%s exits %d', async (question, code) => {
    expect(await netloom('whois', question, ...BOTH)).toBe(code);
    expect(out).toMatchSnapshot();
    expect(err).toBe('');
  });

  test('as JSON', async () => {
    expect(await netloom('whois', '10.2.0.20', ...BOTH, '-o', 'json')).toBe(0);
    const answer = JSON.parse(out) as Record<string, unknown>;
    expect(Object.keys(answer)).toEqual([
      'version',
      'query',
      'kind',
      'verdict',
      'summary',
      'holders',
      'free',
      'neighbours',
      'conflicts',
      'suggestions',
      'mentions',
      'findings',
    ]);
    expect(answer).toMatchObject({ version: 1, kind: 'address', verdict: 'taken', free: null });
  });

  test('what cannot be read is a finding, and the rest is answered', async () => {
    writeFileSync('broken.yaml', 'a: [\n');
    expect(await netloom('whois', '10.2.0.20', 'broken.yaml', ...BOTH)).toBe(1);
    expect(out).toContain('10.2.0.20 belongs to Service shop/web');
    expect(out).toContain('broken.yaml');
  });

  test.each([
    [['whois', '10.0.0.1/8', ...BOTH], '10.0.0.1/8 has host bits set; did you mean'],
    [['whois', '99999', ...BOTH], '99999 is no port'],
    [['whois', '10.0.0.1'], 'there is no cdk8s.yaml here: name PATHs or --fleet FILE'],
    [
      ['whois', '10.0.0.1', 'shop.yaml', '--fleet', 'fleet.yaml'],
      '--cluster which cluster the manifests are those of: prod, staging',
    ],
    [
      ['whois', '10.0.0.1', 'shop.yaml', '--fleet', 'fleet.yaml', '--cluster', 'prd'],
      'there is no cluster prd; did you mean prod?',
    ],
    [['whois'], "missing required argument 'QUERY'"],
    [['capacity', 'shop.yaml', '--lose-zone', 'a'], 'there is no zone a: no Node that was read has the label'],
    [['capacity', 'shop.yaml', '--add-nodes', '-3'], 'it is no count'],
    [['capacity', 'shop.yaml', '--surge', 'much'], 'it is no percentage'],
  ])('%j is wrong usage', async (args, message) => {
    expect(await netloom(...args)).toBe(2);
    expect(err).toContain(message);
    expect(out).toBe('');
  });
});

describe('capacity', () => {
  test('of a fleet and the manifests of one of its clusters', async () => {
    expect(await netloom('capacity', ...BOTH, '--zones', '3')).toBe(0);
    expect(out).toMatchSnapshot();
  });

  test('that does not suffice', async () => {
    expect(
      await netloom('capacity', 'shop.yaml', '--pod-cidr', '10.244.0.0/28', '--service-cidr', '10.96.0.0/28'),
    ).toBe(1);
    expect(out).toMatchSnapshot();
  });

  test('as JSON', async () => {
    expect(await netloom('capacity', '--fleet', 'fleet.yaml', '-o', 'json')).toBe(0);
    const { version, clusters } = JSON.parse(out) as { version: number; clusters: { cluster: string }[] };
    expect([version, clusters.map(({ cluster }) => cluster)]).toEqual([1, ['prod', 'staging']]);
  });
});

describe('plan for a pull request', () => {
  test('as Markdown, with the address map beside it', async () => {
    await netloom('plan', 'fleet.yaml', '--write-lock');
    writeFileSync('fleet.yaml', FLEET.replace('nodes: 10', 'nodes: 40').replace('families', ''));
    expect(
      await netloom(
        'plan',
        'fleet.yaml',
        '--markdown',
        '--renumber',
        'staging/pods/IPv4',
        '--output-file',
        'svg=map.svg',
      ),
    ).toBe(0);
    expect(out).toMatchSnapshot();
    expect(readFileSync('map.svg', 'utf8')).toMatchSnapshot();
    const markdown = out;
    await netloom('plan', 'fleet.yaml', '-o', 'markdown', '--renumber', 'staging/pods/IPv4');
    expect(out).toBe(markdown);
  });

  test('names from outside cannot leave their cell or their picture', async () => {
    writeFileSync(
      'fleet.yaml',
      'supernets: [10.0.0.0/8]\nreserved: {"a|b\\"]<script>`@x": [10.0.0.0/16]}\nclusters: {a: {nodes: 1}}\n',
    );
    await netloom('plan', 'fleet.yaml', '--markdown', '--output-file', 'svg=map.svg');
    expect(out).not.toContain('<script>');
    expect(out).toContain('reserved for a|b#34;]#60;script#62;#96;@x"]');
    expect(readFileSync('map.svg', 'utf8')).toContain('a|b&quot;]&lt;script&gt;`@x');
  });
});

describe('without PATH and --fleet the cdk8s app answers', () => {
  beforeEach(() => {
    writeFileSync(
      'main.ts',
      `import { App, Chart } from 'cdk8s';
import { Cluster, ClusterIp, ClusterIpService, Pods } from '${join(__dirname, '../../lib').replaceAll('\\', '/')}';
const app = new App();
const cluster = new Cluster(app, 'prod', { supernets: ['10.0.0.0/8'], nodes: 10, services: 200 });
new ClusterIpService(new Chart(cluster, 'shop'), 'web', {
  pods: Pods.labelled({ app: 'web' }),
  ports: [{ port: 80 }],
  clusterIp: ClusterIp.planned(),
});
app.synth();
`,
    );
    writeFileSync('cdk8s.yaml', `app: node --import ${JSON.stringify(require.resolve('tsx'))} main.ts\n`);
    symlinkSync(join(dirname(require.resolve('cdk8s/package.json')), '..'), 'node_modules');
  });

  test('who has an address, and how much there is', async () => {
    expect(await netloom('whois', '10.0.32.2')).toBe(0);
    expect(out).toMatchSnapshot();
    expect(await netloom('capacity', '--cluster', 'prod')).toBe(0);
    expect(out).toMatchSnapshot();
    expect(existsSync('netloom.lock.json')).toBe(false);
  }, 60_000);

  test('facts come from the app, and none from options', async () => {
    const refused: readonly (readonly string[])[] = [
      ['check', '--service-cidr', '10.96.0.0/16', '--cluster-domain', 'example.internal'],
      ['reach', '--service-cidr', '10.96.0.0/16'],
      ['capacity', '--service-cidr', '10.96.0.0/16'],
    ];
    for (const args of refused) {
      expect(await netloom(...args)).toBe(2);
      expect(err).toContain('--service-cidr');
      expect(err).toContain('an app with constructs of Netloom says itself what its clusters are');
    }
    expect(await netloom('check')).toBe(0);
  }, 60_000);

  test('check looks at the cluster that is named', async () => {
    const more = `const dev = new Cluster(app, 'dev', { podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/16'] });
new ClusterIpService(new Chart(dev, 'shop'), 'web', {
  pods: Pods.labelled({ app: 'web' }),
  ports: [{ port: 80 }],
  clusterIp: ClusterIp.fixed('10.99.0.1'),
});
app.synth();
`;
    writeFileSync('main.ts', readFileSync('main.ts', 'utf8').replace('app.synth();\n', more));
    expect(await netloom('check', '--cluster', 'prod')).toBe(0);
    expect(out).toContain('0 errors, 0 warnings, 0 infos in 1 object of the app');
    expect(await netloom('check', '--cluster', 'dev', '-o', 'concise')).toBe(1);
    expect(out).toContain('error NL204');
    expect(await netloom('check', '--cluster', 'dav')).toBe(2);
    expect(err).toContain('there is no cluster dav; did you mean dev?');
  }, 60_000);
});
