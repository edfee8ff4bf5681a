/**
 * Controls, formats such as marks of direction, line separators, halves of characters, and what Unicode promises never to be a character: none of
 * them is seen, and some of them drive a terminal, reorder a line or break a format.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Noncharacter_Code_Point}]/gu;

/** What runners of CI jobs take for commands wherever it stands in a line: `##[command]`, `##vso[task.setvariable]`, `##teamcity[…]`. */
const COMMAND_MARK = /##(?=[a-z]*\[)/gi;

/** Text from outside for a line of a terminal or a log: it can neither drive the terminal nor reorder or end the line, nor command the runner. */
export function visible(text: string): string {
  return text.replace(UNSEEN, escaped).replace(COMMAND_MARK, (mark) => Array.from(mark, escaped).join(''));
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
