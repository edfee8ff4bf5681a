import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { main } from '../../lib/cli/main';
import { readSnapshot } from '../../lib/live';
import type { Answer } from '../../lib/live/api-server';
import { apiWith, refusal, stored } from '../live/api';
import { inTemporaryFolders } from '../temporary-folders';

const printed = inTemporaryFolders();

async function netloom(...args: string[]): Promise<number> {
  printed.clear();
  return main(['node', 'netloom', ...args], { version: '1.2.3', root: join(__dirname, '../..') });
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** A kubectl whose proxy gives these answers, and which knows the contexts `prod` and `dev`; `prod` is the current one. */
const KUBECTL = `#!${process.execPath}
const { readFileSync, appendFileSync } = require('node:fs');
const { createServer } = require('node:http');
const args = process.argv.slice(2);
appendFileSync(__dirname + '/asked.txt', args[0] + '\\n');
const option = (name) => args.find((arg) => arg.startsWith('--' + name + '='))?.slice(name.length + 3);
const context = option('context') ?? 'prod';
if (args[0] === 'config') console.log('prod');
else if (context !== 'prod' && context !== 'dev') {
  console.error('error: context "' + context + '" does not exist');
  process.exitCode = 1;
} else {
  const answers = new Map(JSON.parse(readFileSync(__dirname + '/answers.json', 'utf8')));
  const server = createServer((request, response) => {
    appendFileSync(__dirname + '/asked.txt', request.method + ' ' + request.url + '\\n');
    const { status, body } = answers.get(request.url) ?? { status: 404, body: '{}' };
    response.writeHead(status).end(body);
  });
  server.listen(option('unix-socket'), () => console.log('Starting to serve on ' + option('unix-socket')));
}
`;

/** @param special answers that go before those of the objects */
async function kubectl(
  objects: Parameters<typeof apiWith>[0],
  special?: (path: string) => Answer | undefined,
): Promise<void> {
  const api = apiWith(objects, { special });
  const answers = new Map<string, Answer>();
  const noting = async (path: string): Promise<Answer> => {
    const answer = await api.get(path);
    answers.set(path, answer);
    return answer;
  };
  await readSnapshot(noting, { sleep: () => Promise.resolve(), progress: () => undefined }).catch(() => undefined);
  write('bin/answers.json', JSON.stringify([...answers]));
  write('bin/kubectl', KUBECTL);
  chmodSync('bin/kubectl', 0o755);
  process.env.PATH = [join(process.cwd(), 'bin'), process.env.PATH ?? ''].join(delimiter);
}

const NAMESPACE = stored('v1', 'Namespace', 'shop');
const POD = stored(
  'v1',
  'Pod',
  'web-1',
  {
    spec: { nodeName: 'n1', containers: [{ name: 'web', image: 'web', ports: [{ containerPort: 8080 }] }] },
    status: { podIP: '10.244.1.7', podIPs: [{ ip: '10.244.1.7' }] },
  },
  'shop',
);
const SERVICE = stored(
  'v1',
  'Service',
  'web',
  {
    spec: {
      clusterIP: '10.96.0.7',
      selector: { app: 'web' },
      ports: [{ port: 80, targetPort: 8080, protocol: 'TCP' }],
    },
  },
  'shop',
);
const OBJECTS = [NAMESPACE, POD, SERVICE];

const asked = (): string[] => readFileSync('bin/asked.txt', 'utf8').trimEnd().split('\n');

test('check reads the current context, and shows the lines of its objects', async () => {
  await kubectl(OBJECTS);
  expect(await netloom('check', '--live')).toBe(0);
  expect(printed.output()).toMatchSnapshot();
  expect(asked().slice(0, 2)).toEqual(['config', 'proxy']);
  expect(
    asked()
      .slice(2)
      .every((line) => line.startsWith('GET /')),
  ).toBe(true);
});

test('reach, explain, whois and capacity of a context', async () => {
  await kubectl(OBJECTS);
  expect(await netloom('reach', '--live', 'dev')).toBe(0);
  expect(printed.output()).toContain('shop/web-1[Pod]');
  expect(await netloom('explain', '192.0.2.7', 'shop/web-1', '8080', '--live', 'dev')).toBe(0);
  expect(printed.output()).toContain('shop/web-1');
  expect(await netloom('whois', '10.96.0.7', '--live', 'dev')).toBe(0);
  expect(printed.output()).toContain('Service shop/web');
  expect(printed.output()).toContain('live:dev shop/Service/web');
  expect(await netloom('whois', '10.244.1.7', '--live', 'dev')).toBe(0);
  expect(printed.output()).toContain('Pod shop/web-1');
  expect(await netloom('capacity', '--live', 'dev', '--service-cidr', '10.96.0.0/24')).toBe(0);
  expect(printed.output()).toContain('10.96.0.0/24');
  expect(await netloom('reach', '-o', 'json', '--live')).toBe(0);
});

test('diff of files and a running cluster', async () => {
  await kubectl(OBJECTS);
  write(
    'k8s/web.yaml',
    'apiVersion: v1\nkind: Service\nmetadata: { name: web, namespace: shop }\nspec:\n  selector: { app: web }\n  ports: [{ port: 81, targetPort: 8080 }]\n',
  );
  expect(await netloom('diff', 'k8s', 'live:prod')).toBe(0);
  expect(printed.output()).toMatchSnapshot();
});

test('a snapshot answers without the cluster, and is renewed in place', async () => {
  await kubectl([...OBJECTS, stored('apps/v1', 'Deployment', 'web', { spec: {} }, 'shop')]);
  expect(await netloom('pull', '--context', 'dev', '-o', 'snapshot')).toBe(0);
  expect(printed.errors()).toBe('snapshot: 4 objects in 4 files\n');
  expect(readFileSync('snapshot/shop/Service.yaml', 'utf8')).toMatchSnapshot();
  expect(readFileSync('snapshot/netloom-snapshot.json', 'utf8')).toMatchSnapshot();
  expect(await netloom('whois', '10.96.0.7', 'snapshot')).toBe(0);
  expect(printed.output()).toContain('snapshot/shop/Service.yaml');
  await kubectl([
    ...OBJECTS,
    stored('networking.k8s.io/v1', 'NetworkPolicy', 'deny', { spec: { podSelector: {} } }, 'shop'),
  ]);
  expect(await netloom('pull', '-o', 'snapshot')).toBe(0);
  expect(readdirSync('snapshot/shop').sort()).toEqual(['NetworkPolicy.yaml', 'Pod.yaml', 'Service.yaml']);
});

test('what is missing in a cluster is missing in its snapshot, and said', async () => {
  await kubectl(OBJECTS, (path) => (path.includes('networkpolicies') ? refusal(403, 'forbidden') : undefined));
  const missing = 'no permission to list networkpolicies.networking.k8s.io: answers about NetworkPolicy are missing';
  expect(await netloom('check', '--live', '--fail-on', 'warning')).toBe(1);
  expect(printed.output()).toContain(`warning NL950 live-not-permitted: ${missing}`);
  expect(await netloom('pull', '-o', 'snapshot')).toBe(1);
  expect(printed.errors().replaceAll(/\s+/g, ' ')).toContain(`warning: ${missing}`);
  expect(await netloom('check', 'snapshot')).toBe(0);
  expect(printed.output()).toContain(missing);
});

test.each([
  [['check', '--live', 'nosuch'], 1, 'netloom: live:nosuch: kubectl: context "nosuch" does not exist'],
  [['check', 'k8s', '--live'], 2, 'netloom: --live reads a running cluster: leave out k8s'],
  [['check', '--live', '--fix'], 2, 'netloom: --live and --fix exclude each other: --fix is for files'],
  [['check', '--live', '--watch'], 2, 'netloom: --live and --watch exclude each other: --watch is for files'],
  [['reach', '--live', '--helm'], 2, 'netloom: --live and --helm exclude each other: --helm is for files'],
  [['pull', '-o', '.'], 2, 'netloom: --output: . has other files in it: name a new folder, or one that pull has made'],
])('%j', async (args, exitCode, message) => {
  await kubectl(OBJECTS);
  expect(await netloom(...args)).toBe(exitCode);
  expect(printed.errors().trim().replaceAll(/\s+/g, ' ')).toBe(message);
  expect(printed.output()).toBe('');
});

test('a token that has expired', async () => {
  await kubectl(OBJECTS, () => refusal(401, 'Unauthorized'));
  expect(await netloom('check', '--live')).toBe(1);
  expect(printed.errors()).toContain('the API server answered 401: Unauthorized; log in again');
});

test('without kubectl', async () => {
  process.env.PATH = join(process.cwd(), 'nothing');
  expect(await netloom('check', '--live', 'prod')).toBe(1);
  expect(printed.errors()).toBe('netloom: live:prod: there is no kubectl on the PATH, by which clusters are read\n');
});

test('no socket and no proxy are left behind', async () => {
  const sockets = (): string[] =>
    readdirSync(tmpdir()).filter((name) => /^netloom-[^-]+$/.test(name) && existsSync(join(tmpdir(), name, 'api')));
  await kubectl(OBJECTS);
  await netloom('check', '--live');
  expect(sockets()).toEqual([]);
});

test('a record that a stranger has written removes no file of others', async () => {
  await kubectl(OBJECTS);
  write('mine.yaml', 'kept');
  write('elsewhere/mine.yaml', 'kept');
  expect(await netloom('pull', '-o', 'snapshot')).toBe(0);
  symlinkSync('../elsewhere', 'snapshot/link');
  const record = JSON.parse(readFileSync('snapshot/netloom-snapshot.json', 'utf8')) as { files: string[] };
  record.files.push('../mine.yaml', 'link/mine.yaml', join(process.cwd(), 'mine.yaml'));
  write('snapshot/netloom-snapshot.json', JSON.stringify(record));
  expect(await netloom('pull', '-o', 'snapshot')).toBe(0);
  expect([readFileSync('mine.yaml', 'utf8'), readFileSync('elsewhere/mine.yaml', 'utf8')]).toEqual(['kept', 'kept']);
});

const READY = { conditions: [{ type: 'Ready', status: 'True' }] };
const RUNNING = { ...POD, status: { phase: 'Running', podIP: '10.244.1.7', podIPs: [{ ip: '10.244.1.7' }], ...READY } };

test('doctor asks the cluster of the current context, and follows the way to a Service', async () => {
  await kubectl([NAMESPACE, RUNNING, SERVICE, stored('v1', 'Node', 'n1', { spec: {}, status: READY })]);
  expect(await netloom('doctor', '--service-cidr', '10.96.0.0/16', '--pod-cidr', '10.244.0.0/16')).toBe(0);
  expect(printed.output()).toMatchSnapshot();
  expect(await netloom('doctor', 'service', 'shop/web')).toBe(1);
  expect(printed.output()).toMatchSnapshot();
  expect(await netloom('doctor', 'service', 'shop/web', '-o', 'json')).toBe(1);
  expect(JSON.parse(printed.output())).toMatchObject({
    version: 1,
    service: 'shop/web',
    links: [{ holds: false }],
  });
  expect(await netloom('doctor', 'service', 'shop/wbe')).toBe(2);
  expect(printed.errors()).toBe('netloom: there is no Service shop/wbe: did you mean shop/web?\n');
});

test('doctor of a snapshot, in every format', async () => {
  const down = { conditions: [{ type: 'Ready', status: 'Unknown', reason: 'NodeStatusUnknown' }] };
  await kubectl([NAMESPACE, RUNNING, stored('v1', 'Node', 'n1', { spec: {}, status: down })]);
  expect(await netloom('pull', '-o', 'snapshot')).toBe(0);
  for (const format of ['text', 'json', 'markdown', 'junit']) {
    expect(await netloom('doctor', 'snapshot', '-o', format)).toBe(1);
    expect(printed.output()).toContain('NL661');
    expect(printed.output()).toContain('NodeStatusUnknown');
  }
});

const WRITTEN = `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  selector: { app: web }
  ports: [{ port: 80, targetPort: 8080 }]
`;

test('drift: what the server and controllers add is none', async () => {
  const owned = {
    ...POD,
    metadata: {
      ...(POD.metadata as object),
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: '1', controller: true }],
    },
  };
  await kubectl([NAMESPACE, owned, SERVICE]);
  write('k8s/web.yaml', WRITTEN);
  expect(await netloom('drift', 'k8s', '--live', 'dev', '--detailed-exitcode')).toBe(0);
  expect(printed.errors()).toBe('');
});

