import { type ReachResult, reachConnections } from '../reach-result';
import { visible } from '../text/visible';

/** `src,dst,conns` (RFC 4180), one connection a line. */
export function* reachCsv(result: ReachResult): Generator<string> {
  yield 'src,dst,conns\n';
  for (const { src, dst, set } of reachConnections(result)) {
    yield `${[src, dst, result.reach.sets.text(set)].map(field).join(',')}\n`;
  }
}

/** What a spreadsheet would take for a formula is kept a text. */
function field(text: string): string {
  const shown = visible(text);
  const safe = /^[=+\-@]/.test(shown) ? `'${shown}` : shown;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
