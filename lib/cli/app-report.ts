import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readTextFile } from '../system/read-file';
import { systemErrorText } from '../system/system-error';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import type { Command } from 'commander';
import { collectFiles, type ManifestFile } from '../manifests';
import { readLocatedDocument } from '../manifests/located-document';
import { member, text } from '../model/json';
import { type AppReport, PLAN_REQUEST_VARIABLE, type PlanRequest } from '../synth/plan-report';
import { UsageError } from './usage-error';

const CDK8S_CONFIG = 'cdk8s.yaml';

export interface AppOption {
  /** False where the app must not be run. @default true */
  readonly app?: boolean;
}

/** For commands that ask the app where no PATH is given. */
export function addApp(command: Command): Command {
  return command.option('--no-app', 'never run the app of cdk8s.yaml, which is a program: without a PATH, fail');
}

export interface AppOptions extends AppOption {
  readonly lockFile?: string;
  readonly renumber: readonly string[];
  /** Whether the objects of the app are wanted too. @default false */
  readonly manifests?: boolean;
  /** The cluster that is looked at. @default - all of the app */
  readonly cluster?: string;
}

/** What an app left behind. */
export interface AppRun {
  /** What Netloom knows of each app of the process; none if there are no constructs of Netloom. */
  readonly reports: readonly AppReport[];
  /** Without a report, the manifests as they would be written. */
  readonly files: readonly ManifestFile[];
}

/** Runs an app that uses constructs of Netloom, for what only these know. */
export async function readAppReports(options: AppOptions): Promise<readonly AppReport[]> {
  const { reports } = await runApp(options);
  if (reports.length === 0) {
    throw new UsageError(
      `the app of ${CDK8S_CONFIG} uses no construct of Netloom: synthesize it, and name its manifests`,
    );
  }
  return reports;
}

/** Runs the app of `cdk8s.yaml`. None of the user's files is written. */
export async function runApp({ lockFile, renumber, manifests, cluster, app = true }: AppOptions): Promise<AppRun> {
  if (!app)
    throw new UsageError(`no PATH is given, and --no-app says that the app of ${CDK8S_CONFIG} is not to be run`);
  const { command, output } = appConfig();
  const directory = mkdtempSync(join(tmpdir(), 'netloom-'));
  try {
    const request: PlanRequest = {
      report: join(directory, 'report.jsonl'),
      outdir: join(directory, 'dist'),
      lockFile,
      renumber,
      manifests,
      cluster,
    };
    const environment = { CDK8S_OUTDIR: request.outdir, [PLAN_REQUEST_VARIABLE]: JSON.stringify(request) };
    const failure = await run(command, environment);
    if (existsSync(request.report)) {
      const reports = readFileSync(request.report, 'utf8').trimEnd().split('\n');
      return { reports: reports.map(parseReport), files: [] };
    }
    if (failure !== undefined) {
      throw new UsageError(
        `the app of ${CDK8S_CONFIG} (${command}) failed before it was planned:\n${failure.trimEnd()}`,
      );
    }
    return { reports: [], files: existsSync(request.outdir) ? filesIn(request.outdir, output) : [] };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function parseReport(line: string): AppReport {
  try {
    return JSON.parse(line) as AppReport;
  } catch {
    throw new UsageError(`the report of the app is not complete: is there space in ${tmpdir()}?`);
  }
}

function configText(): string {
  try {
    return readTextFile(CDK8S_CONFIG);
  } catch (error) {
    throw new UsageError(`cannot read ${CDK8S_CONFIG}: ${systemErrorText(error)}`);
  }
}

/** The files of a folder, named as if they were in another one. */
function filesIn(directory: string, shownAs: string): ManifestFile[] {
  return collectFiles([directory]).files.map(({ path, bytes }) => ({
    path: join(shownAs, relative(directory, path)).split(sep).join('/'),
    bytes,
  }));
}

function appConfig(): { readonly command: string; readonly output: string } {
  if (!existsSync(CDK8S_CONFIG)) {
    throw new UsageError(`there is no ${CDK8S_CONFIG} here: name the files, or run this where the cdk8s app is`);
  }
  const { value, problems } = readLocatedDocument(configText(), CDK8S_CONFIG);
  const problem = problems.at(0);
  if (problem !== undefined) throw new UsageError(`${CDK8S_CONFIG}:${problem.origin.line ?? 1}: ${problem.message}`);
  const command = text(member(value, 'app'));
  if (command === undefined) throw new UsageError(`${CDK8S_CONFIG} names no app`);
  return { command, output: text(member(value, 'output')) ?? 'dist' };
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
