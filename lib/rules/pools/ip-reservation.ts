import { cidrSize, findOverlaps, formatCidr, rangeOfCidr } from '../../address';
import {
  at,
  type FieldPath,
  type IpPool,
  isCalico,
  list,
  type ModelObject,
  readIpAddress,
  readCidr,
  text,
} from '../../model';
import { cidrProblem } from '../address-problem';
import { coveringCidr } from '../addresses';
import type { NetworkRule } from '../network-rule';

interface Reservation {
  readonly object: ModelObject;
  readonly path: FieldPath;
  readonly cidr: NonNullable<ReturnType<typeof readCidr>>;
}

type Entry = { readonly reservation: Reservation } | { readonly pool: IpPool };

/** Calico looks for another address as often as it meets a reserved one: a reservation is small, and inside of a pool. */
export const ipReservation: NetworkRule = {
  code: 'NL641',
  slug: 'ip-reservation',
  severity: 'warning',
  title: 'An IPReservation does not do what it should',
  check(model, report) {
    const reservations = model
      .ofKind('IPReservation')
      .filter((object) => isCalico(object, 'IPReservation'))
      .flatMap((object) =>
        list(at(object.manifest, 'spec', 'reservedCIDRs')).flatMap((value, index): Reservation[] => {
          const path = ['spec', 'reservedCIDRs', index];
          const cidr = readCidr(text(value));
          if (cidr !== undefined) return [{ object, path, cidr }];
          const address = readIpAddress(text(value));
          const problem = cidrProblem(value);
          if (address === undefined && problem !== undefined) {
            report({ on: object, field: path, message: `reservedCIDRs: ${problem.reason}`, help: problem.help });
          }
          return [];
        }),
      );
    if (model.ipPools.length === 0) return;
    const entries: Entry[] = [
      ...reservations.map((reservation) => ({ reservation })),
      ...model.ipPools.map((pool) => ({ pool })),
    ];
    const inside = new Set<Reservation>();
    const taken = new Map<IpPool, { readonly size: bigint; readonly by: Reservation }>();
    for (const { a, b } of findOverlaps(entries, (entry) =>
      rangeOfCidr('pool' in entry ? entry.pool.cidr : entry.reservation.cidr),
    )) {
      const [first, second] = 'pool' in a ? [b, a] : [a, b];
      if ('pool' in first || !('pool' in second)) continue;
      inside.add(first.reservation);
      const size = cidrSize(first.reservation.cidr);
      const whole = cidrSize(second.pool.cidr);
      const { size: before, by } = taken.get(second.pool) ?? { size: 0n, by: first.reservation };
      taken.set(second.pool, { size: before + (size < whole ? size : whole), by });
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
    for (const [pool, { size, by }] of taken) {
      if (size * MOST_RESERVED < cidrSize(pool.cidr)) continue;
      report({
        on: pool.object,
        field: pool.path,
        message: `a tenth or more of ${formatCidr(pool.cidr)} is reserved: Calico takes long to find an address that is not`,
        related: [{ on: by.object, field: by.path, message: 'reserved here' }],
        help: 'give the owner of the addresses a range outside of the pool, or disable a pool of its own for it',
      });
    }
  },
};

/** "no more than 10%" (Calico, IPReservation). */
const MOST_RESERVED = 10n;
