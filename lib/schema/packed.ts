import { own } from '../syntax/own-member';
import { type FieldLife, marked, type Schema, type SchemaRule } from './schema';

/** The schemas of an API as they are kept: each different one is a line of JSON, which names those inside of it by their numbers. */
export interface PackedSchemas {
  /** The number of the schema, by `apiVersion kind`. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly lines: readonly string[];
}

type Line = Omit<Schema, 'fields' | 'lives' | 'values' | 'items' | 'all' | 'any' | 'one' | 'not' | 'rules'> & {
  readonly fields?: Readonly<Record<string, number>>;
  readonly lives?: Readonly<Record<string, readonly [since: number, until: number]>>;
  readonly values?: number;
  readonly items?: number;
  readonly all?: readonly number[];
  readonly any?: readonly number[];
  readonly one?: readonly number[];
  readonly not?: number;
  /** A rule that is stricter than that of other versions is an item of a list of its own. */
  readonly rules?: readonly (string | readonly [string])[];
};

/** Whichever kind is asked for is unpacked then, with what it shares with others. */
export function schemasOf({ kinds, lines }: PackedSchemas): (type: string) => Schema | undefined {
  const unpacked: (Schema | undefined)[] = [];
  const unpack = (number: number): Schema => (unpacked[number] ??= unpackLine(lines[number]));
  const unpackLine = (line: string): Schema => {
    const { fields, lives, values, items, all, any, one, not, rules: texts, ...rest } = JSON.parse(line) as Line;
    return marked({
      ...rest,
      ...(fields && { fields: new Map(Object.entries(fields).map(([field, inner]) => [field, unpack(inner)])) }),
      ...(lives && { lives: new Map(Object.entries(lives).map(([field, life]) => [field, lifeOf(life)])) }),
      ...(values !== undefined && { values: unpack(values) }),
      ...(items !== undefined && { items: unpack(items) }),
      ...(all && { all: all.map(unpack) }),
      ...(any && { any: any.map(unpack) }),
      ...(one && { one: one.map(unpack) }),
      ...(not !== undefined && { not: unpack(not) }),
      ...(texts && { rules: texts.map(ruleOf) }),
    });
  };
  return (type) => {
    const number = own(kinds, type);
    return number === undefined ? undefined : unpack(number);
  };
}

function ruleOf(rule: string | readonly [string]): SchemaRule {
  return typeof rule === 'string' ? { rule } : { rule: rule[0], stricter: true };
}

function lifeOf([since, until]: readonly [number, number]): FieldLife {
  return { ...(since > 0 && { since }), ...(until > 0 && { until }) };
}
