import { IP_FAMILIES, type IpFamily } from '../../address';
import { compareText, objectText } from '../../finding/finding';
import {
  concat,
  flatMap,
  type LoadBalancerPool,
  poolFamilies,
  type PoolRequest,
  poolRequests,
  poolSize,
  type Service,
} from '../../model';
import { append } from '../../model/lookup';
import { addressFields } from '../addresses';
import type { NetworkRule, Violation } from '../network-rule';

/** Services that may have addresses of these pools alone. */
interface Demand {
  readonly pools: readonly LoadBalancerPool[];
  readonly requests: readonly PoolRequest[];
}

/**
 * "no available IPs": those that come last stay pending. Services of one sharing key are counted as few addresses as their ports
 * allow, so that what is said is the least that is missing.
 */
export const loadBalancerPoolExhausted: NetworkRule = {
  code: 'NL644',
  slug: 'load-balancer-pool-exhausted',
  severity: 'warning',
  title: 'More Services ask for load balancer addresses than the pools have',
  check(model, report) {
    const requests = poolRequests(model);
    for (const family of IP_FAMILIES) {
      const demands = demandsOf(requests, family);
      const alone = new Map(
        flatMap(demands, (demand) => (demand.pools.length === 1 ? [[demand.pools[0], demand]] : [])),
      );
      const full = new Set<LoadBalancerPool>();
      for (const demand of alone.values()) {
        const violation = exhausted(demand, family);
        if (violation === undefined) continue;
        full.add(demand.pools[0]);
        report(violation);
      }
      for (const { pools, requests: own } of demands) {
        if (pools.length === 1) continue;
        const others = pools.filter((pool) => !full.has(pool));
        const inOne = flatMap(others, (pool) => alone.get(pool)?.requests ?? []);
        const violation = exhausted({ pools: others, requests: concat(own, inOne) }, family);
        if (violation !== undefined) report(violation);
      }
    }
  },
};

function demandsOf(requests: readonly PoolRequest[], family: IpFamily): readonly Demand[] {
  const demands = new Map<string, { readonly pools: readonly LoadBalancerPool[]; readonly requests: PoolRequest[] }>();
  for (const [all, members] of requestsByPools(requests)) {
    const pools = all.filter((pool) => poolFamilies(pool).includes(family));
    // Where the cluster decides, the pools do if they have one family.
    const alone = all.every((pool) => poolFamilies(pool).every((offered) => offered === family));
    const wanting = members.filter(({ families }) => families?.includes(family) ?? alone);
    if (pools.length === 0 || wanting.length === 0) continue;
    const key = pools
      .map(({ object }) => objectText(object.ref))
      .sort(compareText)
      .join('\0');
    const demand = demands.get(key) ?? { pools, requests: [] };
    demand.requests.push(...wanting);
    demands.set(key, demand);
  }
  return [...demands.values()];
}

/** Equal answers are one array, so that the pools are looked at once for all who have them. */
function requestsByPools(requests: readonly PoolRequest[]): Map<readonly LoadBalancerPool[], PoolRequest[]> {
  const groups = new Map<readonly LoadBalancerPool[], PoolRequest[]>();
  for (const request of requests) append(groups, request.pools, request);
  return groups;
}

function exhausted({ pools, requests }: Demand, family: IpFamily): Violation | undefined {
  const sizes = pools.map((pool) => poolSize(pool, family));
  if (sizes.length === 0 || sizes.includes(undefined)) return undefined;
  const size = sizes.reduce<bigint>((sum, of) => sum + (of ?? 0n), 0n);
  const needed = addressesNeeded(requests, family);
  if (BigInt(needed) <= size) return undefined;
  const [first] = pools;
  const certain = requests.every(({ named }) => named !== undefined);
  return {
    on: first.object,
    field: first.blocks.at(0)?.path.slice(0, -1) ?? [],
    ...(certain && { severity: 'error' }),
    message: `${requests.length} Services need ${needed} ${family} addresses of ${namesOf(pools)}, which ${pools.length === 1 ? 'has' : 'have'} ${size}`,
    related: requests
      .slice(0, REPORTED_SERVICES)
      .map(({ service, named }) => ({ on: service.object, field: named ?? ['spec', 'type'], message: 'one of them' })),
    help: 'add addresses to the pool, or let Services with different ports share an address with one sharing key',
  };
}

const REPORTED_SERVICES = 3;
const LISTED = 5;

function namesOf(pools: readonly LoadBalancerPool[]): string {
  const names = pools.slice(0, LISTED).map(({ object }) => objectText(object.ref));
  return names.join(', ') + (pools.length > LISTED ? ` and ${pools.length - LISTED} more` : '');
}

/** At least: one for each Service, address or sharing key, and as many for a key as Services of it have one port. */
function addressesNeeded(requests: readonly PoolRequest[], family: IpFamily): number {
  const sharing = new Map<string, Service[]>();
  for (const { service } of requests) {
    const asked = addressFields(service.loadBalancerIps).find(({ value }) => value.family === family);
    append(
      sharing,
      service.sharingKey === undefined ? (asked?.text ?? objectText(service.object.ref)) : `key ${service.sharingKey}`,
      service,
    );
  }
  return [...sharing.values()].reduce((sum, services) => sum + mostOnOnePort(services, family), 0);
}

function mostOnOnePort(services: readonly Service[], family: IpFamily): number {
  const asked = new Set(
    flatMap(services, ({ loadBalancerIps }) =>
      flatMap(addressFields(loadBalancerIps), ({ value, text }) => (value.family === family ? [text] : [])),
    ),
  );
  if (services[0].sharingKey === undefined) return 1;
  const users = new Map<string, number>();
  for (const { ports } of services) {
    for (const key of new Set(ports.map(({ port, protocol }) => `${port}/${protocol}`))) {
      users.set(key, (users.get(key) ?? 0) + 1);
    }
  }
  return Math.max(1, asked.size, ...users.values());
}
