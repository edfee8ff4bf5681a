import { decodeText, type ManifestFile } from '../manifests';
import { readTextFile } from '../system/read-file';
import { FileRefused, systemErrorCode } from '../system/system-error';

/** The texts of files that were read, for code frames. */
export function textsOf(files: readonly ManifestFile[]): (file: string) => string | undefined {
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

/** Undefined for what is not at hand. */
export function textOnDisk(file: string): string | undefined {
  try {
    return readTextFile(file);
  } catch (error) {
    if (systemErrorCode(error) === undefined && !(error instanceof FileRefused)) throw error;
    return undefined;
  }
}
