import { compareText, finding, type Finding } from '../../finding/finding';
import { at, member, nonEmpty, text } from '../../model/json';
import { concat, flatMap } from '../../model/lists';
import { append } from '../../model/lookup';
import { isClusterScoped, type SourceObject } from '../../model/source-object';
import { kustomizeFiles, type ReadFile as ReadBytes } from '../kustomize/files';
import {
  ancestorsOf,
  folderOf,
  isKustomizationName,
  itemsOf,
  joined,
  type Kustomization,
  kustomizationOf,
  type KustomizeFiles,
} from '../kustomize/kustomization';
import { mapAt, type MapNode, nodeOf, type Place, type RenderNode, scalarText, valueOf } from '../kustomize/node';
import { type FileRole, type RenderGap, renderKustomization, type Rendering } from '../kustomize/render';
import { locateIn } from '../kustomize/resource';
import type { ManifestFile } from '../manifest-file';
import { type ReadFile, readFiles, type SkippedInput } from '../read-manifests';
import { INCOMPLETE_IDENTITY, KUSTOMIZATION_REFUSED, UNKNOWN_KIND, WRONG_API_GROUP } from '../rules';
import { UNRENDERED_TEMPLATE } from '../unrendered-template';
import { type DetectedCluster, detectClusters } from './clusters';
import { type Deployment, deploymentsOf } from './deployments';
import { pathsBelow, selfAndFolders } from './paths';
import { clusterOfFolder, type ClusterName, identityText, type Unit } from './unit';

/** What files mean: which objects are applied together, as kustomize renders them and deployment tools apply them. */
export interface ReadTree {
  /** One at least. */
  readonly clusters: readonly TreeCluster[];
  readonly findings: readonly Finding[];
  readonly skipped: readonly SkippedInput[];
  readonly files: number;
}

export interface TreeCluster {
  /** Null for the only one, or the one of all that names none. */
  readonly name: string | null;
  readonly objects: readonly SourceObject[];
  /** Objects of it are not in the input: what is missing may be there all the same. */
  readonly isPartial: boolean;
}

export interface ReadTreeOptions {
  /** Reads files that are not among the given ones, such as bases elsewhere. @default - there are no others */
  readonly read?: ReadBytes;
  /** Clusters that a file belongs to; none leaves it to what the tree shows. @default - the tree shows it */
  readonly clustersOf?: (path: string) => readonly string[];
}

/** Reads files as the repository that they are. Never throws. */
export function readTree(files: readonly ManifestFile[], { read, clustersOf }: ReadTreeOptions = {}): ReadTree {
  const given = new Map(files.map((file) => [file.path, file]));
  const parsed = withoutCharts(readFiles(files), [...given.keys()]);
  const sources = new Map(parsed.map(({ path, documents }) => [path, documents]));
  const kustomize = kustomizeFiles((path) => given.get(path)?.bytes ?? read?.(path), sources);
  const folders = foldersOf([...given.keys()]);
  const tree: Tree = {
    parsed,
    kustomize,
    folders,
    folderPaths: [...folders].sort(compareText),
    documents: sources,
    paths: flatMap(parsed, ({ path, objects }) => (objects.length > 0 ? [path] : [])),
    kustomized: [...folders].filter((folder) => kustomizationOf(folder, kustomize) !== undefined).sort(compareText),
  };
  const { units, roles, gaps } = unitsOf(tree, clustersOf);
  const clusters = clustersOf === undefined ? detectClusters(units) : namedClusters(units);
  return {
    clusters: (clusters.length === 0 ? [{ name: null, units: [] }] : clusters).map(({ name, units: members }) => ({
      name,
      objects: flatMap(members, ({ objects }) => objects),
      isPartial: members.some((unit) => unit.gaps.length > 0),
    })),
    findings: concat(
      flatMap(parsed, (file) => file.findings.filter((found) => counts(found, file, roles))),
      gaps.filter(({ isRefused }) => isRefused).map(refusedFinding),
    ),
    skipped: skippedOf(parsed, roles, gaps),
    files: parsed.length,
  };
}

