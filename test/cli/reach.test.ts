import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { main } from '../../lib/cli/main';
import { inTemporaryFolders } from '../temporary-folders';

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

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const workload = (kind: string, name: string, port: number, more = ''): string => `---
apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      ${more}containers: [{ name: main, image: i, ports: [{ name: main, containerPort: ${port} }] }]
`;

const SERVICES = `---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  type: LoadBalancer
  selector: { app: web }
  ports: [{ port: 80, targetPort: main }]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  ingressClassName: nginx
  defaultBackend: { service: { name: web, port: { number: 80 } } }
`;

const POLICIES = `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: shop
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
  namespace: shop
spec:
  podSelector:
    matchLabels: { app: web }
  policyTypes: [Ingress, Egress]
  ingress:
    - from:
        - ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] }
      ports:
        - port: main
  egress:
    - to:
        - podSelector:
            matchLabels: { app: db }
      ports:
        - port: 5432
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: db
  namespace: shop
spec:
  podSelector:
    matchLabels: { app: db }
  ingress:
    - from:
        - podSelector:
            matchLabels: { app: web }
      ports:
        - port: main
`;

function shop(): void {
  write('shop/workloads.yaml', workload('Deployment', 'web', 8080) + workload('StatefulSet', 'db', 5432));
  write('shop/agent.yaml', workload('DaemonSet', 'agent', 9100, 'hostNetwork: true\n      '));
  write('shop/services.yaml', SERVICES);
  write('shop/policies.yaml', POLICIES);
}

describe('reach', () => {
  test.each(['text', 'json', 'csv', 'markdown', 'dot'])('%s', async (format) => {
    shop();
    expect(await netloom('reach', 'shop', '-o', format)).toBe(0);
    expect(out).toMatchSnapshot();
    expect(err).toBe('');
    const first = out;
    await netloom(
      'reach',
      'shop/services.yaml',
      'shop/policies.yaml',
      'shop/agent.yaml',
      'shop/workloads.yaml',
      '-o',
      format,
    );
    expect(out).toBe(first);
  });

  test('a further format goes to a file, in the same run', async () => {
    shop();
    expect(await netloom('reach', 'shop', '-o', 'csv', '--output-file', 'json=reach.json')).toBe(0);
    const { version, connections } = JSON.parse(readFileSync('reach.json', 'utf8')) as {
      version: number;
      connections: { src: string; dst: string; conns: string }[];
    };
    expect(version).toBe(1);
    expect(out).toBe(
      [
        'src,dst,conns',
        ...connections.map(({ src, dst, conns }) =>
          [src, dst, conns].map((text) => (text.includes(',') ? `"${text}"` : text)).join(),
        ),
        '',
      ].join('\n'),
    );
  });

  test.each<[string, readonly string[], readonly string[]]>([
    ['both ends', ['--from', 'shop/web', '--to', 'shop/db'], ['shop/web[Deployment],shop/db[StatefulSet],TCP 5432']],
    [
      'an address',
      ['--from', '10.2.0.1', '--to', 'shop/web'],
      ['10.2.0.0-10.255.255.255,shop/web[Deployment],TCP 8080'],
    ],
    ['a port', ['--from', 'shop/agent', '--port', '80'], ['shop/agent[DaemonSet],0.0.0.0-255.255.255.255,TCP 80']],
    ['a name', ['--from', 'shop/web', '--port', 'main'], ['shop/web[Deployment],shop/db[StatefulSet],TCP 5432']],
    ['a port that nobody opens', ['--from', 'shop/web', '--port', '80'], []],
  ])('filter by %s', async (_name, args, expected) => {
    shop();
    expect(await netloom('reach', 'shop', '-o', 'csv', ...args)).toBe(0);
    expect(out.trimEnd().split('\n').slice(1)).toEqual(expected);
  });

  test('pods in the network of their node may be taken for ordinary ones', async () => {
    shop();
    await netloom('reach', 'shop', '-o', 'csv', '--to', 'shop/agent', '--host-network', 'pod');
    expect(out).toBe('src,dst,conns\n');
    await netloom('reach', 'shop', '-o', 'csv', '--to', 'shop/agent');
    expect(out).toContain('0.0.0.0-9.255.255.255,shop/agent[DaemonSet],All Connections\n');
  });

  test.each<[readonly string[], string]>([
    [['--from', 'shop/wep'], '--from: there is no workload and no namespace shop/wep: did you mean shop/web?'],
    [['--to', '10.0.0.0/99'], '--to: '],
    [['--port', '99999'], '99999 is no port'],
    [['-o', 'yaml'], 'yaml'],
  ])('wrong usage: %j', async (args, message) => {
    shop();
    expect(await netloom('reach', 'shop', ...args)).toBe(2);
    expect(err).toContain(message);
    expect(out).toBe('');
  });

  test('what is wrong with a policy is told, and the rest is answered', async () => {
    write('shop.yaml', workload('Deployment', 'web', 8080) + '---\n' + POLICIES.replace('port: 5432', 'port: 80000'));
    expect(await netloom('reach', 'shop.yaml', '-o', 'json')).toBe(1);
    const { findings, connections } = JSON.parse(out) as {
      findings: { severity: string; message: string }[];
      connections: unknown[];
    };
    expect(findings.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toHaveLength(1);
    expect(connections).not.toEqual([]);
  });

  test('a file that is no YAML is a finding', async () => {
    shop();
    write('shop/broken.yaml', 'a: [');
    expect(await netloom('reach', 'shop', '-o', 'csv')).toBe(1);
    expect(out).toContain('shop/web[Deployment],shop/db[StatefulSet],TCP 5432\n');
  });

  test('nothing', async () => {
    mkdirSync('empty');
    expect(await netloom('reach', 'empty', '-o', 'json')).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ version: 1, connections: [] });
  });
});

