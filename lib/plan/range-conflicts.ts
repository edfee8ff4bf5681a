import {
  cidrContains,
  compareRanges,
  formatCidr,
  formatRange,
  overlapCounter,
  overlapsOfEach,
  rangeOfCidr,
  rangesOverlap,
  rangeToCidrs,
  SPECIAL_PURPOSE_RANGES,
  type AddressRange,
  type Cidr,
  type EachOverlap,
  type OverlapCounter,
  type SpecialPurposeRange,
} from '../address';
import {
  compareFindings,
  compareText,
  finding,
  type Finding,
  type ObjectRef,
  type Origin,
  type SpecPath,
} from '../finding/finding';
import { indexRanges, overlapping, overlapsAny } from './range-index';
import { LOCK_CONFLICT, RANGE_OVERLAP, SPECIAL_PURPOSE_RANGE, UNWISE_RANGE, WELL_KNOWN_RANGE } from './rules';
import type { RangeRole, SpecCidr } from './spec';
import { WELL_KNOWN_RANGES, type WellKnownRange } from './well-known-ranges';

/** A range that somebody has, from a plan, a manifest or a running cluster. */
export interface RangeClaim {
  /** Who has it, for messages: `cluster prod`, `reservation office-vpn`, `IPPool default`. */
  readonly owner: string;
  /** The cluster it belongs to; null for a reservation. */
  readonly cluster: string | null;
  /** The cluster is never connected to others. @default false */
  readonly isolated?: boolean;
  /** Not routed to other clusters: another cluster may have the same addresses, unless its own are routed. @default false */
  readonly unrouted?: boolean;
  readonly role: RangeRole;
  readonly range: AddressRange;
  /** The lock entry that put it there, if one did: a conflict is then one of the lock. */
  readonly lockKey?: string;
  readonly specPath?: SpecPath;
  readonly object?: ObjectRef | null;
  readonly origin?: Origin | null;
}

/** With how many others a range is reported one by one; what overlaps more of them is reported with one, and a count. */
const MOST_CONFLICTS = 10;

/**
 * Every range that may not overlap another and does, in O(n log n): each pair, but of many ranges in one place each with one other and a count.
 *
 * Disjoint are the pods, services, nodes and load balancers of all clusters and the reservations. Three exceptions: a
 * load balancer range may be a part of the node network of its own cluster (where layer 2 announcements need it), a
 * reservation may lie inside of another one, or be listed in pieces that overlap, as may a node network, and an isolated cluster may reuse the pod and service ranges of others.
 */
export function findRangeConflicts(claims: readonly RangeClaim[]): Finding[] {
  const reusing = claims.filter(mayReuse);
  const unrouted = claims.filter((claim) => isUnrouted(claim) && !mayReuse(claim));
  const connected = claims.filter((claim) => !mayReuse(claim) && !isUnrouted(claim));
  const conflicts = [
    ...conflictsAmong(connected),
    // Ranges that may be reused by many are compared only with what they must not overlap, so that reuse costs nothing.
    ...conflictsBetween(
      reusing,
      connected.filter(({ role }) => !isReusable(role)),
    ),
    ...conflictsBetween(unrouted, connected),
    ...[...groupByCluster([...reusing, ...unrouted]).values()].flatMap(conflictsAmong),
  ];
  return conflicts.map(conflictFinding).sort(compareFindings);
}

function conflictsAmong(claims: readonly RangeClaim[]): readonly EachOverlap<RangeClaim>[] {
  return overlapsOfEach(claims, rangeOf, {
    most: MOST_CONFLICTS,
    mayOverlap,
    groupOf: ({ cluster, role }) => (role === 'reservation' ? role : `${role} ${cluster ?? ''}`),
  });
}

