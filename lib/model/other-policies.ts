import type { ObjectRef } from '../finding/finding';
import { adminPolicies } from './admin-policy';
import { calicoHostPolicies, isCalicoPolicy, isForHosts, unknownCalicoPolicies } from './calico-policy';
import { isCiliumPolicy, isForNodes, unknownCiliumPolicies } from './cilium-policy';
import { concat, flatMap } from './lists';
import { append } from './lookup';
import type { NetworkModel, ObjectType } from './network-model';
import { perModel } from './per-model';
import { engineOfPolicy, policyEngine } from './policy-engine';
import type { PolicyEngine } from './facts';
import { apiGroup, type ModelObject } from './source-object';

const OTHER_POLICIES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['cilium.io', new Set(['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'])],
  ['crd.antrea.io', new Set(['NetworkPolicy', 'ClusterNetworkPolicy'])],
  // Removed in Kubernetes 1.16: what it was to say is not known to hold.
  ['extensions', new Set(['NetworkPolicy'])],
  ['crd.projectcalico.org', new Set(['NetworkPolicy', 'GlobalNetworkPolicy'])],
  ['networking.gke.io', new Set(['FQDNNetworkPolicy'])],
  ['projectcalico.org', new Set(['NetworkPolicy', 'GlobalNetworkPolicy'])],
]);

/** Whether the object is a policy of another API than those of Kubernetes. */
function isOtherPolicy({ apiVersion, kind }: Pick<ObjectRef, 'apiVersion' | 'kind'>): boolean {
  return OTHER_POLICIES.get(apiGroup(apiVersion))?.has(kind) ?? false;
}

/** Policies of the engine's own. */
const EVALUATED: Readonly<Record<PolicyEngine, (ref: Pick<ObjectRef, 'apiVersion' | 'kind'>) => boolean>> = {
  kubernetes: () => false,
  calico: isCalicoPolicy,
  cilium: isCiliumPolicy,
};

/** Policies that decide on connections too and are not evaluated, or not wholly: the order or a peer of theirs is not known. */
export const otherPolicies = perModel((model): readonly ModelObject[] => {
  const { engine } = policyEngine(model);
  const isEvaluated = EVALUATED[engine];
  // Another engine than the one that the caller names decides nothing.
  const isSilent = (type: ObjectType): boolean =>
    model.facts.policyEngine !== undefined && ![undefined, engine].includes(engineOfPolicy(type));
  return concat(
    flatMap(
      model.types.filter((type) => isOtherPolicy(type) && !isEvaluated(type) && !isSilent(type)),
      ({ objects }) => objects,
    ),
    engine === 'cilium' ? unknownCiliumPolicies(model) : [],
    engine === 'calico' ? concat(unknownCalicoPolicies(model), calicoHostPolicies(model)) : [],
    // Cilium reads ClusterNetworkPolicies since 1.20, where a flag says so: whether it does here is not known.
    flatMap(adminPolicies(model), ({ object, isKnown }) => (isKnown && engine !== 'cilium' ? [] : [object])),
  );
});

const byScope = perModel((model): ReadonlyMap<string | null, readonly ModelObject[]> => {
  const scopes = new Map<string | null, ModelObject[]>();
  for (const policy of otherPolicies(model)) append(scopes, policy.ref.namespace, policy);
  return scopes;
});

/** Policies that are not evaluated and may allow or deny what pods of the namespace are asked for: those of most APIs do both. */
export function policiesElsewhere(model: NetworkModel, namespace: string): readonly ModelObject[] {
  const scopes = byScope(model);
  return concat(scopes.get(null) ?? [], scopes.get(namespace) ?? []);
}

/** Whether a policy that is not evaluated is for nodes, with the pods in their network, alone. */
export function isForNodesOnly(policy: ModelObject): boolean {
  return isForNodes(policy) || isForHosts(policy);
}
