import type { ClusterTexts } from '../config/cluster-options';
import { type Config, withSeverities } from '../config/config';
import { asWritten, diffModels } from '../diff';
import { compareFindings, type Finding, type Origin } from '../finding/finding';
import type { FieldPart } from '../finding/problem';
import type { CollectedFiles } from '../manifests';
import { type FieldPath, networkModel, type NetworkModel, type SourceObject } from '../model';
import type { DiffResult } from '../output/diff-result';
import { diffJson } from '../output/json/diff-json';
import { diffMarkdown } from '../output/markdown/diff-markdown';
import { diffText } from '../output/text/diff-text';
import { SUPPRESSION_RULES } from '../suppression/rules';
import { applySuppressions, type SuppressionText } from '../suppression/suppression';
import { annotationSuppressions, commentSuppressions } from '../suppression/suppression-sources';
import type { FoundConfig } from '../synth/config-file';
import { today } from '../system/today';
import {
  type ClusterOptions,
  givenFacts,
  type HostNetworkOption,
  knownFacts,
  type NamedCluster,
} from './cluster-options';
import { withClustersOfApp } from './clusters-of-app';
import { collectIncluded, type ConfigOption } from './configuration';
import { type FailOnOption, fails } from './fail-on';
import { gitFiles, type Revision } from './git-files';
import { clusterOfFiles, liveInput } from './inputs';
import { readFromDisk } from './read-from-disk';
import { type OutputOptions, printResult, type Reporters } from './result-output';

export interface DiffOptions
  extends ConfigOption, ClusterOptions, NamedCluster, HostNetworkOption, OutputOptions, FailOnOption {
  readonly detailedExitcode?: boolean;
}

export const DIFF_REPORTERS: Reporters<DiffResult> = {
  text: diffText,
  json: diffJson,
  markdown: diffMarkdown,
};

/** A state of the manifests: paths, those of a git revision, or a running cluster. */
export type Source = string | readonly string[] | Revision | { readonly live: string | true };

/** Whether a suppression is in order is the business of a check. */
const SUPPRESSION_CODES: ReadonlySet<string> = new Set(SUPPRESSION_RULES.map(({ code }) => code));

/** With `--detailed-exitcode`: there is a difference. */
const EXIT_CHANGE = 2;

/** Prints what the change of one state to the other does, and says with which exit code. */
export async function printDiff(
  before: State,
  after: State,
  { loaded, ...options }: DiffOptions & { readonly loaded: FoundConfig },
): Promise<number> {
  // What the server and controllers add is no difference to what is written.
  const beforeModel =
    before.isLive && !after.isLive ? before.modelOf(asWritten(before.objects, after.objects)) : before.model;
  const afterModel =
    after.isLive && !before.isLive ? after.modelOf(asWritten(after.objects, before.objects)) : after.model;
  const diff = diffModels(beforeModel, afterModel, { hostNetwork: options.hostNetwork });
  const remarks = [...loaded.findings, ...before.findings, ...after.findings, ...diff.findings];
  const { findings, suppressed } = applySuppressions(remarks, after.suppressions, today());
  const result: DiffResult = {
    ...diff,
    findings: withSeverities(findings, loaded.config)
      .filter(({ code }) => !SUPPRESSION_CODES.has(code))
      .sort(compareFindings),
    suppressed,
    textOf: (file) => after.textOf(file) ?? before.textOf(file),
  };
  await printResult(result, DIFF_REPORTERS, options);
  if (fails(result.findings, options.failOn)) return 1;
  return options.detailedExitcode && result.objects.length > 0 ? EXIT_CHANGE : 0;
}

export interface State {
  readonly isLive: boolean;
  readonly objects: readonly SourceObject[];
  readonly modelOf: (objects: readonly SourceObject[]) => NetworkModel;
  readonly model: NetworkModel;
  /** What is wrong with the input. */
  readonly findings: readonly Finding[];
  readonly suppressions: readonly SuppressionText[];
  readonly textOf: (file: string) => string | undefined;
}

export async function readState(source: Source, written: Config, options: DiffOptions): Promise<State> {
  const given = givenFacts(options);
  if (isRunning(source)) {
    const { collected, config, facts } = await liveInput(source.live, [], written, { ...options, facts: given });
    return stateOf(source, { collected, facts, config, cluster: undefined });
  }
  const collected = isRevision(source) ? gitFiles(source, written.exclude) : collectIncluded(pathsOf(source), written);
  return stateOf(source, { collected, facts: given, config: written, cluster: options.cluster });
}

function isRunning(source: Source): source is { readonly live: string | true } {
  return typeof source === 'object' && 'live' in source;
}

function isRevision(source: Source): source is Revision {
  return typeof source === 'object' && 'revision' in source;
}

function pathsOf(source: string | readonly string[]): readonly string[] {
  return typeof source === 'string' ? [source] : source;
}

interface Collected {
  readonly collected: CollectedFiles;
  readonly facts: ClusterTexts;
  readonly config: Config;
  readonly cluster: string | undefined;
}

function stateOf(source: Source, { collected, facts, config, cluster }: Collected): State {
  // Paths are those of the work tree until the end.
  const revision = isRevision(source) ? `${source.revision}:` : '';
  const named = collected.files.map(({ path, bytes }) => ({ path: path.slice(revision.length), bytes }));
  const readFile = isRunning(source) || isRevision(source) ? undefined : readFromDisk(pathsOf(source));
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
    isLive: isRunning(source),
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
