import { flatMap, type LabelIndex } from '../model';
import type { LabelQuery } from './tiers';

/** What the query holds for, from the rarest of the values that it asks for. */
export function whatHolds<T extends { readonly labels: ReadonlyMap<string, string> }>(
  index: LabelIndex<T>,
  { asked, holds }: LabelQuery,
): readonly T[] {
  let rarest = index.all;
  for (const { label, values } of asked) {
    const found = flatMap([...values], (value) => index.labelled(label, value));
    if (found.length < rarest.length) rarest = found;
  }
  return rarest.filter(({ labels }) => holds(labels));
}