test('the graph is one that Graphviz reads', async () => {
  shop();
  await netloom('reach', 'shop', '-o', 'dot');
  // The grammar of a graph as far as it is used: statements with quoted names, braces that match.
  const tokens = out.match(/"(?:[^"\\]|\\.)*"|->|[{}[\];=,]|[A-Za-z0-9_]+|\S/g) ?? [];
  let depth = 0;
  for (const token of tokens) {
    if (token === '{') depth++;
    if (token === '}') depth--;
    expect(depth).toBeGreaterThanOrEqual(0);
    expect(token).toMatch(/^("(?:[^"\\]|\\.)*"|->|[{}[\];=,]|[A-Za-z_][A-Za-z0-9_]*|\d+)$/);
  }
  expect(depth).toBe(0);
  const declared = new Set([...out.matchAll(/^ +("[^"]*") \[/gm)].map(([, name]) => name));
  const edges = [...out.matchAll(/^ +("[^"]*") -> ("[^"]*") \[label="[^"]*"\];$/gm)];
  expect(edges.length).toBeGreaterThan(3);
  for (const [, from, to] of edges) expect([declared.has(from), declared.has(to)]).toEqual([true, true]);
});

describe('what is in the input and not considered', () => {
  const lines = [
    'not considered: GlobalNetworkPolicy one, NetworkPolicy shop/two: they are not evaluated',
    'passed over shop/notes.yaml: ',
  ];
  beforeEach(() => {
    shop();
    write(
      'shop/calico.yaml',
      // The input does not have their tier.
      `apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: one }
spec: { tier: platform }
---
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: two, namespace: shop }
spec: { tier: platform }
`,
    );
    write('shop/notes.yaml', 'just: notes\n');
  });

  test('stands in the text of reach', async () => {
    expect(await netloom('reach', 'shop')).toBe(0);
    for (const line of lines) expect(out).toContain(`  ${line}`);
    expect(err).toBe('');
  });

  test.each([
    ['reach', 'shop', '-o', 'json'],
    ['reach', 'shop', '-o', 'csv'],
    ['reach', 'shop', '-o', 'dot'],
    ['reach', 'shop', '-o', 'markdown'],
    ['explain', 'shop/web', 'shop/db', '5432', 'shop'],
    ['explain', 'shop/web', 'shop/db', '5432', 'shop', '-o', 'json'],
  ])('is told beside the answer: %s', async (...args) => {
    expect(await netloom(...args)).toBe(0);
    for (const line of lines) expect(err).toContain(line);
    expect(out).not.toContain('passed over');
  });

  test('an answer that they may change is told to be open', async () => {
    const why = 'GlobalNetworkPolicy one, NetworkPolicy shop/two may decide it';
    expect(await netloom('explain', 'shop/web', 'shop/db', '5432', 'shop')).toBe(0);
    const [first, , second] = out.split('\n');
    expect(first).toBe(`? whether shop/web[Deployment] can reach shop/db[StatefulSet] cannot be decided: ${why}`);
    expect(second).toBe(
      'By the policies that are evaluated: ✓ shop/web[Deployment] can reach shop/db[StatefulSet]: TCP 5432',
    );
    expect(await netloom('explain', 'shop/web', 'shop/db', '5432', 'shop', '-o', 'json')).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ allowed: true, conns: 'TCP 5432', unknown: why });
    expect(await netloom('reach', 'shop', '--to', 'shop/db', '-o', 'json')).toBe(0);
    const { connections, notConsidered } = JSON.parse(out) as Record<string, readonly unknown[]>;
    expect(connections).toContainEqual({
      src: 'shop/web[Deployment]',
      dst: 'shop/db[StatefulSet]',
      conns: 'TCP 5432',
      unknown: why,
    });
    expect(notConsidered).toEqual([
      { apiVersion: 'projectcalico.org/v3', kind: 'GlobalNetworkPolicy', count: 1 },
      { apiVersion: 'projectcalico.org/v3', kind: 'NetworkPolicy', count: 1 },
    ]);
  });

  test('a diff names the changed ones', async () => {
    expect(await netloom('diff', 'shop', 'shop', '-o', 'json')).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ notConsidered: [] });
    write('old/shop.yaml', '');
    expect(await netloom('diff', 'old', 'shop')).toBe(0);
    expect(out).toContain(lines[0]);
  });
});

