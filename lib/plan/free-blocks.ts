/**
 * The free blocks of an address family by order: a block of order k has 2^k addresses and starts at a multiple of 2^k. Each list is
 * sorted by its first address.
 */
export type BlocksByOrder = readonly (readonly bigint[])[];

/**
 * Free blocks that are being handed out.
 *
 * Best fit splits a block only where every smaller sufficient order has run out, so that of the blocks made by splitting there is never
 * more than one of an order. Handing out therefore needs no search and starting anew needs no copy of the blocks.
 */
export interface FreeBlocks {
  readonly initial: BlocksByOrder;
  /** By order: how many of the initial blocks are gone. */
  readonly taken: number[];
  /** By order: the block left over from a split. */
  readonly leftover: (bigint | null)[];
}

export function freeBlocks(initial: BlocksByOrder): FreeBlocks {
  return {
    initial,
    taken: new Array<number>(initial.length).fill(0),
    leftover: new Array<bigint | null>(initial.length).fill(null),
  };
}

/** Takes a block of the order out of the smallest free block that holds it, the lowest of these, and of that its lowest part. Null if none does. */
export function takeBlock(free: FreeBlocks, order: number): bigint | null {
  const from = smallestSufficient(free, order);
  if (from === null) return null;
  const base = nextBlock(free, from);
  if (free.taken[from] < free.initial[from].length) free.taken[from]++;
  else free.leftover[from] = null;
  for (let split = from - 1; split >= order; split--) free.leftover[split] = base + (1n << BigInt(split));
  return base;
}

function smallestSufficient(free: FreeBlocks, order: number): number | null {
  for (let from = order; from < free.initial.length; from++) {
    if (free.taken[from] < free.initial[from].length || free.leftover[from] !== null) return from;
  }
  return null;
}

/** Left over from a split there is only what the initial blocks have run out of. */
function nextBlock(free: FreeBlocks, order: number): bigint {
  if (free.taken[order] < free.initial[order].length) return free.initial[order][free.taken[order]];
  const leftover = free.leftover[order];
  if (leftover === null) throw new Error(`invariant: no free block of order ${order}`);
  return leftover;
}
