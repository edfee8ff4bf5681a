import { AddressError, formatCidr, parseAddress, parseCidr, parseRange } from '../address';
import { readMaskedCidr } from '../model';

/** Why a value is not what it has to be, and what to write instead. */
export interface AddressProblem {
  readonly reason: string;
  readonly help: string;
}

export function addressProblem(value: unknown): AddressProblem | undefined {
  return problemOf(parseAddress, value);
}

export function cidrProblem(value: unknown): AddressProblem | undefined {
  return problemOf(parseCidr, value);
}

/** The network of a CIDR that has host bits set. */
export function maskedText(value: unknown): string | undefined {
  const cidr = typeof value === 'string' ? readMaskedCidr(value) : undefined;
  return cidr && formatCidr(cidr);
}

export function rangeProblem(value: unknown): AddressProblem | undefined {
  return problemOf(parseRange, value);
}

/** Anything but a text is refused by the parsers too, which say what it is. */
function problemOf(parse: (text: string) => unknown, value: unknown): AddressProblem | undefined {
  try {
    parse(value as string);
    return undefined;
  } catch (error) {
    if (error instanceof AddressError) return { reason: error.reason, help: error.help };
    throw error;
  }
}
