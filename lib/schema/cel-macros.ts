import { record } from '../model/json';
import { own } from '../syntax/own-member';
import { type Compiled, type Frame, truth } from './cel-frame';
import { CEL_ERROR, CEL_LIMIT, CelError } from './cel-values';

/** What a macro makes of a list or a mapping. Its variables have places of their own. */
export interface Loop {
  readonly over: Compiled;
  readonly place: number;
  /** One variable is the item of a list or the key of a mapping; of two the first is the key or the index. */
  readonly isPair: boolean;
  readonly test: Compiled;
  /** For `map`. */
  readonly of: Compiled;
}

export type Macro = (loop: Loop, frame: Frame) => unknown;

export const MACROS: ReadonlyMap<string, Macro> = new Map<string, Macro>([
  ['all', (loop, frame) => quantified(loop, frame, false)],
  ['exists', (loop, frame) => quantified(loop, frame, true)],
  ['exists_one', isOne],
  ['existsOne', isOne],
  ['filter', (loop, frame) => collected(loop, frame, loop.test, ({ slots }) => slots[loop.place])],
  ['map', (loop, frame) => collected(loop, frame, loop.test, loop.of)],
]);

/** The keys of a mapping; none for a list, whose items are numbered. */
function keysOf(container: unknown, frame: Frame): readonly string[] | undefined {
  const fields = record(container);
  if (!Array.isArray(container) && fields === undefined) throw CEL_ERROR;
  const keys = fields && Object.keys(fields);
  frame.budget -= keys?.length ?? (container as readonly unknown[]).length;
  if (frame.budget < 0) throw CEL_LIMIT;
  return keys;
}

/** Puts the item of an index into its place, and says whether there is one. */
function step(
  { place, isPair }: Loop,
  { slots }: Frame,
  container: unknown,
  keys: readonly string[] | undefined,
  index: number,
): boolean {
  if (keys === undefined) {
    const items = container as readonly unknown[];
    if (index >= items.length) return false;
    slots[place] = isPair ? index : items[index];
    if (isPair) slots[place + 1] = items[index];
    return true;
  }
  if (index >= keys.length) return false;
  slots[place] = keys[index];
  if (isPair) slots[place + 1] = own(container as Readonly<Record<string, unknown>>, keys[index]);
  return true;
}

/** As `||` and `&&` over all of them. */
function quantified(loop: Loop, frame: Frame, decisive: boolean): boolean {
  const container = loop.over(frame);
  const keys = keysOf(container, frame);
  let failed: unknown;
  for (let index = 0; step(loop, frame, container, keys, index); index++) {
    try {
      if (truth(loop.test(frame)) === decisive) return decisive;
    } catch (error) {
      if (!(error instanceof CelError) || error.isLimit) throw error;
      failed = error;
    }
  }
  if (failed !== undefined) throw failed as CelError;
  return !decisive;
}

function isOne(loop: Loop, frame: Frame): boolean {
  const container = loop.over(frame);
  const keys = keysOf(container, frame);
  let found = 0;
  for (let index = 0; step(loop, frame, container, keys, index); index++) if (truth(loop.test(frame))) found++;
  return found === 1;
}

function collected(loop: Loop, frame: Frame, test: Compiled, of: Compiled): readonly unknown[] {
  const container = loop.over(frame);
  const keys = keysOf(container, frame);
  const found: unknown[] = [];
  for (let index = 0; step(loop, frame, container, keys, index); index++) {
    if (truth(test(frame))) found.push(of(frame));
  }
  return found;
}
