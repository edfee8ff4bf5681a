import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { adoptedCluster, type AdoptedCluster, newFleetText, withCluster } from '../../adopt';
import { compareText, type Finding } from '../../finding/finding';
import { readLocatedDocument } from '../../manifests';
import { at, record } from '../../model';
import { counted } from '../../output/check-result';
import { findingWithFrames } from '../../output/text/check-text';
import { PLAIN } from '../../output/text/palette';
import { type Lock, readFleetSpec, planAddresses } from '../../plan';
import { LOCK_FILE_NAME, LockFileError, readLockFile, saveLockFile } from '../../synth/lock-file';
import { readTextFile } from '../../system/read-file';
import { systemErrorText } from '../../system/system-error';
import { writeWholeFile } from '../../system/write-file';
import { addClusterFacts, type ClusterOptions } from '../cluster-options';
import type { CommandContext } from '../command';
import { addConfig, type ConfigOption } from '../configuration';
import { addHelpEnd } from '../help';
import { readInput } from '../inputs';
import { addLive, type LiveOption } from '../live-cluster';
import { note, tell } from '../tell';
import { InputError, UsageError } from '../usage-error';

interface AdoptOptions extends LiveOption, ConfigOption, ClusterOptions {
  readonly as: string;
  readonly fleet?: string;
  readonly lock?: string;
}

export function define(command: Command, { exitWith }: CommandContext): void {
  command
    .description(
      'Writes what a cluster has now into a fleet and its lock: ranges, masks, families, versions, and the addresses and node ports of its Services.\n' +
        'What the cluster does not say becomes a comment with the question. What is written already stays.\n' +
        'PATHs are a snapshot of netloom pull, or the output of kubectl get -o yaml.',
    )
    .argument('[PATH...]', 'a snapshot (default: the running cluster of the current context)')
    .requiredOption('--as <NAME>', 'how the cluster is called in the fleet')
    .option('--fleet <FILE>', 'the fleet to write into, and the lock beside it; without it, a new fleet is printed')
    .option('--lock <FILE>', `the lock file (default: ${LOCK_FILE_NAME} beside the fleet)`)
    .option('-q, --quiet', 'say nothing but what is wrong')
    .option('-v, --verbose', 'say what was read, as what, and how long it took')
    .action(async (paths: string[], options: AdoptOptions) => {
      exitWith(await runAdopt(paths, options));
    });
  addLive(addConfig(addClusterFacts(command)));
  addHelpEnd(command, {
    examples: [
      ['netloom adopt --as prod', 'what the cluster of the current context has, as a fleet'],
      ['netloom adopt --live prod-eu --as prod-eu --fleet fleet.yaml', 'the same, into a fleet and its lock'],
    ],
    exitCodes: { 0: 'it fits into the fleet', 1: 'it conflicts with the fleet, or input cannot be read' },
  });
}

/** RFC 1123. */
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

async function runAdopt(paths: readonly string[], options: AdoptOptions): Promise<number> {
  const { as: name, fleet } = options;
  if (!LABEL.test(name))
    throw new UsageError(
      `--as: ${JSON.stringify(name)} cannot be the name of a cluster: use lower case letters, digits and hyphens`,
    );
  const live = options.live ?? (paths.length === 0 ? true : undefined);
  const { model, findings: unread } = await readInput(paths, { ...options, live });
  for (const { severity, message, help } of unread) tell(`${severity}: ${message}; ${help}`);
  if (model.objects.length === 0) throw new InputError('nothing of a cluster was read');
  const cluster = adoptedCluster(model, name);
  const isRead = !unread.some(({ severity }) => severity === 'error');
  if (fleet === undefined) {
    process.stdout.write(newFleetText(name, cluster));
    note(
      `${counted(cluster.allocations.size, 'address or port', 'addresses and ports')} of Services: --fleet FILE puts them into the lock`,
      options,
    );
    return isRead ? 0 : 1;
  }
  return intoFleet(fleet, cluster, options) && isRead ? 0 : 1;
}

