import { distance } from 'fastest-levenshtein';
import { compareText } from '../finding/finding';

/** The known word that the text most likely stands for, or null if none is near. */
export function nearestWord(text: string, words: readonly string[]): string | null {
  const limit = Math.max(1, Math.floor(text.length / 3));
  const near = words
    .map((word) => ({ word, edits: distance(text.toLowerCase(), word.toLowerCase()) }))
    .filter(({ edits }) => edits <= limit)
    .sort((a, b) => a.edits - b.edits || compareText(a.word, b.word));
  return near.length === 0 ? null : near[0].word;
}
