import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { isGlob } from '../../manifests';
import { addClusterFacts, addClusterName, addHostNetwork } from '../cluster-options';
import type { CommandContext } from '../command';
import { addConfig, loadConfig } from '../configuration';
import { DIFF_REPORTERS, type DiffOptions, printDiff, readState, type Source } from '../diff-states';
import { addFailOn } from '../fail-on';
import { parseRevision, parseRevisionRange } from '../git-files';
import { addHelpEnd, FINDING_EXIT_CODES } from '../help';
import { liveArgument } from '../live-cluster';
import { addOutput } from '../result-output';
import { InputError, UsageError } from '../usage-error';

export function define(command: Command, { exitWith }: CommandContext): void {
  command
    .description(
      'Compares two states of the manifests of a cluster: objects, addresses, exposure to outside, connections, and what ' +
        'Kubernetes refuses or what interrupts.\n' +
        'OLD and NEW are files, directories, globs, - for standard input, or ' +
        'REV:PATH of git, or live:CONTEXT, a running cluster; one argument REV:PATH..REV:PATH names both.',
    )
    .argument('<OLD>', 'the state before, or REV:PATH..REV:PATH')
    .argument('[NEW]', 'the state after')
    .option('--detailed-exitcode', 'exit 0 for no change, 1 for a failing finding, 2 for a change')
    .action(async (old: string, current: string | undefined, options: DiffOptions) => {
      exitWith(await runDiff(current === undefined ? [old] : [old, current], options));
    });
  addConfig(addHostNetwork(addClusterFacts(addClusterName(addFailOn(addOutput(command, DIFF_REPORTERS))))));
  addHelpEnd(command, {
    examples: [
      ['netloom diff main:k8s k8s', 'what the working tree changes'],
      ['netloom diff main:k8s...HEAD:k8s -o markdown', 'what a branch changes, for its pull request'],
      ['netloom diff old.yaml new.yaml', 'two files'],
    ],
    exitCodes: { ...FINDING_EXIT_CODES, 2: 'wrong usage; with --detailed-exitcode also a change' },
  });
}

async function runDiff(args: readonly string[], options: DiffOptions): Promise<number> {
  const [old, current] = sourcesOf(args);
  const loaded = loadConfig(options, []);
  const before = await readState(old, loaded.config, options);
  const after = await readState(current, loaded.config, options);
  return printDiff(before, after, { ...options, loaded });
}

function sourcesOf(args: readonly string[]): readonly [Source, Source] {
  if (args.length === 2) {
    if (args[0] === '-' && args[1] === '-') throw new UsageError('only one of OLD and NEW can be standard input');
    return [sourceOf(args[0]), sourceOf(args[1])];
  }
  const range = args.length === 1 ? parseRevisionRange(args[0]) : undefined;
  if (range === undefined) throw new UsageError('diff takes OLD and NEW, or one REV:PATH..REV:PATH');
  return range;
}

/** What exists as a file is one, whatever its name. */
function sourceOf(argument: string): Source {
  if (existsSync(argument) || argument === '-') return argument;
  const live = liveArgument(argument);
  if (live !== undefined) return { live };
  const revision = parseRevision(argument);
  if (revision !== undefined) return revision;
  if (isGlob(argument)) return argument;
  throw new InputError(`there is no ${argument}: name a file, a directory, a glob in quotes, or REV:PATH`);
}
