import { adminPolicies, calicoPolicies, ciliumPolicies, type NetworkModel, policyEngine } from '../model';
import { calicoTiers } from './calico-tiers';
import { ciliumTiers } from './cilium-tiers';
import { kubernetesTiers } from './kubernetes-tiers';
import type { Tier } from './tiers';

/** What is asked, in order; after the last tier everything is allowed. */
export function tiersOf(model: NetworkModel, inScope: (namespace: string) => boolean): readonly Tier[] {
  const policies = model.networkPolicies.filter(({ namespace }) => inScope(namespace));
  const concerns = ({ namespace }: { readonly namespace: string | undefined }): boolean =>
    namespace === undefined || inScope(namespace);
  switch (policyEngine(model).engine) {
    case 'calico':
      return calicoTiers(model, policies, adminPolicies(model), calicoPolicies(model).filter(concerns));
    case 'cilium':
      return ciliumTiers(model, policies, ciliumPolicies(model).filter(concerns));
    case 'kubernetes':
      return kubernetesTiers(policies, adminPolicies(model));
  }
}
