import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { ALL_RULES } from '../../catalogue/rule-catalogue';
import { checkFiles } from '../../check/check-files';
import type { ClusterTexts } from '../../config/cluster-options';
import { type Config, withSeverities } from '../../config/config';
import { excluder } from '../../config/exclude-key';
import { compareFindings, type Finding } from '../../finding/finding';
import { fileFixes, fixManifests, replacementsOf } from '../../fix';
import { type CollectedFiles, collectFiles, decodeText, type ManifestFile, STANDARD_INPUT } from '../../manifests';
import { type CheckResult, counted, ignoredLines } from '../../output/check-result';
import { checkGithub } from '../../output/github/check-github';
import { checkGitlab } from '../../output/gitlab/check-gitlab';
import { checkJson } from '../../output/json/check-json';
import { checkJunit } from '../../output/junit/check-junit';
import { checkMarkdown } from '../../output/markdown/check-markdown';
import { checkSarif } from '../../output/sarif/check-sarif';
import { checkText } from '../../output/text/check-text';
import { afterBaseline, type Baseline, baselineOf, formatBaseline, parseBaseline } from '../../suppression/baseline';
import { readConfigFile } from '../../synth/config-file';
import { systemErrorText } from '../../system/system-error';
import { runApp } from '../app-report';
import { addClusterFacts, type ClusterOptions, givenFacts, refuseFacts } from '../cluster-options';
import type { CommandContext } from '../command';
import { addFailOn, type FailOnOption, fails } from '../fail-on';
import { writeFixedFiles } from '../fixed-files';
import { readFromDisk } from '../read-from-disk';
import { addOutput, type OutputOptions, printResult, type Reporters } from '../result-output';
import { UsageError } from '../usage-error';
import { writeWholeFile } from '../../system/whole-file';
import { today } from '../../system/today';

interface CheckOptions extends ClusterOptions, OutputOptions, FailOnOption {
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly fix?: boolean;
  readonly dryRun?: boolean;
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
    .option('--dry-run', 'with --fix: print a diff, and write nothing')
    .action(async (paths: string[], options: CheckOptions) => {
      exitWith(await runCheck(paths, options, reporters));
    });
  addClusterFacts(addFailOn(addOutput(command, reporters)));
}

async function runCheck(
  paths: readonly string[],
  options: CheckOptions,
  reporters: Reporters<CheckResult>,
): Promise<number> {
  checkFixOptions(paths, options);
  const loaded = readConfigFile();
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
    process.stderr.write(`${fixed.summary}\n`);
  }
  if (fixed?.output !== undefined) process.stdout.write(fixed.output);
  if (options.baseline !== undefined && result.gone !== undefined && result.gone > 0) {
    process.stderr.write(
      `${options.baseline}: ${counted(result.gone, 'finding')} of it ${result.gone === 1 ? 'is' : 'are'} gone: --write-baseline ${options.baseline} leaves them out\n`,
    );
  }
  if (options.output !== 'text') for (const line of ignoredLines(result)) process.stderr.write(`${line}\n`);
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
  const collected = collectFiles(paths, { exclude: config.exclude });
  const check = (files: readonly ManifestFile[]): CheckResult =>
    complete(checkCollected({ ...collected, files }, facts, config));
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

function checkCollected(collected: CollectedFiles, facts: ClusterTexts, config: Config): CheckResult {
  const checked = checkFiles(collected.files, { config, facts, today: today(), read: readFromDisk });
  return {
    ...checked,
    findings: [...collected.findings, ...checked.findings],
    files: collected.files.length,
    rules: ALL_RULES,
    textOf: textsOf(collected.files),
  };
}

/** The app's own analysis, with the lines of its code; of an app without constructs of Netloom, its manifests. */
async function checkApp(options: CheckOptions, config: Config): Promise<CheckResult> {
  const { reports, files } = await runApp({ renumber: [] });
  if (reports.length === 0) {
    const isExcluded = excluder(config.exclude);
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
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
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
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${option}: cannot read ${file}: ${systemErrorText(error)}`);
  }
}

function saveBaseline(file: string, findings: readonly Finding[]): void {
  try {
    writeWholeFile(file, formatBaseline(baselineOf(findings)));
  } catch (error) {
    throw new UsageError(`--write-baseline: cannot write ${file}: ${systemErrorText(error)}`);
  }
  process.stderr.write(`${file}: ${counted(findings.length, 'finding')}\n`);
}
