import { record } from '../model/json';
import { own } from '../syntax/own-member';
import { type Compiled, number, truth } from './cel-frame';
import { type CelFunction, functionNamed, TYPE_NAMES } from './cel-functions';
import { type Loop, type Macro, MACROS } from './cel-macros';
import { binary } from './cel-operators';
import { type CelNode, parseCel } from './cel-parser';
import { CEL_ERROR, CelError, NO_VALUE, Optional } from './cel-values';

/** The API server bounds the cost of a rule too; what is beyond this is not judged. */
const MOST_VISITS = 1_000_000;

/** What a rule says of a value: undefined where it cannot be told here. */
export type CelCheck = (self: unknown) => boolean | undefined;

class NotKnownHere extends Error {}

const CHECKS = new Map<string, CelCheck>();

/** Rules are kept for every document of a run; input that has more of them is strange. */
const MOST_KEPT = 10_000;

/** A function that says whether the expression holds for `self`. */
export function celCheck(expression: string): CelCheck {
  const found = CHECKS.get(expression);
  if (found !== undefined) return found;
  if (CHECKS.size >= MOST_KEPT) CHECKS.clear();
  const parsed = parseCel(expression);
  const made = parsed === undefined ? () => undefined : compiledCheck(parsed);
  CHECKS.set(expression, made);
  return made;
}

function compiledCheck(expression: CelNode): CelCheck {
  let compiled: Compiled;
  try {
    compiled = compile(expression, ['self']);
  } catch (error) {
    if (error instanceof NotKnownHere) return () => undefined;
    throw error;
  }
  return (self) => {
    try {
      return compiled({ slots: [self], budget: MOST_VISITS }) === true;
    } catch (error) {
      // The API server refuses an object for which a rule cannot be evaluated, as for a field that is absent.
      if (error instanceof CelError) return error.isLimit ? undefined : false;
      throw error;
    }
  };
}

function compile(node: CelNode, names: readonly string[]): Compiled {
  switch (node[0]) {
    case 'literal': {
      const [, value] = node;
      return () => value;
    }
    case 'name':
      return variable(node[1], names);
    case 'field':
      return field(node[1], unescapedName(node[2]), names);
    case 'item': {
      const target = compile(node[1], names);
      const key = compile(node[2], names);
      return (frame) => present(itemOf(target(frame), key(frame)));
    }
    case 'field?': {
      const target = compile(node[1], names);
      const name = unescapedName(node[2]);
      return (frame) => optionalItem(target(frame), name);
    }
    case 'item?': {
      const target = compile(node[1], names);
      const key = compile(node[2], names);
      return (frame) => optionalItem(target(frame), key(frame));
    }
    case 'call':
      return node[2] === null ? globalCall(node[1], node[3], names) : memberCall(node[1], node[2], node[3], names);
    case 'if': {
      const [condition, yes, no] = [node[1], node[2], node[3]].map((each) => compile(each, names));
      return (frame) => (truth(condition(frame)) ? yes(frame) : no(frame));
    }
    case 'not': {
      const inner = compile(node[1], names);
      return (frame) => !truth(inner(frame));
    }
    case 'minus': {
      const inner = compile(node[1], names);
      return (frame) => -number(inner(frame));
    }
    case 'list': {
      const items = node[1].map((item) => compile(item, names));
      return (frame) => items.map((item) => item(frame));
    }
    case 'map': {
      const entries = node[1].map((entry) => entry.map((each) => compile(each, names)));
      return (frame) => Object.fromEntries(entries.map(([key, value]) => [String(key(frame)), value(frame)]));
    }
    case '||':
    case '&&':
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case 'in':
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return binary(node[0], compile(node[1], names), compile(node[2], names));
  }
}

function variable(name: string, names: readonly string[]): Compiled {
  const place = names.lastIndexOf(name);
  if (place >= 0) return ({ slots }) => slots[place];
  const type = TYPE_NAMES.get(name);
  if (type === undefined) throw new NotKnownHere();
  return () => type;
}

