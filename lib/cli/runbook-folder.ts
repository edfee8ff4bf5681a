import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, normalize, sep } from 'node:path';
import { readLocatedDocument } from '../manifests/located-document';
import { readManifests } from '../manifests';
import { readRunbook, type Runbook, RUNBOOK_FILE } from '../migration';
import { readRegularFile } from '../system/read-file';
import { systemErrorText } from '../system/system-error';
import { UsageError } from './usage-error';

/** Of the first version. */
const OLD_RUNBOOK_FILE = 'runbook.json';

/** The file of a runbook that a path stands for: itself, or what is in the folder. */
export function runbookFile(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  if (statSync(path).isFile()) return basename(path) === 'cdk8s.yaml' ? undefined : path;
  return [RUNBOOK_FILE, OLD_RUNBOOK_FILE].map((name) => join(path, name)).find((file) => existsSync(file));
}

/** A runbook with the files of its stages. @throws UsageError for what is none */
export function readRunbookFolder(file: string): { readonly name: string; readonly runbook: Runbook } {
  const folder = dirname(file);
  const runbook = readRunbook(parsed(file), (path) => documentsOf(folder, path));
  if (runbook === null) throw new UsageError(`${file} is no runbook: name the folder that a migration has written`);
  return { name: basename(folder), runbook };
}

function parsed(file: string): unknown {
  const { value, problems } = readLocatedDocument(bytesOf(file).toString('utf8'), file);
  const problem = problems.at(0);
  if (problem !== undefined) throw new UsageError(`${file}:${problem.origin.line ?? 1}: ${problem.message}`);
  return value;
}

/** What stands in a file of a stage, whose path is that in the runbook; a file that is no YAML has no documents. */
function documentsOf(folder: string, path: string): unknown[] {
  const file = join(folder, path);
  if (normalize(path).split(sep).includes('..') || path.includes('\0')) {
    throw new UsageError(`the runbook names ${path}, which is no file of its folder`);
  }
  if (!existsSync(file)) throw new UsageError(`${file} is missing, and the runbook names it`);
  const isManifest = /\.ya?ml$/.test(file);
  if (!isManifest && !/\.(?:patch|values)$/.test(file)) return [];
  if (!isManifest) return [parsed(file)];
  // By its path in the repository it would be passed over: there it is a stage of a migration, which is not for all at once.
  const { objects, findings, skipped } = readManifests([{ path, bytes: bytesOf(file) }]);
  const because = findings.find(({ severity }) => severity === 'error')?.message ?? skipped.at(0)?.because;
  if (because !== undefined) throw new UsageError(`${file}, which the runbook applies: ${because}`);
  return objects.map(({ manifest }) => manifest);
}

function bytesOf(file: string): Buffer {
  try {
    return readRegularFile(file);
  } catch (error) {
    throw new UsageError(`cannot read ${file}: ${systemErrorText(error)}`);
  }
}
