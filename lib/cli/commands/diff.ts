import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { ClusterTexts } from '../../config/cluster-options';
import { type Config, withSeverities } from '../../config/config';
import { asWritten, diffModels } from '../../diff';
import { compareFindings, type Finding, type Origin } from '../../finding/finding';
import { type CollectedFiles, isGlob } from '../../manifests';
import type { FieldPart } from '../../finding/problem';
import { type FieldPath, networkModel, type NetworkModel, type SourceObject } from '../../model';
import type { DiffResult } from '../../output/diff-result';
import { diffJson } from '../../output/json/diff-json';
import { diffMarkdown } from '../../output/markdown/diff-markdown';
import { diffText } from '../../output/text/diff-text';
import { SUPPRESSION_RULES } from '../../suppression/rules';
import { applySuppressions, type SuppressionText } from '../../suppression/suppression';
import { annotationSuppressions, commentSuppressions } from '../../suppression/suppression-sources';
import {
  addClusterFacts,
  addClusterName,
  addHostNetwork,
  type ClusterOptions,
  givenFacts,
  type HostNetworkOption,
  knownFacts,
  type NamedCluster,
} from '../cluster-options';
import type { CommandContext } from '../command';
import { addFailOn, type FailOnOption, fails } from '../fail-on';
import { gitFiles, parseRevision, parseRevisionRange, type Revision } from '../git-files';
import { withClustersOfApp } from '../clusters-of-app';
import { addConfig, collectIncluded, type ConfigOption, loadConfig } from '../configuration';
import { addHelpEnd, FINDING_EXIT_CODES } from '../help';
import { clusterOfFiles, liveInput } from '../inputs';
import { liveArgument } from '../live-cluster';
import { readFromDisk } from '../read-from-disk';
import { addOutput, type OutputOptions, printResult, type Reporters } from '../result-output';
import { InputError, UsageError } from '../usage-error';
import { today } from '../../system/today';

interface DiffOptions
  extends ConfigOption, ClusterOptions, NamedCluster, HostNetworkOption, OutputOptions, FailOnOption {
  readonly detailedExitcode?: boolean;
}

const REPORTERS: Reporters<DiffResult> = {
  text: diffText,
  json: diffJson,
  markdown: diffMarkdown,
};

export function define(command: Command, { exitWith }: CommandContext): void {
  command
    .description(
      'Compares two states of the manifests of a cluster: objects, addresses, exposure to outside, connections, and what ' +
        'Kubernetes refuses or what interrupts.\n' +
        'OLD and NEW are files, directories, globs, - for standard input, or ' +
        'REV:PATH of git, or live:CONTEXT, a running cluster; one argument REV:PATH..REV:PATH names both.',
    )
    .argument('<OLD>', 'the state before, or REV:PATH..REV:PATH')
    .argument('[NEW]', 'the state after')
    .option('--detailed-exitcode', 'exit 0 for no change, 1 for a failing finding, 2 for a change')
    .action(async (old: string, current: string | undefined, options: DiffOptions) => {
      exitWith(await runDiff(current === undefined ? [old] : [old, current], options));
    });
  addConfig(addHostNetwork(addClusterFacts(addClusterName(addFailOn(addOutput(command, REPORTERS))))));
  addHelpEnd(command, {
    examples: [
      ['netloom diff main:k8s k8s', 'what the working tree changes'],
      ['netloom diff main:k8s...HEAD:k8s -o markdown', 'what a branch changes, for its pull request'],
      ['netloom diff old.yaml new.yaml', 'two files'],
    ],
    exitCodes: { ...FINDING_EXIT_CODES, 2: 'wrong usage; with --detailed-exitcode also a change' },
  });
}

/** A state of the manifests: a path, one of a git revision, or a running cluster. */
type Source = string | Revision | { readonly live: string | true };

/** Whether a suppression is in order is the business of a check. */
const SUPPRESSION_CODES: ReadonlySet<string> = new Set(SUPPRESSION_RULES.map(({ code }) => code));

/** With `--detailed-exitcode`: there is a difference. */
const EXIT_CHANGE = 2;

