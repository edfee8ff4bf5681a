import { addressBits, cidrAt, formatCidr, rangeOfCidr, type AddressRange, type IpFamily } from '../address';
import { finding, type Finding, type Related } from '../finding/finding';
import type { BlocksByOrder } from './free-blocks';
import { UNUSABLE_HOLDINGS, type Holding } from './holdings';
import type { Layout } from './layout';
import { compete, type Shortage } from './place';
import { describeClaim, type RangeClaim } from './range-conflicts';
import { indexRanges, overlapsAny } from './range-index';
import { NO_SPACE } from './rules';
import { supernetThatHolds } from './what-would-fit';

/**
 * A finding for each claim that has no place, with the proof: at the order of the claim, those of its order and above need more than the
 * free blocks of its order and above hold. The claims are placed from the largest down, so that when one finds nothing, all free blocks
 * of its order and above are used up by claims that are as large or larger.
 *
 * @param changes of the cluster's own sizes with which the claim fits, by its key
 */
export function noSpaceFindings(layout: Layout, changes: ReadonlyMap<string, readonly string[]>): Finding[] {
  const claimOf = new Map(layout.claims.map((claim) => [claim.key, claim]));
  return layout.shortages.flatMap(({ family, shortage }) => {
    const bits = addressBits(family);
    const proofs = new Map<number, string>();
    const holders = holdersIn(family, layout);
    const related = largestHolders(competingHolders(holders, shortage));
    const supernet = `add an ${family} supernet of /${supernetThatHolds(family, layout)} or larger`;
    return shortage.unplaced.flatMap(({ key, prefix }) => {
      const claim = claimOf.get(key);
      if (claim === undefined) return [];
      const proof = proofs.get(prefix) ?? proofAt(family, bits - prefix, shortage);
      proofs.set(prefix, proof);
      const own = changes.get(key) ?? [];
      return finding(NO_SPACE, {
        message: `no room for ${key}, a /${prefix} (${claim.reason}): ${proof}${shortage.unproven === true ? UNPROVEN : ''}`,
        help: [
          ...(shortage.unproven === true ? [PIN] : []),
          ...(own.length === 0 ? ['ask for less'] : own),
          ...(holders.some(({ claim }) => claim.role === 'reservation' && claim.specPath !== undefined)
            ? ['give up a reservation']
            : []),
          supernet,
        ].join('; or '),
        specPath: claim.specPath,
        related,
      });
    });
  });
}

/** What takes space in the supernets of the family, the largest first. */
function holdersIn(family: IpFamily, { standing, supernets }: Layout): Holding[] {
  const inside = indexRanges(supernets, rangeOfCidr);
  return [...UNUSABLE_HOLDINGS, ...standing]
    .filter(({ claim }) => claim.range.family === family && overlapsAny(inside, claim.range))
    .sort((a, b) => compareHolders(a.claim, b.claim));
}

/** Lazily, because only the first few are looked at. */
function* competingHolders(holders: readonly Holding[], shortage: Shortage): Generator<RangeClaim> {
  const arenas = [...new Set(shortage.unplaced.map(({ arena }) => arena))];
  for (const { arena, claim } of holders) if (arenas.some((other) => compete(other, arena))) yield claim;
}

const UNPROVEN = '; not every place of the ranges that compete with it was tried';
const PIN = 'pin the ranges that are routed (loadBalancerCidrs, podCidrs) where they leave larger blocks free';

const MOST_BLOCKS = 8;
const MOST_HOLDERS = 5;

function proofAt(family: IpFamily, order: number, { competing, supply }: Shortage): string {
  const bits = addressBits(family);
  const unit = `/${bits - order}`;
  const larger = competing.filter(({ prefix }) => bits - prefix >= order);
  const needed = larger.reduce((sum, { prefix }) => sum + blocksOf(bits - prefix, order), 0n);
  const free = blocksFrom(supply, order);
  const held = free.reduce((sum, block) => sum + blocksOf(block.order, order), 0n);
  const needs = `needs ${inWords(needed)} ${unit}${larger.length > 1 ? ` in all (${listed(larger.map(({ key, prefix }) => `${key} /${prefix}`))})` : ''}`;
  if (free.length === 0) return `${needs}; no free block is ${unit} or larger`;
  const blocks = listed(free.map((block) => formatCidr(cidrAt(family, block.base, bits - block.order))));
  const holds = held === BigInt(free.length) ? '' : ` and ${free.length === 1 ? 'holds' : 'hold'} ${inWords(held)}`;
  return `${needs}; ${inWords(BigInt(free.length))} free ${free.length === 1 ? 'block is' : 'blocks are'} ${unit} or larger${holds}: ${blocks}`;
}

/** How many blocks of one order a block of a higher order is made of. */
function blocksOf(order: number, unit: number): bigint {
  return 1n << BigInt(order - unit);
}

function blocksFrom(supply: BlocksByOrder, least: number): { base: bigint; order: number }[] {
  return supply
    .flatMap((bases, order) => (order < least ? [] : bases.map((base) => ({ base, order }))))
    .sort((a, b) => (a.base < b.base ? -1 : 1));
}

function largestHolders(holders: Iterable<RangeClaim>): Related[] {
  const related: Related[] = [];
  for (const holder of holders) {
    if (related.length === MOST_HOLDERS) {
      related.push({ message: 'and smaller ranges', object: null, origin: null });
      break;
    }
    const party = { message: `held by ${describeClaim(holder)}`, object: null, origin: null };
    related.push(holder.specPath === undefined ? party : { ...party, specPath: holder.specPath });
  }
  return related;
}

/** The largest first; of the same size by address. */
function compareHolders(a: RangeClaim, b: RangeClaim): number {
  const [sizeA, sizeB] = [sizeOf(a.range), sizeOf(b.range)];
  if (sizeA !== sizeB) return sizeA > sizeB ? -1 : 1;
  return a.range.first < b.range.first ? -1 : a.range.first > b.range.first ? 1 : 0;
}

function sizeOf({ first, last }: AddressRange): bigint {
  return last - first;
}

function listed(texts: readonly string[]): string {
  const more = texts.length - MOST_BLOCKS;
  return more > 0 ? `${texts.slice(0, MOST_BLOCKS).join(', ')} and ${more} more` : texts.join(', ');
}

const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

function inWords(count: bigint): string {
  return count < WORDS.length ? WORDS[Number(count)] : String(count);
}
