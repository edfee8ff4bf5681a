/** No-break and other wide spaces, zero-width characters, direction marks, byte order marks: what comes along when text is copied from a page. */
const INVISIBLE = '[\\u00a0\\u00ad\\u1680\\u180e\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u2064\\u3000\\ufeff]';

const ANYWHERE = new RegExp(INVISIBLE);
const AT_AN_END = new RegExp(`^${INVISIBLE}|${INVISIBLE}$`);
const AT_THE_ENDS = new RegExp(`^(?:${INVISIBLE}|\\s)+|(?<!${INVISIBLE}|\\s)(?:${INVISIBLE}|\\s)+$`, 'g');
const EACH = new RegExp(INVISIBLE, 'g');

/** Whether any such character is in a text, which is rare, and cheap to know. */
export function hasInvisibleCharacters(text: string): boolean {
  return ANYWHERE.test(text);
}

export function hasInvisibleEnds(text: string): boolean {
  return AT_AN_END.test(text);
}

export function withoutInvisibleEnds(text: string): string {
  return text.replace(AT_THE_ENDS, '');
}

/** The text in double quotes, such characters by their number: `"\u00a0namespace"`. */
export function visibleText(text: string): string {
  return JSON.stringify(text).replace(
    EACH,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
