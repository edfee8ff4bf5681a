import { at, type JsonRecord, member, record } from '../model/json';

/** Members of metadata that the server keeps for itself. */
const SERVER_SET: ReadonlySet<string> = new Set([
  'creationTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
]);

/** What `kubectl apply` remembers: the object a second time. */
const REMEMBERED = 'kubectl.kubernetes.io/last-applied-configuration';

/** An object as somebody would write it, with its status. Items of a list lack their apiVersion and kind. */
export function writtenPart(object: unknown, apiVersion: string, kind: string): JsonRecord {
  const metadata = Object.entries(record(member(object, 'metadata')) ?? {}).flatMap(([key, value]) => {
    if (SERVER_SET.has(key)) return [];
    if (key !== 'annotations') return [[key, value] as const];
    const annotations = Object.entries(record(value) ?? {}).filter(([name]) => name !== REMEMBERED);
    return annotations.length === 0 ? [] : [[key, Object.fromEntries(annotations)] as const];
  });
  return { apiVersion, kind, ...record(object), metadata: Object.fromEntries(metadata) };
}

/** `shop/Service/web`; `Node/n1` for what has no namespace. */
export function objectPath({ kind, metadata }: JsonRecord): string {
  const namespace = at(metadata, 'namespace');
  const name = String(at(metadata, 'name'));
  return typeof namespace === 'string' ? `${namespace}/${String(kind)}/${name}` : `${String(kind)}/${name}`;
}
