import type { Finding } from '../finding/finding';
import { decodeText, fileText, type FileText, type ManifestFile } from '../manifests';
import type { FileFix } from './file-fix';

/** Characters of a file that are replaced; lines and columns start at 1, and the end is behind the last one. */
export interface Replacement {
  readonly file: string;
  readonly start: TextPlace;
  readonly end: TextPlace;
  readonly text: string;
}

interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** What fixes change, by finding, in the lines and columns of the files. */
export function replacementsOf(
  fixes: readonly FileFix[],
  files: readonly ManifestFile[],
): ReadonlyMap<Finding, readonly Replacement[]> {
  const fixed = new Set(fixes.map(({ file }) => file));
  const texts = new Map(
    files.flatMap(({ path, bytes }) => (fixed.has(path) ? [[path, fileText(path, decodeText(bytes).text)]] : [])),
  );
  return new Map(
    fixes.map(({ finding, file, edits }) => [
      finding,
      edits.map(({ start, end, text }) => ({
        file,
        start: placeIn(texts.get(file), start),
        end: placeIn(texts.get(file), end),
        text,
      })),
    ]),
  );
}

function placeIn(text: FileText | undefined, offset: number): TextPlace {
  const { line, column } = text?.originAt(offset) ?? {};
  return { line: line ?? 1, column: column ?? 1 };
}
