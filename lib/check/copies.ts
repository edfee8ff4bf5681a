import type { Finding } from '../finding/finding';
import { identityOf, modelObject, type SourceObject } from '../model/source-object';

/** More copies of one object than these are not looked at one by one. */
const MOST_COPIES = 8;

/**
 * The objects of a cluster so often that each copy of an object that is defined several times is among them once. The first list has all
 * of them, of which the first copies count.
 */
export function copiesApart(objects: readonly SourceObject[]): readonly (readonly SourceObject[])[] {
  const copies = new Map<string, SourceObject[]>();
  const others: SourceObject[] = [];
  for (const object of objects) {
    const ref = modelObject(object)?.ref;
    if (ref === undefined) {
      others.push(object);
      continue;
    }
    const key = identityOf(ref);
    const known = copies.get(key);
    if (known === undefined) copies.set(key, [object]);
    else known.push(object);
  }
  let most = 1;
  for (const { length } of copies.values()) most = Math.max(most, length);
  const layers = Array.from({ length: Math.min(most, MOST_COPIES) - 1 }, (_, layer) => [
    ...others,
    ...[...copies.values()].map((own) => own[Math.min(layer + 1, own.length - 1)]),
  ]);
  return [objects, ...layers];
}

/** What two clusters, or two copies, say of the same place is said once. */
export function withoutCopies(findings: readonly Finding[]): readonly Finding[] {
  const distinct = new Map<string, Finding>();
  for (const found of findings) {
    const { code, message, object, origin, related } = found;
    const key = JSON.stringify([code, message, object, origin, related]);
    if (!distinct.has(key)) distinct.set(key, found);
  }
  return [...distinct.values()];
}
