/**
 * Globs as shells and git have them: `*` and `?` within a part of a path, `**` for any parts, `[a-z]`, `{a,b}`, and `@(…)`, `?(…)`, `*(…)`, `+(…)`.
 * They are matched by following all ways at once, so that the cost is at most the length of the pattern times that of the path.
 */
export interface GlobOptions {
  /** Whether a name that starts with a dot is matched by `*` and `?` too. @default false */
  readonly dot?: boolean;
}

export class GlobError extends Error {}

/** One step of a pattern, and where it leads. */
interface State {
  /** Undefined for a step that takes no character. */
  readonly takes?: (character: string, isFirst: boolean) => boolean;
  readonly next: number[];
}

interface Machine {
  readonly states: State[];
  readonly options: GlobOptions;
}

export function isGlob(text: string): boolean {
  return /[*?{[]|[@+!]\(/.test(text);
}

/** The folder in front of what is a glob, and the glob. */
export function splitGlob(text: string): { readonly base: string; readonly pattern: string } {
  const parts = text.split('/');
  const first = Math.min(
    parts.findIndex((part) => isGlob(part)),
    parts.length - 1,
  );
  return { base: parts.slice(0, first).join('/'), pattern: parts.slice(first).join('/') };
}

/**
 * Whether a path matches.
 * @throws GlobError for a pattern that is none
 */
export function compileGlob(pattern: string, options: GlobOptions = {}): (path: string) => boolean {
  if (pattern.length > LONGEST_PATTERN) throw new GlobError(`it has more than ${LONGEST_PATTERN} characters`);
  if (pattern.startsWith('!')) throw new GlobError('a pattern that starts with ! is not understood');
  const machine: Machine = { states: [], options };
  const reader = { text: pattern.replace(/^\.\//, ''), at: 0 };
  const end = state(machine);
  const start = sequence(machine, reader, end, '');
  if (reader.at < reader.text.length) throw new GlobError(`${reader.text[reader.at]} closes nothing`);
  return (path) => matches(machine, start, end, path.replace(/^\.\//, ''));
}

const LONGEST_PATTERN = 1000;

/** Whether a path matches one of the globs. */
export function anyGlob(globs: readonly string[], options: GlobOptions = {}): (path: string) => boolean {
  const matchers = globs.map((glob) => compileGlob(glob, options));
  return (path) => matchers.some((isMatch) => isMatch(path));
}

function state({ states }: Machine, next: number[] = [], takes?: State['takes']): number {
  states.push({ next, takes });
  return states.length - 1;
}

interface Reader {
  readonly text: string;
  at: number;
}

type Step = (machine: Machine, next: number) => number;

/** Up to one of the closing characters. States are made from the end to the start. */
function sequence(machine: Machine, reader: Reader, next: number, closing: string): number {
  const steps: Step[] = [];
  while (reader.at < reader.text.length && !closing.includes(reader.text[reader.at])) steps.push(step(reader));
  return steps.reduceRight((following, make) => make(machine, following), next);
}

function step(reader: Reader): Step {
  const { text } = reader;
  const character = text[reader.at];
  if (text[reader.at + 1] === '(' && '@?*+!'.includes(character)) return group(reader, character);
  if (text.startsWith('**', reader.at)) return globstar(reader);
  reader.at++;
  switch (character) {
    case '*':
      return (machine, next) => repeated(machine, next, (any) => state(machine, [any], inPart(machine)));
    case '?':
      return (machine, next) => state(machine, [next], inPart(machine));
    case '[':
      return characterClass(reader);
    case '{':
      return braces(reader);
    case '\\':
      return literal(text[reader.at++] ?? '\\');
    default:
      return literal(character);
  }
}

function literal(wanted: string): Step {
  return (machine, next) => state(machine, [next], (character) => character === wanted);
}

/** Any character of a part of the path; a dot at its start is asked for by name. */
function inPart({ options }: Machine): (character: string, isFirst: boolean) => boolean {
  return (character, isFirst) => character !== '/' && (character !== '.' || !isFirst || options.dot === true);
}

/** None, one or more of what `each` makes. */
function repeated(machine: Machine, next: number, each: (loop: number) => number): number {
  const loop = state(machine, [next]);
  machine.states[loop].next.push(each(loop));
  return loop;
}

/** Whole parts: `**` at a start or between slashes; elsewhere it is a star. */
function globstar(reader: Reader): Step {
  const { text } = reader;
  const isPart = reader.at === 0 || text[reader.at - 1] === '/';
  while (text[reader.at] === '*') reader.at++;
  const isEnd = reader.at === text.length;
  if (!isPart || (!isEnd && text[reader.at] !== '/')) {
    return (machine, next) => repeated(machine, next, (any) => state(machine, [any], inPart(machine)));
  }
  const anything: Step = (machine, next) =>
    repeated(machine, next, (any) =>
      state(machine, [any], (character, isFirst) => character === '/' || inPart(machine)(character, isFirst)),
    );
  if (isEnd) return anything;
  reader.at++;
  // `**/` stands for no part too.
  return (machine, next) => {
    const slash = literal('/')(machine, next);
    return state(machine, [next, anything(machine, slash)]);
  };
}

function characterClass(reader: Reader): Step {
  const { text } = reader;
  const isNegated = '!^'.includes(text[reader.at] ?? ' ');
  const start = reader.at + Number(isNegated);
  // A bracket that comes first is a character.
  const end = text.indexOf(']', start + 1);
  if (end < 0) return literal('[');
  const members = Array.from(text.slice(start, end));
  reader.at = end + 1;
  const ranges: [string, string][] = [];
  for (let index = 0; index < members.length; index++) {
    const isRange = members[index + 1] === '-' && index + 2 < members.length;
    ranges.push([members[index], members[isRange ? index + 2 : index]]);
    if (isRange) index += 2;
  }
  const has = (character: string): boolean => ranges.some(([from, to]) => from <= character && character <= to);
  return (machine, next) =>
    state(machine, [next], (character, isFirst) => inPart(machine)(character, isFirst) && has(character) !== isNegated);
}

/** `{a,b}`, or `{1..3}` */
function braces(reader: Reader): Step {
  const { text, at } = reader;
  const range = /^(-?\d{1,6})\.\.(-?\d{1,6})\}/.exec(text.slice(at, at + LONGEST_RANGE));
  if (range !== null) {
    reader.at += range[0].length;
    const [from, to] = [Number(range[1]), Number(range[2])].sort((a, b) => a - b);
    if (to - from > MOST_NUMBERS) throw new GlobError(`{${range[0]} stands for more than ${MOST_NUMBERS} numbers`);
    return anyOf(Array.from({ length: to - from + 1 }, (_, index) => word(String(from + index))));
  }
  if (closingBrace(text, at) < 0) return literal('{');
  return anyOf(alternatives(reader, ',', '}'));
}

const LONGEST_RANGE = 20;
const MOST_NUMBERS = 1000;

function closingBrace(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '{') depth++;
    if (text[at] === '}' && --depth === 0) return at;
  }
  return -1;
}

function group(reader: Reader, kind: string): Step {
  if (kind === '!') throw new GlobError('!(…) is not understood');
  reader.at += 2;
  const one = anyOf(alternatives(reader, '|', ')'));
  return (machine, next) => {
    switch (kind) {
      case '@':
        return one(machine, next);
      case '?':
        return state(machine, [next, one(machine, next)]);
      case '*':
        return repeated(machine, next, (loop) => one(machine, loop));
      default: {
        const loop = state(machine, [next]);
        const first = one(machine, loop);
        machine.states[loop].next.push(first);
        return first;
      }
    }
  };
}

/** Up to the closing character, which is read too. */
function alternatives(reader: Reader, between: string, closing: string): Step[] {
  const found: Step[] = [];
  for (;;) {
    const steps: Step[] = [];
    while (reader.at < reader.text.length && ![between, closing].includes(reader.text[reader.at])) {
      steps.push(step(reader));
    }
    found.push((machine, next) => steps.reduceRight((following, make) => make(machine, following), next));
    if (reader.at >= reader.text.length) throw new GlobError(`a ${closing} is missing`);
    if (reader.text[reader.at++] === closing) return found;
  }
}

function anyOf(steps: readonly Step[]): Step {
  return (machine, next) =>
    state(
      machine,
      steps.map((make) => make(machine, next)),
    );
}

function word(text: string): Step {
  const steps = Array.from(text, literal);
  return (machine, next) => steps.reduceRight((following, make) => make(machine, following), next);
}

function matches({ states }: Machine, start: number, end: number, path: string): boolean {
  let current = new Set<number>();
  add(states, start, current);
  let before = '/';
  for (const character of path) {
    const following = new Set<number>();
    for (const index of current) {
      const { takes, next } = states[index];
      if (takes?.(character, before === '/') === true) for (const each of next) add(states, each, following);
    }
    if (following.size === 0) return false;
    current = following;
    before = character;
  }
  return current.has(end);
}

/** With what can be reached without a character. */
function add(states: readonly State[], start: number, into: Set<number>): void {
  const open = [start];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (into.has(index)) continue;
    into.add(index);
    if (states[index].takes === undefined) open.push(...states[index].next);
  }
}
