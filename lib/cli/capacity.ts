import { compareFindings } from '../finding/finding';
import { capacityJson } from '../output/json/capacity-json';
import { capacityText } from '../output/text/capacity-text';
import { paletteFor, PLAIN } from '../output/text/palette';
import { nearestWord } from '../plan';
import { capacity, type CapacityQuestion, type Sources, zonesOf } from '../questions';
import { CAPACITY_FORMATS } from './formats';
import { checkOutputOptions, fails, printResult } from './options';
import { readSources, type SourceOptions } from './question-sources';
import { UsageError } from './usage-error';

export interface CapacityOptions extends SourceOptions {
  readonly output: string;
  readonly outputFile: readonly string[];
  readonly color: boolean;
  readonly addNodes: number;
  readonly loseZone?: string;
  readonly zones?: number;
  readonly surge: number;
}

/** Exit code 0: all fits as it is; 1: something is above its limit, or could not be read. */
export async function runCapacity(paths: readonly string[], options: CapacityOptions): Promise<number> {
  checkOutputOptions(options, CAPACITY_FORMATS);
  const { sources, findings } = await readSources(paths, options);
  const clusters = capacity(sources, questionOf(options, sources)).filter(
    ({ cluster }) => options.cluster === undefined || cluster === options.cluster,
  );
  const result = { clusters, findings: [...findings].sort(compareFindings) };
  printResult(options, CAPACITY_FORMATS, (format, destination) =>
    format === 'json'
      ? capacityJson(result)
      : capacityText(result, destination === 'file' ? PLAIN : paletteFor(process.stdout, options.color)),
  );
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
