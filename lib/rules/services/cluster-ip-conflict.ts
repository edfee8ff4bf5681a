import { objectText } from '../../finding/finding';
import { addressFields } from '../addresses';
import { collisions } from '../collisions';
import { flatMap } from '../../model';
import type { NetworkRule } from '../network-rule';

/** The allocator gives a ClusterIP to one Service of the cluster: "provided IP is already allocated". */
export const clusterIpConflict: NetworkRule = {
  code: 'NL201',
  slug: 'cluster-ip-conflict',
  severity: 'error',
  title: 'Two Services ask for the same ClusterIP',
  check(model, report) {
    const uses = flatMap(model.services, (service) =>
      addressFields(service.clusterIps).map((address) => ({ service, address })),
    );
    for (const { first, others } of collisions(uses, ({ address }) => address.text)) {
      for (const { service, address } of others) {
        report({
          on: service.object,
          field: address.path,
          message: `clusterIP ${address.text} is also used by ${objectText(first.service.object.ref)}`,
          related: [{ on: first.service.object, field: first.address.path, message: 'first used here' }],
          help: 'give one of them another address, or leave the address out and let the cluster choose',
        });
      }
    }
  },
};
