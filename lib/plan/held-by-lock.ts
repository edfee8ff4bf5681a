import { AddressError, formatCidr, parentOf, parseCidr, type Cidr } from '../address';
import { finding, type Finding } from '../finding/finding';
import { readText } from './address-text';
import type { SizedClaim } from './claims';
import type { Lock } from './lock';
import { LOCK_CONFLICT } from './rules';
import { supernetOf } from './supernets';

/** What the lock says about a claim. */
export type LockedClaim =
  /** Nothing, or the claim may move. */
  | { readonly kind: 'open'; readonly claim: SizedClaim }
  /** A range large enough: it stays. */
  | { readonly kind: 'kept'; readonly claim: SizedClaim; readonly cidr: Cidr }
  /** A range that the claim has outgrown; `wanted` is the only block of the new size around it. */
  | { readonly kind: 'outgrown'; readonly claim: SizedClaim; readonly cidr: Cidr; readonly wanted: Cidr }
  /** Nothing usable. The claim stays without an allocation until somebody decides. */
  | { readonly kind: 'unusable'; readonly claim: SizedClaim };

/**
 * Looks up each claim in the lock. An entry that is no CIDR, of the wrong family or outside every supernet is a finding.
 *
 * @param supernets sorted and disjoint; null if not all of them are known
 */
export function readHeld(
  claims: readonly SizedClaim[],
  lock: Lock,
  renumber: ReadonlySet<string>,
  supernets: readonly Cidr[] | null,
): { held: LockedClaim[]; findings: Finding[] } {
  const findings: Finding[] = [];
  const held = claims.map((claim): LockedClaim => {
    const text = lock.allocations.get(claim.key);
    if (text === undefined || renumber.has(claim.key)) return { kind: 'open', claim };
    const cidr = readText(parseCidr, text);
    if (cidr instanceof AddressError) {
      findings.push(badEntry(claim, `gives ${claim.key} a value that is no CIDR: ${cidr.message}`));
      return { kind: 'unusable', claim };
    }
    if (cidr.family !== claim.family) {
      findings.push(badEntry(claim, `gives ${claim.key} the ${cidr.family} range ${formatCidr(cidr)}`));
      return { kind: 'unusable', claim };
    }
    if (supernets !== null && supernetOf(supernets, cidr) === null) {
      findings.push(badEntry(claim, `holds ${formatCidr(cidr)} for ${claim.key}, which lies in no supernet`));
      return { kind: 'kept', claim, cidr };
    }
    if (cidr.prefix <= claim.prefix) return { kind: 'kept', claim, cidr };
    return { kind: 'outgrown', claim, cidr, wanted: enclosing(cidr, claim.prefix) };
  });
  return { held, findings };
}

/** The block of that prefix length that contains the CIDR. */
function enclosing(cidr: Cidr, prefix: number): Cidr {
  let block = cidr;
  while (block.prefix > prefix) block = parentOf(block);
  return block;
}

function badEntry(claim: SizedClaim, what: string): Finding {
  return finding(LOCK_CONFLICT, {
    message: `the lock ${what}`,
    help: `restore the entry from version control, or give the claim a new range with --renumber ${claim.key}`,
    specPath: claim.specPath,
  });
}
