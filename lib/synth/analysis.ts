import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type Cidr, parseCidr } from '../address';
import { compareFindings, compareText, type Finding, finding, objectText, type ObjectRef } from '../finding/finding';
import {
  type ClusterFacts,
  identityOf,
  listItems,
  type ModelObject,
  modelObject,
  networkModel,
  readService,
  type Service,
  type SourceObject,
} from '../model';
import {
  type AssignmentKind,
  assignServices,
  type Assignments,
  type ClusterPlan,
  type Lock,
  type LockChange,
  type PortRange,
  type TakenValue,
  type WantedAssignment,
} from '../plan';
import { addressFields, NETWORK_RULES, runRules, type SkippedRule } from '../rules';
import { applySuppressions } from '../suppression/suppression';
import { annotationSuppressions } from '../suppression/suppression-sources';
import { expectationFindings, type WrittenExpectation } from '../reach';
import {
  type AppState,
  clusterOf,
  expectationOrigin,
  originOf,
  type PlannedClaim,
  type PlannedCluster,
} from './app-state';
import { CLUSTER_NAME_REUSED, PLANNED_OUTSIDE_CLUSTER, UNRENDERABLE_OBJECT } from './rules';

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
  /** What the lock file should say after this run. */
  readonly lock: Lock;
  readonly changes: readonly LockChange[];
}

/** How an object says, while it is rendered, what its claims are. */
export type ClaimValues = (claim: PlannedClaim) => string | number | undefined;

/** Renders with the given answers to claims. */
export type RenderWith = <T>(values: ClaimValues, render: () => T) => T;

interface Rendered {
  readonly object: ApiObject;
  readonly manifest: unknown;
}

/**
 * Assigns what is planned and checks everything, in three steps: render all objects without planned values to see which
 * addresses and ports are fixed; assign the planned ones around them; render the claimants again and run the rules.
 */
export function analyse(
  root: IConstruct,
  state: AppState,
  lock: Lock,
  renumber: ReadonlySet<string>,
  today: string,
  renderWith: RenderWith,
): Analysis {
  const findings: Finding[] = [...fleetFindings(state), ...reusedNames(state)];
  const objects = root.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));

  const fixed = renderWith(
    () => undefined,
    () => {
      // A check may render the workload that a selector is read from.
      findings.push(...failedChecks(state));
      return objects.flatMap((object) => render(state, object, findings));
    },
  );
  const assigned = new Map<PlannedClaim, string | number>();
  const assignments = assign(state, lock, renumber, fixed, findings, assigned);

  const claimants = new Set<ApiObject>(state.claims.map(({ object }) => object));
  const rendered = renderWith(
    (claim) => assigned.get(claim),
    () =>
      fixed.map((entry) =>
        claimants.has(entry.object) ? { ...entry, manifest: entry.object.toJson() as unknown } : entry,
      ),
  );
  const skipped: SkippedRule[] = [];
  let suppressed = 0;
  const refused = new Set(findings.flatMap(({ object }) => (object === null ? [] : [identityOf(object)])));
  const sources = new Map<PlannedCluster | undefined, readonly SourceObject[]>();
  for (const [cluster, members] of withExpecting(state, byCluster(state, rendered))) {
    const objects = members.map((entry) => sourceObject(state, entry));
    sources.set(cluster, objects);
    const model = networkModel(objects, clusterFacts(cluster));
    const results = runRules(NETWORK_RULES, model);
    const expectations = expectationFindings(model, expectationsOf(state, cluster));
    const news = results.findings.filter((found) => !(OBJECT_RULE_CODES.has(found.code) && isOf(refused, found)));
    const unsuppressed = applySuppressions([...news, ...expectations], annotationSuppressions(model.objects), today);
    findings.push(...unsuppressed.findings);
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
    lock: next,
    changes: lockChanges(lock, next),
  };
}

/** Our constructs say in the user's terms what the API server would refuse: what a rule says of the same object adds nothing. */
const OBJECT_RULE_CODES = new Set(NETWORK_RULES.filter(({ layer }) => layer === 'object').map(({ code }) => code));

function isOf(identities: ReadonlySet<string>, { object }: Finding): boolean {
  return object !== null && identities.has(identityOf(object));
}