interface Tree {
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

function foldersOf(paths: readonly string[]): ReadonlySet<string> {
  const folders = new Set<string>(['.']);
  for (const path of paths) {
    for (let folder = folderOf(path); folder !== '.' && !folders.has(folder); folder = folderOf(folder))
      folders.add(folder);
  }
  return folders;
}

/** What a chart is made of is no manifest, whatever it looks like. */
function withoutCharts(parsed: readonly ReadFile[], paths: readonly string[]): readonly ReadFile[] {
  const charts = new Set(paths.filter((path) => /(?:^|\/)Chart\.ya?ml$/.test(path)).map(folderOf));
  if (charts.size === 0) return parsed;
  return parsed.map((file) => {
    const because = partOfChart(file.path, charts);
    return because === undefined ? file : { ...file, documents: [], objects: [], findings: [], skipped: [because] };
  });
}

function partOfChart(path: string, charts: ReadonlySet<string>): string | undefined {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    if (charts.has(folder)) {
      const inside = folder === '.' ? path : path.slice(folder.length + 1);
      if (inside.startsWith('templates/')) return UNRENDERED_TEMPLATE;
      const isValues = !inside.includes('/') && inside.includes('values');
      if (inside.startsWith('ci/') || isValues) return 'values of a Helm chart: render the chart with helm template';
      return undefined;
    }
    if (folder === '.') return undefined;
  }
}

interface Units {
  readonly units: readonly Unit[];
  readonly roles: ReadonlyMap<string, FileRole>;
  readonly gaps: readonly RenderGap[];
}

function unitsOf(tree: Tree, clustersOf: ReadTreeOptions['clustersOf']): Units {
  const { parsed, kustomize } = tree;
  const kustomizations = flatMap(parsed, ({ path }) =>
    isKustomizationName(path) ? (kustomizationOf(folderOf(path), kustomize) ?? []) : [],
  );
  const deployments = flatMap(parsed, ({ path, objects }) =>
    flatMap(objects, (object) => deploymentsOf(object, path, tree)),
  );
  const roles = new Map<string, FileRole>();
  const units: Unit[] = [];
  const gaps = new Map<string, RenderGap>();
  const add = (unit: Unit, files: ReadonlyMap<string, FileRole>): void => {
    units.push(unit);
    for (const [path, role] of files) if (roles.get(path) !== 'resource') roles.set(path, role);
    for (const gap of unit.gaps) gaps.set(JSON.stringify(gap), gap);
  };
  const deployed = renderDeployments(deployments, tree);
  for (const { unit, files } of deployed) add(unit, files);
  const referenced = new Map<string, Kustomization[]>();
  for (const kustomization of kustomizations)
    for (const directory of referencesOf(kustomization.root, kustomization.directory))
      append(referenced, directory, kustomization);
  for (const kustomization of kustomizations) {
    const { directory, file, isComponent } = kustomization;
    const isPart = isComponent || referenced.has(directory) || roles.has(file);
    if (isPart && !isClaimed(file, referenced, clustersOf)) continue;
    const { objects, files, gaps: missing } = renderKustomization(kustomization, kustomize);
    for (const cluster of namesOf(file, clustersOf)) add({ folder: directory, cluster, objects, gaps: missing }, files);
  }
  const rendered = new Set(flatMap(units, ({ objects }) => flatMap(objects, (object) => shortIdentity(object) ?? [])));
  const applied = new Set(kustomizations.map(({ directory }) => directory));
  for (const file of parsed) {
    if (roles.has(file.path) || file.objects.length === 0) continue;
    const objects = file.objects.filter((object) => {
      if (member(object.manifest, '$patch') !== undefined) return false;
      // A variant beside a kustomization that does not name it: a patch for another day.
      return !applied.has(folderOf(file.path)) || !rendered.has(shortIdentity(object) ?? '');
    });
    for (const cluster of namesOf(file.path, clustersOf))
      units.push({ folder: folderOf(file.path), cluster, objects, gaps: [] });
  }
  return { units, roles, gaps: [...gaps.values()] };
}

