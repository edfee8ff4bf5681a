import { CEL_ERROR } from './cel-values';

/** Values of variables by place, so that an expression is compiled to functions that look nothing up by name. */
export interface Frame {
  readonly slots: unknown[];
  /** How many items may still be visited. */
  budget: number;
}

export type Compiled = (frame: Frame) => unknown;

export function truth(value: unknown): boolean {
  if (typeof value !== 'boolean') throw CEL_ERROR;
  return value;
}

export function number(value: unknown): number {
  if (typeof value !== 'number') throw CEL_ERROR;
  return value;
}
