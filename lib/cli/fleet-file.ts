import { readFileSync } from 'node:fs';
import { readTextFile } from '../system/read-file';
import { type Finding, finding, type Origin, type SpecPath } from '../finding/finding';
import { readLocatedDocument } from '../manifests/located-document';
import { type FleetPlan, type FleetSpec, planAddresses, readFleetSpec, UNREADABLE_SPEC } from '../plan';
import { type LockFile, readLockFile } from '../synth/lock-file';
import { systemErrorText } from '../system/system-error';
import { InputError } from './usage-error';

/** A fleet as its file says, planned. */
export interface FleetFile {
  readonly spec: FleetSpec;
  readonly plan: FleetPlan;
  readonly lockFile: LockFile;
  /** What is wrong with the file, the lock and the plan, each with its place. */
  readonly findings: readonly Finding[];
  readonly locate: (path: SpecPath) => Origin | null;
}

/** Reads and plans a fleet. A file that is no document is a finding, one that cannot be read is wrong usage. */
export function readFleetFile(file: string, lockPath: string, renumber: readonly string[]): FleetFile {
  const document = readLocatedDocument(readInput(file), file === '-' ? '(standard input)' : file);
  const lockFile = readLockFile(lockPath);
  const unreadable = document.problems.map(({ message, origin }) =>
    finding(UNREADABLE_SPEC, { message, origin, help: 'SPEC must be one YAML or JSON document' }),
  );
  const read = readFleetSpec(unreadable.length > 0 ? { clusters: {} } : document.value);
  const plan = planAddresses(read.spec, lockFile.lock, { renumber: new Set(renumber) });
  if (unreadable.length > 0) {
    // What the lock holds stays: nothing is known about what it is for.
    const kept = { ...plan, changes: [], lock: lockFile.lock };
    return { spec: read.spec, plan: kept, lockFile, findings: unreadable, locate: () => null };
  }
  const findings = [...read.findings, ...plan.findings].map((found) => located(found, document.locate));
  return {
    spec: read.spec,
    plan,
    lockFile,
    findings: [...lockFile.findings, ...findings],
    locate: document.locate,
  };
}

function located(found: Finding, locate: FleetFile['locate']): Finding {
  return {
    ...found,
    origin: found.origin ?? (found.specPath ? locate(found.specPath) : null),
    related: found.related.map((other) => ({
      ...other,
      origin: other.origin ?? (other.specPath ? locate(other.specPath) : null),
    })),
  };
}

const STANDARD_INPUT_DESCRIPTOR = 0;

function readInput(file: string): string {
  try {
    return file === '-' ? readFileSync(STANDARD_INPUT_DESCRIPTOR, 'utf8') : readTextFile(file);
  } catch (error) {
    throw new InputError(`cannot read ${file}: ${systemErrorText(error)}`);
  }
}
