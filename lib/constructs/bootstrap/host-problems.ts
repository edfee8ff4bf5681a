import type { Problem } from '../../finding/problem';
import { isDnsSubdomain } from '../../syntax/name-syntax';
import { readAddress, shown } from '../objects/object-problem';

/** A name, perhaps with a wildcard, or an address, as certificates have them. */
export function hostProblems(field: string, text: string): Problem[] {
  if (/^[\d.]+$/.test(text) || text.includes(':')) return [...readAddress(field, text).problems];
  if (isDnsSubdomain(text.startsWith('*.') ? text.slice(2) : text)) return [];
  return [
    {
      message: `${field} is ${shown(text)}, which is neither an address nor a DNS name`,
      help: 'write a name such as api.example.com, or an IP address',
    },
  ];
}
