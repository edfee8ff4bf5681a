import { existsSync } from 'node:fs';
import type { Severity } from '../finding/finding';
import { type NetworkModel, otherPolicies } from '../model';
import { explainJson } from '../output/json/explain-json';
import { explainText } from '../output/text/explain-text';
import { paletteFor, PLAIN } from '../output/text/palette';
import {
  ALL_CONNECTIONS,
  type End,
  explain,
  type HostNetworkMode,
  type ReachWorkload,
  reachWorkloads,
  solveAmong,
} from '../reach';
import { EXPLAIN_FORMATS } from './formats';
import { type ClusterOptions, readInput } from './inputs';
import { checkOutputOptions, fails, printResult } from './options';
import { partyOf, portsOf, tellUnconsidered } from './reach';
import { UsageError } from './usage-error';

export interface ExplainOptions extends ClusterOptions {
  readonly output: string;
  readonly outputFile: readonly string[];
  readonly failOn: Severity;
  readonly color: boolean;
  readonly cluster?: string;
  readonly hostNetwork: HostNetworkMode;
}

export async function runExplain(
  from: string,
  to: string,
  third: string | undefined,
  rest: readonly string[],
  options: ExplainOptions,
): Promise<number> {
  checkOutputOptions(options, EXPLAIN_FORMATS);
  // The port may be left out before paths.
  const port = third === undefined || isPath(third) ? undefined : third;
  const paths = third === undefined || port !== undefined ? rest : [third, ...rest];
  const { model, findings, ignored } = await readInput(paths, options);
  const workloads = reachWorkloads(model, options.hostNetwork);
  const [source, target] = [endOf('FROM', from, model, workloads), endOf('TO', to, model, workloads)];
  if ('range' in source && 'range' in target) {
    throw new UsageError('both ends lie outside of the cluster: no policy speaks of them');
  }
  const ends = [...new Set([source, target].flatMap((end) => ('workload' in end ? [end.workload] : [])))];
  const reach = solveAmong(model, ends);
  const asked =
    port === undefined
      ? ALL_CONNECTIONS
      : portsOf(port, reach)('workload' in target ? reach.workloads.indexOf(target.workload) : -1);
  const explanation = explain(reach, source, target, asked);
  tellUnconsidered({ leftOut: otherPolicies(model).map(({ ref }) => ref), ignored });
  printResult(options, EXPLAIN_FORMATS, (format, destination) =>
    format === 'json'
      ? explainJson(explanation, reach.sets, findings)
      : explainText(
          explanation,
          reach.sets,
          findings,
          destination === 'file' ? PLAIN : paletteFor(process.stdout, options.color),
        ),
  );
  return fails(findings, options.failOn) ? 1 : 0;
}

function isPath(text: string): boolean {
  if (/^\d/.test(text)) return false;
  return text === '-' || /[./*]/.test(text) || existsSync(text);
}

/** A question has one workload or one range at each end. */
function endOf(argument: string, text: string, model: NetworkModel, workloads: readonly ReachWorkload[]): End {
  const { workloads: indexes, range, ingressController } = partyOf(argument, text, model, workloads);
  if (ingressController) throw new UsageError(`${argument}: name the pods of the ingress controller, or an address`);
  const meant = [...indexes].map((index) => workloads[index]);
  if (meant.length === 1) return { workload: meant[0] };
  if (range !== undefined && meant.length === 0) return { range };
  const names = meant.slice(0, 5).map((workload) => workload.text);
  throw new UsageError(`${argument}: ${text} is ${meant.length} workloads, name one: ${names.join(', ')}`);
}
