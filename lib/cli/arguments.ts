import { InvalidArgumentError } from 'commander';

/** `a,b` as a list. */
export function list(value: string): string[] {
  return value.split(',').map((part) => part.trim());
}

/** For an option that can be repeated. */
export function collect(value: string, earlier: readonly string[] = []): string[] {
  if (value === '') throw new InvalidArgumentError('it is empty.');
  return [...earlier, value];
}

export function count(value: string): number {
  if (!/^[1-9]\d{0,5}$/.test(value)) throw new InvalidArgumentError('it is no count from 1 to 999999.');
  return Number(value);
}

export function percent(value: string): number {
  const number = /^(\d{1,4})%?$/.exec(value);
  if (number === null) throw new InvalidArgumentError('it is no percentage such as 25% or 100.');
  return Number(number[1]);
}
