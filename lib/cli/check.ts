import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { ClusterTexts } from '../config/cluster-options';
import { type Config, withSeverities } from '../config/config';
import { compareFindings, type Finding, type Severity } from '../finding/finding';
import { collectFiles, type ManifestFile, readManifests } from '../manifests';
import { networkModel } from '../model';
import { type CheckResult, counted } from '../output/check-result';
import { checkGithub } from '../output/github/check-github';
import { checkGitlab } from '../output/gitlab/check-gitlab';
import { checkJson } from '../output/json/check-json';
import { checkJunit } from '../output/junit/check-junit';
import { checkMarkdown } from '../output/markdown/check-markdown';
import { checkSarif } from '../output/sarif/check-sarif';
import { checkText } from '../output/text/check-text';
import { paletteFor, PLAIN } from '../output/text/palette';
import { NETWORK_RULES, runRules } from '../rules';
import { baselineOf, formatBaseline, parseBaseline, withoutBaseline } from '../suppression/baseline';
import { applySuppressions } from '../suppression/suppression';
import { annotationSuppressions, commentSuppressions } from '../suppression/suppression-sources';
import { systemErrorText } from '../synth/system-error';
import { readAppReports } from './app-report';
import { loadConfig } from './config-file';
import { CHECK_FORMATS } from './formats';
import { type ClusterOptions, clusterTexts, knownFacts } from './inputs';
import { checkOutputOptions, fails, printResult } from './options';
import { ALL_RULES } from './rule-catalogue';
import { UsageError } from './usage-error';

export interface CheckOptions extends ClusterOptions {
  readonly output: string;
  readonly outputFile: readonly string[];
  readonly failOn: Severity;
  readonly color: boolean;
  readonly baseline?: string;
  readonly writeBaseline?: string;
}

export async function runCheck(paths: readonly string[], options: CheckOptions, version: string): Promise<number> {
  checkOutputOptions(options, CHECK_FORMATS);
  const loaded = loadConfig();
  const facts = clusterTexts(options, loaded.config);
  const checked = paths.length === 0 ? await checkApp() : checkFiles(paths, facts, loaded.config);
  const findings = withSeverities([...loaded.findings, ...checked.findings], loaded.config).sort(compareFindings);
  if (options.writeBaseline !== undefined) {
    saveBaseline(options.writeBaseline, findings);
    return 0;
  }
  const result = { ...checked, ...afterBaseline(findings, checked.suppressed, options.baseline) };
  printResult(options, CHECK_FORMATS, (format, destination) => print(format, destination, result, options, version));
  return fails(result.findings, options.failOn) ? 1 : 0;
}

function print(
  format: string,
  destination: 'terminal' | 'file',
  result: CheckResult,
  { color }: CheckOptions,
  version: string,
): string {
  switch (format) {
    case 'json':
      return checkJson(result);
    case 'sarif':
      return checkSarif(result, version);
    case 'github':
      return checkGithub(result);
    case 'gitlab':
      return checkGitlab(result);
    case 'junit':
      return checkJunit(result);
    case 'markdown':
      return checkMarkdown(result);
    default:
      return checkText(result, destination === 'file' ? PLAIN : paletteFor(process.stdout, color));
  }
}

function checkFiles(paths: readonly string[], texts: ClusterTexts, { exclude }: Config): CheckResult {
  const facts = knownFacts(texts);
  const collected = collectFiles(paths, { exclude });
  const read = readManifests(collected.files);
  const model = networkModel(read.objects, facts);
  const { findings, skipped } = runRules(NETWORK_RULES, model);
  const textOf = textsOf(collected.files);
  const suppressions = [
    ...annotationSuppressions(model.objects),
    ...collected.files.flatMap(({ path }) => commentSuppressions(path, textOf(path) ?? '')),
  ];
  const all = [...collected.findings, ...read.findings, ...findings];
  return {
    ...applySuppressions(all, suppressions, today()),
    skipped,
    files: collected.files.length,
    objects: model.objects.length,
    rules: ALL_RULES,
    textOf,
  };
}

/** The app's own analysis, with the lines of its code. */
async function checkApp(): Promise<CheckResult> {
  const reports = await readAppReports({ renumber: [] });
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
  const decoder = new TextDecoder();
  return (path) => {
    const file = byPath.get(path);
    return file === undefined ? textOnDisk(path) : decoder.decode(file.bytes);
  };
}

function textOnDisk(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Suppressions may end on a date. */
function today(): string {
  return new Date().toISOString().slice(0, 10);
}

function afterBaseline(
  findings: readonly Finding[],
  suppressed: number,
  file: string | undefined,
): Pick<CheckResult, 'findings' | 'suppressed'> {
  if (file === undefined) return { findings, suppressed };
  const baseline = parseBaseline(readOption(file, '--baseline'));
  if (baseline === undefined) throw new UsageError(`${file} is no baseline: --write-baseline ${file} makes one`);
  const left = withoutBaseline(findings, baseline);
  return { findings: left, suppressed: suppressed + findings.length - left.length };
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
    writeFileSync(file, formatBaseline(baselineOf(findings)));
  } catch (error) {
    throw new UsageError(`--write-baseline: cannot write ${file}: ${systemErrorText(error)}`);
  }
  process.stderr.write(`${file}: ${counted(findings.length, 'finding')}\n`);
}