function conflictsBetween(
  claims: readonly RangeClaim[],
  others: readonly RangeClaim[],
): readonly EachOverlap<RangeClaim>[] {
  if (claims.length === 0) return [];
  const index = indexRanges(others, rangeOf);
  let counts: OverlapCounter | undefined;
  return claims.flatMap((claim) => {
    const met: RangeClaim[] = [];
    for (const other of overlapping(index, claim.range)) {
      if (!mayOverlap(claim, other)) met.push(other);
      if (met.length <= MOST_CONFLICTS) continue;
      counts ??= overlapCounter(others.map(rangeOf));
      return [{ a: met[0], b: claim, more: counts.overlapping(claim.range) - 1 }];
    }
    return met.map((other) => ({ a: other, b: claim, more: 0 }));
  });
}

/**
 * Ranges in address space that never works (error), is set aside (warning), or is somebody's default (warning). Reservations are not looked at.
 *
 * @param clustersWithPods the clusters that have a pod range; by default those with one among the claims
 */
export function findMisplacedRanges(
  claims: readonly RangeClaim[],
  clustersWithPods: ReadonlySet<string | null> = new Set(
    claims.flatMap(({ role, cluster }) => (role === 'pods' ? [cluster] : [])),
  ),
): Finding[] {
  return claims.flatMap((claim) => {
    if (claim.role === 'reservation' || !overlapsAny(JUDGED_INDEX, claim.range)) return [];
    const what = describeClaim(claim);
    const met = (cidr: Cidr): boolean => overlaps(cidr, claim.range);
    const known = WELL_KNOWN_RANGES.filter(
      ({ cidr, roles, rolesWithoutPods }) =>
        met(cidr) &&
        (roles.includes(claim.role) || (rolesWithoutPods.includes(claim.role) && !clustersWithPods.has(claim.cluster))),
    );
    return [
      ...specialPurpose(
        what,
        claim,
        SPECIAL_PURPOSE_RANGES.filter(({ cidr }) => met(cidr)),
      ),
      ...known.map((entry) => wellKnown(what, claim, entry)),
    ];
  });
}

/**
 * The same for what the planner itself put into a supernet. What all of the supernet lies in is a finding of the supernet alone, and a
 * pod pool that a CNI takes by default is nothing to somebody whose ranges are planned.
 */
export function findMisplacedAllocations(
  claims: readonly RangeClaim[],
  supernetOf: (claim: RangeClaim) => Cidr | null,
): Finding[] {
  return claims.flatMap((claim) => {
    if (!overlapsAny(UNPLANNED_INDEX, claim.range)) return [];
    const supernet = supernetOf(claim);
    const differs = (cidr: Cidr): boolean =>
      overlaps(cidr, claim.range) && (supernet === null || !cidrContains(cidr, supernet));
    const what = describeClaim(claim);
    return [
      ...specialPurpose(
        what,
        claim,
        SPECIAL_PURPOSE_RANGES.filter(({ cidr }) => differs(cidr)),
      ),
      ...TAKEN_EVERYWHERE.filter(({ cidr }) => differs(cidr)).map((entry) => wellKnown(what, claim, entry)),
    ];
  });
}

/** Supernets that lie entirely in such space: everything allocated from them would. */
export function findMisplacedSupernets(supernets: readonly SpecCidr[]): Finding[] {
  return supernets.flatMap(({ cidr: supernet, specPath }) => {
    const what = `supernet ${formatCidr(supernet)}`;
    const placed = { range: rangeOfCidr(supernet), specPath };
    const around = (cidr: Cidr): boolean => cidrContains(cidr, supernet);
    return [
      // What is only unwise is the choice of who wrote it down.
      ...specialPurpose(
        what,
        placed,
        SPECIAL_PURPOSE_RANGES.filter(({ cidr, usable }) => usable === 'never' && around(cidr)),
      ),
      ...TAKEN_EVERYWHERE.filter(({ cidr }) => around(cidr)).map((entry) => wellKnown(what, placed, entry)),
    ];
  });
}

/** Space that no allocation may touch. */
export const UNUSABLE_RANGES: readonly AddressRange[] = SPECIAL_PURPOSE_RANGES.flatMap(({ cidr, usable }) =>
  usable === 'never' ? [rangeOfCidr(cidr)] : [],
);

