import { type IpFamily, parseCidr } from '../../address';
import type { Problem } from '../../finding/problem';
import { poolParts } from '../cluster/pool-parts';
import type { CalicoOptions, CalicoPool } from './calico-options';

/** An IPPool to be. */
export interface CalicoPart {
  readonly name: string;
  readonly cidr: string;
  readonly family: IpFamily;
  /** Undefined if the whole pod network is one pool. */
  readonly pool: CalicoPool | undefined;
}

export interface CalicoParts {
  readonly parts: readonly CalicoPart[];
  readonly problems: readonly Problem[];
}

/** The pod network as the pools that are asked for, which never overlap. */
export function calicoParts(
  podCidrs: readonly string[],
  { pools, parts: count }: CalicoOptions,
  blockSize: Readonly<Record<IpFamily, number>>,
): CalicoParts {
  if (pools === undefined) return { parts: wholePools(podCidrs), problems: [] };
  // Names that repeat are reported; objects with one name cannot stand in one chart.
  const byName = new Map([...pools].reverse().map((pool) => [pool.name, pool]));
  const distinct = pools.filter((pool) => byName.get(pool.name) === pool);
  const { parts, problems } = poolParts(podCidrs, distinct, count, blockSize);
  return {
    parts: parts.map((part) => ({ ...part, name: `${part.pool.name}-${part.family.toLowerCase()}` })),
    problems,
  };
}

/** One pool of each family, with the name that Calico gives to it. */
function wholePools(podCidrs: readonly string[]): CalicoPart[] {
  const families = podCidrs.map((cidr) => parseCidr(cidr).family);
  return podCidrs.map((cidr, index) => {
    const family = families[index];
    const number = families.slice(0, index + 1).filter((other) => other === family).length;
    return {
      name: `default-${family.toLowerCase()}-ippool${number === 1 ? '' : `-${number}`}`,
      cidr,
      family,
      pool: undefined,
    };
  });
}
