import { endOfLine, nextLine } from './text-lines';

/**
 * Just enough of the tokens of YAML 1.1 and JSON to know what may go over many lines. One offset moves over the text and never back, but for
 * white space, which is looked at twice: the time is that of the length of the text, whatever stands in it.
 */
export interface YamlToken {
  /** `gap` is white space that separates tokens within brackets, or a line break that is folded there. */
  readonly kind: 'quoted' | 'brackets' | 'gap';
  readonly start: number;
  /** That of the end of the text if the token is not closed. */
  readonly end: number;
}

type Found = (token: YamlToken) => void;

/** Quoted scalars and brackets that stand in no others, and the gaps within the brackets, sorted by their ends. */
export function yamlTokens(text: string): readonly YamlToken[] {
  const tokens: YamlToken[] = [];
  const found: Found = (token) => tokens.push(token);
  // What is indented more than this column belongs to the value that comes next.
  let column = -1;
  let lineStart = 0;
  let offset = 0;
  while (offset < text.length) {
    const character = text[offset];
    if (isBreak(character)) {
      offset = lineStart = nextLine(text, offset);
    } else if (isBlank(character)) {
      offset++;
    } else if (offset === lineStart && isDocumentMarker(text, offset)) {
      column = -1;
      offset += MARKER_LENGTH;
    } else if (character === '#' || (character === '%' && offset === lineStart)) {
      offset = endOfLine(text, offset);
    } else if (isQuote(character) || isOpening(character)) {
      const start = offset;
      offset = isQuote(character) ? endOfQuoted(text, start) : endOfBrackets(text, start, found);
      found({ kind: isQuote(character) ? 'quoted' : 'brackets', start, end: offset });
      const colon = endOfBlanks(text, offset);
      if (text[colon] === ':' && endsWord(text[colon + 1])) {
        column = start - lineStart;
        offset = colon + 1;
      } else offset = endOfLine(text, offset);
    } else if (character === '|' || character === '>') {
      offset = lineStart = endOfIndented(text, nextLine(text, offset), column);
    } else if (character === '&' || character === '!') {
      offset = endOfWord(text, offset);
    } else if ((character === '-' || character === '?' || character === ':') && endsWord(text[offset + 1])) {
      column = offset - lineStart;
      offset++;
    } else {
      const start = offset;
      offset = endOfPlainLine(text, start);
      if (text[offset] === ':') {
        column = start - lineStart;
        offset++;
      } else if (text[offset] !== '#') {
        offset = lineStart = endOfPlain(text, nextLine(text, offset), column);
      }
    }
  }
  return tokens;
}

/** The offset behind the brackets that open here; that of the end of the text if they are not closed. */
export function endOfBrackets(text: string, start: number, found?: Found): number {
  let depth = 0;
  let offset = start;
  // After a quoted scalar or brackets a colon needs no space behind it.
  let isBehindToken = false;
  while (offset < text.length) {
    const character = text[offset];
    const wasBehindToken: boolean = isBehindToken;
    isBehindToken = false;
    if (isOpening(character)) {
      depth++;
      offset++;
    } else if (isClosing(character)) {
      depth--;
      offset++;
      isBehindToken = true;
      if (depth === 0) return offset;
    } else if (isQuote(character)) {
      offset = endOfQuoted(text, offset);
      isBehindToken = true;
    } else if (isBlank(character) || isBreak(character)) {
      const end = endOfSpace(text, offset);
      found?.({ kind: 'gap', start: offset, end });
      offset = end;
      isBehindToken = wasBehindToken;
    } else if (character === '#') {
      offset = endOfLine(text, offset);
    } else if (character === ',' || (character === ':' && (wasBehindToken || endsFlowWord(text[offset + 1])))) {
      offset++;
    } else if (character === '!' || character === '&') {
      offset = endOfProperty(text, offset);
    } else {
      offset = endOfFlowPlain(text, offset, found);
    }
  }
  return text.length;
}

function endOfQuoted(text: string, start: number): number {
  const quote = text[start];
  for (let offset = start + 1; offset < text.length; offset++) {
    const character = text[offset];
    if (character === '\\' && quote === '"') offset++;
    else if (character === quote) {
      if (quote === '"' || text[offset + 1] !== "'") return offset + 1;
      offset++;
    }
  }
  return text.length;
}

