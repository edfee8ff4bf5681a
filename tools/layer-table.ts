import { markdownTable } from './markdown-table';

/** A row of `eslint/layers.json`. */
export interface Layer {
  readonly folders: readonly string[];
  readonly holds: string;
  readonly pure?: boolean;
}

/** The text with a new table between the first line and the next heading; what is written around the table stays. */
export function withLayerTable(page: string, heading: string, layers: readonly Layer[]): string {
  const lines = page.split('\n');
  const section = lines.indexOf(heading);
  const start = lines.findIndex((line, index) => index > section && line.startsWith('|'));
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  if (section === -1 || start === -1) throw new Error(`there is no table below ${heading}`);
  const rows = layers.map(({ folders, holds, pure = false }) => [
    folders.map((folder) => `\`${folder}\``).join(', '),
    `${holds}${pure ? '. Pure' : ''}`,
  ]);
  return [...lines.slice(0, start), ...markdownTable(['folder', 'what lives there'], rows), ...lines.slice(end)].join(
    '\n',
  );
}
