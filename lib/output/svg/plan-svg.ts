import { addressMaps, type AddressMap, type BlockUse, type MapBlock } from '../../plan';
import { shownBlocks, sizeText } from '../address-map-blocks';
import { USE_COLORS, USE_NAMES } from '../address-map-colors';
import type { PlanResult } from '../plan-result';
import { escapeXml } from '../xml/escape';

const WIDTH = 960;
const MARGIN = 24;
const INNER = WIDTH - 2 * MARGIN;
const STRIP_HEIGHT = 34;
const ROW_HEIGHT = 22;
const TITLE_HEIGHT = 28;
const TICKS_HEIGHT = 26;
const GAP = 30;
const LEGEND_HEIGHT = 38;
/** The narrowest block that is still seen. */
const HAIR = 1.5;

/** Columns of a row. */
const COLUMNS = { swatch: 0, cidr: 22, owner: 232, bar: 500, size: 736 };
const BAR_WIDTH = 220;

const STYLE = `
  svg { color-scheme: light dark; }
  text { font: 13px ui-sans-serif, system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328; }
  .mono { font-family: ui-monospace, "SF Mono", Menlo, Consolas, monospace; font-size: 12.5px; }
  .title { font-size: 15px; font-weight: 600; }
  .muted { fill: #59636e; font-size: 12px; }
  .mark { font-size: 12px; font-weight: 600; fill: #1a7f37; }
  .paper { fill: #ffffff; }
  .track { fill: #eef1f4; }
  .frame { fill: none; stroke: #8c959f; }
  .tick { stroke: #8c959f; }
  .gap { fill: #eef1f4; stroke: #8c959f; stroke-dasharray: 2 2; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .muted { fill: #9198a1; }
    .mark { fill: #3fb950; }
    .paper { fill: #0d1117; }
    .track, .gap { fill: #212830; }
    .frame, .tick, .gap { stroke: #656c76; }
  }`;

