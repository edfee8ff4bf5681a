import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { main } from '../../lib/cli/main';
import { openApiServer } from '../../lib/live';
import { inTemporaryFolders } from '../../test/temporary-folders';
import { waitFor } from '../component';
import {
  type ApiServer,
  kubectl,
  startApiServer,
  startClient,
  startTestbed,
  stopTestbed,
  type Testbed,
} from '../control-plane';

const printed = inTemporaryFolders();

let testbed: Testbed;
let server: ApiServer;

beforeAll(async () => {
  testbed = await startTestbed('newest');
  server = await startApiServer(testbed, { serviceCidrs: ['10.96.0.0/16'] });
  // Room for four nodes.
  await startClient(server, 'kube-controller-manager', ['--allocate-node-cidrs=true', '--cluster-cidr=10.244.0.0/22']);
  await startClient(server, 'kube-scheduler');
  await startClient(server, 'nodes');
  for (const name of ['n1', 'n2', 'n3']) addNode(name);
  apply(...CLUSTER);
  await waitFor('every pod is ready', () => Promise.resolve(unready() === 0), 120);
});
afterAll(() => stopTestbed(testbed));

beforeEach(() => {
  mkdirSync('bin');
  writeFileSync('bin/kubectl', `#!/bin/sh\nexec "${testbed.program}" kubectl "$@"\n`);
  chmodSync('bin/kubectl', 0o755);
  process.env.PATH = [join(process.cwd(), 'bin'), process.env.PATH ?? ''].join(delimiter);
  process.env.KUBECONFIG = server.kubeconfig;
});

async function netloom(...args: string[]): Promise<number> {
  printed.clear();
  return main(['node', 'netloom', ...args], { version: '1.2.3', root: join(__dirname, '../..') });
}

function addNode(name: string): void {
  apply({ apiVersion: 'v1', kind: 'Node', metadata: { name, labels: { 'kubernetes.io/hostname': name } } });
  const addresses = [{ type: 'InternalIP', address: `192.0.2.${name.slice(1)}` }];
  run('patch', 'node', name, '--subresource=status', '--type=merge', '-p', JSON.stringify({ status: { addresses } }));
}

function pods(labels: object, rest: object = {}): object {
  const containers = [{ name: 'main', image: 'main', ports: [{ name: 'web', containerPort: 8080 }] }];
  return { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers, ...rest } } };
}

function workload(kind: string, namespace: string, name: string, labels: object, rest: object = {}): object {
  const replicas = kind === 'Deployment' && { replicas: 2 };
  return { apiVersion: 'apps/v1', kind, metadata: { namespace, name }, spec: { ...pods(labels, rest), ...replicas } };
}

function service(namespace: string, name: string, selector: object, ports: object[], clusterIP?: string): object {
  const spec = { selector, ports, ...(clusterIP !== undefined && { clusterIP }) };
  return { apiVersion: 'v1', kind: 'Service', metadata: { namespace, name }, spec };
}

/** Without ports, which would be those of the node. */
const ON_THE_NODE = { hostNetwork: true, containers: [{ name: 'main', image: 'main' }] };

const WEB = { app: 'web' };
const DNS = { 'k8s-app': 'kube-dns' };

const SPREAD = [
  {
    maxSkew: 1,
    topologyKey: 'kubernetes.io/hostname',
    whenUnsatisfiable: 'DoNotSchedule',
    labelSelector: { matchLabels: DNS },
  },
];

const CLUSTER = [
  ...['kube-flannel', 'shop'].map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
  workload('DaemonSet', 'kube-flannel', 'kube-flannel-ds', { app: 'flannel' }, ON_THE_NODE),
  workload('DaemonSet', 'kube-system', 'kube-proxy', { 'k8s-app': 'kube-proxy' }, ON_THE_NODE),
  workload('Deployment', 'kube-system', 'coredns', DNS, {
    topologySpreadConstraints: SPREAD,
    containers: [{ name: 'main', image: 'main', ports: [{ containerPort: 53, protocol: 'UDP' }] }],
  }),
  service('kube-system', 'kube-dns', DNS, [{ name: 'dns', port: 53, protocol: 'UDP' }], '10.96.0.10'),
  workload('Deployment', 'shop', 'web', WEB),
  service('shop', 'web', WEB, [{ port: 80, targetPort: 'web' }]),
];

