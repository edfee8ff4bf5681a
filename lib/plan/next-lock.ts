import { formatCidr } from '../address';
import { compareText } from '../finding/finding';
import type { PinnedRange } from './claims';
import type { Allocation, PlanOptions } from './fleet-plan';
import { isFleetKey, type Lock, type LockChange } from './lock';

/**
 * What the lock becomes. It has what was allocated; the entry of a claim without an allocation stays until somebody decides. A pin
 * replaces the entry that its claim had, so that giving up the pin later moves nothing, and makes none where there was none.
 *
 * @param unserved keys of claims without an allocation
 */
export function nextLock(
  lock: Lock,
  allocations: readonly Allocation[],
  pinned: readonly PinnedRange[],
  unserved: Iterable<string>,
  otherClusters: PlanOptions['otherClusters'] = new Set(),
): { lock: Lock; changes: LockChange[] } {
  const before = new Map<string, string>();
  for (const [key, value] of lock.allocations) {
    if (isFleetKey(key) && !otherClusters.has(key.slice(0, key.indexOf('/')))) before.set(key, value);
  }
  const entries: [string, string][] = [];
  for (const { key, cidr, state } of allocations) if (state !== 'pinned') entries.push([key, cidr]);
  for (const key of unserved) {
    const kept = before.get(key);
    if (kept !== undefined) entries.push([key, kept]);
  }
  for (const entry of singlePins(pinned)) if (before.has(entry[0])) entries.push(entry);
  const after = new Map(entries.sort(([a], [b]) => compareText(a, b)));
  return { lock: { allocations: after }, changes: lockChanges(before, after) };
}

/** What turns one set of entries into another, sorted by key. */
export function lockChanges(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): LockChange[] {
  const changes: LockChange[] = [];
  for (const [key, value] of after) {
    const old = before.get(key) ?? null;
    if (old !== value) changes.push({ key, before: old, after: value });
  }
  for (const [key, value] of before) {
    if (!after.has(key)) changes.push({ key, before: value, after: null });
  }
  return changes.sort((a, b) => compareText(a.key, b.key));
}

/** The pins that a lock entry can hold: those of a key that has only one. */
function singlePins(pinned: readonly PinnedRange[]): Map<string, string> {
  const single = new Map<string, string>();
  const several = new Set<string>();
  for (const { key, cidr } of pinned) {
    if (single.has(key)) several.add(key);
    single.set(key, formatCidr(cidr));
  }
  for (const key of several) single.delete(key);
  return single;
}