/** Where a plain scalar within brackets ends: at a bracket, a comma, a colon that ends a key, a comment, or the white space before one of them. */
function endOfFlowPlain(text: string, start: number, found?: Found): number {
  let offset = start + 1;
  while (offset < text.length && !isFlowIndicator(text[offset])) {
    if (text[offset] === ':' && endsFlowWord(text[offset + 1])) return offset;
    if (!isBlank(text[offset]) && !isBreak(text[offset])) {
      offset++;
      continue;
    }
    const end = endOfSpace(text, offset);
    const isEnd =
      end === text.length ||
      text[end] === '#' ||
      isFlowIndicator(text[end]) ||
      (text[end] === ':' && endsFlowWord(text[end + 1]));
    if (isEnd) return offset;
    if (endOfBlanks(text, offset) < end) found?.({ kind: 'gap', start: offset, end });
    offset = end;
  }
  return offset;
}

/** A tag or an anchor; a tag in angle brackets may have commas in it. */
function endOfProperty(text: string, start: number): number {
  const isVerbatim = text.startsWith('!<', start);
  let offset = start + 1;
  while (offset < text.length && !isBlank(text[offset]) && !isBreak(text[offset])) {
    if (isVerbatim ? text[offset - 1] === '>' : isFlowIndicator(text[offset])) return offset;
    offset++;
  }
  return offset;
}

/** Where the plain text of a line ends: at the colon of a key, at the space before a comment, or at the line break. */
function endOfPlainLine(text: string, start: number): number {
  let offset = start;
  while (offset < text.length && !isBreak(text[offset])) {
    if (text[offset] === ':' && endsWord(text[offset + 1])) return offset;
    if (text[offset] === '#' && isBlank(text[offset - 1])) return offset;
    offset++;
  }
  return offset;
}

/** Where the further lines of a plain scalar end: before one that is not indented more than its key, or at a comment. */
function endOfPlain(text: string, start: number, column: number): number {
  let line = start;
  while (line < text.length && !isDocumentMarker(text, line)) {
    const first = endOfBlanks(text, line);
    const isEmpty = first === text.length || isBreak(text[first]);
    if (!isEmpty && (first - line <= column || text[first] === '#')) break;
    const end = endOfLine(text, first);
    line = nextLine(text, end);
    if (hasComment(text, first, end)) break;
  }
  return line;
}

function hasComment(text: string, from: number, to: number): boolean {
  for (let offset = from + 1; offset < to; offset++) {
    if (text[offset] === '#' && isBlank(text[offset - 1])) return true;
  }
  return false;
}

/** Where a block scalar ends: before a line that is not indented more than its key. */
function endOfIndented(text: string, start: number, column: number): number {
  let line = start;
  while (line < text.length && !isDocumentMarker(text, line)) {
    let first = line;
    while (text[first] === ' ') first++;
    const isEmpty = first >= text.length || isBreak(text[first]);
    if (!isEmpty && first - line <= column) break;
    line = nextLine(text, first);
  }
  return line;
}

const MARKER_LENGTH = 3;

function isDocumentMarker(text: string, lineStart: number): boolean {
  const isMarker = text.startsWith('---', lineStart) || text.startsWith('...', lineStart);
  return isMarker && endsWord(text[lineStart + MARKER_LENGTH]);
}

function endOfBlanks(text: string, start: number): number {
  let offset = start;
  while (isBlank(text[offset])) offset++;
  return offset;
}

function endOfSpace(text: string, start: number): number {
  let offset = start;
  while (isBlank(text[offset]) || isBreak(text[offset])) offset++;
  return offset;
}

function endOfWord(text: string, start: number): number {
  let offset = start;
  while (!endsWord(text[offset])) offset++;
  return offset;
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

function isBreak(character: string | undefined): boolean {
  return character === '\n' || character === '\r';
}

/** White space, or the end of the text. */
function endsWord(character: string | undefined): boolean {
  return character === undefined || isBlank(character) || isBreak(character);
}

function endsFlowWord(character: string | undefined): boolean {
  return endsWord(character) || isFlowIndicator(character);
}

function isQuote(character: string): boolean {
  return character === '"' || character === "'";
}

function isOpening(character: string | undefined): boolean {
  return character === '[' || character === '{';
}

function isClosing(character: string | undefined): boolean {
  return character === ']' || character === '}';
}

function isFlowIndicator(character: string | undefined): boolean {
  return character === ',' || isOpening(character) || isClosing(character);
}
