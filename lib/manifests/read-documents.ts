import { flatMap } from '../model/lists';
import { carefulDocument } from './careful-document';
import { splitDocuments, splitJsonValues, type TextSpan } from './document-stream';
import { hasInvisibleCharacters } from '../syntax/invisible-characters';
import { plainValue } from './plain-value';
import type { Remark } from './remark';
import { refusedText } from './refused-text';
import { type SharedTexts, sharedTexts } from './shared-texts';
import type { SyntaxProblem } from './syntax-problem';
import { parseStream, valueStartOf } from './yaml-stream';

/** One document of a stream. All offsets count from the start of the stream. */
export interface ReadDocument extends TextSpan {
  /** What was parsed together with it. */
  readonly batch: ParsedBatch;
  /** Where its offsets begin among those of the batch; undefined for a document that is not plain. */
  readonly firstPlace: number | undefined;
  /** Where its value starts. */
  readonly valueStart: number;
  /** As kubectl reads it. Null if it cannot be read. */
  readonly value: unknown;
  readonly remarks: readonly Remark[];
  readonly problem: SyntaxProblem | null;
}

/** Parsing starts anew for each batch, which costs as much as some small documents; the events of a batch are in memory all at once. */
const BATCH_CHARACTERS = 16_384;

/** Documents that were parsed together. */
export interface ParsedBatch extends TextSpan {
  /** Those of its plain documents, see {@link PlainPlaces}. */
  readonly offsets: ArrayLike<number>;
}

/** kubectl reads JSON with a reader for JSON, which takes every white space. */
function isJson(source: string): boolean {
  return /^\s*\{/.test(source);
}

const NO_REMARKS: readonly Remark[] = [];

/** Reads all documents of a stream that are not empty. */
export function readDocuments(text: string, shared: SharedTexts = sharedTexts()): readonly ReadDocument[] {
  const documents: ReadDocument[] = [];
  for (const batch of batches(splitDocuments(text))) {
    for (const document of readBatch(text, batch, shared)) documents.push(document);
  }
  return documents;
}

function batches(spans: readonly TextSpan[]): readonly TextSpan[][] {
  const all: TextSpan[][] = [];
  let batch: TextSpan[] = [];
  for (const span of spans) {
    batch.push(span);
    if (span.end - batch[0].start < BATCH_CHARACTERS) continue;
    all.push(batch);
    batch = [];
  }
  return batch.length === 0 ? all : [...all, batch];
}

/** Reads documents that follow one another: together if all can be parsed, else one by one. */
function readBatch(text: string, spans: readonly TextSpan[], shared: SharedTexts): readonly ReadDocument[] {
  const offsets: number[] = [];
  const batch: TextSpan & { offsets: ArrayLike<number> } = {
    start: spans[0].start,
    end: spans[spans.length - 1].end,
    offsets,
  };
  const { start } = batch;
  const source = text.slice(start, batch.end);
  const stream = parseStream(source);
  if (stream.problem !== null) {
    return spans.length === 1
      ? brokenDocument(text, spans[0], stream.problem, shared)
      : flatMap(spans, (span) => readBatch(text, [span], shared));
  }
  const refused = refusedText(source, stream);
  if (refused !== undefined && !(spans.length === 1 && isJson(source))) {
    return spans.length === 1
      ? brokenDocument(text, spans[0], refused, shared)
      : flatMap(spans, (span) => readBatch(text, [span], shared));
  }
  const needsCare = hasInvisibleCharacters(source) || stream.text !== source;
  const offsetOf = (offset: number): number => start + stream.originalOffset(offset);
  let index = 0;
  const documents = flatMap(stream.documents, (events) => {
    const offset = valueStartOf(events);
    if (offset === undefined) return [];
    const valueStart = offsetOf(offset);
    while (index < spans.length - 1 && spans[index].end <= valueStart) index++;
    const span = spans[index];
    const firstPlace = offsets.length;
    const value = needsCare ? undefined : plainValue(source, events, { start, offsets }, shared);
    if (value === null) return [];
    if (value !== undefined) return [{ ...documentAt(span, batch, valueStart, value, NO_REMARKS, null), firstPlace }];
    offsets.length = firstPlace;
    const careful = carefulDocument(stream.text, events);
    return [
      documentAt(
        span,
        batch,
        valueStart,
        careful.value,
        careful.remarks.map((remark) => moved(remark, offsetOf)),
        null,
      ),
    ];
  });
  // Half as large.
  batch.offsets = Int32Array.from(offsets);
  return documents;
}

function documentAt(
  { start, end }: TextSpan,
  batch: ParsedBatch,
  valueStart: number,
  value: unknown,
  remarks: readonly Remark[],
  problem: SyntaxProblem | null,
): ReadDocument {
  return { start, end, batch, firstPlace: undefined, valueStart, value, remarks, problem };
}

function moved(remark: Remark, offsetOf: (offset: number) => number): Remark {
  return {
    ...remark,
    offset: offsetOf(remark.offset),
    related: remark.related?.map((other) => ({ ...other, offset: offsetOf(other.offset) })),
  };
}

/** JSON values may follow one another without a separator. */
function brokenDocument(
  text: string,
  span: TextSpan,
  problem: SyntaxProblem,
  shared: SharedTexts,
): readonly ReadDocument[] {
  const source = text.slice(span.start, span.end);
  const values = isJson(source) ? splitJsonValues(source) : [];
  if (values.length > 1) {
    const spans = values.map(({ start, end }) => ({ start: span.start + start, end: span.start + end }));
    return flatMap(spans, (value) => readBatch(text, [value], shared));
  }
  return [
    documentAt(span, { ...span, offsets: [] }, span.start, null, NO_REMARKS, {
      ...problem,
      offset: span.start + problem.offset,
    }),
  ];
}
