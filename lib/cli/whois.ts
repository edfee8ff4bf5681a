import { compareFindings } from '../finding/finding';
import { whoisJson } from '../output/json/whois-json';
import { paletteFor, PLAIN } from '../output/text/palette';
import { whoisText } from '../output/text/whois-text';
import { DEFAULT_ZONE, isProblem, readQuery, whois, zoneOf } from '../questions';
import { WHOIS_FORMATS } from './formats';
import { checkOutputOptions, fails, printResult } from './options';
import { readSources, type SourceOptions } from './question-sources';
import { UsageError } from './usage-error';

export interface WhoisOptions extends SourceOptions {
  readonly output: string;
  readonly outputFile: readonly string[];
  readonly color: boolean;
}

/** Exit code 0: somebody has it; 1: nobody has, or something could not be read. */
export async function runWhois(question: string, paths: readonly string[], options: WhoisOptions): Promise<number> {
  checkOutputOptions(options, WHOIS_FORMATS);
  // A question that cannot be understood must show before everything is read.
  understood(question, [DEFAULT_ZONE]);
  const { sources, findings } = await readSources(paths, options);
  const query = understood(question, [DEFAULT_ZONE, ...sources.clusters.map(zoneOf)]);
  const answer = whois(query, sources);
  const result = { answer, findings: [...findings].sort(compareFindings) };
  printResult(options, WHOIS_FORMATS, (format, destination) =>
    format === 'json'
      ? whoisJson(result)
      : whoisText(result, destination === 'file' ? PLAIN : paletteFor(process.stdout, options.color)),
  );
  const isHad = answer.verdict === 'taken' || answer.verdict === 'allocated';
  return isHad && !fails(findings, 'error') ? 0 : 1;
}

function understood(
  question: string,
  zones: readonly string[],
): Exclude<ReturnType<typeof readQuery>, { message: string }> {
  const query = readQuery(question, zones);
  if (isProblem(query)) throw new UsageError(`${query.message}; ${query.help}`);
  return query;
}
