import { EVENT_ID } from 'js-yaml';
import { flatMap } from '../model/lists';
import { splitDocuments, type TextSpan } from './document-stream';
import { lastAtOrBefore } from './sorted-numbers';
import { parseStream } from './yaml-stream';

/** Whether an offset is inside of a scalar, where what looks like a comment is text. Of a document that cannot be read nothing is known. */
export function inScalars(text: string): (offset: number) => boolean {
  const spans = scalarSpans(text);
  const starts = spans.map(({ start }) => start);
  return (offset) => {
    const before = lastAtOrBefore(starts, offset);
    return before >= 0 && offset < spans[before].end;
  };
}

function scalarSpans(text: string): readonly TextSpan[] {
  return flatMap(splitDocuments(text), ({ start, end }) => {
    const stream = parseStream(text.slice(start, end));
    if (stream.problem !== null) return [];
    const { documents, originalOffset } = stream;
    return flatMap(documents.flat(), (event) => {
      if (event.type !== EVENT_ID.SCALAR || event.valueStart < 0) return [];
      return [{ start: start + originalOffset(event.valueStart), end: start + originalOffset(event.valueEnd) }];
    });
  });
}
