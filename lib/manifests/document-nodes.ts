import type { TextSpan } from './document-stream';
import { yamlDocument, type YamlNode } from './yaml-nodes';
import { parseStream, valueStartOf } from './yaml-stream';

/** The nodes of a document that was read, with their places. */
export interface DocumentNodes {
  readonly root: YamlNode;
  /** Where a place of a node is in the text of the file. */
  readonly offsetOf: (place: number) => number;
}

/**
 * Parses documents that were read together once more, and makes nodes of the one whose value starts at a place in the text of the file.
 * Undefined if it cannot be found.
 */
export function batchNodes(
  fileText: string,
  { start, end }: TextSpan,
): (valueStart: number) => DocumentNodes | undefined {
  const stream = parseStream(fileText.slice(start, end));
  if (stream.problem !== null) return () => undefined;
  const { documents, text, originalOffset } = stream;
  const offsetOf = (place: number): number => start + originalOffset(place);
  return (valueStart) => {
    const events = documents.find((document) => offsetOf(valueStartOf(document) ?? -1) === valueStart);
    return events && { root: yamlDocument(text, events).root, offsetOf };
  };
}
