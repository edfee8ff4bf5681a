import type { KubernetesObject } from '../api-client';

/** What is done to one value, and where. */
export interface Mutation {
  readonly path: readonly (string | number)[];
  /** Such as `removed`, `"true"` or `upper case`. */
  readonly change: string;
  readonly apply: (object: unknown) => unknown;
}

export interface Mutant {
  readonly mutations: readonly Mutation[];
  readonly object: KubernetesObject;
}

type Change = readonly [name: string, value: unknown];

/** Every single mutation of the seed, in a fixed order. Its API version and kind stay: they decide who is asked. */
export function singleMutants(seed: KubernetesObject): Mutant[] {
  return mutationsOf(seed).map((mutation) => mutant(seed, [mutation]));
}

/** As many double mutations as are asked for, always the same ones. */
export function doubleMutants(seed: KubernetesObject, count: number): Mutant[] {
  const mutations = mutationsOf(seed);
  const next = randomNumbers(JSON.stringify(seed));
  const pick = (): Mutation => mutations[next() % mutations.length];
  return Array.from({ length: count }, () => mutant(seed, [pick(), pick()]));
}

function mutant(seed: KubernetesObject, mutations: readonly Mutation[]): Mutant {
  const object = mutations.reduce<unknown>((value, { apply }) => apply(value), structuredClone(seed));
  return { mutations, object: object as KubernetesObject };
}

function mutationsOf(seed: KubernetesObject): Mutation[] {
  const all: Mutation[] = [];
  const visit = (value: unknown, path: readonly (string | number)[]): void => {
    if (path.length > 0) {
      for (const [change, replacement] of replacements(value)) {
        all.push({ path, change, apply: (object) => replacedAt(object, path, replacement) });
      }
      all.push({ path, change: 'removed', apply: (object) => replacedAt(object, path, undefined) });
    }
    if (Array.isArray(value))
      value.forEach((item, index) => {
        visit(item, [...path, index]);
      });
    else if (isRecord(value)) for (const [key, item] of Object.entries(value)) visit(item, [...path, key]);
  };
  visit(Object.fromEntries(Object.entries(seed).filter(([key]) => key !== 'apiVersion' && key !== 'kind')), []);
  return all;
}

function replacements(value: unknown): Change[] {
  if (typeof value === 'string') return [...textChanges(value), ...otherTypes(value)];
  if (typeof value === 'number') return [...numberChanges(value), ...otherTypes(value)];
  if (typeof value === 'boolean') return [['negated', !value], ['text', String(value)], ...otherTypes(value)];
  if (Array.isArray(value)) return [...listChanges(value), ...otherTypes(value)];
  if (isRecord(value)) return [...mappingChanges(value), ...otherTypes(value)];
  return [];
}

/** What has another type than the value. */
function otherTypes(value: unknown): Change[] {
  const all: Change[] = [
    ['null', null],
    ['0', 0],
    ['true', true],
    ['"x"', 'x'],
    ['[]', []],
    ['{}', {}],
    ['in a list', [value]],
  ];
  return all.filter(([, other]) => other === null || typeOf(other) !== typeOf(value));
}

function typeOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : typeof value;
}

function textChanges(text: string): Change[] {
  const changes: Change[] = [
    ['empty', ''],
    ['upper case', text.toUpperCase()],
    ['lower case', text.toLowerCase()],
    ['long', (text === '' ? 'x' : text).repeat(260)],
    ['64 letters', 'a'.repeat(64)],
    ['ends with a newline', `${text}\n`],
    ['ends with é', `${text}é`],
    ['ends with a space', `${text} `],
    ['begins with a dash', `-${text}`],
    ['ends with a dash', `${text}-`],
    ['ends with a dot', `${text}.`],
    ['with an underscore', `${text}_x`],
    ['only digits', '123'],
    ['a star', '*'],
  ];
  const special: Change[] = /^[\d.]+$|:.*:/.test(text)
    ? [
        ['leading zero', text.replace(/^/, '0')],
        ['with a mask', `${text}/24`],
        ['an IPv6 address', '2001:DB8::20'],
        ['a mapped address', '::ffff:10.0.0.1'],
        ['too large', text.replace(/\d+$/, '300')],
        ['loopback', '127.0.0.1'],
      ]
    : /\/\d+$/.test(text)
      ? [
          ['without mask', text.replace(/\/\d+$/, '')],
          ['host bits', text.replace(/0\/\d+$/, '7/24')],
          ['mask too long', text.replace(/\d+$/, '129')],
          ['mask with zero', text.replace(/(\d+)$/, '0$1')],
          ['an IPv6 range', '2001:DB8::/64'],
        ]
      : [];
  return [...changes, ...special].filter(([, changed]) => changed !== text);
}

function numberChanges(value: number): Change[] {
  const numbers = [0, -1, 1, 65_535, 65_536, 1.5, 2 ** 31, 1e15].filter((number) => number !== value);
  return [...numbers.map((number): Change => [String(number), number]), ['as text', String(value)]];
}

function listChanges(list: readonly unknown[]): Change[] {
  return [
    ['empty', []],
    ['null item', [...list, null]],
    ['first item twice', [list[0], ...list]],
    ['item of another type', [...list, typeof list[0] === 'string' ? 7 : 'x']],
    ['not a list', list[0]],
    ['empty item', [...list, typeof list[0] === 'string' ? '' : {}]],
  ];
}

function mappingChanges(mapping: Readonly<Record<string, unknown>>): Change[] {
  const [key] = Object.keys(mapping);
  const { [key]: first, ...others } = mapping;
  return [
    ['unknown field', { ...mapping, unknownField: 1 }],
    ['key of other case', { ...others, [key.charAt(0).toUpperCase() + key.slice(1)]: first }],
    ['key with é', { ...others, [`${key}é`]: first }],
  ];
}

function replacedAt(value: unknown, path: readonly (string | number)[], replacement: unknown): unknown {
  if (path.length === 0) return replacement;
  const [head, ...rest] = path;
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const changed = items.map((item, index) => (index === head ? replacedAt(item, rest, replacement) : item));
    return changed.filter((item) => item !== undefined);
  }
  if (!isRecord(value) || !(head in value)) return value;
  const { [head]: inner, ...others } = value;
  const changed = replacedAt(inner, rest, replacement);
  return changed === undefined ? others : { ...others, [head]: changed };
}

function isRecord(value: unknown): value is Readonly<Record<string | number, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Numbers that follow from the text alone: xorshift over its FNV-1a hash. */
export function randomNumbers(text: string): () => number {
  let state = 2166136261;
  for (let index = 0; index < text.length; index++) state = Math.imul(state ^ text.charCodeAt(index), 16777619);
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
}
