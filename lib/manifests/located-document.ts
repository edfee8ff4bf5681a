import {
  isCollection,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import type { Origin } from '../finding/finding';

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
  /** Where a value stands: the value itself, or its key if it is a map or a list; the nearest parent if it is absent. */
  readonly locate: (path: readonly (string | number)[]) => Origin;
}

/** Reads one document. `file` is as the user gave it. Never throws. */
export function readLocatedDocument(text: string, file: string): LocatedDocument {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, merge: true });
  const originAt = (offset: number): Origin => {
    const { line, col } = lineCounter.linePos(offset);
    return { file, line, column: col, construct: null };
  };
  const problems = document.errors.map(({ message, pos }) => ({
    message: lowerFirst(message),
    origin: originAt(pos[0]),
  }));
  if (problems.length > 0) return { value: undefined, problems, locate: () => originAt(0) };
  const place = placeFinder(document.contents);
  try {
    return {
      value: document.toJS({ maxAliasCount: 100 }) as unknown,
      problems,
      locate: (path) => originAt(place(path)),
    };
  } catch (error) {
    const message = lowerFirst(error instanceof Error ? error.message : String(error));
    return { value: undefined, problems: [{ message, origin: originAt(0) }], locate: () => originAt(0) };
  }
}

type Pairs = ReadonlyMap<string, Pair>;

/** Finds places by path. Each map is indexed at its first use, so that many places cost no more than their number. */
function placeFinder(contents: Node | null): (path: readonly (string | number)[]) => number {
  const indexes = new WeakMap<YAMLMap, Pairs>();
  const pairsOf = (map: YAMLMap): Pairs => {
    const known = indexes.get(map);
    if (known !== undefined) return known;
    const pairs = new Map(map.items.map((pair) => [String(isScalar(pair.key) ? pair.key.value : pair.key), pair]));
    indexes.set(map, pairs);
    return pairs;
  };
  return (path) => {
    let node: unknown = contents;
    let offset = startOf(contents) ?? 0;
    for (const key of path) {
      const pair = isMap(node) ? pairsOf(node).get(String(key)) : undefined;
      const value: unknown = pair ? pair.value : isSeq(node) ? node.items[Number(key)] : undefined;
      if (pair === undefined && value === undefined) return offset;
      offset = startOf(isCollection(value) || !isNode(value) ? (pair?.key ?? value) : value) ?? offset;
      node = value;
    }
    return offset;
  };
}

function startOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
