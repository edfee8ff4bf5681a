import { objectText } from '../finding/finding';
import { flatMap, type ModelObject, type NetworkModel, policiesElsewhere } from '../model';
import type { CompiledPolicies } from './compile';
import type { ReachWorkload } from './pods';

/**
 * What the input does not decide is answered from two sides: `least` is what can be opened whatever the unknown turns out to be, `most` what can be
 * opened if all of it opens. Where both are equal, the answer is certain.
 */
export type Bound = 'least' | 'most';

/** Policies that are not evaluated and may decide about pods of the workload. Those of a namespace select no pods in the network of a node. */
export function deciders(model: NetworkModel, { namespace, pods }: ReachWorkload): readonly ModelObject[] {
  const found = policiesElsewhere(model, namespace);
  return pods.some(({ hostNetwork }) => !hostNetwork) ? found : found.filter(({ ref }) => ref.namespace === null);
}

/** Whether the two bounds may differ at all. */
export function isCertain(model: NetworkModel, { workloads, peerSets }: CompiledPolicies): boolean {
  return (
    peerSets.every(({ unknownAddresses }) => !unknownAddresses) &&
    workloads.every((workload) => deciders(model, workload).length === 0)
  );
}

const NAMED = 3;

/** The policies that may decide about the workloads and are not evaluated, as a reason; empty without any. */
export function policyDoubts(model: NetworkModel, workloads: readonly ReachWorkload[]): readonly string[] {
  const policies = [...new Set(flatMap(workloads, (workload) => deciders(model, workload)))];
  if (policies.length === 0) return [];
  const hidden = policies.length - NAMED;
  const names = policies.slice(0, NAMED).map(({ ref }) => objectText(ref));
  return [`${names.join(', ')}${hidden > 0 ? ` and ${hidden} more` : ''} may decide it`];
}

/** Why an answer about the workloads is not certain. What policies may decide, addresses need not. */
export function doubts(
  model: NetworkModel,
  { peerSets }: CompiledPolicies,
  workloads: readonly ReachWorkload[],
): readonly string[] {
  const policies = policyDoubts(model, workloads);
  if (policies.length > 0) return policies;
  return peerSets.some(({ unknownAddresses }) => unknownAddresses) ? [UNKNOWN_ADDRESSES] : [];
}

const UNKNOWN_ADDRESSES =
  'an ipBlock holds some of the addresses that the pods may have, and their ranges are not known';