function field(target: CelNode, name: string, names: readonly string[]): Compiled {
  const compiled = compile(target, names);
  return (frame) => present(itemOf(compiled(frame), name));
}

/** `__namespace__`, `a__dash__b`: words of CEL and marks in the names of fields (x-kubernetes-validations). */
function unescapedName(name: string): string {
  const inner = /^__(.+)__$/.exec(name)?.[1];
  if (inner !== undefined) return inner;
  return name
    .replaceAll('__dot__', '.')
    .replaceAll('__dash__', '-')
    .replaceAll('__slash__', '/')
    .replaceAll('__underscores__', '__');
}

function itemOf(target: unknown, key: unknown): unknown {
  if (target instanceof Optional) return target.then((inner) => new Optional(itemOf(inner, key)));
  if (Array.isArray(target)) return typeof key === 'number' ? (target as unknown[])[key] : undefined;
  const fields = record(target);
  return fields !== undefined && typeof key === 'string' ? own(fields, key) : undefined;
}

function optionalItem(target: unknown, key: unknown): Optional {
  const found = itemOf(target, key);
  if (found instanceof Optional) return found;
  return found === undefined || found === null ? NO_VALUE : new Optional(found);
}

function present(value: unknown): unknown {
  if (value === undefined) throw CEL_ERROR;
  return value;
}

function globalCall(name: string, args: readonly CelNode[], names: readonly string[]): Compiled {
  if (name === 'has') return has(args, names);
  return plainCall(
    name,
    args.map((each) => compile(each, names)),
  );
}

function has(args: readonly CelNode[], names: readonly string[]): Compiled {
  const [node] = args;
  if (args.length !== 1 || node[0] !== 'field') throw new NotKnownHere();
  const target = compile(node[1], names);
  const name = unescapedName(node[2]);
  return (frame) => {
    const found = itemOf(target(frame), name);
    return found !== undefined && found !== null;
  };
}

function plainCall(name: string, args: readonly Compiled[]): Compiled {
  const of = functionNamed(name, args.length);
  if (of === undefined) throw new NotKnownHere();
  return callOf(of, args);
}

function callOf(of: CelFunction, args: readonly Compiled[]): Compiled {
  const [first, second] = args;
  if (args.length === 1) return (frame) => of(first(frame));
  if (args.length === 2) return (frame) => of(first(frame), second(frame));
  return (frame) => of(...args.map((each) => each(frame)));
}

function memberCall(name: string, target: CelNode, args: readonly CelNode[], names: readonly string[]): Compiled {
  const run = MACROS.get(name);
  if (run !== undefined && args.length >= 2) return macro(run, name === 'map', target, args, names);
  // Functions of a library: `format.dns1123Label()`, `optional.none()`, `sets.contains(…)`.
  if (target[0] === 'name' && !names.includes(target[1]) && !TYPE_NAMES.has(target[1])) {
    return plainCall(
      `${target[1]}.${name}`,
      args.map((each) => compile(each, names)),
    );
  }
  return plainCall(
    name,
    [target, ...args].map((each) => compile(each, names)),
  );
}

function macro(
  run: Macro,
  isMap: boolean,
  target: CelNode,
  args: readonly CelNode[],
  names: readonly string[],
): Compiled {
  const isPair = !isMap && args.length === 3;
  const count = isPair ? 2 : 1;
  const variables = args.slice(0, count).map((each) => {
    if (each[0] !== 'name') throw new NotKnownHere();
    return each[1];
  });
  const bodies = args.slice(count).map((body) => compile(body, [...names, ...variables]));
  if (bodies.length === 0 || bodies.length > (isMap ? 2 : 1)) throw new NotKnownHere();
  const loop: Loop = {
    over: compile(target, names),
    place: names.length,
    isPair,
    test: isMap && bodies.length === 1 ? () => true : bodies[0],
    of: bodies[bodies.length - 1],
  };
  return (frame) => run(loop, frame);
}
