import type { Finding } from '../finding/finding';
import { type NetworkModel, policyEngine } from '../model';
import { type SeenEngine, unconsideredLines } from '../output/reach-result';
import { visible } from '../output/text/visible';
import { note, type NoteOptions } from './tell';
import { type Filter, type Party, type Reachability, type ReachWorkload, readParty, readPort } from '../reach';
import { NETWORK_RULES, runRules } from '../rules';
import { UsageError } from './usage-error';

/** For formats that have no room for it. */
export function tellUnconsidered(result: Parameters<typeof unconsideredLines>[0], options: NoteOptions): void {
  for (const line of unconsideredLines(result)) note(visible(line), options);
}

const ENGINE_NAMES = { calico: 'Calico', cilium: 'Cilium' } as const;

/** An engine that reads policies its own way, and that nobody has named. */
export function seenEngine(model: NetworkModel): SeenEngine | undefined {
  const { engine, seenBy } = policyEngine(model);
  return engine !== 'kubernetes' && seenBy !== undefined
    ? { name: ENGINE_NAMES[engine], seenBy: seenBy.ref }
    : undefined;
}

/** What is wrong with the policies themselves: they are answered all the same. */
export function policyFindings(model: NetworkModel): readonly Finding[] {
  const rules = NETWORK_RULES.filter(({ concernsReach }) => concernsReach);
  return runRules(rules, model).findings;
}

export function partyOf(
  option: string,
  text: string,
  { facts }: NetworkModel,
  workloads: readonly ReachWorkload[],
): Party {
  const read = readParty(text, workloads, facts.dns);
  if ('party' in read) return read.party;
  throw new UsageError(`${option}: ${read.problem}: ${read.help}`);
}

export function portsOf(text: string, reach: Reachability): NonNullable<Filter['ports']> {
  const ports = readPort(text, reach);
  if (ports === undefined)
    throw new UsageError(`${text} is no port: write 80, 80/UDP, 8000-8080/TCP or the name of a port`);
  return ports;
}