async function runDiff(args: readonly string[], options: DiffOptions): Promise<number> {
  const { config, findings: configFindings } = loadConfig(options, []);
  const facts = givenFacts(options);
  const [old, current] = sourcesOf(args);
  const before = await readState(old, facts, config, options);
  const after = await readState(current, facts, config, options);
  const [isLive, isLiveToo] = [old, current].map((source) => typeof source === 'object' && 'live' in source);
  // What the server and controllers add is no difference to what is written.
  const beforeModel = isLive && !isLiveToo ? before.modelOf(asWritten(before.objects, after.objects)) : before.model;
  const afterModel = isLiveToo && !isLive ? after.modelOf(asWritten(after.objects, before.objects)) : after.model;
  const diff = diffModels(beforeModel, afterModel, { hostNetwork: options.hostNetwork });
  const remarks = [...configFindings, ...before.findings, ...after.findings, ...diff.findings];
  const { findings, suppressed } = applySuppressions(remarks, after.suppressions, today());
  const result: DiffResult = {
    ...diff,
    findings: withSeverities(findings, config)
      .filter(({ code }) => !SUPPRESSION_CODES.has(code))
      .sort(compareFindings),
    suppressed,
    textOf: (file) => after.textOf(file) ?? before.textOf(file),
  };
  await printResult(result, REPORTERS, options);
  if (fails(result.findings, options.failOn)) return 1;
  return options.detailedExitcode && result.objects.length > 0 ? EXIT_CHANGE : 0;
}

function sourcesOf(args: readonly string[]): readonly [Source, Source] {
  if (args.length === 2) {
    if (args[0] === '-' && args[1] === '-') throw new UsageError('only one of OLD and NEW can be standard input');
    return [sourceOf(args[0]), sourceOf(args[1])];
  }
  const range = args.length === 1 ? parseRevisionRange(args[0]) : undefined;
  if (range === undefined) throw new UsageError('diff takes OLD and NEW, or one REV:PATH..REV:PATH');
  return range;
}

/** What exists as a file is one, whatever its name. */
function sourceOf(argument: string): Source {
  if (existsSync(argument) || argument === '-') return argument;
  const live = liveArgument(argument);
  if (live !== undefined) return { live };
  const revision = parseRevision(argument);
  if (revision !== undefined) return revision;
  if (isGlob(argument)) return argument;
  throw new InputError(`there is no ${argument}: name a file, a directory, a glob in quotes, or REV:PATH`);
}

interface State {
  readonly objects: readonly SourceObject[];
  readonly modelOf: (objects: readonly SourceObject[]) => NetworkModel;
  readonly model: NetworkModel;
  /** What is wrong with the input. */
  readonly findings: readonly Finding[];
  readonly suppressions: readonly SuppressionText[];
  readonly textOf: (file: string) => string | undefined;
}

async function readState(source: Source, given: ClusterTexts, written: Config, options: DiffOptions): Promise<State> {
  if (typeof source === 'object' && 'live' in source) {
    const { collected, config, facts } = await liveInput(source.live, [], written, { ...options, facts: given });
    return stateOf(source, { collected, facts, config, cluster: undefined });
  }
  const collected = typeof source === 'string' ? collectIncluded([source], written) : gitFiles(source, written.exclude);
  return stateOf(source, { collected, facts: given, config: written, cluster: options.cluster });
}

interface Collected {
  readonly collected: CollectedFiles;
  readonly facts: ClusterTexts;
  readonly config: Config;
  readonly cluster: string | undefined;
}

function stateOf(source: Source, { collected, facts, config, cluster }: Collected): State {
  // Paths are those of the work tree until the end.
  const revision = typeof source === 'object' && 'revision' in source ? `${source.revision}:` : '';
  const named = collected.files.map(({ path, bytes }) => ({ path: path.slice(revision.length), bytes }));
  const readFile = typeof source === 'string' ? readFromDisk([source]) : undefined;
  const read = clusterOfFiles(named, withClustersOfApp(config, named), cluster, readFile);
  const shown = (origin: Origin): Origin =>
    origin.file === null ? origin : { ...origin, file: `${revision}${origin.file}` };
  const objects = read.objects.map((object) => ({
    ...object,
    locate: (path: FieldPath, part?: FieldPart) => shown(object.locate(path, part)),
  }));
  const known = knownFacts({ ...read.facts, ...facts });
  const modelOf = (sources: readonly SourceObject[]): NetworkModel => networkModel(sources, known);
  const model = modelOf(objects);
  const files = collected.files;
  const bytesOf = new Map(files.map(({ path, bytes }) => [path, bytes]));
  const decoder = new TextDecoder();
  const textOf = (file: string): string | undefined => {
    const bytes = bytesOf.get(file);
    return bytes === undefined ? undefined : decoder.decode(bytes);
  };
  return {
    objects,
    modelOf,
    model,
    findings: [
      ...collected.findings,
      ...read.findings.map((found) => ({ ...found, origin: found.origin && shown(found.origin) })),
    ],
    textOf,
    suppressions: [
      ...annotationSuppressions(model.objects),
      ...files.flatMap(({ path }) => commentSuppressions(path, textOf(path) ?? '')),
    ],
  };
}