/** A base that no kustomization of the same clusters names is one of its own there. */
function isClaimed(
  file: string,
  referenced: ReadonlyMap<string, readonly Kustomization[]>,
  clustersOf: ReadTreeOptions['clustersOf'],
): boolean {
  const others = referenced.get(folderOf(file));
  if (clustersOf === undefined || others === undefined) return false;
  const taken = new Set(flatMap(others, (other) => clustersOf(other.file)));
  return clustersOf(file).some((name) => !taken.has(name));
}

function namesOf(path: string, clustersOf: ReadTreeOptions['clustersOf']): readonly (ClusterName | undefined)[] {
  if (clustersOf === undefined) return [clusterOfFolder(folderOf(path))];
  const names = clustersOf(path);
  return names.length === 0 ? [undefined] : names.map((name) => ({ name, under: '' }));
}

function namedClusters(units: readonly Unit[]): readonly DetectedCluster[] {
  const apart = new Map<string | null, Unit[]>();
  for (const unit of units) append(apart, unit.cluster?.name ?? null, unit);
  return [...apart]
    .sort(([a], [b]) => compareText(a ?? '\uffff', b ?? '\uffff'))
    .map(([name, members]) => ({ name, units: members }));
}

/** Kind and name alone. */
function shortIdentity(object: SourceObject): string | undefined {
  const { manifest } = object;
  return identityText(object) === undefined
    ? undefined
    : `${text(member(manifest, 'kind')) ?? ''} ${text(at(manifest, 'metadata', 'name')) ?? ''}`;
}

function referencesOf(root: MapNode, directory: string): readonly string[] {
  return flatMap(['resources', 'bases', 'components'], (field) =>
    itemsOf(root, field).map((entry) => joined(directory, scalarText(entry))),
  );
}

interface Deployed {
  readonly unit: Unit;
  readonly files: ReadonlyMap<string, FileRole>;
}

/** What deployment tools apply, each for the clusters in which its own object is. */
function renderDeployments(deployments: readonly Deployment[], tree: Tree): readonly Deployed[] {
  const rendered = flatMap(deployments, (deployment) => {
    const folder = repositoryFolder(deployment, tree);
    if (folder === undefined) return [];
    const rendering = renderFolder(folder, deployment, tree);
    return rendering === undefined ? [] : [{ deployment, folder, rendering }];
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

const OF_OBJECTS: ReadonlySet<string> = new Set(
  [INCOMPLETE_IDENTITY, UNKNOWN_KIND, WRONG_API_GROUP].map(({ code }) => code),
);

/** A patch need not be a whole object. */
function counts({ code }: Finding, { path, documents }: ReadFile, roles: ReadonlyMap<string, FileRole>): boolean {
  if (!OF_OBJECTS.has(code)) return true;
  return roles.get(path) !== 'part' && !documents.some(({ manifest }) => member(manifest, '$patch') !== undefined);
}

function refusedFinding({ message, origin }: RenderGap): Finding {
  return finding(KUSTOMIZATION_REFUSED, {
    message,
    help: 'kustomize build says the same; what it does not render is not judged',
    origin,
  });
}

function skippedOf(
  parsed: readonly ReadFile[],
  roles: ReadonlyMap<string, FileRole>,
  gaps: readonly RenderGap[],
): readonly SkippedInput[] {
  return concat(
    flatMap(parsed, ({ path, skipped }) => (roles.has(path) ? [] : skipped.map((because) => ({ path, because })))),
    gaps
      .filter(({ isRefused }) => !isRefused)
      .map(({ message, origin }) => ({
        path: origin.file ?? '',
        because: `not rendered, so that what follows from it is not judged: ${message}`,
      })),
  );
}
