/**
 * Just enough of YAML and JSON to find where lines, quoted scalars and flow collections start and end. Characters are looked at one by one: regular
 * expressions give up on strings of some megabytes.
 */

/** The offset behind the quoted scalar that starts here; that of the end of the text if it is not closed. */
export function endOfQuoted(text: string, start: number): number {
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

/** The offset behind the flow collection that starts here; that of the end of the text if it is not closed. */
export function endOfFlow(text: string, start: number): number {
  let depth = 0;
  for (let offset = start; offset < text.length; offset++) {
    const character = text[offset];
    if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') {
      depth--;
      if (depth === 0) return offset + 1;
    } else if ((character === '"' || character === "'") && /[\s,:[{]/.test(text[offset - 1])) {
      offset = endOfQuoted(text, offset) - 1;
    } else if (character === '#' && /\s/.test(text[offset - 1])) {
      offset = endOfLine(text, offset) - 1;
    }
  }
  return text.length;
}

/** The offset of the line break that ends the line. */
export function endOfLine(text: string, start: number): number {
  let offset = start;
  while (offset < text.length && text[offset] !== '\n' && text[offset] !== '\r') offset++;
  return offset;
}

/** The offset of the first character of the line. */
export function startOfLine(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  return start;
}
