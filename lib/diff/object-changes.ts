import { compareText, type ObjectRef, type Origin } from '../finding/finding';
import { compareObjects, type ModelObject, record } from '../model';
import { own } from '../syntax/own-member';
import { type Field, fieldsOf } from './fields';
import type { ModelChange, ObjectPair } from './model-change';
import { concernsNetwork } from './relevance';

/** An object that one of two states does not have, or has with other values. */
export interface ObjectChange {
  readonly change: 'added' | 'removed' | 'changed';
  readonly object: ObjectRef;
  /** When the object is served by another version of its group. */
  readonly apiVersionBefore: string | null;
  /** Null for an object that is added. */
  readonly before: Origin | null;
  /** Null for an object that is removed. */
  readonly after: Origin | null;
  /** What changes and concerns the network, by name. */
  readonly fields: readonly FieldChange[];
  /** How many further fields change. */
  readonly otherFields: number;
}

/** A field with another value; undefined where it is not set. Members of a set are told one by one. */
export interface FieldChange {
  /** `spec.ports[80/TCP].nodePort` */
  readonly field: string;
  readonly before: FieldState | null;
  readonly after: FieldState | null;
}

export interface FieldState {
  readonly value: unknown;
  readonly origin: Origin;
}

/** Compares what objects mean: the order of keys, of lists that are sets, and what is written although it is the default do not count. */
export function objectChanges({ pairs, added, removed }: ModelChange): ObjectChange[] {
  const rows = [
    ...added.map((object) => ({ object, row: ofOne('added', object) })),
    ...removed.map((object) => ({ object, row: ofOne('removed', object) })),
    ...pairs.flatMap((pair) => {
      const row = ofBoth(pair);
      return row === undefined ? [] : [{ object: pair.after, row }];
    }),
  ];
  return rows.sort((a, b) => compareObjects(a.object, b.object)).map(({ row }) => row);
}

function ofOne(change: 'added' | 'removed', object: ModelObject): ObjectChange {
  const origin = object.locate([]);
  return {
    change,
    object: object.ref,
    apiVersionBefore: null,
    before: change === 'removed' ? origin : null,
    after: change === 'added' ? origin : null,
    fields: [],
    otherFields: 0,
  };
}

function ofBoth({ before, after }: ObjectPair): ObjectChange | undefined {
  const apiVersionBefore = before.ref.apiVersion === after.ref.apiVersion ? null : before.ref.apiVersion;
  const { fields, otherFields } = fieldChanges(before, after);
  if (apiVersionBefore === null && fields.length === 0 && otherFields === 0) return undefined;
  return {
    change: 'changed',
    object: after.ref,
    apiVersionBefore,
    before: before.locate([]),
    after: after.locate([]),
    fields,
    otherFields,
  };
}

function fieldChanges(before: ModelObject, after: ModelObject): Pick<ObjectChange, 'fields' | 'otherFields'> {
  // Most objects of a change are as they were.
  if (JSON.stringify(before.manifest) === JSON.stringify(after.manifest)) return { fields: [], otherFields: 0 };
  const [old, current] = [fieldsOf(before), fieldsOf(after)];
  const isRelevant = concernsNetwork(after);
  const gone = [...old].filter(([identity, { value }]) => !isSame(current.get(identity), value));
  const come = [...current].filter(([identity, { value }]) => !isSame(old.get(identity), value));
  const relevant = (entries: [string, Field][]): Map<string, Field> =>
    new Map(entries.filter(([, field]) => isRelevant(field)));
  const others = new Set(
    [...gone, ...come].filter(([, field]) => field.written && !isRelevant(field)).map(([identity]) => identity),
  );
  return {
    fields: matched(relevant(gone), relevant(come)).map(([name, from, to]): FieldChange => {
      const part = innermost({ name, before: from?.value, after: to?.value });
      return {
        field: part.name,
        before: from && { value: part.before, origin: before.locate(from.path) },
        after: to && { value: part.after, origin: after.locate(to.path) },
      };
    }),
    otherFields: others.size,
  };
}

function isSame(field: Field | undefined, value: unknown): boolean {
  if (field === undefined) return false;
  return field.value === value || JSON.stringify(field.value) === JSON.stringify(value);
}

type Match = [name: string, before: Field | null, after: Field | null];

/** The members that a set loses and gains are matched one with one, so that what looks like an edit is told as one. */
function matched(gone: ReadonlyMap<string, Field>, come: ReadonlyMap<string, Field>): Match[] {
  const matches: Match[] = [];
  const left = new Map<string, { readonly gone: Field[]; readonly come: Field[] }>();
  const leftOf = (name: string): { readonly gone: Field[]; readonly come: Field[] } => {
    const entry = left.get(name) ?? { gone: [], come: [] };
    left.set(name, entry);
    return entry;
  };
  for (const [identity, field] of gone) {
    const after = come.get(identity);
    if (after === undefined) leftOf(field.name).gone.push(field);
    else matches.push([field.name, field, after]);
  }
  for (const [identity, field] of come) if (!gone.has(identity)) leftOf(field.name).come.push(field);
  for (const [name, entry] of left) {
    const [lost, gained] = [entry.gone, entry.come].map((fields) => fields.sort(compareValues));
    if (lost.length === 1 && gained.length === 1) matches.push([name, lost[0], gained[0]]);
    else {
      matches.push(...lost.map((field): Match => [name, field, null]));
      matches.push(...gained.map((field): Match => [name, null, field]));
    }
  }
  return matches
    .filter(([, from, to]) => from?.written === true || to?.written === true)
    .sort((a, b) => compareText(a[0], b[0]) || compareValues(a[1] ?? a[2], b[1] ?? b[2]));
}

interface Edit {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Of a member of a set that is edited the part that changes, as long as it is one. */
function innermost({ name, before, after }: Edit): Edit {
  const [from, to] = [record(before), record(after)];
  if (from !== undefined && to !== undefined) {
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter(
      (key) => JSON.stringify(own(from, key)) !== JSON.stringify(own(to, key)),
    );
    const [key] = keys;
    if (keys.length !== 1 || !Object.hasOwn(from, key) || !Object.hasOwn(to, key)) return { name, before, after };
    return innermost({ name: `${name}.${key}`, before: own(from, key), after: own(to, key) });
  }
  if (!Array.isArray(before) || !Array.isArray(after)) return { name, before, after };
  const [lost, gained] = [without(before, after), without(after, before)];
  if (lost.length !== 1 || gained.length !== 1) return { name, before, after };
  return innermost({ name, before: lost[0], after: gained[0] });
}

function without(items: readonly unknown[], others: readonly unknown[]): unknown[] {
  const known = new Set(others.map((item) => JSON.stringify(item)));
  return items.filter((item) => !known.has(JSON.stringify(item)));
}

function compareValues(a: Field | null, b: Field | null): number {
  return compareText(JSON.stringify(a?.value ?? null), JSON.stringify(b?.value ?? null));
}
