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

const COMMENT = /^(.*?)#\s*netloom-ignore\s+(.*)$/;

/** Suppressions in comments, `# netloom-ignore NL201: reason`, for findings of the same line, or of the next one if the comment stands alone. */
export function commentSuppressions(file: string, text: string): SuppressionText[] {
  if (!text.includes('netloom-ignore')) return [];
  return text.split('\n').flatMap((line, index) => {
    const match = COMMENT.exec(line);
    if (match === null) return [];
    const [, before, suppression] = match;
    const covered = before.trim() === '' ? index + 2 : index + 1;
    const origin: Origin = { file, line: index + 1, column: before.length + 1, construct: null };
    const covers = (found: Finding): boolean => found.origin?.file === file && found.origin.line === covered;
    return [{ text: suppression, origin, object: null, covers }];
  });
}
