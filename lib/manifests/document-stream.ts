import { nextLine } from './text-lines';
import { endOfBrackets } from './yaml-tokens';

/** A part of a text: from `start` up to, but without, `end`. */
export interface TextSpan {
  readonly start: number;
  readonly end: number;
}

/** `---` and `...` at the start of a line: YAML forbids them inside of every scalar, so that lines are enough to split a stream. */
const DOCUMENT_MARKER = /(^|[\r\n])(\uFEFF?)(---|\.\.\.)(?=[ \t\r\n]|$)/g;

/** The documents of a YAML stream, each with its markers, directives and comments. They are read one by one, so that a broken one hides no other. */
export function splitDocuments(text: string): readonly TextSpan[] {
  const spans: TextSpan[] = [];
  let start = 0;
  // A document has directives before its own marker only.
  let isMarked = false;
  const endAt = (end: number): void => {
    if (end > start) spans.push({ start, end });
    start = end;
    isMarked = false;
  };
  for (const match of text.matchAll(DOCUMENT_MARKER)) {
    const marker = match.index + match[1].length;
    if (match[3] === '...') endAt(nextLine(text, marker));
    else {
      if (isMarked || !startsWithDirective(text, start, marker)) endAt(marker);
      isMarked = true;
    }
  }
  endAt(text.length);
  return spans;
}

/** `%YAML` and `%TAG` belong to the document whose `---` follows; nothing but blank lines and comments comes before them. */
function startsWithDirective(text: string, start: number, end: number): boolean {
  let line = start;
  while (line < end) {
    const first = text[line];
    if (first === '%') return true;
    if (first !== '#' && first !== '\n' && first !== '\r') return false;
    line = nextLine(text, line);
  }
  return false;
}

/** The values of a JSON stream, which YAML would want separated: `{…} {…}` as `kubectl get -o json` in a loop prints it. */
export function splitJsonValues(text: string): readonly TextSpan[] {
  const spans: TextSpan[] = [];
  let start = 0;
  while (start < text.length) {
    const opening = text.indexOf('{', start);
    const end = opening < 0 || text.slice(start, opening).trim() !== '' ? text.length : endOfBrackets(text, opening);
    if (text.slice(start, end).trim() !== '') spans.push({ start, end });
    start = end;
  }
  return spans;
}
