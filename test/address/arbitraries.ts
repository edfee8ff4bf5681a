import fc from 'fast-check';
import {
  addressBits,
  addressSet,
  cidrAt,
  IP_FAMILIES,
  type AddressRange,
  type AddressSet,
  type Cidr,
  type IpAddress,
  type IpFamily,
} from '../../lib/address';

export const families = fc.constantFrom(...IP_FAMILIES);

/** Any address; every bit pattern, and those with the long runs of zeros that IPv6 addresses have. */
export const addresses: fc.Arbitrary<IpAddress> = families.chain((family) =>
  valuesOf(family).map((value) => ({ family, value })),
);

/** Any CIDR of any prefix length. */
export const cidrs: fc.Arbitrary<Cidr> = families.chain((family) =>
  fc
    .tuple(valuesOf(family), fc.integer({ min: 0, max: addressBits(family) }))
    .map(([value, prefix]) => alignedCidr(family, value, prefix)),
);

export const WINDOW_SIZE = 32n;

/** The first and the last addresses of each family: where everything meets, and where arithmetic overflows if it can. */
export const WINDOWS: readonly AddressRange[] = IP_FAMILIES.flatMap((family) => {
  const end = 1n << BigInt(addressBits(family));
  return [
    { family, first: 0n, last: WINDOW_SIZE - 1n },
    { family, first: end - WINDOW_SIZE, last: end - 1n },
  ];
});

const offsets = fc.bigInt({ min: 0n, max: WINDOW_SIZE - 1n });

/** A range in one of the windows. */
export const closeRanges: fc.Arbitrary<AddressRange> = fc
  .tuple(fc.constantFrom(...WINDOWS), offsets, offsets)
  .map(([window, a, b]) => ({
    family: window.family,
    first: window.first + (a < b ? a : b),
    last: window.first + (a < b ? b : a),
  }));

/** A CIDR in one of the windows. */
export const closeCidrs: fc.Arbitrary<Cidr> = fc
  .tuple(fc.constantFrom(...WINDOWS), offsets, fc.integer({ min: 0, max: 5 }))
  .map(([window, offset, bits]) =>
    alignedCidr(window.family, window.first + offset, addressBits(window.family) - bits),
  );

/** A set of both families, in the windows or anywhere. */
export const addressSets: fc.Arbitrary<AddressSet> = fc
  .array(fc.oneof({ arbitrary: closeRanges, weight: 9 }, { arbitrary: cidrs.map(rangeOf), weight: 1 }), {
    maxLength: 8,
  })
  .map(addressSet);

/** The addresses of the windows that a list of ranges covers, one by one. */
export function membersOf(ranges: readonly AddressRange[]): string[] {
  return windowAddresses()
    .filter(({ family, value }) =>
      ranges.some((range) => range.family === family && range.first <= value && value <= range.last),
    )
    .map(addressKey);
}

export function windowAddresses(): IpAddress[] {
  return WINDOWS.flatMap(({ family, first }) =>
    Array.from({ length: Number(WINDOW_SIZE) }, (_, offset) => ({ family, value: first + BigInt(offset) })),
  );
}

export function addressKey({ family, value }: IpAddress): string {
  return `${family} ${String(value)}`;
}

/** Checks on every triple that `compare` is a total order in which only what has the same key is equal. */
export function expectTotalOrder<T>(
  values: fc.Arbitrary<T>,
  compare: (a: T, b: T) => number,
  keyOf: (value: T) => string,
): void {
  fc.assert(
    fc.property(values, values, values, (a, b, c) => {
      expect(compare(a, a)).toBe(0);
      expect(compare(a, b) === 0).toBe(keyOf(a) === keyOf(b));
      expect(Math.sign(compare(a, b)) + Math.sign(compare(b, a))).toBe(0);
      const [low, middle, high] = [a, b, c].sort(compare);
      expect([compare(low, middle), compare(middle, high), compare(low, high)].every((order) => order <= 0)).toBe(true);
    }),
  );
}

function valuesOf(family: IpFamily): fc.Arbitrary<bigint> {
  const any = fc.bigInt({ min: 0n, max: (1n << BigInt(addressBits(family))) - 1n });
  if (family === 'IPv4') return any;
  const groups = fc.oneof({ arbitrary: fc.constant(0), weight: 2 }, fc.integer({ min: 0, max: 0xffff }));
  const sparse = fc
    .array(groups, { minLength: 8, maxLength: 8 })
    .map((parts) => parts.reduce((value, part) => (value << 16n) | BigInt(part), 0n));
  return fc.oneof(any, sparse);
}

function alignedCidr(family: IpFamily, value: bigint, prefix: number): Cidr {
  const bits = BigInt(addressBits(family) - prefix);
  return cidrAt(family, (value >> bits) << bits, prefix);
}

function rangeOf({ family, base, prefix }: Cidr): AddressRange {
  return { family, first: base, last: base + (1n << BigInt(addressBits(family) - prefix)) - 1n };
}
