import { AddressError, formatCidr, parseAddress, parseCidr, parseRange } from '../address';
import type { Problem } from '../finding/problem';
import { readMaskedCidr } from '../model';

export function addressProblem(value: unknown): Problem | undefined {
  return problemOf(parseAddress, value);
}

export function cidrProblem(value: unknown): Problem | undefined {
  return problemOf(parseCidr, value);
}

/** The network of a CIDR that has host bits set. */
export function maskedText(value: unknown): string | undefined {
  const cidr = typeof value === 'string' ? readMaskedCidr(value) : undefined;
  return cidr && formatCidr(cidr);
}

export function rangeProblem(value: unknown): Problem | undefined {
  return problemOf(parseRange, value);
}

/** Anything but a text is refused by the parsers too, which say what it is. */
function problemOf(parse: (text: string) => unknown, value: unknown): Problem | undefined {
  try {
    parse(value as string);
    return undefined;
  } catch (error) {
    if (error instanceof AddressError) return { message: error.reason, help: error.help };
    throw error;
  }
}
