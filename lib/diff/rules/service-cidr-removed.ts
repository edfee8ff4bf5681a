import { addressSet, cidrHas, difference, formatCidr, rangeOfCidr } from '../../address';
import { readIpAddress } from '../../model';
import type { ChangeRule } from '../change-rule';

/** The object stays, and gives no more addresses, until no IPAddress would be without a range (KEP-1880, condition OrphanIPAddress). */
export const serviceCidrRemoved: ChangeRule = {
  code: 'NL814',
  slug: 'service-cidr-removed',
  severity: 'warning',
  title: 'A ServiceCIDR is removed that may be in use',
  check({ before, after, removed }, report) {
    const gone = new Set(removed);
    const kept = after.statements.ranges
      .filter(({ setting }) => setting === 'ServiceCIDR')
      .flatMap(({ entries }) => entries.flatMap(({ cidr }) => cidr ?? []));
    const left = addressSet([...kept, ...(after.facts.serviceCidrs ?? [])].map(rangeOfCidr));
    for (const { object, setting, entries } of before.statements.ranges) {
      if (setting !== 'ServiceCIDR' || !gone.has(object)) continue;
      const cidrs = entries.flatMap(({ cidr }) => cidr ?? []);
      if (difference(addressSet(cidrs.map(rangeOfCidr)), left).ranges.length === 0) continue;
      const users = after.services.filter(({ clusterIps }) =>
        clusterIps.some(({ value }) => {
          const address = readIpAddress(value);
          return address !== undefined && cidrs.some((cidr) => cidrHas(cidr, address));
        }),
      );
      const example = users.at(0);
      report({
        on: object,
        field: ['spec', 'cidrs'],
        message:
          example === undefined
            ? `${cidrs.map(formatCidr).join(', ')} is removed from the service CIDRs`
            : `${cidrs.map(formatCidr).join(', ')} is removed, and ${users.length === 1 ? 'a Service has an address' : `${users.length} Services have addresses`} in it`,
        ...(example && {
          related: [
            {
              on: example.object,
              field: ['spec', 'clusterIP'],
              message: users.length === 1 ? 'this one' : 'the first of them',
            },
          ],
        }),
        help: 'create the Services anew with addresses of another range first: until then the object stays, and gives no addresses',
      });
    }
  },
};
