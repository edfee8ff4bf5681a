import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { own } from '../syntax/own-member';
import { link, realVertex, topology, type Vertex, virtualVertex } from './topology';

/** In which order cdk8s writes the charts of an app and the objects of each: what something depends on stands before it. */
export interface AppOrder {
  readonly charts: readonly Chart[];
  /** Whether a chart depends on another one, or stands in one: cdk8s then numbers its files. */
  readonly dependent: boolean;
  /** The objects whose nearest chart it is. */
  objectsOf(chart: Chart): readonly ApiObject[];
}

/**
 * Finds the order of cdk8s in linear time, and writes nothing into the tree. Where a construct depends on another one,
 * cdk8s lets each object of the one depend on each of the other: here a single vertex stands for all of these pairs.
 *
 * @throws Error if constructs depend on one another in a circle, or on one another outside of all charts
 */
export function appOrder(root: IConstruct): AppOrder {
  const constructs = root.node.findAll();
  const { targets, dependent } = dependenciesOf(constructs);
  const objectsOf = memoised(ownObjects);
  const sorted = (scope: readonly IConstruct[]): readonly IConstruct[] =>
    targets.size === 0 && !scope.some(isListedFirst) ? scope : topology(verticesOf(scope, targets, objectsOf));
  return {
    charts: sorted(constructs).filter((construct) => Chart.isChart(construct)),
    dependent,
    objectsOf: memoised((chart: Chart) =>
      sorted(chart.node.findAll())
        .filter((construct) => ApiObject.isApiObject(construct))
        .filter((object) => Chart.of(object) === chart),
    ),
  };
}

/** A path that is a number: cdk8s lists these before all others. */
function isListedFirst({ node: { id, scope } }: IConstruct): boolean {
  return /^\d+$/.test(id) && scope?.node.scope === undefined;
}

/** What each construct depends on: as stated, then as follows for charts. */
type Targets = ReadonlyMap<IConstruct, ReadonlySet<IConstruct>>;

function dependenciesOf(constructs: readonly IConstruct[]): { targets: Targets; dependent: boolean } {
  const targets = new Map<IConstruct, Set<IConstruct>>();
  for (const construct of constructs) {
    const { dependencies } = construct.node;
    if (dependencies.length > 0) targets.set(construct, new Set(dependencies));
  }
  let dependent = false;
  const depend = (source: IConstruct, target: IConstruct): void => {
    dependent = true;
    const others = targets.get(source);
    if (others === undefined) targets.set(source, new Set([target]));
    else others.add(target);
  };
  for (const parent of constructs.filter((construct) => Chart.isChart(construct))) {
    for (const child of parent.node.children) if (Chart.isChart(child)) depend(parent, child);
  }
  const stated = constructs.flatMap((source) => [...(targets.get(source) ?? [])].map((target) => ({ source, target })));
  for (const { source, target } of stated) {
    const chart = Chart.of(source);
    const other = Chart.of(target);
    if (chart !== other) depend(chart, other);
  }
  return { targets, dependent };
}

type ObjectsOf = (construct: IConstruct) => readonly ApiObject[];

/** The objects below a construct that belong to the same chart as the construct. */
function ownObjects(construct: IConstruct): readonly ApiObject[] {
  const chart = Chart.of(construct);
  return construct.node
    .findAll()
    .filter((object) => ApiObject.isApiObject(object))
    .filter((object) => Chart.of(object) === chart);
}

/** A dependency of a construct which counts for the objects below it, each of which then depends on each object of the target. */
interface Dependency {
  readonly source: IConstruct;
  readonly target: IConstruct;
}

/** All that an object depends on because of constructs that it stands in, up to its chart. */
interface Inherited {
  readonly dependencies: readonly Dependency[];
  /** One vertex for all of them; undefined where an object would depend on itself through it. */
  readonly shared: Vertex | undefined;
}

/** A vertex for each construct of the scope, in the order of cdk8s, which lists numbers among the paths first. */
function verticesOf(scope: readonly IConstruct[], targets: Targets, objectsOf: ObjectsOf): Vertex[] {
  const byPath = Object.fromEntries(scope.map((construct) => [construct.node.path, realVertex(construct)]));
  const at = ({ node }: IConstruct): Vertex[] => list(own(byPath, node.path));
  const allOf = memoised((target: IConstruct) => virtualVertex(objectsOf(target).flatMap(at)));
  const inheritance = new Map<IConstruct, Inherited>();

  for (const construct of scope) {
    const stated = [...(targets.get(construct) ?? [])].filter((target) => at(target).length > 0);
    const outer = Chart.isChart(construct) ? undefined : inheritance.get(construct.node.scope ?? construct);
    const inherited = stated.length === 0 ? outer : inherit(outer, construct, stated, allOf);
    if (inherited !== undefined) inheritance.set(construct, inherited);
    for (const vertex of at(construct)) {
      for (const target of stated.flatMap(at)) link(vertex, target);
      if (inherited === undefined || !ApiObject.isApiObject(construct)) continue;
      const { shared, dependencies } = inherited;
      const all = shared ? [shared] : dependencies.flatMap((one) => targetsFor(construct, one, objectsOf, allOf, at));
      for (const target of all) link(vertex, target);
    }
  }
  return Object.values(byPath);
}

function inherit(
  outer: Inherited | undefined,
  source: IConstruct,
  targets: readonly IConstruct[],
  allOf: (target: IConstruct) => Vertex,
): Inherited {
  const overlaps = (outer !== undefined && !outer.shared) || targets.some((target) => isWithinOther(source, target));
  return {
    dependencies: [...(outer?.dependencies ?? []), ...targets.map((target) => ({ source, target }))],
    shared: overlaps ? undefined : virtualVertex([...list(outer?.shared), ...targets.map(allOf)]),
  };
}

/** An object does not depend on itself. */
function targetsFor(
  object: ApiObject,
  { source, target }: Dependency,
  objectsOf: ObjectsOf,
  allOf: (target: IConstruct) => Vertex,
  at: (construct: IConstruct) => readonly Vertex[],
): Vertex[] {
  if (!isWithinOther(source, target)) return [allOf(target)];
  const all = objectsOf(target);
  const common = objectsOf(source).length < all.length ? objectsOf(source) : all;
  // Two objects on both sides depend on each other: one step of the circle is enough to find it.
  if (common.length > 1)
    return common
      .filter((other) => other !== object)
      .slice(0, 1)
      .flatMap(at);
  return all.filter((other) => other !== object).flatMap(at);
}

/** Whether some objects can be on both sides. */
function isWithinOther(source: IConstruct, target: IConstruct): boolean {
  const isNested = source.node.scopes.includes(target) || target.node.scopes.includes(source);
  return isNested && Chart.of(source) === Chart.of(target);
}

function list<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}

function memoised<Key, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const value = known.get(key) ?? compute(key);
    known.set(key, value);
    return value;
  };
}
