import { type Event, EVENT_ID, parseEvents, YAMLException } from 'js-yaml';
import { indentContinuationLines, withSpacesBeforeComments, withSpacesForTabs } from './lenient-text';
import { MAX_DEPTH, type SyntaxProblem, syntaxProblem } from './syntax-problem';

/** Events of documents. */
export interface ParsedDocuments {
  readonly documents: readonly (readonly Event[])[];
  /** The text that the events refer to. */
  readonly text: string;
  /** Where an offset into it was in the text that was given. */
  readonly originalOffset: (offset: number) => number;
  readonly problem: null;
}

/** What the parser found, or why it gave up. */
export type ParsedStream = ParsedDocuments | { readonly problem: SyntaxProblem };

/** Parses a stream of documents as leniently as kubectl does. Never throws. */
export function parseStream(text: string): ParsedStream {
  try {
    return parse(text, (offset) => offset);
  } catch (error) {
    return (isTooStrict(error, text) ? parseLeniently(text) : null) ?? { problem: syntaxProblem(error, text) };
  }
}

function parse(text: string, originalOffset: (offset: number) => number): ParsedStream {
  return { documents: documentsOf(parseEvents(text, { maxDepth: MAX_DEPTH })), text, originalOffset, problem: null };
}

function isTooStrict(error: unknown, text: string): boolean {
  return error instanceof YAMLException && (error.reason === 'deficient indentation' || /["'\]}]#/.test(text));
}

/** Null if neither spaces for tabs nor indentation helps. */
function parseLeniently(original: string): ParsedStream | null {
  const spaced = withSpacesBeforeComments(withSpacesForTabs(original));
  return (spaced === original ? null : parseOrNull(spaced, (offset) => offset)) ?? parseIndented(spaced);
}

function parseIndented(original: string): ParsedStream | null {
  const indented = indentContinuationLines(original);
  return indented && parseOrNull(indented.text, indented.originalOffset);
}

function parseOrNull(text: string, originalOffset: (offset: number) => number): ParsedStream | null {
  try {
    return parse(text, originalOffset);
  } catch {
    return null;
  }
}

function documentsOf(events: readonly Event[]): readonly (readonly Event[])[] {
  const documents: (readonly Event[])[] = [];
  for (let from = 0; from < events.length;) {
    let end = from + 1;
    while (end < events.length && events[end].type !== EVENT_ID.DOCUMENT) end++;
    documents.push(events.slice(from, end));
    from = end;
  }
  return documents;
}

/** Where the value of a document starts; undefined if nothing is written there. */
export function valueStartOf([, root]: readonly Event[]): number | undefined {
  const start =
    root.type === EVENT_ID.SCALAR
      ? root.valueStart
      : root.type === EVENT_ID.ALIAS
        ? root.anchorStart
        : 'start' in root
          ? root.start
          : -1;
  return start < 0 ? undefined : start;
}
