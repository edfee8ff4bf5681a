/** A text that was refused as an address, a CIDR or a range. The message is `reason: help`, in one line of printable characters. */
export class AddressError extends Error {
  /**
   * @param reason what is wrong, beginning with the text that was refused
   * @param help what to write instead
   */
  constructor(
    readonly reason: string,
    readonly help: string,
  ) {
    super(`${reason}: ${help}`);
    this.name = 'AddressError';
  }
}

/** Longer texts are not looked at closely: the longest CIDR there is has 49 characters, the longest range of addresses 91. */
export const MAX_TEXT_LENGTH = 100;

/** @throws AddressError unless the value, which may come from untyped code or from YAML, is a text worth parsing */
export function requireText(value: unknown, what: string, examples: string): asserts value is string {
  if (typeof value !== 'string') throw new AddressError(`${what} must be a string, not ${typeText(value)}`, examples);
  if (value === '') throw new AddressError(`an empty string is not ${what}`, examples);
  if (value.length > MAX_TEXT_LENGTH) throw new AddressError(`${quoted(value)} is not ${what}`, examples);
}

/** The text as it can stand in a message: bare when it is plain, else in quotes, with everything unprintable escaped, and shortened. */
export function quoted(text: string): string {
  if (text.length <= MAX_TEXT_LENGTH && /^[!#-[\]-~]+$/.test(text)) return text;
  const shown = text.length <= MAX_TEXT_LENGTH ? text : text.slice(0, SHORTENED_LENGTH);
  const escaped = shown.replace(/[^ -~]|["\\]/g, escapeCharacter);
  return shown === text ? `"${escaped}"` : `"${escaped}…" (${String(text.length)} characters)`;
}

export function didYouMean(texts: readonly string[]): string {
  return `did you mean ${[...new Set(texts)].join(' or ')}?`;
}

const SHORTENED_LENGTH = 40;

function escapeCharacter(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function typeText(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' || typeof value === 'bigint') return `the number ${String(value)}`;
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
}
