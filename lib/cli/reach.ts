import { compareFindings, type Finding, type Severity } from '../finding/finding';
import { type NetworkModel, otherPolicies } from '../model';
import { reachCsv } from '../output/csv/reach-csv';
import { reachDot } from '../output/dot/reach-dot';
import { reachJson } from '../output/json/reach-json';
import { reachMarkdown } from '../output/markdown/reach-markdown';
import { type ReachResult, unconsideredLines } from '../output/reach-result';
import { paletteFor, PLAIN } from '../output/text/palette';
import { reachText } from '../output/text/reach-text';
import { visible } from '../output/text/visible';
import {
  entrances,
  type Filter,
  type HostNetworkMode,
  type Party,
  type Reachability,
  type ReachWorkload,
  readParty,
  readPort,
  solve,
} from '../reach';
import { NETWORK_RULES, runRules } from '../rules';
import { REACH_FORMATS } from './formats';
import { type ClusterOptions, readInput } from './inputs';
import { checkOutputOptions, fails, streamResult } from './options';
import { UsageError } from './usage-error';

export interface ReachOptions extends ClusterOptions {
  readonly output: string;
  readonly outputFile: readonly string[];
  readonly failOn: Severity;
  readonly color: boolean;
  readonly cluster?: string;
  readonly from?: string;
  readonly to?: string;
  readonly port?: string;
  readonly hostNetwork: HostNetworkMode;
}

export async function runReach(paths: readonly string[], options: ReachOptions): Promise<number> {
  checkOutputOptions(options, REACH_FORMATS);
  const { model, findings, ignored } = await readInput(paths, options);
  const reach = solve(model, { hostNetwork: options.hostNetwork });
  const result: ReachResult = {
    reach,
    entrances: entrances(model, reach),
    filter: filterOf(options, reach),
    findings: [...findings, ...policyFindings(model)].sort(compareFindings),
    leftOut: otherPolicies(model).map(({ ref }) => ref),
    ignored,
  };
  if (options.output !== 'text') tellUnconsidered(result);
  await streamResult(options, REACH_FORMATS, (format, destination) => print(format, destination, result, options));
  return fails(result.findings, options.failOn) ? 1 : 0;
}

/** For formats that have no room for it. */
export function tellUnconsidered(result: Parameters<typeof unconsideredLines>[0]): void {
  for (const line of unconsideredLines(result)) process.stderr.write(`${visible(line)}\n`);
}

/** What is wrong with the policies themselves: they are answered all the same. */
export function policyFindings(model: NetworkModel): readonly Finding[] {
  const rules = NETWORK_RULES.filter(({ concernsReach }) => concernsReach);
  return runRules(rules, model).findings;
}

function print(
  format: string,
  destination: 'terminal' | 'file',
  result: ReachResult,
  { color }: ReachOptions,
): Iterable<string> {
  switch (format) {
    case 'json':
      return reachJson(result);
    case 'csv':
      return reachCsv(result);
    case 'dot':
      return reachDot(result);
    case 'markdown':
      return [reachMarkdown(result)];
    default:
      return [reachText(result, destination === 'file' ? PLAIN : paletteFor(process.stdout, color))];
  }
}

function filterOf({ from, to, port }: ReachOptions, reach: Reachability): Filter {
  return {
    from: from === undefined ? undefined : partyOf('--from', from, reach.workloads),
    to: to === undefined ? undefined : partyOf('--to', to, reach.workloads),
    ports: port === undefined ? undefined : portsOf(port, reach),
  };
}

export function partyOf(option: string, text: string, workloads: readonly ReachWorkload[]): Party {
  const read = readParty(text, workloads);
  if ('party' in read) return read.party;
  throw new UsageError(`${option}: ${read.problem}: ${read.help}`);
}

export function portsOf(text: string, reach: Reachability): NonNullable<Filter['ports']> {
  const ports = readPort(text, reach);
  if (ports === undefined)
    throw new UsageError(`${text} is no port: write 80, 80/UDP, 8000-8080/TCP or the name of a port`);
  return ports;
}
