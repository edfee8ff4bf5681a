import type { Event } from 'js-yaml';
import { nodeRemarks } from './node-remarks';
import { nodeValue } from './node-value';
import type { Remark } from './remark';
import { EXCESSIVE_DOCUMENT, INVALID_YAML } from './rules';
import { MAX_DEPTH } from './syntax-problem';
import { yamlDocument } from './yaml-nodes';

/** A document that was looked at with care. */
export interface CarefulDocument {
  /** Null if it cannot be read. */
  readonly value: unknown;
  readonly remarks: readonly Remark[];
}

/** Reads one document from the events of the parser. */
export function carefulDocument(text: string, events: readonly Event[]): CarefulDocument {
  const { root, problems, isBomb } = yamlDocument(text, events);
  const excessive = (message: string): CarefulDocument => ({
    value: null,
    remarks: [
      {
        rule: EXCESSIVE_DOCUMENT,
        message,
        help: 'write out what is meant, without aliases of aliases',
        offset: Math.max(root.start, 0),
        path: [],
      },
    ],
  });
  if (isBomb) {
    return excessive('the document is an alias bomb: replacing its aliases makes it more than a hundred times larger');
  }
  if (root.height > MAX_DEPTH) return excessive(`the document is nested more than ${MAX_DEPTH} levels deep`);
  if (problems.length > 0) {
    return { value: null, remarks: problems.map((problem) => ({ ...problem, rule: INVALID_YAML, path: [] })) };
  }
  return { value: nodeValue(root), remarks: nodeRemarks(text, root) };
}
