import { appendFileSync } from 'node:fs';
import type { ClusterTexts } from '../config/cluster-options';
import type { Finding, Origin } from '../finding/finding';
import type { Runbook } from '../migration';
import type { FleetPlan, LockChange } from '../plan';
import type { WrittenExpectation } from '../reach';
import type { SkippedRule } from '../rules';

/** How `netloom plan` asks an app for its plan: in this variable of the environment, as JSON. */
export const PLAN_REQUEST_VARIABLE = 'NETLOOM_PLAN_REQUEST';

export interface PlanRequest {
  /** The file that gets one line of JSON, an {@link AppReport}, for each app of the process. */
  readonly report: string;
  /** Where manifests go: a request for a plan writes none of the user's files. */
  readonly outdir: string;
  /** The lock file instead of the usual one. */
  readonly lockFile?: string;
  /** Lock keys that may move. */
  readonly renumber: readonly string[];
  /** Whether the objects are wanted too. */
  readonly manifests?: boolean;
  /** The cluster whose objects are looked at. @default - all */
  readonly cluster?: string;
}

/** An object of the app as it will be written, and where it was made. */
export interface AppManifest {
  readonly manifest: unknown;
  readonly origin: Origin;
}

/** What a report says of one cluster, for analyses of its objects. */
export interface AppClusterManifests {
  /** Null for objects outside of every cluster. */
  readonly cluster: string | null;
  /** What the plan and the props of the cluster say, as options of the command line would spell it. */
  readonly facts: ClusterTexts;
  readonly manifests: readonly AppManifest[];
}

/** A runbook, the cluster that it is for, and what the code and `netloom.yaml` expect of that cluster. */
export interface AppRehearsal {
  readonly name: string;
  readonly cluster: string | null;
  readonly runbook: Runbook;
  readonly expectations: readonly WrittenExpectation[];
}

/** The plan of one app, and what was found. */
export interface AppReport {
  readonly clusters: [string, FleetPlan['clusters'] extends ReadonlyMap<string, infer Plan> ? Plan : never][];
  readonly allocations: FleetPlan['allocations'];
  readonly free: FleetPlan['free'];
  readonly changes: readonly LockChange[];
  readonly findings: readonly Finding[];
  readonly skipped: readonly SkippedRule[];
  readonly suppressed: number;
  /** How many objects were looked at. */
  readonly objects: number;
  /** Empty unless asked for. */
  readonly manifests: readonly AppClusterManifests[];
  /** The runbooks of the app. Empty unless manifests are asked for. */
  readonly rehearsals: readonly AppRehearsal[];
  /** The fleets as the app declares them: props in the shape of a spec. */
  readonly fleets: readonly unknown[];
  readonly lockFile: string;
  /** What the lock file should say. */
  readonly lock: readonly [string, string][];
}

export function planRequest(): PlanRequest | undefined {
  const text = process.env[PLAN_REQUEST_VARIABLE];
  return text === undefined || text === '' ? undefined : (JSON.parse(text) as PlanRequest);
}

export function appendPlanReport(request: PlanRequest, report: AppReport): void {
  appendFileSync(request.report, `${JSON.stringify(report)}\n`);
}
