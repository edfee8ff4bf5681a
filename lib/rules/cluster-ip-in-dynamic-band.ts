import { cidrAt, formatAddress, nthAddress } from '../address';
import { staticClusterIpCount } from '../plan';
import { addressFields, coveringCidr } from './addresses';
import type { NetworkRule } from './network-rule';

/** The cluster hands out addresses of the upper band at random (KEP-3070): a fixed one there works until somebody else got it first. */
export const clusterIpInDynamicBand: NetworkRule = {
  code: 'NL206',
  slug: 'cluster-ip-in-dynamic-band',
  severity: 'warning',
  title: 'A fixed ClusterIP lies in the band that the cluster allocates from',
  needs: ['serviceCidrs'],
  check(model, report) {
    for (const service of model.services) {
      for (const { value, text, path } of addressFields(service.clusterIps)) {
        const cidr = coveringCidr(model.facts.serviceCidrs ?? [], value);
        if (cidr === undefined) continue;
        const count = BigInt(staticClusterIpCount(cidr));
        if (count === 0n || value.value - cidr.base <= count) continue;
        const first = formatAddress(nthAddress(cidrAt(cidr.family, cidr.base, cidr.prefix), 1n));
        const last = formatAddress(nthAddress(cidr, count));
        report({
          on: service.object,
          field: path,
          message: `clusterIP ${text} lies in the dynamic band: the cluster may give it to another Service first`,
          help: `choose an address of the static band, ${first} to ${last}`,
        });
      }
    }
  },
};
