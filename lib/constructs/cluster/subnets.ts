import { addressBits, cidrAt, formatCidr, hostBits, parseCidr } from '../../address';

/** Parts of a CIDR: a part of the cluster CIDR for each zone, say. */
export class Subnets {
  /**
   * Cuts a CIDR into equal parts, as large as possible, in order of their addresses: a `/16` into three `/18`, of which
   * there would be room for a fourth. A part stays where it is when the count grows up to the next power of two.
   *
   * @param cidr such as `10.2.0.0/16`
   * @param count how many parts, at least 1
   * @throws if the text is no CIDR, or the CIDR has fewer addresses than parts are asked for
   */
  public static split(cidr: string, count: number): string[] {
    const whole = parseCidr(cidr);
    if (!Number.isSafeInteger(count) || count < 1) {
      throw new RangeError(`${cidr} cannot be cut into ${count} parts: give a whole number, at least 1`);
    }
    const partHostBits = hostBits(whole) - Math.ceil(Math.log2(count));
    if (partHostBits < 0) {
      throw new RangeError(
        `${cidr} cannot be cut into ${count} parts: it has room for ${2n ** BigInt(hostBits(whole))} at most`,
      );
    }
    const prefix = addressBits(whole.family) - partHostBits;
    return Array.from({ length: count }, (_, index) =>
      formatCidr(cidrAt(whole.family, whole.base + (BigInt(index) << BigInt(partHostBits)), prefix)),
    );
  }
}
