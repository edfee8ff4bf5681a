import { type GraphEdge, type Isolation, type ReachGraph, reachGraph, type WayIn } from '../reach-graph';
import type { Grouping, ReachResult } from '../reach-result';
import { escapeXml } from '../xml/escape';
import {
  BOX_TITLE,
  type PlacedBox,
  type PlacedRow,
  type ReachLayout,
  reachLayout,
  ROW_HEIGHT,
  ROW_WIDTH,
} from './reach-layout';

const MARGIN = 24;
const LEGEND_HEIGHT = 60;
/** Where ways in stand, left of all boxes. */
const WAYS_WIDTH = 330;

/** Colours that are told apart by people who see fewer of them (Okabe and Ito). */
const ISOLATION: Record<Isolation, { readonly color: string; readonly name: string }> = {
  none: { color: '#d55e00', name: 'no policy selects it' },
  ingress: { color: '#0072b2', name: 'isolated for ingress' },
  egress: { color: '#e69f00', name: 'isolated for egress' },
  both: { color: '#009e73', name: 'isolated for both' },
};

const STYLE = `
  svg { color-scheme: light dark; }
  text { font: 12px ui-sans-serif, system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328; }
  .title { font-size: 13px; font-weight: 600; }
  .muted { fill: #59636e; font-size: 11px; }
  .label { font-size: 10.5px; fill: #424a53; paint-order: stroke; stroke: #ffffff; stroke-width: 3px; }
  .paper { fill: #ffffff; }
  .box { fill: #f6f8fa; fill-opacity: .88; stroke: #8c959f; }
  .edge { fill: none; stroke: #57606a; stroke-width: 1.2; opacity: .75; }
  .way { fill: none; stroke: #8250df; stroke-width: 1.2; opacity: .8; }
  .waytext { fill: #8250df; font-size: 11px; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .muted { fill: #9198a1; }
    .label { fill: #c9d1d9; stroke: #0d1117; }
    .paper { fill: #0d1117; }
    .box { fill: #161b22; stroke: #656c76; }
    .edge { stroke: #9198a1; }
    .way { stroke: #d2a8ff; }
    .waytext { fill: #d2a8ff; }
  }`;

/** More workloads than this cannot each have their arrows. */
const MOST_WORKLOADS = 40;

/** Who reaches whom as a picture: boxes of namespaces, arrows between them or between their workloads, and the ways in. */
export function reachSvg(result: ReachResult): string {
  const grouping = result.grouping ?? (result.reach.workloads.length > MOST_WORKLOADS ? 'namespace' : 'workload');
  const graph = reachGraph(result, grouping);
  const left = MARGIN + (graph.waysIn.length === 0 ? 0 : WAYS_WIDTH);
  const layout = reachLayout(graph, left, MARGIN + LEGEND_HEIGHT);
  const anchors = anchorsOf(layout);
  const ways = waysSvg(graph, anchors, grouping);
  const width = Math.max(layout.width, 900) + MARGIN + 60;
  const height = Math.max(layout.height, ways.height) + MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Who reaches whom">`,
    '<title>Who reaches whom</title>',
    `<style>${STYLE}\n</style>`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#57606a"/></marker>' +
      '<marker id="waytip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#8250df"/></marker></defs>',
    `<rect class="paper" width="${width}" height="${height}"/>`,
    legend(grouping),
    // Arrows pass below the boxes, so that names are read.
    ...graph.edges.map((edge) => edgeSvg(edge, anchors)),
    ways.text,
    ...layout.boxes.map(boxSvg),
    '</svg>',
    '',
  ].join('\n');
}

function legend(grouping: Grouping): string {
  const parts = Object.values(ISOLATION).map(
    ({ color, name }, index) =>
      `<circle cx="${MARGIN + 6 + index * 175}" cy="${MARGIN}" r="5" fill="${color}"/><text x="${MARGIN + 17 + index * 175}" y="${MARGIN + 4}">${name}</text>`,
  );
  const marks =
    '↗ may open any connection to outside · ⇐ what all others may open to it, unless policies restrict their egress (no arrows) · purple: ways in from outside';
  const arrows = `An arrow is what one ${grouping} may open to another`;
  return `${parts.join('')}<text class="muted" x="${MARGIN}" y="${MARGIN + 28}">${arrows} · ${marks}</text>`;
}

const LONGEST_NAME = 32;

function shortened(text: string, most: number): string {
  const characters = Array.from(text);
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}

function boxSvg({ name, rows, x, y, width, height }: PlacedBox): string {
  const dash = rows.length === 0 ? ' stroke-dasharray="4 3"' : '';
  return [
    `<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="6"${dash}><title>${escapeXml(name)}</title></rect>`,
    `<text class="title" x="${x + 10}" y="${y + 17}">${escapeXml(shortened(name, LONGEST_NAME - 4))}</text>`,
    ...rows.map(rowSvg),
  ].join('');
}

