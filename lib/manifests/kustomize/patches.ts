import { flatMap } from '../../model/lists';
import type { SourceObject } from '../../model/source-object';
import { applyJsonPatch } from './json-patch';
import { isRemote, joined, type Kustomization } from './kustomization';
import { mergeSchemaOf } from './merge-schema';
import { child, copyOf, descendant, mapAt, type MapNode, nodeOf, type RenderNode, scalarText } from './node';
import { attempt, gap, type RenderState } from './render-state';
import { allIds, isSameId, kindOf, originalId, rememberId, type Resource, resourceOf, setNamespace } from './resource';
import { selectsResource } from './selector';
import { PatchError, strategicMerge } from './strategic-merge';

/** An entry of `patchesStrategicMerge` is a path, or the patch itself. */
export function legacyPatch(
  entry: RenderNode,
  { directory }: Kustomization,
  state: RenderState,
): readonly RenderNode[] {
  const written = scalarText(entry);
  const isText = written.includes('\n') || written.includes(':');
  return isText ? inlineNodes(written, entry, state) : fileNodes(written, entry, directory, state);
}

export function patchDocuments(
  entry: RenderNode,
  { directory }: Kustomization,
  state: RenderState,
): readonly RenderNode[] {
  const path = child(entry, 'path');
  if (path !== undefined) return fileNodes(scalarText(path), path, directory, state);
  const patch = child(entry, 'patch');
  if (patch === undefined) {
    // kustomize refuses a path by itself; what is there is a patch all the same.
    const file = joined(directory, scalarText(entry));
    if (entry.kind === 'scalar' && state.files.documents(file) !== undefined) state.roles.set(file, 'part');
    return [];
  }
  return inlineNodes(scalarText(patch), patch, state);
}

function inlineNodes(text: string, at: RenderNode, { files }: RenderState): readonly RenderNode[] {
  return nodesOf(files.inline(text, at));
}

export function fileNodes(
  written: string,
  at: RenderNode,
  directory: string,
  state: RenderState,
): readonly RenderNode[] {
  if (isRemote(written)) {
    gap(state, at, `${written} is not fetched`, false);
    return [];
  }
  const path = joined(directory, written);
  const documents = state.files.documents(path);
  if (documents === undefined) {
    gap(state, at, `${written} cannot be read`, true);
    return [];
  }
  state.roles.set(path, 'part');
  return nodesOf(documents);
}

function nodesOf(documents: readonly SourceObject[]): readonly RenderNode[] {
  return documents.map(({ manifest, locate }) => nodeOf(manifest, { locate, path: [] }));
}

export function patched(
  resources: readonly Resource[],
  entry: RenderNode,
  documents: readonly RenderNode[],
  state: RenderState,
): Resource[] {
  const target = child(entry, 'target');
  let left = [...resources];
  for (const document of documents) {
    attempt(state, entry, () => {
      if (document.kind === 'list') applyToTargets(left, document.items, target, entry);
      else if (document.kind === 'map') left = mergedInto(left, document, target, entry);
    });
  }
  return left;
}

function applyToTargets(
  resources: readonly Resource[],
  operations: readonly RenderNode[],
  target: RenderNode | undefined,
  entry: RenderNode,
): void {
  if (target === undefined) throw new PatchError('a JSON patch needs a target', entry);
  for (const resource of resources.filter((candidate) => selectsResource(target, candidate))) {
    rememberId(resource);
    applyJsonPatch(resource.root, operations);
  }
}

function mergedInto(
  resources: readonly Resource[],
  patch: MapNode,
  target: RenderNode | undefined,
  entry: RenderNode,
): Resource[] {
  const isPatched =
    target === undefined ? patchTarget(resources, patch) : (resource: Resource) => selectsResource(target, resource);
  return [
    ...flatMap(resources, (resource): readonly Resource[] => {
      if (!isPatched(resource)) return [resource];
      const merged = withPatch(resource, copyOf(patch), child(entry, 'options'));
      return merged === undefined ? [] : [merged];
    }),
  ];
}

function patchTarget(resources: readonly Resource[], patch: MapNode): (resource: Resource) => boolean {
  const id = originalId(resourceOf(patch));
  const matching = resources.filter((resource) => allIds(resource).some((known) => isSameId(known, id)));
  if (matching.length === 1) return (resource) => resource === matching[0];
  const many = matching.length === 0 ? 'no object' : 'more than one object';
  throw new PatchError(`the patch of ${id.kind} ${id.name} matches ${many} of the resources`, patch);
}

function withPatch(resource: Resource, patch: MapNode, options: RenderNode | undefined): Resource | undefined {
  const { root } = resource;
  const mayChange = (name: string): boolean => scalarText(child(options, name)) === 'true';
  const [name, namespace, kind] = [
    descendant(root, 'metadata', 'name'),
    descendant(root, 'metadata', 'namespace'),
    child(root, 'kind'),
  ];
  if (mayChange('allowNameChange') || mayChange('allowKindChange')) rememberId(resource);
  const { group, kind: kindName } = kindOf(root);
  const merged = strategicMerge(root, patch, mergeSchemaOf(group, kindName));
  if (merged?.kind !== 'map' || merged.entries.size === 0) return undefined;
  const result: Resource = { ...resource, root: merged };
  if (!mayChange('allowKindChange') && kind !== undefined) merged.entries.set('kind', kind);
  const metadata = mapAt(merged, 'metadata', merged.place);
  if (!mayChange('allowNameChange') && name !== undefined) metadata.entries.set('name', name);
  if (namespace === undefined) setNamespace(result, '', merged.place);
  else metadata.entries.set('namespace', namespace);
  return result;
}
