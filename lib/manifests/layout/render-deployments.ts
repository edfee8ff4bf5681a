import { compareText } from '../../finding/finding';
import { at, member, nonEmpty, text } from '../../model/json';
import { concat, flatMap } from '../../model/lists';
import { append } from '../../model/lookup';
import { isClusterScoped, type SourceObject } from '../../model/source-object';
import {
  ancestorsOf,
  folderOf,
  joined,
  type Kustomization,
  kustomizationOf,
  type KustomizeFiles,
} from '../kustomize/kustomization';
import { mapAt, type MapNode, nodeOf, type Place, type RenderNode, valueOf } from '../kustomize/node';
import { renderKustomization, type Rendering } from '../kustomize/render';
import type { FileRole } from '../kustomize/render-state';
import { locateIn } from '../kustomize/resource';
import type { ReadFile } from '../read-manifests';
import type { Deployment } from './deployments';
import { configMapsOf, substituted, variablesOf } from './flux-substitution';
import { pathsBelow, selfAndFolders } from './paths';
import { clusterOfFolder, type ClusterName, type Unit } from './unit';

/** The input as a tree of folders. */
export interface Tree {
  readonly parsed: readonly ReadFile[];
  readonly kustomize: KustomizeFiles;
  /** Every folder with a file in it, or in a folder of it. */
  readonly folders: ReadonlySet<string>;
  readonly folderPaths: readonly string[];
  /** The documents of each file. */
  readonly documents: ReadonlyMap<string, readonly SourceObject[]>;
  /** The paths of files with objects, sorted. */
  readonly paths: readonly string[];
  /** The folders that have a kustomization, sorted. */
  readonly kustomized: readonly string[];
}

export interface Deployed {
  readonly unit: Unit;
  readonly files: ReadonlyMap<string, FileRole>;
}

/** What deployment tools apply, each for the clusters in which its own object is. */
export function renderDeployments(deployments: readonly Deployment[], tree: Tree): readonly Deployed[] {
  const configMaps = configMapsOf(deployments.length === 0 ? [] : tree.parsed);
  const rendered = flatMap(deployments, (deployment) => {
    const folder = repositoryFolder(deployment, tree);
    if (folder === undefined) return [];
    const rendering = renderFolder(folder, deployment, tree);
    if (rendering === undefined) return [];
    const variables =
      deployment.tool === 'flux' ? variablesOf(deployment.object, deployment.file, configMaps) : undefined;
    const objects = variables === undefined ? rendering.objects : substituted(rendering.objects, variables);
    return [{ deployment, folder, rendering: { ...rendering, objects } }];
  });
  const inFile = new Map<string, number[]>();
  for (const [index, { deployment }] of rendered.entries()) append(inFile, deployment.file, index);
  const inside = rendered.map(({ rendering }) =>
    flatMap([...rendering.files.keys()], (file) => inFile.get(file) ?? []),
  );
  const clusters = clustersOfDeployments(
    rendered.map(({ deployment, folder }) => ownCluster(deployment, folder)),
    inside,
  );
  return flatMap(rendered, ({ deployment, folder, rendering }, index) =>
    clusters[index].map((cluster) => ({
      unit: {
        folder: deployment.tool === 'flux' ? folderOf(deployment.file) : folder,
        cluster,
        objects: inNamespace(rendering.objects, deployment.defaultNamespace),
        gaps: rendering.gaps,
      },
      files: rendering.files,
    })),
  );
}

/** An Application may say where it goes; a Flux Kustomization applies to the cluster that it is in. */
function ownCluster({ file, tool, destination }: Deployment, folder: string): ClusterName | undefined {
  if (tool === 'flux') return clusterOfFolder(folderOf(file));
  return clusterOfFolder(`${folder}/x`) ?? (destination === undefined ? undefined : { name: destination, under: '' });
}

