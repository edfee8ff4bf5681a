/**
 * What a check costs: read, modelled, judged by every rule and printed as JSON, beside parsing the same text with js-yaml's `loadAll`.
 * Then memory beside that of the parsed objects, and what js-yaml takes at most to parse them, every format for ten thousand findings, the start of the command beside that of node, and
 * `@monokle/validation` (its checks of references alone), which is a dependency of the benches alone.
 * Run with `npm run bench:check`; the start needs `npm run build` before.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { compareFindings } from '../lib/finding/finding';
import { type ManifestFile, readManifests } from '../lib/manifests';
import { networkModel } from '../lib/model';
import type { CheckResult } from '../lib/output/check-result';
import { checkGithub } from '../lib/output/github/check-github';
import { checkGitlab } from '../lib/output/gitlab/check-gitlab';
import { checkJson } from '../lib/output/json/check-json';
import { checkJunit } from '../lib/output/junit/check-junit';
import { checkMarkdown } from '../lib/output/markdown/check-markdown';
import { checkSarif } from '../lib/output/sarif/check-sarif';
import { checkText } from '../lib/output/text/check-text';
import { PLAIN } from '../lib/output/text/palette';
import { NETWORK_RULES, runRules } from '../lib/rules';
import { applySuppressions } from '../lib/suppression/suppression';
import { annotationSuppressions } from '../lib/suppression/suppression-sources';
import { clusterTexts, type Health, manifestFiles, servicesWithWorkloads } from './check-corpus';

const RUNS = 3;

interface Input {
  readonly objects: number;
  readonly files: number;
  readonly health: Health;
}

const INPUTS: readonly Input[] = [
  { objects: 10_000, files: 1000, health: 'correct' },
  { objects: 10_000, files: 1, health: 'correct' },
  { objects: 100_000, files: 1, health: 'correct' },
  { objects: 10_000, files: 1000, health: 'defective' },
  { objects: 10_000, files: 1, health: 'defective' },
  { objects: 100_000, files: 1, health: 'defective' },
];

function check(files: readonly ManifestFile[]): CheckResult {
  const read = readManifests(files);
  const model = networkModel(read.objects, {});
  const { findings, skipped } = runRules(NETWORK_RULES, model);
  const left = applySuppressions([...read.findings, ...findings], annotationSuppressions(model.objects), '2026-01-01');
  const byPath = new Map(files.map(({ path, bytes }) => [path, bytes.toString()]));
  return {
    findings: left.findings.toSorted(compareFindings),
    suppressed: left.suppressed,
    skipped,
    files: files.length,
    objects: model.objects.length,
    rules: NETWORK_RULES,
    textOf: (file) => byPath.get(file),
  };
}

function milliseconds(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

function row(cells: readonly string[]): string {
  return cells.map((cell, index) => (index === 0 ? cell.padEnd(44) : cell.padStart(12))).join('');
}

function print(cells: readonly string[]): void {
  process.stdout.write(`${row(cells)}\n`);
}

function nameOf({ objects, files, health }: Input): string {
  return `${objects.toLocaleString('en')} ${health} in ${files.toLocaleString('en')} file${files === 1 ? '' : 's'}`;
}

/** In turn, so that what else the machine does hits both. */
function printTimes(): void {
  print(['time', 'findings', 'js-yaml', 'check', 'ratio']);
  for (const input of INPUTS) {
    const texts = clusterTexts(input.objects, input.files, input.health);
    const files = manifestFiles(texts);
    let findings = 0;
    const runs = Array.from({ length: RUNS }, () => ({
      parsed: milliseconds(() => texts.map((text) => loadAll(text))),
      checked: milliseconds(() => {
        const result = check(files);
        findings = result.findings.length;
        return checkJson(result);
      }),
    }));
    print([
      nameOf(input),
      String(findings),
      `${median(runs.map(({ parsed }) => parsed)).toFixed(0)} ms`,
      `${median(runs.map(({ checked }) => checked)).toFixed(0)} ms`,
      median(runs.map(({ parsed, checked }) => checked / parsed)).toFixed(2),
    ]);
  }
}

function printFormats(): void {
  const result = check(manifestFiles(clusterTexts(10_000, 1, 'defective')));
  const formats: Record<string, () => string> = {
    text: () => checkText(result, PLAIN),
    json: () => checkJson(result),
    sarif: () => checkSarif(result, '0.0.0'),
    github: () => checkGithub(result),
    gitlab: () => checkGitlab(result),
    junit: () => checkJunit(result),
    markdown: () => checkMarkdown(result),
  };
  print([`formats, ${result.findings.length} findings`, 'time']);
  for (const [name, format] of Object.entries(formats)) print([name, `${milliseconds(format).toFixed(0)} ms`]);
}

