import type { Rule } from '../finding/finding';

/** What reading finds. Codes are never reused for another meaning. */

export const UNREADABLE_FILE: Rule = {
  code: 'NL930',
  slug: 'unreadable-file',
  severity: 'error',
  title: 'A file cannot be read',
};

export const INVALID_YAML: Rule = {
  code: 'NL931',
  slug: 'invalid-yaml',
  severity: 'error',
  title: 'A document is no valid YAML or JSON',
};

export const DUPLICATE_KEY: Rule = {
  code: 'NL932',
  slug: 'duplicate-key',
  severity: 'error',
  title: 'A key appears twice in one map',
};

/** Octal numbers, `yes` and `no`, base 60 numbers, …: who reads the file decides what it says. */
export const AMBIGUOUS_VALUE: Rule = {
  code: 'NL933',
  slug: 'ambiguous-value',
  fixable: true,
  severity: 'warning',
  title: 'A value is read differently by kubectl and by other YAML readers',
};

export const UNKNOWN_KIND: Rule = {
  code: 'NL934',
  slug: 'unknown-kind',
  fixable: true,
  severity: 'error',
  title: 'A kind is misspelled',
};

export const WRONG_API_GROUP: Rule = {
  code: 'NL935',
  slug: 'wrong-api-group',
  fixable: true,
  severity: 'error',
  title: 'A kind is not served by the API group of its object',
};

export const INCOMPLETE_IDENTITY: Rule = {
  code: 'NL936',
  slug: 'incomplete-identity',
  fixable: true,
  severity: 'error',
  title: 'An object lacks its apiVersion, kind or name, or they are no text',
};

export const INVISIBLE_CHARACTER: Rule = {
  code: 'NL937',
  slug: 'invisible-character',
  fixable: true,
  severity: 'error',
  title: 'A key or a value begins or ends with a character that cannot be seen',
};

/** Labels, annotations and what selects by them. */
export const VALUE_NOT_TEXT: Rule = {
  code: 'NL938',
  slug: 'value-not-text',
  fixable: true,
  severity: 'error',
  title: 'A label, annotation or selector has a value that is no text',
};

export const NOT_UTF8: Rule = {
  code: 'NL939',
  slug: 'not-utf8',
  severity: 'error',
  title: 'A file is not UTF-8 text',
};

/** A document that would exhaust whoever reads it: alias bombs, thousands of brackets. */
export const EXCESSIVE_DOCUMENT: Rule = {
  code: 'NL940',
  slug: 'excessive-document',
  severity: 'error',
  title: 'A document is nested too deeply or grows too much when its aliases are replaced',
};

export const MISSING_SEPARATOR: Rule = {
  code: 'NL941',
  slug: 'missing-separator',
  severity: 'error',
  title: 'Two objects are in one document, so that the first one is lost',
};

/** A folder that a deployment tool applies is not applied at all if its kustomization cannot be built. */
export const KUSTOMIZATION_REFUSED: Rule = {
  code: 'NL947',
  slug: 'kustomization-refused',
  severity: 'warning',
  title: 'A kustomization cannot be built',
};

/** A check that looks at nothing passes, and nobody notices. */
export const NOTHING_TO_CHECK: Rule = {
  code: 'NL948',
  slug: 'nothing-to-check',
  severity: 'warning',
  title: 'There is nothing in what was to be checked',
};

/** What lies behind these was not looked at, so that nobody knows what a baseline would hide. */
export const UNREAD_CODES: ReadonlySet<string> = new Set(
  [UNREADABLE_FILE, INVALID_YAML, NOT_UTF8, EXCESSIVE_DOCUMENT, NOTHING_TO_CHECK].map(({ code }) => code),
);

export const MANIFEST_RULES: readonly Rule[] = [
  UNREADABLE_FILE,
  INVALID_YAML,
  DUPLICATE_KEY,
  AMBIGUOUS_VALUE,
  UNKNOWN_KIND,
  WRONG_API_GROUP,
  INCOMPLETE_IDENTITY,
  INVISIBLE_CHARACTER,
  VALUE_NOT_TEXT,
  NOT_UTF8,
  EXCESSIVE_DOCUMENT,
  MISSING_SEPARATOR,
  KUSTOMIZATION_REFUSED,
  NOTHING_TO_CHECK,
];
