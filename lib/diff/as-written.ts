import {
  at,
  identityOf,
  isReadFromCluster,
  list,
  listItems,
  member,
  modelObject,
  record,
  type SourceObject,
} from '../model';

/**
 * The objects of a running cluster as somebody has written them: of what is also in `written` only the fields that it has there, without what controllers
 * have made, and without what every cluster has. What is left are the differences that an apply would change (server-side apply leaves
 * fields alone that it does not name).
 */
export function asWritten(live: readonly SourceObject[], written: readonly SourceObject[]): readonly SourceObject[] {
  const manifests = new Map<string, unknown>();
  for (const source of written.flatMap(listItems)) {
    const object = modelObject(source);
    if (object !== undefined) manifests.set(identityOf(object.ref), source.manifest);
  }
  return live.flatMap((source): readonly SourceObject[] => {
    const object = modelObject(source);
    if (object === undefined || !isReadFromCluster(object)) return [source];
    const own = manifests.get(identityOf(object.ref));
    if (own !== undefined) return [{ ...source, manifest: restricted(source.manifest, own) }];
    return isMade(source.manifest, object.ref) ? [] : [source];
  });
}

/** Kinds that the control plane and the nodes keep. */
const KEPT: ReadonlySet<string> = new Set(['Endpoints', 'EndpointSlice', 'IPAddress', 'Node', 'CiliumNode']);

/** What is in every cluster and every namespace. */
const EVERYWHERE: ReadonlySet<string> = new Set([
  'Namespace default',
  'Namespace kube-node-lease',
  'Namespace kube-public',
  'Namespace kube-system',
  'Service kubernetes',
  'ServiceAccount default',
  'ServiceCIDR kubernetes',
]);

function isMade(manifest: unknown, { kind, name }: { readonly kind: string; readonly name: string }): boolean {
  const owners = list(at(manifest, 'metadata', 'ownerReferences'));
  return (
    KEPT.has(kind) || EVERYWHERE.has(`${kind} ${name}`) || owners.some((owner) => member(owner, 'controller') === true)
  );
}

function restricted(live: unknown, written: unknown): unknown {
  const members = record(live);
  const wanted = record(written);
  if (members !== undefined && wanted !== undefined) {
    const kept = Object.entries(members).filter(([key]) => member(wanted, key) !== undefined);
    return Object.fromEntries(kept.map(([key, value]) => [key, restricted(value, member(wanted, key))]));
  }
  if (!Array.isArray(live) || !Array.isArray(written)) return live;
  return live.map((item: unknown, index) => {
    const same = counterpart(item, written as readonly unknown[], index, live.length === written.length);
    return same === undefined ? item : restricted(item, same);
  });
}

/** By which items of lists are told apart, as kubectl merges them. */
const KEYS = ['name', 'port', 'containerPort', 'ip', 'cidr', 'host', 'path', 'mountPath', 'key', 'topologyKey'];

/** The item that means the same; the one at its place where there is no key. */
function counterpart(item: unknown, items: readonly unknown[], index: number, isAligned: boolean): unknown {
  if (record(item) === undefined) return undefined;
  for (const key of KEYS) {
    const value = member(item, key);
    if (value === undefined) continue;
    const found = items.filter((other) => member(other, key) === value);
    if (found.length === 1) return found[0];
  }
  return isAligned ? items[index] : undefined;
}
