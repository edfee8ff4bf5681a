import { createColors } from 'picocolors';

export type Palette = ReturnType<typeof createColors>;

export const PLAIN: Palette = createColors(false);

/** Colours for a terminal; `NO_COLOR` and `FORCE_COLOR` overrule (no-color.org, force-color.org), a flag overrules those. */
export function paletteFor(stream: { readonly isTTY?: boolean }, flag: boolean | undefined): Palette {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
  if (flag === false) return PLAIN;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return PLAIN;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return createColors(FORCE_COLOR !== '0');
  return createColors(stream.isTTY === true && TERM !== 'dumb');
}
