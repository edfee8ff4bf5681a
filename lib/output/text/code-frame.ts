import type { Palette } from './palette';
import { visible } from './visible';

/** A longer line is cut around the token: manifests may be minified. */
const MAX_WIDTH = 120;
const LEAD = 40;

/** The line of a file with the token at the column underlined. Undefined if the file has no such line. */
export function codeFrame(text: string, line: number, column: number, palette: Palette): string | undefined {
  const source = lineOf(text, line);
  if (source === undefined) return undefined;
  const start = column - 1;
  const token = tokenAt(source, start);
  const cutAt = source.length > MAX_WIDTH ? Math.max(0, Math.min(start - LEAD, source.length - MAX_WIDTH)) : 0;
  const shown = source.slice(cutAt, cutAt + MAX_WIDTH);
  const width = Math.max(1, Math.min(token.length, cutAt + shown.length - start));
  const gutter = String(line).length;
  const before = visible(source.slice(cutAt, start).replaceAll('\t', ' '));
  return [
    palette.dim(`${' '.repeat(gutter)} |`),
    `${palette.dim(`${line} |`)} ${cutAt > 0 ? '…' : ''}${visible(shown.replaceAll('\t', ' '))}${cutAt + shown.length < source.length ? '…' : ''}`,
    `${palette.dim(`${' '.repeat(gutter)} |`)} ${' '.repeat(before.length + (cutAt > 0 ? 1 : 0))}${palette.red('^'.repeat(width))}`,
  ].join('\n');
}

/** Without splitting the whole text: a file may have a million lines. */
function lineOf(text: string, line: number): string | undefined {
  let start = 0;
  for (let current = 1; current < line; current++) {
    const end = text.indexOf('\n', start);
    if (end < 0) return undefined;
    start = end + 1;
  }
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? undefined : end).replace(/\r$/, '');
}

/** A quoted text, or what reaches to the end of a plain value. */
function tokenAt(source: string, start: number): string {
  const rest = source.slice(start);
  const quoted = /^(["'])(?:\\.|(?!\1).)*\1/.exec(rest)?.[0];
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
