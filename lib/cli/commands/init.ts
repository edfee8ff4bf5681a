import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Command, Option } from 'commander';
import { readClusters } from '../../check/read-clusters';
import { clusterTextsOf } from '../../config/cluster-options';
import { CONFIG_FILE_NAME, EMPTY_CONFIG } from '../../config/config';
import { collectFiles } from '../../manifests';
import { networkModel } from '../../model';
import { systemErrorText } from '../../system/system-error';
import { writeWholeFile } from '../../system/write-file';
import type { CommandContext } from '../command';
import { addHelpEnd } from '../help';
import { appFiles, type Ci, ciFiles, configFile, type NewFile, type RepositoryFacts } from '../init-files';
import { readFromDisk } from '../read-from-disk';
import { UsageError } from '../usage-error';

interface InitOptions {
  readonly ci?: Ci | 'none';
  readonly dryRun?: boolean;
}

export function define(command: Command, { version, exitWith }: CommandContext): void {
  command
    .description(
      'Writes netloom.yaml and a first CI job from what the repository shows; in an empty folder, a cdk8s app with one cluster.\n' +
        'A file that exists is never touched.',
    )
    .addOption(
      new Option('--ci <KIND>', 'for which CI the job is (default: as the repository shows, else github)').choices([
        'github',
        'gitlab',
        'none',
      ]),
    )
    .option('--dry-run', 'say what would be written')
    .action((options: InitOptions) => {
      exitWith(runInit(options, version));
    });
  addHelpEnd(command, {
    examples: [
      ['netloom init', 'in the root of a repository'],
      ['netloom init --ci none --dry-run', 'what would be written, without a CI job'],
    ],
    exitCodes: { 0: 'everything is there' },
  });
}

function runInit({ ci, dryRun }: InitOptions, version: string): number {
  const isEmpty = readdirSync('.').every((name) => name === '.git');
  const facts = isEmpty ? undefined : shownBy();
  const kind = ci ?? (existsSync('.gitlab-ci.yml') ? 'gitlab' : 'github');
  const wanted = [
    ...(facts === undefined ? appFiles(version) : [configFile(facts)]),
    ...(kind === 'none' ? [] : ciFiles(kind, facts)),
  ];
  for (const file of wanted) process.stdout.write(`${written(file, dryRun === true)}\n`);
  process.stdout.write(
    `next: ${isEmpty ? 'npm install, and npx cdk8s synth' : facts?.isApp ? 'netloom check' : 'netloom check .'}\n`,
  );
  return 0;
}

function shownBy(): RepositoryFacts {
  const { files } = collectFiles(['.']);
  const { clusters, skipped } = readClusters(files, EMPTY_CONFIG, readFromDisk(['.']));
  return {
    isApp: existsSync('cdk8s.yaml'),
    clusters: clusters.map(({ name, folders, objects }) => ({
      name,
      folders,
      facts: clusterTextsOf(networkModel(objects, {}).facts),
    })),
    charts: [...new Set(files.filter(({ path }) => /(^|\/)Chart\.ya?ml$/.test(path)).map(({ path }) => dirname(path)))],
    skipped: skipped.length,
  };
}

function written({ path, text }: NewFile, dryRun: boolean): string {
  if (existsSync(path)) return `kept     ${path}, which exists`;
  if (dryRun) return `would write ${path}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeWholeFile(path, text);
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${systemErrorText(error)}`);
  }
  return `wrote    ${path}${path === CONFIG_FILE_NAME ? ': netloom config shows what it says' : ''}`;
}
