import { stripVTControlCharacters } from 'node:util';

/** Of the blocks whose characters take two columns (Unicode Standard Annex 11: wide and fullwidth), and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/gu;
const COMBINING = /\p{M}/gu;
const PLAIN = /^[\x20-\x7e]*$/;

/** How many columns of a terminal a text takes, its colours aside. */
export function textWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  const shown = stripVTControlCharacters(text).replace(COMBINING, '');
  return Array.from(shown).length + (shown.match(WIDE)?.length ?? 0);
}
