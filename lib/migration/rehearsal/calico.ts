import { own } from '../../syntax/own-member';
import { readCalicoSelector, selects } from '../../syntax/calico-selector';
import type { IpFamily } from '../../address';
import { memoized } from '../../model/lookup';
import type { Encapsulation, Labels } from '../terms';
import { isIn } from './addresses';
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

export function selectsNode({ nodeLabels, nodeSelector }: CalicoPool, labels: Labels): boolean {
  if (nodeSelector !== undefined) {
    const selector = readSelector(nodeSelector);
    return selector !== undefined && selects(selector, new Map(Object.entries(labels)));
  }
  return nodeLabels !== null && Object.entries(nodeLabels).every(([key, value]) => own(labels, key) === value);
}

/** The pools of which a new pod on such a node may get an address. */
export function givingPools(pools: readonly CalicoPool[], labels: Labels): CalicoPool[] {
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

export function poolOf(pools: readonly CalicoPool[], address: string): CalicoPool | undefined {
  return pools.find(({ cidr }) => isIn([cidr], address));
}
