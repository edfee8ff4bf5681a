import { compareText, finding, type Finding } from '../../finding/finding';
import { at, member, text } from '../../model/json';
import { concat, flatMap } from '../../model/lists';
import { append } from '../../model/lookup';
import type { SourceObject } from '../../model/source-object';
import { kustomizeFiles, type ReadFile as ReadBytes } from '../kustomize/files';
import {
  folderOf,
  isKustomizationName,
  itemsOf,
  joined,
  type Kustomization,
  kustomizationOf,
} from '../kustomize/kustomization';
import { type MapNode, scalarText } from '../kustomize/node';
import { renderKustomization } from '../kustomize/render';
import type { FileRole, RenderGap } from '../kustomize/render-state';
import type { ManifestFile } from '../manifest-file';
import { type ReadFile, readFiles, type SkippedInput } from '../read-manifests';
import { INCOMPLETE_IDENTITY, KUSTOMIZATION_REFUSED, UNKNOWN_KIND, WRONG_API_GROUP } from '../rules';
import { UNRENDERED_TEMPLATE } from '../unrendered-template';
import { type DetectedCluster, detectClusters } from './clusters';
import { deploymentsOf } from './deployments';
import { selfAndFolders } from './paths';
import { renderDeployments, type Tree } from './render-deployments';
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
  /** Where its kustomizations and files are; folders inside of one of them are not named. Sorted. */
  readonly folders: readonly string[];
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
      folders: outermost(members.map(({ folder }) => folder)),
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

function outermost(folders: readonly string[]): readonly string[] {
  const all = new Set(folders);
  const isInside = (folder: string): boolean =>
    selfAndFolders(folder).some((outer) => outer !== folder && outer !== '.' && all.has(outer));
  return [...all].filter((folder) => !isInside(folder)).sort(compareText);
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
    if (isSparePatch(file.path, applied)) {
      roles.set(file.path, 'part');
      continue;
    }
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

/** What is called a patch, in a folder with a kustomization or below one, is no object, although no kustomization names it (any more). */
function isSparePatch(path: string, applied: ReadonlySet<string>): boolean {
  const kustomized = selfAndFolders(folderOf(path)).find((folder) => applied.has(folder));
  return kustomized !== undefined && PATCH.test(path.slice(kustomized === '.' ? 0 : kustomized.length));
}

const PATCH = /(?:^|[/_.-])patch(?:es)?[/_.-]/i;

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