function rowSvg({ node, x, y }: PlacedRow): string {
  const { text, name, isolation, goesOutAnywhere, fromAll } = node;
  const open = fromAll === undefined ? [] : [`⇐ ${fromAll === 'All Connections' ? 'all' : fromAll}`];
  const marks = [...(goesOutAnywhere ? ['↗'] : []), ...open].join(' ');
  const told = shortened(name, LONGEST_NAME - marks.length);
  return (
    `<circle cx="${x + 7}" cy="${y + 9}" r="4.5" fill="${ISOLATION[isolation].color}"><title>${escapeXml(`${text}: ${ISOLATION[isolation].name}`)}</title></circle>` +
    `<text x="${x + 17}" y="${y + 13}">${escapeXml(told)}<tspan class="muted" dx="4">${escapeXml(shortened(marks, LONGEST_NAME - 6))}</tspan></text>`
  );
}

interface Anchor {
  readonly left: number;
  readonly right: number;
  readonly y: number;
}

function anchorsOf({ boxes }: ReachLayout): ReadonlyMap<string, Anchor> {
  return new Map(
    boxes.flatMap(({ name, x, y, width, rows }): [string, Anchor][] => [
      [name, { left: x, right: x + width, y: y + BOX_TITLE / 2 }],
      ...rows.map((row): [string, Anchor] => [
        row.node.text,
        { left: row.x, right: row.x + ROW_WIDTH, y: row.y + ROW_HEIGHT / 2 },
      ]),
    ]),
  );
}

function edgeSvg({ from, to, label, count }: GraphEdge, anchors: ReadonlyMap<string, Anchor>): string {
  const [source, target] = [anchors.get(from), anchors.get(to)];
  if (source === undefined || target === undefined) return '';
  const title = `<title>${escapeXml(`${from} → ${to}: ${label}${count > 1 ? ` (${count} connections)` : ''}`)}</title>`;
  const told = escapeXml(shortened(label === 'All Connections' ? 'all' : label, 18));
  if (target.left > source.right) {
    const bend = (target.left - source.right) / 2;
    const path = `M${source.right} ${source.y}C${source.right + bend} ${source.y} ${target.left - bend} ${target.y} ${target.left} ${target.y}`;
    return (
      `<path class="edge" marker-end="url(#tip)" d="${path}">${title}</path>` +
      `<text class="label" text-anchor="end" x="${target.left - 9}" y="${target.y - 4}">${told}</text>`
    );
  }
  // Back, or within a column: around the right side.
  const out = Math.max(source.right, target.right) + 24 + Math.min(60, Math.abs(target.y - source.y) / 8);
  const path = `M${source.right} ${source.y}C${out} ${source.y} ${out} ${target.y} ${target.right} ${target.y}`;
  return (
    `<path class="edge" stroke-dasharray="5 3" marker-end="url(#tip)" d="${path}">${title}</path>` +
    `<text class="label" x="${target.right + 9}" y="${target.y - 4}">${told}</text>`
  );
}

const WAY_HEIGHT = 18;

interface WaysSvg {
  readonly text: string;
  readonly height: number;
}

/** Ways in, one line for each, in the order of what they lead to, so that their arrows do not cross more than they must. */
function waysSvg({ waysIn, nodes }: ReachGraph, anchors: ReadonlyMap<string, Anchor>, grouping: Grouping): WaysSvg {
  if (waysIn.length === 0) return { text: '', height: 0 };
  const namespaceOf = new Map(nodes.map(({ text, namespace }) => [text, namespace]));
  const targetOf = ({ target }: WayIn): string =>
    grouping === 'namespace' ? (namespaceOf.get(target) ?? target) : target;
  const heightOf = (way: WayIn): number => anchors.get(targetOf(way))?.y ?? 0;
  const sorted = waysIn.toSorted((a, b) => heightOf(a) - heightOf(b));
  const top = MARGIN + LEGEND_HEIGHT;
  const lines = sorted.map((way, index) => {
    const y = top + BOX_TITLE + index * WAY_HEIGHT;
    const anchor = anchors.get(targetOf(way));
    const start = MARGIN + WAYS_WIDTH - 90;
    const text = `<text class="waytext" text-anchor="end" x="${start - 4}" y="${y + 4}">${escapeXml(shortened(`${way.name}: ${way.label}`, 42))}</text>`;
    if (anchor === undefined) return text;
    const bend = Math.max(40, (anchor.left - start) / 2);
    const path = `M${start} ${y}C${start + bend} ${y} ${anchor.left - bend} ${anchor.y} ${anchor.left} ${anchor.y}`;
    const title = `<title>${escapeXml(`${way.name} → ${way.target}: ${way.label}`)}</title>`;
    return `${text}<path class="way" marker-end="url(#waytip)" d="${path}">${title}</path>`;
  });
  const title = `<text class="title" x="${MARGIN}" y="${top + 12}">Ways in from outside</text>`;
  return { text: [title, ...lines].join('\n'), height: top + BOX_TITLE + sorted.length * WAY_HEIGHT };
}
