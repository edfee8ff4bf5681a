import { isDeepStrictEqual } from 'node:util';
import type { FieldEdit, Fix } from '../finding/finding';
import { concat } from '../model/lists';
import { own } from '../syntax/own-member';
import { batchNodes } from './document-nodes';
import { setMember } from './node-value';
import { type ReadDocument, readDocuments } from './read-documents';
import type { TextEdit } from './text-edit';
import { editableNodes, type EditableNodes, tokenEdit, type TokenEdit } from './token-edits';

/** A fix as edits of the text of its file. */
export interface TextFix {
  readonly document: number;
  readonly meant: readonly TokenEdit['meant'][];
  /** Sorted; they do not overlap. */
  readonly edits: readonly TextEdit[];
}

/** Finds the characters that fixes of a file change. Undefined for a fix that cannot be written without touching more than it means. */
export function textFixes(text: string): (fix: Fix) => TextFix | undefined {
  const documents = readDocuments(text);
  const known = new Map<number, EditableNodes | undefined>();
  return ({ document, edits }) => {
    if (!known.has(document)) known.set(document, nodesOf(text, documents.at(document)));
    const nodes = known.get(document);
    const tokens = nodes === undefined ? [] : edits.map((edit) => tokenEdit(text, nodes, edit));
    const written = tokens.filter((token) => token !== undefined);
    const sorted = written.map(({ edit }) => edit).sort((a, b) => a.start - b.start);
    const overlap = sorted.some(({ start }, index) => start < (sorted[index - 1]?.end ?? 0));
    if (written.length === 0 || written.length < edits.length || overlap) return undefined;
    return { document, meant: written.map(({ meant }) => meant), edits: sorted };
  };
}

function nodesOf(text: string, document: ReadDocument | undefined): EditableNodes | undefined {
  const nodes = document && batchNodes(text, document.batch)(document.valueStart);
  return nodes && editableNodes(nodes);
}

/** Whether the documents say exactly what the fixes mean, and nothing else has changed. */
export function saysWhatIsMeant(before: string, after: string, fixes: readonly TextFix[]): boolean {
  const was = readDocuments(before);
  const is = readDocuments(after);
  if (was.length !== is.length) return false;
  const meant = new Map<number, readonly FieldEdit[]>();
  for (const fix of fixes) meant.set(fix.document, concat(meant.get(fix.document) ?? [], fix.meant));
  return was.every(
    ({ value, problem }, index) =>
      problem?.message === is[index].problem?.message &&
      isDeepStrictEqual(is[index].value, edited(value, meant.get(index) ?? [])),
  );
}

/** The value after the edits. Only what leads to them is copied. */
function edited(value: unknown, edits: readonly FieldEdit[]): unknown {
  const root: Container = { value };
  const copies = new Set<unknown>();
  const ownMember = (container: Container, key: string | number): Container | undefined => {
    const member = own(container, String(key));
    if (copies.has(member)) return member as Container;
    if (typeof member !== 'object' || member === null) return undefined;
    const copy = (Array.isArray(member) ? [...(member as unknown[])] : { ...member }) as Container;
    copies.add(copy);
    setMember(container, String(key), copy);
    return copy;
  };
  // Removing an item moves those behind it, and another name changes the paths that lead through it.
  const rank = (edit: FieldEdit): number => ('remove' in edit ? 1 : 'rename' in edit ? 2 : 0);
  const ordered = [...edits].sort(
    (a, b) => rank(a) - rank(b) || b.field.length - a.field.length || lastIndex(b) - lastIndex(a),
  );
  for (const edit of ordered) {
    const path = ['value', ...edit.field.slice(0, -1)];
    const parent = path.reduce<Container | undefined>((container, key) => container && ownMember(container, key), root);
    const last = edit.field.at(-1);
    if (parent !== undefined && last !== undefined) apply(parent, last, edit);
  }
  return root.value;
}

function lastIndex({ field }: FieldEdit): number {
  return Number(field.at(-1));
}

function apply(parent: Container, key: string | number, edit: FieldEdit): void {
  if ('set' in edit) setMember(parent, String(key), edit.set);
  else if ('insert' in edit) setMember(parent, edit.insert.key, edit.insert.value);
  else if ('rename' in edit) {
    setMember(parent, edit.rename, own(parent, String(key)));
    Reflect.deleteProperty(parent, key);
  } else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else Reflect.deleteProperty(parent, key);
}

type Container = Record<string | number, unknown>;
