import type { Command } from 'commander';
import { ALL_RULES } from '../../catalogue/rule-catalogue';
import {
  type Asking,
  diagnose,
  DOCTOR_RULES,
  nodeDiagnosis,
  type ObjectDiagnosis,
  overview,
  podDiagnosis,
  runningPods,
  serviceChain,
} from '../../doctor';
import type { Finding } from '../../finding/finding';
import type { NetworkModel, Service } from '../../model';
import type { DoctorResult, ServiceDiagnosis } from '../../output/doctor-result';
import { doctorJson, objectJson, serviceJson } from '../../output/json/doctor-json';
import { checkJunit } from '../../output/junit/check-junit';
import { checkMarkdown } from '../../output/markdown/check-markdown';
import { doctorText, objectText, serviceText } from '../../output/text/doctor-text';
import { nearestWord } from '../../plan';
import { reachWorkloads } from '../../reach';
import { addClusterFacts, addClusterName, type ClusterOptions, type NamedCluster } from '../cluster-options';
import type { CommandContext } from '../command';
import { addConfig, type ConfigOption } from '../configuration';
import { addFailOn, type FailOnOption, fails } from '../fail-on';
import { addHelpEnd, FINDING_EXIT_CODES } from '../help';
import { readInput } from '../inputs';
import { addLive, type LiveOption } from '../live-cluster';
import { partyOf } from '../reach-questions';
import { addOutput, type OutputOptions, printResult, type Reporters } from '../result-output';
import { UsageError } from '../usage-error';

interface DoctorOptions extends LiveOption, ConfigOption, ClusterOptions, NamedCluster, OutputOptions, FailOnOption {}

interface ServiceOptions extends DoctorOptions {
  readonly from?: string;
}

const REPORTERS: Reporters<DoctorResult> = {
  text: doctorText,
  json: doctorJson,
  markdown: checkMarkdown,
  junit: checkJunit,
};

const OBJECT_REPORTERS: Reporters<ObjectDiagnosis> = { text: objectText, json: objectJson };

const SERVICE_REPORTERS: Reporters<ServiceDiagnosis> = { text: serviceText, json: serviceJson };

export function define(command: Command, { exitWith }: CommandContext): void {
  command
    .description(
      'Says what is wrong with a running cluster, the cause first: nodes, network plugin, pods, DNS, Services, Ingresses, Gateways.\n' +
        'It only reads. PATHs are a snapshot of netloom pull, or the output of kubectl get -o yaml.',
    )
    .argument('[PATH...]', 'a snapshot (default: the running cluster of the current context)')
    .action(async (paths: string[], options: DoctorOptions) => {
      exitWith(await runDoctor(paths, options));
    });
  addLive(addConfig(addClusterFacts(addClusterName(addFailOn(addOutput(command, REPORTERS))))));
  const service = command
    .enablePositionalOptions()
    .command('service')
    .summary('why a Service does not answer')
    .description('Follows the way to a Service link by link, up to the first one that is broken.')
    .argument('<SERVICE>', 'namespace/name')
    .argument('[PATH...]', 'a snapshot (default: the running cluster of the current context)')
    .option('--from <WHO>', 'who asks: namespace/name, a namespace, an address, or outside')
    .action(async (name: string, paths: string[], options: ServiceOptions) => {
      exitWith(await runService(name, paths, options));
    });
  addLive(addConfig(addClusterFacts(addClusterName(addFailOn(addOutput(service, SERVICE_REPORTERS))))));
  const pod = command
    .command('pod')
    .summary('everything about one pod')
    .description(
      'Says where a pod runs, where its addresses come from, which Services and policies select it, and what is wrong with it.',
    )
    .argument('<POD>', 'namespace/name')
    .argument('[PATH...]', 'a snapshot (default: the running cluster of the current context)')
    .action(async (name: string, paths: string[], options: DoctorOptions) => {
      exitWith(await runObject(paths, options, (model) => podDiagnosis(model, podNamed(name, model))));
    });
  const node = command
    .command('node')
    .summary('everything about one node')
    .description('Says how a node is, which addresses it has and gives, and what is wrong with it and its pods.')
    .argument('<NODE>', 'its name')
    .argument('[PATH...]', 'a snapshot (default: the running cluster of the current context)')
    .action(async (name: string, paths: string[], options: DoctorOptions) => {
      exitWith(await runObject(paths, options, (model) => nodeDiagnosis(model, nodeNamed(name, model))));
    });
  for (const part of [pod, node])
    addLive(addConfig(addClusterFacts(addClusterName(addFailOn(addOutput(part, OBJECT_REPORTERS))))));
  addHelpEnd(command, {
    examples: [
      ['netloom doctor', 'the cluster of the current context'],
      ['netloom doctor --live prod -o markdown', 'another one, for a ticket'],
      ['netloom doctor service shop/web --from shop/cart', 'why a Service does not answer'],
      ['netloom doctor pod shop/web-7d4b9-x2k8p', 'everything about one pod'],
      ['netloom doctor snapshot', 'what netloom pull has saved'],
    ],
    exitCodes: FINDING_EXIT_CODES,
  });
}