/** An address map: each supernet as a strip to scale, and below it its blocks in address order. */
export function planSvg({ free, allocations, holdings, changes }: PlanResult): string {
  const maps = addressMaps(free, allocations, holdings, changes);
  let y = MARGIN + LEGEND_HEIGHT;
  const parts: string[] = [];
  for (const map of maps) {
    parts.push(supernetSvg(map, y));
    y += heightOf(map) + GAP;
  }
  if (maps.length === 0) {
    parts.push(text(0, y, 'muted', 'the fleet has no supernets'));
    y += GAP;
  }
  const height = y - GAP + MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Address map">`,
    `<title>Address map</title>`,
    `<style>${STYLE}\n</style>`,
    `<rect class="paper" width="${WIDTH}" height="${height}"/>`,
    legend(),
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

function heightOf(map: AddressMap): number {
  const { blocks, hidden } = shownBlocks(map);
  return TITLE_HEIGHT + STRIP_HEIGHT + TICKS_HEIGHT + (blocks.length + (hidden > 0 ? 1 : 0)) * ROW_HEIGHT;
}

const LEGEND: readonly BlockUse[] = ['pods', 'services', 'loadBalancers', 'nodes', 'reservation', 'free'];

function legend(): string {
  return LEGEND.map((use, index) => {
    const x = index * (INNER / LEGEND.length);
    return swatch(x, MARGIN - 8, use) + text(x + 20, MARGIN + 3, '', USE_NAMES[use]);
  }).join('\n');
}

function supernetSvg(map: AddressMap, top: number): string {
  const { supernet, utilisation } = map;
  const strip = top + TITLE_HEIGHT;
  const rows = strip + STRIP_HEIGHT + TICKS_HEIGHT;
  const { blocks, hidden } = shownBlocks(map);
  const prefix = prefixOf(supernet);
  const longest = Math.max(prefix, ...blocks.map(({ cidr }) => prefixOf(cidr)));
  const frame = `x="${MARGIN}" y="${strip}" width="${INNER}" height="${STRIP_HEIGHT}" rx="3"`;
  return [
    text(0, top + 16, 'title mono', supernet),
    text(INNER, top + 16, 'muted', `${percent(utilisation)} in use`, 'end'),
    `<rect class="track" ${frame}/>`,
    // Those that others may lie in come first, so that what is inside is seen.
    ...map.blocks.filter(isOuter).map((block) => stripBlock(block, strip, 0)),
    ...map.blocks
      .filter((block) => !isOuter(block) && block.use !== 'free')
      .map((block) => stripBlock(block, strip, 5)),
    `<rect class="frame" ${frame}/>`,
    ...ticks(prefix, strip + STRIP_HEIGHT),
    ...blocks.map((block, index) => row(block, rows + index * ROW_HEIGHT, prefix, longest)),
    ...(hidden > 0 ? [text(COLUMNS.cidr, rows + blocks.length * ROW_HEIGHT + 15, 'muted', `and ${hidden} more`)] : []),
  ].join('\n');
}

function isOuter({ use }: MapBlock): boolean {
  return use === 'nodes' || use === 'reservation';
}

function stripBlock({ start, share, use, cidr, owner }: MapBlock, y: number, inset: number): string {
  const width = Math.max(share * INNER, HAIR);
  const x = MARGIN + Math.min(start * INNER, INNER - width);
  const title = `<title>${escapeXml(`${cidr} ${owner}`)}</title>`;
  return `<rect x="${round(x)}" y="${y + inset}" width="${round(width)}" height="${STRIP_HEIGHT - 2 * inset}" fill="${USE_COLORS[use]}">${title}</rect>`;
}

const EIGHTHS = [0, 1, 2, 3, 4, 5, 6, 7, 8];

function ticks(prefix: number, y: number): string[] {
  const labels = new Map([
    [2, `¼: /${prefix + 2}`],
    [4, `½: /${prefix + 1}`],
    [6, `¾`],
  ]);
  return EIGHTHS.map((eighth) => {
    const x = round((eighth / 8) * INNER);
    const label = labels.get(eighth);
    const mark = `<line class="tick" x1="${MARGIN + x}" y1="${y}" x2="${MARGIN + x}" y2="${y + 4}"/>`;
    return label === undefined ? mark : mark + text(x, y + 16, 'muted', label, 'middle');
  });
}

/** A bar is a step longer for each bit that its prefix is shorter, so that a /28 beside a /9 is still a bar. */
function row({ cidr, use, owner, change }: MapBlock, y: number, supernetPrefix: number, longest: number): string {
  const baseline = y + 15;
  const width = ((longest - prefixOf(cidr) + 1) / (longest - supernetPrefix + 1)) * BAR_WIDTH;
  const bar = (length: number, attribute: string): string =>
    `<rect x="${MARGIN + COLUMNS.bar}" y="${y + 6}" width="${round(length)}" height="10" rx="2" ${attribute}/>`;
  const name = use === 'free' ? 'free' : use === 'reservation' ? `reserved for ${owner}` : owner;
  return [
    swatch(COLUMNS.swatch, y + 4, use),
    text(COLUMNS.cidr, baseline, 'mono', cidr),
    text(COLUMNS.owner, baseline, use === 'free' ? 'muted' : '', shortened(name)),
    bar(BAR_WIDTH, 'class="track"'),
    bar(width, use === 'free' ? 'class="gap"' : `fill="${USE_COLORS[use]}"`),
    text(COLUMNS.size, baseline, 'muted', sizeText(cidr)),
    ...(change === null ? [] : [text(INNER, baseline, 'mark', change, 'end')]),
  ].join('');
}

function swatch(x: number, y: number, use: BlockUse): string {
  const paint = use === 'free' ? 'class="gap"' : `fill="${USE_COLORS[use]}"`;
  return `<rect x="${round(MARGIN + x)}" y="${y}" width="13" height="13" rx="3" ${paint}/>`;
}

function text(
  x: number,
  y: number,
  classes: string,
  content: string,
  anchor: 'start' | 'middle' | 'end' = 'start',
): string {
  const attributes = [
    ...(classes === '' ? [] : [`class="${classes}"`]),
    `x="${round(MARGIN + x)}" y="${y}"`,
    ...(anchor === 'start' ? [] : [`text-anchor="${anchor}"`]),
  ];
  return `<text ${attributes.join(' ')}>${escapeXml(content)}</text>`;
}

const LONGEST_NAME = 36;

/** What is longer would run into the bar; the table has the whole name. */
function shortened(name: string): string {
  const characters = Array.from(name);
  return characters.length <= LONGEST_NAME ? name : `${characters.slice(0, LONGEST_NAME - 1).join('')}…`;
}

function prefixOf(cidr: string): number {
  return Number(cidr.slice(cidr.indexOf('/') + 1));
}

function percent(part: number): string {
  return part > 0 && part < 0.0001 ? '<0.01%' : `${(part * 100).toFixed(2)}%`;
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}
