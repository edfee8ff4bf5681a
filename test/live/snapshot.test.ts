import { gapFindings, NoAnswer, readSnapshot, type Snapshot } from '../../lib/live';
import type { Get } from '../../lib/live/api-server';
import { type ApiOptions, apiWith, json, refusal, stored } from './api';

const NAMESPACES = ['shop', 'bank'].map((name) => stored('v1', 'Namespace', name));
const WEB = stored('v1', 'Service', 'web', { spec: { clusterIP: '10.96.0.7', ports: [{ port: 80 }] } }, 'shop');
const POLICY = stored('networking.k8s.io/v1', 'NetworkPolicy', 'deny', { spec: { podSelector: {} } }, 'bank');
const SECRET = stored('v1', 'Secret', 'key', { data: { tls: 'c2VjcmV0' } }, 'shop');
const CONFIG_MAPS = [
  stored('v1', 'ConfigMap', 'coredns', { data: { Corefile: '.:53 {\n}\n' } }, 'kube-system'),
  stored('v1', 'ConfigMap', 'settings', { data: { password: 'x' } }, 'shop'),
];
const OBJECTS = [...NAMESPACES, WEB, POLICY, SECRET, ...CONFIG_MAPS];

interface Read {
  readonly snapshot: Snapshot;
  readonly asked: readonly string[];
  readonly pauses: readonly number[];
}

async function read(objects: typeof OBJECTS, options: ApiOptions = {}): Promise<Read> {
  const { get, asked } = apiWith(objects, options);
  return readFrom(get, asked);
}

async function readFrom(get: Get, asked: readonly string[] = []): Promise<Read> {
  const pauses: number[] = [];
  const sleep = (seconds: number): Promise<void> => {
    pauses.push(seconds);
    return Promise.resolve();
  };
  const snapshot = await readSnapshot(get, { sleep, progress: () => undefined });
  return { snapshot, asked, pauses };
}

function names({ objects }: Snapshot): readonly string[] {
  return objects.map(({ kind, metadata }) => `${String(kind)} ${(metadata as { name: string }).name}`);
}

const messages = ({ gaps }: Snapshot): readonly string[] =>
  gapFindings(gaps, 'live:prod').map(({ severity, code, message }) => `${severity} ${code} ${message}`);

test('what concerns the network, as somebody would write it', async () => {
  const { snapshot } = await read(OBJECTS);
  expect(snapshot.kubernetesVersion).toBe('1.33');
  expect(names(snapshot)).toEqual([
    'Namespace bank',
    'Namespace shop',
    'NetworkPolicy deny',
    'ConfigMap coredns',
    'Service web',
  ]);
  expect(snapshot.objects.at(-1)).toEqual({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'shop', uid: 'f3b2' },
    spec: { clusterIP: '10.96.0.7', ports: [{ port: 80 }] },
  });
  expect(Object.keys(snapshot.objects[0])).toEqual(['apiVersion', 'kind', 'metadata']);
});

test('neither Secrets nor ConfigMaps of applications are asked for', async () => {
  const { asked } = await read(OBJECTS);
  expect(asked.filter((path) => path.includes('secret'))).toEqual([]);
  const configMaps = asked.filter((path) => path.includes('/configmaps'));
  expect(configMaps.length).toBeGreaterThan(5);
  expect(configMaps.every((path) => path.includes('fieldSelector=metadata.name'))).toBe(true);
});

test('one question for each kind, whatever the number of objects and namespaces', async () => {
  const pods = Array.from({ length: 400 }, (_, index) => stored('v1', 'Pod', `p${index}`, {}, `n${index % 50}`));
  const few = await read(OBJECTS);
  const many = await read([...OBJECTS, ...pods]);
  expect(many.asked).toHaveLength(few.asked.length);
});

test('the order of answers changes nothing', async () => {
  const [forward, backward] = [await read(OBJECTS), await read([...OBJECTS].reverse())];
  expect(backward.snapshot).toEqual(forward.snapshot);
});

test('pages', async () => {
  const pods = Array.from({ length: 7 }, (_, index) => stored('v1', 'Pod', `p${index}`, {}, 'shop'));
  const { snapshot, asked } = await read([...OBJECTS, ...pods], { page: 3 });
  expect(names(snapshot).filter((name) => name.startsWith('Pod'))).toHaveLength(7);
  expect(asked.filter((path) => path.startsWith('/api/v1/pods'))).toEqual([
    '/api/v1/pods?limit=500',
    '/api/v1/pods?limit=500&continue=3',
    '/api/v1/pods?limit=500&continue=6',
  ]);
});

test('a list that the server has forgotten is read once more as a whole', async () => {
  const pods = Array.from({ length: 5 }, (_, index) => stored('v1', 'Pod', `p${index}`, {}, 'shop'));
  const { snapshot, asked } = await read(pods, {
    page: 2,
    special: (path) => {
      if (path === '/api/v1/pods') return json({ items: pods });
      return path.includes('continue') ? refusal(410, 'The provided continue parameter is too old') : undefined;
    },
  });
  expect(names(snapshot)).toHaveLength(5);
  expect(asked).toContain('/api/v1/pods');
});

