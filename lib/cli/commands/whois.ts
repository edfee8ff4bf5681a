import type { Command } from 'commander';
import { compareFindings } from '../../finding/finding';
import { whoisJson } from '../../output/json/whois-json';
import { whoisText } from '../../output/text/whois-text';
import type { WhoisResult } from '../../output/whois-result';
import { DEFAULT_ZONE, isProblem, readQuery, whois, zoneOf } from '../../questions';
import type { CommandContext } from '../command';
import { fails } from '../fail-on';
import { addHelpEnd } from '../help';
import { addSources, readSources, type SourceOptions } from '../question-sources';
import { addOutput, type OutputOptions, printResult, type Reporters } from '../result-output';
import { UsageError } from '../usage-error';

interface WhoisOptions extends SourceOptions, OutputOptions {}

const REPORTERS: Reporters<WhoisResult> = {
  text: whoisText,
  json: whoisJson,
};

export function define(command: Command, { exitWith }: CommandContext): void {
  command
    .description(
      'Says who has QUERY, from the supernet down to the object: an address, a CIDR or a range, a port of the nodes ' +
        '(30080/TCP), a host and path (shop.example.com/cart), or a DNS name (db.shop.svc.cluster.local).\n' +
        'Of addresses it also lists what names them, such as policies.',
    )
    .argument('<QUERY>', 'what to look for')
    .argument('[PATH...]', 'the manifests of a cluster')
    .action(async (query: string, paths: string[], options: WhoisOptions) => {
      exitWith(await runWhois(query, paths, options));
    });
  addSources(addOutput(command, REPORTERS));
  addHelpEnd(command, {
    examples: [
      ['netloom whois 10.96.0.10 k8s', 'who has an address'],
      ['netloom whois 30080/TCP k8s', 'who has a node port'],
      ['netloom whois shop.example.com/cart k8s', 'who answers a request'],
      ['netloom whois 10.64.0.0/16 --fleet fleet.yaml', 'whose a range is'],
    ],
    exitCodes: { 0: 'it or its range is in use, or an object names it', 1: 'none of these, or input cannot be read' },
  });
}

async function runWhois(question: string, paths: readonly string[], options: WhoisOptions): Promise<number> {
  // A question that cannot be understood must show before everything is read.
  understood(question, [DEFAULT_ZONE]);
  const { sources, findings } = await readSources(paths, options);
  const query = understood(question, [DEFAULT_ZONE, ...sources.clusters.map(zoneOf)]);
  const answer = whois(query, sources);
  await printResult({ answer, findings: [...findings].sort(compareFindings) }, REPORTERS, options);
  const isHad = answer.verdict === 'taken' || answer.verdict === 'allocated';
  const isNamed = (answer.mentions ?? []).length > 0;
  return (isHad || isNamed) && !fails(findings, 'error') ? 0 : 1;
}

function understood(
  question: string,
  zones: readonly string[],
): Exclude<ReturnType<typeof readQuery>, { message: string }> {
  const query = readQuery(question, zones);
  if (isProblem(query)) throw new UsageError(`${query.message}; ${query.help}`);
  return query;
}
