import { addressSet, type AddressSet, difference, formatCidr, setToCidrs } from '../address';
import type { LoadBalancerPool } from '../model';

/** The addresses of the pool that none of the others of its implementation gives any more. */
export function lostAddresses(pool: LoadBalancerPool, left: readonly LoadBalancerPool[]): AddressSet {
  const own = left.filter(({ implementation, disabled }) => implementation === pool.implementation && !disabled);
  return difference(rangesOf([pool]), rangesOf(own));
}

function rangesOf(pools: readonly LoadBalancerPool[]): AddressSet {
  return addressSet(pools.flatMap(({ blocks }) => blocks.map(({ range }) => range)));
}

const SHOWN = 4;

/** The first CIDRs, and how many more there are. */
export function rangesText(set: AddressSet): string {
  const cidrs = setToCidrs(set).map(formatCidr);
  const shown = cidrs.slice(0, SHOWN).join(', ');
  return cidrs.length > SHOWN ? `${shown} and ${cidrs.length - SHOWN} more` : shown;
}
