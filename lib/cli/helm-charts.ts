import { spawnSync } from 'node:child_process';
import { posix } from 'node:path';
import type { Command } from 'commander';
import { finding, type Finding } from '../finding/finding';
import { type CollectedFiles, decodeText, type ManifestFile, selfAndFolders, UNREADABLE_FILE } from '../manifests';
import { readLocatedDocument } from '../manifests/located-document';
import { member, text } from '../model/json';
import { systemErrorCode, systemErrorText } from '../system/system-error';
import { collect } from './arguments';
import { UsageError } from './usage-error';

export interface HelmOptions {
  /** Whether charts among the files are rendered by `helm`, which is on the PATH. @default false */
  readonly helm?: boolean;
  /** Files of values, for every chart. @default - those of the charts */
  readonly values?: readonly string[];
}

/** For commands that read manifests. */
export function addHelm(command: Command): Command {
  return command
    .option('--helm', 'render the charts among the files, by the helm that is on the PATH')
    .option('-f, --values <FILE>', 'with --helm: values for the charts (repeatable)', collect);
}

/** The files, and what `helm template` makes of each chart that is among them. A chart that it refuses is a finding. */
export function withRenderedCharts(collected: CollectedFiles, { helm, values = [] }: HelmOptions): CollectedFiles {
  if (helm !== true) {
    if (values.length > 0) throw new UsageError('--values belongs to --helm: without it no chart is rendered');
    return collected;
  }
  const files: ManifestFile[] = [];
  const rendered = new Set<string>();
  const findings: Finding[] = [...collected.findings];
  for (const chart of chartsIn(collected.files)) {
    const result = template(chart, values);
    if (typeof result === 'string') {
      findings.push(
        finding(UNREADABLE_FILE, {
          message: `helm template ${chart.folder}: ${result}`,
          help: 'fix the chart or its values; where charts that it depends on are missing, run helm dependency build first',
          origin: { file: chart.file, line: null, column: null, construct: null },
        }),
      );
    } else {
      rendered.add(chart.folder);
      files.push({ path: posix.join(chart.folder, '(helm template)'), bytes: result });
    }
  }
  return { files: [...collected.files.filter(({ path }) => !isMadeInto(path, rendered)), ...files], findings };
}

/** What a chart is rendered from; its CustomResourceDefinitions are manifests. */
function isMadeInto(path: string, charts: ReadonlySet<string>): boolean {
  return selfAndFolders(posix.dirname(path)).some((folder) => {
    if (!charts.has(folder)) return false;
    const inside = folder === '.' ? path : path.slice(folder.length + 1);
    return /^(?:Chart\.yaml|Chart\.lock|[^/]*values[^/]*|templates\/.*|charts\/.*|ci\/.*)$/.test(inside);
  });
}

interface Chart {
  readonly folder: string;
  readonly file: string;
  readonly name: string;
}

/** Charts inside of a chart are rendered with it; one of the type `library` has nothing to render. */
function chartsIn(files: readonly ManifestFile[]): readonly Chart[] {
  return files.flatMap(({ path, bytes }): Chart[] => {
    if (posix.basename(path) !== 'Chart.yaml' || /(?:^|\/)charts\/[^/]+\/Chart\.yaml$/.test(path)) return [];
    const { value } = readLocatedDocument(decodeText(bytes).text, path);
    if (text(member(value, 'type')) === 'library') return [];
    return [{ folder: posix.dirname(path), file: path, name: text(member(value, 'name')) ?? 'release' }];
  });
}

const MOST_BYTES = 1 << 28;

/** What is rendered, or why nothing is. */
function template({ name, folder }: Chart, values: readonly string[]): Uint8Array | string {
  // A folder that looks like an option, or like the name of a repository, is none.
  const path = posix.isAbsolute(folder) ? folder : `./${folder}`;
  const args = ['template', name, path, ...values.flatMap((file) => ['--values', file])];
  const { status, stdout, stderr, error } = spawnSync('helm', args, {
    env: process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: MOST_BYTES,
  });
  if (error !== undefined) {
    const isMissing = systemErrorCode(error) === 'ENOENT';
    throw new UsageError(`--helm: ${isMissing ? 'there is no helm on the PATH' : systemErrorText(error)}`);
  }
  if (status === 0) return stdout;
  const said = stderr.toString('utf8').trim().split('\n').at(0) ?? '';
  return said.replace(/^Error: /, '') || 'it failed without a word';
}
