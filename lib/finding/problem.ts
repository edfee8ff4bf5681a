import type { FieldEdit, Rule, Severity, SpecPath } from './finding';

/** A line of a text of several lines, counted from 0. */
export interface TextLine {
  readonly textLine: number;
}

/** Which part of a field is meant: its key, its value, or a line of its value. */
export type FieldPart = 'key' | 'value' | TextLine;

/** What is wrong, before it is a finding: whoever reports it knows the object, and the rule where none is given. */
export interface Problem {
  /** What is wrong, with the values, in one sentence without a full stop. */
  readonly message: string;
  /** What to do. */
  readonly help: string;
  /** @default - that of whoever reports it */
  readonly rule?: Rule;
  /** @default - that of the rule */
  readonly severity?: Severity;
  /** Which field of the object is wrong. @default - the object as a whole */
  readonly field?: SpecPath;
  /** @default 'value' */
  readonly part?: FieldPart;
  /** The value cannot be decoded: at its place, below it and in what holds it, other rules have nothing to say. */
  readonly undecodable?: true;
  /** What fixes it; paths are those of the object. Only where one answer is right. */
  readonly fix?: readonly FieldEdit[];
}

/** One that says its rule. */
export type RuledProblem = Problem & { readonly rule: Rule };

/** Whether a problem is one of a value that cannot be decoded, of what is in it or of what holds it. */
export function followsFrom({ field = [] }: Problem, { field: undecodable = [] }: Problem): boolean {
  const shared = Math.min(field.length, undecodable.length);
  return field.length >= undecodable.length - 1 && undecodable.slice(0, shared).every((key, at) => key === field[at]);
}
