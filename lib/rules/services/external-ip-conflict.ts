import { objectText } from '../../finding/finding';
import { addressFields } from '../addresses';
import { collisions } from '../collisions';
import { flatMap } from '../../model';
import type { NetworkRule } from '../network-rule';

/** Nothing allocates external IPs: every node just sends the traffic to whichever Service it programmed last. */
export const externalIpConflict: NetworkRule = {
  code: 'NL212',
  slug: 'external-ip-conflict',
  severity: 'error',
  title: 'Two Services claim the same port of an external IP',
  check(model, report) {
    const uses = flatMap(model.services, (service) =>
      flatMap(addressFields(service.externalIps), (address) =>
        service.ports.map(({ port, protocol }) => ({ service, address, endpoint: `${port}/${protocol}` })),
      ),
    );
    for (const { first, others } of collisions(uses, ({ address, endpoint }) => `${address.text} ${endpoint}`)) {
      for (const { service, address, endpoint } of others) {
        if (service === first.service) continue;
        report({
          on: service.object,
          field: address.path,
          message: `external IP ${address.text}, port ${endpoint}, is also claimed by ${objectText(first.service.object.ref)}`,
          related: [{ on: first.service.object, field: first.address.path, message: 'first claimed here' }],
          help: 'traffic goes to either of them: use another address or another port',
        });
      }
    }
  },
};
