import type { Origin } from '../../finding/finding';
import { flatMap } from '../../model/lists';
import type { Locate, SourceObject } from '../../model/source-object';
import { decodeText } from '../decode-text';
import { fileText } from '../file-text';
import { type LocateIn, documentPlaces } from '../places';
import { readDocuments } from '../read-documents';
import type { KustomizeFiles } from './kustomization';
import type { RenderNode } from './node';

export type ReadFile = (path: string) => Uint8Array | undefined;

/**
 * Files for kustomizations, each read once. `read` must know directories from files: of what is no file it returns undefined. `documentsByPath` are
 * documents that have been read before.
 */
export function kustomizeFiles(
  read: ReadFile,
  documentsByPath: ReadonlyMap<string, readonly SourceObject[]> = new Map(),
): KustomizeFiles {
  const known = new Map<string, readonly SourceObject[] | undefined>(documentsByPath);
  const locateIn = documentPlaces();
  const documents = (path: string): readonly SourceObject[] | undefined => {
    if (known.has(path)) return known.get(path);
    const bytes = read(path);
    const found = bytes && documentsOf(path, decodeText(bytes).text, locateIn);
    known.set(path, found);
    return found;
  };
  return {
    documents,
    bytes: read,
    inline: (text, at) => inlineDocuments(text, at, locateIn, (path) => read(path)),
  };
}

function documentsOf(path: string, text: string, locateIn: LocateIn): readonly SourceObject[] {
  const file = fileText(path, text);
  return flatMap(readDocuments(text), (document): readonly SourceObject[] => {
    if (document.problem !== null || document.value === null) return [];
    const place = { ...document, file };
    const locate: Locate = (field, part) => locateIn(place, field, part);
    return [{ manifest: document.value, locate }];
  });
}

/** A patch that is written in a kustomization: its lines are lines of that file. */
function inlineDocuments(text: string, at: RenderNode, locateIn: LocateIn, read: ReadFile): readonly SourceObject[] {
  const outer = at.place.locate(at.place.path);
  const offset = blockOffset(outer, read);
  return documentsOf(outer.file ?? '', text, locateIn).map(({ manifest, locate }) => ({
    manifest,
    locate: (path, part) => {
      if (offset === undefined) return outer;
      const { line, column } = locate(path, part);
      return { ...outer, line: (line ?? 1) + offset.line, column: (column ?? 1) + offset.column };
    },
  }));
}

/** Where the text of a block scalar (`|` or `>`) starts; undefined for what is written in one line. */
function blockOffset({ file, line, column }: Origin, read: ReadFile): { line: number; column: number } | undefined {
  const bytes = file === null ? undefined : read(file);
  if (bytes === undefined || line === null || column === null) return undefined;
  const lines = decodeText(bytes).text.split(/\r?\n/);
  if (!/^[|>][-+0-9]*\s*(?:#.*)?$/.test(lines[line - 1].slice(column - 1))) return undefined;
  const first = lines.slice(line).find((text) => text.trim() !== '') ?? '';
  return { line, column: first.length - first.trimStart().length };
}
