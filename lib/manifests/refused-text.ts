import { EVENT_ID, SCALAR_STYLE } from 'js-yaml';
import { tabBeforeLine } from './lenient-text';
import { controlProblem, escapeProblem, type SyntaxProblem, tabProblem } from './syntax-problem';
import type { ParsedDocuments } from './yaml-stream';

/** Of the characters that go-yaml refuses wherever they stand, those that js-yaml takes somewhere, as in comments and in quotes. */
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;

/** Half of a character, as JSON writes emoji, and numbers that no character has. */
const BAD_ESCAPE = /(?<!\\)(?:\\\\)*\\(?:u|U0000)[dD][89a-fA-F]|(?<!\\)(?:\\\\)*\\U(?!000|0010)/;

/** What go-yaml, and so kubectl, refuses in a text that the parser takes; undefined if there is nothing. */
export function refusedText(source: string, parsed: ParsedDocuments): SyntaxProblem | undefined {
  const control = source.search(CONTROL);
  if (control >= 0) return controlProblem(control);
  const tab = source.includes('\t') ? tabBeforeLine(source) : -1;
  if (tab >= 0) return tabProblem(tab);
  const escape = BAD_ESCAPE.test(source) ? badEscape(parsed) : undefined;
  return escape === undefined ? undefined : escapeProblem(escape);
}

/** Outside of double quotes a backslash is only a backslash. */
function badEscape({ documents, text, originalOffset }: ParsedDocuments): number | undefined {
  for (const events of documents) {
    for (const event of events) {
      if (event.type !== EVENT_ID.SCALAR || event.style !== SCALAR_STYLE.DOUBLE_QUOTED) continue;
      const found = BAD_ESCAPE.exec(text.slice(event.valueStart, event.valueEnd));
      if (found !== null) return originalOffset(event.valueStart + found.index);
    }
  }
  return undefined;
}
