/** Rules that speak of what is missing: of a cluster of which objects are not in the input they can say nothing. */
const OF_WHAT_IS_MISSING: ReadonlySet<string> = new Set([
  'NL210',
  'NL246',
  'NL248',
  'NL402',
  'NL419',
  'NL435',
  'NL439',
  'NL454',
  'NL455',
  'NL501',
  'NL510',
  'NL634',
  'NL645',
  'NL647',
]);

export function needsAllObjects(code: string): boolean {
  return OF_WHAT_IS_MISSING.has(code);
}
