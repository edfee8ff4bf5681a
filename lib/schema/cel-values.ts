import { record } from '../model/json';
import { own } from '../syntax/own-member';

/** Why an expression has no value for an object. */
export class CelError extends Error {
  public constructor(public readonly isLimit = false) {
    super('the expression has no value');
  }
}

/** One of each is enough: a stack trace, which is not read, would cost more than the expression. */
export const CEL_ERROR = new CelError();
export const CEL_LIMIT = new CelError(true);

/** A value that may be absent (`self.?field`). */
export class Optional {
  public constructor(public readonly value: unknown) {}

  public get isSet(): boolean {
    return this.value !== undefined;
  }

  public then(of: (value: unknown) => Optional): Optional {
    return this.isSet ? of(this.value) : this;
  }
}

export const NO_VALUE = new Optional(undefined);

/** In milliseconds. */
export class Duration {
  public constructor(public readonly milliseconds: number) {}
}

/** In milliseconds since 1970. */
export class Timestamp {
  public constructor(public readonly milliseconds: number) {}
}

/** The amount of a resource, such as `500Mi`. */
export class Quantity {
  public constructor(public readonly amount: number) {}
}

export class CelType {
  public constructor(public readonly name: string) {}
}

export function equalValues(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => equalValues(item, b[index]));
  }
  if (a instanceof Optional) return b instanceof Optional && equalValues(a.value, b.value);
  const [one, other] = [comparable(a), comparable(b)];
  if (one !== undefined) return one === other;
  const [fields, others] = [record(a), record(b)];
  if (fields === undefined || others === undefined) return false;
  const keys = Object.keys(fields);
  return (
    keys.length === Object.keys(others).length &&
    keys.every((key) => Object.hasOwn(others, key) && equalValues(own(fields, key), own(others, key)))
  );
}

/** Negative, zero or positive. Values of different types have no order. */
export function compareValues(a: unknown, b: unknown): number {
  const [one, other] = [comparable(a), comparable(b)];
  if (one === undefined || typeof one !== typeof other || other === undefined) throw CEL_ERROR;
  return one < other ? -1 : one > other ? 1 : 0;
}

function comparable(value: unknown): string | number | boolean | bigint | undefined {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Duration || value instanceof Timestamp) return value.milliseconds;
  if (value instanceof Quantity) return value.amount;
  return value instanceof CelType ? value.name : undefined;
}
