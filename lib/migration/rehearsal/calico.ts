import { own } from '../../syntax/own-member';
import { readCalicoSelector, selects } from '../../syntax/calico-selector';
import { type IpFamily, rangeOfCidr } from '../../address';
import { indexRanges, overlapping } from '../../plan/range-index';
import { memoized } from '../../model/lookup';
import type { Encapsulation, Labels } from '../terms';
import { parsedAddress, parsedCidrs } from './addresses';
import type { CalicoPool, NodeGroup, Pod } from './cluster';

/** What carries packets between nodes: the cross-subnet modes have the tunnels of the others. */
export type Tunnel = 'None' | 'IPIP' | 'VXLAN';

export function tunnelOf(encapsulation: Encapsulation): Tunnel {
  if (encapsulation === 'None') return 'None';
  return encapsulation.startsWith('IPIP') ? 'IPIP' : 'VXLAN';
}

export function familyOf({ cidr }: Pick<CalicoPool, 'cidr'>): IpFamily {
  return cidr.includes(':') ? 'IPv6' : 'IPv4';
}

const readSelector = memoized((selector: string) => selector, readCalicoSelector);

const MAPS = new WeakMap<Labels, ReadonlyMap<string, string>>();

/** Every pool asks for the labels of every node. */
function mapOf(labels: Labels): ReadonlyMap<string, string> {
  const map = MAPS.get(labels) ?? new Map(Object.entries(labels));
  MAPS.set(labels, map);
  return map;
}

export function selectsNode({ nodeLabels, nodeSelector }: CalicoPool, labels: Labels): boolean {
  if (nodeSelector !== undefined) {
    const selector = readSelector(nodeSelector);
    return selector !== undefined && selects(selector, mapOf(labels));
  }
  return nodeLabels !== null && Object.entries(nodeLabels).every(([key, value]) => own(labels, key) === value);
}

const GIVING = new WeakMap<readonly CalicoPool[], WeakMap<Labels, CalicoPool[]>>();

/** The pools of which a new pod on such a node may get an address; asked once for each node between two changes of the pools. */
export function givingPools(pools: readonly CalicoPool[], labels: Labels): readonly CalicoPool[] {
  const known = GIVING.get(pools) ?? new WeakMap<Labels, CalicoPool[]>();
  GIVING.set(pools, known);
  const giving = known.get(labels) ?? poolsThatGive(pools, labels);
  known.set(labels, giving);
  return giving;
}

function poolsThatGive(pools: readonly CalicoPool[], labels: Labels): CalicoPool[] {
  return pools.filter(
    (pool) =>
      !pool.disabled &&
      selectsNode(pool, labels) &&
      (pool.allowedUses.length === 0 || pool.allowedUses.includes('Workload')),
  );
}

export function tunnelKey(pool: CalicoPool): string | null {
  const tunnel = tunnelOf(pool.encapsulation);
  return tunnel === 'None' ? null : `${tunnel} ${familyOf(pool)}`;
}

/**
 * What calico/node does whenever pools change (node/pkg/allocateip, reconcileTunnelAddrs): a tunnel has an address of an enabled pool of its
 * kind that selects the node; without one the address is taken away, whoever still needs the tunnel.
 */
export function reconciledTunnels(pools: readonly CalicoPool[], { labels, tunnels }: NodeGroup): NodeGroup['tunnels'] {
  const usable = pools.filter(
    (pool) =>
      !pool.disabled &&
      selectsNode(pool, labels) &&
      (pool.allowedUses.length === 0 || pool.allowedUses.includes('Tunnel')),
  );
  const result = new Map<string, string>();
  for (const pool of usable) {
    const key = tunnelKey(pool);
    if (key === null) continue;
    const kept = usable.find(
      ({ name, ...other }) => name === own(tunnels, key) && tunnelKey({ name, ...other }) === key,
    );
    if (!result.has(key)) result.set(key, kept?.name ?? pool.name);
  }
  return Object.fromEntries(result);
}

/** An address of a pool, for a pod that was made when the pool gave some. */
export function addressOf({ cidr }: Pick<CalicoPool, 'cidr'>): string {
  return cidr.split('/')[0];
}

/** The pods of the group after all that can be were made anew: one for each way to get an address of each family. */
export function rescheduled(pools: readonly CalicoPool[], { labels, pods }: Pick<NodeGroup, 'labels' | 'pods'>): Pod[] {
  const staying = pods.filter(({ stays }) => stays !== undefined);
  const giving = givingPools(pools, labels);
  const families = [...new Set(giving.map(familyOf))];
  const fresh = giving
    .filter((pool) => familyOf(pool) === families[0])
    .map((pool) => ({
      addresses: [
        pool,
        ...families.slice(1).flatMap((family) => giving.find((other) => familyOf(other) === family) ?? []),
      ].map(addressOf),
    }));
  return [...staying, ...fresh];
}

type FindPool = (address: string) => CalicoPool | undefined;

const FOUND = new WeakMap<readonly CalicoPool[], FindPool>();

export function poolOf(pools: readonly CalicoPool[], address: string): CalicoPool | undefined {
  const find = FOUND.get(pools) ?? poolFinder(pools);
  FOUND.set(pools, find);
  return find(address);
}

/** Each address is looked for once, in O(log n); of pools that overlap it is of the first. */
function poolFinder(pools: readonly CalicoPool[]): FindPool {
  const places = pools.flatMap((pool, place) =>
    parsedCidrs(pool.cidr).map((cidr) => ({ place, range: rangeOfCidr(cidr) })),
  );
  const index = indexRanges(places, ({ range }) => range);
  return memoized(
    (text: string) => text,
    (text) => {
      const address = parsedAddress(text);
      if (address === undefined) return undefined;
      const alone = { family: address.family, first: address.value, last: address.value };
      const first = Math.min(...[...overlapping(index, alone)].map(({ place }) => place));
      return Number.isFinite(first) ? pools[first] : undefined;
    },
  );
}
