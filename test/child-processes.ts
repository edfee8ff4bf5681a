import { type ChildProcess, spawn } from 'node:child_process';

export interface Ended {
  /** Null if it was killed. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  /** Variables beside those of the test. */
  readonly env?: Readonly<Record<string, string>>;
  /** What it reads from standard input. @default - nothing */
  readonly input?: string;
  /** After which time it is killed, in milliseconds. @default 45,000, before the test itself fails */
  readonly timeout?: number;
}

/**
 * Starts a program and waits for its end. It is killed with all that it started when it takes too long, and when the tests of the file are
 * over, so that no test leaves a process behind. To be called while the tests of a file are declared.
 */
export function childProcesses(): (command: string, args: readonly string[], options?: RunOptions) => Promise<Ended> {
  const running = new Set<ChildProcess>();
  afterAll(() => {
    for (const child of running) killGroup(child);
  });
  return (command, args, { cwd, env, input = '', timeout = 45_000 } = {}) =>
    new Promise((resolve, reject) => {
      const child = spawn(command, [...args], {
        cwd,
        env: { ...process.env, ...env },
        stdio: 'pipe',
        detached: process.platform !== 'win32',
      });
      running.add(child);
      const timer = setTimeout(() => {
        killGroup(child);
      }, timeout);
      const stdout: Buffer[] = [];
      const stderr: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
      // A program that does not read all of it is no fault.
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
      child.on('error', reject);
      child.on('close', (status) => {
        clearTimeout(timer);
        running.delete(child);
        resolve({ status, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
      });
    });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
