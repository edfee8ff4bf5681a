import { existsSync, type FSWatcher, statSync, watch as watchFolder } from 'node:fs';
import { dirname, resolve as resolvePath } from 'node:path';
import { isGlob, isSkippedFolder, splitGlob } from '../manifests';
import { systemErrorText } from '../system/system-error';
import { isTemporary } from '../system/write-file';
import { note, type NoteOptions } from './tell';
import { UsageError } from './usage-error';

/** Editors write a file in several steps. */
const SETTLED_AFTER_MS = 100;

export interface WatchOptions extends NoteOptions {
  /** Files that a run itself writes: they start no other one. @default - none */
  readonly written?: readonly string[];
}

/**
 * Runs once, and again whenever a file below one of the paths has changed, until it is interrupted or the output is closed.
 * @returns the exit code of the last run
 */
export function watch(paths: readonly string[], run: () => Promise<number>, options: WatchOptions): Promise<number> {
  const folders = [...new Set(paths.map(folderOf))];
  const written = new Set(options.written?.map((path) => resolvePath(path)));
  return new Promise((resolve, reject) => {
    let code = 0;
    let isRunning = false;
    let isStale = false;
    let timer: NodeJS.Timeout | undefined;
    const watchers: FSWatcher[] = [];
    const end = (finish: () => void): void => {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
      process.off('SIGINT', interrupted);
      finish();
    };
    const interrupted = (): void => {
      end(() => {
        resolve(code);
      });
    };
    const again = async (): Promise<void> => {
      if (isRunning) {
        isStale = true;
        return;
      }
      isRunning = true;
      code = await run();
      note(`watching ${folders.join(', ')}: Ctrl-C ends it`, options);
      isRunning = false;
      if (isStale) {
        isStale = false;
        await again();
      }
    };
    const start = (): void => {
      again().catch((error: unknown) => {
        end(() => {
          reject(error instanceof Error ? error : new Error(String(error)));
        });
      });
    };
    process.once('SIGINT', interrupted);
    try {
      for (const folder of folders) {
        const watcher = watchFolder(folder, { recursive: true }, (_event, name) => {
          if (name !== null && isOfNobody(folder, name, written)) return;
          clearTimeout(timer);
          timer = setTimeout(start, SETTLED_AFTER_MS);
        });
        watchers.push(watcher);
      }
    } catch (error) {
      end(() => {
        reject(new UsageError(`--watch: ${systemErrorText(error)}`));
      });
      return;
    }
    start();
  });
}

/** A change that says nothing of what is read. */
function isOfNobody(folder: string, name: string, written: ReadonlySet<string>): boolean {
  const folders = name.split(/[\\/]/).slice(0, -1);
  return folders.some(isSkippedFolder) || isTemporary(name) || written.has(resolvePath(folder, name));
}

function folderOf(path: string): string {
  const folder = isGlob(path) && !existsSync(path) ? splitGlob(path).base || '.' : path;
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) throw new UsageError(`--watch: there is no ${folder}`);
  return stats.isDirectory() ? folder : dirname(folder);
}
