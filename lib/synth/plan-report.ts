import { appendFileSync } from 'node:fs';
import type { Finding } from '../finding/finding';
import type { FleetPlan, LockChange } from '../plan';
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
