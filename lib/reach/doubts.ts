import { objectText } from '../finding/finding';
import {
  concat,
  flatMap,
  identityOf,
  isForNodesOnly,
  type ModelObject,
  type NetworkModel,
  policiesElsewhere,
  POLICY_DIRECTIONS,
  type PolicyDirection,
} from '../model';
import type { ReachWorkload } from './pods';
import type { TierPolicy, TierRule } from './tiers';

/**
 * What the input does not decide is answered from two sides: `least` is what can be opened whatever the unknown turns out to be, `most` what can be
 * opened if all of it opens. Where both are equal, the answer is certain.
 */
export type Bound = 'least' | 'most';

/** What is to be known of compiled policies. */
interface Doubtful {
  readonly workloads: readonly ReachWorkload[];
  readonly workloadOf: readonly number[];
  readonly peerSets: readonly { readonly unknownAddresses: boolean }[];
  readonly ruling: Readonly<Record<PolicyDirection, readonly (readonly TierPolicy[])[]>>;
}

/** Whether a rule is taken to hold: one that is not certain counts where it makes the bound wider. */
export function countsFor({ action, doubt }: TierRule, bound: Bound | undefined): boolean {
  if (doubt === undefined) return true;
  if (bound === undefined) return doubt.counts;
  return (bound === 'most') === (action === 'allow');
}

/**
 * Policies that are not evaluated and may decide about pods of the workload. Those of a namespace select no pods in the network of a node, and
 * those of nodes select no others.
 */
export function deciders(model: NetworkModel, { namespace, pods }: ReachWorkload): readonly ModelObject[] {
  const isOnNode = pods.some(({ hostNetwork }) => hostNetwork);
  const isElsewhere = pods.some(({ hostNetwork }) => !hostNetwork);
  return policiesElsewhere(model, namespace).filter((policy) =>
    isForNodesOnly(policy) ? isOnNode : isElsewhere || policy.ref.namespace === null,
  );
}

/** Whether the two bounds may differ at all. */
export function isCertain(model: NetworkModel, compiled: Doubtful): boolean {
  return (
    compiled.peerSets.every(({ unknownAddresses }) => !unknownAddresses) &&
    compiled.workloads.every((workload) => deciders(model, workload).length === 0) &&
    doubtfulByWorkload(compiled).size === 0
  );
}

const NAMED = 3;

/** The policies that may decide about the workloads and are not evaluated, as a reason; empty without any. */
function policyDoubts(model: NetworkModel, workloads: readonly ReachWorkload[]): readonly string[] {
  const policies = [...new Set(flatMap(workloads, (workload) => deciders(model, workload)))];
  if (policies.length === 0) return [];
  const hidden = policies.length - NAMED;
  const names = policies.slice(0, NAMED).map(({ ref }) => objectText(ref));
  return [`${names.join(', ')}${hidden > 0 ? ` and ${hidden} more` : ''} may decide it`];
}

/** A policy with a rule of which it is not certain what it does. */
interface DoubtfulPolicy {
  readonly object: ModelObject;
  readonly reason: string;
}

/** Each expectation that is not certain asks. */
const KNOWN = new WeakMap<Doubtful, ReadonlyMap<number, readonly DoubtfulPolicy[]>>();

function doubtfulByWorkload(compiled: Doubtful): ReadonlyMap<number, readonly DoubtfulPolicy[]> {
  const known = KNOWN.get(compiled) ?? doubtfulPolicies(compiled);
  KNOWN.set(compiled, known);
  return known;
}

/** By index of a workload: the policies of its pods that have such rules, each reason once. */
function doubtfulPolicies({ workloadOf, ruling }: Doubtful): ReadonlyMap<number, readonly DoubtfulPolicy[]> {
  const found = new Map<number, Map<string, DoubtfulPolicy>>();
  const reasonsOf = memoizedReasons();
  for (const direction of POLICY_DIRECTIONS) {
    ruling[direction].forEach((policies, pods) => {
      for (const policy of policies) {
        for (const { reason, object } of reasonsOf(policy)) {
          const known = found.get(workloadOf[pods]) ?? new Map<string, DoubtfulPolicy>();
          found.set(workloadOf[pods], known.set(`${identityOf(object.ref)} ${reason}`, { object, reason }));
        }
      }
    });
  }
  return new Map([...found].map(([workload, policies]) => [workload, [...policies.values()]]));
}

function memoizedReasons(): (policy: TierPolicy) => readonly DoubtfulPolicy[] {
  const known = new Map<TierPolicy, readonly DoubtfulPolicy[]>();
  return (policy) => {
    const reasons =
      known.get(policy) ??
      flatMap(policy.rules, ({ doubt }) =>
        doubt === undefined ? [] : [{ object: policy.source.object, reason: doubt.reason }],
      );
    known.set(policy, reasons);
    return reasons;
  };
}

function ruleDoubts(found: readonly DoubtfulPolicy[]): readonly string[] {
  return [...new Set(found.map(({ object, reason }) => `${objectText(object.ref)}: ${reason}`))];
}

/** By text of a workload: why its connections are not certain. */
export function doubtsByWorkload(model: NetworkModel, compiled: Doubtful): ReadonlyMap<string, string> {
  const doubtful = doubtfulByWorkload(compiled);
  return new Map(
    flatMap(compiled.workloads, (workload, index): readonly (readonly [string, string])[] => {
      const reasons = concat(policyDoubts(model, [workload]), ruleDoubts(doubtful.get(index) ?? []));
      return reasons.length === 0 ? [] : [[workload.text, reasons.join('; ')]];
    }),
  );
}

/** Policies that leave it open what the workloads can do: those that are not evaluated, and those whose rules say what is not known. */
export function undecidedBy(
  model: NetworkModel,
  compiled: Doubtful,
  workloads: readonly ReachWorkload[],
): readonly ModelObject[] {
  return [
    ...new Set(
      concat(
        flatMap(workloads, (workload) => deciders(model, workload)),
        doubtfulOf(compiled, workloads).map(({ object }) => object),
      ),
    ),
  ];
}

function doubtfulOf(compiled: Doubtful, workloads: readonly ReachWorkload[]): readonly DoubtfulPolicy[] {
  const doubtful = doubtfulByWorkload(compiled);
  return doubtful.size === 0
    ? []
    : flatMap(workloads, (workload) => doubtful.get(compiled.workloads.indexOf(workload)) ?? []);
}

/** Why an answer about the workloads is not certain. What policies may decide, addresses need not. */
export function doubts(
  model: NetworkModel,
  compiled: Doubtful,
  workloads: readonly ReachWorkload[],
): readonly string[] {
  const policies = concat(policyDoubts(model, workloads), ruleDoubts(doubtfulOf(compiled, workloads)));
  if (policies.length > 0) return policies;
  return compiled.peerSets.some(({ unknownAddresses }) => unknownAddresses) ? [UNKNOWN_ADDRESSES] : [];
}

const UNKNOWN_ADDRESSES =
  'an ipBlock holds some of the addresses that the pods may have, and their ranges are not known';
