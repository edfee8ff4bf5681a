import { objectText } from '../../finding/finding';
import { apiGroup, at, integer, type ModelObject, text } from '../../model';
import type { NetworkRule } from '../network-rule';

/** Policies of a tier are asked in the order of their priorities; between equal ones the order is undefined (network-policy-api). */
export const clusterPolicyPriority: NetworkRule = {
  code: 'NL522',
  slug: 'cluster-policy-priority',
  severity: 'warning',
  title: 'Two policies for the whole cluster have one priority',
  check(model, report) {
    for (const kind of ['AdminNetworkPolicy', 'ClusterNetworkPolicy']) {
      const first = new Map<string, ModelObject>();
      for (const object of model.ofKind(kind)) {
        const priority = integer(at(object.manifest, 'spec', 'priority'));
        if (apiGroup(object.ref.apiVersion) !== 'policy.networking.k8s.io' || priority === undefined) continue;
        const tier = text(at(object.manifest, 'spec', 'tier')) ?? '';
        const other = first.get(`${tier} ${priority}`);
        if (other === undefined) {
          first.set(`${tier} ${priority}`, object);
          continue;
        }
        report({
          on: object,
          field: ['spec', 'priority'],
          message: `priority ${priority}${tier === '' ? '' : ` of tier ${tier}`} is also that of ${objectText(other.ref)}: which of them decides first is undefined`,
          related: [{ on: other, field: ['spec', 'priority'], message: 'the same priority' }],
          help: 'give each policy a priority of its own; the lowest number decides first',
        });
      }
    }
  },
};
