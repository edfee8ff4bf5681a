import { compareText } from '../../finding/finding';
import { at, list, type JsonRecord, record } from '../../model/json';
import { jsonText } from '../json/json-text';

/** A log of SARIF 2.1.0 with one run of ours; undefined for any other value. */
export function readSarif(value: unknown): JsonRecord | undefined {
  const isOurs =
    at(value, 'version') === '2.1.0' &&
    list(at(value, 'runs')).length === 1 &&
    at(value, 'runs', 0, 'tool', 'driver', 'name') === 'netloom';
  return isOurs ? record(value) : undefined;
}

/**
 * One log with one run, because code scanning services take one run of a tool and category. Each result stands in it once,
 * sorted: the order of the logs changes nothing.
 */
export function mergeSarif(logs: readonly JsonRecord[]): string {
  const results = new Map(
    logs.flatMap((log) => list(at(log, 'runs', 0, 'results'))).map((result) => [JSON.stringify(result), result]),
  );
  const [log] = logs;
  const sorted = [...results]
    .sort(([a, one], [b, other]) => compareText(orderOf(one), orderOf(other)) || compareText(a, b))
    .map(([, result]) => result);
  const run = record(at(log, 'runs', 0));
  return `${jsonText({ ...log, runs: [{ ...run, results: sorted }] }, 2)}\n`;
}

const LEVELS = ['error', 'warning', 'note'];

/** The gravest first, as checks print. */
function orderOf(result: unknown): string {
  return `${LEVELS.indexOf(String(at(result, 'level')))} ${String(at(result, 'ruleId'))}`;
}

/** The levels of all results. */
export function sarifLevels(logs: readonly JsonRecord[]): ReadonlySet<string> {
  return new Set(
    logs.flatMap((log) => list(at(log, 'runs', 0, 'results'))).map((result) => String(at(result, 'level'))),
  );
}
