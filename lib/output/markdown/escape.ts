import { visible } from '../text/visible';

/** Text from outside, for a table cell: it can neither format nor link nor leave the cell nor call anybody. */
export function inline(text: string): string {
  return visible(text)
    .replace(/[\\`*_{}[\]<>()#+!|~]/g, '\\$&')
    .replaceAll('@', '@\u200b');
}
