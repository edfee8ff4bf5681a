import type { Origin } from '../finding/finding';
import { inScalars, linesOf } from '../manifests';
import { flatMap, member, type ModelObject, text } from '../model';
import { IGNORE_ANNOTATION, lineKey, objectKey, type SuppressionText } from './suppression';

/** Suppressions in annotations: each line of the value is one, for findings of that object. */
export function annotationSuppressions(objects: readonly ModelObject[]): readonly SuppressionText[] {
  return flatMap(
    objects.filter((object) => annotationOf(object) !== undefined).sort((a, b) => a.position - b.position),
    (object) => {
      const covers = objectKey(object.ref);
      const origin = object.locate(['metadata', 'annotations', IGNORE_ANNOTATION]);
      return (annotationOf(object) ?? '')
        .split('\n')
        .filter((text) => text.trim() !== '')
        .map((text) => ({ text, origin, object: object.ref, covers }));
    },
  );
}

function annotationOf({ manifest }: ModelObject): string | undefined {
  return text(member(member(member(manifest, 'metadata'), 'annotations'), IGNORE_ANNOTATION));
}

const MARK = /#[ \t]*netloom-ignore\b:?(.*)/;
const COMMENT_ALONE = /^\s*#/;

/**
 * Suppressions in comments, `# netloom-ignore NL201: reason`, for findings of the same line, or, if the comment stands alone, of the
 * next one that is no comment.
 */
export function commentSuppressions(file: string, text: string): readonly SuppressionText[] {
  if (!text.includes('netloom-ignore')) return [];
  const isText = inScalars(text);
  const lines = linesOf(text);
  const covers = lines.map((_, index) => index);
  for (let index = lines.length - 2; index >= 0; index--) {
    if (COMMENT_ALONE.test(lines[index].line)) covers[index] = covers[index + 1];
  }
  return flatMap(lines, ({ start, line }, index) => {
    const match = MARK.exec(line);
    if (match === null || isText(start + match.index)) return [];
    const origin: Origin = { file, line: index + 1, column: match.index + 1, construct: null };
    return [{ text: match[1].trimStart(), origin, object: null, covers: lineKey(file, covers[index] + 1) }];
  });
}
