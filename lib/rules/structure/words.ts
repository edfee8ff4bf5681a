import type { Problem } from '../../finding/problem';
import { below, type FieldPath, flatMap, list, member, record, text } from '../../model';
import { nearestWord } from '../../plan';
import { patternTest } from '../../schema/patterns';
import type { Schema } from '../../schema/schema';
import type { Fault, SchemaProblem } from '../../schema/walk';
import { cidrProblem } from '../address-problem';
import { inRightCase, isSet, oneOf, setTo, shown } from '../field-problem';
import { hostHelp, inLowerCase } from '../host-name';
import { nameOf } from '../value-form';
import { patternWords } from './pattern-words';
import { ruleWords } from './rule-words';

/** What is said of a value that does not fit its schema; nothing of what rules about fields say. */
export function wordsOf(problem: SchemaProblem): readonly Problem[] {
  const { path, value, schema, fault } = problem;
  switch (fault.kind) {
    case 'unknown':
      return [];
    case 'rule':
      return ruleWords(fault.rule, value, path);
    case 'alternatives':
      return alternativeWords(problem, fault.of);
    case 'required':
      return [
        {
          field: below(path, fault.field),
          message: `${nameOf(path)} has no ${fault.field}`,
          help: NEEDED.get(`${nameOf(path)}.${fault.field}`) ?? NEEDED.get(fault.field) ?? `add ${fault.field}`,
        },
      ];
    case 'repeated':
      return repeatedWords(problem);
    case 'null': {
      const [expected] = expectation(schema);
      return [
        {
          field: path,
          undecodable: true,
          message: `${nameOf(path)} is null, and must be ${expected}`,
          help: typeof path.at(-1) === 'number' ? 'remove the item, or write one' : 'remove it, or write a value',
        },
      ];
    }
    case 'enum':
      return [enumWords(problem)];
    case 'maxLength':
      return [
        {
          field: path,
          message: `${nameOf(path)} has ${String(value).length} characters, and at most ${schema.maxLength ?? 0} are allowed`,
          help: 'shorten it',
        },
      ];
    case 'minItems':
      return [
        {
          field: path,
          message:
            list(value).length === 0
              ? `${nameOf(path)} is empty`
              : `${nameOf(path)} has ${list(value).length} items, and at least ${schema.minItems ?? 0} are needed`,
          help: 'name at least one',
        },
      ];
    case 'maxItems':
      if (schema.withdrawn) {
        return [
          {
            field: path,
            severity: 'warning',
            message: `${nameOf(path)} has items, which later versions of the API refuse`,
            help: 'say it with other fields, and leave this one out',
          },
        ];
      }
      return [
        {
          field: path,
          message: `${nameOf(path)} has ${list(value).length} items, and at most ${schema.maxItems ?? 0} are allowed`,
          help: 'spread them over several rules or objects',
        },
      ];
    case 'minProperties':
    case 'maxProperties':
      return [countWords(problem, fault.kind)];
    case 'type':
      return [{ ...unfitText(path, value, schema), undecodable: true }];
    case 'pattern': {
      const words = HOST_PATTERN.test(schema.pattern ?? '')
        ? hostWords(path, String(value), schema)
        : { ...unfitText(path, value, schema), ...inKnownCase(path, value, schema) };
      return [isFineInOlder(value, schema) ? { ...words, severity: 'warning' } : words];
    }
    case 'format':
    case 'minimum':
    case 'maximum':
    case 'minLength':
      return [unfitText(path, value, schema)];
  }
}

