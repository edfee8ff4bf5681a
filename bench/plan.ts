/**
 * Plans fleets of 1,000, 10,000 and 100,000 claims: from an empty lock, from a full one, and with 1% of the clusters added to a full one.
 * Run with `node --import tsx bench/plan.ts`; `--expose-gc` makes the figures steadier.
 *
 * The peer is what address managers such as NetBox do for "next available prefix": first fit over the list of free prefixes, one
 * request after the other. It knows nothing of Kubernetes, locks or conflicts.
 */
import { cidrAt, cidrSize, formatCidr, parseCidr, rangeOfCidr, rangeToCidrs, type Cidr } from '../lib/address';
import { EMPTY_LOCK, planAddresses, readFleetSpec, type FleetPlan, type FleetSpec, type Lock } from '../lib/plan';

const SIZES = [1_000, 10_000, 100_000];
const RUNS = 3;
const CLAIMS_OF_A_CLUSTER = 2;

interface Measurement {
  readonly milliseconds: number;
  readonly megabytes: number;
}

/** Clusters of different sizes, two claims each, in a supernet that 100,000 claims fill to about two thirds. */
function fleet(clusters: number, prefix = 'c'): Record<string, unknown> {
  const entries = Array.from({ length: clusters }, (_, index) => [
    `${prefix}${String(index).padStart(6, '0')}`,
    { nodes: 1 + ((index * 7) % 13), podsPerNode: 8, services: 10 + ((index * 11) % 40) },
  ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

function specOf(clusters: Record<string, unknown>): FleetSpec {
  const { spec, findings } = readFleetSpec({ supernets: ['10.0.0.0/8', '172.16.0.0/12'], clusters });
  if (findings.length > 0) throw new Error(findings[0].message);
  return spec;
}

function plan(spec: FleetSpec, lock: Lock): FleetPlan {
  const answer = planAddresses(spec, lock);
  if (answer.findings.length > 0) throw new Error(answer.findings[0].message);
  return answer;
}

/** The best time of a few runs, and the peak memory of the process up to their end: fleets come in the order of their size. */
function measure(run: () => unknown): Measurement {
  let milliseconds = Infinity;
  for (let round = 0; round < RUNS; round++) {
    globalThis.gc?.();
    const start = performance.now();
    run();
    milliseconds = Math.min(milliseconds, performance.now() - start);
  }
  return { milliseconds, megabytes: process.resourceUsage().maxRSS / 2 ** 10 };
}

/** First fit: the first free prefix that is large enough, scanned from the start for each request. */
function firstFit(requests: readonly number[]): Cidr[] {
  const free = ['10.0.0.0/8', '172.16.0.0/12'].map(parseCidr);
  return requests.map((prefix) => {
    const index = free.findIndex((block) => block.prefix <= prefix);
    if (index === -1) throw new Error(`first fit finds no /${prefix}`);
    const block = free[index];
    const taken = cidrAt('IPv4', block.base, prefix);
    const { first, last } = rangeOfCidr(block);
    const rest = first + cidrSize(taken);
    free.splice(index, 1, ...(rest > last ? [] : rangeToCidrs({ family: 'IPv4', first: rest, last })));
    return taken;
  });
}

function row(cells: readonly string[]): string {
  return cells.map((cell, index) => (index < 2 ? cell.padEnd(22) : cell.padStart(12))).join('');
}

function main(): void {
  const lines = [row(['scenario', 'claims', 'time', 'peak memory', 'growth', 'first fit', 'ratio'])];
  const earlier = new Map<string, number>();
  for (const claims of SIZES) {
    const clusters = fleet(claims / CLAIMS_OF_A_CLUSTER);
    const spec = specOf(clusters);
    const full = plan(spec, EMPTY_LOCK);
    const more = specOf({ ...clusters, ...fleet(claims / CLAIMS_OF_A_CLUSTER / 100, 'new') });
    // As they come: a planner that is asked one prefix at a time does not know the later ones.
    const requests = full.allocations.map(({ cidr }) => parseCidr(cidr).prefix);
    const peer = claims > 10_000 ? null : measure(() => firstFit(requests).map(formatCidr)).milliseconds;
    const scenarios: [string, () => unknown][] = [
      ['empty lock', () => plan(spec, EMPTY_LOCK)],
      ['full lock', () => plan(spec, full.lock)],
      ['full lock and 1% new', () => plan(more, full.lock)],
    ];
    for (const [name, run] of scenarios) {
      const { milliseconds, megabytes } = measure(run);
      const before = earlier.get(name);
      earlier.set(name, milliseconds);
      const compared = name === 'empty lock' ? peer : null;
      lines.push(
        row([
          name,
          claims.toLocaleString('en'),
          `${milliseconds.toFixed(1)} ms`,
          `${megabytes.toFixed(0)} MB`,
          before === undefined ? '' : (milliseconds / before).toFixed(1),
          compared === null ? '' : `${compared.toFixed(1)} ms`,
          compared === null ? '' : `${(compared / milliseconds).toFixed(2)}×`,
        ]),
      );
    }
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}

main();
