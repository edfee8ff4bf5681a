import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { FileRefused, systemErrorCode } from './system-error';

const WAIT_STEP_MS = 20;
const WAIT_STEPS = 100;
/** No run holds it for longer than it takes to write a file. */
const STALE_AFTER_MS = 30_000;
/** So long it may be without the name of its owner. */
const UNNAMED_AFTER_MS = 1000;

/**
 * Runs what writes a file while no other run does. Whoever creates the file beside it may write; what a run that was killed has left
 * behind is known by its process, which is gone.
 * @throws Error of the system, FileRefused if another run takes too long, and what the action throws
 */
export function withWriteLock(path: string, action: () => void): void {
  const held = `${path}.tmp`;
  take(held, path);
  try {
    action();
  } finally {
    rmSync(held, { force: true });
  }
}

function take(held: string, path: string): void {
  for (let step = 0; ; step++) {
    const descriptor = createOrNone(held);
    if (descriptor !== undefined) {
      signOrGiveUp(held, descriptor);
      return;
    }
    if (isStale(held)) putAside(held);
    else if (step >= WAIT_STEPS) {
      throw new FileRefused(`another run is writing ${path}; if there is none, delete ${held}`);
    } else sleep(WAIT_STEP_MS);
  }
}

function createOrNone(held: string): number | undefined {
  try {
    return openSync(held, 'wx', 0o644);
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return undefined;
    throw error;
  }
}

function signOrGiveUp(held: string, descriptor: number): void {
  try {
    try {
      writeSync(descriptor, `${process.pid} ${hostname()}`);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    rmSync(held, { force: true });
    throw error;
  }
}

function isStale(held: string): boolean {
  try {
    const age = Date.now() - statSync(held).mtimeMs;
    const [pid, ...host] = readFileSync(held, 'utf8').split(' ');
    if (host.length === 0) return age > UNNAMED_AFTER_MS;
    return age > STALE_AFTER_MS || (host.join(' ') === hostname() && !isRunning(Number(pid)));
  } catch {
    return false;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemErrorCode(error) !== 'ESRCH';
  }
}

/** Of several that find it stale, one can rename it. */
function putAside(held: string): void {
  const aside = `${held}.${process.pid}`;
  try {
    renameSync(held, aside);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return;
    throw error;
  }
  rmSync(aside, { force: true });
}

function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
