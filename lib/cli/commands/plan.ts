import type { Command } from 'commander';
import { withSeverities } from '../../config/config';
import { compareFindings, finding } from '../../finding/finding';
import { planJson } from '../../output/json/plan-json';
import { planMarkdown } from '../../output/markdown/plan-markdown';
import type { PlanResult } from '../../output/plan-result';
import { planSvg } from '../../output/svg/plan-svg';
import { planText } from '../../output/text/plan-text';
import { heldByOthers, LOCK_FROZEN, type LockChange, nearestWord } from '../../plan';
import { readConfigFile } from '../../synth/config-file';
import { LOCK_FILE_NAME, LockFileError, saveLockFile } from '../../synth/lock-file';
import { LOCK_NOT_SAVED } from '../../synth/rules';
import { planApp } from '../app-plan';
import { addApp, type AppOption } from '../app-report';
import { collect } from '../arguments';
import { addClusterName, type NamedCluster } from '../cluster-options';
import type { CommandContext } from '../command';
import { readFleetFile } from '../fleet-file';
import type { LockedPlan } from '../locked-plan';
import { addHelpEnd, FINDING_EXIT_CODES } from '../help';
import { addFailOn, type FailOnOption, fails } from '../fail-on';
import { addOutput, type OutputOptions, printResult, type Reporters } from '../result-output';
import { knownCluster } from '../question-sources';
import { UsageError } from '../usage-error';

interface PlanOptions extends AppOption, NamedCluster, OutputOptions, FailOnOption {
  readonly markdown?: boolean;
  readonly lock?: string;
  readonly writeLock?: boolean;
  readonly frozen?: boolean;
  readonly renumber?: readonly string[];
  readonly detailedExitcode?: boolean;
}

const REPORTERS: Reporters<PlanResult> = {
  text: planText,
  json: planJson,
  markdown: planMarkdown,
  svg: planSvg,
};

export function define(command: Command, { exitWith }: CommandContext): void {
  command
    .description(
      'Plans the address space of a fleet: allocates what is new, keeps what is locked, reports every conflict.\n' +
        'SPEC is a YAML or JSON file (- for standard input); without it, the fleets of the cdk8s app are planned.',
    )
    .argument('[SPEC]', 'a fleet, in the shape of the props of Fleet')
    .option('--markdown', 'the same as -o markdown: for a pull request')
    .option('--lock <FILE>', 'the lock file (default: netloom.lock.json)')
    .option('--write-lock', 'save the lock')
    .option('--frozen', 'fail if the lock would change (default when CI=true)')
    .option('--no-frozen', 'let the lock change although CI=true')
    .option('--renumber <KEY>', 'let the allocation of this lock key move (repeatable)', collect)
    .option('--detailed-exitcode', 'exit 0 for no change, 1 for an error, 2 for a change')
    .action(async (spec: string | undefined, options: PlanOptions) => {
      exitWith(await runPlan(spec, options));
    });
  addApp(addClusterName(addFailOn(addOutput(command, REPORTERS))));
  addHelpEnd(command, {
    examples: [
      ['netloom plan fleet.yaml', 'what would be allocated'],
      ['netloom plan fleet.yaml --write-lock', 'allocate it, and keep it'],
      ['netloom plan fleet.yaml --frozen --detailed-exitcode', 'in CI: whether the lock is complete'],
      ['netloom plan fleet.yaml -o svg > ranges.svg', 'a map of the address space'],
    ],
    exitCodes: { ...FINDING_EXIT_CODES, 2: 'wrong usage; with --detailed-exitcode also a change of the lock' },
  });
}

async function runPlan(spec: string | undefined, options: PlanOptions): Promise<number> {
  const { renumber = [] } = options;
  const planned =
    spec === undefined
      ? await planApp({ lockFile: options.lock, renumber, app: options.app })
      : planSpec(spec, options.lock ?? LOCK_FILE_NAME, renumber);
  refuseUnknownKeys(renumber, planned);
  const settled = settleLock(configured(planned), options);
  const output = options.markdown ? 'markdown' : options.output;
  await printResult(ofCluster(settled, options.cluster), REPORTERS, { ...options, output });
  return exitCode(settled, options);
}

