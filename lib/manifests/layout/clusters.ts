import { compareText } from '../../finding/finding';
import { concat, flatMap } from '../../model/lists';
import { groupBy } from '../../model/lookup';
import { areVariants, identitiesOf, type Unit } from './unit';

/** Units that go to one cluster. */
export interface DetectedCluster {
  /** Null for the only one that has no name. */
  readonly name: string | null;
  readonly units: readonly Unit[];
}

/** Which units are of one cluster: those that name it, else all that do not repeat one another. */
export function detectClusters(units: readonly Unit[]): readonly DetectedCluster[] {
  const named = units.filter(({ cluster }) => cluster !== undefined);
  const clusters = concat(
    flatMap([...groupBy(named, ({ cluster }) => cluster?.name ?? '')], ([name, members]) => ofOneName(name, members)),
    ofFolders(units.filter(({ cluster }) => cluster === undefined)),
  );
  return clusters.toSorted((a, b) => compareText(a.name ?? '\uffff', b.name ?? '\uffff'));
}

/** `shop/overlays/prod` and `cart/overlays/prod` are of one cluster, unless they are variants of one thing. */
function ofOneName(name: string, units: readonly Unit[]): readonly DetectedCluster[] {
  const groups = [...groupBy(units, ({ cluster }) => cluster?.under ?? '')];
  const identities = groups.map(([, members]) => identitiesOf(members));
  if (!hasVariants(identities)) return [{ name, units }];
  return groups.map(([under, members]) => ({ name: under === '' ? name : `${under}/…/${name}`, units: members }));
}

interface Folder {
  readonly path: string;
  readonly units: Unit[];
  readonly folders: Map<string, Folder>;
}

function ofFolders(units: readonly Unit[]): readonly DetectedCluster[] {
  if (units.length === 0) return [];
  if (units.length === 1) return [{ name: null, units }];
  const root: Folder = { path: '.', units: [], folders: new Map() };
  for (const unit of units) folderAt(root, unit.folder).units.push(unit);
  const { whole, apart } = split(root);
  return concat(apart, whole.length === 0 ? [] : [{ name: null, units: whole }]);
}

function folderAt(root: Folder, path: string): Folder {
  let folder = root;
  for (const part of path === '.' ? [] : path.split('/')) {
    const inner = folder.folders.get(part) ?? {
      path: folder.path === '.' ? part : `${folder.path}/${part}`,
      units: [],
      folders: new Map<string, Folder>(),
    };
    folder.folders.set(part, inner);
    folder = inner;
  }
  return folder;
}

interface Split {
  /** What may be of one cluster with the neighbours of the folder. */
  readonly whole: readonly Unit[];
  readonly apart: readonly DetectedCluster[];
}

interface Part extends Split {
  readonly path: string;
  readonly identities: ReadonlySet<string>;
}

/** Folders of a folder that repeat one another are clusters of their own. */
function split({ path, units, folders }: Folder): Split {
  const inner = [...folders.values()].sort((a, b) => compareText(a.path, b.path));
  const parts: Part[] = [
    { path, whole: units, apart: [] },
    ...inner.map((folder) => ({ path: folder.path, ...split(folder) })),
  ]
    .filter(({ whole, apart }) => whole.length + apart.length > 0)
    .map((part) => ({ ...part, identities: identitiesOf(part.whole) }));
  const repeated = variantsAmong(parts.map(({ identities }) => identities));
  // Where most are variants, all are: examples are written side by side.
  const all = repeated.size * 2 >= parts.length && repeated.size > 0;
  const isApart = (index: number): boolean => parts[index].whole.length > 0 && (all || repeated.has(index));
  return {
    whole: flatMap(parts, ({ whole }, index) => (isApart(index) ? [] : whole)),
    apart: flatMap(parts, (part, index): readonly DetectedCluster[] =>
      isApart(index) ? [...part.apart, { name: part.path, units: part.whole }] : part.apart,
    ),
  };
}

function hasVariants(sets: readonly ReadonlySet<string>[]): boolean {
  return variantsAmong(sets).size > 0;
}

/** The indexes of sets that are variants of another one. Only sets that share something are compared. */
function variantsAmong(sets: readonly ReadonlySet<string>[]): ReadonlySet<number> {
  const variants = new Set<number>();
  const holders = new Map<string, number>();
  const compared = new Set<string>();
  for (const [index, set] of sets.entries()) {
    for (const identity of set) {
      const holder = holders.get(identity);
      if (holder === undefined) {
        holders.set(identity, index);
        continue;
      }
      const pair = `${holder} ${index}`;
      if (compared.has(pair)) continue;
      compared.add(pair);
      if (areVariants(sets[holder], set)) variants.add(holder).add(index);
    }
  }
  return variants;
}
