import { createColors } from 'picocolors';
import { supportsLinks } from './terminal-links';

/** Colours and room of what a text is written to. */
export interface Palette extends ReturnType<typeof createColors> {
  /** In columns of a terminal; infinite where lines are not broken. */
  readonly width: number;
  /** Whether a text can be a link. */
  readonly hasLinks: boolean;
}

export const PLAIN: Palette = { ...createColors(false), width: Infinity, hasLinks: false };

export const COLOR_CHOICES = ['auto', 'always', 'never'] as const;
export type ColorChoice = (typeof COLOR_CHOICES)[number];

export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** As a stream and the environment have it. */
export function paletteFor(stream: OutputStream, choice: ColorChoice): Palette {
  return { ...colorsFor(stream, choice), width: widthOf(stream), hasLinks: supportsLinks(stream) };
}

/**
 * Colours for a terminal. An option overrules the environment, and there `NO_COLOR` comes before what forces colours (no-color.org, force-color.org,
 * bixense.com/clicolors).
 */
function colorsFor(stream: OutputStream, choice: ColorChoice): ReturnType<typeof createColors> {
  if (choice !== 'auto') return createColors(choice === 'always');
  const { NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR, TERM } = process.env;
  if (isSet(NO_COLOR)) return createColors(false);
  if (isSet(FORCE_COLOR)) return createColors(FORCE_COLOR !== '0');
  if (isSet(CLICOLOR_FORCE) && CLICOLOR_FORCE !== '0') return createColors(true);
  return createColors(stream.isTTY === true && TERM !== 'dumb' && CLICOLOR !== '0');
}

/** No text fits a narrower one. */
const NARROWEST = 40;
/** Of a terminal that does not tell. */
const USUAL = 80;

/**
 * `COLUMNS` as everywhere (POSIX, environment variables), else what the terminal says. What goes to a file or to another program is broken by
 * whoever shows it: a line is what `grep` finds.
 */
export function widthOf(stream: OutputStream): number {
  const stated = Number(process.env.COLUMNS);
  if (Number.isInteger(stated) && stated > 0) return Math.max(NARROWEST, stated);
  if (stream.isTTY !== true) return Infinity;
  return Math.max(NARROWEST, stream.columns ?? USUAL);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
