import { lastAtOrBefore } from './sorted-numbers';
import { endOfLine, nextLine } from './text-lines';
import { type YamlToken, yamlTokens } from './yaml-tokens';

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
  for (const { start, end } of longTokens(text)) {
    for (let line = nextLine(text, start); line < end; line = nextLine(text, line)) lines.push(line);
  }
  return lines;
}

/** What may go over many lines, in the order in which it is written. */
function longTokens(text: string): readonly YamlToken[] {
  return yamlTokens(text).filter(({ kind }) => kind !== 'gap');
}

/** The first tab that begins a line, as go-yaml refuses it wherever it is not within quotes or brackets, on blank lines too; -1 if there is none. */
export function tabBeforeLine(text: string): number {
  const tabs = [...text.matchAll(/^\t/gm)].map(({ index }) => index);
  if (tabs.length === 0) return -1;
  const tokens = longTokens(text);
  const starts = tokens.map(({ start }) => start);
  return tabs.find((tab) => tab >= (tokens[lastAtOrBefore(starts, tab)]?.end ?? 0)) ?? -1;
}

/** The same text with spaces for the tabs between a key and its brackets, and between the tokens within brackets: go-yaml takes both. */
export function withSpacesForTabs(text: string): string {
  if (!text.includes('\t')) return text;
  const parts: string[] = [];
  let done = 0;
  const space = (from: number, to: number): void => {
    if (from < done || from === to) return;
    parts.push(text.slice(done, from), text.slice(from, to).replaceAll('\t', ' '));
    done = to;
  };
  for (const { kind, start, end } of tokensByStart(text)) {
    if (kind === 'gap') space(start, end);
    else space(startOfBlanks(text, start), start);
  }
  return parts.join('') + text.slice(done);
}

/** Brackets stand before the gaps within them. */
function tokensByStart(text: string): readonly YamlToken[] {
  return [...yamlTokens(text)].sort((a, b) => a.start - b.start);
}

function startOfBlanks(text: string, end: number): number {
  let start = end;
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start--;
  return start;
}

/** The same text with a space for the first character of a comment directly behind a quote or a bracket, where go-yaml sees one too. */
export function withSpacesBeforeComments(text: string): string {
  const parts: string[] = [];
  let done = 0;
  for (const { end } of longTokens(text)) {
    if (text[end] !== '#') continue;
    const isEmpty = endOfLine(text, end) === end + 1;
    parts.push(text.slice(done, end), isEmpty ? ' ' : ' #');
    done = end + (isEmpty ? 1 : 2);
  }
  return parts.join('') + text.slice(done);
}
