import { compareFindings, compareText } from '../finding/finding';
import { heldByOthers, readFleetSpec } from '../plan';
import { LOCK_FILE_NAME, readLockFile } from '../synth/lock-file';
import type { AppReport } from '../synth/plan-report';
import { type AppOptions, readAppReports } from './app-report';
import type { LockedPlan } from './locked-plan';

/** The plans of all fleets of the cdk8s app. */
export async function planApp(options: AppOptions): Promise<LockedPlan> {
  return merge(await readAppReports(options), options.lockFile);
}

function merge(reports: readonly AppReport[], requestedLock: string | undefined): LockedPlan {
  const lockFile = readLockFile(requestedLock ?? reports.at(0)?.lockFile ?? LOCK_FILE_NAME);
  return {
    clusters: reports.flatMap(({ clusters }) => clusters).sort((a, b) => compareText(a[0], b[0])),
    allocations: reports.flatMap(({ allocations }) => allocations).sort((a, b) => compareText(a.key, b.key)),
    changes: reports.flatMap(({ changes }) => changes).sort((a, b) => compareText(a.key, b.key)),
    free: reports.flatMap(({ free }) => free).sort((a, b) => compareText(a.supernet, b.supernet)),
    findings: reports.flatMap(({ findings }) => findings).sort(compareFindings),
    lockedKeys: new Set(lockFile.lock.allocations.keys()),
    holdings: reports.flatMap(({ fleets }) => fleets.flatMap((input) => heldByOthers(readFleetSpec(input).spec))),
    lockFile,
    lock: { allocations: new Map(reports.flatMap(({ lock }) => lock)) },
  };
}
