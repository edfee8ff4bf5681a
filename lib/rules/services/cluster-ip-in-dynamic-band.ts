import { formatAddress } from '../../address';
import { isReadFromCluster } from '../../model';
import { serviceStaticBand } from '../../plan';
import { addressFields, coveringCidr, isBroadcast } from '../addresses';
import type { NetworkRule } from '../network-rule';

/** The cluster hands out addresses of the upper band at random (KEP-3070): a fixed one there works until somebody else got it first. */
export const clusterIpInDynamicBand: NetworkRule = {
  code: 'NL206',
  slug: 'cluster-ip-in-dynamic-band',
  severity: 'warning',
  title: 'A fixed ClusterIP lies in the band that the cluster allocates from',
  needs: ['serviceCidrs'],
  concerns: ({ services }) => services.some(({ clusterIps }) => clusterIps.length > 0),
  check(model, report) {
    for (const service of model.services) {
      // It has the address already.
      if (isReadFromCluster(service.object)) continue;
      for (const { value, text, path } of addressFields(service.clusterIps)) {
        const cidr = coveringCidr(model.facts.serviceCidrs ?? [], value);
        const band = cidr && serviceStaticBand(cidr);
        if (!band || value.value <= band.last || isBroadcast(cidr, value)) continue;
        const { family, first, last } = band;
        report({
          on: service.object,
          field: path,
          message: `clusterIP ${text} lies in the dynamic band: the cluster may give it to another Service first`,
          help: `choose an address of the static band, ${formatAddress({ family, value: first })} to ${formatAddress({ family, value: last })}`,
        });
      }
    }
  },
};
