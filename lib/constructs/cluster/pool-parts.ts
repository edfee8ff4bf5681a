import { type Cidr, cidrContains, cidrsOverlap, formatCidr, type IpFamily, parseCidr } from '../../address';
import type { Problem } from '../../finding/problem';
import { readCidr } from '../objects/object-problem';
import { POOLS_TOO_SMALL } from '../objects/object-rules';
import { Subnets } from './subnets';

/** A pool as the user asks for it. */
export interface WantedPool {
  readonly name: string;
  /** At most one of each family; a part of the network where there is none. */
  readonly cidrs?: readonly string[];
}

/** One range of a pool. */
export interface PoolPart<Pool> {
  readonly cidr: string;
  readonly family: IpFamily;
  readonly pool: Pool;
}

export interface PoolParts<Pool> {
  readonly parts: readonly PoolPart<Pool>[];
  readonly problems: readonly Problem[];
}

const MOST_PARTS = 4096;

/** Equal parts of the pod network for the pools that name no range, in their order, beside those that do. */
export function poolParts<Pool extends WantedPool>(
  podCidrs: readonly string[],
  pools: readonly Pool[],
  parts: number | undefined,
  blockSize: Readonly<Record<IpFamily, number>>,
): PoolParts<Pool> {
  const network = podCidrs.map(parseCidr);
  const readings = pools.flatMap((pool) =>
    (pool.cidrs ?? []).map((text, index) => ({ pool, text, ...readCidr(`pools.${pool.name}.cidrs[${index}]`, text) })),
  );
  const read = readings.flatMap(({ pool, value }) => (value === undefined ? [] : [{ pool, cidr: value }]));
  // A Map keeps the last of a key.
  const first = new Map([...read].reverse().map((range) => [`${range.cidr.family} ${range.pool.name}`, range]));
  const explicit = read.filter((range) => first.get(`${range.cidr.family} ${range.pool.name}`) === range);
  const problems: Problem[] = [
    ...readings.flatMap((reading) => reading.problems),
    ...read
      .filter((range) => !explicit.includes(range))
      .map(({ pool, cidr }) => ({
        message: `pool ${pool.name} has a second ${cidr.family} range, ${formatCidr(cidr)}`,
        help: 'give the second range a pool of its own',
      })),
    ...explicit.flatMap(({ pool, cidr }) => outsideProblems(pool, cidr, network)),
    ...partCountProblems(parts),
  ];
  const placed = [...new Set(network.map(({ family }) => family))].flatMap((family): PoolPart<Pool>[] => {
    const own = explicit.filter(({ cidr }) => cidr.family === family);
    const waiting = pools.filter((pool) => !own.some((taken) => taken.pool === pool));
    const free = freeParts(
      network.filter((cidr) => cidr.family === family),
      own.map(({ cidr }) => cidr),
      waiting.length,
      problems.length === 0 ? parts : undefined,
      blockSize[family],
    );
    if (free.length < waiting.length) {
      problems.push({
        rule: POOLS_TOO_SMALL,
        message: `the ${family} pod network ${network
          .filter((cidr) => cidr.family === family)
          .map(formatCidr)
          .join(
            ', ',
          )} has no room for ${waiting.length} pools of at least one /${blockSize[family]} block${parts === undefined ? '' : ` when it is cut into ${parts} parts`}`,
        help: 'plan more nodes, give fewer pools, more parts, or a larger blockSize',
      });
    }
    const found = waiting.flatMap((pool, index) => (index < free.length ? [{ pool, cidr: free[index] }] : []));
    return [...own.map(({ pool, cidr }) => ({ pool, cidr: formatCidr(cidr) })), ...found]
      .sort((a, b) => pools.indexOf(a.pool) - pools.indexOf(b.pool))
      .map(({ pool, cidr }) => ({ cidr, family, pool }));
  });
  return { parts: placed, problems };
}

/** Parts that touch none of `taken`: at least `count`, cut as coarsely as that allows. */
function freeParts(
  network: readonly Cidr[],
  taken: readonly Cidr[],
  count: number,
  parts: number | undefined,
  blockSize: number,
): string[] {
  for (let cut = parts ?? 1; cut <= MOST_PARTS; cut *= 2) {
    const bits = Math.log2(cut);
    const free = network
      .filter(({ prefix }) => prefix + bits <= blockSize)
      .flatMap((cidr) => Subnets.split(formatCidr(cidr), cut))
      .filter((part) => !taken.some((cidr) => cidrsOverlap(cidr, parseCidr(part))));
    if (free.length >= count || parts !== undefined) return free;
  }
  return [];
}

function partCountProblems(parts: number | undefined): Problem[] {
  if (parts === undefined || (Number.isInteger(Math.log2(parts)) && parts >= 1 && parts <= MOST_PARTS)) return [];
  return [
    {
      message: `parts is ${parts}, which is no power of two from 1 to ${MOST_PARTS}`,
      help: 'use 2, 4, 8, 16, …',
    },
  ];
}

function outsideProblems({ name }: WantedPool, cidr: Cidr, network: readonly Cidr[]): Problem[] {
  if (network.some((outer) => cidrContains(outer, cidr))) return [];
  return [
    {
      message: `pool ${name} has ${formatCidr(cidr)}, which is not inside of the pod network ${network.map(formatCidr).join(', ')}`,
      help: 'give a part of the pod network, or no cidrs',
    },
  ];
}
