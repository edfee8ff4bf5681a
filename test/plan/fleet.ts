import type { Finding } from '../../lib/finding/finding';
import { EMPTY_LOCK, planAddresses, readFleetSpec, type FleetPlan, type Lock, type PlanOptions } from '../../lib/plan';

/** Reads and plans a spec that must be readable. */
export function planOf(input: unknown, lock: Lock = EMPTY_LOCK, options: PlanOptions = {}): FleetPlan {
  const { spec, findings } = readFleetSpec(input);
  if (findings.length > 0) throw new Error(texts(findings).join('\n'));
  return planAddresses(spec, lock, options);
}

export function lockOf(allocations: Record<string, string>): Lock {
  return { allocations: new Map(Object.entries(allocations)) };
}

/** `NL102 message`, in order. */
export function texts(findings: readonly Finding[]): string[] {
  return findings.map(({ code, message }) => `${code} ${message}`);
}

/** `key cidr state`, in order. */
export function allocationTexts(plan: FleetPlan): string[] {
  return plan.allocations.map(({ key, cidr, state }) => `${key} ${cidr} ${state}`);
}
