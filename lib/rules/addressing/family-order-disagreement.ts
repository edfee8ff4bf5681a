import type { IpFamily } from '../../address';
import { objectText } from '../../finding/finding';
import { at, flatMap, type NetworkModel, readIpAddress, type StatedRanges, text } from '../../model';
import type { NetworkRule, Violation } from '../network-rule';

/** These have a field for each family. */
const UNORDERED: ReadonlySet<StatedRanges['setting']> = new Set(['Network of Flannel', 'cluster pool of Cilium']);

/** The first family is the primary one, for pods and Services alike (dual-stack, KEP-563). */
export const familyOrderDisagreement: NetworkRule = {
  code: 'NL138',
  slug: 'family-order-disagreement',
  severity: 'warning',
  title: 'Dual-stack ranges of the cluster have different orders',
  check(model, report) {
    const dual = model.statements.ranges.filter(
      (stated) => !UNORDERED.has(stated.setting) && familiesOf(stated).length === 2,
    );
    for (const violation of advertisedOtherFamily(model)) report(violation);
    const [first, ...others] = dual;
    for (const other of others) {
      if (familiesOf(other)[0] === familiesOf(first)[0]) continue;
      report({
        on: other.object,
        field: other.entries[0].path,
        message: `${other.setting} has ${familiesOf(other)[0]} first, and ${first.setting} has ${familiesOf(first)[0]} first`,
        related: [
          {
            on: first.object,
            field: first.entries[0].path,
            message: `${first.setting}, in ${objectText(first.object.ref)}`,
          },
        ],
        help: 'the first family is the primary one: use one order everywhere',
      });
    }
  },
};

/** The API server exits: its Service `kubernetes` would have no endpoint (validatePublicIPServiceClusterIPRangeIPFamilies). */
function advertisedOtherFamily({ configs, statements }: NetworkModel): readonly Violation[] {
  const services = statements.ranges.find(({ setting }) => setting === 'serviceSubnet of kubeadm');
  const primary = services === undefined ? statements.defaultServiceCidr?.family : familiesOf(services).at(0);
  if (primary === undefined) return [];
  return flatMap(configs, ({ kind, value, object, fieldOf }) => {
    const path = ['localAPIEndpoint', 'advertiseAddress'];
    const address = kind === 'InitConfiguration' ? readIpAddress(text(at(value, ...path))) : undefined;
    if (address === undefined || address.family === primary) return [];
    return [
      {
        on: object,
        field: fieldOf(path),
        severity: 'error' as const,
        message: `advertiseAddress is an ${address.family} address, and the first service range is ${primary}: the API server does not start`,
        related:
          services === undefined
            ? []
            : [{ on: services.object, field: services.entries[0].path, message: 'the service ranges' }],
        help: `advertise an ${primary} address, or put the ${address.family} range first`,
      },
    ];
  });
}

function familiesOf({ entries }: StatedRanges): readonly IpFamily[] {
  return [...new Set(flatMap(entries, ({ cidr }) => cidr?.family ?? []))];
}