interface Read {
  readonly model: NetworkModel;
  readonly findings: readonly Finding[];
}

/** Where nothing is named, what runs is asked. */
function read(paths: readonly string[], options: DoctorOptions): Promise<Read> {
  return readInput(paths, { ...options, live: options.live ?? (paths.length === 0 ? true : undefined) });
}

async function runDoctor(paths: readonly string[], options: DoctorOptions): Promise<number> {
  const { model, findings: unread } = await read(paths, options);
  const { findings, skipped } = diagnose(model);
  const result: DoctorResult = {
    looks: overview(model),
    findings: [...unread, ...findings],
    skipped,
    suppressed: 0,
    brief: options.quiet,
    files: new Set(model.objects.map(({ locate }) => locate([]).file)).size,
    objects: model.objects.length,
    rules: ALL_RULES.filter(({ code }) => DOCTOR_RULES.some((rule) => rule.code === code)),
    textOf: () => undefined,
  };
  await printResult(result, REPORTERS, options);
  return fails(result.findings, options.failOn) ? 1 : 0;
}

async function runService(name: string, paths: readonly string[], options: ServiceOptions): Promise<number> {
  const { model, findings } = await read(paths, options);
  const service = serviceNamed(name, model);
  const links = serviceChain(model, service, askingOf(options.from, model));
  await printResult({ service: name, links }, SERVICE_REPORTERS, options);
  return links.some(({ holds }) => holds === false) || fails(findings, options.failOn) ? 1 : 0;
}

async function runObject(
  paths: readonly string[],
  options: DoctorOptions,
  diagnosisOf: (model: NetworkModel) => ObjectDiagnosis,
): Promise<number> {
  const { model, findings: unread } = await read(paths, options);
  const diagnosis = diagnosisOf(model);
  const findings = [...unread, ...diagnosis.findings];
  await printResult({ ...diagnosis, findings }, OBJECT_REPORTERS, options);
  return fails(findings, options.failOn) ? 1 : 0;
}

function podNamed(text: string, model: NetworkModel): ReturnType<typeof runningPods>['all'][number] {
  const wanted = text.includes('/') ? text : `default/${text}`;
  const { all } = runningPods(model);
  const found = all.find((pod) => pod.text === wanted);
  if (found !== undefined) return found;
  const near = nearestWord(
    wanted,
    all.map((pod) => pod.text),
  );
  throw new UsageError(`there is no running pod ${wanted}${near === null ? '' : `: did you mean ${near}?`}`);
}

function nodeNamed(name: string, { nodes }: NetworkModel): NetworkModel['nodes'][number] {
  const found = nodes.find((node) => node.name === name);
  if (found !== undefined) return found;
  const near = nearestWord(
    name,
    nodes.map((node) => node.name),
  );
  throw new UsageError(`there is no node ${name}${near === null ? '' : `: did you mean ${near}?`}`);
}

function askingOf(from: string | undefined, model: NetworkModel): Asking | undefined {
  return from === undefined
    ? undefined
    : { name: from, party: partyOf('--from', from, model, reachWorkloads(model, 'node')) };
}

function serviceNamed(text: string, model: NetworkModel): Service {
  const [namespace, name, ...rest] = text.includes('/') ? text.split('/') : ['default', text];
  const found = rest.length === 0 ? model.service(namespace, name) : undefined;
  if (found !== undefined) return found;
  const similar = model.similarService(namespace, name);
  const elsewhere = model.namespacesWithService(name);
  const help =
    similar !== undefined
      ? `did you mean ${namespace}/${similar.name}?`
      : elsewhere.length > 0
        ? `there is one in ${elsewhere.join(', ')}`
        : 'write namespace/name';
  throw new UsageError(`there is no Service ${namespace}/${name}: ${help}`);
}