function apply(...objects: readonly object[]): void {
  const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
  const { status, stderr } = kubectl(server, ['apply', '--server-side', '--force-conflicts', '-f', '-'], list);
  if (status !== 0) throw new Error(stderr);
}

function run(...commandLine: readonly string[]): string {
  const { status, stdout, stderr } = kubectl(server, commandLine);
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

interface Status {
  readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** Pods that are not ready; all of the cluster are expected. */
function unready(): number {
  const { items } = JSON.parse(run('get', 'pods', '-A', '-o', 'json')) as { items: Status[] };
  const ready = items.filter(({ status }) =>
    status.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True'),
  );
  return items.length < 10 ? 1 : items.length - ready.length;
}

/** The codes that doctor names, in its order. */
async function codes(): Promise<readonly string[]> {
  await netloom('doctor', '-o', 'json', '--pod-cidr', '10.244.0.0/22');
  const { findings } = JSON.parse(printed.output()) as { findings: { code: string }[] };
  return findings.map(({ code }) => code);
}

async function becomes(expected: readonly string[]): Promise<void> {
  let seen: readonly string[] = [];
  await waitFor(
    `doctor names ${expected.join(', ') || 'nothing'}`,
    async () => {
      seen = await codes();
      return JSON.stringify([...new Set(seen)]) === JSON.stringify(expected);
    },
    60,
  ).catch(() => undefined);
  expect([...new Set(seen)]).toEqual(expected);
}

test('a healthy cluster has no finding, and check finds no error in it', async () => {
  await becomes([]);
  expect(await netloom('check', '--live', '--pod-cidr', '10.244.0.0/22', '-o', 'json')).toBe(0);
  const { findings } = JSON.parse(printed.output()) as { findings: { severity: string; message: string }[] };
  expect(findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
});

interface Breakage {
  readonly breaks: () => void;
  readonly heals: () => void;
  readonly codes: readonly string[];
}

const BREAKAGES: Readonly<Record<string, Breakage>> = {
  'a Deployment is scaled to nothing': {
    codes: ['NL280'],
    breaks: () => run('-n', 'shop', 'scale', 'deployment', 'web', '--replicas=0'),
    heals: () => run('-n', 'shop', 'scale', 'deployment', 'web', '--replicas=2'),
  },
  'the DNS is scaled to nothing': {
    codes: ['NL280'],
    breaks: () => run('-n', 'kube-system', 'scale', 'deployment', 'coredns', '--replicas=0'),
    heals: () => run('-n', 'kube-system', 'scale', 'deployment', 'coredns', '--replicas=2'),
  },
  'one pod is left of the DNS': {
    codes: ['NL321'],
    breaks: () => run('-n', 'kube-system', 'scale', 'deployment', 'coredns', '--replicas=1'),
    heals: () => run('-n', 'kube-system', 'scale', 'deployment', 'coredns', '--replicas=2'),
  },
  'a selector is one letter off': {
    codes: ['NL210'],
    breaks: () => {
      apply(service('shop', 'web', { app: 'wbe' }, [{ port: 80, targetPort: 'web' }]));
    },
    heals: () => {
      apply(service('shop', 'web', WEB, [{ port: 80, targetPort: 'web' }]));
    },
  },
  'a target port that no pod has': {
    codes: ['NL211'],
    breaks: () => {
      apply(service('shop', 'web', WEB, [{ port: 80, targetPort: 'http' }]));
    },
    heals: () => {
      apply(service('shop', 'web', WEB, [{ port: 80, targetPort: 'web' }]));
    },
  },
  'somebody else writes endpoints': {
    codes: ['NL281'],
    breaks: () => {
      apply({
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: { namespace: 'shop', name: 'web-mine', labels: { 'kubernetes.io/service-name': 'web' } },
        addressType: 'IPv4',
        endpoints: [{ addresses: ['10.244.9.9'], conditions: { ready: true } }],
        ports: [{ port: 8080, protocol: 'TCP' }],
      });
    },
    heals: () => run('-n', 'shop', 'delete', 'endpointslice', 'web-mine'),
  },
  'nobody gives load balancer addresses': {
    codes: ['NL282'],
    breaks: () => run('-n', 'shop', 'patch', 'service', 'web', '-p', '{"spec":{"type":"LoadBalancer"}}'),
    heals: () => run('-n', 'shop', 'patch', 'service', 'web', '-p', '{"spec":{"type":"ClusterIP"}}'),
  },
  'a plugin whose pods find no place': {
    codes: ['NL650'],
    breaks: () => {
      const containers = [{ name: 'main', image: 'main', resources: { requests: { cpu: '100' } } }];
      apply(
        workload('DaemonSet', 'kube-flannel', 'kube-flannel-ds', { app: 'flannel' }, { hostNetwork: true, containers }),
      );
    },
    heals: () => {
      run('-n', 'kube-flannel', 'delete', 'daemonset', 'kube-flannel-ds');
      apply(CLUSTER[2]);
    },
  },
  'more nodes than the cluster CIDR has blocks': {
    codes: ['NL662'],
    breaks: () => {
      for (const name of ['n4', 'n5']) addNode(name);
    },
    heals: () => run('delete', 'node', 'n4', 'n5'),
  },
};

test.each(Object.entries(BREAKAGES))(
  '%s: that is named, and nothing when it is healed',
  async (_, { breaks, heals, codes: expected }) => {
    breaks();
    try {
      await becomes(expected);
    } finally {
      heals();
    }
    await waitFor('every pod is ready', () => Promise.resolve(unready() === 0), 60);
    await becomes([]);
  },
);

/** A kubeconfig for an account of the cluster. */
function accountOf(name: string): string {
  apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace: 'shop' } });
  const token = run('-n', 'shop', 'create', 'token', name).trim();
  const config = JSON.parse(readFileSync(server.kubeconfig, 'utf8')) as { users: object[] };
  writeFileSync(`${name}.json`, JSON.stringify({ ...config, users: [{ name: 'admin', user: { token } }] }));
  return `${name}.json`;
}

