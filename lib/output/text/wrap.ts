import { textWidth } from './text-width';

/** What begins a line and is no word of it: spaces, a mark, colours. */
const LEAD = /^(?:\u001b\[\d+m|[ │├└─]|[=→✗✓!~+·•…-] |-->|# )*/u;

/** Code, and the row of a table that is drawn: its line break would have a meaning. */
const VERBATIM = /^(?:\u001b\[\d+m)*\s*(?:\d+ )?\|/u;

/** Breaks every line that is wider than this between two words. What follows is indented as far as its first word. Code frames stay. */
export function wrapText(text: string, width: number): string {
  if (width === Infinity) return text;
  return text
    .split('\n')
    .map((line) => (textWidth(line) <= width || VERBATIM.test(line) ? line : wrapLine(line, width).join('\n')))
    .join('\n');
}

/** The same for Markdown: the lines of a paragraph are one, and code blocks stay. */
export function wrapMarkdown(text: string, width: number): string {
  if (width === Infinity) return text;
  const lines: string[] = [];
  let isCode = false;
  let goesOn = false;
  let paragraph: string[] = [];
  const close = (): void => {
    if (paragraph.length > 0) lines.push(wrapText(paragraph.join(' '), width));
    paragraph = [];
  };
  for (const line of text.split('\n')) {
    const isFence = line.startsWith('```');
    if (isFence) isCode = !isCode;
    const isProse = !isCode && !isFence && line !== '';
    if (goesOn && isProse && !BEGINS_BLOCK.test(line)) paragraph.push(line.trimStart());
    else {
      close();
      if (isProse) paragraph.push(line);
      else lines.push(line);
    }
    goesOn = isProse && !/^[|#]/.test(line);
  }
  close();
  return lines.join('\n');
}

/** A list, a table, a quotation or a heading. */
const BEGINS_BLOCK = /^\s*(?:[-*|#>]|\d+\.)/;

function wrapLine(line: string, width: number): string[] {
  const lead = LEAD.exec(line)?.[0] ?? '';
  const indent = Math.min(textWidth(lead), Math.floor(width / 2));
  const words = wrapWords(line.slice(lead.length), width - indent);
  return words.map((part, index) => (index === 0 ? lead + part : ' '.repeat(indent) + part));
}

/** A word that is wider than the line has a line of its own. Each line has the colours of its words, and ends them. */
export function wrapWords(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  let colours: readonly string[] = [];
  for (const piece of piecesOf(text)) {
    const size = textWidth(piece);
    // A line that begins so is a command to the runner of a CI job.
    const isBound = piece.trimStart().startsWith('::');
    if (used > 0 && used + size > width && !isBound) {
      colours = coloursAfter(line);
      lines.push(line + [...colours].map(endOf).join(''));
      line = colours.join('') + piece.trimStart();
      used = textWidth(line);
    } else {
      line += piece;
      used += size;
    }
  }
  return [...lines, line];
}

/** Words, each with the spaces before it. */
function* piecesOf(text: string): Generator<string> {
  let spaces = '';
  for (const [index, word] of text.split(' ').entries()) {
    if (index > 0) spaces += ' ';
    if (word === '') continue;
    yield spaces + word;
    spaces = '';
  }
}

const COLOUR = /\u001b\[(\d+)m/g;
/** What ends bold and dim, and what ends a colour (ECMA-48, SGR). */
const END_OF_WEIGHT = '22';
const END_OF_COLOUR = '39';

/** What is still on at the end of a line. */
function coloursAfter(line: string): readonly string[] {
  let on: string[] = [];
  for (const [sequence, code] of line.matchAll(COLOUR)) {
    if (code === END_OF_WEIGHT || code === END_OF_COLOUR) on = on.filter((other) => endOf(other) !== sequence);
    else on.push(sequence);
  }
  return on;
}

function endOf(sequence: string): string {
  const isWeight = sequence === '\u001b[1m' || sequence === '\u001b[2m';
  return `\u001b[${isWeight ? END_OF_WEIGHT : END_OF_COLOUR}m`;
}
