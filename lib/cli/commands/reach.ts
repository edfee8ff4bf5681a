import { type Command, Option } from 'commander';
import { compareFindings } from '../../finding/finding';
import { type NetworkModel, otherPolicies } from '../../model';
import { reachCsv } from '../../output/csv/reach-csv';
import { reachDot } from '../../output/dot/reach-dot';
import { reachJson } from '../../output/json/reach-json';
import { reachMarkdown } from '../../output/markdown/reach-markdown';
import { type Grouping, GROUPINGS, type ReachResult } from '../../output/reach-result';
import { reachSvg } from '../../output/svg/reach-svg';
import { reachText } from '../../output/text/reach-text';
import { doubtsByWorkload, entrances, type Filter, type Reachability, solve } from '../../reach';
import {
  addClusterFacts,
  addClusterName,
  addHostNetwork,
  type ClusterOptions,
  type HostNetworkOption,
  type NamedCluster,
} from '../cluster-options';
import { addApp, type AppOption } from '../app-report';
import type { CommandContext } from '../command';
import { addConfig, type ConfigOption } from '../configuration';
import { addFailOn, type FailOnOption, fails } from '../fail-on';
import { addHelpEnd, FINDING_EXIT_CODES } from '../help';
import { addHelm, type HelmOptions } from '../helm-charts';
import { readInput } from '../inputs';
import { addLive, type LiveOption } from '../live-cluster';
import { partyOf, policyFindings, portsOf, seenEngine, tellUnconsidered } from '../reach-questions';
import { addOutput, type OutputOptions, printResult, type Reporters } from '../result-output';

interface ReachOptions
  extends
    HelmOptions,
    AppOption,
    LiveOption,
    ConfigOption,
    ClusterOptions,
    NamedCluster,
    HostNetworkOption,
    OutputOptions,
    FailOnOption {
  readonly from?: string;
  readonly to?: string;
  readonly port?: string;
  readonly group?: Grouping;
}

const REPORTERS: Reporters<ReachResult> = {
  text: reachText,
  json: reachJson,
  csv: reachCsv,
  markdown: reachMarkdown,
  dot: reachDot,
  svg: reachSvg,
};

export function define(command: Command, { exitWith }: CommandContext): void {
  command
    .description(
      'Solves the NetworkPolicies: which workload can reach which, on which ports, and what outside addresses can.\n' +
        'PATHs are files, directories, globs, or - for standard input; without one, the cdk8s app is solved.',
    )
    .argument('[PATH...]', 'what to read')
    .option('--from <WHO>', 'only connections from namespace/name, a namespace, an address or a CIDR')
    .option('--to <WHO>', 'only connections to namespace/name, a namespace, an address or a CIDR')
    .option('--port <PORT>', 'only connections on 80, 80/UDP or a name such as http')
    .addOption(
      new Option(
        '--group <BY>',
        'between whom dot and svg have arrows; by itself, svg takes namespaces where there are many workloads',
      ).choices(GROUPINGS),
    )
    .action(async (paths: string[], options: ReachOptions) => {
      exitWith(await runReach(paths, options));
    });
  addLive(
    addHelm(
      addApp(addConfig(addHostNetwork(addClusterFacts(addClusterName(addFailOn(addOutput(command, REPORTERS))))))),
    ),
  );
  addHelpEnd(command, {
    examples: [
      ['netloom reach k8s', 'who can open a connection to whom'],
      ['netloom reach k8s --to shop/db --port 5432', 'who can open a connection to the database'],
      ['netloom reach k8s --from outside', 'what anybody outside of the cluster can open'],
      ['netloom reach k8s -o csv --output-file dot=reach.dot', 'for a spreadsheet, and for Graphviz'],
      ['netloom reach k8s -o svg --group namespace > reach.svg', 'a picture'],
    ],
    exitCodes: FINDING_EXIT_CODES,
  });
}

async function runReach(paths: readonly string[], options: ReachOptions): Promise<number> {
  const { model, findings, ignored } = await readInput(paths, options);
  const reach = solve(model, { hostNetwork: options.hostNetwork });
  const result: ReachResult = {
    reach,
    entrances: entrances(model, reach),
    filter: filterOf(options, model, reach),
    grouping: options.group,
    findings: [...findings, ...policyFindings(model)].sort(compareFindings),
    doubts: doubtsByWorkload(model, reach.compiled),
    leftOut: otherPolicies(model).map(({ ref }) => ref),
    seenEngine: seenEngine(model),
    ignored,
  };
  if (options.output !== 'text') tellUnconsidered(result, options);
  await printResult(result, REPORTERS, options);
  return fails(result.findings, options.failOn) ? 1 : 0;
}

function filterOf({ from, to, port }: ReachOptions, model: NetworkModel, reach: Reachability): Filter {
  return {
    from: from === undefined ? undefined : partyOf('--from', from, model, reach.workloads),
    to: to === undefined ? undefined : partyOf('--to', to, model, reach.workloads),
    ports: port === undefined ? undefined : portsOf(port, reach),
  };
}
