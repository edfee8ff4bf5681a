import { addressFields, cidrList, coveringCidr } from '../addresses';
import { at, type ModelObject, type NetworkModel, nonEmpty } from '../../model';
import type { NetworkRule } from '../network-rule';

/** A load balancer implementation serves only addresses of its pools; the Service stays pending. */
export const loadBalancerIpOutsideRange: NetworkRule = {
  code: 'NL208',
  slug: 'load-balancer-ip-outside-range',
  severity: 'error',
  title: 'A load balancer address lies outside the load balancer ranges',
  needs: ['loadBalancerCidrs'],
  concerns: ({ services }) => services.some(({ loadBalancerIps }) => loadBalancerIps.length > 0),
  check(model, report) {
    const ranges = model.facts.loadBalancerCidrs ?? [];
    for (const service of model.services) {
      if (isOfAnother(service.object, model)) continue;
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

/** A class of an implementation whose ranges are not known. Those that are have their name in it, unless somebody chose another. */
function isOfAnother(service: ModelObject, { givenFacts }: NetworkModel): boolean {
  const loadBalancerClass = nonEmpty(at(service.manifest, 'spec', 'loadBalancerClass'));
  return (
    loadBalancerClass !== undefined &&
    givenFacts.loadBalancerCidrs === undefined &&
    !/metallb|cilium|calico/.test(loadBalancerClass)
  );
}
