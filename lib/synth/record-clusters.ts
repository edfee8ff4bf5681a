import { ApiObject, App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { clusterTextsOf } from '../config/cluster-options';
import { EMPTY_CONFIG } from '../config/config';
import { compareText } from '../finding/finding';
import type { IsWanted } from './analysis';
import type { AppOrder } from './app-order';
import { type AppState, clusterOf, type PlannedCluster } from './app-state';
import { clusterFacts } from './cluster-facts';
import { formatClusterRecord } from './cluster-record';
import { outputFiles } from './output-files';

/** The text of the record of the wanted clusters; undefined where there is none. */
export function clusterRecord(
  root: IConstruct,
  order: () => AppOrder,
  state: AppState,
  planned: ReadonlyMap<string, unknown>,
  isWanted: IsWanted,
): string | undefined {
  const clusters = [...state.clusters.values()]
    .filter(({ name }) => isWanted(name))
    .sort((a, b) => compareText(a.name, b.name));
  if (clusters.length === 0) return undefined;
  const filesOf = new Map<PlannedCluster, Set<string>>(clusters.map((cluster) => [cluster, new Set()]));
  for (const [path, owner] of owners(root, order, state, planned)) filesOf.get(owner)?.add(path);
  return formatClusterRecord(
    new Map(
      clusters.map((cluster) => [
        cluster.name,
        {
          files: [...(filesOf.get(cluster) ?? [])].sort(compareText),
          facts: clusterTextsOf(clusterFacts(cluster, EMPTY_CONFIG)),
        },
      ]),
    ),
  );
}

/** Each file that is of one cluster alone. */
function owners(
  root: IConstruct,
  order: () => AppOrder,
  state: AppState,
  planned: ReadonlyMap<string, unknown>,
): readonly (readonly [string, PlannedCluster])[] {
  const found: (readonly [string, PlannedCluster])[] = [];
  const add = (path: string, constructs: readonly IConstruct[]): void => {
    const [cluster, ...others] = new Set(constructs.map((construct) => clusterOf(state, construct)));
    if (cluster !== undefined && others.length === 0) found.push([path, cluster]);
  };
  for (const [path, constructs] of manifestFiles(root, order)) add(path, constructs);
  for (const { path, construct } of state.files)
    if (planned.has(path) && /\.(?:ya?ml|json)$/.test(path)) add(path, [construct]);
  return found;
}

/** By path; of two files of one name the later one stays. */
function manifestFiles(root: IConstruct, order: () => AppOrder): ReadonlyMap<string, readonly IConstruct[]> {
  if (!(root instanceof App)) return new Map();
  const files = outputFiles(order(), root.yamlOutputType, root.outputFileExtension, (object) => object);
  return new Map(
    files.map(({ folder, name, documents }) => [
      folder === '' ? name : `${folder}/${name}`,
      documents.filter((document) => ApiObject.isApiObject(document)),
    ]),
  );
}
