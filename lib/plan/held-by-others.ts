import { type AddressRange, rangeOfCidr } from '../address';
import type { FleetSpec, RangeRole } from './spec';

/** A range that is not allocated by the plan and that it keeps clear of. */
export interface HeldRange {
  readonly owner: string;
  readonly use: Extract<RangeRole, 'nodes' | 'reservation'>;
  readonly range: AddressRange;
}

/** Reservations, and the networks of the nodes. */
export function heldByOthers({ reserved, clusters }: Pick<FleetSpec, 'reserved' | 'clusters'>): HeldRange[] {
  return [
    ...reserved.flatMap(({ owner, ranges }) =>
      ranges.map(({ range }): HeldRange => ({ owner, use: 'reservation', range })),
    ),
    ...clusters.flatMap(({ name, nodeNetwork }) =>
      nodeNetwork.map(({ cidr }): HeldRange => ({ owner: name, use: 'nodes', range: rangeOfCidr(cidr) })),
    ),
  ];
}

/** `office-vpn`, `prod nodes`. */
export function describeOwner(owner: string, use: HeldRange['use']): string {
  return use === 'nodes' ? `${owner} nodes` : owner;
}
