import type { Origin } from '../finding/finding';
import { memoized } from '../model/lookup';
import type { FieldPart, TextLine } from '../finding/problem';
import { batchNodes } from './document-nodes';
import type { TextSpan } from './document-stream';
import type { FileText } from './file-text';
import { placeOf } from './node-place';
import { placesInValues } from './plain-places';
import type { ParsedBatch } from './read-documents';

/** A document that was read, without the places of its values. */
export interface DocumentText {
  readonly file: FileText;
  readonly value: unknown;
  /** The documents that it was read with. */
  readonly batch: ParsedBatch;
  readonly firstPlace: number | undefined;
  /** Where its value starts in the text of the file. */
  readonly valueStart: number;
}

export type LocateIn = (document: DocumentText, path: readonly (string | number)[], part?: FieldPart) => Origin;

/** Batches whose places are kept: their nodes take many times as much as their text. Who has much to locate goes through the files one by one. */
const KEPT_BATCHES = 2;

/**
 * Places are looked up only for what is reported. Those of values of plain documents were noted; for others, and for keys, the text is parsed once
 * more, and the places of the latest parts of it are kept.
 */
export function documentPlaces(): LocateIn {
  const kept = new Map<TextSpan, (valueStart: number) => PlaceIn>();
  const placesOf = ({ file, batch, valueStart }: DocumentText): PlaceIn => {
    const known = kept.get(batch) ?? readPlaces(file, batch);
    kept.set(batch, known);
    const [oldest] = kept.keys();
    if (kept.size > KEPT_BATCHES) kept.delete(oldest);
    return known(valueStart);
  };
  const placeInValue = placesInValues();
  return (document, path, part = 'value') => {
    const { file, batch, value, valueStart, firstPlace } = document;
    if (path.length === 0) return file.originAt(valueStart);
    const isNoted = firstPlace !== undefined && part !== 'key';
    const noted = isNoted ? placeInValue(value, path, batch.offsets, firstPlace) : undefined;
    const place = noted ?? placesOf(document)(path, part);
    return file.originAt(typeof part === 'object' ? lineOfBlock(file.text, place, part) : place);
  };
}

/** Where a line of a literal block begins, behind its indentation; of a text in another style, the text itself. */
function lineOfBlock(text: string, place: number, { textLine }: TextLine): number {
  const header = text.indexOf('\n', place);
  if (text[place] !== '|' || header < 0) return place;
  let start = header + 1;
  for (let line = 0; line < textLine; line++) {
    const end = text.indexOf('\n', start);
    if (end < 0) return place;
    start = end + 1;
  }
  while (text[start] === ' ') start++;
  return start;
}

/** The offset of a value in the text of the file. */
type PlaceIn = (path: readonly (string | number)[], part: FieldPart) => number;

function readPlaces({ text }: FileText, batch: TextSpan): (valueStart: number) => PlaceIn {
  const nodesAt = batchNodes(text, batch);
  return memoized(String, (valueStart: number): PlaceIn => {
    const nodes = nodesAt(valueStart);
    return nodes === undefined ? () => valueStart : (path, part) => nodes.offsetOf(placeOf(nodes.root, path, part));
  });
}