/** Space that an allocation takes only if there is no other. */
export const AVOIDED_RANGES: readonly AddressRange[] = [
  ...SPECIAL_PURPOSE_RANGES.filter(({ usable }) => usable === 'unwise'),
  ...WELL_KNOWN_RANGES.filter(bitesPods),
].map(({ cidr }) => rangeOfCidr(cidr));

/** `pod range 10.0.0.0/16 of cluster prod`, `reservation office-vpn 10.0.0.0/16`. */
export function describeClaim({ owner, role, range }: RangeClaim): string {
  return role === 'reservation'
    ? `${owner} ${rangeText(range)}`
    : `${ROLE_TEXTS[role]} ${rangeText(range)} of ${owner}`;
}

/** A CIDR where the range is one. */
export function rangeText(range: AddressRange): string {
  // At most two CIDRs of each size make up a range; one that is a CIDR has only that one.
  const [cidr, ...more] = rangeToCidrs(range);
  return more.length === 0 ? formatCidr(cidr) : formatRange(range);
}

/** A range and where it was written. */
type PlacedRange = Pick<RangeClaim, 'range' | 'specPath' | 'object' | 'origin'>;

const TAKEN_EVERYWHERE = WELL_KNOWN_RANGES.filter(bitesPods);

const JUDGED_INDEX = indexRanges([...SPECIAL_PURPOSE_RANGES, ...WELL_KNOWN_RANGES], ({ cidr }) => rangeOfCidr(cidr));
const UNPLANNED_INDEX = indexRanges([...SPECIAL_PURPOSE_RANGES, ...TAKEN_EVERYWHERE], ({ cidr }) => rangeOfCidr(cidr));

function bitesPods({ roles }: WellKnownRange): boolean {
  return roles.includes('pods');
}

/** One finding for all space that never works, else one for all that is set aside for another purpose. */
function specialPurpose(what: string, placed: PlacedRange, met: readonly SpecialPurposeRange[]): Finding[] {
  const names = (usable: SpecialPurposeRange['usable']): string =>
    met
      .filter((entry) => entry.usable === usable)
      .map(({ cidr, name, source }) => `${formatCidr(cidr)} (${name}, ${source})`)
      .join(', ');
  const never = names('never');
  if (never !== '') {
    return [
      finding(SPECIAL_PURPOSE_RANGE, {
        ...places(placed),
        message: `${what} overlaps ${never}, which can never be used for it`,
        help: PRIVATE_SPACE,
      }),
    ];
  }
  const unwise = names('unwise');
  if (unwise === '') return [];
  return [
    finding(UNWISE_RANGE, {
      ...places(placed),
      message: `${what} overlaps ${unwise}, which others filter or use for its own purpose`,
      help: PRIVATE_SPACE,
    }),
  ];
}

function wellKnown(what: string, placed: PlacedRange, known: WellKnownRange): Finding {
  return finding(WELL_KNOWN_RANGE, {
    ...places(placed),
    message: `${what} overlaps ${formatCidr(known.cidr)}, ${known.owner}`,
    help: known.remedy,
  });
}

const PRIVATE_SPACE =
  'choose a range of 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16 (RFC 1918), or of fd00::/8 (RFC 4193)';

const ROLE_TEXTS: Record<Exclude<RangeRole, 'reservation'>, string> = {
  pods: 'pod range',
  services: 'service range',
  nodes: 'node network',
  loadBalancers: 'load balancer range',
};

const ROLE_ORDER: Record<RangeRole, number> = { reservation: 0, nodes: 1, pods: 2, services: 3, loadBalancers: 4 };

function isReusable(role: RangeRole): boolean {
  return role === 'pods' || role === 'services';
}

function isUnrouted({ unrouted, role }: RangeClaim): boolean {
  return unrouted === true && role !== 'reservation';
}

function mayReuse(claim: RangeClaim): boolean {
  return claim.isolated === true && (isReusable(claim.role) || isUnrouted(claim));
}

