import { endOfFlow, endOfLine, endOfQuoted } from './flow-lexer';
import { lastAtOrBefore } from './sorted-numbers';

/**
 * YAML wants the lines of a quoted scalar or of brackets to be indented more than the key before them. go-yaml, and so kubectl, does not
 * insist, and a closing bracket under its key is found in many files. White space at the start of such lines means nothing, so that
 * they may be indented before the text is parsed.
 */
export interface IndentedText {
  readonly text: string;
  /** Where an offset of the indented text was in the original one. */
  readonly originalOffset: (offset: number) => number;
}

/** White space is cheap, but not without limit. */
const MAX_GROWTH = 10;

/** Null if there are no such lines, or too many in too wide a text. */
export function indentContinuationLines(original: string): IndentedText | null {
  const lines = continuationLines(original);
  const width = widestIndentation(original) + 1;
  if (lines.length === 0 || lines.length * width > original.length * MAX_GROWTH) return null;
  const indentation = ' '.repeat(width);
  const parts = lines.map((start, index) => original.slice(lines[index - 1] ?? 0, start) + indentation);
  const indentedStarts = lines.map((start, index) => start + index * width);
  return {
    text: parts.join('') + original.slice(lines.at(-1)),
    originalOffset: (offset) => {
      const line = lastAtOrBefore(indentedStarts, offset);
      if (line < 0) return offset;
      return lines[line] + Math.max(offset - indentedStarts[line] - width, 0);
    },
  };
}

function widestIndentation(text: string): number {
  let widest = 0;
  for (const [indentation] of text.matchAll(/^ +/gm)) widest = Math.max(widest, indentation.length);
  return widest;
}

/** Where the lines start that begin inside of a quoted scalar or of brackets. */
function continuationLines(text: string): number[] {
  const lines: number[] = [];
  let offset = 0;
  while (offset < text.length) {
    const { end, blockColumn } = scanLine(text, offset, (from, to) => {
      for (let line = nextLine(text, from); line < to; line = nextLine(text, line)) lines.push(line);
    });
    offset = nextLine(text, end);
    if (blockColumn !== undefined) offset = endOfBlock(text, offset, blockColumn);
  }
  return lines;
}

interface ScannedLine {
  readonly end: number;
  /** Set if a block scalar follows: its lines are indented more. */
  readonly blockColumn?: number;
}

/** Looks at the tokens from the start of a line to where nothing more is of interest. `found` gets the spans of what may go over many lines. */
function scanLine(text: string, lineStart: number, found: (from: number, to: number) => void): ScannedLine {
  let offset = lineStart;
  let column = -1;
  for (;;) {
    while (text[offset] === ' ') offset++;
    const character = text[offset];
    if (character === '"' || character === "'" || character === '[' || character === '{') {
      const isQuote = character === '"' || character === "'";
      const end = isQuote ? endOfQuoted(text, offset) : endOfFlow(text, offset);
      found(offset, end);
      if (!/^:\s/.test(text.slice(end, end + 2))) return { end };
      column = offset - lineStart;
      offset = end + 1;
    } else if (character === '|' || character === '>') {
      return { end: endOfLine(text, offset), blockColumn: column };
    } else if (character === '&' || character === '!') {
      while (offset < text.length && !/\s/.test(text[offset])) offset++;
    } else if (/^[-?:]\s/.test(text.slice(offset, offset + 2))) {
      column = offset - lineStart;
      offset++;
    } else {
      const end = endOfLine(text, offset);
      const key = /^[^#]*?:(?= )/.exec(text.slice(offset, end));
      if (key === null || character === '#') return { end };
      column = offset - lineStart;
      offset += key[0].length;
    }
    if (offset >= text.length || text[offset] === '\n' || text[offset] === '\r') return { end: offset };
  }
}

function endOfBlock(text: string, start: number, column: number): number {
  let line = start;
  while (line < text.length) {
    let first = line;
    while (text[first] === ' ') first++;
    const isBlank = first >= text.length || text[first] === '\n' || text[first] === '\r';
    if (!isBlank && first - line <= column) break;
    line = nextLine(text, line);
  }
  return line;
}

function nextLine(text: string, offset: number): number {
  const end = endOfLine(text, offset);
  return end + (text.startsWith('\r\n', end) ? 2 : 1);
}
