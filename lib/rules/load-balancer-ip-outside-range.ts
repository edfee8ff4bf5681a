import { addressFields, cidrList, coveringCidr } from './addresses';
import type { NetworkRule } from './network-rule';

/** A load balancer implementation serves only addresses of its pools; the Service stays pending. */
export const loadBalancerIpOutsideRange: NetworkRule = {
  code: 'NL208',
  slug: 'load-balancer-ip-outside-range',
  severity: 'error',
  title: 'A load balancer address lies outside the load balancer ranges',
  needs: ['loadBalancerCidrs'],
  check(model, report) {
    const ranges = model.facts.loadBalancerCidrs ?? [];
    for (const service of model.services) {
      for (const { value, text, path } of addressFields(service.loadBalancerIps)) {
        if (coveringCidr(ranges, value) !== undefined) continue;
        report({
          on: service.object,
          field: path,
          message: `load balancer address ${text} is outside the load balancer ranges of the cluster: ${cidrList(ranges)}`,
          help: 'choose an address inside, or leave it out and let the load balancer choose',
        });
      }
    }
  },
};
