import { formatCidr } from '../../address';
import { identityOf, type NetworkModel, type StatedRanges } from '../../model';
import { minorVersion } from '../../syntax/kubernetes-version';
import { changed, type ChangeRule } from '../change-rule';

/** The first minor version that is known to let a second range be added to a ServiceCIDR, and the last that is known to refuse it. */
const DUAL_STACK_UPGRADE = { accepted: 35, refused: 33 };

/** `spec.cidrs` is immutable; newer versions let one range become two of which it is the first (KEP-1880). */
export const serviceCidrChange: ChangeRule = {
  code: 'NL805',
  slug: 'service-cidr-change',
  severity: 'error',
  title: 'The ranges of a ServiceCIDR change',
  check({ before, after }, report) {
    const old = new Map(serviceCidrs(before).map((stated) => [identityOf(stated.object.ref), stated]));
    const version = minorVersion(after.facts.kubernetesVersion) ?? DUAL_STACK_UPGRADE.accepted;
    for (const stated of serviceCidrs(after)) {
      const earlier = old.get(identityOf(stated.object.ref));
      if (earlier === undefined) continue;
      const [from, to] = [earlier, stated].map(cidrTexts);
      if (from.join() === to.join()) continue;
      const upgrade = from.length === 1 && to.length === 2 && from[0] === to[0];
      if (upgrade && version >= DUAL_STACK_UPGRADE.accepted) continue;
      report(
        changed({ before: earlier.object, after: stated.object }, ['spec', 'cidrs'], {
          ...(upgrade && version > DUAL_STACK_UPGRADE.refused && { severity: 'warning' }),
          message: `cidrs change from ${from.join(', ')} to ${to.join(', ')}`,
          help: 'leave it as it is and add another ServiceCIDR: ranges of several are used together, and may overlap',
        }),
      );
    }
  },
};

function serviceCidrs({ statements }: NetworkModel): StatedRanges[] {
  return statements.ranges.filter(({ setting }) => setting === 'ServiceCIDR');
}

function cidrTexts({ entries }: StatedRanges): string[] {
  return entries.map(({ text, cidr }) => (cidr === undefined ? text : formatCidr(cidr)));
}
