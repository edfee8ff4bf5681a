import { record } from '../model/json';
import { type Compiled, type Frame, number, truth } from './cel-frame';
import type { BinaryOperator } from './cel-parser';
import { CEL_ERROR, CelError, compareValues, equalValues } from './cel-values';

export function binary(operator: BinaryOperator, left: Compiled, right: Compiled): Compiled {
  switch (operator) {
    case '&&':
      return (frame) => decided(left, right, frame, false);
    case '||':
      return (frame) => decided(left, right, frame, true);
    case '==':
      return (frame) => equalValues(left(frame), right(frame));
    case '!=':
      return (frame) => !equalValues(left(frame), right(frame));
    case '<':
      return (frame) => compareValues(left(frame), right(frame)) < 0;
    case '<=':
      return (frame) => compareValues(left(frame), right(frame)) <= 0;
    case '>':
      return (frame) => compareValues(left(frame), right(frame)) > 0;
    case '>=':
      return (frame) => compareValues(left(frame), right(frame)) >= 0;
    case 'in':
      return (frame) => isIn(left(frame), right(frame));
    case '+':
      return (frame) => sum(left(frame), right(frame));
    case '-':
      return (frame) => number(left(frame)) - number(right(frame));
    case '*':
      return (frame) => number(left(frame)) * number(right(frame));
    case '/':
      return (frame) => {
        const [a, b] = [number(left(frame)), number(right(frame))];
        if (b === 0) throw CEL_ERROR;
        return Number.isInteger(a) && Number.isInteger(b) ? Math.trunc(a / b) : a / b;
      };
    case '%':
      return (frame) => {
        const [a, b] = [number(left(frame)), number(right(frame))];
        if (b === 0) throw CEL_ERROR;
        return a % b;
      };
  }
}

/** One side that decides is enough, though the other cannot be evaluated. */
function decided(left: Compiled, right: Compiled, frame: Frame, decisive: boolean): boolean {
  let failed: unknown;
  try {
    if (truth(left(frame)) === decisive) return decisive;
  } catch (error) {
    if (!(error instanceof CelError) || error.isLimit) throw error;
    failed = error;
  }
  if (truth(right(frame)) === decisive) return decisive;
  if (failed !== undefined) throw failed as CelError;
  return !decisive;
}

function isIn(key: unknown, container: unknown): boolean {
  if (Array.isArray(container)) return container.some((item) => equalValues(item, key));
  const fields = record(container);
  if (fields === undefined) throw CEL_ERROR;
  return typeof key === 'string' && Object.hasOwn(fields, key);
}

function sum(a: unknown, b: unknown): unknown {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  if (typeof a === 'string' && typeof b === 'string') return a + b;
  if (Array.isArray(a) && Array.isArray(b)) return [...(a as unknown[]), ...(b as unknown[])];
  throw CEL_ERROR;
}
