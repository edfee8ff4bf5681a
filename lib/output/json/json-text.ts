/** What JSON may hold as it is, and what drives a terminal, reorders a line or commands a runner of CI jobs when it is shown. */
const UNSEEN = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]|##(?=[a-z]*\[)/giu;

/** A value as JSON that is the same wherever it is read, and harmless wherever it is printed: such characters stand there as escapes. */
export function jsonText(value: unknown, indentation?: number): string {
  return JSON.stringify(value, null, indentation).replace(UNSEEN, (found) =>
    Array.from({ length: found.length }, (_, index) => escaped(found.charCodeAt(index))).join(''),
  );
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}