/** What is inside of another one is of its clusters; several of them may have it. */
function clustersOfDeployments(
  own: readonly (ClusterName | undefined)[],
  inside: readonly (readonly number[])[],
): readonly (readonly (ClusterName | undefined)[])[] {
  const parents = own.map((): number[] => []);
  for (const [holder, members] of inside.entries())
    for (const index of members) if (index !== holder) parents[index].push(holder);
  return own.map((name, index) => {
    const seen = new Set<number>([index]);
    const queue = [index];
    const names = new Map<string, ClusterName | undefined>();
    for (let current = queue.pop(); current !== undefined; current = queue.pop()) {
      const outer = parents[current].filter((parent) => !seen.has(parent));
      const known = own[current];
      if (known !== undefined) names.set(`${known.under}/${known.name}`, known);
      else if (outer.length === 0 && parents[current].length === 0) names.set('', name);
      for (const parent of known === undefined ? outer : []) {
        seen.add(parent);
        queue.push(parent);
      }
    }
    return names.size === 0 ? [name] : [...names.values()];
  });
}

/** Paths are those of the repository, whose root may be above, at or below the working directory. */
function repositoryFolder({ path, file }: Deployment, { folders, kustomize }: Tree): string | undefined {
  const written = joined('.', path);
  return ['.', ...ancestorsOf(file)]
    .map((root) => joined(root, written))
    .find((folder) => (written !== '.' && folders.has(folder)) || kustomizationOf(folder, kustomize) !== undefined);
}

function renderFolder(folder: string, deployment: Deployment, tree: Tree): Rendering | undefined {
  const own = kustomizationOf(folder, tree.kustomize);
  const kustomization = own ?? generatedKustomization(folder, deployment, tree);
  const root = withOverlay(kustomization.root, deployment.overlay);
  const rendering = renderKustomization({ ...kustomization, root, isComponent: false }, tree.kustomize);
  if (own !== undefined) return rendering;
  // The kustomization that is made up is no file.
  const files = new Map([...rendering.files].filter(([path]) => path !== kustomization.file));
  return { ...rendering, files };
}

/** Of a folder without a kustomization all files are applied, and folders with one as it says. */
function generatedKustomization(
  folder: string,
  { object, isRecursive }: Deployment,
  { paths, kustomized }: Tree,
): Kustomization {
  const place: Place = { locate: object.locate, path: [] };
  const outermost = new Set<string>();
  const isInside = (path: string): boolean => selfAndFolders(folderOf(path)).some((outer) => outermost.has(outer));
  for (const inner of pathsBelow(kustomized, folder)) if (!isInside(inner)) outermost.add(inner);
  const files = pathsBelow(paths, folder).filter(
    (path) => (isRecursive || folderOf(path) === folder) && !isInside(path),
  );
  const below = folder === '.' ? 0 : folder.length + 1;
  const resources = concat(isRecursive ? [...outermost] : [], files)
    .map((path) => path.slice(below))
    .sort(compareText);
  const root = nodeOf({ resources }, place);
  return {
    directory: folder,
    file: `${folder}/(generated)`,
    root: root.kind === 'map' ? root : mapOf(place),
    isComponent: false,
  };
}

function mapOf(place: Place): MapNode {
  return { kind: 'map', entries: new Map(), place };
}

function withOverlay(root: MapNode, overlay: ReadonlyMap<string, RenderNode>): MapNode {
  const entries = new Map(root.entries);
  for (const [field, value] of overlay) {
    const known = entries.get(field);
    entries.set(
      field,
      known?.kind === 'list' && value.kind === 'list'
        ? { ...value, items: [...concat(known.items, value.items)] }
        : value,
    );
  }
  return { ...root, entries };
}

function inNamespace(objects: readonly SourceObject[], namespace: RenderNode | undefined): readonly SourceObject[] {
  if (namespace === undefined) return objects;
  return objects.map((object) => {
    const { manifest, locate } = object;
    const stated = nonEmpty(at(manifest, 'metadata', 'namespace')) !== undefined;
    const root = stated ? undefined : nodeOf(manifest, { locate, path: [] });
    if (
      root?.kind !== 'map' ||
      isClusterScoped(text(member(manifest, 'apiVersion')) ?? '', text(member(manifest, 'kind')) ?? '')
    )
      return object;
    mapAt(root, 'metadata', root.place).entries.set('namespace', namespace);
    return { manifest: valueOf(root), locate: locateIn(root), source: object.source };
  });
}
