import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type Config, expectationsOfCluster } from '../config/config';
import { excluder } from '../config/exclude-key';
import { compareFindings, compareText, type Finding, finding, type Origin, type SpecPath } from '../finding/finding';
import { identityFindings } from '../manifests/identity-findings';
import { objectsOf } from '../manifests/list-items';
import { type Judge, rehearse } from '../migration';
import { networkModel, type SourceObject } from '../model';
import type { Assignments, Lock, LockChange } from '../plan';
import { expectationFindings, type WrittenExpectation } from '../reach';
import { NETWORK_RULES, runRules, type SkippedRule } from '../rules';
import { applySuppressions } from '../suppression/suppression';
import { annotationSuppressions } from '../suppression/suppression-sources';
import {
  type AppState,
  clusterOf,
  expectationOrigin,
  originOf,
  type PlannedClaim,
  type PlannedCluster,
} from './app-state';
import { clusterFacts } from './cluster-facts';
import { judgeOf } from './migration-judge';
import { byCluster, objectRef, render, type Rendered, sourceObject } from './rendered';
import { CLUSTER_NAME_REUSED } from './rules';
import { assign } from './service-assignments';

/** What one look at the whole app gave. */
export interface Analysis {
  /** Sorted. */
  readonly findings: readonly Finding[];
  /** The value of each claim; a claim that could not be served is absent. */
  readonly assigned: ReadonlyMap<PlannedClaim, string | number>;
  readonly skipped: readonly SkippedRule[];
  readonly suppressed: number;
  /** The objects of each cluster as they will be written; of those outside of every cluster under undefined. */
  readonly objects: ReadonlyMap<PlannedCluster | undefined, readonly SourceObject[]>;
  /** What will be written of each object. */
  readonly manifests: ReadonlyMap<ApiObject, unknown>;
  /** What the lock file should say after this run. */
  readonly lock: Lock;
  readonly changes: readonly LockChange[];
}

/** How an object says, while it is rendered, what its claims are. */
export type ClaimValues = (claim: PlannedClaim) => string | number | undefined;

/** Whether a cluster is looked at, by its name; undefined for what is outside of every cluster. */
export type IsWanted = (cluster: string | undefined) => boolean;

/** Renders with the given answers to claims. */
export type RenderWith = <T>(values: ClaimValues, render: () => T) => T;

/**
 * Assigns what is planned and checks everything, in three steps: render all objects without planned values to see which
 * addresses and ports are fixed; assign the planned ones around them; render the claimants again and run the rules. Clusters that are not
 * wanted are left alone, and the lock keeps what it says of them.
 */
