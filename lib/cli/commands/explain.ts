import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import type { Finding } from '../../finding/finding';
import { UNREADABLE_FILE } from '../../manifests';
import { type NetworkModel, otherPolicies, type Service } from '../../model';
import type { ExplainResult } from '../../output/explain-result';
import { explainJson } from '../../output/json/explain-json';
import { explainText } from '../../output/text/explain-text';
import {
  ALL_CONNECTIONS,
  behindService,
  type BehindService,
  doubts,
  type End,
  explain,
  type Explanation,
  type Reachability,
  type ReachWorkload,
  reachWorkloads,
  serviceMeant,
  solveBounds,
  undecidedBy,
} from '../../reach';
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
import { partyOf, portsOf, seenEngine, tellUnconsidered } from '../reach-questions';
import { addOutput, type OutputOptions, printResult, type Reporters } from '../result-output';
import { InputError, UsageError } from '../usage-error';

interface ExplainOptions
  extends
    HelmOptions,
    AppOption,
    LiveOption,
    ConfigOption,
    ClusterOptions,
    NamedCluster,
    HostNetworkOption,
    OutputOptions,
    FailOnOption {}

const REPORTERS: Reporters<ExplainResult> = {
  text: explainText,
  json: explainJson,
};

export function define(command: Command, { exitWith }: CommandContext): void {
  command
    .description(
      'Says which policies and rules decide, at each end, and the smallest change that would allow what they deny.\n' +
        'FROM and TO are namespace/name, an address or a CIDR; PORT is 80, 80/UDP or a name such as http.\n' +
        'TO may be a Service, by its address or as namespace/name[Service]: the pods behind it are asked, on their own ports.',
    )
    .argument('<FROM>', 'who opens the connection')
    .argument('<TO>', 'to whom')
    .argument('[PORT]', 'on which port of the pods (default: any)')
    .argument('[PATH...]', 'files, directories, globs or - to read (default: the cdk8s app)')
    .action(async (from: string, to: string, port: string | undefined, paths: string[], options: ExplainOptions) => {
      exitWith(await runExplain(from, to, port, paths, options));
    });
  addLive(
    addHelm(
      addApp(addConfig(addHostNetwork(addClusterFacts(addClusterName(addFailOn(addOutput(command, REPORTERS))))))),
    ),
  );
  addHelpEnd(command, {
    examples: [
      ['netloom explain shop/web shop/db 5432 k8s', 'which policies decide about this port'],
      ['netloom explain shop/web shop/db k8s', 'about any port'],
      ['netloom explain 192.0.2.7 shop/web http k8s', 'whether an address outside gets in'],
    ],
    exitCodes: FINDING_EXIT_CODES,
  });
}

async function runExplain(
  from: string,
  to: string,
  third: string | undefined,
  rest: readonly string[],
  options: ExplainOptions,
): Promise<number> {
  // The port may be left out before paths.
  const port = third === undefined || isPath(third) ? undefined : third;
  const paths = third === undefined || port !== undefined ? rest : [third, ...rest];
  const { model, findings, ignored } = await readInput(paths, options);
  if (model.objects.length === 0) refuseUnread(findings);
  const workloads = reachWorkloads(model, options.hostNetwork);
  const service = serviceMeant(model, to, workloads);
  const behind = service && wayBehind(model, service, workloads, port);
  const source = endOf('FROM', from, model, workloads);
  const target = behind?.end ?? endOf('TO', to, model, workloads);
  if ('range' in source && 'range' in target) {
    throw new UsageError('both ends lie outside of the cluster: no policy speaks of them');
  }
  const ends = [...new Set([source, target].flatMap((end) => ('workload' in end ? [end.workload] : [])))];
  const bounds = solveBounds(model, ends);
  const explained = (reach: Reachability): Explanation => {
    const destination = 'workload' in target ? reach.workloads.indexOf(target.workload) : -1;
    const asked = port === undefined ? ALL_CONNECTIONS : undefined;
    const ports = behind?.portsOf(reach.sets) ?? asked ?? portsOf(port ?? '', reach)(destination);
    return explain(reach, source, target, ports);
  };
  const answerOf = (reach: Reachability): string => reach.sets.text(explained(reach).connections);
  const { sets, compiled } = bounds.evaluated;
  const isDecided = bounds.least === bounds.most || answerOf(bounds.least) === answerOf(bounds.most);
  const explanation = explained(bounds.evaluated);
  tellUnconsidered(
    { leftOut: otherPolicies(model).map(({ ref }) => ref), seenEngine: seenEngine(model), ignored },
    options,
  );
  const result: ExplainResult = {
    explanation,
    sets,
    doubts: isDecided ? [] : doubts(model, compiled, ends),
    undecidedBy: isDecided ? [] : undecidedBy(model, compiled, ends).map(({ ref }) => ref),
    service: behind?.text,
    findings,
  };
  await printResult(result, REPORTERS, options);
  return fails(findings, options.failOn) ? 1 : 0;
}

/** Nobody is in what could not be read: that is said, and not that nobody is there. */
function refuseUnread(findings: readonly Finding[]): void {
  const unread = findings.filter(({ code }) => code === UNREADABLE_FILE.code);
  if (unread.length > 0) throw new InputError(unread.map(({ message }) => message).join('\n'));
}

function isPath(text: string): boolean {
  if (/^\d/.test(text)) return false;
  return text === '-' || /[./*]/.test(text) || existsSync(text);
}

/** @throws UsageError where nobody is behind it, or several are */
function wayBehind(
  model: NetworkModel,
  service: Service,
  workloads: readonly ReachWorkload[],
  port: string | undefined,
): BehindService {
  const behind = behindService(model, service, workloads, port);
  if ('problem' in behind) throw new UsageError(`TO: ${behind.problem}: ${behind.help}`);
  return behind;
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
