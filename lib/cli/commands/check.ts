import { posix } from 'node:path';
import type { Command } from 'commander';
import { ALL_RULES } from '../../catalogue/rule-catalogue';
import { checkFiles } from '../../check/check-files';
import type { ClusterTexts } from '../../config/cluster-options';
import { type Config, withSeverities } from '../../config/config';
import { excluder } from '../../config/exclude-key';
import { compareFindings, finding } from '../../finding/finding';
import { fileFixes, fixManifests, replacementsOf } from '../../fix';
import {
  type CollectedFiles,
  decodeText,
  type ManifestFile,
  NOTHING_TO_CHECK,
  STANDARD_INPUT,
  UNREADABLE_FILE,
  UNRENDERED_TEMPLATE,
} from '../../manifests';
import { type CheckResult, counted, ignoredLines } from '../../output/check-result';
import { statisticsJson } from '../../output/json/statistics-json';
import { statisticsText } from '../../output/text/statistics-text';
import { visible } from '../../output/text/visible';
import { addApp, type AppOption, runApp } from '../app-report';
import { besideBaseline, readBaseline, saveBaseline } from '../baseline-file';
import { withClustersOfApp } from '../clusters-of-app';
import { addConfig, type ConfigOption, loadConfig, unmatchedPaths } from '../configuration';
import {
  addClusterFacts,
  addClusterName,
  type ClusterOptions,
  givenFacts,
  type NamedCluster,
  refuseFacts,
} from '../cluster-options';
import { checkReporters } from '../check-reporters';
import type { CommandContext } from '../command';
import { addFailOn, type FailOnOption, fails } from '../fail-on';
import { textOnDisk, textsOf } from '../file-texts';
import { writeFixedFiles } from '../fixed-files';
import { addHelpEnd, FINDING_EXIT_CODES } from '../help';
import { knownCluster } from '../question-sources';
import { addHelm, type HelmOptions } from '../helm-charts';
import { readFromDisk } from '../read-from-disk';
import { filesInput, liveInput } from '../inputs';
import { addLive, type LiveOption, refuseBesideLive } from '../live-cluster';
import { readNotes } from '../read-notes';
import { addOutput, outputFilesOf, type OutputOptions, printResult, type Reporters } from '../result-output';
import { addRuleSelection, type RuleSelection, selectedBy } from '../rule-selection';
import { note, noteDetail } from '../tell';
import { UsageError } from '../usage-error';
import { watch } from '../watch';
import { today } from '../../system/today';

interface CheckOptions
  extends
    HelmOptions,
    AppOption,
    LiveOption,
    ConfigOption,
    ClusterOptions,
    NamedCluster,
    RuleSelection,
    OutputOptions,
    FailOnOption {
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly fix?: boolean;
  readonly dryRun?: boolean;
  readonly allowEmpty?: boolean;
  readonly statistics?: boolean;
  readonly watch?: boolean;
}

/** How many findings each rule has, instead of these. */
const STATISTICS: Reporters<CheckResult> = { text: statisticsText, json: statisticsJson };

export function define(command: Command, { version, exitWith }: CommandContext): void {
  const reporters = checkReporters(version);
  command
    .description(
      'Reads Kubernetes YAML and JSON and reports what is wrong with the network.\n' +
        'PATHs are files, directories, globs, or - for standard input; without one, the cdk8s app is checked.',
    )
    .argument('[PATH...]', 'what to check')
    .option('--baseline <FILE>', 'report only what is not in this file')
    .option('--write-baseline <FILE>', 'write what is found now to this file')
    .option('--statistics', 'how many findings each rule has, instead of these')
    .option('--watch', 'check again whenever a file changes, until Ctrl-C')
    .option('--fix', 'fix what is safe to fix, and report what is left')
    .option('--allow-empty', 'it is no matter if there is nothing to check')
    .option('--dry-run', 'with --fix: print a diff, and write nothing')
    .action(async (paths: string[], options: CheckOptions) => {
      const run = (): Promise<number> => runCheck(paths, options, options.statistics ? STATISTICS : reporters);
      exitWith(options.watch ? await watchCheck(paths, options, run) : await run());
    });
  addRuleSelection(command);
  addLive(addHelm(addApp(addConfig(addClusterFacts(addClusterName(addFailOn(addOutput(command, reporters))))))));
  addHelpEnd(command, {
    examples: [
      ['netloom check .', 'every manifest of the repository, each cluster by itself'],
      ['helm template shop ./chart | netloom check -', 'what a chart renders'],
      ['netloom check . --helm -f values-prod.yaml', 'charts of the repository too, with values'],
      ['netloom check k8s --select NL2 --statistics', 'how many findings about Services there are, by rule'],
      ['netloom check k8s -o github --output-file sarif=netloom.sarif', 'annotations of a pull request, and a report'],
      ['netloom check k8s --fix --dry-run', 'what could be fixed, as a diff'],
    ],
    exitCodes: FINDING_EXIT_CODES,
  });
}

