import { formatCidr } from '../../address';
import { addressFields, coveringCidr } from '../addresses';
import type { NetworkRule } from '../network-rule';

/** kube-proxy translates an address once: it does not follow a ClusterIP that it has just put into a packet. */
export const endpointInServiceCidr: NetworkRule = {
  code: 'NL245',
  slug: 'endpoint-in-service-cidr',
  severity: 'warning',
  title: 'The address of an endpoint is a ClusterIP',
  needs: ['serviceCidrs'],
  check({ endpoints, facts }, report) {
    for (const { object, addresses } of endpoints) {
      for (const { value, text, path } of addressFields(addresses)) {
        const cidr = coveringCidr(facts.serviceCidrs ?? [], value);
        if (cidr === undefined) continue;
        report({
          on: object,
          field: path,
          message: `the endpoint ${text} lies inside the service CIDR ${formatCidr(cidr)}`,
          help: 'a Service cannot lead to the ClusterIP of another one: name the addresses of pods or of hosts, or use an ExternalName Service',
        });
      }
    }
  },
};
