import { addressBits, type AddressRange, compareRanges, type IpFamily } from '../address';
import { flatMap, type PolicyDirection } from '../model';
import type { CompiledPolicies } from './compile';
import { type ConnectionSet, NO_CONNECTIONS } from './connection-set';
import type { PodClass } from './classes';
import { type Side, verdict } from './verdict';

/** What one class of pods can do with the outside, in one direction. */
interface OutsideOfClass {
  /** With addresses that none of its rules names. */
  readonly otherwise: ConnectionSet;
  /** By index of a piece, ascending: where the answer was looked up. */
  readonly pieces: readonly number[];
  readonly answers: readonly ConnectionSet[];
}

/** The space outside in one direction, cut into the fewest ranges that the policies distinguish. */
export interface Outside {
  readonly ranges: readonly AddressRange[];
  /** By index of a range. */
  readonly answer: (podClass: number, range: number) => ConnectionSet;
  /** Indexes of ranges with which the class has any connection, ascending. */
  readonly reached: (podClass: number) => readonly number[];
}

/** As sources for `ingress`, as destinations for `egress`. */
export function outside(
  compiled: CompiledPolicies,
  classes: readonly PodClass[],
  direction: PolicyDirection,
  families: readonly IpFamily[],
): Outside {
  const sides = new Set(classes.map((entry) => entry[direction]));
  const used = new Set(flatMap([...sides], (side) => flatMap(side, ({ rules }) => rules.map(({ peers }) => peers))));
  const pieces = cut(compiled, used, families);
  const piecesOf = new Map(
    [...used].map((peers) => [peers, covered(pieces, compiled.peerSets[peers].addresses?.ranges ?? [])]),
  );
  const answers = classes.map((entry) => outsideOf(compiled, piecesOf, entry, direction));
  const starts = joined(pieces, answers);
  const ranges = starts.map((start, index) => ({
    ...pieces[start],
    last: pieces[(starts[index + 1] ?? pieces.length) - 1].last,
  }));
  return {
    ranges,
    answer: (podClass, range) => answerAt(answers[podClass], starts[range]),
    reached: (podClass) => reachedRanges(answers[podClass], starts),
  };
}

/** The space at every boundary of a block. */
function cut(
  compiled: CompiledPolicies,
  used: ReadonlySet<number>,
  families: readonly IpFamily[],
): readonly AddressRange[] {
  return flatMap(families, (family) => {
    const end = 1n << BigInt(addressBits(family));
    const starts = new Set([0n]);
    for (const peers of used) {
      for (const range of compiled.peerSets[peers].addresses?.ranges ?? []) {
        if (range.family !== family) continue;
        starts.add(range.first);
        if (range.last + 1n < end) starts.add(range.last + 1n);
      }
    }
    const sorted = [...starts].sort((a, b) => (a < b ? -1 : 1));
    return sorted.map((first, index): AddressRange => ({ family, first, last: (sorted[index + 1] ?? end) - 1n }));
  });
}

/** Indexes of the pieces that the ranges cover. */
function covered(pieces: readonly AddressRange[], ranges: readonly AddressRange[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const range of ranges) {
    for (let at = firstFrom(pieces, range); at < pieces.length; at++) {
      if (pieces[at].family !== range.family || pieces[at].first > range.last) break;
      found.add(at);
    }
  }
  return found;
}

function firstFrom(pieces: readonly AddressRange[], range: AddressRange): number {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareRanges({ ...pieces[middle], last: range.last }, range) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function outsideOf(
  { sets, peerSets, portLists, portsAt }: CompiledPolicies,
  piecesOf: ReadonlyMap<number, ReadonlySet<number>>,
  podClass: PodClass,
  direction: PolicyDirection,
): OutsideOfClass {
  const side: Side = podClass[direction];
  const portsOf = (list: number): ConnectionSet =>
    direction === 'ingress' ? podClass.ports[list] : portsAt(undefined, portLists[list]);
  const touched = new Set<number>();
  for (const { rules } of side)
    for (const { peers } of rules) for (const piece of piecesOf.get(peers) ?? []) touched.add(piece);
  const pieces = [...touched].sort((a, b) => a - b);
  return {
    otherwise: verdict(sets, side, (peers) => peerSets[peers].outside, portsOf),
    pieces,
    answers: pieces.map((piece) =>
      verdict(sets, side, (peers) => peerSets[peers].outside || piecesOf.get(peers)?.has(piece) === true, portsOf),
    ),
  };
}

function answerAt({ otherwise, pieces, answers }: OutsideOfClass, piece: number): ConnectionSet {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (pieces[middle] < piece) low = middle + 1;
    else high = middle;
  }
  return pieces[low] === piece ? answers[low] : otherwise;
}

/** Indexes of the pieces that begin a range: neighbours with equal answers for every class are joined. */
function joined(pieces: readonly AddressRange[], classes: readonly OutsideOfClass[]): readonly number[] {
  const begins = new Set<number>();
  pieces.forEach(({ first }, index) => {
    if (first === 0n) begins.add(index);
  });
  for (const answers of classes) {
    let previous = -2;
    let answer = answers.otherwise;
    answers.pieces.forEach((piece, index) => {
      if (piece !== previous + 1) {
        // The piece before the gap is followed by one that the class has no rule for.
        if (previous >= 0 && answer !== answers.otherwise) begins.add(previous + 1);
        answer = answers.otherwise;
      }
      if (answers.answers[index] !== answer) begins.add(piece);
      answer = answers.answers[index];
      previous = piece;
    });
    if (previous >= 0 && previous + 1 < pieces.length && answer !== answers.otherwise) begins.add(previous + 1);
  }
  return [...begins].sort((a, b) => a - b);
}

function reachedRanges(answers: OutsideOfClass, starts: readonly number[]): readonly number[] {
  const all = starts.map((_, index) => index);
  if (answers.otherwise !== NO_CONNECTIONS) {
    return all.filter((range) => answerAt(answers, starts[range]) !== NO_CONNECTIONS);
  }
  const found: number[] = [];
  for (let at = 0, range = 0; at < answers.pieces.length; at++) {
    while (range + 1 < starts.length && starts[range + 1] <= answers.pieces[at]) range++;
    if (starts[range] === answers.pieces[at] && answers.answers[at] !== NO_CONNECTIONS) found.push(range);
  }
  return found;
}
