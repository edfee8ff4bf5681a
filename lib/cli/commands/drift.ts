import type { Command } from 'commander';
import { asWritten } from '../../diff';
import { identityOf, modelObject, type SourceObject } from '../../model';
import { counted } from '../../output/check-result';
import { addClusterFacts, addClusterName, addHostNetwork } from '../cluster-options';
import type { CommandContext } from '../command';
import { addConfig, loadConfig } from '../configuration';
import { DIFF_REPORTERS, type DiffOptions, printDiff, readState } from '../diff-states';
import { addFailOn } from '../fail-on';
import { addHelpEnd, FINDING_EXIT_CODES } from '../help';
import { addLive, type LiveOption } from '../live-cluster';
import { addOutput } from '../result-output';
import { note } from '../tell';

interface DriftOptions extends DiffOptions, LiveOption {
  readonly prunePreview?: boolean;
}

export function define(command: Command, { exitWith }: CommandContext): void {
  command
    .description(
      'Says what a running cluster has otherwise than the repository: what an apply would change, and what that interrupts.\n' +
        'What the server fills in and what controllers make is no difference.',
    )
    .argument('[PATH...]', 'the manifests of the cluster (default: this folder)')
    .option(
      '--prune-preview',
      'also what is only in the cluster, in the namespaces of the repository: what pruning would delete',
    )
    .option('--detailed-exitcode', 'exit 0 for no difference, 1 for a failing finding, 2 for a difference')
    .action(async (paths: string[], options: DriftOptions) => {
      exitWith(await runDrift(paths.length === 0 ? ['.'] : paths, options));
    });
  addLive(addConfig(addHostNetwork(addClusterFacts(addClusterName(addFailOn(addOutput(command, DIFF_REPORTERS)))))));
  addHelpEnd(command, {
    examples: [
      ['netloom drift dist/prod --live prod', 'what prod has otherwise than its manifests'],
      ['netloom drift --cluster prod --live prod --detailed-exitcode', 'for a job: exit 2 where something has drifted'],
      ['netloom drift dist/prod --live prod --prune-preview', 'with what nobody has written'],
    ],
    exitCodes: { ...FINDING_EXIT_CODES, 2: 'wrong usage; with --detailed-exitcode also a difference' },
  });
}

async function runDrift(paths: readonly string[], options: DriftOptions): Promise<number> {
  const loaded = loadConfig(options, paths);
  const repository = await readState(paths, loaded.config, options);
  const cluster = await readState({ live: options.live ?? true }, loaded.config, options);
  const { known, others } = told(cluster.objects, repository.objects);
  if (!options.prunePreview && others.length > 0) {
    const what = counted(others.length, 'object');
    note(`${what} in the namespaces of the repository only in the cluster: --prune-preview names them`, options);
  }
  const objects = options.prunePreview ? [...known, ...others] : known;
  return printDiff({ ...cluster, objects }, repository, { ...options, loaded });
}

/** Objects of the cluster that the repository has, and others of its namespaces. */
function told(
  live: readonly SourceObject[],
  written: readonly SourceObject[],
): { readonly known: readonly SourceObject[]; readonly others: readonly SourceObject[] } {
  const refs = written.flatMap((source) => modelObject(source)?.ref ?? []);
  const identities = new Set(refs.map(identityOf));
  const namespaces = new Set(refs.flatMap(({ namespace }) => namespace ?? []));
  const known: SourceObject[] = [];
  const others: SourceObject[] = [];
  for (const source of asWritten(live, [])) {
    const ref = modelObject(source)?.ref;
    if (ref === undefined) continue;
    if (identities.has(identityOf(ref))) known.push(source);
    else if (ref.namespace !== null && namespaces.has(ref.namespace)) others.push(source);
  }
  return { known, others };
}
