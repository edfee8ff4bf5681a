import { endOfLine } from '../../manifests/text-lines';
import type { Palette } from './palette';
import { visible } from './visible';

/** A longer line is cut around the token: manifests may be minified. */
const MAX_WIDTH = 120;
const LEAD = 40;

/** So many lines of a block are shown below the `|` that begins it. */
const BLOCK_LINES = 3;

/** The line of a file with the token at the column underlined, and how the block begins that starts there. Undefined if the file has no such line. */
export function codeFrame(text: string, line: number, column: number, palette: Palette): string | undefined {
  const lines = linesFrom(text, line, 1 + BLOCK_LINES);
  const source = lines.at(0);
  if (source === undefined) return undefined;
  const start = column - 1;
  const token = tokenAt(source, start);
  const block = beginsBlock(source, start) ? blockLines(source, lines.slice(1)) : [];
  const gutter = String(line + block.length).length;
  // The gutter, its line and the marks of what is cut off.
  const room = Math.min(MAX_WIDTH, palette.width - gutter - 5);
  const cutAt =
    source.length > room ? Math.max(0, Math.min(start - Math.min(LEAD, room >> 1), source.length - room)) : 0;
  const shown = source.slice(cutAt, cutAt + room);
  const before = columnsOf(source.slice(cutAt, start));
  const width = Math.max(1, columnsOf(token.slice(0, cutAt + shown.length - start)));
  const numbered = (number: number): string => palette.dim(`${String(number).padStart(gutter)} |`);
  const margin = palette.dim(`${' '.repeat(gutter)} |`);
  return [
    margin,
    `${numbered(line)} ${cutAt > 0 ? '…' : ''}${shownText(shown)}${cutAt + shown.length < source.length ? '…' : ''}`,
    `${margin} ${' '.repeat(before + (cutAt > 0 ? 1 : 0))}${palette.red('^'.repeat(width))}`,
    ...block.map(
      (content, index) =>
        `${numbered(line + 1 + index)} ${shownText(content.slice(0, room))}${content.length > room ? '…' : ''}`,
    ),
  ].join('\n');
}

function beginsBlock(source: string, start: number): boolean {
  return /^[|>][-+0-9]*\s*(\s#.*)?$/.test(source.slice(start));
}

/** Blank lines at the end of it say nothing. */
function blockLines(header: string, following: readonly string[]): readonly string[] {
  const indentation = Math.max(
    indentationOf(header) + 1,
    ...following.filter(isWritten).slice(0, 1).map(indentationOf),
  );
  const end = following.findIndex((content) => isWritten(content) && indentationOf(content) < indentation);
  const block = end < 0 ? following : following.slice(0, end);
  return block.slice(0, block.findLastIndex(isWritten) + 1);
}

function isWritten(content: string): boolean {
  return content.trim() !== '';
}

function indentationOf(content: string): number {
  return content.length - content.trimStart().length;
}

/** A tab has no width of its own. */
function shownText(source: string): string {
  return visible(source.replaceAll('\t', ' '));
}

/** What terminals draw two columns wide, and what they draw over the character before. */
const WIDE =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
const WITHOUT_WIDTH = /[\p{Mn}\p{Me}]/u;

/** How many columns of a terminal the text takes. */
function columnsOf(source: string): number {
  let columns = 0;
  for (const character of shownText(source))
    columns += WIDE.test(character) ? 2 : WITHOUT_WIDTH.test(character) ? 0 : 1;
  return columns;
}

/** Without splitting the whole text: a file may have a million lines. */
function linesFrom(text: string, line: number, count: number): string[] {
  const lines: string[] = [];
  let start = 0;
  for (let current = 1; current < line + count; current++) {
    const end = endOfLine(text, start);
    if (current >= line) lines.push(text.slice(start, end));
    if (end === text.length) return lines;
    start = end + (text.startsWith('\r\n', end) ? 2 : 1);
  }
  return lines;
}

/** A quoted text, or what reaches to the end of a plain value. */
function tokenAt(source: string, start: number): string {
  const rest = source.slice(start);
  const quoted = /^(["'])(?:\\.|(?!\1)[^\\])*\1/.exec(rest)?.[0];
  return quoted ?? rest.slice(0, plainEnd(rest)).trimEnd();
}

/** Brackets that a plain value opens itself are of it; one that closes no other, and a comma outside of them, end it. */
function plainEnd(rest: string): number {
  if (/^[\s,:[\]{}#]/.test(rest)) return 0;
  let depth = 0;
  for (let end = 0; end < rest.length; end++) {
    const character = rest[end];
    if ('[{'.includes(character)) depth++;
    else if (']}'.includes(character) && depth-- === 0) return end;
    else if (character === ',' && depth === 0) return end;
    else if (character === ':' && !/\S/.test(rest[end + 1] ?? '')) return end;
    else if (character === '#' && /\s/.test(rest[end - 1])) return end;
  }
  return rest.length;
}
