import { AddressError, type Cidr, type IpAddress, parseAddress, parseCidr } from '../../address';
import type { Problem } from '../../finding/problem';

/** A value of the user as it can stand in a message. */
export function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

/** A whole number in these limits, or a problem. */
export function integerProblems(field: string, value: number, least: number, most: number): Problem[] {
  if (Number.isInteger(value) && value >= least && value <= most) return [];
  return [
    {
      message: `${field} is ${shown(value)}, which is not a whole number from ${least} to ${most}`,
      help: `set ${field} to a whole number from ${least} to ${most}`,
    },
  ];
}

export function portProblems(field: string, value: number): Problem[] {
  return integerProblems(field, value, 1, 65535);
}

/** A text that was read, or why it could not be. */
export interface Reading<T> {
  readonly value?: T;
  readonly problems: readonly Problem[];
}

export function readAddress(field: string, text: string): Reading<IpAddress> {
  return reading(field, text, parseAddress);
}

export function readCidr(field: string, text: string): Reading<Cidr> {
  return reading(field, text, parseCidr);
}

function reading<T>(field: string, text: string, parse: (text: string) => T): Reading<T> {
  try {
    return { value: parse(text), problems: [] };
  } catch (error) {
    if (!(error instanceof AddressError)) throw error;
    return { problems: [{ message: `${field}: ${error.reason}`, help: error.help }] };
  }
}

/** The values that stand more than once, each once, in the order of their second appearance. */
export function repeated<T>(values: Iterable<T>): T[] {
  const seen = new Set<T>();
  const twice = new Set<T>();
  for (const value of values) {
    if (seen.has(value)) twice.add(value);
    seen.add(value);
  }
  return [...twice];
}
