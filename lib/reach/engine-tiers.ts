import { adminPolicies, ciliumPolicies, type NetworkModel, policyEngine } from '../model';
import { ciliumTiers } from './cilium-tiers';
import { kubernetesTiers } from './kubernetes-tiers';
import type { Tier } from './tiers';

/** What is asked, in order; after the last tier everything is allowed. */
export function tiersOf(model: NetworkModel, inScope: (namespace: string) => boolean): readonly Tier[] {
  const policies = model.networkPolicies.filter(({ namespace }) => inScope(namespace));
  if (policyEngine(model).engine !== 'cilium') return kubernetesTiers(policies, adminPolicies(model));
  return ciliumTiers(
    model,
    policies,
    ciliumPolicies(model).filter(({ namespace }) => namespace === undefined || inScope(namespace)),
  );
}
