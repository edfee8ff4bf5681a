import { countBySeverity } from '../check-result';
import type { ConnectionChange } from '../../diff';
import { notConsidered } from '../reach-result';
import { countChanges, type DiffResult } from '../diff-result';
import { findingJson } from './finding-json';
import { jsonText } from './json-text';

export function diffJson(result: DiffResult): string {
  const { objects, addresses, exposure, connections, findings, suppressed } = result;
  const diff = {
    version: 1,
    objects,
    addresses,
    exposure,
    connections: connections.flatMap(pairs),
    notConsidered: notConsidered({ leftOut: result.unevaluated }),
    findings: findings.map((found) => findingJson(found)),
    suppressed,
    summary: { ...countChanges(result), ...countBySeverity(findings) },
  };
  return `${jsonText(diff, 2)}\n`;
}

/** One row for each pair, as `netloom reach` has them. */
function pairs({ sources, destinations, change, before, after, because, policies }: ConnectionChange): object[] {
  return sources.flatMap((src) =>
    destinations.flatMap((dst) => (src === dst ? [] : [{ src, dst, change, before, after, because, policies }])),
  );
}
