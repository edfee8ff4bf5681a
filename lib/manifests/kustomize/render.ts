import { concat, flatMap } from '../../model/lists';
import type { SourceObject } from '../../model/source-object';
import { objectsOf } from '../list-items';
import { addGenerated } from './generated-resources';
import { contentHash } from './generators';
import { isRemote, itemsOf, joined, type Kustomization, kustomizationOf, type KustomizeFiles } from './kustomization';
import { updateNameReferences } from './name-references';
import { child, descendant, type MapNode, nodeOf, type RenderNode, scalarText, valueOf } from './node';
import { fileNodes, legacyPatch, patchDocuments, patched } from './patches';
import { attempt, type FileRole, gap, type RenderGap, type RenderState } from './render-state';
import { applyReplacement } from './replacements';
import { currentId, locateIn, rememberId, type Resource, resourceOf, setName } from './resource';
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

export interface Rendering {
  /** Every value stands where it was written: in a base, a patch or the kustomization itself. */
  readonly objects: readonly SourceObject[];
  /** Files that were read, with their roles: a part is a patch, a replacement or the like, and no object. */
  readonly files: ReadonlyMap<string, FileRole>;
  /** What of it is not rendered, so that objects or fields are missing. */
  readonly gaps: readonly RenderGap[];
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

/** Objects for tools that are no part of the result. */
function isLocal({ root }: Resource): boolean {
  const mark = descendant(root, 'metadata', 'annotations', 'config.kubernetes.io/local-config');
  return mark !== undefined && scalarText(mark) !== 'false';
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

function replacementsOf(entry: RenderNode, { directory }: Kustomization, state: RenderState): readonly RenderNode[] {
  const path = child(entry, 'path');
  if (path === undefined) return [entry];
  const documents = fileNodes(scalarText(path), path, directory, state);
  return flatMap(documents, (document) => (document.kind === 'list' ? document.items : [document]));
}
