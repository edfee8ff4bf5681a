import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { compareText } from '../../lib/finding/finding';
import { collectFiles, readManifests } from '../../lib/manifests';
import type { SourceObject } from '../../lib/model';

/** Real inputs with known right answers. They lie beside the project, not in it: a clone alone does without. */
export const CORPUS = join(__dirname, '../../../shared/corpus');

export const CORPUS_EXISTS = existsSync(CORPUS);

/** Registers the tests, or one that says why they are not there. */
export function describeCorpus(name: string, register: () => void): void {
  if (CORPUS_EXISTS) describe(name, register);
  else {
    test('skipped: ../shared/corpus is absent', () => {
      expect(CORPUS_EXISTS).toBe(false);
    });
  }
}

/** The objects of all YAML and JSON files of a folder, or of one file. What cannot be read is left out: reading is tested elsewhere. */
export function manifests(path: string): SourceObject[] {
  return yamlFiles(path).flatMap((file) => documents(file, relative(CORPUS, file)));
}

/** The objects of a folder, read as the command line reads them. */
export function readFolder(path: string): readonly SourceObject[] {
  return readManifests(collectFiles([path]).files).objects;
}

function yamlFiles(path: string): string[] {
  if (/\.(ya?ml|json)$/.test(path)) return [path];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ya?ml|json)$/.test(file) && file !== 'FACTS.json')
    .sort(compareText)
    .map((file) => join(path, file));
}

function documents(file: string, name: string): SourceObject[] {
  return [...parseAllDocuments(readFileSync(file, 'utf8'), { merge: true })].flatMap((document, index) => {
    const locate: SourceObject['locate'] = (path) => ({
      file: name,
      line: index + 1,
      column: null,
      construct: path.join('.'),
    });
    return valueOf(document).map((manifest) => ({ manifest, locate }));
  });
}

/** Nothing for a document that cannot be read: a syntax error, an alias of nothing, an alias bomb. */
function valueOf(document: ReturnType<typeof parseAllDocuments>[number]): unknown[] {
  if (document.errors.length > 0) return [];
  try {
    return [document.toJS()];
  } catch {
    return [];
  }
}
