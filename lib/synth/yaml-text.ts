import { Yaml } from 'cdk8s';

/**
 * The YAML of one document, to the byte as cdk8s writes it: YAML 1.1, indented by two, lines of any length. Plain data
 * is written here, which is many times faster; what is not plain for sure is left to cdk8s and its library.
 */
export function yamlText(document: unknown): string {
  const text = isCollection(document) ? collectionText(document, '', new Set()) : undefined;
  return text === undefined ? Yaml.stringify(document) : `${text}\n`;
}

/** Each of these functions returns undefined where it is not sure. */
type PlainText = string | undefined;

/** @param seen what stands in the document so far: an object that stands there twice becomes an anchor */
function collectionText(value: object, indent: string, seen: Set<object>): PlainText {
  if (seen.has(value)) return undefined;
  seen.add(value);
  return Array.isArray(value) ? sequenceText(value, indent, seen) : mappingText(value, indent, seen);
}

function sequenceText(items: readonly unknown[], indent: string, seen: Set<object>): PlainText {
  let text = '';
  // Not forEach: a hole is an item, too.
  for (const item of items) {
    const written = valueText(item, `${indent}  `, seen);
    if (written === undefined) return undefined;
    text += text === '' ? `- ${written}` : `\n${indent}- ${written}`;
  }
  return text === '' ? '[]' : text;
}

function mappingText(mapping: object, indent: string, seen: Set<object>): PlainText {
  let text = '';
  const inner = `${indent}  `;
  for (const [key, value] of Object.entries(mapping) as [string, unknown][]) {
    const name = keyText(key);
    const written = valueText(value, inner, seen);
    if (name === undefined || written === undefined) return undefined;
    const gap = isCollection(value) && !isEmptyText(written) ? `\n${inner}` : ' ';
    text += text === '' ? `${name}:${gap}${written}` : `\n${indent}${name}:${gap}${written}`;
  }
  return text === '' ? '{}' : text;
}

function isEmptyText(text: string): boolean {
  return text === '{}' || text === '[]';
}

function valueText(value: unknown, indent: string, seen: Set<object>): PlainText {
  if (typeof value === 'string') return value.includes('\n') ? literalText(value, indent) : lineText(value);
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return String(value);
  if (value === null || value === undefined) return 'null';
  return isCollection(value) ? collectionText(value, indent, seen) : undefined;
}

function numberText(value: number): PlainText {
  if (!Number.isFinite(value)) return undefined;
  return Object.is(value, -0) ? '-0' : String(value);
}

/** What the library writes member by member: neither an instance of a class nor what has a JSON form of its own. */
function isCollection(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if ('toJSON' in value) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (Array.isArray(value)) return prototype === Array.prototype;
  return (prototype === null || prototype === Object.prototype) && Object.getOwnPropertySymbols(value).length === 0;
}

/** The library marks keys of more than 1024 characters, quotes included. */
const LONGEST_KEY = 1000;

/** At some depths, keys are quoted which begin as the marker of a document does. */
const UNSURE_KEY = /\n|^(?:---|\.\.\.)/;

function keyText(key: string): PlainText {
  return key.length > LONGEST_KEY || UNSURE_KEY.test(key) ? undefined : lineText(key);
}

/** Most texts of manifests: nothing in them can have a meaning of its own, but for the words of SPECIAL_WORD. */
const WORD = /^[A-Za-z][\w./-]*$/;

/** The booleans and the null of YAML 1.1, and numbers that begin with their exponent. */
const SPECIAL_WORD = /^(?:y|yes|n|no|true|false|on|off|null|e-?\d+)$/i;

/** Neither control characters nor halves of surrogate pairs nor separators of lines, all of which are escaped in some way. */
const PRINTABLE = /^[\t\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\uffff]*$/;

/** A text of one line that means something else without quotes, wherever it stands. */
const INDICATOR = /^[\t ,[\]{}#&*!|>'"%@`]|^[?-](?:[\t ]|$)|:(?:[\t ]|$)|[\t ](?:#|$)/;

/** What a plain scalar of YAML 1.1 may be if it is no string: https://yaml.org/type/ */
const NO_STRING = new RegExp(
  `^(?:${[
    '~',
    '[Nn]ull|NULL',
    '[Yy]|[Yy]es|YES|[Nn]|[Nn]o|NO',
    '[Tt]rue|TRUE|[Ff]alse|FALSE|[Oo]n|ON|[Oo]ff|OFF',
    '[-+]?0b[01_]+',
    '[-+]?0x[\\da-fA-F_]+',
    '[-+]?\\d[\\d_]*',
    '[-+]?\\.(?:inf|Inf|INF)',
    '\\.(?:nan|NaN|NAN)',
    '[-+]?(?:\\d[\\d_]*)?(?:\\.[\\d_]*)?[eE][-+]?\\d+',
    '[-+]?(?:\\d[\\d_]*)?\\.[\\d_]*',
    '[-+]?\\d[\\d_]*(?::[0-5]?\\d)+(?:\\.[\\d_]*)?',
    '\\d{4}-\\d{1,2}-\\d{1,2}(?:(?:[Tt]|[ \\t]+)\\d{1,2}:\\d{1,2}:\\d{1,2}(?:\\.\\d+)?(?:[ \\t]*(?:Z|[-+][012]?\\d(?::\\d{2})?))?)?',
  ].join('|')})?$`,
);

const MERGE_KEY = '<<';

function lineText(value: string): PlainText {
  if (WORD.test(value)) return SPECIAL_WORD.test(value) ? quotedUnlessString(value) : value;
  if (!PRINTABLE.test(value) || value === MERGE_KEY) return undefined;
  return INDICATOR.test(value) ? quoted(value) : quotedUnlessString(value);
}

function quotedUnlessString(value: string): string {
  return NO_STRING.test(value) ? quoted(value) : value;
}

/** Of printable characters in one line, JSON escapes what YAML does. */
function quoted(value: string): string {
  return value.includes('"') && !value.includes("'") ? `'${value}'` : JSON.stringify(value);
}

/** Lines which begin and end with a visible character, with one newline behind them or none. */
const LITERAL = /^[^\n\t ](?:[^]*[^\n\t ])?\n?$/;

function literalText(value: string, indent: string): PlainText {
  if (!LITERAL.test(value) || !value.split('\n').every((line) => PRINTABLE.test(line))) return undefined;
  const clipped = value.endsWith('\n');
  const lines = clipped ? value.slice(0, -1) : value;
  return `|${clipped ? '' : '-'}\n${indent}${lines.replace(/\n+/g, `$&${indent}`)}`;
}
