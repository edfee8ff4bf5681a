import { at, type FieldPath, integer, list, member, type ModelObject, text } from '../../model';
import { changed, type ChangeRule, isKind } from '../change-rule';

/** The mask is fixed (CEL rule of the CRD); ranges in use must not be removed, which Cilium does not check (Cilium, multi-pool IPAM). */
export const ciliumPodPoolChange: ChangeRule = {
  code: 'NL821',
  slug: 'cilium-pod-pool-change',
  severity: 'warning',
  title: 'A CiliumPodIPPool loses a range or changes its mask',
  check({ pairs, removed }, report) {
    for (const pair of pairs) {
      if (!isKind(pair.after, /^cilium\.io\//, 'CiliumPodIPPool')) continue;
      for (const family of ['ipv4', 'ipv6']) {
        const left = new Set(cidrsOf(pair.after, family));
        const lost = cidrsOf(pair.before, family).filter((cidr) => !left.has(cidr));
        const field: FieldPath = ['spec', family];
        if (lost.length > 0) {
          report(
            changed(pair, [...field, 'cidrs'], {
              message: `the pool loses ${lost.join(', ')}`,
              help: 'pods that have addresses of it lose them: add a range instead, or move the pods to another pool first',
            }),
          );
        }
        const [from, to] = [pair.before, pair.after].map(({ manifest }) => integer(at(manifest, ...field, 'maskSize')));
        if (from === undefined || to === undefined || from === to) continue;
        report(
          changed(pair, [...field, 'maskSize'], {
            severity: 'error',
            message: `maskSize changes from ${from} to ${to}`,
            help: 'the API server refuses it, since nodes have ranges of the old size: add a pool with the new mask',
          }),
        );
      }
    }
    for (const object of removed.filter((gone) => isKind(gone, /^cilium\.io\//, 'CiliumPodIPPool'))) {
      report({
        on: object,
        field: ['spec'],
        message: 'the pool is removed although pods may have its addresses',
        help: 'move the pods to another pool first',
      });
    }
  },
};

function cidrsOf({ manifest }: ModelObject, family: string): string[] {
  return list(at(manifest, 'spec', family, 'cidrs')).flatMap(
    (entry) => text(member(entry, 'cidr')) ?? text(entry) ?? [],
  );
}
