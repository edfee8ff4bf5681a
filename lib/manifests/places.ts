import type { Origin } from '../finding/finding';
import { documentNodes } from './document-nodes';
import type { TextSpan } from './document-stream';
import type { FileText } from './file-text';
import { placeOf } from './node-place';

/** A document that was read, without the places of its values. */
export interface DocumentText extends TextSpan {
  readonly file: FileText;
  /** Where its value starts in the text of the file. */
  readonly valueStart: number;
}

export type LocateIn = (document: DocumentText, path: readonly (string | number)[]) => Origin;

/** Texts whose places are kept, in characters: their nodes take many times as much. Who has much to locate goes through the files one by one. */
const KEPT_CHARACTERS = 16_384;

/** Places are looked up only for what is reported: the document is parsed once more then, and the places of the latest ones are kept. */
export function documentPlaces(): LocateIn {
  const kept = new Map<DocumentText, PlaceIn>();
  let characters = 0;
  const placesOf = (document: DocumentText): PlaceIn => {
    const known = kept.get(document);
    if (known !== undefined) return known;
    const places = readPlaces(document);
    kept.set(document, places);
    characters += document.end - document.start;
    for (const oldest of kept.keys()) {
      if (characters <= KEPT_CHARACTERS || oldest === document) break;
      kept.delete(oldest);
      characters -= oldest.end - oldest.start;
    }
    return places;
  };
  return (document, path) => document.file.originAt(path.length === 0 ? document.valueStart : placesOf(document)(path));
}

/** The offset of a value in the text of the file. */
type PlaceIn = (path: readonly (string | number)[]) => number;

function readPlaces(document: DocumentText): PlaceIn {
  const nodes = documentNodes(document.file.text, document);
  if (nodes === undefined) return () => document.valueStart;
  const { root, offsetOf } = nodes;
  return (path) => offsetOf(placeOf(root, path));
}
