import { posix } from 'node:path';
import type { Command } from 'commander';
import { ALL_RULES } from '../../catalogue/rule-catalogue';
import { checkFiles } from '../../check/check-files';
import type { ClusterTexts } from '../../config/cluster-options';
import { type Config, withSeverities } from '../../config/config';
import { excluder } from '../../config/exclude-key';
import { compareFindings, finding, type Finding } from '../../finding/finding';
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
import { checkGithub } from '../../output/github/check-github';
import { checkGitlab } from '../../output/gitlab/check-gitlab';
import { checkJson } from '../../output/json/check-json';
import { checkJunit } from '../../output/junit/check-junit';
import { checkMarkdown } from '../../output/markdown/check-markdown';
import { checkSarif } from '../../output/sarif/check-sarif';
import { checkText } from '../../output/text/check-text';
import { visible } from '../../output/text/visible';
import { afterBaseline, type Baseline, baselineOf, formatBaseline, parseBaseline } from '../../suppression/baseline';
import { readTextFile } from '../../system/read-file';
import { FileRefused, systemErrorCode, systemErrorText } from '../../system/system-error';
import { writeWholeFile } from '../../system/write-file';
import { addApp, type AppOption, runApp } from '../app-report';
import { withClustersOfLock } from '../clusters-of-lock';
import { addConfig, collectIncluded, type ConfigOption, loadConfig, unmatchedPaths } from '../configuration';
import { addClusterFacts, type ClusterOptions, givenFacts, refuseFacts } from '../cluster-options';
import type { CommandContext } from '../command';
import { addFailOn, type FailOnOption, fails } from '../fail-on';
import { writeFixedFiles } from '../fixed-files';
import { readFromDisk } from '../read-from-disk';
import { refuseInput } from '../refuse-input';
import { addOutput, type OutputOptions, printResult, type Reporters } from '../result-output';
import { tell } from '../tell';
import { UsageError } from '../usage-error';
import { today } from '../../system/today';

interface CheckOptions extends AppOption, ConfigOption, ClusterOptions, OutputOptions, FailOnOption {
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly fix?: boolean;
  readonly dryRun?: boolean;
  readonly allowEmpty?: boolean;
}

const reportersOf = (version: string): Reporters<CheckResult> => ({
  text: checkText,
  json: checkJson,
  sarif: (result) => checkSarif(result, version),
  github: checkGithub,
  gitlab: checkGitlab,
  junit: checkJunit,
  markdown: checkMarkdown,
});

export function define(command: Command, { version, exitWith }: CommandContext): void {
  const reporters = reportersOf(version);
  command
    .description(
      'Reads Kubernetes YAML and JSON and reports what is wrong with the network.\n' +
        'PATHs are files, directories, globs, or - for standard input; without one, the cdk8s app is checked.',
    )
    .argument('[PATH...]', 'what to check')
    .option('--baseline <FILE>', 'report only what is not in this file')
    .option('--write-baseline <FILE>', 'write what is found now to this file')
    .option('--fix', 'mend what is safe to mend, and report what is left')
    .option('--allow-empty', 'it is no matter if there is nothing to check')
    .option('--dry-run', 'with --fix: print a diff, and write nothing')
    .action(async (paths: string[], options: CheckOptions) => {
      exitWith(await runCheck(paths, options, reporters));
    });
  addApp(addConfig(addClusterFacts(addFailOn(addOutput(command, reporters)))));
}

async function runCheck(
  paths: readonly string[],
  options: CheckOptions,
  reporters: Reporters<CheckResult>,
): Promise<number> {
  checkFixOptions(paths, options);
  const loaded = loadConfig(options, paths);
  // What is written is all that is found, whatever an older baseline says.
  const baseline = options.writeBaseline === undefined ? readBaseline(options.baseline) : undefined;
  const complete = (checked: CheckResult): CheckResult => {
    const findings = withSeverities([...loaded.findings, ...checked.findings], loaded.config).sort(compareFindings);
    return { ...checked, ...besideBaseline(findings, checked.suppressed, baseline) };
  };
  const fixed = paths.length === 0 ? undefined : await checkPaths(paths, options, loaded.config, complete);
  const result = fixed?.result ?? complete(await checkApp(options, loaded.config));
  if (options.writeBaseline !== undefined) {
    saveBaseline(options.writeBaseline, result.findings);
    return 0;
  }
  if (fixed !== undefined && options.fix) {
    if (!options.dryRun) writeFixedFiles(fixed.changed.values());
    tell(fixed.summary);
  }
  if (fixed?.output !== undefined) process.stdout.write(fixed.output);
  if (options.baseline !== undefined && result.gone !== undefined && result.gone > 0) {
    tell(
      `${options.baseline}: ${counted(result.gone, 'finding')} of it ${result.gone === 1 ? 'is' : 'are'} gone: --write-baseline ${options.baseline} leaves them out`,
    );
  }
  if (options.output !== 'text') for (const line of ignoredLines(result)) tell(visible(line));
  const beside = fixed?.output === undefined ? process.stdout : process.stderr;
  await printResult(result, reporters, options, options.dryRun ? null : beside);
  return fails(result.findings, options.failOn) ? 1 : 0;
}