describe('a policy that is not evaluated may decide', () => {
  const DENY =
    'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: deny, namespace: shop }\nspec: { podSelector: {} }\n---\n';
  const POD = (name: string): string =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: shop, labels: { app: ${name} } }\nspec: { containers: [{ name: a, image: a }] }\n---\n`;
  const ADMIN = (kind: string, namespace = ''): string =>
    `apiVersion: projectcalico.org/v3\nkind: ${kind}\nmetadata: { name: rails${namespace} }\nspec: { tier: platform, order: 1, ingress: [{ action: Allow }] }\n`;
  const EXPECT = (kind: string): string =>
    `expectations:\n  - { from: shop/web, to: shop/db, reach: ${String(kind === 'reach')} }\n`;

  test.each<[string, string, string, string[]]>([
    ['not reach', 'of the whole cluster', ADMIN('GlobalNetworkPolicy'), ['error NL706']],
    ['not reach', 'of the namespace', ADMIN('NetworkPolicy', ', namespace: shop'), ['error NL706']],
    ['not reach', 'of another namespace', ADMIN('NetworkPolicy', ', namespace: other'), []],
    ['not reach', 'nowhere', '', []],
    ['reach', 'of the whole cluster', ADMIN('GlobalNetworkPolicy'), ['warning NL706']],
  ])('%s, and a policy %s', async (kind, _where, policy, expected) => {
    write('k8s/all.yaml', `${DENY}${POD('web')}${POD('db')}${policy}`);
    write('netloom.yaml', EXPECT(kind));
    await netloom('check', 'k8s', '-o', 'json');
    const { findings } = JSON.parse(out) as { findings: { severity: string; code: string }[] };
    expect(findings.map(({ severity, code }) => `${severity} ${code}`).filter((text) => text.includes('NL70'))).toEqual(
      expected,
    );
  });

  test('explain says so first, and in a field', async () => {
    write('k8s/all.yaml', `${DENY}${POD('web')}${POD('db')}${ADMIN('GlobalNetworkPolicy')}`);
    expect(await netloom('explain', 'shop/web', 'shop/db', 'k8s')).toBe(0);
    expect(out.split('\n')[0]).toMatch(/^\? whether .* cannot be decided: GlobalNetworkPolicy rails may decide it$/);
    await netloom('explain', 'shop/web', 'shop/db', 'k8s', '-o', 'json');
    expect(JSON.parse(out)).toMatchObject({
      decided: false,
      undecidedBy: [{ kind: 'GlobalNetworkPolicy', name: 'rails' }],
    });
    await netloom('reach', 'k8s', '-o', 'json');
    expect(JSON.parse(out)).toMatchObject({ notConsidered: [{ kind: 'GlobalNetworkPolicy', count: 1 }] });
  });
});

test('explain shows what policies of administrators decide', async () => {
  shop();
  write(
    'shop/admin.yaml',
    `apiVersion: policy.networking.k8s.io/v1alpha1
kind: AdminNetworkPolicy
metadata: { name: rails }
spec:
  priority: 7
  subject: { namespaces: {} }
  ingress:
    - { action: Pass, from: [{ namespaces: {} }], ports: [{ portNumber: { protocol: TCP, port: 53 } }] }
    - { action: Deny, from: [{ namespaces: {} }], ports: [{ portRange: { protocol: TCP, start: 5000, end: 6000 } }] }
    - { action: Allow, from: [{ namespaces: {} }], ports: [{ portNumber: { protocol: TCP, port: 5432 } }] }
`,
  );
  expect(await netloom('explain', 'shop/web', 'shop/db', '5432', 'shop')).toBe(0);
  expect(out).toMatchSnapshot();
  expect(await netloom('explain', 'shop/web', 'shop/db', '5432', 'shop', '-o', 'json')).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ allowed: false, decided: true, ingress: { change: null } });
});

describe('explain', () => {
  test.each<[string, readonly string[], number]>([
    ['allowed', ['shop/web', 'shop/db', '5432'], 0],
    ['all ports', ['shop/web', 'shop/db'], 0],
    ['denied at both ends', ['shop/db', 'shop/web', '8080'], 0],
    ['another port', ['shop/web', 'shop/db', '5433'], 0],
    ['from outside', ['10.2.0.1', 'shop/web', 'main'], 0],
    ['from an address that is excepted', ['10.1.0.1', 'shop/web', '8080'], 0],
    ['from a block of different answers', ['10.0.0.0/8', 'shop/web', '8080'], 0],
    ['to outside', ['shop/web', '192.0.2.1', '443'], 0],
    ['from the network of the node', ['shop/agent', 'shop/db', '5432'], 0],
    ['to the network of the node', ['shop/db', 'shop/agent', '9100'], 0],
  ])('%s', async (_name, args, code) => {
    shop();
    expect(await netloom('explain', ...args, 'shop')).toBe(code);
    expect(out).toMatchSnapshot();
  });

  test('json', async () => {
    shop();
    expect(await netloom('explain', 'shop/web', 'shop/db', '80', 'shop', '-o', 'json')).toBe(0);
    expect(JSON.parse(out)).toMatchSnapshot();
  });

  test.each<[readonly string[], string]>([
    [['shop/wep', 'shop/db'], 'FROM: there is no workload and no namespace shop/wep: did you mean shop/web?'],
    [['shop/web', 'back/db'], 'TO: there is no workload and no namespace back/db: there is shop/db[StatefulSet]'],
    [
      ['shop', 'shop/db'],
      'FROM: shop is 3 workloads, name one: shop/agent[DaemonSet], shop/db[StatefulSet], shop/web[Deployment]',
    ],
    [['10.0.0.1', '10.0.0.2'], 'both ends lie outside'],
    [['{ingress-controller}', 'shop/db'], 'FROM: name the pods of the ingress controller'],
  ])('wrong usage: %j', async (args, message) => {
    shop();
    expect(await netloom('explain', ...args, 'shop')).toBe(2);
    expect(err).toContain(message);
  });
});

describe('{cluster-dns}', () => {
  const policy = (to: string): string => `---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: dns, namespace: shop }
