import { type Command, InvalidArgumentError } from 'commander';
import { compareText } from '../../finding/finding';
import { shardJson, shardMatrix } from '../../output/json/shard-json';
import type { ShardResult } from '../../output/shard-result';
import { shardText } from '../../output/text/shard-text';
import { MOST_SHARDS, shardOf } from '../../plan';
import { LOCK_FILE_NAME } from '../../synth/lock-file';
import { addApp, type AppOption, readAppReports } from '../app-report';
import type { CommandContext } from '../command';
import { readFleetFile } from '../fleet-file';
import { addHelpEnd } from '../help';
import { addOutput, type OutputOptions, printResult, type Reporters } from '../result-output';
import { InputError, UsageError } from '../usage-error';

interface ShardOptions extends AppOption, OutputOptions {
  readonly count: number;
  readonly index?: number;
}

const REPORTERS: Reporters<ShardResult> = { text: shardText, json: shardJson, matrix: shardMatrix };

export function define(command: Command, { exitWith }: CommandContext): void {
  command
    .description(
      'Names the clusters of each of COUNT jobs, which NETLOOM_SHARD=INDEX/COUNT synthesizes and checks.\n' +
        'SPEC is a fleet as for netloom plan; without it, the fleets of the cdk8s app are taken.',
    )
    .argument('[SPEC]', 'a fleet, in the shape of the props of Fleet')
    .requiredOption('--count <COUNT>', 'how many jobs there are', number)
    .option('--index <INDEX>', 'one of them, from 1', number)
    .action(async (spec: string | undefined, options: ShardOptions) => {
      if (options.index !== undefined && options.index > options.count)
        throw new UsageError(`--index ${options.index} is beyond --count ${options.count}: the first one is 1`);
      await printResult(shards(await clusterNames(spec, options), options), REPORTERS, options);
      exitWith(0);
    });
  addApp(addOutput(command, REPORTERS));
  addHelpEnd(command, {
    examples: [
      ['netloom shard fleet.yaml --count 8 --index 2', 'the clusters of the second of eight jobs'],
      ['netloom shard fleet.yaml --count 8 -o matrix', 'the jobs that have a cluster, for the matrix of a workflow'],
    ],
    exitCodes: { 0: 'the clusters are known', 1: 'input cannot be read' },
  });
}

function number(value: string): number {
  if (!/^[1-9]\d{0,4}$/.test(value) || Number(value) > MOST_SHARDS)
    throw new InvalidArgumentError(`it is no number from 1 to ${MOST_SHARDS}.`);
  return Number(value);
}

async function clusterNames(spec: string | undefined, { app }: ShardOptions): Promise<readonly string[]> {
  if (spec === undefined) {
    const reports = await readAppReports({ renumber: [], app });
    return [...new Set(reports.flatMap(({ clusters }) => clusters.map(([name]) => name)))];
  }
  const { plan, findings } = readFleetFile(spec, LOCK_FILE_NAME, []);
  const names = [...plan.clusters.keys()];
  const problem = findings.find(({ severity }) => severity === 'error');
  if (names.length === 0 && problem !== undefined) throw new InputError(`${spec}: ${problem.message}`);
  return names;
}

function shards(names: readonly string[], { count, index }: ShardOptions): ShardResult {
  const members = Array.from({ length: count }, (): string[] => []);
  for (const name of [...names].sort(compareText)) members[shardOf(name, count) - 1].push(name);
  const all = members.map((clusters, position) => ({ index: position + 1, clusters }));
  return { count, shards: index === undefined ? all : [all[index - 1]], single: index !== undefined };
}
