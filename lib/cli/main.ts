import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { CapacityOptions } from './capacity';
import type { CheckOptions } from './check';
import type { DiffOptions } from './diff';
import type { ExplainOptions } from './explain';
import {
  CAPACITY_FORMATS,
  CHECK_FORMATS,
  DIFF_FORMATS,
  EXPLAIN_FORMATS,
  PLAN_FORMATS,
  REACH_FORMATS,
  WHOIS_FORMATS,
} from './formats';
import type { PlanOptions } from './plan';
import type { ReachOptions } from './reach';
import { systemErrorCode, systemErrorText } from '../synth/system-error';
import { UsageError } from './usage-error';
import type { WhoisOptions } from './whois';

/** Wrong usage or an internal error (results are 0 and 1). */
const EXIT_USAGE = 2;

/** The package that the command belongs to. */
export interface Package {
  readonly version: string;
  /** Its folder, which has `docs`. */
  readonly root: string;
}

/** Runs the command line, `process.argv` as it is, and returns the exit code. */
export async function main(argv: readonly string[], { version, root }: Package): Promise<number> {
  let exitCode = 0;
  watchStandardOutput();
  const program = new Command('netloom')
    .description('A compiler for Kubernetes cluster networks.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .showSuggestionAfterError()
    .exitOverride();
  program
    .command('plan')
    .summary('plan the address space of a fleet of clusters')
    .description(
      'Plans the address space of a fleet: allocates what is new, keeps what is locked, reports every conflict.\n' +
        'SPEC is a YAML or JSON file (- for standard input); without it, the fleets of the cdk8s app are planned.',
    )
    .argument('[SPEC]', 'a fleet, in the shape of the props of Fleet')
    .addOption(outputOption(PLAN_FORMATS))
    .option('--markdown', 'the same as -o markdown: for a pull request', false)
    .option('--output-file <FORMAT=FILE>', 'write a further format to a file (repeatable)', collect, [])
    .option('--lock <FILE>', 'the lock file (default: netloom.lock.json)')
    .option('--write-lock', 'save the lock', false)
    .option('--frozen', 'fail if the lock would change (default when CI=true)')
    .option('--no-frozen', 'let the lock change although CI=true')
    .option('--renumber <KEY>', 'let the allocation of this lock key move (repeatable)', collect, [])
    .option('--detailed-exitcode', 'exit 0 for no change, 1 for an error, 2 for a change', false)
    .addOption(failOnOption())
    .option('--no-color', 'no colours')
    .action(async (spec: string | undefined, options: PlanOptions) => {
      const { runPlan } = await import('./plan.js');
      exitCode = await runPlan(spec, options);
    });
  program
    .command('check')
    .summary('find what is wrong with the network of any Kubernetes YAML')
    .description(
      'Reads Kubernetes YAML and JSON and reports what is wrong with the network.\n' +
        'PATHs are files, directories, globs, or - for standard input; without one, the cdk8s app is checked.',
    )
    .argument('[PATH...]', 'what to check')
    .addOption(outputOption(CHECK_FORMATS))
    .option('--output-file <FORMAT=FILE>', 'write a further format to a file (repeatable)', collect, [])
    .addOption(failOnOption())
    .option('--service-cidr <CIDR[,CIDR]>', 'the service CIDRs of the cluster', list)
    .option('--pod-cidr <CIDR[,CIDR]>', 'the cluster CIDRs (pod networks)', list)
    .option('--node-cidr <CIDR[,CIDR]>', 'where the nodes live', list)
    .option('--node-port-range <FIRST-LAST>', 'the node ports of the cluster')
    .option('--kubernetes-version <VERSION>', 'the version of Kubernetes, such as 1.33')
    .option('--cluster-domain <DOMAIN>', 'the DNS domain of the cluster')
    .option('--baseline <FILE>', 'report only what is not in this file')
    .option('--write-baseline <FILE>', 'write what is found now to this file')
    .option('--fix', 'mend what is safe to mend, and report what is left', false)
    .option('--dry-run', 'with --fix: print a diff, and write nothing', false)
    .option('--no-color', 'no colours')
    .action(async (paths: string[], options: CheckOptions) => {
      const { runCheck } = await import('./check.js');
      exitCode = await runCheck(paths, options, version);
    });
  clusterOptions(
    program
      .command('reach')
      .summary('say who can open a connection to whom')
      .description(
        'Solves the NetworkPolicies: which workload can reach which, on which ports, and what outside addresses can.\n' +
          'PATHs are files, directories, globs, or - for standard input; without one, the cdk8s app is solved.',
      )
      .argument('[PATH...]', 'what to read')
      .addOption(outputOption(REACH_FORMATS))
      .option('--output-file <FORMAT=FILE>', 'write a further format to a file (repeatable)', collect, [])
      .option('--from <WHO>', 'only connections from namespace/name, a namespace, an address or a CIDR')
      .option('--to <WHO>', 'only connections to namespace/name, a namespace, an address or a CIDR')
      .option('--port <PORT>', 'only connections on 80, 80/UDP or a name such as http')
      .addOption(failOnOption()),
  ).action(async (paths: string[], options: ReachOptions) => {
    const { runReach } = await import('./reach.js');
    exitCode = await runReach(paths, options);
  });
  clusterOptions(
    program
      .command('explain')
      .summary('say why a connection can be opened, or not')
      .description(
        'Says which policies and rules decide, at each end, and the smallest change that would allow what they deny.\n' +
          'FROM and TO are namespace/name, an address or a CIDR; PORT is 80, 80/UDP or a name such as http.',
      )
      .argument('<FROM>', 'who opens the connection')
      .argument('<TO>', 'to whom')
      .argument('[PORT]', 'on which port of the pods (default: any)')
      .argument('[PATH...]', 'files, directories, globs or - to read (default: the cdk8s app)')
      .addOption(outputOption(EXPLAIN_FORMATS))
      .option('--output-file <FORMAT=FILE>', 'write a further format to a file (repeatable)', collect, [])
      .addOption(failOnOption()),
  ).action(async (from: string, to: string, port: string | undefined, paths: string[], options: ExplainOptions) => {
    const { runExplain } = await import('./explain.js');
    exitCode = await runExplain(from, to, port, paths, options);
  });

  sourceOptions(
    program
      .command('whois')
      .summary('say who has an address, a port, a host or a DNS name')
      .description(
        'Says who has QUERY, from the supernet down to the object: an address, a CIDR or a range, a port of the nodes\n' +
          '(30080/TCP), a host and path (shop.example.com/cart), or a DNS name (db.shop.svc.cluster.local).\n' +
          'Exit code 0: somebody has it, 1: nobody has.',
      )
      .argument('<QUERY>', 'what to look for')
      .argument('[PATH...]', 'the manifests of a cluster')
      .addOption(outputOption(WHOIS_FORMATS)),
  ).action(async (query: string, paths: string[], options: WhoisOptions) => {
    const { runWhois } = await import('./whois.js');
    exitCode = await runWhois(query, paths, options);
  });
  sourceOptions(
    program
      .command('capacity')
      .summary('say what is used, planned and left, and which limit growth hits first')
      .description(
        'Counts the nodes, pods, services, node ports and load balancer addresses of each cluster against their limits, now and\n' +
          'after nodes are added, a zone is lost, or a release runs in parallel. Exit code 1: something is above its limit now.',
      )
      .argument('[PATH...]', 'the manifests of a cluster')
      .addOption(outputOption(CAPACITY_FORMATS))
      .option('--add-nodes <COUNT>', 'how many nodes are added', count, 1)
      .option('--lose-zone <ZONE>', 'the zone that is lost (default: the largest)')
      .option('--zones <COUNT>', 'over how many zones the nodes are spread, where no Node says so', count)
      .option('--surge <PERCENT>', 'how much of a release runs beside the old one', percent, 100),
  ).action(async (paths: string[], options: CapacityOptions) => {
    const { runCapacity } = await import('./capacity.js');
    exitCode = await runCapacity(paths, options);
  });
  program
    .command('diff')
    .summary('say what a change does to the network')
    .description(
      'Compares two states of the manifests of a cluster: objects, addresses, exposure to outside, connections, and what\n' +
        'Kubernetes refuses or what interrupts. OLD and NEW are files, directories, globs, - for standard input, or\n' +
        'REV:PATH of git; one argument REV:PATH..REV:PATH names both.',
    )
    .argument('<OLD>', 'the state before, or REV:PATH..REV:PATH')
    .argument('[NEW]', 'the state after')
    .addOption(outputOption(DIFF_FORMATS))
    .option('--output-file <FORMAT=FILE>', 'write a further format to a file (repeatable)', collect, [])
    .addOption(failOnOption())
    .option('--cluster <NAME>', 'the cluster, where netloom.yaml has several')
    .option('--detailed-exitcode', 'exit 0 for no change, 1 for a failing finding, 2 for a change', false)
    .option('--service-cidr <CIDR[,CIDR]>', 'the service CIDRs of the cluster', list)
    .option('--pod-cidr <CIDR[,CIDR]>', 'the cluster CIDRs (pod networks)', list)
    .option('--node-cidr <CIDR[,CIDR]>', 'where the nodes live', list)
    .option('--node-port-range <FIRST-LAST>', 'the node ports of the cluster')
    .option('--kubernetes-version <VERSION>', 'the version of Kubernetes, such as 1.33')
    .option('--cluster-domain <DOMAIN>', 'the DNS domain of the cluster')
    .addOption(hostNetworkOption())
    .option('--no-color', 'no colours')
    .action(async (old: string, current: string | undefined, options: DiffOptions) => {
      const { runDiff } = await import('./diff.js');
      exitCode = runDiff(current === undefined ? [old] : [old, current], options);
    });
  program
    .command('rule')
    .summary('explain a rule, or list all')
    .argument('[RULE]', 'a code or a slug')
    .action(async (name: string | undefined) => {
      const { runRule } = await import('./rule.js');
      exitCode = runRule(name, root);
    });
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    // Nobody reads the rest of the result.
    if (systemErrorCode(error) === 'EPIPE') return exitCode;
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE;
    process.stderr.write(`netloom: ${error instanceof UsageError ? error.message : internalError(error)}\n`);
    return EXIT_USAGE;
  }
  return exitCode;
}

