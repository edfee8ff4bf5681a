import { compareText, type Origin } from '../../finding/finding';
import { concat, flatMap } from '../../model/lists';
import type { SourceObject } from '../../model/source-object';
import { objectsOf } from '../list-items';
import { contentHash, generate } from './generators';
import { applyJsonPatch } from './json-patch';
import { isRemote, itemsOf, joined, type Kustomization, kustomizationOf, type KustomizeFiles } from './kustomization';
import { mergeSchemaOf } from './merge-schema';
import { updateNameReferences } from './name-references';
import { child, copyOf, descendant, mapAt, type MapNode, nodeOf, type RenderNode, scalarText, valueOf } from './node';
import { applyReplacement } from './replacements';
import {
  allIds,
  currentId,
  isSameId,
  kindOf,
  locateIn,
  originalId,
  rememberId,
  type Resource,
  resourceOf,
  setName,
  setNamespace,
} from './resource';
import { selectsResource } from './selector';
import { PatchError, strategicMerge } from './strategic-merge';
import {
  addAffix,
  ANNOTATIONS,
  METADATA_LABELS,
  SELECTOR_LABELS,
  setImages,
  setNamespaces,
  setPairs,
  setReplicas,
  TEMPLATE_LABELS,
} from './transformers';

/** What a file is to a kustomization. */
export type FileRole = 'kustomization' | 'resource' | 'part';

export interface Rendering {
  /** Every value stands where it was written: in a base, a patch or the kustomization itself. */
  readonly objects: readonly SourceObject[];
  /** Files that were read, with their roles: a part is a patch, a replacement or the like, and no object. */
  readonly files: ReadonlyMap<string, FileRole>;
  /** What of it is not rendered, so that objects or fields are missing. */
  readonly gaps: readonly RenderGap[];
}

export interface RenderGap {
  readonly message: string;
  readonly origin: Origin;
  /** Whether `kustomize build` refuses it too. */
  readonly isRefused: boolean;
}

/** Renders a kustomization as `kustomize build` does, in memory. Never throws. */
export function renderKustomization(kustomization: Kustomization, files: KustomizeFiles): Rendering {
  const state: RenderState = { files, roles: new Map(), gaps: new Map(), under: [] };
  const resources = accumulate(kustomization, [], state);
  for (const resource of resources) {
    if (!resource.hashed) continue;
    const { name } = currentId(resource);
    rememberId(resource);
    const { place } = descendant(resource.root, 'metadata', 'name') ?? resource.root;
    setName(resource, `${name}-${contentHash(resource.root)}`, place);
  }
  updateNameReferences(resources);
  return {
    objects: resources
      .filter((resource) => !isLocal(resource))
      .map(({ root }) => ({ manifest: valueOf(root), locate: locateIn(root) })),
    files: state.roles,
    gaps: [...state.gaps.values()],
  };
}

interface RenderState {
  readonly files: KustomizeFiles;
  readonly roles: Map<string, FileRole>;
  readonly gaps: Map<string, RenderGap>;
  /** Directories that are being rendered: a kustomization cannot contain itself. */
  readonly under: readonly string[];
}

/** Objects for tools that are no part of the result. */
function isLocal({ root }: Resource): boolean {
  const mark = descendant(root, 'metadata', 'annotations', 'config.kubernetes.io/local-config');
  return mark !== undefined && scalarText(mark) !== 'false';
}

function gap(state: RenderState, node: RenderNode, message: string, isRefused: boolean): void {
  const origin = node.place.locate(node.place.path);
  state.gaps.set(JSON.stringify([message, origin]), { message, origin, isRefused });
}

function attempt(state: RenderState, node: RenderNode, change: () => void): void {
  try {
    change();
  } catch (error) {
    if (!(error instanceof PatchError)) throw error;
    gap(state, error.node ?? node, error.message, true);
  }
}

/** The objects of a kustomization. A component works on those of the kustomization that names it. */
function accumulate(kustomization: Kustomization, inherited: readonly Resource[], outer: RenderState): Resource[] {
  const { directory, root, file } = kustomization;
  const state = { ...outer, under: [...outer.under, directory] };
  state.roles.set(file, 'kustomization');
  let resources = [...inherited];
  const known = new Set(resources.map(idKey));
  for (const entry of concat(itemsOf(root, 'resources'), itemsOf(root, 'bases'))) {
    for (const resource of resourcesOf(entry, directory, state)) {
      const key = idKey(resource);
      if (known.has(key)) sayTwice(resource, entry, state);
      else resources.push(resource);
      known.add(key);
    }
  }
  for (const [field, kind] of GENERATORS) {
    for (const entry of itemsOf(root, field)) {
      attempt(state, entry, () => {
        addGenerated(resources, kind, entry, root, directory, state);
      });
    }
  }
  for (const entry of itemsOf(root, 'components')) {
    const component = directoryOf(entry, directory, state);
    if (component !== undefined) resources = accumulate(component, resources, state);
  }
  sayUnsupported(root, state);
  return transform(kustomization, resources, state);
}

const GENERATORS = [
  ['configMapGenerator', 'ConfigMap'],
  ['secretGenerator', 'Secret'],
] as const;

/** Fields whose effect is not known here. */
const UNSUPPORTED: Readonly<Record<string, string>> = {
  helmCharts: 'a Helm chart is not rendered',
  helmChartInflationGenerator: 'a Helm chart is not rendered',
  generators: 'a generator plugin is not run',
  transformers: 'a transformer plugin is not run',
  vars: 'vars are not replaced',
  configurations: 'configurations of transformers are not read',
  crds: 'name references of custom resources are not known',
};

