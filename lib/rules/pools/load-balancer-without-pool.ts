import {
  flatMap,
  isAutomatic,
  isWithheld,
  type LoadBalancerPool,
  type NetworkModel,
  poolFamilies,
  type PoolRequest,
  poolRequests,
} from '../../model';
import { addressFields } from '../addresses';
import type { NetworkRule, Violation } from '../network-rule';

/**
 * MetalLB takes all addresses of a Service from one pool, and looks only at those that serve it (internal/allocator, `Allocate`);
 * Cilium looks for each family alone (operator/pkg/lbipam). The Service stays pending. Another pool may be outside of the input.
 */
export const loadBalancerWithoutPool: NetworkRule = {
  code: 'NL645',
  slug: 'load-balancer-without-pool',
  severity: 'warning',
  title: 'No pool gives a Service the load balancer addresses that it asks for',
  check(model, report) {
    for (const request of poolRequests(model)) {
      const violation = request.pools.length === 0 ? notServed(request, model) : withoutFamily(request);
      if (violation !== undefined) report(violation);
      for (const withheld of withheldAddresses(request)) report(withheld);
    }
  },
};

/** Where a pool says whom it serves. */
const SELECTION = { MetalLB: 'serviceAllocation', Cilium: 'serviceSelector', Calico: 'allowedUses' } as const;

function notServed({ service, implementation, named, asksFor }: PoolRequest, model: NetworkModel): Violation {
  const on = service.object;
  if (named !== undefined) {
    const selection = SELECTION[implementation];
    const selected = implementation === 'MetalLB' ? 'namespaces or Services' : 'Services';
    return {
      on,
      field: named,
      severity: 'error',
      message: `the pool ${asksFor === 'addresses' ? 'of the address' : 'that the Service names'} does not serve it: ${selection} selects other ${selected}`,
      help: `${asksFor === 'addresses' ? 'ask for an address of a pool' : 'name a pool'} that serves it, or add its ${implementation === 'MetalLB' ? 'namespace or its labels' : 'labels'} to ${selection} of this one`,
    };
  }
  const pools = model.loadBalancerPools.filter((pool) => !pool.disabled && pool.implementation === implementation);
  const onRequest = pools.filter((pool) => !isAutomatic(pool));
  return {
    on,
    field: ['spec', 'type'],
    message: `none of the pools of ${implementation} here (${namesOf(pools)}) gives addresses to this Service`,
    help:
      onRequest.length > 0
        ? `name a pool that has autoAssign: false in the annotation metallb.io/address-pool (${namesOf(onRequest)}): it serves nobody else`
        : 'give the Service the labels that one of the pools selects, or add a pool that serves it',
  };
}

const KEEPS = {
  MetalLB: { setting: 'avoidBuggyIPs', which: 'addresses that end in .0 and .255' },
  Cilium: { setting: 'allowFirstLastIPs', which: 'the first and the last address of a CIDR' },
} as const;

function withheldAddresses({ service, implementation, asksFor, pools }: PoolRequest): readonly Violation[] {
  if (asksFor !== 'addresses' || implementation === 'Calico') return [];
  const { setting, which } = KEEPS[implementation];
  return flatMap(addressFields(service.loadBalancerIps), ({ value, text, path }) => {
    const pool = pools.find((candidate) => isWithheld(candidate, value));
    if (pool === undefined) return [];
    return [
      {
        on: service.object,
        field: path,
        severity: 'error',
        message: `the pool ${pool.name} does not give out ${text}: with ${setting} it keeps ${which}`,
        related: [{ on: pool.object, field: ['spec', setting], message: 'the setting' }],
        help: 'ask for another address of the pool',
      },
    ];
  });
}

function withoutFamily(request: PoolRequest): Violation | undefined {
  const { service, implementation, named, pools, families } = request;
  // An address that is asked for is in the pool that has it.
  if (families === undefined || request.asksFor === 'addresses') return undefined;
  const offers = pools.map(poolFamilies);
  const enough = (offered: readonly string[]): boolean => families.every((family) => offered.includes(family));
  if (implementation === 'MetalLB' ? offers.some(enough) : enough(offers.flat())) return undefined;
  const missing = families.filter((family) => !offers.flat().includes(family));
  return {
    on: service.object,
    field: named ?? ['spec', families.length > 1 ? 'ipFamilyPolicy' : 'ipFamilies'],
    ...(named !== undefined && { severity: 'error' }),
    message:
      missing.length > 0
        ? `the Service must have an ${missing.join(' and an ')} address, and there is none in ${pools.length === 1 ? 'the pool' : 'the pools'} ${namesOf(pools)}`
        : `the Service must have addresses of both families, and none of the pools ${namesOf(pools)} has both: MetalLB takes them from one pool`,
    help:
      missing.length > 0
        ? `add ${missing.join(' and ')} addresses to the pool, or ask for what it has with ipFamilies and ipFamilyPolicy`
        : 'put the addresses of both families into one pool',
    related: pools.slice(0, 1).map((pool) => ({ on: pool.object, field: [], message: 'a pool that serves it' })),
  };
}

const LISTED = 5;

function namesOf(pools: readonly LoadBalancerPool[]): string {
  const names = pools.map(({ name }) => name);
  return names.slice(0, LISTED).join(', ') + (names.length > LISTED ? ` and ${names.length - LISTED} more` : '');
}
