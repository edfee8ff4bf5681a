import { addressBits, type IpFamily, parseCidr } from '../../address';
import { compareText } from '../../finding/finding';
import type { Problem } from '../../finding/problem';
import { NETWORK_PLUGIN_RISK, POOLS_TOO_SMALL } from '../objects/object-rules';
import type { CalicoPart } from './calico-parts';

/** With 0, the default, Calico takes this limit (libcalico-go, ipam.go). */
const BLOCKS_PER_HOST = 20;

/** What pools have to hold. */
export interface PoolDemand {
  /** Undefined if it is not known. */
  readonly nodes: number | undefined;
  readonly podsPerNode: number;
  readonly nodesByZone: Readonly<Record<string, number>> | undefined;
  readonly maxBlocksPerHost: number | undefined;
  readonly blockSize: Readonly<Record<IpFamily, number>>;
  /** The tunnel device of a node has an address too. */
  readonly tunnel: boolean;
}

/** A node holds at least one block of each family, and as many as its pods need, up to a limit. */
export function blockProblems(parts: readonly CalicoPart[], demand: PoolDemand): Problem[] {
  const families = [...new Set(parts.map(({ family }) => family))];
  return families.flatMap((family) => {
    const pools = parts.filter((part) => part.family === family && !isOnRequest(part));
    const wanted = blocksOfNode(family, demand);
    return [
      ...hostProblems(family, demand, wanted),
      ...(demand.nodesByZone === undefined
        ? roomProblems(`${family} pools`, pools, demand.nodes, wanted, demand.blockSize[family])
        : zoneProblems(family, pools, demand.nodesByZone, wanted, demand.blockSize[family])),
    ];
  });
}

function isOnRequest({ pool }: CalicoPart): boolean {
  return pool?.onRequest === true || pool?.namespaceSelector !== undefined;
}

function blocksOfNode(family: IpFamily, { podsPerNode, blockSize, tunnel }: PoolDemand): number {
  const addresses = 2 ** (addressBits(family) - blockSize[family]);
  return Math.ceil((podsPerNode + (tunnel ? 1 : 0)) / addresses);
}

function hostProblems(
  family: IpFamily,
  { podsPerNode, maxBlocksPerHost, blockSize }: PoolDemand,
  wanted: number,
): Problem[] {
  const most = maxBlocksPerHost === undefined || maxBlocksPerHost === 0 ? BLOCKS_PER_HOST : maxBlocksPerHost;
  if (wanted <= most) return [];
  const addresses = 2 ** (addressBits(family) - blockSize[family]);
  return [
    {
      rule: POOLS_TOO_SMALL,
      message: `${podsPerNode} pods of a node need ${wanted} ${family} blocks of /${blockSize[family]}, and a node gets ${most}: room for ${most * addresses} addresses`,
      help: 'use larger blocks (a smaller blockSize), or a larger maxBlocksPerHost',
    },
  ];
}

function zoneProblems(
  family: IpFamily,
  pools: readonly CalicoPart[],
  nodesByZone: Readonly<Record<string, number>>,
  wanted: number,
  blockSize: number,
): Problem[] {
  // What another selector chooses is not known here.
  if (pools.some(({ pool }) => pool?.nodeSelector !== undefined)) return [];
  const forAll = pools.filter(({ pool }) => pool?.zone === undefined);
  const zones = Object.entries(nodesByZone).sort(([a], [b]) => compareText(a, b));
  if (forAll.length > 0) {
    const nodes = zones.reduce((sum, [, count]) => sum + count, 0);
    return roomProblems(`${family} pools`, pools, nodes, wanted, blockSize);
  }
  return zones.flatMap(([zone, nodes]) => {
    const own = pools.filter(({ pool }) => pool?.zone === zone);
    if (own.length > 0) return roomProblems(`${family} pools of zone ${zone}`, own, nodes, wanted, blockSize);
    return nodes === 0
      ? []
      : [
          {
            rule: POOLS_TOO_SMALL,
            message: `zone ${zone} has ${nodes} nodes, and no ${family} pool is for them`,
            help: `append { name: ${JSON.stringify(zone)}, zone: ${JSON.stringify(zone)} } to pools, or add a pool for all zones`,
          },
        ];
  });
}

function roomProblems(
  what: string,
  pools: readonly CalicoPart[],
  nodes: number | undefined,
  wanted: number,
  blockSize: number,
): Problem[] {
  if (nodes === undefined || nodes === 0) return [];
  const blocks = pools.reduce((sum, { cidr }) => sum + 2 ** Math.max(0, blockSize - parseCidr(cidr).prefix), 0);
  const have = `the ${what} have ${blocks === 1 ? 'one block' : `${blocks} blocks`} of /${blockSize}`;
  if (blocks < nodes) {
    return [
      {
        rule: POOLS_TOO_SMALL,
        message: `${have}, and there are ${nodes} nodes: some get none`,
        help: 'plan a larger pod network, cut it into fewer parts, or use smaller blocks (a larger blockSize)',
      },
    ];
  }
  if (blocks >= nodes * wanted) return [];
  return [
    {
      rule: NETWORK_PLUGIN_RISK,
      message: `${have}, and ${nodes} nodes full of pods need ${nodes * wanted}: then nodes use addresses of blocks of others, one route each`,
      help: 'plan a larger pod network, or fewer pods on each node',
    },
  ];
}
