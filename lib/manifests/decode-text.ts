import { isUtf8 } from 'node:buffer';
import { concat } from '../model/lists';
import { lastAtOrBefore } from './sorted-numbers';

/** Why bytes are not the UTF-8 text that Kubernetes tools read. */
export interface EncodingProblem {
  readonly message: string;
  readonly help: string;
  /** Where in the text, in so far as it could be decoded; null for the whole of it. */
  readonly offset: number | null;
}

export interface DecodedText {
  readonly text: string;
  /** The same with its byte order marks. */
  readonly original: string;
  /** Where an offset of the text is in the original. */
  readonly originalOffset: (offset: number) => number;
  readonly problem: EncodingProblem | null;
}

const BYTE_ORDER_MARK = '\uFEFF';
const REPLACEMENT_CHARACTER = '\uFFFD';
const REPLACEMENT_BYTES = [0xef, 0xbf, 0xbd];

/** Where files have been joined: kubectl reads each document as if it were a file of its own. */
const MARK_OF_DOCUMENT = /((?:^|[\r\n])---[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n))\uFEFF/g;

/** Decodes UTF-8, without the byte order marks at the start of the file and of its documents: nobody sees them, and so they have no column. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) {
    const problem = {
      message: `the file is ${wide}, and Kubernetes tools read UTF-8`,
      help: 'save it as UTF-8 (in PowerShell: Out-File -Encoding utf8)',
      offset: null,
    };
    return { ...unmarked(''), problem };
  }
  const decoded = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
  if (!isUtf8(bytes)) return { ...unmarked(decoded), problem: invalidUtf8(bytes, decoded) };
  return { ...(decoded.includes(BYTE_ORDER_MARK) ? marked(decoded) : unmarked(decoded)), problem: null };
}

function unmarked(text: string): Omit<DecodedText, 'problem'> {
  return { text, original: text, originalOffset: (offset) => offset };
}

function marked(original: string): Omit<DecodedText, 'problem'> {
  const atStart = original.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  const ofDocuments = [...original.slice(atStart).matchAll(MARK_OF_DOCUMENT)];
  const marks = concat(
    atStart === 1 ? [0] : [],
    ofDocuments.map(({ index, 0: all }) => atStart + index + all.length - 1),
  );
  const ends = marks.map((mark, index) => ({ from: marks[index - 1] ?? -1, mark }));
  const text =
    ends.map(({ from, mark }) => original.slice(from + 1, mark)).join('') + original.slice((marks.at(-1) ?? -1) + 1);
  // A mark that stood where the n-th one did has n characters less before it in the text.
  const places = marks.map((mark, index) => mark - index);
  return { text, original, originalOffset: (offset) => offset + lastAtOrBefore(places, offset) + 1 };
}

/** UTF-16 and UTF-32, with a byte order mark or known by the zero byte that each of its ASCII letters has. */
function wideEncoding(bytes: Uint8Array): string | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16';
  if (a === 0xfe && b === 0xff) return 'UTF-16';
  if (bytes.length < 4) return undefined;
  if (a === 0 && b === 0) return 'UTF-32';
  const zeros = [a, b, c, d].map((byte) => byte === 0);
  if (zeros[0] === zeros[2] && zeros[1] === zeros[3] && zeros[0] !== zeros[1]) return 'UTF-16';
  return !zeros[0] && zeros[1] && zeros[2] && zeros[3] ? 'UTF-32' : undefined;
}

/** Finds the first replacement character that stands for bytes that are no UTF-8, not for itself. */
function invalidUtf8(bytes: Uint8Array, decoded: string): EncodingProblem {
  let byteOffset = 0;
  let counted = 0;
  for (const { index } of decoded.matchAll(new RegExp(REPLACEMENT_CHARACTER, 'g'))) {
    byteOffset += Buffer.byteLength(decoded.slice(counted, index));
    counted = index;
    const at = byteOffset;
    if (!REPLACEMENT_BYTES.every((byte, position) => bytes[at + position] === byte)) {
      return problemAt(bytes[at], index);
    }
  }
  return problemAt(undefined, null);
}

function problemAt(byte: number | undefined, offset: number | null): EncodingProblem {
  const shown = byte === undefined ? '' : `: byte 0x${byte.toString(16).padStart(2, '0')}`;
  return {
    message: `the file is not UTF-8 text${shown}`,
    help: 'save it as UTF-8; if it is a binary file, leave it out',
    offset,
  };
}
