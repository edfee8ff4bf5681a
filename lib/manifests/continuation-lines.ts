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
function continuationLines(text: string): readonly number[] {
  const lines: number[] = [];
  for (const { from, to } of longTokens(text)) {
    for (let line = nextLine(text, from); line < to; line = nextLine(text, line)) lines.push(line);
  }
  return lines;
}

/** A quoted scalar or a pair of brackets. */
interface LongToken {
  readonly from: number;
  readonly to: number;
}

/** What may go over many lines, in the order in which it is written. */
function longTokens(text: string): readonly LongToken[] {
  const tokens: LongToken[] = [];
  let offset = 0;
  while (offset < text.length) {
    const { end, blockColumn } = scanLine(text, offset, (from, to) => tokens.push({ from, to }));
    offset = nextLine(text, end);
    if (blockColumn !== undefined) offset = endOfBlock(text, offset, blockColumn);
  }
  return tokens;
}

/** The first tab that begins a line, as go-yaml refuses it wherever it is not within quotes or brackets, on blank lines too; -1 if there is none. */
export function tabBeforeLine(text: string): number {
  const tabs = [...text.matchAll(/^\t/gm)].map(({ index }) => index);
  if (tabs.length === 0) return -1;
  const tokens = longTokens(text);
  return tabs.find((tab) => !tokens.some(({ from, to }) => from < tab && tab < to)) ?? -1;
}

/** The same text with spaces for the tabs between a key and its brackets, and between the tokens within brackets: go-yaml takes both. */
export function withSpacesForTabs(text: string): string {
  const parts: string[] = [];
  let done = 0;
  for (const { from, to } of longTokens(text)) {
    const before = text.slice(done, from);
    const token = text.slice(from, to);
    parts.push(before.replace(/[ \t]+$/, spaces), /^[[{]/.test(token) ? spacedBrackets(token) : token);
    done = to;
  }
  return parts.join('') + text.slice(done);
}

/** The same text with a space for the first character of a comment directly behind a quote or a bracket, where go-yaml sees one too. */
export function withSpacesBeforeComments(text: string): string {
  const parts: string[] = [];
  let done = 0;
  for (const { to } of longTokens(text)) {
    if (text[to] !== '#') continue;
    const isEmpty = endOfLine(text, to) === to + 1;
    parts.push(text.slice(done, to), isEmpty ? ' ' : ' #');
    done = to + (isEmpty ? 1 : 2);
  }
  return parts.join('') + text.slice(done);
}

/** White space within brackets separates tokens if one of its neighbours does; else it is a part of a scalar. */
function spacedBrackets(token: string): string {
  const parts: string[] = [];
  let done = 0;
  for (let offset = 0; offset < token.length; offset++) {
    const character = token[offset];
    const before = token[offset - 1];
    if ((character === '"' || character === "'") && /[\s,:[{]/.test(before)) {
      offset = endOfQuoted(token, offset) - 1;
    } else if (character === '#' && /\s/.test(before)) {
      offset = endOfLine(token, offset) - 1;
    } else if (character === ' ' || character === '\t') {
      let end = offset;
      while (token[end] === ' ' || token[end] === '\t') end++;
      if (/[[{,:\r\n"']/.test(before) || /[\]},\r\n]/.test(token[end])) {
        parts.push(token.slice(done, offset), ' '.repeat(end - offset));
        done = end;
      }
      offset = end - 1;
    }
  }
  return parts.join('') + token.slice(done);
}

function spaces(text: string): string {
  return text.replaceAll('\t', ' ');
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
    while (text[offset] === ' ' || text[offset] === '\t') offset++;
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
      const key = /^[^#]*?:(?=[ \t])/.exec(text.slice(offset, end));
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
