import { visible } from '../text/visible';

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
  ['\n', '&#10;'],
]);

/** Text from outside, for the text of an element or an attribute. XML 1.0 has no way to write control characters and non-characters. */
export function escapeXml(text: string): string {
  return text
    .split('\n')
    .map(visible)
    .join('\n')
    .replace(/[&<>"'\n]/g, (character) => ENTITIES.get(character) ?? '');
}