async function runCheck(
  paths: readonly string[],
  options: CheckOptions,
  reporters: Reporters<CheckResult>,
): Promise<number> {
  checkFixOptions(paths, options);
  const isSelected = selectedBy(options);
  const start = performance.now();
  const loaded = loadConfig(options, paths);
  // What is written is all that is found, whatever an older baseline says.
  const baseline = options.writeBaseline === undefined ? readBaseline(options.baseline) : undefined;
  const complete = (checked: CheckResult): CheckResult => {
    const all = [...loaded.findings, ...checked.findings].filter(isSelected);
    const findings = withSeverities(all, loaded.config).sort(compareFindings);
    return { ...checked, ...besideBaseline(findings, checked.suppressed, baseline) };
  };
  const isApp = paths.length === 0 && options.live === undefined;
  const fixed = isApp ? undefined : await checkPaths(paths, options, loaded.config, complete);
  const result = fixed?.result ?? complete(await checkApp(options, loaded.config));
  if (options.writeBaseline !== undefined) {
    const unread = saveBaseline(options.writeBaseline, result.findings, options);
    if (unread.length === 0) return 0;
    note(
      'not in the baseline, because what cannot be read is not known: fix it, or exclude it in netloom.yaml',
      options,
    );
    await printResult({ ...result, findings: unread, brief: options.quiet }, reporters, options, process.stdout);
    return fails(unread, options.failOn) ? 1 : 0;
  }
  if (fixed !== undefined && options.fix) {
    if (!options.dryRun) writeFixedFiles(fixed.changed.values());
    note(fixed.summary, options);
  }
  if (fixed?.output !== undefined) process.stdout.write(fixed.output);
  if (options.baseline !== undefined && result.gone !== undefined && result.gone > 0) {
    note(
      `${options.baseline}: ${counted(result.gone, 'finding')} of it ${result.gone === 1 ? 'is' : 'are'} gone: --write-baseline ${options.baseline} leaves them out`,
      options,
    );
  }
  if (options.output !== 'text') for (const line of ignoredLines(result)) note(visible(line), options);
  noteDetail(() => [`checked in ${Math.round(performance.now() - start)} ms`], options);
  const beside = fixed?.output === undefined ? process.stdout : process.stderr;
  await printResult({ ...result, brief: options.quiet }, reporters, options, options.dryRun ? null : beside);
  return fails(result.findings, options.failOn) ? 1 : 0;
}

/** What is wrong with a run is said, and the next one waited for. */
async function watchCheck(
  paths: readonly string[],
  options: CheckOptions,
  run: () => Promise<number>,
): Promise<number> {
  if (paths.includes('-')) throw new UsageError('--watch needs files: standard input is read once');
  if (options.live !== undefined) refuseBesideLive(paths, options);
  if (options.fix || options.writeBaseline !== undefined) {
    throw new UsageError('--watch only looks: it goes with neither --fix nor --write-baseline');
  }
  return watch(paths.length === 0 ? ['.'] : paths, run, { ...options, written: outputFilesOf(options) });
}

function checkFixOptions(
  paths: readonly string[],
  { fix, dryRun, writeBaseline, statistics, output, helm, live }: CheckOptions,
): void {
  if (statistics && !(output in STATISTICS)) {
    throw new UsageError(`--statistics is printed as ${Object.keys(STATISTICS).join(' or ')}, not as ${output}`);
  }
  if (dryRun && !fix) throw new UsageError('--dry-run belongs to --fix: without it nothing is written anyway');
  if (live !== undefined) return;
  if (helm && paths.length === 0) throw new UsageError('--helm needs a PATH: an app has no charts');
  if (!fix) return;
  if (helm) throw new UsageError('--fix and --helm exclude each other: what a chart renders is fixed in the chart');
  if (paths.length === 0) {
    throw new UsageError(
      '--fix needs a PATH: the manifests of an app are written by its code, where they must be fixed',
    );
  }
  if (writeBaseline !== undefined) {
    throw new UsageError('--fix and --write-baseline exclude each other: fix first, then write what is left');
  }
}

interface CheckedPaths {
  /** Of the files as they are in the end: fixed, unless it is a dry run. */
  readonly result: CheckResult;
  readonly changed: ReadonlyMap<string, ManifestFile>;
  /** What goes to standard output in the place of the findings. */
  readonly output?: string;
  readonly summary: string;
}

