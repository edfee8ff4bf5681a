import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { IpFamily } from '../address';
import type { DnsTexts } from '../config/cluster-options';
import type { Finding, Origin } from '../finding/finding';
import type { RuledProblem } from '../finding/problem';
import type { Runbook } from '../migration';
import type { ClusterSpec, FleetPlan, FleetSpec } from '../plan';
import type { Expectation } from '../reach';
import { type CallSite, codeLocation } from './call-site';
import type { FieldMap } from './field-map';

/** A value that is assigned during synth, because it depends on all objects of the app. */
export type PlannedClaim =
  | { readonly kind: 'clusterIP'; readonly object: ApiObject; readonly family: IpFamily }
  | {
      readonly kind: 'nodePort';
      readonly object: ApiObject;
      /** The name of the port, or its number as text if it has none. */
      readonly port: string;
      readonly portNumber: number;
    }
  | { readonly kind: 'loadBalancerIP'; readonly object: ApiObject; readonly family: IpFamily };

/** A fleet and what planning it gave. */
export interface PlannedFleet {
  readonly construct: IConstruct;
  /** As it was declared; this and what follows from it change when a cluster is added. */
  input: unknown;
  spec: FleetSpec;
  plan: FleetPlan;
  /** What was wrong with the spec, and what did not fit. */
  findings: readonly Finding[];
}

export interface PlannedCluster {
  readonly construct: IConstruct;
  readonly name: string;
  /** Undefined if the spec of the cluster could not be understood. */
  readonly spec: ClusterSpec | undefined;
  readonly fleet: PlannedFleet;
  /** Who answers name lookups of pods, as far as somebody says it. */
  readonly dns: DnsTexts | undefined;
}

/** What must or must not be possible in a cluster. */
export interface PlannedExpectation {
  readonly cluster: IConstruct;
  readonly expectation: Expectation;
  readonly callSite: CallSite;
}

/** Looks at one construct when the app is complete. */
export interface Check {
  readonly construct: IConstruct;
  readonly problems: () => readonly RuledProblem[];
}

/** A file beside the manifests that is none itself, such as a configuration of kubeadm. */
export interface PlannedFile {
  readonly construct: IConstruct;
  /** Below the output folder of the app, with `/` between its parts. */
  readonly path: string;
  readonly render: () => string;
}

/** A runbook that is proven on a model of its cluster before it is written. */
export interface PlannedRehearsal {
  readonly construct: IConstruct;
  readonly name: string;
  readonly runbook: Runbook;
}

/** Everything that the constructs of one app have said so far. It only grows. */
export interface AppState {
  readonly fleets: PlannedFleet[];
  readonly clusters: Map<IConstruct, PlannedCluster>;
  readonly checks: Check[];
  readonly claims: PlannedClaim[];
  readonly expectations: PlannedExpectation[];
  readonly files: PlannedFile[];
  readonly rehearsals: PlannedRehearsal[];
  readonly callSites: Map<IConstruct, CallSite>;
  /** Of the objects that constructs of ours made. */
  readonly fields: Map<ApiObject, FieldMap>;
}

export function emptyState(): AppState {
  return {
    fleets: [],
    clusters: new Map(),
    checks: [],
    claims: [],
    expectations: [],
    files: [],
    rehearsals: [],
    callSites: new Map(),
    fields: new Map(),
  };
}

/** The cluster that a construct belongs to: the one it stands under, or the only one of the app. */
export function clusterOf(state: AppState, construct: IConstruct): PlannedCluster | undefined {
  for (let scope: IConstruct | undefined = construct; scope !== undefined; scope = scope.node.scope) {
    const cluster = state.clusters.get(scope);
    if (cluster !== undefined) return cluster;
  }
  return state.clusters.size === 1 ? [...state.clusters.values()][0] : undefined;
}

/** The construct, and the line of user code that made it or, for one of another library, its nearest parent of ours. */
export function originOf(state: AppState, construct: IConstruct): Origin {
  for (let scope: IConstruct | undefined = construct; scope !== undefined; scope = scope.node.scope) {
    const site = state.callSites.get(scope);
    const location = site && codeLocation(site);
    if (location !== undefined && isOurs(state, scope, construct))
      return { ...location, construct: construct.node.path };
  }
  return { file: null, line: null, column: null, construct: construct.node.path };
}

/** The line of user code that stated it. */
export function expectationOrigin({ cluster, callSite }: PlannedExpectation): Origin {
  const location = codeLocation(callSite);
  return { file: null, line: null, column: null, ...location, construct: cluster.node.path };
}

/** A child called `Resource`, and what props are known of, is written by its parent; any other child has a line of its own, which we do not know. */
function isOurs({ fields }: AppState, scope: IConstruct, construct: IConstruct): boolean {
  if (scope === construct) return true;
  const isWritten = construct.node.id === 'Resource' || fields.has(construct as ApiObject);
  return construct.node.scope === scope && isWritten;
}
