import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** A component of the control plane that runs. */
export interface Component {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
  /** Its exit code, or its signal, once it has ended. */
  readonly ended: () => string | undefined;
  readonly stop: () => Promise<void>;
}

export interface ComponentOptions {
  readonly program: string;
  readonly name: string;
  readonly flags: readonly string[];
  readonly logFile: string;
  /** Goes on after this process has ended. @default false: it ends with this process, however that ends */
  readonly detached?: boolean;
}

export function startComponent({ program, name, flags, logFile, detached = false }: ComponentOptions): Component {
  const log = openSync(logFile, 'a');
  const child = spawn(program, [name, ...flags], {
    detached,
    stdio: [detached ? 'ignore' : 'pipe', log, log],
    env: { ...process.env, ...(detached ? {} : { TESTBED_ENDS_WITH_STDIN: '1' }) },
  });
  closeSync(log);
  if (detached) child.unref();
  let end: string | undefined;
  child.on('exit', (code, signal) => {
    end = signal ?? `exit code ${code ?? 'unknown'}`;
  });
  child.on('error', (error) => {
    end = error.message;
  });
  return { name, pid: child.pid ?? -1, logFile, ended: () => end, stop: () => stop(child, () => end) };
}

async function stop(child: ChildProcess, end: () => string | undefined): Promise<void> {
  if (end() !== undefined) return;
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
  // A control plane that is thrown away has nothing to save.
  child.kill('SIGKILL');
  await ended;
}

/** Asks until the answer is yes. The error names the component, and the last lines that it wrote. */
export async function waitFor(
  what: string,
  isSo: () => Promise<boolean>,
  seconds: number,
  component?: Component,
): Promise<void> {
  const limit = Date.now() + seconds * 1000;
  while (!(await isSo().catch(() => false))) {
    const end = component?.ended();
    if (end !== undefined)
      throw new Error(`${what}: ${component?.name ?? ''} has ended with ${end}${lastLines(component)}`);
    if (Date.now() > limit) throw new Error(`${what}: not so after ${seconds} s${lastLines(component)}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function lastLines(component: Component | undefined): string {
  if (component === undefined) return '';
  const lines = readFileSync(component.logFile, 'utf8').trimEnd().split('\n').slice(-15);
  return `\n${lines.join('\n')}`;
}

/** Ports of loopback that nobody listens on now. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
