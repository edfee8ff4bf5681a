import type { Origin } from '../finding/finding';
import { concat, flatMap } from '../model/lists';
import type { Locate } from '../model/source-object';
import { fileText } from './file-text';
import { documentPlaces } from './places';
import { readDocuments } from './read-documents';
import type { Remark } from './remark';

/** Why a text could not be read. */
export interface SyntaxProblem {
  readonly message: string;
  readonly origin: Origin;
}

/** One YAML or JSON document with the places of its values. */
export interface LocatedDocument {
  /** Undefined if the text could not be read. */
  readonly value: unknown;
  readonly problems: readonly SyntaxProblem[];
  readonly locate: Locate;
}

/** Reads one document as kubectl would read it. `path` is as the user gave it. Never throws. */
export function readLocatedDocument(text: string, path: string): LocatedDocument {
  const file = fileText(path, text);
  const documents = readDocuments(text);
  const problems: SyntaxProblem[] = [
    ...flatMap(documents, ({ problem, remarks }) =>
      concat(problem === null ? [] : [problem], remarks.filter(isError)).map(({ message, offset }) => ({
        message,
        origin: file.originAt(offset),
      })),
    ),
  ];
  if (documents.length > 1) {
    problems.push({ message: 'a second document starts here', origin: file.originAt(documents[1].valueStart) });
  }
  const document = documents.at(0);
  if (problems.length > 0) return { value: undefined, problems, locate: () => file.originAt(0) };
  if (document === undefined) return { value: null, problems, locate: () => file.originAt(0) };
  const locateIn = documentPlaces();
  const place = { ...document, file };
  return { value: document.value, problems, locate: (field, part) => locateIn(place, field, part) };
}

function isError({ rule, severity = rule.severity }: Remark): boolean {
  return severity === 'error';
}
