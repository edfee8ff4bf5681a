import type { AddressMap, MapBlock } from '../plan';

/** A supernet may have thousands of blocks; a person reads these. */
const MOST_USED = 60;
/** The largest free blocks say most about what still fits. */
const MOST_FREE = 8;

/** The blocks that a picture shows, in address order: what is used, and the largest free ones. */
export function shownBlocks({ blocks }: AddressMap): { readonly blocks: readonly MapBlock[]; readonly hidden: number } {
  const used = blocks.filter(({ use }) => use !== 'free').slice(0, MOST_USED);
  const free = blocks
    .filter(({ use }) => use === 'free')
    .toSorted((a, b) => b.share - a.share || a.start - b.start)
    .slice(0, MOST_FREE);
  const shown = new Set([...used, ...free]);
  return { blocks: blocks.filter((block) => shown.has(block)), hidden: blocks.length - shown.size };
}

/** `512 addresses`, `2^17 addresses`. */
export function sizeText(cidr: string): string {
  const bits = (cidr.includes(':') ? 128 : 32) - Number(cidr.slice(cidr.indexOf('/') + 1));
  if (bits === 0) return '1 address';
  return bits <= 12 ? `${2 ** bits} addresses` : `2^${bits} addresses`;
}
