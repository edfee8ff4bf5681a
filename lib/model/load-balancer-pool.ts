import { type AddressRange, rangeOfCidr } from '../address';
import { readMaskedCidr, readRange } from './address-text';
import type { IpPool } from './ip-pool';
import { list, member, nonEmpty, text } from './json';
import { flatMap } from './lists';
import { apiGroup, below, type FieldPath, type ModelObject } from './source-object';

export type LoadBalancer = 'MetalLB' | 'Cilium' | 'Calico';

/** A pool of addresses that an implementation gives to Services of type LoadBalancer. */
export interface LoadBalancerPool {
  readonly object: ModelObject;
  readonly implementation: LoadBalancer;
  readonly name: string;
  /** Null for kinds that are cluster-scoped. */
  readonly namespace: string | null;
  /** Those that can be read. */
  readonly blocks: readonly PoolBlock[];
  /** Gives no addresses. */
  readonly disabled: boolean;
  /** Takes part only for Services that it selects. */
  readonly selective: boolean;
}

export interface PoolBlock {
  readonly range: AddressRange;
  /** As written. */
  readonly text: string;
  readonly path: FieldPath;
}

export function isMetalLb(object: ModelObject, kind: string): boolean {
  return object.ref.kind === kind && apiGroup(object.ref.apiVersion) === 'metallb.io';
}

export function isCilium(object: ModelObject, kind: string): boolean {
  return object.ref.kind === kind && apiGroup(object.ref.apiVersion) === 'cilium.io';
}

/** In which a Service names a pool of MetalLB. */
export const POOL_ANNOTATIONS = ['metallb.io/address-pool', 'metallb.universe.tf/address-pool'];

export const LOAD_BALANCER_POOL_KINDS = ['CiliumLoadBalancerIPPool', 'IPAddressPool'];

/** Undefined for other kinds; the pools of Calico are {@link calicoLoadBalancerPool}. */
export function readLoadBalancerPool(object: ModelObject): LoadBalancerPool | undefined {
  const spec = member(object.manifest, 'spec');
  const common = { object, name: object.ref.name, namespace: object.ref.namespace };
  if (isMetalLb(object, 'IPAddressPool')) {
    return {
      ...common,
      implementation: 'MetalLB',
      blocks: flatMap(list(member(spec, 'addresses')), (entry, index) =>
        blockOf(text(entry), ['spec', 'addresses', index]),
      ),
      disabled: false,
      selective: member(spec, 'serviceAllocation') !== undefined,
    };
  }
  if (isCilium(object, 'CiliumLoadBalancerIPPool')) {
    // Older versions call the list `cidrs`.
    return {
      ...common,
      implementation: 'Cilium',
      blocks: flatMap(['blocks', 'cidrs'], (field) =>
        flatMap(list(member(spec, field)), (entry, index) => blockOf(blockText(entry), ['spec', field, index])),
      ),
      disabled: member(spec, 'disabled') === true,
      selective: member(spec, 'serviceSelector') !== undefined,
    };
  }
  return undefined;
}

export function calicoLoadBalancerPool(pool: IpPool): LoadBalancerPool {
  return {
    object: pool.object,
    implementation: 'Calico',
    name: pool.name,
    namespace: null,
    blocks: [{ range: rangeOfCidr(pool.cidr), text: pool.cidrText, path: below(pool.path, 'cidr') }],
    disabled: pool.disabled,
    selective: false,
  };
}

/** A block of Cilium as MetalLB would write it: one CIDR, or `start-stop`, or one address. */
export function blockText(block: unknown): string | undefined {
  const cidr = nonEmpty(member(block, 'cidr'));
  if (cidr !== undefined) return cidr;
  const start = nonEmpty(member(block, 'start'));
  const stop = nonEmpty(member(block, 'stop'));
  return start !== undefined && stop !== undefined ? `${start}-${stop}` : start;
}

function blockOf(value: string | undefined, path: FieldPath): readonly PoolBlock[] {
  if (value === undefined) return [];
  const range = readBlock(value);
  return range === undefined ? [] : [{ range, text: value, path }];
}

/** Host bits are dropped by both implementations; white space around the dash and zeros before a prefix length are allowed by MetalLB. */
function readBlock(value: string): AddressRange | undefined {
  if (!value.includes('/')) return readRange(value.replace(/\s/g, ''));
  const cidr = readMaskedCidr(withoutPrefixZeros(value.trim()));
  return cidr && rangeOfCidr(cidr);
}

/** Go's `net.ParseCIDR` reads `/028` as `/28`; `netip.ParsePrefix` refuses it. */
export function withoutPrefixZeros(cidr: string): string {
  return cidr.replace(/\/0+(?=[0-9])/, '/');
}