test('the ClusterRole of the guide is enough, and without it all that is missing is said', async () => {
  process.env.KUBECONFIG = accountOf('reader');
  expect(await netloom('doctor', '-o', 'json')).toBe(0);
  const missing = JSON.parse(printed.output()) as { findings: { code: string; message: string }[] };
  expect(missing.findings.length).toBeGreaterThan(10);
  expect(new Set(missing.findings.map(({ code }) => code))).toEqual(new Set(['NL950']));
  expect(missing.findings.map(({ message }) => message)).toContain(
    'no permission to list services: answers about Service are missing',
  );
  const page = readFileSync(join(__dirname, '../../docs/live.md'), 'utf8');
  const role = parse(/```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? '') as { metadata: { name: string } };
  apply(role);
  run('create', 'clusterrolebinding', 'reader', `--clusterrole=${role.metadata.name}`, '--serviceaccount=shop:reader');
  await becomes([]);
});

test('who may look into one namespace is told about the others', async () => {
  process.env.KUBECONFIG = accountOf('developer');
  run('-n', 'shop', 'create', 'rolebinding', 'developer', '--clusterrole=view', '--serviceaccount=shop:developer');
  run('create', 'clusterrole', 'namespaces', '--verb=list', '--resource=namespaces');
  run('create', 'clusterrolebinding', 'developer', '--clusterrole=namespaces', '--serviceaccount=shop:developer');
  expect(await netloom('whois', 'web.shop.svc.cluster.local', '--live')).toBe(0);
  expect(printed.output()).toContain('Service shop/web');
  expect(await netloom('check', '--live', '-o', 'concise')).toBe(0);
  expect(printed.output()).toMatch(/NL950 no permission to list services in \d namespaces \(default, /);
});

test('a cluster that runs is adopted as it is, and the plan has nothing to change', async () => {
  expect(await netloom('adopt', '--as', 'testbed', '--fleet', 'fleet.yaml', '--pod-cidr', '10.244.0.0/22')).toBe(0);
  expect(readFileSync('fleet.yaml', 'utf8')).toContain(
    '    podCidrs: [10.244.0.0/22]\n    serviceCidrs: [10.96.0.0/16]\n',
  );
  const { allocations } = JSON.parse(readFileSync('netloom.lock.json', 'utf8')) as {
    allocations: Record<string, string>;
  };
  expect(allocations).toMatchObject({ 'testbed/clusterIP/kube-system/kube-dns/IPv4': '10.96.0.10' });
  expect(allocations['testbed/clusterIP/shop/web/IPv4']).toBe(
    run('-n', 'shop', 'get', 'service', 'web', '-o', 'jsonpath={.spec.clusterIP}'),
  );
  expect(await netloom('plan', 'fleet.yaml', '--detailed-exitcode')).toBe(0);
});

test('what was applied has not drifted, until somebody changes it by hand', async () => {
  const written = CLUSTER.filter((object) => (object as { kind: string }).kind !== 'Namespace');
  writeFileSync('cluster.yaml', written.map((object) => JSON.stringify(object)).join('\n---\n'));
  expect(await netloom('drift', 'cluster.yaml', '--live', '--detailed-exitcode')).toBe(0);
  run('-n', 'shop', 'patch', 'service', 'web', '-p', '{"spec":{"selector":{"app":"other"}}}');
  expect(await netloom('drift', 'cluster.yaml', '--live', '--detailed-exitcode')).toBe(2);
  expect(printed.output()).toContain('spec.selector.app');
  apply(...written);
  expect(await netloom('drift', 'cluster.yaml', '--live', '--detailed-exitcode')).toBe(0);
});

test('a token that is not accepted', async () => {
  const config = JSON.parse(readFileSync(server.kubeconfig, 'utf8')) as object;
  writeFileSync('expired.json', JSON.stringify({ ...config, users: [{ name: 'admin', user: { token: 'old' } }] }));
  process.env.KUBECONFIG = 'expired.json';
  expect(await netloom('check', '--live')).toBe(1);
  expect(printed.errors()).toContain('the API server answered 401');
});

test('nothing can be written, and no Secret be read, by the way that is opened', async () => {
  const sockets = (): string[] =>
    readdirSync(tmpdir())
      .map((name) => join(tmpdir(), name, 'api'))
      .filter((path) => existsSync(path));
  const before = new Set(sockets());
  const api = await openApiServer(undefined);
  try {
    const [socketPath] = sockets().filter((path) => !before.has(path));
    const status = (method: string, path: string): Promise<number | undefined> =>
      new Promise((resolve, reject) => {
        request({ socketPath, method, path, headers: { host: 'localhost' } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on('error', reject)
          .end();
      });
    expect(await status('GET', '/api/v1/namespaces/shop/services')).toBe(200);
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      expect([method, await status(method, '/api/v1/namespaces/shop/services/web')]).toEqual([method, 403]);
    }
    for (const path of [
      '/api/v1/secrets',
      '/api/v1/namespaces/shop/secrets',
      '/api/v1/namespaces/shop/secrets/key',
      '/api/v1/namespaces/shop/pods/web/log',
    ]) {
      expect([path, await status('GET', path)]).toEqual([path, 403]);
    }
  } finally {
    api.close();
  }
});
