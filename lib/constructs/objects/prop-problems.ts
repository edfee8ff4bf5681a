import type { Problem } from '../../finding/problem';
import { CONTRADICTING_PROPS, EMPTY_PROP } from './object-rules';

/** For a list that came out empty; `meaning` is what the API takes it for. */
export function emptyListProblems(
  prop: string,
  items: readonly unknown[] | undefined,
  { meaning, help }: { readonly meaning?: string; readonly help: string },
): Problem[] {
  if (items?.length !== 0) return [];
  return [{ rule: EMPTY_PROP, message: `${prop} is empty${meaning === undefined ? '' : `, ${meaning}`}`, help }];
}

/** 0 is no value to Go: the API takes its default. */
export function zeroProblems(prop: string, value: unknown, range = 'from 1 to 65535'): Problem[] {
  if (value !== 0) return [];
  return [
    {
      rule: EMPTY_PROP,
      message: `${prop} is 0, which the API takes for no value`,
      help: `leave ${prop} out if that is meant, else set it to a whole number ${range}`,
    },
  ];
}

/** Each under the rule of props that contradict each other. */
export function contradictions(
  problems: readonly { readonly message: string; readonly help: string }[],
): readonly Problem[] {
  return problems.map((problem) => ({ rule: CONTRADICTING_PROPS, ...problem }));
}
