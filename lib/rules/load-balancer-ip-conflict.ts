import { objectText } from '../finding/finding';
import type { Service } from '../model';
import { addressFields } from './addresses';
import { collisions } from './collisions';
import type { NetworkRule } from './network-rule';

/** MetalLB and Cilium give an address to a second Service only when both carry one sharing key and no port is taken. */
export const loadBalancerIpConflict: NetworkRule = {
  code: 'NL203',
  slug: 'load-balancer-ip-conflict',
  severity: 'error',
  title: 'Two Services ask for the same load balancer address',
  check(model, report) {
    const uses = model.services.flatMap((service) =>
      addressFields(service.loadBalancerIps).map((address) => ({ service, address })),
    );
    for (const { first, others } of collisions(uses, ({ address }) => address.text)) {
      const taken = portsOf(first.service);
      for (const { service, address } of others) {
        if (service === first.service) continue;
        const clash = [...portsOf(service)].find((port) => taken.has(port));
        const shared = service.sharingKey !== undefined && service.sharingKey === first.service.sharingKey;
        for (const port of portsOf(service)) taken.add(port);
        if (shared && clash === undefined) continue;
        report({
          on: service.object,
          field: address.path,
          message: shared
            ? `load balancer address ${address.text} is shared with ${objectText(first.service.object.ref)}, but ${String(clash)} is already taken on it`
            : `load balancer address ${address.text} is also used by ${objectText(first.service.object.ref)}`,
          related: [{ on: first.service.object, field: first.address.path, message: 'first used here' }],
          help: shared
            ? 'Services that share an address need different ports'
            : 'choose another address, or let both share it with one sharing key (metallb.io/allow-shared-ip, lbipam.cilium.io/sharing-key) and different ports',
        });
      }
    }
  },
};

function portsOf(service: Service): Set<string> {
  return new Set(service.ports.map(({ port, protocol }) => `${port}/${protocol}`));
}
