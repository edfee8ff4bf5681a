import type { Origin } from '../finding/finding';
import { compileGlob, GlobError } from '../manifests/glob';
import { list, record, text } from '../model/json';
import type { FieldPart } from '../finding/problem';
import { nearestWord } from '../plan';

export type ConfigPath = readonly (string | number)[];

/** A JSON schema (draft 7), as editors read it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** What a reader may ask, and how it says what it does not understand. */
export interface ConfigContext {
  /** Codes and slugs of all rules, each with its code. */
  readonly ruleNames: ReadonlyMap<string, string>;
  readonly report: (path: ConfigPath, message: string, help: string, part?: FieldPart) => void;
  /** Where something was written. */
  readonly locate: (path: ConfigPath, part?: FieldPart) => Origin;
}

/** A key of `netloom.yaml`: how it is read, and the schema of exactly what is read without a finding. */
export interface ConfigKey<T> {
  /** What holds if the key is not there. */
  readonly absent: T;
  readonly read: (value: unknown, path: ConfigPath, context: ConfigContext) => T;
  readonly schema: (ruleNames: RuleNames) => JsonSchema;
}

/** The names under which rules can be configured, with what they find. */
export type RuleNames = readonly { readonly name: string; readonly title: string }[];

/** The entries of a map; anything else is reported. */
export function readMap(
  value: unknown,
  path: ConfigPath,
  help: string,
  { report }: ConfigContext,
): [string, unknown][] {
  const map = record(value);
  if (map !== undefined) return Object.entries(map);
  report(path, `${path.length === 0 ? 'this' : String(path.at(-1))} is not a map`, help);
  return [];
}

/** The same for a map that may have certain keys only. A key without a value is the same as no key. */
export function readFields(
  value: unknown,
  path: ConfigPath,
  known: readonly string[],
  help: string,
  context: ConfigContext,
): [string, unknown][] {
  return readMap(value, path, help, context).filter(([key, field]) => {
    if (known.includes(key)) return field !== null && field !== undefined;
    const nearest = nearestWord(key, known);
    const suggestion = nearest === null ? `use ${known.join(', ')}` : `did you mean ${nearest}?`;
    context.report([...path, key], `unknown key ${key}`, suggestion, 'key');
    return false;
  });
}

/** The texts of a list; whatever is none is reported. */
export function readTexts(
  value: unknown,
  path: ConfigPath,
  what: string,
  example: string,
  context: ConfigContext,
): string[] {
  const items = list(value);
  const texts = items.flatMap((item) => text(item) ?? []);
  if (!Array.isArray(value) || texts.length !== items.length || texts.includes('')) {
    context.report(path, `${String(path.at(-1))} is not a list of ${what}`, `write a list: ${example}`);
  }
  return texts.filter((item) => item !== '');
}

/** The globs of a list; whatever is none is reported. */
export function readGlobs(value: unknown, path: ConfigPath, example: string, context: ConfigContext): string[] {
  return readTexts(value, path, 'globs', example, context).filter((glob) => {
    const problem = problemOfGlob(glob);
    if (problem !== undefined) {
      const index = list(value).indexOf(glob);
      context.report(
        [...path, index],
        `${JSON.stringify(glob)} is no glob: ${problem}`,
        `write one such as ${example}`,
      );
    }
    return problem === undefined;
  });
}

function problemOfGlob(glob: string): string | undefined {
  try {
    compileGlob(glob);
    return undefined;
  } catch (error) {
    if (error instanceof GlobError) return error.message;
    throw error;
  }
}
