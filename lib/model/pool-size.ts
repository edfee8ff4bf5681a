import { addressSet, type AddressRange, IP_FAMILIES, type IpAddress, type IpFamily, setSize } from '../address';
import { at, list, member } from './json';
import type { LoadBalancerPool } from './load-balancer-pool';

/** Each of thousands of Services asks the same pools. */
const SIZES = new WeakMap<LoadBalancerPool, Partial<Record<IpFamily, { readonly size: bigint | undefined }>>>();

/** How many addresses of the family the pool can give away. Undefined where some of its blocks cannot be read. */
export function poolSize(pool: LoadBalancerPool, family: IpFamily): bigint | undefined {
  const known = SIZES.get(pool)?.[family] ?? { size: countAddresses(pool, family) };
  SIZES.set(pool, { ...SIZES.get(pool), [family]: known });
  return known.size;
}

function countAddresses(pool: LoadBalancerPool, family: IpFamily): bigint | undefined {
  const { object, blocks, implementation } = pool;
  const written = ['addresses', 'blocks', 'cidrs'].reduce(
    (sum, field) => sum + list(at(object.manifest, 'spec', field)).length,
    0,
  );
  if (implementation !== 'Calico' && written !== blocks.length) return undefined;
  const set = addressSet(blocks.map(({ range }) => range));
  const kept = family === 'IPv4' && member(member(object.manifest, 'spec'), 'avoidBuggyIPs') === true;
  const withheld = kept ? set.ranges.reduce((sum, range) => sum + endingIn0Or255(range), 0n) : 0n;
  return setSize(set, family) - withheld - firstsAndLasts(pool, family);
}

export function poolFamilies(pool: LoadBalancerPool): readonly IpFamily[] {
  return IP_FAMILIES.filter((family) => poolSize(pool, family) !== 0n);
}

/** Whether the pool has the address and gives it to nobody. */
export function isWithheld({ object, blocks, implementation }: LoadBalancerPool, address: IpAddress): boolean {
  if (implementation === 'MetalLB') {
    const end = address.value % 256n;
    const keeps = at(object.manifest, 'spec', 'avoidBuggyIPs') === true;
    return keeps && address.family === 'IPv4' && (end === 0n || end === 255n);
  }
  if (implementation !== 'Cilium' || at(object.manifest, 'spec', 'allowFirstLastIPs') !== 'No') return false;
  return blocks.some(
    ({ range, text }) =>
      range.family === address.family &&
      text.includes('/') &&
      range.last - range.first > 1n &&
      (range.first === address.value || range.last === address.value),
  );
}

/** MetalLB keeps the addresses that end in .0 and .255 with `avoidBuggyIPs` (internal/allocator, `poolCount`). */
function endingIn0Or255({ family, first, last }: AddressRange): bigint {
  if (family !== 'IPv4') return 0n;
  const multiplesUpTo = (value: bigint): bigint => value / 256n;
  return multiplesUpTo(last) - multiplesUpTo(first + 255n) + 1n + multiplesUpTo(last + 1n) - multiplesUpTo(first);
}

/** Cilium keeps the ends of each CIDR with `allowFirstLastIPs: No`, unless they are all that there is. */
function firstsAndLasts({ object, blocks, implementation }: LoadBalancerPool, family: IpFamily): bigint {
  if (implementation !== 'Cilium' || at(object.manifest, 'spec', 'allowFirstLastIPs') !== 'No') return 0n;
  const cidrs = blocks.filter(
    ({ range, text }) => range.family === family && text.includes('/') && range.last - range.first > 1n,
  );
  return BigInt(cidrs.length * 2);
}
