import type { Origin } from '../finding/finding';
import { member, type ModelObject, text } from '../model';
import { IGNORE_ANNOTATION, lineKey, objectKey, type SuppressionText } from './suppression';

/** Suppressions in annotations: each line of the value is one, for findings of that object. */
export function annotationSuppressions(objects: readonly ModelObject[]): SuppressionText[] {
  return objects
    .filter((object) => annotationOf(object) !== undefined)
    .sort((a, b) => a.position - b.position)
    .flatMap((object) => {
      const covers = objectKey(object.ref);
      const origin = object.locate(['metadata', 'annotations', IGNORE_ANNOTATION]);
      return (annotationOf(object) ?? '')
        .split('\n')
        .filter((text) => text.trim() !== '')
        .map((text) => ({ text, origin, object: object.ref, covers }));
    });
}

function annotationOf({ manifest }: ModelObject): string | undefined {
  return text(member(member(member(manifest, 'metadata'), 'annotations'), IGNORE_ANNOTATION));
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
    return [{ text: suppression, origin, object: null, covers: lineKey(file, covered + 1) }];
  });
}
