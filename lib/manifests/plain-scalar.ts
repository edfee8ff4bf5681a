import { flatMap } from '../model/lists';
/**
 * What a plain (unquoted) scalar means to kubectl, which reads YAML with sigs.k8s.io/yaml on go-yaml v2 (`resolve.go`): YAML 1.1, without
 * base 60 numbers, with the octal and exponent forms of 1.2 as well.
 */
export type Scalar = string | number | boolean | null;

const BOOLEANS: readonly (readonly [boolean, readonly string[]])[] = [
  [true, ['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON']],
  [false, ['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF']],
];

/** Booleans of YAML 1.1 that are texts in YAML 1.2. */
const OLD_BOOLEANS: ReadonlyMap<string, boolean> = new Map(
  flatMap(BOOLEANS, ([value, words]) => words.map((word): [string, boolean] => [word, value])),
);

const WORDS: ReadonlyMap<string, Scalar> = new Map<string, Scalar>([
  ['', null],
  ...OLD_BOOLEANS,
  ...['~', 'null', 'Null', 'NULL'].map((word): [string, Scalar] => [word, null]),
  ...['true', 'True', 'TRUE'].map((word): [string, Scalar] => [word, true]),
  ...['false', 'False', 'FALSE'].map((word): [string, Scalar] => [word, false]),
  ...['.nan', '.NaN', '.NAN'].map((word): [string, Scalar] => [word, NaN]),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word): [string, Scalar] => [word, Infinity]),
  ...['-.inf', '-.Inf', '-.INF'].map((word): [string, Scalar] => [word, -Infinity]),
]);

/** The first characters of all that is neither text nor a word. */
const NUMBER_STARTS: ReadonlySet<number> = new Set(
  Array.from('0123456789+-.~', (character) => character.charCodeAt(0)),
);
/** `false` */
const LONGEST_WORD = 5;

const DECIMAL = /^(?:0|[1-9][0-9]{0,14})$/;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** Whether a plain scalar is text for every reader: no number has its first character, and it is no word. */
export function isSurelyText(text: string): boolean {
  if (text === '' || NUMBER_STARTS.has(text.charCodeAt(0))) return false;
  return text.length > LONGEST_WORD || !WORDS.has(text);
}

/** A small decimal number, which every reader understands in the same way. */
export function isDecimal(text: string): boolean {
  return DECIMAL.test(text);
}

/** The value for kubectl. Infinite ones and NaN have no JSON form: kubectl refuses them. */
export function plainScalar(text: string): Scalar {
  if (isSurelyText(text)) return text;
  const word = WORDS.get(text);
  return word === undefined ? (numberOf(text) ?? text) : word;
}

function numberOf(text: string): number | undefined {
  const digits = text.startsWith('.') || !text.includes('_') ? text : text.replaceAll('_', '');
  const integer = integerOf(digits);
  if (integer !== undefined) return integer;
  if (!FLOAT.test(digits)) return undefined;
  const number = Number(digits);
  return Number.isFinite(number) ? number + 0 : undefined;
}

const INT64_MIN = -(2n ** 63n);
const UINT64_MAX = 2n ** 64n - 1n;

function integerOf(digits: string): number | undefined {
  const match = INTEGER.exec(digits);
  if (match === null) return undefined;
  const [, sign, hexadecimal, binary, octal, decimal] = match as (string | undefined)[];
  const magnitude = BigInt(
    prefixed('0x', hexadecimal) ?? prefixed('0b', binary) ?? prefixed('0o', octal) ?? decimal ?? '',
  );
  const value = sign === '-' ? -magnitude : magnitude;
  return value < INT64_MIN || value > UINT64_MAX ? undefined : Number(value);
}

function prefixed(prefix: string, digits: string | undefined): string | undefined {
  return digits === undefined ? undefined : prefix + digits;
}

/** How a plain scalar is understood by kubectl and by others. */
export interface Ambiguity {
  readonly kubectl: string;
  readonly others: string;
  /** What to write instead. */
  readonly write: string;
  /** A number that nothing but a file mode is written as. */
  readonly octal: boolean;
  /** A whole number written with an exponent, which JSON readers of whole numbers refuse. */
  readonly exponent: boolean;
}

