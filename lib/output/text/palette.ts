import { createColors } from 'picocolors';

export type Palette = ReturnType<typeof createColors>;

export const PLAIN: Palette = createColors(false);

export const COLOR_CHOICES = ['auto', 'always', 'never'] as const;
export type ColorChoice = (typeof COLOR_CHOICES)[number];

/**
 * Colours for a terminal. An option overrules the environment, and there `NO_COLOR` comes before what forces colours (no-color.org, force-color.org,
 * bixense.com/clicolors).
 */
export function paletteFor(stream: { readonly isTTY?: boolean }, choice: ColorChoice): Palette {
  if (choice !== 'auto') return createColors(choice === 'always');
  const { NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR, TERM } = process.env;
  if (isSet(NO_COLOR)) return PLAIN;
  if (isSet(FORCE_COLOR)) return createColors(FORCE_COLOR !== '0');
  if (isSet(CLICOLOR_FORCE) && CLICOLOR_FORCE !== '0') return createColors(true);
  return createColors(stream.isTTY === true && TERM !== 'dumb' && CLICOLOR !== '0');
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