function sayUnsupported(root: MapNode, state: RenderState): void {
  for (const [field, message] of Object.entries(UNSUPPORTED)) {
    for (const entry of itemsOf(root, field)) gap(state, entry, message, false);
  }
}

function resourcesOf(entry: RenderNode, directory: string, state: RenderState): readonly Resource[] {
  const written = scalarText(entry);
  if (isRemote(written)) {
    gap(state, entry, `${written} is not fetched`, false);
    return [];
  }
  const path = joined(directory, written);
  const documents = state.files.documents(path);
  if (documents !== undefined) {
    state.roles.set(path, 'resource');
    return flatMap(flatMap(documents, objectsOf), (object): readonly Resource[] => {
      const root = nodeOf(object.manifest, { locate: object.locate, path: [] });
      return root.kind === 'map' ? [resourceOf(root)] : [];
    });
  }
  const base = directoryOf(entry, directory, state);
  return base === undefined ? [] : accumulate(base, [], state);
}

function directoryOf(entry: RenderNode, directory: string, state: RenderState): Kustomization | undefined {
  const written = scalarText(entry);
  if (isRemote(written)) {
    gap(state, entry, `${written} is not fetched`, false);
    return undefined;
  }
  const path = joined(directory, written);
  if (state.under.includes(path)) {
    gap(state, entry, `${written} leads back to this kustomization`, true);
    return undefined;
  }
  const found = kustomizationOf(path, state.files);
  if (found === undefined) gap(state, entry, `${written} is neither a file nor a directory with a kustomization`, true);
  return found;
}

function idKey(resource: Resource): string {
  const { group, version, kind, name, namespace } = currentId(resource);
  return [group, version, kind, namespace, name].join('\0');
}

function sayTwice(resource: Resource, entry: RenderNode, state: RenderState): void {
  const { kind, name } = currentId(resource);
  gap(state, entry, `${kind} ${name} comes from two resources of this kustomization`, true);
}

function addGenerated(
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

function transform(kustomization: Kustomization, accumulated: Resource[], state: RenderState): Resource[] {
  const { root } = kustomization;
  let resources = accumulated;
  const patches = concat(
    itemsOf(root, 'patchesStrategicMerge').map((entry) => ({
      entry,
      documents: legacyPatch(entry, kustomization, state),
    })),
    itemsOf(root, 'patches').map((entry) => ({ entry, documents: patchDocuments(entry, kustomization, state) })),
  );
  for (const { entry, documents } of patches) resources = patched(resources, entry, documents, state);
  const namespace = child(root, 'namespace');
  if (namespace !== undefined && scalarText(namespace) !== '') setNamespaces(resources, namespace);
  for (const [field, side] of [
    ['namePrefix', 'prefix'],
    ['nameSuffix', 'suffix'],
  ] as const) {
    const affix = child(root, field);
    if (affix !== undefined) addAffix(resources, affix, side);
  }
  for (const labels of itemsOf(root, 'labels')) setPairs(resources, child(labels, 'pairs'), labelFields(labels));
  setPairs(resources, child(root, 'commonLabels'), SELECTOR_LABELS);
  setPairs(resources, child(root, 'commonAnnotations'), ANNOTATIONS);
  for (const entry of itemsOf(root, 'patchesJson6902'))
    resources = patched(resources, entry, patchDocuments(entry, kustomization, state), state);
  for (const entry of itemsOf(root, 'replicas')) {
    if (!setReplicas(resources, entry))
      gap(state, entry, `replicas: nothing is called ${scalarText(child(entry, 'name'))}`, true);
  }
  for (const entry of itemsOf(root, 'images')) setImages(resources, entry);
  for (const entry of itemsOf(root, 'replacements')) {
    for (const replacement of replacementsOf(entry, kustomization, state)) {
      attempt(state, entry, () => {
        applyReplacement(resources, replacement);
      });
    }
  }
  return resources;
}

function labelFields(labels: RenderNode): Parameters<typeof setPairs>[2] {
  const isOn = (name: string): boolean => scalarText(child(labels, name)) === 'true';
  const own = itemsOf(labels, 'fields').map((field) => ({
    group: scalarText(child(field, 'group')),
    version: scalarText(child(field, 'version')),
    kind: scalarText(child(field, 'kind')),
    path: scalarText(child(field, 'path')),
    create: scalarText(child(field, 'create')) === 'true',
  }));
  if (isOn('includeSelectors')) return concat(own, SELECTOR_LABELS);
  return concat(own, isOn('includeTemplates') ? TEMPLATE_LABELS : [], [METADATA_LABELS]);
}

/** An entry of `patchesStrategicMerge` is a path, or the patch itself. */
function legacyPatch(entry: RenderNode, { directory }: Kustomization, state: RenderState): readonly RenderNode[] {
  const written = scalarText(entry);
  const isText = written.includes('\n') || written.includes(':');
  return isText ? inlineNodes(written, entry, state) : fileNodes(written, entry, directory, state);
}

function patchDocuments(entry: RenderNode, { directory }: Kustomization, state: RenderState): readonly RenderNode[] {
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

function fileNodes(written: string, at: RenderNode, directory: string, state: RenderState): readonly RenderNode[] {
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

function replacementsOf(entry: RenderNode, { directory }: Kustomization, state: RenderState): readonly RenderNode[] {
  const path = child(entry, 'path');
  if (path === undefined) return [entry];
  const documents = fileNodes(scalarText(path), path, directory, state);
  return flatMap(documents, (document) => (document.kind === 'list' ? document.items : [document]));
}

function patched(
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

/** Sorted by path. */
export function filesOf({ files }: Rendering, role: FileRole): readonly string[] {
  return [...files]
    .filter(([, own]) => own === role)
    .map(([path]) => path)
    .sort(compareText);
}
