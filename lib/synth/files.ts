import { existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { IConstruct } from 'constructs';
import { compareText, type Finding, finding } from '../finding/finding';
import { type AppState, originOf, type PlannedFile } from './app-state';
import { FILE_NOT_WRITTEN, FILE_PATH_INVALID, FILE_PATH_REUSED, UNRENDERABLE_OBJECT } from './rules';
import { readTextFile } from '../system/read-file';
import { FileRefused, systemErrorCode, systemErrorText } from '../system/system-error';
import { writeWholeFile } from '../system/write-file';

export interface RenderedFiles {
  /** The texts by path, sorted. */
  readonly files: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
}

/** Everything that the files of the app say, as far as they are wanted. Never throws. */
export function renderFiles(
  state: AppState,
  isWanted: (construct: IConstruct) => boolean = (): boolean => true,
): RenderedFiles {
  const files = new Map<string, string>();
  const findings: Finding[] = [];
  const owners = new Map<string, PlannedFile>();
  const sorted = [...state.files].sort(
    (a, b) => compareText(a.path, b.path) || compareText(a.construct.node.path, b.construct.node.path),
  );
  // Folders first: a file can be in the way of a folder only if something is in that folder.
  const folders = new Map(sorted.flatMap((file) => foldersOf(file.path).map((folder) => [folder, file])));
  for (const file of sorted) {
    const origin = originOf(state, file.construct);
    const problem = pathProblem(file.path);
    if (problem !== undefined) {
      findings.push(
        finding(FILE_PATH_INVALID, {
          message: `${JSON.stringify(file.path)} ${problem}`,
          origin,
          help: 'name a file in a folder below the output folder, such as kubeadm/prod.yaml',
        }),
      );
      continue;
    }
    const twin = owners.get(file.path);
    const other = twin ?? folders.get(file.path);
    if (other !== undefined) {
      const { path } = other.construct.node;
      findings.push(
        finding(FILE_PATH_REUSED, {
          message: `${file.path} is also ${twin === undefined ? `the folder of ${other.path}, written` : 'written'} by ${path}`,
          origin,
          related: [{ message: 'the other one', object: null, origin: originOf(state, other.construct) }],
          help: 'give one of the two another name',
        }),
      );
      continue;
    }
    owners.set(file.path, file);
    if (!isWanted(file.construct)) continue;
    try {
      files.set(file.path, file.render());
    } catch (error) {
      findings.push(
        finding(UNRENDERABLE_OBJECT, {
          message: `${file.path}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`,
          origin,
          help: 'the file could not be rendered; the message is that of the code which produces its values',
        }),
      );
    }
  }
  return { files, findings };
}

const PART = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

function pathProblem(path: string): string | undefined {
  const parts = path.split('/');
  if (!parts.every((part) => PART.test(part))) {
    return 'is no path below the output folder: its parts are letters, digits, "-", "_" and ".", with "/" between them';
  }
  if (parts.length === 1) return 'is in no folder, so that kubectl apply -f on the output folder would read it';
  return undefined;
}

function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_part, index) => parts.slice(0, index + 1).join('/'));
}

/** In a Helm chart, which cdk8s writes to `templates`, they stand beside that folder: Helm would install what is in it. */
export function folderOfFiles(outdir: string): string {
  const parent = dirname(outdir);
  return basename(outdir) === 'templates' && existsSync(join(parent, 'Chart.yaml')) ? parent : outdir;
}

/** Writes what has changed, each file as a whole. What can be made anew at any time need not outlast a loss of power. */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>): Finding[] {
  return [...files].flatMap(([path, text]) => {
    const target = join(folder, path);
    try {
      if (readIfPresent(target) === text) return [];
      mkdirSync(dirname(target), { recursive: true });
      writeWholeFile(target, text, { durable: false });
      return [];
    } catch (error) {
      if (systemErrorCode(error) === undefined && !(error instanceof FileRefused)) throw error;
      return [
        finding(FILE_NOT_WRITTEN, {
          message: `cannot write ${path}: ${systemErrorText(error)}`,
          help: 'make the output folder writable; the file that stood there before is as it was',
        }),
      ];
    }
  });
}

function readIfPresent(path: string): string | undefined {
  try {
    return readTextFile(path);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