/** Patterns of Gateway API for host names, with and without a star in front. */
const HOST_PATTERN = /^\^(?:\(\\\*\\\.\)\?)?\[a-z0-9\]\(\[-a-z0-9\]\*\[a-z0-9\]\)\?\(\\\./;

function hostWords(path: FieldPath, host: string, schema: Schema): Problem {
  if (path.at(-1) !== 'hostname' && path.at(-2) !== 'hostnames') return unfitText(path, host, schema);
  const help = hostHelp(host);
  return {
    field: path,
    message: `hostname ${shown(host)} is not ${help === undefined ? 'the name of one host' : 'a host name'}`,
    help: help ?? 'use one DNS name in lower case, without scheme, port and wildcard',
    ...inLowerCase(path, host),
  };
}

function inKnownCase(path: FieldPath, value: unknown, { pattern = '' }: Schema): Partial<Problem> {
  const known = patternWords(pattern)?.known ?? [];
  const mending = inRightCase(path, value, known);
  return mending.fix === undefined ? {} : { ...mending, help: `write ${oneOf(known)}: case matters` };
}

function unfitText(path: FieldPath, value: unknown, schema: Schema): Problem {
  const [expected, help] = expectation(schema);
  return unfit(path, value, expected, typeHelp(value, schema, help), schema);
}

function isFineInOlder(value: unknown, { olderPattern }: Schema): boolean {
  return olderPattern !== undefined && patternTest(olderPattern)?.(String(value)) === true;
}

/** How to write fields that are needed in many places. */
const NEEDED: ReadonlyMap<string, string> = new Map([
  [
    'validation.hostname',
    'give the name that the certificate of the backend has: the gateway asks for it and checks it',
  ],
  ['group', "add group: that of Services, Secrets and ConfigMaps is ''"],
  ['gatewayClassName', 'add gatewayClassName: kubectl get gatewayclass lists those of a cluster'],
  ['parentRef', 'add parentRef, with the name of the Gateway'],
  ['controllerName', 'write it as the implementation is known: example.com/gateway-controller'],
]);

function unfit(field: FieldPath, value: unknown, expected: string, help: string, schema: Schema): Problem {
  return {
    field,
    message: `${nameOf(field)} is ${shown(value)}, and must be ${expected}`,
    help,
    ...(schema.type === 'integer' && isQuotedNumber(value) && setTo(field, Number(value))),
  };
}

function isQuotedNumber(value: unknown): value is string {
  return typeof value === 'string' && /^(0|-?[1-9][0-9]{0,8})$/.test(value);
}

/** What a value has to be, and how to write one. */
function expectation(schema: Schema): readonly [expected: string, help: string] {
  const { type, intOrString, pattern, format, minimum, maximum, minLength, enum: words } = schema;
  if (words !== undefined) return [oneOf(words.map(String)), `write ${oneOf(words.map(String))}`];
  if (intOrString) return ['a whole number or a text', 'write a whole number or a text'];
  switch (type) {
    case 'boolean':
      return ['true or false', 'write true or false, without quotes'];
    case 'array':
      return ['a list', 'put a hyphen in front of each item'];
    case 'object':
      return ['a mapping', 'write its fields below it'];
    case 'integer':
    case 'number': {
      const what = `${type === 'integer' ? 'a whole number' : 'a number'}${rangeText(minimum, maximum)}`;
      return [what, `write ${what}`];
    }
    case 'string':
    case undefined: {
      const words = pattern === undefined ? FORMAT_WORDS.get(format ?? '') : patternWords(pattern);
      if (words !== undefined) return [words.what, words.help];
      if (pattern !== undefined) return [`a text that matches ${pattern}`, 'write it as the pattern asks'];
      return minLength === 1
        ? ['a text that is not empty', 'write a text, or leave it out']
        : ['a text', 'write a text'];
    }
  }
}

const FORMAT_WORDS: ReadonlyMap<string, { readonly what: string; readonly help: string }> = new Map(
  [
    ['cidr', 'a CIDR with its prefix length, such as 192.0.2.0/24'],
    ['ipv4', 'an IPv4 address'],
    ['ipv6', 'an IPv6 address'],
    ['date-time', 'a time, such as 2026-01-31T12:00:00Z'],
  ].map(([format, what]) => [format, { what, help: `write ${what}` }]),
);

function rangeText(minimum: number | undefined, maximum: number | undefined): string {
  if (minimum === undefined && maximum === undefined) return '';
  if (maximum === undefined) return ` from ${String(minimum)}`;
  return minimum === undefined ? ` up to ${maximum}` : ` from ${minimum} to ${maximum}`;
}

function typeHelp(value: unknown, { type, pattern, format, enum: words }: Schema, help: string): string {
  if (format === 'cidr' && typeof value === 'string') return cidrProblem(value)?.help ?? help;
  if ((type === 'integer' || type === 'number') && isQuotedNumber(value)) return 'write it without quotes';
  if (type !== 'string' || (typeof value !== 'number' && typeof value !== 'boolean')) return help;
  if (words !== undefined && !words.includes(String(value))) {
    return typeof value === 'boolean' ? quotedHelp(words) : help;
  }
  const fits = pattern === undefined || patternTest(pattern)?.(String(value)) === true;
  return fits ? `put it in quotes: "${value}"` : help;
}

function enumWords({ path, value, schema }: SchemaProblem): Problem {
  const words = (schema.enum ?? []).map(String);
  const mending = inRightCase(path, value, words);
  const near = typeof value === 'string' && mending.fix === undefined ? meantWord(value, words) : null;
  const help =
    typeof value === 'boolean'
      ? quotedHelp(words)
      : near !== null
        ? `did you mean ${near}?`
        : `write ${oneOf(words)}${mending.fix === undefined ? '' : ': case matters'}`;
  return { ...unfit(path, value, oneOf(words), help, schema), ...mending };
}

/** A word such as `on` without quotes is a boolean to YAML. */
function quotedHelp(words: readonly unknown[]): string {
  return `write it in quotes: ${oneOf(words.map((known) => JSON.stringify(known)))}`;
}

/** A word that is near, or the only one of which the value is a part. */
function meantWord(value: string, words: readonly string[]): string | null {
  const holders = value.length > 2 ? words.filter((word) => word.includes(value)) : [];
  return holders.length === 1 ? holders[0] : nearestWord(value, words);
}

function countWords({ path, value, schema }: SchemaProblem, kind: 'minProperties' | 'maxProperties'): Problem {
  const names = Object.keys(record(value) ?? {});
  const fields = [...(schema.fields?.keys() ?? [])];
  if (kind === 'minProperties') {
    return {
      field: path,
      message: `${nameOf(path)} is empty`,
      help: fields.length === 0 ? 'write an entry, or leave it out' : `set ${oneOf(fields)}`,
    };
  }
  const most = schema.maxProperties ?? 0;
  if (fields.length === 0 || most > 1) {
    return {
      field: path,
      message: `${nameOf(path)} has ${names.length} entries, and at most ${most} are allowed`,
      help: `keep ${most} at most`,
    };
  }
  return {
    field: below(path, names[1]),
    message: `${nameOf(path)} has ${names.join(' and ')}, and may have one of them`,
    help: 'make an item or an object of each, or leave one of them out',
  };
}

function repeatedWords({ path, value, schema }: SchemaProblem): readonly Problem[] {
  const holder = nameOf(path.slice(0, -1));
  const { keys } = schema;
  if (keys === undefined) {
    return [
      {
        field: path,
        message: `${holder} has ${typeof value === 'string' ? value : 'the same item'} twice`,
        help: 'leave one of them out',
        ...(record(value) === undefined && { fix: [{ field: path, remove: true as const }] }),
      },
    ];
  }
  const values = keys.map((key) => {
    const is = member(value, key);
    return isSet(is) ? (text(is) ?? shown(is)) : 'nothing';
  });
  return [
    {
      field: below(path, keys[0]),
      message:
        keys.length === 1 && keys[0] === 'name'
          ? `two items of ${holder} have the name ${values[0]}`
          : `the ${keys.join(' and ')} ${values.join(', ')} is there twice`,
      help: keys[0] === 'name' ? 'keep one of them, or rename it' : 'leave one of them out',
    },
  ];
}

/** Alternatives of CRDs are mostly about which of some fields are there. */
function alternativeWords(
  { path, value, schema }: SchemaProblem,
  of: Extract<Fault, { kind: 'alternatives' }>['of'],
): readonly Problem[] {
  const choices = flatMap((of === 'one' ? schema.one : schema.any) ?? [], ({ required = [] }) => required.slice(0, 1));
  if (choices.length === 0) {
    return [
      { field: path, message: `${nameOf(path)} is ${shown(value)}, which its schema does not allow`, help: HELP },
    ];
  }
  const set = choices.filter((field) => isSet(member(value, field)));
  if (set.length > 1) {
    return [
      {
        field: below(path, set[1]),
        message: `${nameOf(path)} has ${set.join(' and ')}, and may have one of them`,
        help: 'make an item or an object of each, or leave one of them out',
      },
    ];
  }
  return [
    {
      field: below(path, choices[0]),
      message: `${nameOf(path)} has none of ${choices.join(', ')}`,
      help: `add ${oneOf(choices)}`,
    },
  ];
}

const HELP = 'look up what the API reference says of it';
