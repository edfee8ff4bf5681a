import { addressBits, cidrAt, formatCidr, type AddressRange, type IpFamily } from '../address';
import { finding, type Finding, type Related } from '../finding/finding';
import type { SizedClaim } from './claims';
import type { BlocksByOrder } from './free-blocks';
import type { OpenClaim, Shortage } from './place';
import { describeClaim, type RangeClaim } from './range-conflicts';
import { NO_SPACE } from './rules';

/**
 * A finding for each claim that has no place, with the proof: at the order of the claim, those of its order and above need more than the
 * free blocks of its order and above hold. The claims are placed from the largest down, so that when one finds nothing, all free blocks
 * of its order and above are used up by claims that are as large or larger.
 *
 * @param holders what takes the rest of the supernets, the largest first
 */
export function noSpaceFindings(
  family: IpFamily,
  shortage: Shortage,
  claimOf: (open: OpenClaim) => SizedClaim,
  holders: Iterable<RangeClaim>,
): Finding[] {
  const bits = addressBits(family);
  const proofs = new Map<number, string>();
  const related = largestHolders(holders);
  return shortage.unplaced.map((open) => {
    const proof = proofs.get(open.prefix) ?? proofAt(family, bits - open.prefix, shortage);
    proofs.set(open.prefix, proof);
    const claim = claimOf(open);
    return finding(NO_SPACE, {
      message: `no room for ${claim.key}, a /${claim.prefix} (${claim.reason}): ${proof}`,
      help: `ask for less, give up a reservation, or add an ${family} supernet`,
      specPath: claim.specPath,
      related,
    });
  });
}

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
export function compareHolders(a: RangeClaim, b: RangeClaim): number {
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