test('drift: what an apply would change, and what nobody has written', async () => {
  const foreign = stored('networking.k8s.io/v1', 'NetworkPolicy', 'by-hand', { spec: { podSelector: {} } }, 'shop');
  const elsewhere = stored('v1', 'Service', 'else', { spec: { ports: [{ port: 1 }] } }, 'bank');
  await kubectl([NAMESPACE, SERVICE, foreign, elsewhere]);
  write('k8s/web.yaml', WRITTEN.replace('targetPort: 8080', 'targetPort: 9090'));
  expect(await netloom('drift', 'k8s', '--live', '--detailed-exitcode')).toBe(2);
  expect(printed.output()).toMatchSnapshot();
  expect(printed.errors()).toBe(
    '1 object in the namespaces of the repository only in the cluster: --prune-preview names them\n',
  );
  expect(await netloom('drift', 'k8s', '--live', '--prune-preview')).toBe(0);
  expect(printed.output()).toContain('- NetworkPolicy shop/by-hand');
  expect(printed.output()).not.toContain('bank');
});

test('a runbook is rehearsed on the cluster as it runs', async () => {
  const folder = join(__dirname, '../../dist/migration');
  const [runbook] = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('runbook.netloom'),
  );
  const path = dirname(join(folder, runbook));
  await kubectl([...OBJECTS, stored('v1', 'Node', 'n1', { spec: { podCIDR: '10.244.0.0/24' } })]);
  expect(await netloom('rehearse', path, '--live', 'dev')).toBeLessThan(2);
  expect(printed.output()).toContain('prepare');
  expect(asked().filter((line) => line === 'proxy')).toHaveLength(1);
  expect(await netloom('rehearse', path, '--live', '--state', 'x')).toBe(2);
  expect(printed.errors()).toBe('netloom: --state and --live both give the cluster: leave one out\n');
});

test('everything about one pod, and about one node', async () => {
  await kubectl([
    NAMESPACE,
    RUNNING,
    SERVICE,
    stored('v1', 'Node', 'n1', { spec: { podCIDR: '10.244.1.0/24' }, status: READY }),
  ]);
  expect(await netloom('doctor', 'pod', 'shop/web-1')).toBe(0);
  expect(printed.output()).toMatchSnapshot();
  expect(await netloom('doctor', 'node', 'n1')).toBe(0);
  expect(printed.output()).toMatchSnapshot();
  expect(await netloom('doctor', 'pod', 'shop/web-1', '-o', 'json')).toBe(0);
  expect(JSON.parse(printed.output())).toMatchObject({ version: 1, object: 'Pod shop/web-1', findings: [] });
  expect(await netloom('doctor', 'pod', 'shop/web-2')).toBe(2);
  expect(printed.errors()).toBe('netloom: there is no running pod shop/web-2: did you mean shop/web-1?\n');
  expect(await netloom('doctor', 'node', 'n2')).toBe(2);
});
