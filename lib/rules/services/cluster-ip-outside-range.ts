import { addressFields, cidrList, coveringCidr } from '../addresses';
import type { NetworkRule } from '../network-rule';

/** "the provided IP is not in the valid range" (service IP allocator). */
export const clusterIpOutsideRange: NetworkRule = {
  code: 'NL204',
  slug: 'cluster-ip-outside-range',
  severity: 'error',
  title: 'A ClusterIP lies outside the service CIDRs',
  needs: ['serviceCidrs'],
  concerns: ({ services }) => services.some(({ clusterIps }) => clusterIps.length > 0),
  check(model, report) {
    const serviceCidrs = model.facts.serviceCidrs ?? [];
    for (const service of model.services) {
      for (const { value, text, path } of addressFields(service.clusterIps)) {
        if (coveringCidr(serviceCidrs, value) !== undefined) continue;
        report({
          on: service.object,
          field: path,
          message: `clusterIP ${text} is outside the service CIDRs of the cluster: ${cidrList(serviceCidrs)}`,
          help: 'choose an address inside, or leave it out and let the cluster choose',
        });
      }
    }
  },
};