export function analyse(
  root: IConstruct,
  state: AppState,
  lock: Lock,
  renumber: ReadonlySet<string>,
  config: Config,
  today: string,
  renderWith: RenderWith,
  isWanted: IsWanted,
): Analysis {
  const findings: Finding[] = [...fleetFindings(state, isWanted), ...reusedNames(state)];
  const isLookedAt = (construct: IConstruct): boolean => isWanted(clusterOf(state, construct)?.name);
  const objects = root.node
    .findAll()
    .filter((construct): construct is ApiObject => ApiObject.isApiObject(construct) && isLookedAt(construct));

  const { problems, fixed } = renderWith(
    () => undefined,
    () => ({
      // A check may render the workload that a selector is read from.
      problems: failedChecks(state, isLookedAt),
      fixed: objects.flatMap((object) => render(state, object, findings)),
    }),
  );
  const assigned = new Map<PlannedClaim, string | number>();
  const claims = state.claims.filter(({ object }) => isLookedAt(object));
  const assignments = assign({ ...state, claims }, lock, renumber, fixed, findings, assigned);

  const claimants = new Set<ApiObject>(claims.map(({ object }) => object));
  const rendered = renderWith(
    (claim) => assigned.get(claim),
    () =>
      fixed.map((entry) =>
        claimants.has(entry.object) ? { ...entry, manifest: entry.object.toJson() as unknown } : entry,
      ),
  );
  const skipped: SkippedRule[] = [];
  let suppressed = 0;
  const isExcluded = excluder(config);
  const sources = new Map<PlannedCluster | undefined, readonly SourceObject[]>();
  const members = byCluster(state, rendered);
  for (const cluster of new Set([
    ...members.keys(),
    ...problems.keys(),
    ...expectingClusters(state),
    ...rehearsingClusters(state),
  ])) {
    if (!isWanted(cluster?.name)) continue;
    const objects = (members.get(cluster) ?? []).map((entry) => sourceObject(state, entry));
    if (objects.length > 0) sources.set(cluster, objects);
    const own = problems.get(cluster) ?? [];
    const model = networkModel(objects, clusterFacts(cluster, config));
    const results = runRules(NETWORK_RULES, model);
    const identities = objects.flatMap(objectsOf).flatMap(identityFindings);
    const expectations = expectationFindings(model, expectationsOf(state, config, cluster));
    const rehearsed = rehearsalFindings(
      state,
      cluster,
      judgeOf(objects, clusterFacts(cluster, config), expectationsOf(state, config, cluster)),
    );
    const unsuppressed = applySuppressions(
      [...own, ...identities, ...results.findings, ...expectations, ...rehearsed],
      annotationSuppressions(model.objects),
      today,
      (code) => !results.skipped.some((rule) => rule.code === code),
    );
    findings.push(...unsuppressed.findings.filter(({ origin }) => !isExcluded(origin?.file ?? '')));
    skipped.push(...results.skipped);
    suppressed += unsuppressed.suppressed;
  }

  const next = nextLock(state, lock, fixed, assignments);
  return {
    findings: findings.sort(compareFindings),
    assigned,
    skipped,
    suppressed,
    objects: sources,
    manifests: new Map(rendered.map(({ object, manifest }) => [object, manifest])),
    lock: next,
    changes: lockChanges(lock, next),
  };
}

/** Also those that have no object: what is expected of them is expected of nobody. */
function expectingClusters({ clusters, expectations }: AppState): PlannedCluster[] {
  return expectations.flatMap(({ cluster }) => clusters.get(cluster) ?? []);
}

/** Clusters with nothing but a migration. */
function rehearsingClusters(state: AppState): (PlannedCluster | undefined)[] {
  return state.rehearsals.map(({ construct }) => clusterOf(state, construct));
}

function rehearsalFindings(state: AppState, cluster: PlannedCluster | undefined, judge: Judge): Finding[] {
  return state.rehearsals.flatMap(({ construct, runbook }) => {
    if (clusterOf(state, construct) !== cluster || runbook.cluster === null) return [];
    return rehearse(runbook, runbook.cluster, judge).stages.flatMap(({ folder, problems }) =>
      problems.map(({ rule, message, help }) =>
        finding(rule, { message: `stage ${folder}: ${message}`, help, origin: originOf(state, construct) }),
      ),
    );
  });
}

/** What the code says, and what `netloom.yaml` says; the only cluster of an app need not be named there. */
export function expectationsOf(
  state: AppState,
  config: Config,
  cluster: PlannedCluster | undefined,
): readonly WrittenExpectation[] {
  const name = cluster?.name ?? null;
  return [
    ...state.expectations
      .filter((planned) => planned.cluster === cluster?.construct)
      .map((planned) => ({ expectation: planned.expectation, origin: expectationOrigin(planned) })),
    ...expectationsOfCluster(config, name),
    ...(name !== null && state.clusters.size === 1 ? expectationsOfCluster(config, null) : []),
  ];
}

