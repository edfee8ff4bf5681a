import { type ReachResult, reachConnections } from '../reach-result';

/** `src,dst,conns` (RFC 4180), one connection a line. */
export function* reachCsv(result: ReachResult): Generator<string> {
  yield 'src,dst,conns\n';
  for (const { src, dst, set } of reachConnections(result)) {
    yield `${[src, dst, result.reach.sets.text(set)].map(field).join(',')}\n`;
  }
}

/** What a spreadsheet would take for a formula is kept a text. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