test('a server that is busy is asked again when it says so', async () => {
  let left = 2;
  const { snapshot, pauses } = await read(OBJECTS, {
    special: (path) => (path.startsWith('/api/v1/services') && left-- > 0 ? refusal(429, 'too many', 3) : undefined),
  });
  expect(pauses).toEqual([3, 3]);
  expect(names(snapshot)).toContain('Service web');
  expect(snapshot.gaps).toEqual([]);
});

test.each([
  [
    'half an answer',
    { status: 200, body: '{"items": [{"meta', retryAfter: undefined },
    'the answer is no JSON: half of it is missing',
  ],
  ['a connection that breaks', new Error('socket hang up'), 'socket hang up'],
  [
    'a server that fails',
    refusal(500, 'etcdserver: request timed out'),
    'the API server answered 500: etcdserver: request timed out',
  ],
])('%s, again and again', async (_, answer, because) => {
  const { snapshot, pauses } = await read(OBJECTS, {
    special: (path) => (path.startsWith('/api/v1/services') ? answer : undefined),
  });
  expect(pauses).toEqual([0.25, 0.5, 1, 2]);
  expect(messages(snapshot)).toEqual([
    `error NL951 services could not be read: ${because} (asked 5 times): answers about Service are missing`,
  ]);
  expect(names(snapshot)).toContain('NetworkPolicy deny');
});

test('who may see only some namespaces is told what is missing in the others', async () => {
  const special = (path: string): ReturnType<NonNullable<ApiOptions['special']>> =>
    /^\/apis\/networking.k8s.io\/v1\/(networkpolicies|namespaces\/shop)/.test(path) || path.startsWith('/api/v1/nodes')
      ? refusal(403, 'networkpolicies is forbidden')
      : undefined;
  const { snapshot } = await read(OBJECTS, { special });
  expect(names(snapshot)).toContain('NetworkPolicy deny');
  expect(messages(snapshot)).toEqual([
    'warning NL950 no permission to list networkpolicies.networking.k8s.io in the namespace shop: answers about NetworkPolicy are missing',
    'warning NL950 no permission to list nodes: answers about Node are missing',
  ]);
});

test('who may see nothing is told so once for each kind', async () => {
  const { snapshot } = await read(OBJECTS, {
    special: (path) => (/[?]|namespaces/.test(path) ? refusal(403, 'forbidden') : undefined),
  });
  expect(snapshot.objects).toEqual([]);
  expect(messages(snapshot).map((message) => message.split(':')[0])).toEqual(
    [
      'configmaps',
      'deployments.apps',
      'ippools.crd.projectcalico.org',
      'namespaces',
      'networkpolicies.networking.k8s.io',
      'nodes',
      'pods',
      'services',
    ].map((resource) => `warning NL950 no permission to list ${resource}`),
  );
});

test('a group whose API server is down is said', async () => {
  const { snapshot } = await read(OBJECTS, {
    special: (path) => (path === '/apis/networking.k8s.io/v1' ? refusal(503, 'the service is unavailable') : undefined),
  });
  expect(messages(snapshot)).toEqual([
    'error NL951 networking.k8s.io/v1 could not be read: the API server answered 503: the service is unavailable (asked 5 times): answers about all kinds of networking.k8s.io/v1 are missing',
  ]);
});

test('a kind whose definition was removed meanwhile has no objects', async () => {
  const { snapshot } = await read(OBJECTS, {
    special: (path) => (path.includes('/ippools') ? refusal(404, 'not found') : undefined),
  });
  expect(snapshot.gaps).toEqual([]);
});

test("Calico's objects are read once, by the API server's own API where there is one", async () => {
  const pool = (apiVersion: string): (typeof OBJECTS)[number] => stored(apiVersion, 'IPPool', 'pods');
  const group = (name: string, version: string): unknown => ({
    name,
    versions: [{ version }],
    preferredVersion: { version },
  });
  const { snapshot } = await read([pool('crd.projectcalico.org/v1')], {
    special: (path) => {
      if (path === '/apis') {
        return json({ groups: [group('crd.projectcalico.org', 'v1'), group('projectcalico.org', 'v3')] });
      }
      if (path === '/apis/projectcalico.org/v3') {
        return json({ resources: [{ name: 'ippools', kind: 'IPPool', namespaced: false, verbs: ['list'] }] });
      }
      return path.startsWith('/apis/projectcalico.org/v3/ippools')
        ? json({ items: [{ metadata: { name: 'pods' } }] })
        : undefined;
    },
  });
  expect(snapshot.objects).toEqual([
    { apiVersion: 'projectcalico.org/v3', kind: 'IPPool', metadata: { name: 'pods' } },
  ]);
});

test.each([
  [
    'credentials that are not accepted',
    refusal(401, 'Unauthorized'),
    'the API server answered 401: Unauthorized; log in again: a token may have expired',
  ],
  [
    'no server',
    refusal(500, 'dial tcp 192.0.2.1:6443: connect: connection refused'),
    'the API server answered 500: dial tcp 192.0.2.1:6443: connect: connection refused (asked 2 times); kubectl get --raw /version must answer first',
  ],
])('%s', async (_, answer, message) => {
  await expect(read(OBJECTS, { special: () => answer })).rejects.toThrow(new NoAnswer(message));
});
