import { flatMap } from './lists';
import type { NetworkModel } from './network-model';
import { perModel } from './per-model';
import { apiGroup, type ModelObject } from './source-object';

const OTHER_POLICIES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['cilium.io', new Set(['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'])],
  ['crd.antrea.io', new Set(['NetworkPolicy', 'ClusterNetworkPolicy'])],
  ['crd.projectcalico.org', new Set(['NetworkPolicy', 'GlobalNetworkPolicy'])],
  ['networking.gke.io', new Set(['FQDNNetworkPolicy'])],
  ['policy.networking.k8s.io', new Set(['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy'])],
  ['projectcalico.org', new Set(['NetworkPolicy', 'GlobalNetworkPolicy'])],
]);

/** Policies of other APIs than `networking.k8s.io`: they decide on connections too, and are not evaluated. */
export function otherPolicies({ types }: NetworkModel): readonly ModelObject[] {
  return flatMap(
    types.filter(({ apiVersion, kind }) => OTHER_POLICIES.get(apiGroup(apiVersion))?.has(kind) ?? false),
    ({ objects }) => objects,
  );
}

const foreignScopes = perModel((model): ReadonlySet<string | null> => {
  return new Set(otherPolicies(model).map(({ ref }) => ref.namespace));
});

/** Policies that are not evaluated, and may decide what pods of these namespaces can open or take: those of the cluster, and of the namespaces. */
export function policiesElsewhere(model: NetworkModel, namespaces: ReadonlySet<string>): readonly ModelObject[] {
  return otherPolicies(model).filter(({ ref }) => ref.namespace === null || namespaces.has(ref.namespace));
}

/** Whether a policy that is not evaluated may allow or deny what pods of the namespace are asked for: those of most APIs do both. */
export function mayBeDecidedElsewhere(model: NetworkModel, namespace: string): boolean {
  const scopes = foreignScopes(model);
  return scopes.has(null) || scopes.has(namespace);
}
