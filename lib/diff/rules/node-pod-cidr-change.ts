import { formatCidr } from '../../address';
import type { Node } from '../../model';
import { changed, type ChangeRule } from '../change-rule';
import { pairsOf } from '../model-change';

export const nodePodCidrChange: ChangeRule = {
  code: 'NL819',
  slug: 'node-pod-cidr-change',
  severity: 'warning',
  title: 'The pod CIDR of a node changes',
  check({ before, after }, report) {
    for (const pair of pairsOf(before.nodes, after.nodes)) {
      const [from, to] = [pair.before, pair.after].map(cidrTexts);
      if (from === '' || from === to) continue;
      report(
        changed({ before: pair.before.object, after: pair.after.object }, pair.after.podCidrs.at(0)?.path ?? ['spec'], {
          message: `the pod CIDR changes from ${from} to ${to === '' ? 'none' : to}`,
          help: 'once set it does not change: drain the node, delete its Node object, and let it register anew',
        }),
      );
    }
  },
};

function cidrTexts({ podCidrs }: Node): string {
  return podCidrs.map(({ value }) => formatCidr(value)).join(', ');
}