/** Whether all of it is in the fleet and its lock now, and nothing conflicts. */
function intoFleet(fleet: string, cluster: AdoptedCluster, options: AdoptOptions): boolean {
  const { as: name, lock = join(dirname(fleet), LOCK_FILE_NAME) } = options;
  const before = existsSync(fleet) ? readFleet(fleet) : undefined;
  const known = before === undefined ? undefined : at(before.value, 'clusters', name);
  const text =
    before === undefined
      ? newFleetText(name, cluster)
      : known === undefined
        ? withCluster(before.text, name, cluster)
        : before.text;
  const differing = known === undefined ? [] : differences(fleet, name, known, cluster);
  const lockFile = readLockFile(lock);
  const broken = lockFile.findings.at(0);
  if (broken !== undefined) throw new InputError(`${broken.message}; ${broken.help}`);
  const moved = movedEntries(lockFile.lock, cluster);
  const allocations = new Map([...cluster.allocations, ...lockFile.lock.allocations]);
  const document = readLocatedDocument(text, fleet);
  const spec = readFleetSpec(document.value);
  const conflicts = [...spec.findings, ...planAddresses(spec.spec, { allocations }).findings];
  try {
    if (text !== before?.text) writeWholeFile(fleet, text);
    saveLockFile(lockFile, { allocations: new Map([...allocations].sort(([a], [b]) => compareText(a, b))) });
  } catch (error) {
    throw new InputError(
      error instanceof LockFileError ? error.message : `cannot write ${fleet}: ${systemErrorText(error)}`,
    );
  }
  for (const line of [...differing, ...moved]) tell(line);
  for (const question of cluster.questions) note(`not known: ${question}`, options);
  for (const found of conflicts) process.stdout.write(`${conflictText(found, document.locate)}\n`);
  const added = allocations.size - lockFile.lock.allocations.size;
  note(
    `${name}: ${known === undefined ? `written into ${fleet}` : `is in ${fleet} already`}; ${counted(added, 'entry', 'entries')} added to ${lock}`,
    options,
  );
  return differing.length + moved.length === 0 && !conflicts.some(({ severity }) => severity === 'error');
}

function conflictText(found: Finding, locate: ReturnType<typeof readLocatedDocument>['locate']): string {
  const origin = found.origin ?? (found.specPath === undefined ? null : locate(found.specPath));
  return findingWithFrames({ ...found, origin }, { textOf: () => undefined }, PLAIN);
}

function readFleet(fleet: string): { readonly text: string; readonly value: unknown } {
  let text: string;
  try {
    text = readTextFile(fleet);
  } catch (error) {
    throw new InputError(`cannot read ${fleet}: ${systemErrorText(error)}`);
  }
  const { value, problems } = readLocatedDocument(text, fleet);
  const problem = problems.at(0);
  if (problem !== undefined) throw new InputError(`${fleet}:${problem.origin.line ?? 1}: ${problem.message}`);
  if (record(value) === undefined) throw new InputError(`${fleet} is no fleet: it has no clusters`);
  return { text, value };
}

/** What is written is what somebody wants: it stays, and what runs otherwise is said. */
function differences(fleet: string, name: string, known: unknown, { entry }: AdoptedCluster): readonly string[] {
  return [...entry].flatMap(([key, value]) => {
    const written = at(known, key);
    if (written === undefined || JSON.stringify(written) === JSON.stringify(value)) return [];
    return [
      `${fleet} says ${key}: ${JSON.stringify(written)} for ${name}, and the cluster has ${JSON.stringify(value)}`,
    ];
  });
}

function movedEntries(lock: Lock, { allocations }: AdoptedCluster): readonly string[] {
  return [...allocations].flatMap(([key, value]) => {
    const locked = lock.allocations.get(key);
    return locked === undefined || locked === value
      ? []
      : [`the lock has ${locked} for ${key}, and the cluster has ${value}`];
  });
}
