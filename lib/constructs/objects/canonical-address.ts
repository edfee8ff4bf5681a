import { formatAddress, parseAddress } from '../../address';

/** RFC 5952; a text that is no address stays as it is, because the object then has a problem that shows it. */
export function canonicalAddress(text: string): string {
  try {
    return formatAddress(parseAddress(text));
  } catch {
    return text;
  }
}
