import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLocatedDocument } from '../manifests/located-document';
import { member, text } from '../model/json';
import { type AppReport, PLAN_REQUEST_VARIABLE, type PlanRequest } from '../synth/plan-report';
import { UsageError } from './usage-error';

const CDK8S_CONFIG = 'cdk8s.yaml';

export interface AppOptions {
  readonly lockFile?: string;
  readonly renumber: readonly string[];
  /** Whether the objects of the app are wanted too. @default false */
  readonly manifests?: boolean;
}

/** Runs the app of `cdk8s.yaml`: what Netloom knows of each app of the process. None of the user's files is written. */
export async function readAppReports({ lockFile, renumber, manifests }: AppOptions): Promise<AppReport[]> {
  const command = appCommand();
  const directory = mkdtempSync(join(tmpdir(), 'netloom-'));
  try {
    const request: PlanRequest = {
      report: join(directory, 'report.jsonl'),
      outdir: join(directory, 'dist'),
      lockFile,
      renumber,
      manifests,
    };
    const environment = { CDK8S_OUTDIR: request.outdir, [PLAN_REQUEST_VARIABLE]: JSON.stringify(request) };
    const failure = await run(command, environment);
    if (!existsSync(request.report)) {
      throw new UsageError(
        failure === undefined
          ? `the app of ${CDK8S_CONFIG} (${command}) uses no construct of Netloom`
          : `the app of ${CDK8S_CONFIG} (${command}) failed before it was planned:\n${failure.trimEnd()}`,
      );
    }
    const reports = readFileSync(request.report, 'utf8').trimEnd().split('\n');
    return reports.map((line) => JSON.parse(line) as AppReport);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function appCommand(): string {
  if (!existsSync(CDK8S_CONFIG)) {
    throw new UsageError(`there is no ${CDK8S_CONFIG} here: name the files, or run this where the cdk8s app is`);
  }
  const { value, problems } = readLocatedDocument(readFileSync(CDK8S_CONFIG, 'utf8'), CDK8S_CONFIG);
  const problem = problems.at(0);
  if (problem !== undefined) throw new UsageError(`${CDK8S_CONFIG}:${problem.origin.line ?? 1}: ${problem.message}`);
  const command = text(member(value, 'app'));
  if (command === undefined) throw new UsageError(`${CDK8S_CONFIG} names no app`);
  return command;
}

/** What the app printed to standard error if it failed. Its standard output is not ours to print. */
function run(command: string, environment: Record<string, string>): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, {
      shell: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...environment },
    });
    const errors: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve(code === 0 ? undefined : Buffer.concat(errors).toString('utf8'));
    });
  });
}
