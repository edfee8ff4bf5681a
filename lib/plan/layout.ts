import type { Cidr, IpFamily } from '../address';
import { finding, type Finding } from '../finding/finding';
import { pinnedRanges, sizedClaims, type ClusterClaims, type PinnedRange, type SizedClaim } from './claims';
import { growInPlace, type BlockedGrowth } from './grow';
import { readHeld, type LockedClaim } from './held-by-lock';
import {
  extraServiceHoldings,
  lockHolding,
  newHolding,
  nodeHoldings,
  pinHolding,
  reservationHoldings,
  UNUSABLE_HOLDINGS,
  type Holding,
} from './holdings';
import type { Lock } from './lock';
import { placeNew, type FamilyShortage, type PlacedClaim } from './place-new';
import { FAMILY_WITHOUT_SUPERNET } from './rules';
import { COUNT_KEYS, type ClusterSpec, type FleetSpec, type Supernet } from './spec';
import { outermostSupernets } from './supernets';

/** Where everything of a fleet is, before anything is said about it. */
export interface Layout {
  /** The supernets that lie in no other, as they were written, and the same as CIDRs. */
  readonly outermost: readonly Supernet[];
  readonly supernets: readonly Cidr[];
  readonly sized: readonly ClusterClaims[];
  /** All that is asked for by size. */
  readonly claims: readonly SizedClaim[];
  readonly pinned: readonly PinnedRange[];
  /** What the spec gives. */
  readonly written: readonly Holding[];
  /** What the lock holds. */
  readonly locked: readonly Holding[];
  /** Both: what stood before anything new was placed. */
  readonly standing: readonly Holding[];
  readonly added: readonly Holding[];
  readonly kept: readonly PlacedClaim[];
  readonly placed: readonly PlacedClaim[];
  readonly blocked: readonly BlockedGrowth[];
  readonly shortages: readonly FamilyShortage[];
  /** What is wrong with the supernets and the lock. */
  readonly findings: readonly Finding[];
}

/** Explicit ranges first, then what the lock holds, then what is new. */
export function layOut(spec: FleetSpec, lock: Lock, renumber: ReadonlySet<string>): Layout {
  const { outermost, findings: supernetFindings } = outermostSupernets(spec.supernets);
  const supernets = outermost.map(({ cidr }) => cidr);
  const sized = spec.clusters.map(sizedClaims);
  const claims = sized.flatMap((cluster) => cluster.claims);
  const pinned = spec.clusters.flatMap(pinnedRanges);
  const written = [
    ...spec.reserved.flatMap(reservationHoldings),
    ...spec.clusters.flatMap(nodeHoldings),
    ...spec.clusters.flatMap(extraServiceHoldings),
    ...pinned.map(pinHolding),
  ];
  const { held, findings: lockFindings } = readHeld(claims, lock, renumber, spec.supernetsComplete ? supernets : null);
  const { kept, blocked } = keep(held, written, supernets);
  const locked = kept.map(({ claim, cidr }) => lockHolding(claim, cidr));
  const standing = [...written, ...locked];
  const { open, findings: familyFindings } = openClaims(held, spec, supernets);
  const { placed, shortages } = placeNew(open, {
    supernets: outermost,
    standing: [...UNUSABLE_HOLDINGS, ...standing],
    kept,
  });
  return {
    outermost,
    supernets,
    sized,
    claims,
    pinned,
    written,
    locked,
    standing,
    added: placed.map(({ claim, cidr }) => newHolding(claim, cidr)),
    kept,
    placed,
    blocked,
    shortages,
    findings: [...supernetFindings, ...lockFindings, ...familyFindings],
  };
}

/** The claims that stay where the lock has them, extended in place where they grew and can. */
function keep(
  held: readonly LockedClaim[],
  written: readonly Holding[],
  supernets: readonly Cidr[],
): { kept: PlacedClaim[]; blocked: BlockedGrowth[] } {
  const standing = held.flatMap((entry) => (entry.kind === 'kept' || entry.kind === 'outgrown' ? [entry] : []));
  const outgrown = standing.flatMap((entry) => (entry.kind === 'outgrown' ? [entry] : []));
  if (outgrown.length === 0) return { kept: standing, blocked: [] };
  const holdings = [...UNUSABLE_HOLDINGS, ...written, ...standing.map(({ claim, cidr }) => lockHolding(claim, cidr))];
  const { extended, blocked } = growInPlace(outgrown, holdings, supernets);
  return { kept: standing.map(({ claim, cidr }) => ({ claim, cidr: extended.get(claim.key) ?? cidr })), blocked };
}

/** The claims that need a place. One whose family has no supernet is a finding, one for each cluster and family. */
function openClaims(
  held: readonly LockedClaim[],
  spec: FleetSpec,
  supernets: readonly Cidr[],
): { open: SizedClaim[]; findings: Finding[] } {
  const families = new Set(supernets.map(({ family }) => family));
  const open = held.flatMap(({ kind, claim }) => (kind === 'open' ? [claim] : []));
  if (!spec.supernetsComplete) return { open: open.filter(({ family }) => families.has(family)), findings: [] };
  const homeless = new Map<string, SizedClaim[]>();
  for (const claim of open) {
    if (families.has(claim.family)) continue;
    const group = `${claim.cluster.name}/${claim.family}`;
    homeless.set(group, [...(homeless.get(group) ?? []), claim]);
  }
  const findings = [...homeless.values()].map(([claim, ...more]) =>
    familyWithoutSupernet(claim.cluster, claim.family, [claim, ...more]),
  );
  return { open: open.filter(({ family }) => families.has(family)), findings };
}

function familyWithoutSupernet(cluster: ClusterSpec, family: IpFamily, claims: readonly SizedClaim[]): Finding {
  return finding(FAMILY_WITHOUT_SUPERNET, {
    message: `cluster ${cluster.name} asks for ${family} addresses (${claims.map(({ role }) => COUNT_KEYS[role]).join(', ')}), and no supernet is ${family}`,
    help: `add an ${family} supernet such as ${family === 'IPv4' ? '10.0.0.0/8' : 'fd00:1234:5678::/48'}, give the ${family} ranges explicitly, or remove ${family} from the families of the cluster`,
    specPath: ['clusters', cluster.name, 'families'],
  });
}
