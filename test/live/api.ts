import type { Answer, Get } from '../../lib/live/api-server';

type Json = Readonly<Record<string, unknown>>;

/** A kind that the API server of a test serves. */
interface Resource {
  readonly plural: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

const RESOURCES: ReadonlyMap<string, readonly Resource[]> = new Map([
  [
    'v1',
    [
      { plural: 'configmaps', kind: 'ConfigMap', namespaced: true },
      { plural: 'namespaces', kind: 'Namespace', namespaced: false },
      { plural: 'nodes', kind: 'Node', namespaced: false },
      { plural: 'pods', kind: 'Pod', namespaced: true },
      { plural: 'secrets', kind: 'Secret', namespaced: true },
      { plural: 'services', kind: 'Service', namespaced: true },
    ],
  ],
  ['apps/v1', [{ plural: 'deployments', kind: 'Deployment', namespaced: true }]],
  ['networking.k8s.io/v1', [{ plural: 'networkpolicies', kind: 'NetworkPolicy', namespaced: true }]],
  ['crd.projectcalico.org/v1', [{ plural: 'ippools', kind: 'IPPool', namespaced: false }]],
  ['stranger.example.com/v1', [{ plural: 'things', kind: 'Thing', namespaced: true }]],
]);

export interface ApiOptions {
  /** Answers that go before all others; undefined for those that are not special. */
  readonly special?: (path: string) => Answer | Error | undefined;
  /** Objects on a page. @default 500 */
  readonly page?: number;
}

export function json(value: unknown, status = 200): Answer {
  return { status, body: JSON.stringify(value), retryAfter: undefined };
}

export function refusal(status: number, message: string, retryAfter?: number): Answer {
  return { status, body: JSON.stringify({ kind: 'Status', message, code: status }), retryAfter };
}

/** An API server that has these objects. What it is asked for is noted. */
export function apiWith(
  objects: readonly Json[],
  { special, page = 500 }: ApiOptions = {},
): { get: Get; asked: string[] } {
  const asked: string[] = [];
  const get: Get = (path) => {
    asked.push(path);
    const answer = special?.(path) ?? usual(path, objects, page);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { get, asked };
}

function usual(path: string, objects: readonly Json[], page: number): Answer {
  const url = new URL(path, 'http://localhost');
  if (url.pathname === '/version') return json({ major: '1', minor: '33+' });
  if (url.pathname === '/apis') return json({ groups: groups() });
  const version = [...RESOURCES.keys()].find((known) => url.pathname.startsWith(rootOf(known)));
  if (version === undefined) return refusal(404, 'the server could not find the requested resource');
  const rest = url.pathname.slice(rootOf(version).length + 1);
  const resources = RESOURCES.get(version) ?? [];
  if (rest === '')
    return json({ resources: resources.map((one) => ({ name: one.plural, verbs: ['get', 'list'], ...one })) });
  const parts = rest.split('/');
  const plural = parts.at(-1);
  const namespace = parts.length === 3 ? parts[1] : undefined;
  const resource = resources.find((one) => one.plural === plural);
  const name = url.searchParams.get('fieldSelector')?.replace('metadata.name=', '');
  const items = objects.filter(
    (object) =>
      object.apiVersion === version &&
      object.kind === resource?.kind &&
      (namespace === undefined || metadataOf(object).namespace === namespace) &&
      (name === undefined || metadataOf(object).name === name),
  );
  const start = Number(url.searchParams.get('continue') ?? 0);
  const next = start + page;
  return json({
    metadata: { resourceVersion: '7', ...(next < items.length && { continue: String(next) }) },
    // Items of a list have neither apiVersion nor kind.
    items: items.slice(start, next).map(withoutKind),
  });
}

function withoutKind(object: Json): Json {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== 'apiVersion' && key !== 'kind'));
}

function groups(): readonly Json[] {
  return [...RESOURCES.keys()]
    .filter((version) => version.includes('/'))
    .map((groupVersion) => {
      const [name, version] = groupVersion.split('/');
      return { name, versions: [{ groupVersion, version }], preferredVersion: { groupVersion, version } };
    });
}

function rootOf(version: string): string {
  return version.includes('/') ? `/apis/${version}` : `/api/${version}`;
}

function metadataOf(object: Json): Readonly<Record<string, unknown>> {
  return object.metadata as Readonly<Record<string, unknown>>;
}

/** An object as the server keeps it. */
export function stored(apiVersion: string, kind: string, name: string, rest: Json = {}, namespace?: string): Json {
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(namespace !== undefined && { namespace }),
      uid: 'f3b2',
      resourceVersion: '41',
      creationTimestamp: '2026-01-01T00:00:00Z',
      managedFields: [{ manager: 'kubectl' }],
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
    },
    ...rest,
  };
}