async function checkPaths(
  paths: readonly string[],
  options: CheckOptions,
  written: Config,
  complete: (checked: CheckResult) => CheckResult,
): Promise<CheckedPaths> {
  const given = givenFacts(options);
  const { collected, config, facts } =
    options.live === undefined
      ? filesInput(paths, written, { ...options, facts: given })
      : await liveInput(options.live, paths, written, { ...options, facts: given });
  const check = (files: readonly ManifestFile[]): CheckResult =>
    complete(asAsked(checkCollected({ ...collected, files }, facts, config, paths, options), paths, options));
  if (!options.fix)
    return { result: withFixes(check(collected.files), collected.files), changed: new Map(), summary: '' };
  const before = check(collected.files);
  const { files, result, fixed, changed } = fixManifests(collected.files, before, check);
  const summary = `${fixed} ${options.dryRun ? 'fixable' : 'fixed'} in ${counted(changed.size, 'file')}`;
  if (options.dryRun) {
    const { fixesAsDiff } = await import('../fixes-as-diff.js');
    const output = fixesAsDiff(collected.files, changed);
    return { result: withFixes(before, collected.files), changed, output, summary };
  }
  const input = files.find(({ path }) => path === STANDARD_INPUT);
  return { result: withFixes(result, files), changed, output: input && textOf(input), summary };
}

/** With its byte order mark. */
function textOf({ bytes }: ManifestFile): string {
  return decodeText(bytes).original;
}

function withFixes(result: CheckResult, files: readonly ManifestFile[]): CheckResult {
  return { ...result, replacements: replacementsOf(fileFixes(result.findings, files), files) };
}

/** With what is wrong about what was asked for: nothing was in it, or it could not be looked at. */
function asAsked(result: CheckResult, paths: readonly string[], { allowEmpty }: CheckOptions): CheckResult {
  const { ignored = [], findings, objects } = result;
  const named = new Set(paths.map((path) => (path === '-' ? STANDARD_INPUT : posix.normalize(path))));
  const templates = ignored
    .filter(({ path, because }) => because === UNRENDERED_TEMPLATE && named.has(path))
    .map(({ path }) =>
      finding(UNREADABLE_FILE, {
        message: `${path} was to be checked, and is a template that is not rendered`,
        help: 'render it first, for example with helm template',
        origin: { file: path, line: null, column: null, construct: null },
      }),
    );
  if (allowEmpty) {
    return { ...result, findings: [...findings.filter(({ code }) => code !== NOTHING_TO_CHECK.code), ...templates] };
  }
  const isEmpty = objects === 0 && findings.length === 0 && ignored.length === 0;
  const nothing = finding(NOTHING_TO_CHECK, {
    message: `there is no object in ${paths.join(', ')}`,
    help: 'name what is to be checked, or say --allow-empty where nothing may be there',
  });
  return { ...result, findings: [...findings, ...templates, ...(isEmpty ? [nothing] : [])] };
}

function checkCollected(
  collected: CollectedFiles,
  facts: ClusterTexts,
  written: Config,
  paths: readonly string[],
  options: CheckOptions,
): CheckResult {
  const config = withClustersOfApp(written, collected.files);
  const cluster = options.live === undefined ? options.cluster : undefined;
  const start = performance.now();
  const checked = checkFiles(collected.files, { config, facts, today: today(), cluster, read: readFromDisk(paths) });
  noteDetail(
    () =>
      readNotes({
        files: collected.files,
        clusters: checked.clusters,
        skipped: checked.ignored,
        milliseconds: performance.now() - start,
      }),
    options,
  );
  return {
    ...checked,
    findings: [...collected.findings, ...unmatchedPaths(config, collected.files), ...checked.findings],
    files: collected.files.length,
    rules: ALL_RULES,
    textOf: textsOf(collected.files),
  };
}

/** The app's own analysis, with the lines of its code; of an app without constructs of Netloom, its manifests. */
async function checkApp(options: CheckOptions, config: Config): Promise<CheckResult> {
  const { reports, files } = await runApp({ renumber: [], app: options.app, cluster: options.cluster });
  if (reports.length === 0) {
    const isExcluded = excluder(config);
    const included = files.filter(({ path }) => !isExcluded(path));
    return checkCollected({ files: included, findings: [] }, givenFacts(options), config, [], options);
  }
  refuseFacts(options);
  if (options.cluster !== undefined)
    knownCluster(
      options.cluster,
      reports.flatMap(({ clusters }) => clusters.map(([name]) => name)),
    );
  return {
    findings: reports.flatMap(({ findings }) => findings),
    skipped: reports.flatMap(({ skipped }) => skipped),
    suppressed: reports.reduce((sum, { suppressed }) => sum + suppressed, 0),
    files: 0,
    objects: reports.reduce((sum, { objects }) => sum + objects, 0),
    rules: ALL_RULES,
    textOf: textOnDisk,
  };
}
