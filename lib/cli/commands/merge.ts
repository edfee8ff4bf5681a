import type { Command } from 'commander';
import { ALL_RULES } from '../../catalogue/rule-catalogue';
import { record } from '../../model/json';
import { readCheckJson } from '../../output/json/read-check-json';
import { mergeChecks } from '../../output/merge-checks';
import { mergeSarif, readSarif, sarifLevels } from '../../output/sarif/merge-sarif';
import { readClusterRecord } from '../../synth/cluster-record';
import { mergeClusterRecords } from '../../synth/merge-cluster-records';
import { readTextFile } from '../../system/read-file';
import { FileRefused, systemErrorCode, systemErrorText } from '../../system/system-error';
import { count } from '../arguments';
import { checkReporters } from '../check-reporters';
import type { CommandContext } from '../command';
import { addFailOn, type FailOnOption, fails, severitiesFrom } from '../fail-on';
import { textOnDisk } from '../file-texts';
import { addHelpEnd, FINDING_EXIT_CODES } from '../help';
import { addOutput, type OutputOptions, printResult } from '../result-output';
import { InputError, UsageError } from '../usage-error';

interface MergeOptions extends OutputOptions, FailOnOption {
  readonly count?: number;
}

export function define(command: Command, { version, exitWith }: CommandContext): void {
  command
    .description(
      'Makes one result of those that netloom check -o json has written in several jobs, and prints it in any format.\n' +
        'Results of -o sarif become one SARIF log, and netloom.clusters of several output folders become one.',
    )
    .argument('<RESULT...>', 'the results, all of one format')
    .option('--count <COUNT>', 'how many results there must be: fail where a job has left none', count)
    .action(async (paths: string[], options: MergeOptions) => {
      exitWith(await runMerge(paths, options, version));
    });
  addFailOn(addOutput(command, checkReporters(version)));
  addHelpEnd(command, {
    examples: [
      ['netloom merge shard-1.json shard-2.json --count 2', 'the findings of two jobs, each of them once'],
      [
        'netloom merge shard-1.json shard-2.json -o markdown --output-file sarif=netloom.sarif',
        'a comment for a pull request, and a report',
      ],
    ],
    exitCodes: FINDING_EXIT_CODES,
  });
}

async function runMerge(paths: readonly string[], options: MergeOptions, version: string): Promise<number> {
  const files = [...new Set(paths)];
  if (options.count !== undefined && files.length !== options.count)
    throw new InputError(`there are ${files.length} results and not ${options.count}: has every job left one?`);
  const texts = files.map((path) => ({ path, text: readResult(path) }));
  const documents = texts.map(({ path, text }) => ({ path, value: parsed(path, text) }));

  const checks = documents.map(({ value }) => readCheckJson(value));
  if (checks.every((check) => check !== undefined)) {
    const merged = mergeChecks(checks);
    const result = { ...merged, rules: ALL_RULES, textOf: textOnDisk, brief: options.quiet };
    await printResult(result, checkReporters(version), options);
    return fails(result.findings, options.failOn) ? 1 : 0;
  }
  const logs = documents.map(({ value }) => readSarif(value));
  if (logs.every((log) => log !== undefined)) {
    await printOnly('sarif', mergeSarif(logs), options);
    const levels = sarifLevels(logs);
    return severitiesFrom(options.failOn).some((severity) => levels.has(severity === 'info' ? 'note' : severity))
      ? 1
      : 0;
  }
  // A plan has clusters, too.
  const records = documents.map(({ value }, index) =>
    Object.keys(record(value) ?? {}).length === 2 ? readClusterRecord(texts[index].text) : undefined,
  );
  if (records.every((one) => one !== undefined)) {
    await printOnly('json', recordText(files, records), options);
    return 0;
  }
  const odd = documents.find(({ value }, index) => checks[index] === undefined && !readSarif(value) && !records[index]);
  throw new InputError(
    odd === undefined
      ? 'the results are of several formats: name those of one'
      : `${odd.path} is none of what is merged: results of netloom check -o json or -o sarif, or netloom.clusters`,
  );
}

function recordText(
  files: readonly string[],
  records: readonly NonNullable<ReturnType<typeof readClusterRecord>>[],
): string {
  const { text, twice } = mergeClusterRecords(records);
  if (twice !== undefined)
    throw new InputError(`the cluster ${twice} is in several of ${files.join(', ')}, and not as the same`);
  return text;
}

/** What has one format is printed in that one, unless another one is asked for. */
async function printOnly(format: string, text: string, options: MergeOptions): Promise<void> {
  if (options.output !== format && options.output !== 'text')
    throw new UsageError(`these results are merged as ${format}, not as ${options.output}`);
  await printResult(text, { text: String, [format]: String }, { ...options, output: format });
}

function readResult(path: string): string {
  try {
    return readTextFile(path);
  } catch (error) {
    if (systemErrorCode(error) === undefined && !(error instanceof FileRefused)) throw error;
    throw new InputError(`cannot read ${path}: ${systemErrorText(error)}`);
  }
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new InputError(`${path} is no JSON: is it whole?`);
  }
}
