/** The two families of the Internet Protocol, spelled as Kubernetes spells them (`spec.ipFamilies` of a Service). */
export type IpFamily = 'IPv4' | 'IPv6';

/** Both families, in the one order in which addresses are sorted. */
export const IP_FAMILIES: readonly IpFamily[] = ['IPv4', 'IPv6'];

/** The length of an address in bits. */
export function addressBits(family: IpFamily): 32 | 128 {
  return family === 'IPv4' ? 32 : 128;
}

/** How many addresses the family has. */
export function spaceSize(family: IpFamily): bigint {
  return family === 'IPv4' ? IPV4_SPACE : IPV6_SPACE;
}

/** IPv4 before IPv6. */
export function compareFamilies(a: IpFamily, b: IpFamily): number {
  return a === b ? 0 : a === 'IPv4' ? -1 : 1;
}

export function compareBigints(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const IPV4_SPACE = 1n << 32n;
const IPV6_SPACE = 1n << 128n;