/** Whoever reads may have enough, as `head` does: that changes nothing about the result. Any other failure means that nobody has it. */
function watchStandardOutput(): void {
  if (process.stdout.listeners('error').includes(outputFailed)) return;
  process.stdout.on('error', outputFailed);
}

function outputFailed(error: Error): void {
  if (systemErrorCode(error) === 'EPIPE') return;
  process.stderr.write(`netloom: cannot write the result: ${systemErrorText(error)}\n`);
  process.exit(EXIT_USAGE);
}

/** For commands that solve policies. */
function clusterOptions(command: Command): Command {
  return command
    .option('--cluster <NAME>', 'the cluster of the cdk8s app, where it has several')
    .option('--service-cidr <CIDR[,CIDR]>', 'the service CIDRs of the cluster', list)
    .option('--pod-cidr <CIDR[,CIDR]>', 'the cluster CIDRs (pod networks)', list)
    .option('--node-cidr <CIDR[,CIDR]>', 'where the nodes live', list)
    .addOption(hostNetworkOption())
    .option('--no-color', 'no colours');
}

/** For questions about a fleet and its manifests. */
function sourceOptions(command: Command): Command {
  return command
    .option('--output-file <FORMAT=FILE>', 'write a further format to a file (repeatable)', collect, [])
    .option('--fleet <FILE>', 'a fleet, in the shape of the props of Fleet')
    .option('--lock <FILE>', 'the lock file of the fleet (default: netloom.lock.json)')
    .option('--cluster <NAME>', 'which cluster of the fleet the manifests are those of')
    .option('--service-cidr <CIDR[,CIDR]>', 'the service CIDRs of the cluster', list)
    .option('--pod-cidr <CIDR[,CIDR]>', 'the cluster CIDRs (pod networks)', list)
    .option('--node-cidr <CIDR[,CIDR]>', 'where the nodes live', list)
    .option('--node-port-range <FIRST-LAST>', 'the node ports of the cluster')
    .option('--cluster-domain <DOMAIN>', 'the DNS domain of the cluster')
    .option('--no-color', 'no colours');
}

