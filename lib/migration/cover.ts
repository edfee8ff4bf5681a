import { type Cidr, cidrContains } from '../address';

/** The smallest range of each family that has all of the ranges. */
export function coverOf(cidrs: readonly Cidr[]): Cidr[] {
  const covers: Cidr[] = [];
  for (const family of new Set(cidrs.map((cidr) => cidr.family))) {
    const members = cidrs.filter((cidr) => cidr.family === family);
    let { base, prefix } = members[0];
    for (const member of members) {
      while (!cidrContains({ family, base, prefix }, member)) {
        prefix -= 1;
        const bits = BigInt((family === 'IPv4' ? 32 : 128) - prefix);
        base = (base >> bits) << bits;
      }
    }
    covers.push({ family, base, prefix });
  }
  return covers;
}