function checkFixOptions(paths: readonly string[], { fix, dryRun, writeBaseline }: CheckOptions): void {
  if (dryRun && !fix) throw new UsageError('--dry-run belongs to --fix: without it nothing is written anyway');
  if (!fix) return;
  if (paths.length === 0) {
    throw new UsageError(
      '--fix needs a PATH: the manifests of an app are written by its code, where they must be mended',
    );
  }
  if (writeBaseline !== undefined) {
    throw new UsageError('--fix and --write-baseline exclude each other: fix first, then write what is left');
  }
}

interface CheckedPaths {
  /** Of the files as they are in the end: mended, unless it is a dry run. */
  readonly result: CheckResult;
  readonly changed: ReadonlyMap<string, ManifestFile>;
  /** What goes to standard output in the place of the findings. */
  readonly output?: string;
  readonly summary: string;
}

async function checkPaths(
  paths: readonly string[],
  options: CheckOptions,
  config: Config,
  complete: (checked: CheckResult) => CheckResult,
): Promise<CheckedPaths> {
  const facts = givenFacts(options);
  const collected = collectIncluded(paths, config);
  const check = (files: readonly ManifestFile[]): CheckResult =>
    complete(asAsked(checkCollected({ ...collected, files }, facts, config, paths), paths, options));
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
  const isEmpty = objects === 0 && findings.length === 0 && ignored.length === 0 && allowEmpty !== true;
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
  paths: readonly string[] = [],
): CheckResult {
  const config = withClustersOfLock(written, collected.files);
  const checked = checkFiles(collected.files, { config, facts, today: today(), read: readFromDisk(paths) });
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
  const { reports, files } = await runApp({ renumber: [], app: options.app });
  if (reports.length === 0) {
    const isExcluded = excluder(config);
    const included = files.filter(({ path }) => !isExcluded(path));
    return checkCollected({ files: included, findings: [] }, givenFacts(options), config);
  }
  refuseFacts(options);
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

function textsOf(files: readonly ManifestFile[]): (file: string) => string | undefined {
  const byPath = new Map(files.map((file) => [file.path, file]));
  // Frames of the same file follow one another: without this each would decode it anew.
  let latest: { readonly path: string; readonly text: string | undefined } | undefined;
  return (path) => {
    if (latest?.path === path) return latest.text;
    const file = byPath.get(path);
    latest = { path, text: file === undefined ? textOnDisk(path) : decodeText(file.bytes).text };
    return latest.text;
  };
}

function textOnDisk(file: string): string | undefined {
  try {
    return readTextFile(file);
  } catch (error) {
    if (systemErrorCode(error) === undefined && !(error instanceof FileRefused)) throw error;
    return undefined;
  }
}

function readBaseline(file: string | undefined): Baseline | undefined {
  if (file === undefined) return undefined;
  const baseline = parseBaseline(readOption(file, '--baseline'));
  if (baseline === undefined) throw new UsageError(`${file} is no baseline: --write-baseline ${file} makes one`);
  return baseline;
}

function besideBaseline(
  findings: readonly Finding[],
  suppressed: number,
  baseline: Baseline | undefined,
): Pick<CheckResult, 'findings' | 'suppressed' | 'gone'> {
  if (baseline === undefined) return { findings, suppressed };
  const { findings: news, gone } = afterBaseline(findings, baseline);
  return { findings: news, suppressed: suppressed + findings.length - news.length, gone };
}

function readOption(file: string, option: string): string {
  try {
    return readTextFile(file);
  } catch (error) {
    throw new UsageError(`${option}: cannot read ${file}: ${systemErrorText(error)}`);
  }
}

function saveBaseline(file: string, findings: readonly Finding[]): void {
  try {
    refuseInput(file);
    writeWholeFile(file, formatBaseline(baselineOf(findings)));
  } catch (error) {
    throw new UsageError(`--write-baseline: cannot write ${file}: ${systemErrorText(error)}`);
  }
  tell(`${file}: ${counted(findings.length, 'finding')}`);
}