/** In a process of its own: megabytes held by what js-yaml makes, the most that it takes for that, or the most that a check takes. */
function megabytes(what: 'held' | 'parse' | 'check', index: number): number {
  const { stdout } = spawnSync(process.execPath, ['--expose-gc', '--import', 'tsx', __filename, what, String(index)], {
    encoding: 'utf8',
  });
  return Number(stdout);
}

function measureMemory(what: string, { objects, files, health }: Input): number {
  const texts = clusterTexts(objects, files, health);
  const manifests = manifestFiles(texts);
  globalThis.gc?.();
  if (what === 'held') {
    const before = process.memoryUsage().heapUsed;
    const held = texts.map((text) => loadAll(text));
    globalThis.gc?.();
    return held.length === 0 ? NaN : (process.memoryUsage().heapUsed - before) / 2 ** 20;
  }
  const before = process.memoryUsage().rss;
  if (what === 'parse') texts.map((text) => loadAll(text));
  else checkJson(check(manifests));
  return process.resourceUsage().maxRSS / 2 ** 10 - before / 2 ** 20;
}

function printMemory(): void {
  print(['memory', 'objects', 'js-yaml', 'check', 'ratio']);
  for (const [index, input] of INPUTS.entries()) {
    const [held, parse, peak] = (['held', 'parse', 'check'] as const).map((what) => megabytes(what, index));
    const shown = [held, parse, peak].map((size) => `${size.toFixed(0)} MB`);
    print([nameOf(input), ...shown, (peak / held).toFixed(2)]);
  }
}

function printStart(): void {
  const command = join(__dirname, '..', 'bin', 'netloom');
  const isBuilt = existsSync(join(__dirname, '..', 'build', 'lib', 'cli', 'main.js'));
  const runs = Array.from({ length: 11 }, () => ({
    node: milliseconds(() => spawnSync(process.execPath, ['-e', '0'])),
    version: isBuilt ? milliseconds(() => spawnSync(process.execPath, [command, '--version'])) : NaN,
  }));
  const node = median(runs.map((run) => run.node));
  print(['start', 'node -e 0', '--version', 'goal']);
  const version = isBuilt ? `${median(runs.map((run) => run.version)).toFixed(0)} ms` : 'not built';
  print(['', `${node.toFixed(0)} ms`, version, `${(1.5 * node + 40).toFixed(0)} ms`]);
}

/** The part of the peer that is used here. */
interface Peer {
  readonly ResourceParser: new () => object;
  /** Its plugin for links sees none before this was called. */
  readonly processRefs: (resources: readonly object[], parser: object) => unknown;
  readonly createDefaultMonokleValidator: () => {
    readonly preload: (config: object) => Promise<unknown>;
    readonly validate: (input: { resources: readonly object[] }) => Promise<unknown>;
  };
}

async function printPeer(): Promise<void> {
  const name = '@monokle/validation';
  let peer: Peer;
  try {
    peer = (await import(name)) as Peer;
  } catch (error) {
    print([`${name} cannot be loaded: npm ci --prefix bench`]);
    process.stdout.write(`  (${error instanceof Error ? error.message : String(error)})\n`);
    return;
  }
  print(['services with workloads', 'monokle', 'check', 'ratio']);
  for (const services of [100, 250, 500]) {
    const texts = servicesWithWorkloads(services);
    const validator = peer.createDefaultMonokleValidator();
    await validator.preload({ plugins: { 'resource-links': true } });
    const resources = texts.map(peerResource);
    const start = performance.now();
    peer.processRefs(resources, new peer.ResourceParser());
    await validator.validate({ resources });
    const theirs = performance.now() - start;
    const ours = milliseconds(() => checkJson(check(manifestFiles(texts))));
    print([String(services), `${theirs.toFixed(0)} ms`, `${ours.toFixed(0)} ms`, `${(theirs / ours).toFixed(0)}×`]);
  }
}

function peerResource(text: string, index: number): object {
  const [content] = loadAll(text) as { apiVersion: string; kind: string; metadata: { name: string } }[];
  const { apiVersion, kind, metadata } = content;
  const file = `${index}.yaml`;
  return { id: file, fileId: file, filePath: file, fileOffset: 0, ...metadata, apiVersion, kind, content, text };
}

/** All of it, or a part: `peer`, or what {@link megabytes} measures. */
async function main(): Promise<void> {
  const [what, index] = process.argv.slice(2);
  if (what === 'peer') {
    await printPeer();
    return;
  }
  if (process.argv.length > 2) {
    process.stdout.write(String(measureMemory(what, INPUTS[Number(index)])));
    return;
  }
  for (const section of [printTimes, printFormats, printMemory, printStart]) {
    section();
    process.stdout.write('\n');
  }
  await printPeer();
}

void main();
