import { generate } from './generators';
import { joined } from './kustomization';
import { child, descendant, mapAt, type MapNode, type RenderNode } from './node';
import type { RenderState } from './render-state';
import { allIds, currentId, isSameId, type Resource, resourceOf } from './resource';
import { PatchError } from './strategic-merge';

/** What a generator makes, among the objects that are there. @throws PatchError */
export function addGenerated(
  resources: Resource[],
  kind: 'ConfigMap' | 'Secret',
  entry: RenderNode,
  root: MapNode,
  directory: string,
  state: RenderState,
): void {
  const read = (path: string): Uint8Array | undefined => {
    state.roles.set(joined(directory, path), 'part');
    return state.files.bytes(joined(directory, path));
  };
  const { root: made, hashed, behavior } = generate(kind, entry, child(root, 'generatorOptions'), read);
  const resource: Resource = { ...resourceOf(made), hashed };
  const id = currentId(resource);
  const index = resources.findIndex((other) => allIds(other).some((known) => isSameId(known, id)));
  if (behavior !== 'merge' && behavior !== 'replace') {
    if (index >= 0) throw new PatchError(`${kind} ${id.name} exists: behavior must be merge or replace`, entry);
    resources.push(resource);
    return;
  }
  if (index < 0) throw new PatchError(`there is no ${kind} ${id.name} to ${behavior}`, entry);
  resources[index] = overGenerated(resources[index], resource, behavior);
}

/** A generator that merges into, or takes the place of, what another one made. */
function overGenerated(old: Resource, resource: Resource, behavior: 'merge' | 'replace'): Resource {
  const { root } = resource;
  const { place } = root;
  const fields = behavior === 'merge' ? ['data', 'binaryData'] : [];
  const metadata = mapAt(root, 'metadata', place);
  for (const [holder, from, names] of [
    [root, old.root, fields],
    [metadata, child(old.root, 'metadata'), ['labels', 'annotations']],
  ] as const) {
    for (const name of names) {
      const known = child(from, name);
      if (known?.kind !== 'map') continue;
      const own = mapAt(holder, name, place);
      for (const [key, value] of known.entries) if (!own.entries.has(key)) own.entries.set(key, value);
    }
  }
  for (const field of ['name', 'namespace']) {
    const known = descendant(old.root, 'metadata', field);
    if (known === undefined) metadata.entries.delete(field);
    else metadata.entries.set(field, known);
  }
  return { ...old, root, hashed: old.hashed && resource.hashed };
}
