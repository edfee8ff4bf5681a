import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { parse } from 'yaml';
import { readClusterFacts } from '../../config/cluster-options';
import { compareFindings, type Finding, finding } from '../../finding/finding';
import type { RuledProblem } from '../../finding/problem';
import { type CollectedFiles, collectFiles, readManifests } from '../../manifests';
import { clusterFromObjects, type Judge, rehearse, type RehearsedCluster, type Runbook } from '../../migration';
import type { SourceObject } from '../../model';
import { rehearsalJson } from '../../output/json/rehearsal-json';
import { type PrintedRunbook, rehearsalFindings, type RehearsalResult } from '../../output/rehearsal-result';
import { rehearsalText } from '../../output/text/rehearsal-text';
import { judgeOf, lookPodOf } from '../../synth/migration-judge';
import { readAppReports } from '../app-report';
import type { CommandContext } from '../command';
import { addHelpEnd } from '../help';
import { collectLive, type LiveOption } from '../live-cluster';
import { addFailOn, type FailOnOption, fails } from '../fail-on';
import { addOutput, type OutputOptions, printResult, type Reporters } from '../result-output';
import { readRunbookFolder, runbookFile } from '../runbook-folder';
import { UsageError } from '../usage-error';

interface RehearseOptions extends OutputOptions, FailOnOption, LiveOption {
  readonly state?: string;
}

const REPORTERS: Reporters<RehearsalResult> = {
  text: rehearsalText,
  json: rehearsalJson,
};

export function define(command: Command, { exitWith }: CommandContext): void {
  command
    .description(
      'Follows a runbook on a model of the cluster, stage by stage, and asks after each one what a restart of the control plane, ' +
        'a kubeadm upgrade, a node that joins, a pod that is made anew and the way back would do now.\n' +
        'RUNBOOK is the folder of a migration, such as dist/migration/NAME; a folder with a cdk8s.yaml, or nothing, is the app with all its ' +
        'migrations, which are rehearsed with every rule and expectation.',
    )
    .argument('[RUNBOOK]', 'the folder of a runbook, or of an app')
    .option(
      '--state <DIR>',
      'the cluster as it is: kubectl get -o yaml of nodes, pods, services, pools and the ConfigMaps of kube-system',
    )
    .option(
      '--live [CONTEXT]',
      'the cluster as it runs, in place of --state: a context of the kubeconfig, else the current one',
    )
    .action(async (path: string | undefined, options: RehearseOptions) => {
      exitWith(await runRehearse(path, options));
    });
  addFailOn(addOutput(command, REPORTERS));
  addHelpEnd(command, {
    examples: [
      ['netloom rehearse', 'all migrations of the app'],
      ['netloom rehearse dist/migration/prod --state state', 'one of them, on the cluster as it is'],
      ['netloom rehearse dist/migration/prod --live prod', 'the same, on the cluster as it runs now'],
    ],
    exitCodes: {
      0: 'no stage leaves anything as severe as --fail-on says',
      1: 'a stage does, or input cannot be read',
    },
  });
}

async function runRehearse(path: string | undefined, options: RehearseOptions): Promise<number> {
  const state = await stateOf(options);
  const file = path === undefined ? undefined : runbookFile(path);
  const runbooks = file === undefined ? await runbooksOfApp(path) : [{ ...readRunbookFolder(file), judge: undefined }];
  const result: RehearsalResult = {
    runbooks: runbooks.map(({ name, runbook, judge }) =>
      rehearsed(name, runbook, clusterOf(name, runbook, state), judgeOfState(state, judge)),
    ),
    findings: state?.findings ?? [],
  };
  await printResult(result, REPORTERS, options);
  return fails([...rehearsalFindings(result), ...result.findings], options.failOn) ? 1 : 0;
}

interface NamedRunbook {
  readonly name: string;
  readonly runbook: Runbook;
  readonly judge: Judge | undefined;
}

/** The app of `cdk8s.yaml` in that folder, or here. */
async function runbooksOfApp(path: string | undefined): Promise<NamedRunbook[]> {
  if (path !== undefined) {
    const folder = existsSync(path) && statSync(path).isFile() ? join(path, '..') : path;
    if (!existsSync(join(folder, 'cdk8s.yaml'))) {
      throw new UsageError(`${path} is neither the folder of a runbook nor that of an app`);
    }
    process.chdir(folder);
  }
  const reports = await readAppReports({ renumber: [], manifests: true });
  const runbooks = reports.flatMap(({ rehearsals, manifests }) =>
    rehearsals.map(({ name, cluster, runbook, expectations }): NamedRunbook => {
      const own = manifests.filter((entry) => entry.cluster === cluster);
      const objects = own.flatMap((entry) =>
        entry.manifests.map(({ manifest, origin }): SourceObject => ({ manifest, locate: () => origin })),
      );
      return { name, runbook, judge: judgeOf(objects, readClusterFacts(own.at(0)?.facts ?? {}).facts, expectations) };
    }),
  );
  if (runbooks.length > 0) return runbooks;
  const errors = reports.flatMap(({ findings }) => findings).filter(({ severity }) => severity === 'error');
  throw new UsageError(
    errors.length === 0
      ? 'the app has no migration'
      : `the app has no migration that could be planned: ${errors.map(({ code, message }) => `${code} ${message}`).join('; ')}`,
  );
}

/** What the cluster has decides about its pods. */
function judgeOfState(state: State | null, judge: Judge | undefined): Judge | undefined {
  return state === null ? judge : { cluster: judge?.cluster ?? ((): [] => []), lookPod: lookPodOf(state.sources, {}) };
}

interface State {
  readonly sources: readonly SourceObject[];
  readonly objects: readonly unknown[];
  readonly findings: readonly Finding[];
}

async function stateOf({ state, live, ...options }: RehearseOptions): Promise<State | null> {
  if (state !== undefined && live !== undefined)
    throw new UsageError('--state and --live both give the cluster: leave one out');
  if (live !== undefined) return readState('--live: it', (await collectLive(live, options)).collected);
  return state === undefined ? null : readState(`--state: ${state}`, collectFiles([state], {}));
}

function readState(what: string, { files, findings }: CollectedFiles): State {
  const read = readManifests(files);
  if (read.objects.length === 0) throw new UsageError(`${what} has no object of a cluster`);
  return {
    sources: read.objects,
    objects: read.objects.map(({ manifest }) => manifest),
    findings: [...findings, ...read.findings].sort(compareFindings),
  };
}

function clusterOf(name: string, { cluster }: Runbook, state: State | null): RehearsedCluster {
  if (state !== null) return clusterFromObjects(state.objects, cluster, readYaml);
  if (cluster !== null) return cluster;
  throw new UsageError(
    `the runbook ${name} does not say for which cluster it was made, or not as this version reads it: give the cluster with --state DIR`,
  );
}

function readYaml(text: string): unknown {
  try {
    return parse(text, { logLevel: 'error', prettyErrors: false }) as unknown;
  } catch {
    return undefined;
  }
}

function rehearsed(
  name: string,
  runbook: Runbook,
  cluster: RehearsedCluster,
  judge: Judge | undefined,
): PrintedRunbook {
  const { stages, before } = rehearse(runbook, cluster, judge);
  return {
    name,
    title: runbook.title,
    before: before.map(asFinding),
    stages: stages.map(({ folder, title, problems, upgrade }) => ({
      folder,
      title,
      findings: problems.map(asFinding),
      upgrade,
    })),
  };
}

function asFinding({ rule, message, help }: RuledProblem): Finding {
  return finding(rule, { message, help });
}
