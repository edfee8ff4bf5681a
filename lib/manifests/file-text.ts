import type { Origin } from '../finding/finding';
import { lastAtOrBefore } from './sorted-numbers';

/** The text of a file, with the places of its characters. */
export interface FileText {
  readonly path: string;
  readonly text: string;
  /** Line and column (UTF-16 code units, as editors count) of an offset. */
  readonly originAt: (offset: number) => Origin;
}

export function fileText(path: string, text: string): FileText {
  let lineStarts: readonly number[] | undefined;
  return {
    path,
    text,
    originAt: (offset) => {
      lineStarts ??= startsOfLines(text);
      const line = lastAtOrBefore(lineStarts, offset);
      return { file: path, line: line + 1, column: offset - lineStarts[line] + 1, construct: null };
    },
  };
}

function startsOfLines(text: string): readonly number[] {
  const starts = [0];
  if (text.includes('\r')) {
    for (const match of text.matchAll(/\r\n?|\n/g)) starts.push(match.index + match[0].length);
    return starts;
  }
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}
