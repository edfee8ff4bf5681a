import type { GraphEdge, GraphNode, ReachGraph } from '../reach-graph';

export interface PlacedRow {
  readonly node: GraphNode;
  readonly x: number;
  readonly y: number;
}

export interface PlacedBox {
  readonly name: string;
  /** Empty for addresses outside. */
  readonly rows: readonly PlacedRow[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface ReachLayout {
  readonly boxes: readonly PlacedBox[];
  readonly width: number;
  readonly height: number;
}

export const ROW_WIDTH = 210;
export const ROW_HEIGHT = 18;
export const BOX_TITLE = 26;
const PADDING = 8;
const COLUMN_GAP = 120;
const BOX_GAP = 22;
/** More columns would be wider than a screen. */
const MOST_COLUMNS = 5;
const LOWEST_COLUMN = 420;
/** A box with more rows has them side by side. */
const ROWS_IN_A_BOX = 16;

interface Box {
  readonly name: string;
  readonly nodes: readonly GraphNode[];
}

/** Boxes of namespaces in columns, from those that others do not call to those that call nobody. */
export function reachLayout({ nodes, edges }: ReachGraph, left: number, top: number): ReachLayout {
  const boxes = boxesOf(nodes, edges);
  const boxOf = new Map(nodes.map(({ text, namespace }) => [text, namespace]));
  const named = (party: string): string => boxOf.get(party) ?? party;
  const rankOf = ranks(
    boxes.map(({ name }) => name),
    edges.map(({ from, to }) => [named(from), named(to)] as const),
  );
  const sorted = boxes.toSorted((a, b) => (rankOf.get(a.name) ?? 0) - (rankOf.get(b.name) ?? 0));
  const total = sorted.reduce((sum, box) => sum + sizeOf(box).height + BOX_GAP, 0);
  const full = Math.max(LOWEST_COLUMN, total / MOST_COLUMNS);
  const placed: PlacedBox[] = [];
  let [x, y, width, height] = [left, top, 0, top];
  for (const box of sorted) {
    const size = sizeOf(box);
    // Each column ends where it comes nearest to its share.
    if (y > top && y + size.height / 2 > top + full) {
      x += width + COLUMN_GAP;
      [y, width] = [top, 0];
    }
    placed.push(place(box, x, y, size));
    y += size.height + BOX_GAP;
    width = Math.max(width, size.width);
    height = Math.max(height, y);
  }
  x += width + COLUMN_GAP;
  return { boxes: placed, width: x - COLUMN_GAP, height: height - BOX_GAP };
}

function boxesOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): readonly Box[] {
  const byNamespace = new Map<string, GraphNode[]>();
  for (const node of nodes) byNamespace.set(node.namespace, [...(byNamespace.get(node.namespace) ?? []), node]);
  const known = new Set([...byNamespace.keys(), ...nodes.map(({ text }) => text)]);
  const others = new Set(edges.flatMap(({ from, to }) => [from, to]).filter((party) => !known.has(party)));
  return [
    ...[...byNamespace].map(([name, members]): Box => ({ name, nodes: members })),
    ...[...others].map((name): Box => ({ name, nodes: [] })),
  ];
}

/** The longest way to each box, with every circle cut where it is closed. */
function ranks(names: readonly string[], edges: readonly (readonly [string, string])[]): ReadonlyMap<string, number> {
  const next = new Map<string, string[]>();
  for (const [from, to] of edges) if (from !== to) next.set(from, [...(next.get(from) ?? []), to]);
  const order: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const forward = new Map<string, string[]>();
  const visit = (name: string): void => {
    state.set(name, 'open');
    for (const other of next.get(name) ?? []) {
      if (state.get(other) === 'open') continue;
      forward.set(name, [...(forward.get(name) ?? []), other]);
      if (!state.has(other)) visit(other);
    }
    state.set(name, 'done');
    order.push(name);
  };
  for (const name of names) if (!state.has(name)) visit(name);
  const rankOf = new Map<string, number>(names.map((name) => [name, 0]));
  for (const name of order.toReversed()) {
    for (const other of forward.get(name) ?? []) {
      rankOf.set(other, Math.max(rankOf.get(other) ?? 0, (rankOf.get(name) ?? 0) + 1));
    }
  }
  return rankOf;
}

interface Size {
  readonly width: number;
  readonly height: number;
  readonly rows: number;
}

function sizeOf({ nodes }: Box): Size {
  const columns = Math.max(1, Math.ceil(nodes.length / ROWS_IN_A_BOX));
  const rows = Math.ceil(nodes.length / columns);
  return {
    width: columns * ROW_WIDTH + 2 * PADDING,
    height: BOX_TITLE + rows * ROW_HEIGHT + (rows === 0 ? 0 : PADDING),
    rows,
  };
}

function place({ name, nodes }: Box, x: number, y: number, { width, height, rows }: Size): PlacedBox {
  return {
    name,
    x,
    y,
    width,
    height,
    rows: nodes.map((node, index) => ({
      node,
      x: x + PADDING + Math.floor(index / rows) * ROW_WIDTH,
      y: y + BOX_TITLE + (index % rows) * ROW_HEIGHT,
    })),
  };
}