/** What is expected of a cluster without objects is expected of nobody, which must be said. */
function withExpecting<T>(
  { expectations, clusters }: AppState,
  groups: ReadonlyMap<PlannedCluster | undefined, readonly T[]>,
): ReadonlyMap<PlannedCluster | undefined, readonly T[]> {
  const expecting = expectations.map(({ cluster }) => clusters.get(cluster));
  return new Map([...expecting.map((cluster) => [cluster, []] as const), ...groups]);
}

function expectationsOf(state: AppState, cluster: PlannedCluster | undefined): WrittenExpectation[] {
  return state.expectations
    .filter((planned) => planned.cluster === cluster?.construct)
    .map((planned) => ({ expectation: planned.expectation, origin: expectationOrigin(planned) }));
}

function failedChecks(state: AppState): Finding[] {
  return state.checks.flatMap(({ construct, problems }) =>
    problems().map(({ rule, message, help }) =>
      finding(rule, { message, help, object: objectRef(state, construct), origin: originOf(state, construct) }),
    ),
  );
}

/** Specs of fleets are written in code: the place of a finding is the construct. */
function fleetFindings(state: AppState): Finding[] {
  return state.fleets.flatMap(({ construct, findings }) =>
    findings.map((found) => ({
      ...found,
      origin: originOf(state, construct),
      related: found.related.map((other) => ({ ...other, origin: other.origin ?? originOf(state, construct) })),
    })),
  );
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

function objectRef(state: AppState, construct: IConstruct): ObjectRef | null {
  const child = construct.node.defaultChild ?? construct;
  if (!ApiObject.isApiObject(child)) return null;
  const { apiVersion, kind, name, metadata } = child;
  const manifest = { apiVersion, kind, metadata: { name, namespace: metadata.namespace } };
  return modelObject({ manifest, locate: () => originOf(state, child) })?.ref ?? null;
}

/** A throwing producer must not hide the other problems of the app. */
function render(state: AppState, object: ApiObject, findings: Finding[]): Rendered[] {
  try {
    return [{ object, manifest: object.toJson() as unknown }];
  } catch (error) {
    findings.push(
      finding(UNRENDERABLE_OBJECT, {
        message: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
        origin: originOf(state, object),
        help: 'the object could not be rendered; the message is that of the code which produces its values',
      }),
    );
    return [];
  }
}

function sourceObject(state: AppState, { object, manifest }: Rendered): SourceObject {
  return { manifest, locate: () => originOf(state, object) };
}

/** Objects outside of every cluster are checked together, without facts. */
function byCluster(state: AppState, rendered: readonly Rendered[]): Map<PlannedCluster | undefined, Rendered[]> {
  const groups = new Map<PlannedCluster | undefined, Rendered[]>();
  for (const entry of rendered) {
    const cluster = clusterOf(state, entry.object);
    const group = groups.get(cluster);
    if (group === undefined) groups.set(cluster, [entry]);
    else group.push(entry);
  }
  return groups;
}

/** The fleet's plan of the cluster. */
export function clusterPlan(cluster: PlannedCluster): ClusterPlan | undefined {
  return cluster.fleet.plan.clusters.get(cluster.name);
}

export function clusterFacts(cluster: PlannedCluster | undefined): ClusterFacts {
  const plan = cluster && clusterPlan(cluster);
  if (cluster === undefined || plan === undefined) return {};
  const { spec } = cluster;
  return {
    serviceCidrs: known(plan.serviceCidrs),
    podCidrs: known(plan.podCidrs),
    nodeCidrs: spec && spec.nodeNetwork.length > 0 ? spec.nodeNetwork.map(({ cidr }) => cidr) : undefined,
    loadBalancerCidrs: known(plan.loadBalancerCidrs),
    nodePortRange: spec?.nodePortRange,
  };
}

/** No range planned means not known here, not that there is none. */
function known(cidrs: readonly string[]): Cidr[] | undefined {
  return cidrs.length === 0 ? undefined : cidrs.map(parseCidr);
}

const DEFAULT_NODE_PORT_RANGE: PortRange = { first: 30000, last: 32767 };

function assign(
  state: AppState,
  lock: Lock,
  renumber: ReadonlySet<string>,
  fixed: readonly Rendered[],
  findings: Finding[],
  assigned: Map<PlannedClaim, string | number>,
): Map<PlannedCluster, Assignments> {
  const claims = new Map<PlannedCluster, PlannedClaim[]>();
  for (const claim of state.claims) {
    const cluster = clusterOf(state, claim.object);
    if (cluster === undefined) {
      findings.push(
        finding(PLANNED_OUTSIDE_CLUSTER, {
          message: `a ${claim.kind} is to be planned, but the Service stands in no cluster`,
          object: objectRef(state, claim.object),
          origin: originOf(state, claim.object),
          help: 'put its chart under a Cluster: new Chart(cluster, …)',
        }),
      );
      continue;
    }
    const existing = claims.get(cluster);
    if (existing === undefined) claims.set(cluster, [claim]);
    else existing.push(claim);
  }

  const results = new Map<PlannedCluster, Assignments>();
  const fixedOf = byCluster(state, fixed);
  for (const [cluster, claimed] of claims) {
    const keyed = claimed.map((claim) => ({ claim, key: claimKey(cluster.name, claim) }));
    const plan = clusterPlan(cluster);
    const result = assignServices({
      cluster: cluster.name,
      serviceCidrs: (plan?.serviceCidrs ?? []).map(parseCidr),
      loadBalancerCidrs: (plan?.loadBalancerCidrs ?? []).map(parseCidr),
      nodePortRange: cluster.spec?.nodePortRange ?? DEFAULT_NODE_PORT_RANGE,
      lock,
      renumber,
      wanted: keyed.map(({ claim, key }) => wanted(state, claim, key)),
      taken: (fixedOf.get(cluster) ?? []).flatMap((entry) => takenBy(state, entry)),
    });
    results.set(cluster, result);
    findings.push(...result.findings);
    for (const { claim, key } of keyed) {
      const value = result.values.get(key);
      if (value !== undefined) assigned.set(claim, value);
    }
  }
  return results;
}

function claimKey(cluster: string, claim: PlannedClaim): string {
  const { namespace, name } = claimant(claim);
  const last = claim.kind === 'nodePort' ? claim.port : claim.family;
  return [cluster, claim.kind, namespace, name, last].join('/');
}

function claimant({ object }: PlannedClaim): { namespace: string; name: string } {
  return { namespace: object.metadata.namespace ?? 'default', name: object.name };
}

function wanted(state: AppState, claim: PlannedClaim, key: string): WantedAssignment {
  const { namespace, name } = claimant(claim);
  const { kind } = claim;
  return {
    key,
    kind,
    family: claim.kind === 'nodePort' ? undefined : claim.family,
    // As the API server does for ports that it numbers itself: TCP and UDP of one port get one node port.
    shareGroup: claim.kind === 'nodePort' ? [namespace, name, claim.portNumber].join('/') : undefined,
    object: objectRef(state, claim.object),
    get origin() {
      return originOf(state, claim.object);
    },
  };
}

function takenBy(state: AppState, entry: Rendered): TakenValue[] {
  return listItems(sourceObject(state, entry)).flatMap((source) => {
    const object = modelObject(source);
    return object?.ref.kind === 'Service' && object.ref.apiVersion === 'v1' ? takenByService(state, entry, object) : [];
  });
}

function takenByService(state: AppState, entry: Rendered, object: ModelObject): TakenValue[] {
  const { ref } = object;
  const service = readService(object);
  const taken = (kind: AssignmentKind, value: string | number): TakenValue => ({
    kind,
    value,
    owner: objectText(ref),
    object: ref,
    // Only what is reported needs a place, and a place is dear.
    get origin() {
      return originOf(state, entry.object);
    },
  });
  return [
    ...addressFields(service.clusterIps).map(({ text }) => taken('clusterIP', text)),
    ...addressFields(service.loadBalancerIps).map(({ text }) => taken('loadBalancerIP', text)),
    ...nodePorts(service).map((port) => taken('nodePort', port)),
  ];
}

function nodePorts(service: Service): number[] {
  return [...service.ports.map(({ nodePort }) => nodePort), service.healthCheckNodePort].filter(
    (port) => port !== undefined,
  );
}

/**
 * Everything that the app's clusters hold now, and nothing else. Entries of single Services are kept as they are for a
 * cluster that has no object in this app: another app of the same fleet makes them.
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
