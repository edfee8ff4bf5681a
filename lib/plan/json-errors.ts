/**
 * Where a text stops being JSON (RFC 8259), as an index into the text; the length of the text if it only ends too early. `JSON.parse` says
 * so in some versions of Node and for some texts only. Null for valid JSON.
 */
export function jsonErrorAt(text: string): number | null {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = 0;
  for (;;) {
    SPACE.lastIndex = at;
    at += SPACE.exec(text)?.[0].length ?? 0;
    if (expected === 'end') return at === text.length ? null : at;
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) return OPEN_STRING.test(text.slice(at)) ? text.length : at;
    const next = after(token, expected, open);
    if (next === null) return at;
    expected = next;
    at += token.length;
  }
}

/** The member names of valid JSON, in order, each with its index in the text. */
export function* memberNames(text: string): Generator<{ name: string; at: number }> {
  for (const match of text.matchAll(STRING_WITH_COLON)) {
    if (match[0].endsWith(':')) yield { name: JSON.parse(match[1]) as string, at: match.index };
  }
}

/** Line and column of an index, both from 1. */
export function positionOf(text: string, at: number): { line: number; column: number } {
  const lines = text.slice(0, at).split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}

type Expected = 'value' | 'value or ]' | 'name' | 'name or }' | ':' | ', or close' | 'end';

const SPACE = /[ \t\n\r]*/y;
const TOKEN =
  /[{}[\]:,]|true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const OPEN_STRING = /^"(?:[^"\\\u0000-\u001f]|\\.)*\\?$/;
const STRING_WITH_COLON = /("(?:[^"\\]|\\.)*")(?:\s*:)?/g;

/** What may follow the token, or null if the token may not stand where it does. */
function after(token: string, expected: Expected, open: ('{' | '[')[]): Expected | null {
  const closed = (): Expected => (open.length === 0 ? 'end' : ', or close');
  if (token === '}' || token === ']') {
    const opening = token === '}' ? '{' : '[';
    const mayClose = expected === ', or close' || expected === (token === '}' ? 'name or }' : 'value or ]');
    return mayClose && open.pop() === opening ? closed() : null;
  }
  if (token === ':') return expected === ':' ? 'value' : null;
  if (token === ',') return expected === ', or close' ? (open.at(-1) === '{' ? 'name' : 'value') : null;
  if (expected === 'name' || expected === 'name or }') return token.startsWith('"') ? ':' : null;
  if (expected !== 'value' && expected !== 'value or ]') return null;
  if (token !== '{' && token !== '[') return closed();
  open.push(token);
  return token === '{' ? 'name or }' : 'value or ]';
}
