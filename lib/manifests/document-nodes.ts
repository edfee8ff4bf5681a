import type { TextSpan } from './document-stream';
import { yamlDocument, type YamlNode } from './yaml-nodes';
import { parseStream, valueStartOf } from './yaml-stream';

/** The nodes of a document that was read, with their places. */
export interface DocumentNodes {
  readonly root: YamlNode;
  /** Where a place of a node is in the text of the file. */
  readonly offsetOf: (place: number) => number;
}

/** Parses a document of a file once more. Undefined if it cannot be found. */
export function documentNodes(
  fileText: string,
  { start, end, valueStart }: TextSpan & { readonly valueStart: number },
): DocumentNodes | undefined {
  const stream = parseStream(fileText.slice(start, end));
  if (stream.problem !== null) return undefined;
  const { documents, text, originalOffset } = stream;
  const events = documents.find((document) => originalOffset(valueStartOf(document) ?? -1) === valueStart - start);
  if (events === undefined) return undefined;
  return { root: yamlDocument(text, events).root, offsetOf: (place) => start + originalOffset(place) };
}
