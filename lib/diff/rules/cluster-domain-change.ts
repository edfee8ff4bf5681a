import { identityOf, type StatedText } from '../../model';
import { changed, type ChangeRule } from '../change-rule';

export const clusterDomainChange: ChangeRule = {
  code: 'NL820',
  slug: 'cluster-domain-change',
  severity: 'warning',
  title: 'The domain of the cluster, or the address of its DNS, changes',
  check({ before, after }, report) {
    const statedBy = ({ statements }: typeof before): StatedText[] => [
      ...statements.domains,
      ...statements.dnsAddresses,
    ];
    const old = new Map(statedBy(before).map((stated) => [keyOf(stated), stated]));
    for (const stated of statedBy(after)) {
      const earlier = old.get(keyOf(stated));
      if (earlier === undefined || earlier.value === stated.value) continue;
      report(
        changed({ before: earlier.object, after: stated.object }, stated.path, {
          message: `${stated.setting} changes from ${earlier.value} to ${stated.value}`,
          help: 'pods keep what they were started with: change the kubelets and the cluster DNS together, and restart every pod',
        }),
      );
    }
  },
};

/** One object may name several name servers. */
function keyOf({ object, setting, path }: StatedText): string {
  return [identityOf(object.ref), setting, ...path].join('\0');
}
