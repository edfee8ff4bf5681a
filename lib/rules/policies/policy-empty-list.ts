import { at, below, type FieldPath, type ModelObject, peersField } from '../../model';
import type { NetworkRule } from '../network-rule';

/** An empty list of peers or ports does not restrict anything (NetworkPolicyIngressRule, `from` and `ports`). */
export const policyEmptyList: NetworkRule = {
  code: 'NL509',
  slug: 'policy-empty-list',
  severity: 'warning',
  layer: 'object',
  title: 'A NetworkPolicy has an empty list of peers or ports, which allows all of them',
  concernsReach: true,
  check(model, report) {
    for (const { object, rules } of model.networkPolicies) {
      for (const { direction, path } of rules) {
        const peers = below(path, peersField(direction));
        if (isEmptyList(object, peers)) {
          report({
            on: object,
            field: peers,
            message: `${peersField(direction)} is empty, which allows everyone, inside and outside of the cluster`,
            help: 'name the peers; leave the rule out if nobody is meant; leave the field out if everyone is',
          });
        }
        const ports = below(path, 'ports');
        if (isEmptyList(object, ports)) {
          report({
            on: object,
            field: ports,
            message: 'ports is empty, which allows all ports',
            help: 'name the ports; leave the rule out if none is meant; leave the field out if all are',
          });
        }
      }
    }
  },
};

function isEmptyList({ manifest }: ModelObject, field: FieldPath): boolean {
  const value = at(manifest, ...field);
  return value === null || (Array.isArray(value) && value.length === 0);
}
