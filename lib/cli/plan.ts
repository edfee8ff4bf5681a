import { readFileSync } from 'node:fs';
import { withSeverities } from '../config/config';
import { compareFindings, type Finding, finding, type Severity } from '../finding/finding';
import { readLocatedDocument } from '../manifests/located-document';
import { planJson } from '../output/json/plan-json';
import type { PlanResult } from '../output/plan-result';
import { paletteFor, PLAIN } from '../output/text/palette';
import { planText } from '../output/text/plan-text';
import { LOCK_FROZEN, type LockChange, nearestWord, planAddresses, readFleetSpec, UNREADABLE_SPEC } from '../plan';
import { readConfigFile } from '../synth/config-file';
import { LOCK_FILE_NAME, LockFileError, readLockFile, saveLockFile } from '../synth/lock-file';
import { LOCK_NOT_SAVED } from '../synth/rules';
import { systemErrorText } from '../synth/system-error';
import { planApp } from './app-plan';
import type { LockedPlan } from './locked-plan';
import { PLAN_FORMATS } from './formats';
import { checkOutputOptions, fails, printResult } from './options';
import { UsageError } from './usage-error';

export interface PlanOptions {
  readonly output: string;
  readonly outputFile: readonly string[];
  readonly lock?: string;
  readonly writeLock: boolean;
  readonly frozen?: boolean;
  readonly renumber: readonly string[];
  readonly detailedExitcode: boolean;
  readonly failOn: Severity;
  readonly color: boolean;
}

export async function runPlan(spec: string | undefined, options: PlanOptions): Promise<number> {
  checkOutputOptions(options, PLAN_FORMATS);
  const planned =
    spec === undefined
      ? await planApp({ lockFile: options.lock, renumber: options.renumber })
      : planSpec(spec, options.lock ?? LOCK_FILE_NAME, options.renumber);
  refuseUnknownKeys(options.renumber, planned);
  const settled = settleLock(configured(planned), options);
  printResult(options, PLAN_FORMATS, (format, destination) =>
    format === 'json'
      ? planJson(settled)
      : planText(settled, destination === 'file' ? PLAIN : paletteFor(process.stdout, options.color)),
  );
  return exitCode(settled, options);
}

/** With the severities of `netloom.yaml`, and what is wrong with that file. */
function configured(plan: LockedPlan): LockedPlan {
  const { config, findings } = readConfigFile();
  return { ...plan, findings: withSeverities([...findings, ...plan.findings], config).sort(compareFindings) };
}

/** A key that nothing has would be ignored, and its author believe that something was renumbered. */
function refuseUnknownKeys(renumber: readonly string[], { lockFile, allocations }: LockedPlan): void {
  const keys = [...new Set([...lockFile.lock.allocations.keys(), ...allocations.map(({ key }) => key)])];
  for (const key of renumber) {
    if (keys.includes(key)) continue;
    const nearest = nearestWord(key, keys);
    throw new UsageError(
      `--renumber: there is no allocation ${key}${nearest === null ? '' : `; did you mean ${nearest}?`}`,
    );
  }
}

function planSpec(spec: string, lockPath: string, renumber: readonly string[]): LockedPlan {
  const name = spec === '-' ? '(standard input)' : spec;
  const document = readLocatedDocument(readInput(spec), name);
  const lockFile = readLockFile(lockPath);
  if (document.problems.length > 0) {
    const findings = document.problems.map(({ message, origin }) =>
      finding(UNREADABLE_SPEC, { message, origin, help: 'SPEC must be one YAML or JSON document' }),
    );
    return { clusters: [], allocations: [], changes: [], free: [], findings, lockFile, lock: lockFile.lock };
  }
  const read = readFleetSpec(document.value);
  const plan = planAddresses(read.spec, lockFile.lock, { renumber: new Set(renumber) });
  const findings = [...read.findings, ...plan.findings].map((found) => located(found, document.locate));
  return {
    clusters: [...plan.clusters],
    allocations: plan.allocations,
    changes: plan.changes,
    free: plan.free,
    findings: [...lockFile.findings, ...findings].sort(compareFindings),
    lockFile,
    lock: plan.lock,
  };
}

function located(found: Finding, locate: ReturnType<typeof readLocatedDocument>['locate']): Finding {
  return {
    ...found,
    origin: found.origin ?? (found.specPath ? locate(found.specPath) : null),
    related: found.related.map((other) => ({
      ...other,
      origin: other.origin ?? (other.specPath ? locate(other.specPath) : null),
    })),
  };
}

function readInput(spec: string): string {
  try {
    return readFileSync(spec === '-' ? 0 : spec, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${spec}: ${systemErrorText(error)}`);
  }
}

/** Freezes or saves the lock; what goes wrong there is a finding like any other. */
function settleLock(plan: LockedPlan, options: PlanOptions): LockedPlan {
  const { lockFile, lock, findings } = plan;
  const frozen = options.frozen ?? (process.env.CI === 'true' || process.env.CI === '1');
  if (frozen && plan.changes.length > 0) {
    const frozenFinding = finding(LOCK_FROZEN, {
      message: `${lockFile.path} is frozen, and this plan would change it: ${changesText(plan.changes)}`,
      help: 'run the plan outside of CI with --write-lock and commit the lock',
    });
    return { ...plan, findings: [...findings, frozenFinding].sort(compareFindings) };
  }
  // Whatever netloom.yaml says: a lock that could not be understood is not overwritten.
  if (!options.writeLock || [...findings, ...lockFile.findings].some(({ severity }) => severity === 'error'))
    return plan;
  try {
    saveLockFile(lockFile, lock);
    return plan;
  } catch (error) {
    if (!(error instanceof LockFileError)) throw error;
    const notSaved = finding(LOCK_NOT_SAVED, { message: error.message, help: 'the lock was left as it was' });
    return { ...plan, findings: [...findings, notSaved].sort(compareFindings) };
  }
}

const SHOWN_CHANGES = 5;

function changesText(changes: readonly LockChange[]): string {
  const keys = changes.slice(0, SHOWN_CHANGES).map(({ key }) => key);
  const hidden = changes.length - keys.length;
  return keys.join(', ') + (hidden > 0 ? ` and ${hidden} more` : '');
}

function exitCode({ findings, changes }: PlanResult, { failOn, detailedExitcode }: PlanOptions): number {
  if (fails(findings, failOn)) return 1;
  return detailedExitcode && changes.length > 0 ? 2 : 0;
}
