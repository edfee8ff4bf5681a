import { formatCidr } from '../../address';
import { addressFields, coveringCidr } from '../addresses';
import type { NetworkRule } from '../network-rule';

/** Nodes capture traffic to an external IP (CVE-2020-8554); inside a range of the cluster that takes it away from a pod or a Service. */
export const externalIpInClusterRange: NetworkRule = {
  code: 'NL209',
  slug: 'external-ip-in-cluster-range',
  severity: 'error',
  title: 'An external IP lies inside a range of the cluster',
  needsOneOf: ['serviceCidrs', 'podCidrs'],
  concerns: ({ services }) => services.some(({ externalIps }) => externalIps.length > 0),
  check(model, report) {
    const ranges = [
      { name: 'service CIDR', cidrs: model.facts.serviceCidrs ?? [] },
      { name: 'pod CIDR', cidrs: model.facts.podCidrs ?? [] },
    ];
    for (const service of model.services) {
      for (const { value, text, path } of addressFields(service.externalIps)) {
        for (const { name, cidrs } of ranges) {
          const cidr = coveringCidr(cidrs, value);
          if (cidr === undefined) continue;
          report({
            on: service.object,
            field: path,
            message: `external IP ${text} lies inside the ${name} ${formatCidr(cidr)}`,
            help: 'an external IP must be an address that somebody else routes to the nodes',
          });
        }
      }
    }
  },
};