/** Whether the two may share addresses, although their arenas compete. */
export function mayOverlap(a: RangeClaim, b: RangeClaim): boolean {
  if (a.role === 'reservation' && b.role === 'reservation') {
    return a.owner === b.owner || holds(a.range, b.range) || holds(b.range, a.range);
  }
  if (a.cluster !== b.cluster) return false;
  if (a.role === 'nodes' && b.role === 'nodes') return true;
  return isInNodeNetwork(a, b) || isInNodeNetwork(b, a);
}

/** A part of what somebody has may be named as well: the offices of a company, and one of them. */
function holds(outer: AddressRange, inner: AddressRange): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

function isInNodeNetwork(inner: RangeClaim, outer: RangeClaim): boolean {
  return (
    inner.role === 'loadBalancers' &&
    outer.role === 'nodes' &&
    holds(outer.range, inner.range) &&
    // All of it would take the addresses of the nodes too.
    compareRanges(inner.range, outer.range) !== 0
  );
}

/** What stands behind the other party of a conflict, where that stands for others too: `, and 3998 more`. */
export function moreText(more: number): string {
  return more === 0 ? '' : `, and ${more} more`;
}

function conflictFinding({ a, b, more }: EachOverlap<RangeClaim>): Finding {
  const [subject, other] = more === 0 && subjectOrder(a, b) >= 0 ? [a, b] : [b, a];
  const locked = [subject, other].flatMap(({ lockKey }) => (lockKey === undefined ? [] : [lockKey]));
  const message = `${describeClaim(subject)} overlaps ${describeClaim(other)}${moreText(more)}`;
  const related = [{ message: describeClaim(other), object: other.object ?? null, origin: other.origin ?? null }].map(
    (party) => (other.specPath === undefined ? party : { ...party, specPath: other.specPath }),
  );
  if (locked.length > 0) {
    return finding(LOCK_CONFLICT, {
      ...places(subject),
      message: `${message}; the lock holds ${locked.join(' and ')}`,
      help: `what is locked never moves by itself: move ${locked.length === 1 ? 'it' : 'one of the two'} with ${locked.map((key) => `--renumber ${key}`).join(' or ')}${locked.length === 1 ? ', or change the other range' : ''}`,
      related,
    });
  }
  return finding(RANGE_OVERLAP, {
    ...places(subject),
    message,
    help: 'give one of the two a range of its own; a cluster that is never connected to others can say so with isolated: true',
    related,
  });
}

/** What can move is the subject of a conflict: what the lock holds rather than what somebody wrote down, a cluster rather than a reservation. */
function subjectOrder(a: RangeClaim, b: RangeClaim): number {
  return (
    Number(a.lockKey !== undefined) - Number(b.lockKey !== undefined) ||
    Number(a.role !== 'reservation') - Number(b.role !== 'reservation') ||
    compareClaims(a, b)
  );
}

function compareClaims(a: RangeClaim, b: RangeClaim): number {
  return (
    compareText(a.owner, b.owner) ||
    ROLE_ORDER[a.role] - ROLE_ORDER[b.role] ||
    compareRanges(a.range, b.range) ||
    compareText((a.specPath ?? []).join('.'), (b.specPath ?? []).join('.'))
  );
}

function groupByCluster(claims: readonly RangeClaim[]): Map<string | null, RangeClaim[]> {
  const groups = new Map<string | null, RangeClaim[]>();
  for (const claim of claims) {
    const group = groups.get(claim.cluster);
    if (group === undefined) groups.set(claim.cluster, [claim]);
    else group.push(claim);
  }
  return groups;
}

function overlaps(cidr: Cidr, range: AddressRange): boolean {
  return rangesOverlap(rangeOfCidr(cidr), range);
}

function rangeOf({ range }: RangeClaim): AddressRange {
  return range;
}

function places({ specPath, object, origin }: PlacedRange): Partial<PlacedRange> {
  return { object: object ?? null, origin: origin ?? null, ...(specPath && { specPath }) };
}
