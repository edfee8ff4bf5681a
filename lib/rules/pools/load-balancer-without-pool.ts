import {
  isAutomatic,
  type LoadBalancerPool,
  type NetworkModel,
  type PoolRequest,
  poolFamilies,
  poolRequests,
} from '../../model';
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
    }
  },
};

function notServed({ service, implementation, named }: PoolRequest, model: NetworkModel): Violation {
  const on = service.object;
  if (named !== undefined) {
    return {
      on,
      field: named,
      severity: 'error',
      message:
        'the pool that the Service names does not serve it: serviceAllocation selects other namespaces or Services',
      help: 'name a pool that serves it, or add its namespace or its labels to serviceAllocation of this one',
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
