import { AddressError } from '../address';

/** Reads a text from outside, where a refusal is a value that becomes a finding. */
export function readText<T>(parse: (text: string) => T, text: string): T | AddressError {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof AddressError) return error;
    throw error;
  }
}
