import { type Cidr, cidrsOverlap, type IpFamily, parseCidr } from '../address';

/** What Calico's validation says of an IPPool (api/pkg/apis/projectcalico/v3/ippool.go, libcalico-go clientv3/ippool.go). */

const LINK_LOCAL = ['169.254.0.0/16', 'fe80::/10'].map(parseCidr);

/** The link-local range that the pool touches, which no pool may. */
export function linkLocalRangeIn(cidr: Cidr): Cidr | undefined {
  return LINK_LOCAL.find((range) => cidrsOverlap(range, cidr));
}

/** The prefix lengths that the blocks of a pool may have, and the one they have if nothing is said. */
export interface BlockSizes {
  readonly least: number;
  readonly most: number;
  readonly usual: number;
}

const BLOCK_SIZES: Record<IpFamily, BlockSizes> = {
  IPv4: { least: 20, most: 32, usual: 26 },
  IPv6: { least: 116, most: 128, usual: 122 },
};

export function blockSizesOf(family: IpFamily): BlockSizes {
  return BLOCK_SIZES[family];
}

export const LONGEST_POOL_SELECTOR = 1024;

/** `global()` is for rules of policies. */
export function usesGlobal(selector: string): boolean {
  return /\bglobal\s*\(/.test(selector);
}

/** Whether a mode of ipipMode or vxlanMode puts packets into others. */
export function encapsulates(mode: string | undefined): mode is string {
  return mode !== undefined && mode !== '' && mode !== 'Never';
}

/** Addresses of load balancers belong to no node. */
export function selectsSomeNodes(nodeSelector: string | undefined): boolean {
  return nodeSelector !== undefined && nodeSelector !== '' && nodeSelector !== 'all()';
}
