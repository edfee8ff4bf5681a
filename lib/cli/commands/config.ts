import type { Command } from 'commander';
import { clusterNamed, readClusters } from '../../check/read-clusters';
import type { ClusterTexts } from '../../config/cluster-options';
import { compareFindings } from '../../finding/finding';
import { findingTexts } from '../../output/text/finding-text';
import { counted } from '../../output/check-result';
import { addClusterName, type NamedCluster } from '../cluster-options';
import type { CommandContext } from '../command';
import { withClustersOfApp } from '../clusters-of-app';
import { addConfig, collectIncluded, type ConfigOption, loadConfig, unmatchedPaths } from '../configuration';
import { addHelpEnd } from '../help';
import { readFromDisk } from '../read-from-disk';

export function define(command: Command, { exitWith }: CommandContext): void {
  command
    .description('Prints which configuration counts for PATHs, what it says, and which clusters there are.')
    .argument('[PATH...]', 'what would be checked (default: the working directory)')
    .action((paths: string[], options: ConfigOption & NamedCluster) => {
      exitWith(runConfig(paths, options));
    });
  addClusterName(addConfig(command));
  addHelpEnd(command, {
    examples: [
      ['netloom config', 'what counts here, and which clusters the folder shows'],
      ['netloom config k8s --cluster prod', 'what is known of one cluster'],
    ],
    exitCodes: { 0: 'the configuration is in order', 1: 'it is not, or input cannot be read' },
  });
}

function runConfig(paths: readonly string[], options: ConfigOption & NamedCluster): number {
  const { config: written, file, findings } = loadConfig(options, paths);
  const collected = collectIncluded(paths.length === 0 ? ['.'] : paths, written);
  const config = withClustersOfApp(written, collected.files);
  const read = readClusters(collected.files, config, readFromDisk(paths));
  const clusters =
    options.cluster === undefined ? read.clusters : [clusterNamed(options.cluster, read.clusters, config)];
  const lines = [
    `configuration: ${file ?? 'none, as there is no netloom.yaml up to the root of the repository'}`,
    ...[...config.rules].map(([code, level]) => `rule ${code}: ${level}`),
    ...config.exclude.map((glob) => `excluded: ${glob}`),
    ...config.connected.map((group) => `connected: ${group.join(', ')}`),
    ...config.shared.map((text) => `shared: ${text}`),
    ...clusters.flatMap(({ name, objects, facts }) => {
      const declared = config.clusters.find((cluster) => cluster.name === name);
      const from =
        written.clusters.length > 0
          ? 'of netloom.yaml'
          : config.clusters.length > 0
            ? 'as its app says'
            : 'as the files show';
      const title = `cluster ${name ?? '(without a name)'}: ${counted(objects.length, 'object')}, ${name === null ? 'all that no cluster claims' : from}`;
      return [
        title,
        ...(declared?.paths ?? []).map((path) => `  path: ${path}`),
        ...(declared?.fleet === undefined ? [] : [`  fleet: ${declared.fleet}`]),
        ...factLines(facts),
      ];
    }),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  const wrong = [...findings, ...collected.findings, ...unmatchedPaths(config, collected.files)].sort(compareFindings);
  if (wrong.length > 0) process.stderr.write(`${findingTexts(wrong).join('\n')}\n`);
  return wrong.some(({ severity }) => severity === 'error') ? 1 : 0;
}

function factLines(facts: ClusterTexts): readonly string[] {
  return Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) =>
        `  ${key}: ${Array.isArray(value) ? value.join(', ') : typeof value === 'string' ? value : JSON.stringify(value)}`,
    );
}
