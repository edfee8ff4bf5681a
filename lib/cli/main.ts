import { Command, CommanderError } from 'commander';
import { UnknownCluster } from '../check/read-clusters';
import { forgetReads } from '../system/read-file';
import { systemErrorCode, systemErrorText } from '../system/system-error';
import type { CommandModule, Package } from './command';
import { tell } from './tell';
import { InputError, UsageError } from './usage-error';

/** Wrong usage or an internal error (results are 0 and 1). */
const EXIT_USAGE = 2;
/** As where a finding says that input cannot be read. */
const EXIT_INPUT = 1;
const USAGE_ERRORS = [UsageError, InputError, UnknownCluster];

interface NamedCommand {
  readonly summary: string;
  readonly load: () => Promise<CommandModule>;
}

const COMMANDS: Readonly<Record<string, NamedCommand>> = {
  plan: {
    summary: 'plan the address space of a fleet of clusters',
    load: () => import('./commands/plan.js'),
  },
  check: {
    summary: 'find what is wrong with the network of any Kubernetes YAML',
    load: () => import('./commands/check.js'),
  },
  reach: {
    summary: 'say who can open a connection to whom',
    load: () => import('./commands/reach.js'),
  },
  explain: {
    summary: 'say why a connection can be opened, or not',
    load: () => import('./commands/explain.js'),
  },
  whois: {
    summary: 'say who has an address, a port, a host or a DNS name',
    load: () => import('./commands/whois.js'),
  },
  capacity: {
    summary: 'say what is used, planned and left, and which limit growth hits first',
    load: () => import('./commands/capacity.js'),
  },
  diff: {
    summary: 'say what a change does to the network',
    load: () => import('./commands/diff.js'),
  },
  pull: {
    summary: 'save what a running cluster says about its network',
    load: () => import('./commands/pull.js'),
  },
  doctor: {
    summary: 'say what is wrong with a running cluster, the cause first',
    load: () => import('./commands/doctor.js'),
  },
  adopt: {
    summary: 'write what a running cluster has into a fleet and its lock',
    load: () => import('./commands/adopt.js'),
  },
  drift: {
    summary: 'say what a running cluster has otherwise than the repository',
    load: () => import('./commands/drift.js'),
  },
  rehearse: {
    summary: 'prove a migration on a model of its cluster before anybody follows it',
    load: () => import('./commands/rehearse.js'),
  },
  shard: {
    summary: 'name the clusters that each job of a pipeline looks at',
    load: () => import('./commands/shard.js'),
  },
  merge: {
    summary: 'make one result of those of several jobs',
    load: () => import('./commands/merge.js'),
  },
  config: {
    summary: 'say which configuration and which clusters count',
    load: () => import('./commands/config.js'),
  },
  init: {
    summary: 'write a first configuration and CI job, or a first app',
    load: () => import('./commands/init.js'),
  },
  completion: {
    summary: 'print the completion of a shell',
    load: () => import('./commands/completion.js'),
  },
  rule: {
    summary: 'explain a rule, or list all',
    load: () => import('./commands/rule.js'),
  },
};

/** Runs the command line, `process.argv` as it is, and returns the exit code. */
export async function main(argv: readonly string[], { version, root }: Package): Promise<number> {
  let exitCode = 0;
  forgetReads();
  const program = new Command('netloom')
    .description('A compiler for Kubernetes cluster networks.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .configureHelp({ subcommandTerm: (command) => command.name() })
    // What stands behind the name of a command is of that command.
    .enablePositionalOptions()
    .showSuggestionAfterError()
    // Arguments are shown in it.
    .configureOutput({
      writeErr: (text) => {
        tell(text.trimEnd());
      },
    })
    .exitOverride();
  const context = {
    version,
    root,
    exitWith: (code: number): void => {
      exitCode = code;
    },
  };
  for (const [name, { summary, load }] of Object.entries(COMMANDS)) {
    const command = program.command(name).summary(summary);
    // The completion knows the options of all.
    if (argv.includes(name) || argv.includes('completion')) (await load()).define(command, context);
  }
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    // Nobody reads the rest of the result.
    if (systemErrorCode(error) === 'EPIPE') return exitCode;
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE;
    const isExpected = USAGE_ERRORS.some((kind) => error instanceof kind);
    tell(`netloom: ${isExpected ? (error as Error).message : internalError(error)}`);
    return error instanceof InputError ? EXIT_INPUT : EXIT_USAGE;
  }
  return exitCode;
}

/**
 * What a process does when its standard output fails. A reader may have enough, as `head` does: that changes nothing
 * about the result. Any other failure means that the result is lost. Called once by the program, not by `main`: tests
 * call that many times in one process.
 */
export function watchStandardOutput(): void {
  process.stdout.on('error', outputFailed);
}

function outputFailed(error: Error): void {
  if (systemErrorCode(error) === 'EPIPE') return;
  tell(`netloom: cannot write the result: ${systemErrorText(error)}`);
  process.exit(EXIT_USAGE);
}

function internalError(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `internal error: ${message}\nThis is a bug of netloom. Set NETLOOM_DEBUG=1 for the stack trace.${
    process.env.NETLOOM_DEBUG && error instanceof Error ? `\n${error.stack ?? ''}` : ''
  }`;
}