/** What the plan says of one cluster. What is wrong is told all the same: ranges of clusters conflict with one another. */
function ofCluster(plan: LockedPlan, name: string | undefined): PlanResult {
  if (name === undefined) return plan;
  const { clusters, allocations, changes } = plan;
  knownCluster(
    name,
    clusters.map(([known]) => known),
  );
  const isOf = ({ key }: { readonly key: string }): boolean => key.startsWith(`${name}/`);
  return {
    ...plan,
    clusters: clusters.filter(([known]) => known === name),
    allocations: allocations.filter(isOf),
    changes: changes.filter(isOf),
  };
}

/** With the severities of `netloom.yaml`, and what is wrong with that file. */
function configured(plan: LockedPlan): LockedPlan {
  const { config, findings } = readConfigFile();
  return { ...plan, findings: withSeverities([...findings, ...plan.findings], config).sort(compareFindings) };
}

/** A key that nothing has would be ignored, and its author believe that something was renumbered. */
function refuseUnknownKeys(renumber: readonly string[], { lockFile, allocations }: LockedPlan): void {
  const keys = [...new Set([...lockFile.lock.allocations.keys(), ...allocations.map(({ key }) => key)])];
  for (const key of renumber) {
    if (keys.includes(key)) continue;
    const nearest = nearestWord(key, keys);
    throw new UsageError(
      `--renumber: there is no allocation ${key}${nearest === null ? '' : `; did you mean ${nearest}?`}`,
    );
  }
}

function planSpec(file: string, lockPath: string, renumber: readonly string[]): LockedPlan {
  const { spec, plan, lockFile, findings } = readFleetFile(file, lockPath, renumber);
  return {
    clusters: [...plan.clusters],
    allocations: plan.allocations,
    changes: plan.changes,
    free: plan.free,
    findings: [...findings].sort(compareFindings),
    lockedKeys: new Set(lockFile.lock.allocations.keys()),
    holdings: heldByOthers(spec),
    lockFile,
    lock: plan.lock,
  };
}

/** Freezes or saves the lock; what goes wrong there is a finding like any other. */
function settleLock(plan: LockedPlan, options: PlanOptions): LockedPlan {
  const { lockFile, lock, findings } = plan;
  const frozen = options.frozen ?? (process.env.CI === 'true' || process.env.CI === '1');
  if (frozen && plan.changes.length > 0) {
    const frozenFinding = finding(LOCK_FROZEN, {
      message: `${lockFile.path} is frozen, and this plan would change it: ${changesText(plan.changes)}`,
      help: 'run the plan outside of CI with --write-lock and commit the lock',
    });
    return { ...plan, findings: [...findings, frozenFinding].sort(compareFindings) };
  }
  // Whatever netloom.yaml says: a lock that could not be understood is not overwritten.
  if (!options.writeLock || [...findings, ...lockFile.findings].some(({ severity }) => severity === 'error'))
    return plan;
  try {
    saveLockFile(lockFile, lock);
    return plan;
  } catch (error) {
    if (!(error instanceof LockFileError)) throw error;
    const notSaved = finding(LOCK_NOT_SAVED, { message: error.message, help: 'the lock was left as it was' });
    return { ...plan, findings: [...findings, notSaved].sort(compareFindings) };
  }
}

const SHOWN_CHANGES = 5;

function changesText(changes: readonly LockChange[]): string {
  const keys = changes.slice(0, SHOWN_CHANGES).map(({ key }) => key);
  const hidden = changes.length - keys.length;
  return keys.join(', ') + (hidden > 0 ? ` and ${hidden} more` : '');
}

function exitCode({ findings, changes }: PlanResult, { failOn, detailedExitcode }: PlanOptions): number {
  if (fails(findings, failOn)) return 1;
  return detailedExitcode && changes.length > 0 ? 2 : 0;
}
