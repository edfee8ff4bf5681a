import { AddressError } from '../../lib/address';

/** The message with which `parse` refuses the value. */
export function refusal(parse: (text: string) => unknown, value: unknown): string {
  try {
    // Callers from JavaScript and YAML readers pass what the type does not allow.
    parse(value as string);
  } catch (error) {
    if (error instanceof AddressError) return error.message;
    throw error;
  }
  throw new Error(`${String(value)} was accepted`);
}
