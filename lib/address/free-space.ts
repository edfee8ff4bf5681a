import { rangeOfCidr } from './address-range';
import { addressSet, difference, setToCidrs } from './address-set';
import type { Cidr } from './cidr';

/**
 * The largest free blocks of `outer` minus `taken`: disjoint, in order, and none could be doubled without leaving the free space. Both lists
 * may overlap in themselves and come in any order. Adjacent blocks of `outer` count as one space: ask for each alone where a
 * free block may not cross from one to the next.
 */
export function freeCidrs(outer: readonly Cidr[], taken: readonly Cidr[]): Cidr[] {
  return setToCidrs(difference(addressSet(outer.map(rangeOfCidr)), addressSet(taken.map(rangeOfCidr))));
}
