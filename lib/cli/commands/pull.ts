import { mkdirSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Command, Option } from 'commander';
import { compareText } from '../../finding/finding';
import {
  formatSnapshotRecord,
  gapFindings,
  readSnapshotRecord,
  SNAPSHOT_RECORD,
  type SnapshotRecord,
  snapshotTexts,
} from '../../live';
import { counted } from '../../output/check-result';
import { yamlText } from '../../synth/yaml-text';
import { isWithin } from '../../system/boundary';
import { readTextFile } from '../../system/read-file';
import { systemErrorCode, systemErrorText } from '../../system/system-error';
import { writeWholeFile } from '../../system/write-file';
import type { CommandContext } from '../command';
import { addHelpEnd } from '../help';
import { readLive } from '../live-cluster';
import { note, noteDetail, type NoteOptions, tell } from '../tell';
import { InputError, UsageError } from '../usage-error';

interface PullOptions extends NoteOptions {
  readonly context?: string;
  readonly output: string;
}

export function define(command: Command, { exitWith }: CommandContext): void {
  command
    .description(
      'Saves what a running cluster says about its network, so that every command works on it without the cluster.\n' +
        'It is read by kubectl. Secrets are not read, and nothing is written to the cluster.',
    )
    .option('--context <CONTEXT>', 'a context of the kubeconfig (default: the current one)')
    .addOption(
      new Option('-o, --output <DIR>', 'where to save it: a new folder, or an earlier snapshot').makeOptionMandatory(),
    )
    .option('-q, --quiet', 'say nothing but what is wrong')
    .option('-v, --verbose', 'say what was written')
    .action(async (options: PullOptions) => {
      exitWith(await runPull(options));
    });
  addHelpEnd(command, {
    examples: [
      ['netloom pull -o snapshot', 'the cluster of the current context'],
      ['netloom pull --context prod -o prod && netloom check prod', 'save it, then look at it'],
    ],
    exitCodes: { 0: 'all of it was saved', 1: 'something could not be read or written' },
  });
}

async function runPull(options: PullOptions): Promise<number> {
  const { output: folder } = options;
  const earlier = earlierSnapshot(folder);
  const snapshot = await readLive(options.context ?? true, options);
  const texts = snapshotTexts(snapshot.objects, yamlText);
  const record: SnapshotRecord = {
    cluster: snapshot.name,
    kubernetesVersion: snapshot.kubernetesVersion,
    gaps: snapshot.gaps,
    files: [...texts.keys()].sort(compareText),
  };
  try {
    for (const [path, text] of texts) write(join(folder, path), text);
    write(join(folder, SNAPSHOT_RECORD), formatSnapshotRecord(record));
    for (const path of earlier) if (!texts.has(path)) rmSync(join(folder, path), { force: true });
  } catch (error) {
    throw new InputError(`cannot write to ${folder}: ${systemErrorText(error)}`);
  }
  const missing = gapFindings(snapshot.gaps, snapshot.name);
  for (const { severity, message, help } of missing) tell(`${severity}: ${message}; ${help}`);
  noteDetail(() => [...texts.keys()].map((path) => join(folder, path)), options);
  note(`${folder}: ${counted(snapshot.objects.length, 'object')} in ${counted(texts.size, 'file')}`, options);
  return missing.length === 0 ? 0 : 1;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeWholeFile(path, text);
}

/** The files of an earlier snapshot in the folder. @throws UsageError for a folder with anything else in it */
function earlierSnapshot(folder: string): readonly string[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return [];
    throw new UsageError(`--output: cannot use ${folder}: ${systemErrorText(error)}`);
  }
  if (names.length === 0) return [];
  const record = names.includes(SNAPSHOT_RECORD)
    ? readSnapshotRecord(readTextFile(join(folder, SNAPSHOT_RECORD)))
    : undefined;
  if (record === undefined)
    throw new UsageError(`--output: ${folder} has other files in it: name a new folder, or one that pull has made`);
  return record.files.filter((path) => isOwn(folder, path));
}

/** A record that a stranger has written names no file of somebody else, nor does a link of theirs lead to one. */
function isOwn(folder: string, path: string): boolean {
  try {
    return path.endsWith('.yaml') && isWithin(realpathSync(folder), realpathSync(join(folder, path)));
  } catch {
    return false;
  }
}