function count(value: string): number {
  if (!/^[1-9]\d{0,5}$/.test(value)) throw new InvalidArgumentError('it is no count from 1 to 999999.');
  return Number(value);
}

function percent(value: string): number {
  const number = /^(\d{1,4})%?$/.exec(value);
  if (number === null) throw new InvalidArgumentError('it is no percentage such as 25% or 100.');
  return Number(number[1]);
}

function hostNetworkOption(): Option {
  return new Option(
    '--host-network <MODE>',
    'what the CNI does with pods in the network of their node: policies pass them by (node), or not (pod)',
  )
    .choices(['node', 'pod'])
    .default('node');
}

function outputOption(formats: readonly string[]): Option {
  return new Option('-o, --output <FORMAT>', 'the format of the result').choices(formats).default('text');
}

function failOnOption(): Option {
  return new Option('--fail-on <SEVERITY>', 'exit 1 if there is a finding of this severity or a worse one')
    .choices(['error', 'warning', 'info'])
    .default('error');
}

function list(value: string): string[] {
  return value.split(',').map((part) => part.trim());
}

function collect(value: string, earlier: readonly string[]): string[] {
  if (value === '') throw new InvalidArgumentError('it is empty.');
  return [...earlier, value];
}

function internalError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `internal error: ${message}\nThis is a bug of netloom. Set NETLOOM_DEBUG=1 for the stack trace.${
    process.env.NETLOOM_DEBUG && error instanceof Error ? `\n${error.stack ?? ''}` : ''
  }`;
}