spec:
  podSelector: {}
  policyTypes: [Egress]
  egress:
    - to: [${to}]
      ports: [{ port: 53, protocol: UDP }, { port: 53 }]
`;
  const CORE_DNS = `---
apiVersion: apps/v1
kind: Deployment
metadata: { name: coredns, namespace: kube-system }
spec:
  selector: { matchLabels: { k8s-app: kube-dns } }
  template:
    metadata: { labels: { k8s-app: kube-dns } }
    spec: { containers: [{ name: coredns, image: i }] }
`;
  const SELECTED = '{ namespaceSelector: {}, podSelector: { matchLabels: { k8s-app: kube-dns } } }';
  const CACHE = `cluster: { dns: { addresses: [169.254.20.10] } }
expectations: [{ from: shop/web, to: '{cluster-dns}', port: 53/UDP }]
`;

  test.each([
    ['the pods behind the Service', '', SELECTED, CORE_DNS, 'kube-system/coredns[Deployment]'],
    ['the cache of the node', CACHE, '{ ipBlock: { cidr: 169.254.20.10/32 } }', CORE_DNS, '169.254.20.10'],
  ])('reach and explain: %s', async (_name, config, to, more, answering) => {
    write('app.yaml', workload('Deployment', 'web', 80) + more + policy(to));
    if (config !== '') write('netloom.yaml', config);
    expect(await netloom('reach', 'app.yaml', '--from', 'shop/web', '--to', '{cluster-dns}', '--port', '53/UDP')).toBe(
      0,
    );
    expect(out).toContain(answering);
    expect(await netloom('explain', 'shop/web', '{cluster-dns}', '53/UDP', 'app.yaml')).toBe(0);
    expect(out).toMatch(/UDP 53/);
    expect(await netloom('check', 'app.yaml')).toBe(0);
    expect(out).not.toContain('NL515');
  });

  test('an expectation that does not hold, because a selector matches no address', async () => {
    write('app.yaml', workload('Deployment', 'web', 80) + CORE_DNS + policy(SELECTED));
    write('netloom.yaml', CACHE);
    expect(await netloom('check', 'app.yaml')).toBe(1);
    expect(out).toContain('NL701');
    expect(out).toContain('169.254.20.10');
  });

  test('nobody knows who answers', async () => {
    write('app.yaml', workload('Deployment', 'web', 80));
    expect(await netloom('reach', 'app.yaml', '--to', '{cluster-dns}')).toBe(2);
    expect(err).toContain("--to: the input has no pods of the cluster's DNS: add their Deployment");
  });
});
