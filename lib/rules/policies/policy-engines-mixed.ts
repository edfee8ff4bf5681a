import { objectText } from '../../finding/finding';
import { engineOfPolicy, policyEngine } from '../../model';
import type { NetworkRule } from '../network-rule';

const NAMES = { calico: 'Calico', cilium: 'Cilium' } as const;

/** One network plugin enforces policies in a cluster; those of another are objects that nobody reads. */
export const policyEnginesMixed: NetworkRule = {
  code: 'NL543',
  slug: 'policy-engines-mixed',
  severity: 'warning',
  title: 'Policies of a network plugin that does not decide in the cluster',
  concernsReach: true,
  check(model, report) {
    const { engine, seenBy, beside } = policyEngine(model);
    for (const name of ['calico', 'cilium'] as const) {
      const own = beside.filter(({ ref }) => engineOfPolicy(ref) === name);
      if (own.length === 0) continue;
      const other = name === 'calico' ? 'cilium' : 'calico';
      const many = own.length === 1 ? 'this policy is' : `this policy and ${own.length - 1} more are`;
      const why =
        seenBy === undefined || engine === 'kubernetes'
          ? `policies of ${NAMES[other]}, or what installs it, are in the input as well: which of the two decides is not known`
          : `${objectText(seenBy.ref)} shows that ${NAMES[other]} enforces the policies of the cluster`;
      report({
        on: own[0],
        field: ['spec'],
        message: `${many} of ${NAMES[name]}, and ${why}`,
        help: `say which one decides (--policy-engine, or policyEngine in netloom.yaml), and delete the policies of the other; check clusters apart if these are two`,
      });
    }
  },
};
