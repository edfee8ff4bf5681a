/** For a value that is not written at all, such as that of `key:` in a list. */
export const NOWHERE = -1;

/** Where the nodes of plain documents stand, noted when they are read: one number each, in the order in which they are written. */
export interface PlainPlaces {
  /** Where the text that is read begins in that of the file. */
  readonly start: number;
  /** In the text of the file. For a map, a list and what is not written it is that of the key, if there is one. */
  readonly offsets: number[];
}

/**
 * Where a value stands: the value itself, or its key if it is a map or a list; the nearest parent that is there if it is absent. Undefined where
 * that cannot be told.
 *
 * @param first where the offsets of the value begin
 */
export type PlaceInValue = (
  value: unknown,
  path: readonly (string | number)[],
  offsets: ArrayLike<number>,
  first: number,
) => number | undefined;

/** A map or list, as far as it takes to find the nodes of its members. */
interface Container {
  readonly members: readonly unknown[];
  /** By member: how many nodes come before it, the container included; at the end, how many nodes there are in all. */
  readonly starts: readonly number[];
  readonly positionOf: (step: string | number) => number | undefined;
  /** Whether its members may have another order than they were written in: those that have a number for a name come first in an object. */
  readonly isReordered: boolean;
}

/** Containers with more nodes are remembered, so that thousands of places in one take no longer than they must. */
const REMEMBERED_NODES = 256;

/** The nodes before a value are counted in the objects that were read: their members have the order in which they were written. */
export function placesInValues(): PlaceInValue {
  const known = new WeakMap<object, Container>();
  const containerOf = (node: object): Container => {
    const found = known.get(node);
    if (found !== undefined) return found;
    const made = readContainer(node);
    if (made.starts[made.members.length] > REMEMBERED_NODES) known.set(node, made);
    return made;
  };
  return (value, path, offsets, first) => {
    let node = value;
    let at = first;
    let place = offsets[at];
    for (const step of path) {
      if (typeof node !== 'object' || node === null) return place;
      const { members, starts, positionOf, isReordered } = containerOf(node);
      if (isReordered) return undefined;
      const position = positionOf(step);
      if (position === undefined) return place;
      at += starts[position];
      if (offsets[at] !== NOWHERE) place = offsets[at];
      node = members[position];
    }
    return place;
  };
}

function readContainer(node: object): Container {
  const members: readonly unknown[] = Object.values(node);
  const starts: number[] = [];
  let count = 1;
  for (const member of members) {
    starts.push(count);
    count += sizeOf(member);
  }
  starts.push(count);
  if (Array.isArray(node)) {
    const positionOf = (step: string | number): number | undefined =>
      Number(step) in members ? Number(step) : undefined;
    return { members, starts, positionOf, isReordered: false };
  }
  const names = Object.keys(node);
  const positions = new Map<string | number, number>(names.map((name, index) => [name, index]));
  return {
    members,
    starts,
    positionOf: (step) => positions.get(String(step)),
    isReordered: names.some((name) => /^[0-9]+$/.test(name)),
  };
}

function sizeOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  let size = 1;
  for (const member of Object.values(value)) size += sizeOf(member);
  return size;
}