const LEADING_ZERO = /^[-+]?0[0-9]+$/;
const BASE_60 = /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/;
const BINARY = /^[-+]?0[bB]/;
/** YAML 1.1 wants a point before, and a sign after, the `e`. */
const EXPONENT_OF_1_1 = /\.[0-9]*[eE][-+]/;

/** Undefined where kubectl, YAML 1.1 and YAML 1.2 agree, or differ in nothing that matters. */
export function ambiguityOf(text: string): Ambiguity | undefined {
  if (isSurelyText(text) || isDecimal(text)) return undefined;
  const quoted = `"${text}" in quotes`;
  const known = { octal: false, exponent: false };
  const boolean = OLD_BOOLEANS.get(text);
  if (boolean !== undefined) {
    return {
      ...known,
      kubectl: String(boolean),
      others: 'text for readers of YAML 1.2',
      write: `${String(boolean)}, or ${quoted} for text`,
    };
  }
  if (text.includes(':')) {
    if (!BASE_60.test(text) || text.startsWith('0')) return undefined;
    return {
      ...known,
      kubectl: 'text',
      others: `the base 60 number ${base60(text)} for other readers of YAML 1.1`,
      write: quoted,
    };
  }
  const value = plainScalar(text);
  if (typeof value !== 'number') return undefined;
  if (text.includes('_') || BINARY.test(text)) {
    return {
      ...known,
      kubectl: `the number ${value}`,
      others: 'text for readers of YAML 1.2',
      write: `${value}, or ${quoted} for text`,
    };
  }
  if (LEADING_ZERO.test(text)) return leadingZero(text, value, quoted);
  if (/[eE]/.test(text) && !/^[-+]?0[xX]/.test(text) && !EXPONENT_OF_1_1.test(text)) {
    return {
      octal: false,
      exponent: Number.isInteger(value),
      kubectl: `the number ${value}`,
      others: 'text for readers of YAML 1.1',
      write: `${value}, or ${quoted} for text`,
    };
  }
  return undefined;
}

function leadingZero(text: string, value: number, quoted: string): Ambiguity | undefined {
  const decimal = Number(text);
  if (/[89]/.test(text)) {
    return {
      octal: false,
      exponent: false,
      kubectl: `the number ${value}`,
      others: 'text for readers of YAML 1.1',
      write: `${value}, or ${quoted} for text`,
    };
  }
  if (decimal === value) return undefined;
  return {
    octal: true,
    exponent: false,
    kubectl: `the octal number ${value}`,
    others: `${decimal} for readers of YAML 1.2`,
    write: `${value} or ${decimal} without a leading zero, or ${quoted} for text`,
  };
}

function base60(text: string): number {
  const [sign, digits] = /^[-+]/.test(text) ? [text.startsWith('-') ? -1 : 1, text.slice(1)] : [1, text];
  return (
    sign *
    digits
      .replaceAll('_', '')
      .split(':')
      .reduce((sum, part) => sum * 60 + Number(part), 0)
  );
}

/**
 * The key that a floating point number becomes in JSON: `strconv.FormatFloat(key, 'g', -1, 32)` of Go, the shortest text of the 32 bit float,
 * with an exponent of at least two digits from a million on and below a ten-thousandth.
 */
export function floatKey(number: number): string {
  const [mantissa, exponent] = shortestFloat32(number).split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(Number(`${mantissa}e${power}`));
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

function shortestFloat32(number: number): string {
  const single = Math.fround(number);
  for (let digits = 0; digits < 9; digits++) {
    const text = number.toExponential(digits);
    if (Math.fround(Number(text)) === single) return text;
  }
  return number.toExponential();
}

/** Whether a plain scalar that is a number is a floating point one for kubectl. */
export function isFloat(text: string): boolean {
  return integerOf(text.replaceAll('_', '')) === undefined;
}
