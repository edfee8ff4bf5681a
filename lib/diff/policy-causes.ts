import { compareText, objectText, type ObjectRef, type Origin } from '../finding/finding';
import { identityOf, type ModelObject, type PolicyDirection } from '../model';
import type { Reachability } from '../reach';
import { fieldsDiffer } from './fields';
import { append } from './lists';
import type { WorkloadGroup } from './workload-groups';

/** A policy by which a connection changes. */
export interface PolicyCause {
  readonly object: ObjectRef;
  /** Null for a policy that says the same in both states: what it selects has changed. */
  readonly change: 'added' | 'removed' | 'changed' | null;
  readonly before: Origin | null;
  readonly after: Origin | null;
}

/** The policies that select the sources for egress or the destinations for ingress, those that changed if there are any. Undefined for outside. */
export type CausesOf = (
  sources: WorkloadGroup | undefined,
  destinations: WorkloadGroup | undefined,
) => readonly PolicyCause[];

export function policyCauses(before: Reachability, after: Reachability): CausesOf {
  const [old, current] = [before, after].map(policyObjects);
  const [oldPods, currentPods] = [before, after].map(podsByWorkload);
  const cached = new Map<string, PolicyCause>();
  const causeOf = (identity: string): PolicyCause => {
    const known = cached.get(identity);
    if (known !== undefined) return known;
    const cause = causeBetween(old.get(identity), current.get(identity));
    cached.set(identity, cause);
    return cause;
  };
  const selecting = (direction: PolicyDirection, group: WorkloadGroup | undefined): string[] => [
    ...policiesOf(before, oldPods, direction, group?.before?.at(0)),
    ...policiesOf(after, currentPods, direction, group?.after?.at(0)),
  ];
  return (sources, destinations) => {
    const identities = new Set([...selecting('egress', sources), ...selecting('ingress', destinations)]);
    const causes = [...identities].map(causeOf);
    const changed = causes.filter(({ change }) => change !== null);
    return (changed.length > 0 ? changed : causes).sort((a, b) =>
      compareText(objectText(a.object), objectText(b.object)),
    );
  };
}

function causeBetween(before: ModelObject | undefined, after: ModelObject | undefined): PolicyCause {
  const object = (after ?? before)?.ref ?? { apiVersion: '', kind: '', namespace: null, name: '' };
  const states = { object, before: before?.locate([]) ?? null, after: after?.locate([]) ?? null };
  if (before === undefined) return { ...states, change: 'added' };
  if (after === undefined) return { ...states, change: 'removed' };
  return { ...states, change: fieldsDiffer({ before, after }, 'spec') ? 'changed' : null };
}

function policyObjects({ compiled }: Reachability): Map<string, ModelObject> {
  const objects = compiled.tiers.flatMap(({ policies }) => policies.map(({ source }) => source.object));
  return new Map(objects.map((object) => [identityOf(object.ref), object]));
}

function podsByWorkload({ compiled: { workloadOf } }: Reachability): Map<number, number[]> {
  const pods = new Map<number, number[]>();
  workloadOf.forEach((workload, index) => {
    append(pods, workload, index);
  });
  return pods;
}

function policiesOf(
  { compiled }: Reachability,
  podsOf: ReadonlyMap<number, readonly number[]>,
  direction: PolicyDirection,
  workload: number | undefined,
): string[] {
  if (workload === undefined) return [];
  return (podsOf.get(workload) ?? []).flatMap((pods) =>
    compiled.selecting[direction][pods].map(({ source }) => identityOf(source.object.ref)),
  );
}
