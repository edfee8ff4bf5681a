/** Lines end with a line feed, a carriage return, or both. Characters are looked at one by one: regular expressions give up on strings of some megabytes. */

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

/** The offset behind the line break that ends the line. */
export function nextLine(text: string, offset: number): number {
  const end = endOfLine(text, offset);
  return Math.min(end + (text.startsWith('\r\n', end) ? 2 : 1), text.length);
}

/** The lines without their breaks; behind the last break there is one more. */
export function linesOf(text: string): readonly { readonly start: number; readonly line: string }[] {
  const lines: { start: number; line: string }[] = [];
  for (let start = 0; ; start = nextLine(text, start)) {
    const end = endOfLine(text, start);
    lines.push({ start, line: text.slice(start, end) });
    if (end === text.length) return lines;
  }
}
