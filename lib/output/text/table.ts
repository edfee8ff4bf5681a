import { textWidth } from './text-width';
import { wrapText, wrapWords } from './wrap';

const GAP = '  ';

export interface TableLayout {
  /** The indexes of columns that are aligned to the right. @default - none */
  readonly right?: readonly number[];
  /** How wide a row may be. @default - as wide as its cells */
  readonly width?: number;
}

/** A column of prose is not squeezed below this: it gets lines of its own. */
const NARROWEST_PROSE = 20;
const INDENT = '    ';

/**
 * Columns without lines between them. Where a row is too wide, cells are broken between their words; where that leaves no room for the last
 * column, it stands below its row.
 */
export function tableText(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { right = [], width = Infinity }: TableLayout = {},
): string {
  const lines = head.length === 0 ? rows : [head, ...rows];
  const natural = columnWidths(lines, textWidth);
  const widths = fittingWidths(natural, lines, width);
  const last = widths.length - 1;
  const isSqueezed = widths[last] < Math.min(natural[last], NARROWEST_PROSE) || rowWidth(widths) > width;
  if (last > 0 && isSqueezed) {
    const table = { right, width };
    const upper = rowTexts(
      lines.map((cells) => cells.slice(0, last)),
      table,
    );
    return lines
      .flatMap((cells, index) => [upper[index], ...(cells[last] ? [wrapText(INDENT + cells[last], width)] : [])])
      .join('\n');
  }
  return rowTexts(lines, { right, width }).join('\n');
}

function rowTexts(lines: readonly (readonly string[])[], { right, width }: Required<TableLayout>): readonly string[] {
  const widths = fittingWidths(columnWidths(lines, textWidth), lines, width);
  const padded = (cell: string, column: number): string => {
    const room = ' '.repeat(Math.max(0, widths[column] - textWidth(cell)));
    return right.includes(column) ? room + cell : cell + room;
  };
  return lines.map((cells) => {
    const wrapped = cells.map((cell, column) =>
      textWidth(cell) > widths[column] ? wrapWords(cell, widths[column]) : [cell],
    );
    const height = Math.max(1, ...wrapped.map((parts) => parts.length));
    return Array.from({ length: height }, (_, index) =>
      wrapped
        .map((parts, column) => padded(parts[index] ?? '', column))
        .join(GAP)
        .trimEnd(),
    ).join('\n');
  });
}

function columnWidths(lines: readonly (readonly string[])[], widthOf: (cell: string) => number): readonly number[] {
  const widths: number[] = [];
  for (const cells of lines) {
    for (const [column, cell] of cells.entries()) widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
  }
  return widths;
}

function rowWidth(widths: readonly number[]): number {
  return widths.reduce((sum, own) => sum + own, GAP.length * (widths.length - 1));
}

/** The widest columns give way first, equal ones together, and none below its longest word. */
function fittingWidths(
  natural: readonly number[],
  lines: readonly (readonly string[])[],
  width: number,
): readonly number[] {
  let excess = rowWidth(natural) - width;
  if (excess <= 0) return natural;
  const widths = [...natural];
  const words = columnWidths(lines, (cell) => Math.max(...cell.split(' ').map(textWidth)));
  while (excess > 0) {
    const able = [...widths.keys()].filter((column) => widths[column] > words[column]);
    if (able.length === 0) break;
    const widest = able.reduce((best, column) => (widths[column] > widths[best] ? column : best));
    widths[widest]--;
    excess--;
  }
  return widths;
}
