import {
  addressSet,
  type Cidr,
  cidrSize,
  findOverlaps,
  formatCidr,
  intersection,
  rangeOfCidr,
  setSize,
} from '../../address';
import {
  at,
  concat,
  type FieldPath,
  flatMap,
  type IpPool,
  isCalico,
  list,
  type ModelObject,
  readCidr,
  readIpAddress,
  text,
} from '../../model';
import { append, groupBy } from '../../model/lookup';
import { cidrProblem } from '../address-problem';
import { coveringCidr } from '../addresses';
import type { NetworkRule } from '../network-rule';

interface Reservation {
  readonly object: ModelObject;
  readonly path: FieldPath;
  readonly cidr: NonNullable<ReturnType<typeof readCidr>>;
}

/** Reservations or pools with the same range. */
interface Equal {
  readonly cidr: Cidr;
  readonly reservations?: readonly Reservation[];
  readonly pools?: readonly IpPool[];
}

/** Calico looks for another address as often as it meets a reserved one: a reservation is small, and inside of a pool. */
export const ipReservation: NetworkRule = {
  code: 'NL641',
  slug: 'ip-reservation',
  severity: 'warning',
  title: 'An IPReservation does not do what it should',
  check(model, report) {
    const reservations = flatMap(
      model.ofKind('IPReservation').filter((object) => isCalico(object, 'IPReservation')),
      (object) =>
        flatMap(list(at(object.manifest, 'spec', 'reservedCIDRs')), (value, index): readonly Reservation[] => {
          const path = ['spec', 'reservedCIDRs', index];
          const cidr = readCidr(text(value));
          if (cidr !== undefined) return [{ object, path, cidr }];
          const address = readIpAddress(text(value));
          const problem = cidrProblem(value);
          if (address === undefined && problem !== undefined) {
            report({ on: object, field: path, message: `reservedCIDRs: ${problem.message}`, help: problem.help });
          }
          return [];
        }),
    );
    if (model.ipPools.length === 0) return;
    const inside = new Set<Reservation>();
    const taken = new Map<readonly IpPool[], Reservation[]>();
    // Ranges nest, so that of those that differ a range has a few around it: of equal ones only one is asked.
    const ranges: readonly Equal[] = concat(
      withSameRange(reservations).map((own) => ({ reservations: own, cidr: own[0].cidr })),
      withSameRange(model.ipPools).map((own) => ({ pools: own, cidr: own[0].cidr })),
    );
    for (const { a, b } of findOverlaps(ranges, ({ cidr }) => rangeOfCidr(cidr))) {
      const [first, second] = a.pools === undefined ? [a, b] : [b, a];
      if (first.reservations === undefined || second.pools === undefined) continue;
      for (const reservation of first.reservations) {
        inside.add(reservation);
        append(taken, second.pools, reservation);
      }
    }
    const families = new Set(model.ipPools.map(({ cidr }) => cidr.family));
    for (const reservation of reservations) {
      const { object, path, cidr } = reservation;
      // Of the pod range of the cluster there may be another pool, outside of the input, as there may be of a family that has none here.
      const elsewhere =
        !families.has(cidr.family) ||
        coveringCidr(model.facts.podCidrs ?? [], { family: cidr.family, value: cidr.base }) !== undefined;
      if (inside.has(reservation) || elsewhere) continue;
      report({
        on: object,
        field: path,
        message: `${formatCidr(cidr)} is in no IPPool: nothing would be given out there anyway`,
        help: 'correct the range, or remove it',
      });
    }
    for (const [[pool], own] of taken) {
      const reserved = intersection(
        addressSet(own.map(({ cidr }) => rangeOfCidr(cidr))),
        addressSet([rangeOfCidr(pool.cidr)]),
      );
      const size = setSize(reserved, pool.cidr.family);
      const whole = cidrSize(pool.cidr);
      if (size * MOST_RESERVED < whole) continue;
      const largest = own.reduce((a, b) => (cidrSize(b.cidr) > cidrSize(a.cidr) ? b : a));
      report({
        on: largest.object,
        field: largest.path,
        message:
          size === whole
            ? `all of ${formatCidr(pool.cidr)} is reserved: the pool gives no address to any pod`
            : `a tenth or more of ${formatCidr(pool.cidr)} is reserved: Calico takes long to find an address that is not`,
        related: [{ on: pool.object, field: pool.path, message: 'the pool' }],
        help:
          size === whole
            ? 'reserve a part of it, or set disabled: true in the pool if that is what is meant'
            : 'give the owner of the addresses a range outside of the pool, or disable a pool of its own for it',
      });
    }
  },
};

function withSameRange<T extends { readonly cidr: Cidr }>(items: readonly T[]): readonly T[][] {
  return [...groupBy(items, ({ cidr }) => formatCidr(cidr)).values()];
}

/** "no more than 10%" (Calico, IPReservation). */
const MOST_RESERVED = 10n;
