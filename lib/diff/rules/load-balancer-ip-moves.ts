import { formatAddress, IP_FAMILIES, type IpFamily } from '../../address';
import { readIpAddress, type Service } from '../../model';
import { changed, type ChangeRule } from '../change-rule';
import { pairsOf } from '../model-change';

export const loadBalancerIpMoves: ChangeRule = {
  code: 'NL815',
  slug: 'load-balancer-ip-moves',
  severity: 'warning',
  title: 'The address of a load balancer moves',
  check({ before, after }, report) {
    for (const pair of pairsOf(before.services, after.services)) {
      if (pair.before.type !== 'LoadBalancer' || pair.after.type !== 'LoadBalancer') continue;
      for (const family of IP_FAMILIES) {
        const [from, to] = [pair.before, pair.after].map((service) => addressesOf(service, family));
        const lost = from.filter(({ text }) => !to.some((other) => other.text === text));
        if (lost.length === 0) continue;
        const gained = to.filter(({ text }) => !from.some((other) => other.text === text));
        const field = (gained.at(0) ?? to.at(0))?.path ?? ['spec', 'loadBalancerIP'];
        report({
          ...changed({ before: pair.before.object, after: pair.after.object }, field, {
            message: `the load balancer address ${lost.map(({ text }) => text).join(', ')} ${gained.length > 0 ? `becomes ${gained.map(({ text }) => text).join(', ')}` : 'is no longer requested'}`,
            help: 'clients, DNS and firewalls use the old address: let a second Service have the new one until they have moved',
          }),
          related: [{ on: pair.before.object, field: lost[0].path, message: 'before the change' }],
        });
      }
    }
  },
};

function addressesOf(
  { loadBalancerIps }: Service,
  family: IpFamily,
): { text: string; path: Service['loadBalancerIps'][number]['path'] }[] {
  return loadBalancerIps.flatMap(({ value, path }) => {
    const address = readIpAddress(value);
    return address?.family === family ? [{ text: formatAddress(address), path }] : [];
  });
}
