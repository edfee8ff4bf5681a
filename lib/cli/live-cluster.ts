import { spawnSync } from 'node:child_process';
import { posix } from 'node:path';
import type { Command } from 'commander';
import type { ClusterTexts } from '../config/cluster-options';
import {
  gapFindings,
  NoAnswer,
  NoWay,
  objectPath,
  openApiServer,
  type Progress,
  readSnapshot,
  readSnapshotRecord,
  type Snapshot,
  SNAPSHOT_RECORD,
} from '../live';
import { type CollectedFiles, decodeText } from '../manifests';
import { yamlText } from '../synth/yaml-text';
import type { NoteOptions } from './tell';
import { InputError, UsageError } from './usage-error';

export interface LiveOption {
  /** The context of a kubeconfig; true for the current one. */
  readonly live?: string | true;
}

export function addLive(command: Command): Command {
  return command.option(
    '--live [CONTEXT]',
    'a running cluster in place of PATHs: a context of the kubeconfig, else the current one; nothing is written to it',
  );
}

/** How a running cluster is named where a path would be: `live:prod`. */
const PREFIX = 'live:';

/** The context that an argument such as `live:prod` names; true for `live:`. */
export function liveArgument(argument: string): string | true | undefined {
  if (!argument.startsWith(PREFIX)) return undefined;
  return argument.slice(PREFIX.length) || true;
}

export interface LiveSnapshot extends Snapshot {
  /** `live:prod`. */
  readonly name: string;
}

/** @throws InputError where there is no way to the cluster, or no answer */
export async function readLive(live: string | true, options: NoteOptions): Promise<LiveSnapshot> {
  const name = `${PREFIX}${live === true ? currentContext() : live}`;
  const progress = progressLine(name, options);
  try {
    const server = await openApiServer(live === true ? undefined : live);
    try {
      return { name, ...(await readSnapshot(server.get, { sleep, progress: progress.show })) };
    } finally {
      server.close();
    }
  } catch (error) {
    if (error instanceof NoWay || error instanceof NoAnswer) throw new InputError(`${name}: ${error.message}`);
    throw error;
  } finally {
    progress.clear();
  }
}

/** In a pod there is no context. */
function currentContext(): string {
  const { status, stdout } = spawnSync('kubectl', ['config', 'current-context'], {
    env: process.env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return (status === 0 && stdout.toString('utf8').trim()) || 'cluster';
}

/** Each object as a file, so that findings show its lines. */
export function snapshotFiles({ name, objects }: LiveSnapshot): CollectedFiles['files'] {
  const encoder = new TextEncoder();
  return objects.map((object) => ({ path: `${name} ${objectPath(object)}`, bytes: encoder.encode(yamlText(object)) }));
}

/** Files, with the facts that are stated beside them. */
export interface CollectedCluster {
  readonly collected: CollectedFiles;
  readonly facts: ClusterTexts;
}

/** What snapshots among the files say of themselves: what is missing in them, and the version of the only one. */
export function withSnapshots({ files, findings }: CollectedFiles): CollectedCluster {
  const isRecord = ({ path }: { readonly path: string }): boolean => posix.basename(path) === SNAPSHOT_RECORD;
  const records = files.filter(isRecord).flatMap(({ path, bytes }) => {
    const record = readSnapshotRecord(decodeText(bytes).text);
    return record === undefined ? [] : [{ path, record }];
  });
  const paths = new Set(records.map(({ path }) => path));
  const version = records.length === 1 ? records[0].record.kubernetesVersion : undefined;
  return {
    collected: {
      files: paths.size === 0 ? files : files.filter(({ path }) => !paths.has(path)),
      findings: [...findings, ...records.flatMap(({ path, record }) => gapFindings(record.gaps, path))],
    },
    facts: version === undefined ? {} : { kubernetesVersion: version },
  };
}

/** The files of a running cluster, with what is missing, and the facts that it states. */
export async function collectLive(live: string | true, options: NoteOptions): Promise<CollectedCluster> {
  const snapshot = await readLive(live, options);
  const { kubernetesVersion, gaps, name } = snapshot;
  return {
    collected: { files: snapshotFiles(snapshot), findings: gapFindings(gaps, name) },
    facts: kubernetesVersion === undefined ? {} : { kubernetesVersion },
  };
}

/** What only files can have. */
const FOR_FILES = ['fix', 'watch', 'helm'] as const;

export type FileOptions = Readonly<Partial<Record<(typeof FOR_FILES)[number], boolean>>>;

/** @throws UsageError */
export function refuseBesideLive(paths: readonly string[], options: FileOptions): void {
  if (paths.length > 0) throw new UsageError(`--live reads a running cluster: leave out ${paths.join(' ')}`);
  const wrong = FOR_FILES.find((option) => options[option] === true);
  if (wrong !== undefined) throw new UsageError(`--live and --${wrong} exclude each other: --${wrong} is for files`);
}

function sleep(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

/** On a terminal, how far the reading is. */
function progressLine(name: string, options: NoteOptions): { readonly show: Progress; readonly clear: () => void } {
  const isShown = process.stderr.isTTY && !options.quiet;
  const show = (text: string): void => {
    if (isShown) process.stderr.write(`\r\u001B[K${text}`);
  };
  return {
    show: ({ lists, of, objects }) => {
      show(`reading ${name}: ${lists} of ${of} lists, ${objects} objects`);
    },
    clear: () => {
      show('');
    },
  };
}
