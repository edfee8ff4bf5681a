import type { FieldEdit } from '../finding/finding';
import type { DocumentNodes } from './document-nodes';
import { endOfLine, startOfLine } from './text-lines';
import { ambiguityOf, plainScalar } from './plain-scalar';
import type { TextEdit } from './text-edit';
import type { YamlMapping, YamlNode, YamlPair, YamlScalar, YamlSequence } from './yaml-nodes';

/** A change of a document together with the characters that make it. */
export interface TokenEdit {
  /** `quote` has become `set`. */
  readonly meant: Exclude<FieldEdit, { readonly quote: true }>;
  readonly edit: TextEdit;
}

/**
 * How a change is written: the token of the value or key is replaced, in the style in which it stands there, and nothing else. Undefined where
 * that is not possible: the field is not written, several places share it by an anchor, or a comment or a line break is in the way.
 */
export function tokenEdit(
  fileText: string,
  { root, offsetOf, shared }: EditableNodes,
  edit: FieldEdit,
): TokenEdit | undefined {
  const place = placeIn(root, edit.field, shared);
  if (place === undefined) return undefined;
  const { pair, value } = place;
  const token = (node: YamlNode): Token | undefined => tokenOf(fileText, node, offsetOf);
  const isJson = fileText[offsetOf(root.start)] === '{';
  if ('rename' in edit) return replaced(edit, pair && token(pair.key), edit.rename, isJson);
  if ('insert' in edit) {
    const key = pair && token(pair.key);
    const isFlow = fileText[offsetOf(place.parent.start)] === '{';
    return key && { meant: edit, edit: insertion(fileText, key.start, edit.insert, isFlow) };
  }
  if (place.isShared) return undefined;
  const written = token(value);
  if ('set' in edit) return replaced(edit, written, edit.set, isJson);
  if ('quote' in edit) {
    const text = value.kind === 'scalar' ? value.text : '';
    return replaced({ field: edit.field, set: text }, written, text, isJson);
  }
  const key = pair && token(pair.key);
  if (written === undefined || (pair !== undefined && key === undefined)) return undefined;
  const removed = removal(fileText, place, { ...written, start: key?.start ?? written.start }, offsetOf);
  return removed && { meant: edit, edit: removed };
}

interface Place {
  readonly parent: YamlMapping | YamlSequence;
  readonly pair: YamlPair | undefined;
  readonly value: YamlNode;
  /** Whether an alias stands for the value. */
  readonly isShared: boolean;
}

function placeIn(root: YamlNode, path: FieldEdit['field'], shared: ReadonlySet<YamlNode>): Place | undefined {
  let node = root;
  let place: Place | undefined;
  for (const step of path) {
    if (shared.has(node)) return undefined;
    if (node.kind === 'mapping') {
      const pair = node.entries.get(String(step));
      // What a merge key brings in stands elsewhere; of equal keys the last one counts, and the first is left behind.
      if (pair === undefined || node.pairs.find(({ name }) => name === String(step)) !== pair) return undefined;
      place = { parent: node, pair, value: pair.value, isShared: shared.has(pair.value) };
    } else if (node.kind === 'sequence') {
      const item = node.items.at(Number(step));
      if (item === undefined) return undefined;
      place = { parent: node, pair: undefined, value: item, isShared: shared.has(item) };
    } else return undefined;
    node = place.value;
  }
  return place;
}

export interface EditableNodes extends DocumentNodes {
  /** What aliases stand for. */
  readonly shared: ReadonlySet<YamlNode>;
}

export function editableNodes(nodes: DocumentNodes): EditableNodes {
  return { ...nodes, shared: sharedNodes(nodes.root) };
}

function sharedNodes(root: YamlNode): ReadonlySet<YamlNode> {
  const shared = new Set<YamlNode>();
  const visit = (node: YamlNode): void => {
    if (node.kind === 'alias') shared.add(node.target);
    if (node.kind === 'sequence') node.items.forEach(visit);
    if (node.kind === 'mapping') {
      for (const { key, value } of node.pairs) {
        visit(key);
        visit(value);
      }
    }
  };
  visit(root);
  return shared;
}

interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The token of a scalar that stands in one line. */
function tokenOf(fileText: string, node: YamlNode, offsetOf: (place: number) => number): Token | undefined {
  if (node.kind !== 'scalar' || node.start < 0) return undefined;
  const start = offsetOf(node.start);
  const end = offsetOf(node.end);
  const text = fileText.slice(start, end);
  return end <= start || /[\r\n]/.test(text) || !isWhole(text, node) ? undefined : { start, end, text };
}

/** Not so for the indicator of a block scalar. */
function isWhole(token: string, { text, plain }: YamlScalar): boolean {
  return plain ? token === text : /^(["'])[^]*\1$/.test(token) || token === text;
}

function replaced(
  meant: TokenEdit['meant'],
  token: Token | undefined,
  value: string | number,
  isJson: boolean,
): TokenEdit | undefined {
  if (token === undefined) return undefined;
  const { start, end } = token;
  return { meant, edit: { start, end, text: styled(value, token.text, isJson) } };
}

function styled(value: string | number, before: string, isJson: boolean): string {
  if (typeof value === 'number') return String(value);
  if (before.startsWith("'") && /^[ -~]*$/.test(value)) return `'${value.replaceAll("'", "''")}'`;
  return before.startsWith('"') || isJson || !isSafelyPlain(value) ? JSON.stringify(value) : value;
}

/** Text for every reader, in brackets and outside of them. */
function isSafelyPlain(text: string): boolean {
  return /^[A-Za-z0-9_./](?:[\w./:-]*[\w./-])?$/.test(text) && plainScalar(text) === text && !ambiguityOf(text);
}

function insertion(
  fileText: string,
  offset: number,
  { key, value }: { readonly key: string; readonly value: string },
  isFlow: boolean,
): TextEdit {
  const line = startOfLine(fileText, offset);
  const before = fileText.slice(line, offset);
  const entry = isFlow ? `"${key}": "${value}",` : `${key}: ${value}`;
  const end = endOfLine(fileText, offset);
  const lineBreak = fileText.startsWith('\r\n', end) ? '\r\n' : '\n';
  const isSameLine = isFlow && before.trim() !== '';
  const indentation = /^\s*$/.test(before) ? before : ' '.repeat(before.length);
  return { start: offset, end: offset, text: entry + (isSameLine ? ' ' : lineBreak + indentation) };
}

/** A scalar item or entry goes with its line, or with its comma. */
function removal(
  fileText: string,
  { parent, pair, value }: Place,
  { start, end }: Token,
  offsetOf: (place: number) => number,
): TextEdit | undefined {
  if (/[[{]/.test(fileText[offsetOf(parent.start)])) {
    const before = /,\s*$/.exec(fileText.slice(Math.max(0, start - MOST_SPACE), start));
    if (before !== null) return { start: start - before[0].length, end, text: '' };
    const after = /^\s*,\s*/.exec(fileText.slice(end, end + MOST_SPACE));
    return after === null ? undefined : { start, end: end + after[0].length, text: '' };
  }
  const isOnly = parent.kind === 'mapping' ? parent.pairs.length === 1 : parent.items.length === 1;
  const line = startOfLine(fileText, start);
  const lineEnd = endOfLine(fileText, end);
  const leads = pair === undefined ? /^[ ]*-[ ]+$/ : /^[ ]*$/;
  // A comment at the end of the line would be lost.
  if (isOnly || value.kind !== 'scalar' || !leads.test(fileText.slice(line, start))) return undefined;
  if (fileText.slice(end, lineEnd).trim() !== '') return undefined;
  const next = lineEnd + (fileText.startsWith('\r\n', lineEnd) ? 2 : lineEnd < fileText.length ? 1 : 0);
  return { start: line, end: next, text: '' };
}

/** White space between items is not longer than that. */
const MOST_SPACE = 200;
