import { flatMap } from './lists';
import type { NetworkModel } from './network-model';
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
