import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemErrorCode, systemErrorText } from '../system/system-error';

/** An answer of the API server. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  /** How long the server asks to wait, in seconds. */
  readonly retryAfter: number | undefined;
}

/** Asks the API server for a path such as `/api/v1/pods`. Rejects where there is no answer, or half of one. */
export type Get = (path: string) => Promise<Answer>;

export interface ApiServer {
  readonly get: Get;
  readonly close: () => void;
}

/** There is no way to the cluster. The message says why. */
export class NoWay extends Error {}

/** What changes something. The proxy refuses it, whoever asks. */
const WRITES = '^(POST|PUT|PATCH|DELETE|CONNECT|OPTIONS)$';

/** Nor is anything read that is secret, or that runs in a pod. */
const SECRETS = [
  '^/api/v1/(namespaces/[^/]+/)?secrets',
  '/pods/[^/]+/(exec|attach|portforward|proxy|log)',
  '^/api/v1/(proxy/|nodes/[^/]+/proxy|namespaces/[^/]+/services/[^/]+/proxy)',
].join();

/** No answer, nor a further piece of one, for so many milliseconds. */
const SILENCE = 30_000;

/**
 * The API server of a context, by `kubectl proxy` on a socket that nobody else can open. kubectl knows each way to log in: files, plugins,
 * a pod's own account.
 *
 * @param context of the kubeconfig; undefined for the current one
 * @throws NoWay
 */
export async function openApiServer(context: string | undefined): Promise<ApiServer> {
  if (process.platform === 'win32') {
    throw new NoWay(
      'on Windows kubectl has no socket that is for one user alone: run it in WSL, or save the objects with kubectl get -o yaml',
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'netloom-'));
  const socketPath = join(folder, 'api');
  const proxy = startProxy(socketPath, context);
  const agent = new Agent({ keepAlive: true });
  const close = (): void => {
    process.off('exit', close);
    for (const signal of SIGNALS) process.off(signal, closeAndEnd);
    agent.destroy();
    proxy.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  const closeAndEnd = (signal: NodeJS.Signals): void => {
    close();
    process.kill(process.pid, signal);
  };
  process.on('exit', close);
  for (const signal of SIGNALS) process.on(signal, closeAndEnd);
  try {
    await isServing(proxy);
  } catch (error) {
    close();
    throw error;
  }
  return { get: (path) => ask({ socketPath, agent, path }), close };
}

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

function startProxy(socketPath: string, context: string | undefined): ChildProcess {
  const args = ['proxy', `--unix-socket=${socketPath}`, `--reject-methods=${WRITES}`, `--reject-paths=${SECRETS}`];
  return spawn('kubectl', context === undefined ? args : [...args, `--context=${context}`], {
    env: process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** @throws NoWay with what kubectl says */
function isServing(proxy: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    proxy.on('error', (error) => {
      const isMissing = systemErrorCode(error) === 'ENOENT';
      reject(
        new NoWay(isMissing ? 'there is no kubectl on the PATH, by which clusters are read' : systemErrorText(error)),
      );
    });
    proxy.stderr?.on('data', (text: Buffer) => (said += text.toString()));
    proxy.stdout?.on('data', (text: Buffer) => {
      if (text.includes('Starting to serve')) resolve();
    });
    proxy.on('close', () => {
      const line = said.trim().split('\n').at(-1) ?? '';
      reject(new NoWay(`kubectl: ${line.replace(/^error: /, '') || 'it ended without a word'}`));
    });
  });
}

interface Question {
  readonly socketPath: string;
  readonly agent: Agent;
  readonly path: string;
}

function ask(question: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ ...question, headers: { accept: 'application/json', host: 'localhost' } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('close', () => {
        if (!response.complete) reject(new Error('the answer ended in the middle'));
      });
      response.on('end', () => {
        const seconds = Number(response.headers['retry-after'] ?? Number.NaN);
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(parts).toString('utf8'),
          retryAfter: Number.isFinite(seconds) ? seconds : undefined,
        });
      });
    });
    sent.setTimeout(SILENCE, () => sent.destroy(new Error(`no answer for ${SILENCE / 1000} seconds`)));
    sent.on('error', reject);
    sent.end();
  });
}
