import { formatCidr } from '../../address';
import { at, type Node } from '../../model';
import { changed, type ChangeRule } from '../change-rule';
import { pairsOf } from '../model-change';

/** "node updates may not change podCIDR except from "" to valid" (core/v1 validation, ValidateNodeUpdate). */
export const nodePodCidrChange: ChangeRule = {
  code: 'NL819',
  slug: 'node-pod-cidr-change',
  severity: 'error',
  title: 'The pod CIDR of a node changes',
  check({ before, after }, report) {
    for (const pair of pairsOf(before.nodes, after.nodes)) {
      const [from, to] = [pair.before, pair.after].map(cidrTexts);
      if (from === '' || from === to) continue;
      report(
        changed({ before: pair.before.object, after: pair.after.object }, pair.after.podCidrs.at(0)?.path ?? ['spec'], {
          // A node that has registered anew is another object.
          ...(isOther(pair.before, pair.after) && { severity: 'warning' }),
          message: `the pod CIDR changes from ${from} to ${to === '' ? 'none' : to}`,
          help: 'the API server refuses it, once it is set: drain the node, delete its Node object, and let it register anew',
        }),
      );
    }
  },
};

function isOther(before: Node, after: Node): boolean {
  const [from, to] = [before, after].map(({ object }) => at(object.manifest, 'metadata', 'uid'));
  return from !== undefined && to !== undefined && from !== to;
}

function cidrTexts({ podCidrs }: Node): string {
  return podCidrs.map(({ value }) => formatCidr(value)).join(', ');
}
