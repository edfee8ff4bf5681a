import { visible } from '../text/visible';

/** What GitHub and GitLab make a link of after Markdown is done, so that no backslash helps: addresses, people, issues, merge requests, labels. */
const REFERENCE = /:(?=\/\/)|www(?=\.)|[@#!&~%$](?=["\w])|GH(?=-\d)/gi;

/** Parts a word in two, and is not seen. */
const ZERO_WIDTH_SPACE = '\u200b';

/** Text from outside, for a table cell: it can neither format nor link nor leave the cell nor call anybody. */
export function inline(text: string): string {
  return visible(text)
    .replace(REFERENCE, `$&${ZERO_WIDTH_SPACE}`)
    .replace(/[\\`*_{}[\]<>()#+!|~&]/g, '\\$&');
}

/** Lines that nothing in them can end. */
export function codeBlock(language: string, lines: readonly string[]): string[] {
  const longest = lines
    .flatMap((line) => line.match(/`+/g) ?? [])
    .reduce((most, { length }) => Math.max(most, length), 2);
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence];
}
