import { YAMLException } from 'js-yaml';
import type { Rule } from '../finding/finding';
import { startOfLine } from './text-lines';
import { EXCESSIVE_DOCUMENT, INVALID_YAML } from './rules';

/** Why the parser gave up, and where in the text. */
export interface SyntaxProblem {
  readonly rule: Rule;
  readonly message: string;
  readonly help: string;
  readonly offset: number;
}

/** Nesting that no manifest needs: the deepest schemas of custom resources have about fifty levels. */
export const MAX_DEPTH = 500;

const FIX_IT = 'fix the document: kubectl cannot read it, and nothing in it is checked';

/** What is said instead of, or beside, the parser's own words. */
const EXPLANATIONS: readonly { readonly reason: RegExp; readonly message?: string; readonly help: string }[] = [
  {
    reason: /^bad indentation|^deficient indentation/,
    help: 'give the keys of one map, and the dashes of one list, the same number of spaces',
  },
  {
    reason: /^can not read a block mapping entry|^expected ':' after/,
    help: 'write KEY: VALUE, and quote a value that has ": " or a line break in it',
  },
  {
    reason: /^missed comma/,
    help: 'put a comma between the entries, and quote a value that has a comma or a bracket in it',
  },
  { reason: /within a (single|double) quoted scalar/, help: 'close the quote' },
  { reason: /within a flow collection/, help: 'close the bracket' },
  {
    reason: /^null byte/,
    message: 'a NUL character is no text',
    help: 'remove it; if this is a binary file, leave it out',
  },
  {
    reason: /non-printable/,
    message: 'a control character is no text',
    help: 'remove it, or write it as an escape in double quotes',
  },
  {
    reason: /^unknown escape/,
    help: 'a backslash starts an escape in double quotes: use single quotes for a backslash that is meant',
  },
  {
    reason: /^end of the stream or a document separator/,
    message: 'the document ends here, and more follows',
    help: 'indent what belongs to the document, or put a line with --- between two documents',
  },
];

/** No plain scalar starts with one of these (YAML 1.2, 5.3 and 7.3.3). */
const RESERVED_INDICATORS: readonly (string | undefined)[] = ['%', '@', '`'];

/** What git writes into a file that it cannot merge. */
const CONFLICT_MARK = /^(<<<<<<< |>>>>>>> )/m;

export function syntaxProblem(error: unknown, text: string): SyntaxProblem {
  if (error instanceof RangeError) return tooDeep(0);
  if (!(error instanceof YAMLException)) return invalid(String(error), FIX_IT, 0);
  const offset = Math.min(error.mark?.position ?? 0, text.length);
  if (error.reason.startsWith('nesting exceeded')) return tooDeep(offset);
  const conflict = CONFLICT_MARK.exec(text);
  if (conflict !== null) {
    return invalid(
      'there is a merge conflict here',
      'choose one of the two texts, and remove the lines with <<<<<<<, ======= and >>>>>>>',
      conflict.index,
    );
  }
  const tab = tabInIndentation(text, offset);
  if (tab !== undefined) return tabProblem(tab);
  if (text[offset - 1] === '\t') {
    return invalid('there is a tab where YAML allows only spaces', 'replace the tab by spaces', offset - 1);
  }
  if (RESERVED_INDICATORS.includes(text[offset])) {
    return invalid(`a value cannot start with ${text[offset]}`, 'put the value in quotes', offset);
  }
  const bracket = isStructural(error.reason) ? unclosedBracket(text.slice(0, offset)) : undefined;
  if (bracket !== undefined) return unclosed(text[bracket], bracket);
  const { message, help } = EXPLANATIONS.find(({ reason }) => reason.test(error.reason)) ?? {};
  return invalid(message ?? error.reason, help ?? FIX_IT, offset);
}

/** What a parser says that is still between brackets where the author is not. */
function isStructural(reason: string): boolean {
  return /^(deficient indentation|missed comma|expected the node content|unexpected end of the stream within a flow|can not read|bad indentation)/.test(
    reason,
  );
}

function unclosed(bracket: string, offset: number): SyntaxProblem {
  const end = bracket === '[' ? ']' : '}';
  return invalid(
    `the ${bracket} is not closed`,
    `put a ${end} where the ${bracket === '[' ? 'list' : 'map'} ends`,
    offset,
  );
}

/** What is no bracket: quoted texts, whole comments. */
const TOKEN = /"(?:\\.|[^"\\])*"|'(?:''|[^'])*'|(?<=^|\s)#.*|[[\]{}]|\n/gm;

/** The outermost bracket that is open at the end of a text, if the lines after its own do not belong to it. */
function unclosedBracket(text: string): number | undefined {
  const open: number[] = [];
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === '[' || token === '{') {
      if (open.length > 0 || beginsValue(text, index)) open.push(index);
    } else if (token === ']' || token === '}') open.pop();
  }
  // A bracket that is opened on the line of the problem may be closed there, once what is wrong is fixed.
  const first = open.at(0) ?? text.length;
  return text.includes('\n', first) ? open.at(-1) : undefined;
}

/** In the middle of a plain value a bracket is text. */
function beginsValue(text: string, index: number): boolean {
  return /(^|[:\-?,[{]\s+|^---\s+|^\s*|[[{])$/m.test(text.slice(startOfLine(text, index), index));
}

export function controlProblem(offset: number): SyntaxProblem {
  return invalid('a control character is no text', 'remove it, or write it as an escape in double quotes', offset);
}

export function escapeProblem(offset: number): SyntaxProblem {
  return invalid(
    'an escape stands for no character, or for half of one as in JSON',
    'write the character itself, or \\U and its number with eight digits: kubectl cannot read the document',
    offset,
  );
}

export function tabProblem(offset: number): SyntaxProblem {
  return invalid('a tab is used for indentation', 'YAML takes spaces only: replace the tab by spaces', offset);
}

function invalid(message: string, help: string, offset: number): SyntaxProblem {
  return { rule: INVALID_YAML, message, help, offset };
}

function tooDeep(offset: number): SyntaxProblem {
  return {
    rule: EXCESSIVE_DOCUMENT,
    message: `the document is nested more than ${MAX_DEPTH} levels deep`,
    help: 'no manifest needs that: look for brackets that are not closed',
    offset,
  };
}

/** The first tab of the white space before the place, if there is one on its line. */
function tabInIndentation(text: string, offset: number): number | undefined {
  const lineStart = startOfLine(text, offset);
  const indentation = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
  const tab = indentation.indexOf('\t');
  return tab < 0 ? undefined : lineStart + tab;
}
