import type { Finding, Origin } from '../finding/finding';
import { at, identityOf, type ModelObject, textMap } from '../model';
import { IGNORE_ANNOTATION, type SuppressionText } from './suppression';

/** Suppressions in annotations: each line of the value is one, for findings of that object. */
export function annotationSuppressions(objects: readonly ModelObject[]): SuppressionText[] {
  return objects.flatMap((object) => {
    const value = textMap(at(object.manifest, 'metadata', 'annotations')).get(IGNORE_ANNOTATION);
    if (value === undefined) return [];
    const identity = identityOf(object.ref);
    const origin = object.locate(['metadata', 'annotations', IGNORE_ANNOTATION]);
    return value
      .split('\n')
      .filter((text) => text.trim() !== '')
      .map((text) => ({
        text,
        origin,
        object: object.ref,
        covers: (found: Finding) => found.object !== null && identityOf(found.object) === identity,
      }));
  });
}

const COMMENT = /^(.*?)#\s*netloom-ignore\b:?\s*(.*)$/;

/**
 * Suppressions in comments, `# netloom-ignore NL201: reason`, for findings of the same line, or, if the comment stands alone, of the
 * next one that is no such comment.
 */
export function commentSuppressions(file: string, text: string): SuppressionText[] {
  if (!text.includes('netloom-ignore')) return [];
  const lines = text.split(/\r?\n/).map((line) => COMMENT.exec(line));
  const standsAlone = (index: number): boolean => lines.at(index)?.[1].trim() === '';
  return lines.flatMap((match, index) => {
    if (match === null) return [];
    const [, before, suppression] = match;
    let covered = index;
    while (covered < lines.length && standsAlone(covered)) covered += 1;
    const origin: Origin = { file, line: index + 1, column: before.length + 1, construct: null };
    const covers = (found: Finding): boolean => found.origin?.file === file && found.origin.line === covered + 1;
    return [{ text: suppression, origin, object: null, covers }];
  });
}