function failedChecks(
  state: AppState,
  isLookedAt: (construct: IConstruct) => boolean,
): Map<PlannedCluster | undefined, Finding[]> {
  const failed = new Map<PlannedCluster | undefined, Finding[]>();
  for (const { construct, problems } of state.checks) {
    if (!isLookedAt(construct)) continue;
    const found = problems().map(({ rule, message, help }) =>
      finding(rule, { message, help, object: objectRef(state, construct), origin: originOf(state, construct) }),
    );
    if (found.length === 0) continue;
    const cluster = clusterOf(state, construct);
    const others = failed.get(cluster);
    if (others === undefined) failed.set(cluster, found);
    else others.push(...found);
  }
  return failed;
}

/** Specs of fleets are written in code: the place of a finding is the line of the cluster that it is about, or that of the fleet. */
function fleetFindings(state: AppState, isWanted: IsWanted): Finding[] {
  return state.fleets.flatMap((fleet) => {
    const whole = originOf(state, fleet.construct);
    const origins = new Map(
      [...state.clusters.values()]
        .filter((cluster) => cluster.fleet === fleet)
        .map(({ name, construct }) => [name, originOf(state, construct)]),
    );
    const originAt = ([key, name]: SpecPath = []): Origin => {
      const own = key === 'clusters' ? origins.get(String(name)) : undefined;
      const hasLine = own !== undefined && (own.line !== whole.line || own.column !== whole.column);
      return hasLine ? own : whole;
    };
    const wanted = fleet.findings.filter(
      ({ specPath: [key, name] = [] }) => key !== 'clusters' || isWanted(String(name)),
    );
    return wanted.map((found) => ({
      ...found,
      origin: originAt(found.specPath),
      related: found.related.map((other) => ({ ...other, origin: other.origin ?? originAt(other.specPath) })),
    }));
  });
}

function reusedNames(state: AppState): Finding[] {
  const first = new Map<string, PlannedCluster>();
  const findings: Finding[] = [];
  const clusters = [...state.clusters.values()].sort((a, b) =>
    compareText(a.construct.node.path, b.construct.node.path),
  );
  for (const cluster of clusters) {
    const earlier = first.get(cluster.name);
    if (earlier === undefined) {
      first.set(cluster.name, cluster);
      continue;
    }
    findings.push(
      finding(CLUSTER_NAME_REUSED, {
        message: `there is another cluster called ${cluster.name}`,
        origin: originOf(state, cluster.construct),
        related: [{ message: 'the other one', object: null, origin: originOf(state, earlier.construct) }],
        help: 'allocations are kept by cluster name: give each cluster of the app a name of its own',
      }),
    );
  }
  return findings;
}

/**
 * Everything that the app's clusters hold now, and nothing else. Entries of single Services are kept as they are for a
 * cluster that has no object in this app, or is not looked at: another app or shard of the same fleet makes them.
 */
function nextLock(
  state: AppState,
  lock: Lock,
  rendered: readonly Rendered[],
  assignments: ReadonlyMap<PlannedCluster, Assignments>,
): Lock {
  const next = new Map<string, string>();
  for (const { plan } of state.fleets) addAll(next, plan.lock);
  for (const { lock: assigned } of assignments.values()) addAll(next, assigned);
  const populated = new Set([...byCluster(state, rendered).keys()].map((cluster) => cluster?.name));
  const empty = new Set([...state.clusters.values()].map(({ name }) => name).filter((name) => !populated.has(name)));
  for (const [key, value] of lock.allocations) {
    const [cluster, , ...rest] = key.split('/');
    if (rest.length > 1 && empty.has(cluster)) next.set(key, value);
  }
  return { allocations: next };
}

function addAll(target: Map<string, string>, { allocations }: Lock): void {
  for (const [key, value] of allocations) target.set(key, value);
}

export function lockChanges(before: Lock, after: Lock): LockChange[] {
  const keys = [...new Set([...before.allocations.keys(), ...after.allocations.keys()])].sort(compareText);
  return keys
    .map((key) => ({
      key,
      before: before.allocations.get(key) ?? null,
      after: after.allocations.get(key) ?? null,
    }))
    .filter((change) => change.before !== change.after);
}
