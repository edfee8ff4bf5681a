import {
  AddressError,
  type AddressRange,
  addressSet,
  type Cidr,
  cidrContains,
  cidrSize,
  compareCidrs,
  formatCidr,
  intersection,
  parseCidr,
  rangeOfCidr,
  setToCidrs,
} from '../address';
import { compareText } from '../finding/finding';
import { readText } from './address-text';
import type { Allocation, FreeSpace } from './fleet-plan';
import { describeOwner, type HeldRange } from './held-by-others';
import type { LockChange } from './lock';
import { ROLES, type RangeRole, type Role } from './spec';

/** What a block of a supernet is used for. */
export type BlockUse = RangeRole | 'free';

/** A CIDR inside a supernet. */
export interface MapBlock {
  readonly cidr: string;
  readonly use: BlockUse;
  /** Who has it: `prod-eu pods`, `office-vpn`; empty for a free block. */
  readonly owner: string;
  /** What the plan changes about it. */
  readonly change: 'new' | 'moved' | 'grown' | null;
  /** Where it starts and how long it is, as parts of the supernet from 0 to 1. */
  readonly start: number;
  readonly share: number;
}

/** The blocks of a supernet in address order. A block may lie in another one of the same cluster. */
export interface AddressMap {
  readonly supernet: string;
  readonly utilisation: number;
  readonly blocks: readonly MapBlock[];
}

/** What is where in each supernet. O(n log n). */
export function addressMaps(
  free: readonly FreeSpace[],
  allocations: readonly Allocation[],
  held: readonly HeldRange[],
  changes: readonly LockChange[],
): AddressMap[] {
  const changed = new Map(changes.map((change) => [change.key, change]));
  const allocated = allocations.map(({ key, cidr: text, state }): Placed => {
    const [cluster, role, family] = key.split('/');
    const cidr = parseCidr(text);
    return {
      cidr,
      use: roleOf(role),
      owner: `${cluster} ${role === 'loadBalancers' ? 'load balancers' : role} ${family}`,
      change: state === 'pinned' ? null : changeOf(changed.get(key), cidr),
    };
  });
  const others = held.map(({ range, owner, use }) => ({ range, owner: describeOwner(owner, use), use }));
  return free.map(({ supernet: text, cidrs, utilisation }) => {
    const supernet = parseCidr(text);
    const inside = [
      ...allocated.filter(({ cidr }) => cidrContains(supernet, cidr)),
      ...others.flatMap(({ range, owner, use }) =>
        within(range, supernet).map((cidr): Placed => ({ cidr, owner, use, change: null })),
      ),
      ...cidrs.map((block): Placed => ({ cidr: parseCidr(block), use: 'free', owner: '', change: null })),
    ];
    return {
      supernet: text,
      utilisation,
      blocks: inside
        .sort((a, b) => compareCidrs(a.cidr, b.cidr) || compareText(a.owner, b.owner))
        .map((placed) => mapBlock(placed, supernet)),
    };
  });
}

interface Placed extends Pick<MapBlock, 'use' | 'owner' | 'change'> {
  readonly cidr: Cidr;
}

/** Enough for a picture, and exact: a number has 53 bits. */
const STEPS = 1n << 52n;

function mapBlock({ cidr, ...rest }: Placed, supernet: Cidr): MapBlock {
  const size = cidrSize(supernet);
  const part = (addresses: bigint): number => Number((addresses * STEPS) / size) / Number(STEPS);
  return { cidr: formatCidr(cidr), ...rest, start: part(cidr.base - supernet.base), share: part(cidrSize(cidr)) };
}

function roleOf(text: string): Role {
  return ROLES.find((role) => role === text) ?? 'pods';
}

function changeOf(change: LockChange | undefined, cidr: Cidr): MapBlock['change'] {
  if (change === undefined) return null;
  if (change.before === null) return 'new';
  return contains(cidr, change.before) ? 'grown' : 'moved';
}

/** What the lock had may be anything. */
function contains(cidr: Cidr, text: string): boolean {
  const before = readText(parseCidr, text);
  return !(before instanceof AddressError) && cidrContains(cidr, before);
}

function within(range: AddressRange, supernet: Cidr): Cidr[] {
  return setToCidrs(intersection(addressSet([range]), addressSet([rangeOfCidr(supernet)])));
}
