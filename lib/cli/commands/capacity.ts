import type { Command } from 'commander';
import { compareFindings } from '../../finding/finding';
import type { CapacityResult } from '../../output/capacity-result';
import { capacityJson } from '../../output/json/capacity-json';
import { capacityText } from '../../output/text/capacity-text';
import { nearestWord } from '../../plan';
import { capacity, type CapacityQuestion, type Sources, zonesOf } from '../../questions';
import { count, percent } from '../arguments';
import type { CommandContext } from '../command';
import { fails } from '../fail-on';
import { addHelpEnd } from '../help';
import { addSources, readSources, type SourceOptions } from '../question-sources';
import { addOutput, type OutputOptions, printResult, type Reporters } from '../result-output';
import { UsageError } from '../usage-error';

interface CapacityOptions extends SourceOptions, OutputOptions {
  readonly addNodes: number;
  readonly loseZone?: string;
  readonly zones?: number;
  readonly surge: number;
}

const REPORTERS: Reporters<CapacityResult> = {
  text: capacityText,
  json: capacityJson,
};

export function define(command: Command, { exitWith }: CommandContext): void {
  command
    .description(
      'Counts the nodes, pods, services, node ports and load balancer addresses of each cluster against their limits, now and ' +
        'after nodes are added, a zone is lost, or a release runs in parallel.',
    )
    .argument('[PATH...]', 'the manifests of a cluster')
    .option('--add-nodes <COUNT>', 'how many nodes are added', count, 1)
    .option('--lose-zone <ZONE>', 'the zone that is lost (default: the largest)')
    .option('--zones <COUNT>', 'over how many zones the nodes are spread, where no Node says so', count)
    .option('--surge <PERCENT>', 'how much of a release runs beside the old one', percent, 100)
    .action(async (paths: string[], options: CapacityOptions) => {
      exitWith(await runCapacity(paths, options));
    });
  addSources(addOutput(command, REPORTERS));
  addHelpEnd(command, {
    examples: [
      ['netloom capacity --fleet fleet.yaml', 'how much of each range is left'],
      ['netloom capacity k8s --add-nodes 20 --lose-zone eu-1a', 'whether that still fits'],
    ],
    exitCodes: { 0: 'everything is within its limits', 1: 'something is above its limit now, or input cannot be read' },
  });
}

async function runCapacity(paths: readonly string[], options: CapacityOptions): Promise<number> {
  const { sources, findings } = await readSources(paths, options);
  const clusters = capacity(sources, questionOf(options, sources)).filter(
    ({ cluster }) => options.cluster === undefined || cluster === options.cluster,
  );
  await printResult({ clusters, findings: [...findings].sort(compareFindings) }, REPORTERS, options);
  return clusters.every(({ now }) => now.fits) && !fails(findings, 'error') ? 0 : 1;
}

function questionOf({ addNodes, loseZone, zones, surge }: CapacityOptions, sources: Sources): CapacityQuestion {
  const known = zonesOf(sources);
  if (loseZone !== undefined && !known.includes(loseZone)) {
    const nearest = nearestWord(loseZone, known);
    const help =
      known.length === 0
        ? 'no Node that was read has the label topology.kubernetes.io/zone; --zones says how many there are'
        : nearest === null
          ? `there are ${known.join(', ')}`
          : `did you mean ${nearest}?`;
    throw new UsageError(`--lose-zone: there is no zone ${loseZone}: ${help}`);
  }
  return { addNodes, loseZone: loseZone ?? null, zones: zones ?? null, surge };
}
