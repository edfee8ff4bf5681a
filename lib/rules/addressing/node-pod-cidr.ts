import { addressSet, type Cidr, overlapsOfEach, formatCidr, rangeOfCidr, setCovers } from '../../address';
import { compareText, objectText } from '../../finding/finding';
import type { Problem } from '../../finding/problem';
import {
  at,
  type ClusterFacts,
  concat,
  type FieldPath,
  flatMap,
  list,
  type NetworkModel,
  type Node,
  type RangeSetting,
} from '../../model';
import { moreText } from '../../plan';
import { cidrList } from '../addresses';
import { isSet, shown } from '../field-problem';
import type { NetworkRule } from '../network-rule';
import { REPORTED_OVERLAPS } from '../reported-overlaps';
import { readCidrText } from '../services/ip-text';

const CLUSTER_CIDRS: readonly RangeSetting[] = [
  'cluster-cidr of the controller manager',
  'podSubnet of kubeadm',
  'Network of Flannel',
];

/** Node IPAM gives each node a part of the cluster CIDR of its own; ranges that were set by hand need not be (Node `spec.podCIDRs`). */
export const nodePodCidr: NetworkRule = {
  code: 'NL136',
  slug: 'node-pod-cidr',
  fixable: true,
  severity: 'error',
  title: 'The pod range of a node overlaps that of another, is outside of the cluster CIDR, or is refused',
  check(model, report) {
    for (const node of model.nodes) {
      for (const problem of ownProblems(node, model.facts)) report({ on: node.object, ...problem });
    }
    const ranges = flatMap(model.nodes, (node) =>
      node.podCidrs.map(({ value, path }) => ({ node, cidr: value, path })),
    );
    const overlaps = overlapsOfEach(ranges, ({ cidr }) => rangeOfCidr(cidr), {
      most: REPORTED_OVERLAPS,
      mayOverlap: (a, b) => a.node === b.node,
    });
    for (const { a, b, more } of overlaps) {
      const [first, second] = more > 0 || compareText(a.node.name, b.node.name) <= 0 ? [a, b] : [b, a];
      report({
        on: second.node.object,
        field: second.path,
        message: `pod range ${formatCidr(second.cidr)} overlaps ${formatCidr(first.cidr)} of ${objectText(first.node.object.ref)}${moreText(more)}`,
        related: [{ on: first.node.object, field: first.path, message: 'the other range' }],
        help: 'pods of both would have the same addresses: delete one of the Node objects, so that it gets a new range',
      });
    }
    const clusterCidrs = clusterCidrsOf(model);
    const families = new Set(clusterCidrs.map(({ family }) => family));
    const cluster = addressSet(clusterCidrs.map(rangeOfCidr));
    for (const { node, cidr, path } of ranges) {
      if (!families.has(cidr.family) || setCovers(cluster, rangeOfCidr(cidr))) continue;
      report({
        on: node.object,
        field: path,
        message: `pod range ${formatCidr(cidr)} is not inside the cluster CIDR ${cidrList(clusterCidrs)}`,
        help: 'delete the Node object, so that it gets a range of the cluster CIDR, or correct the cluster CIDR',
      });
    }
  },
};

/** ValidateNode: at most one range of each family. Where `podCIDR` is not the first of `podCIDRs`, the API server takes it alone. */
function ownProblems({ object: { manifest }, podCidrs }: Node, facts: ClusterFacts): readonly Problem[] {
  const help = 'list one range of each family, and the first one as podCIDR';
  const several = list(at(manifest, 'spec', 'podCIDRs'));
  const one = at(manifest, 'spec', 'podCIDR');
  // To Go a null in a list of texts is the empty text.
  const first = several.length > 0 ? (several[0] ?? '') : undefined;
  const isAlone = isSet(one) && one !== '' && typeof first === 'string' && one !== first;
  const ofOne =
    !isSet(one) || one === '' || one === several.at(0) ? [] : cidrProblems('podCIDR', one, ['spec', 'podCIDR'], facts);
  const ofSeveral = flatMap(several, (value, index) =>
    isAlone && typeof (value ?? '') === 'string'
      ? []
      : cidrProblems('pod range', value, ['spec', 'podCIDRs', index], facts),
  );
  if (isAlone) {
    const message = `podCIDR is ${shown(one)}, and the first of podCIDRs is ${shown(several[0])}: the API server drops podCIDRs`;
    return concat(ofOne, ofSeveral, [{ field: ['spec', 'podCIDR'], severity: 'warning' as const, message, help }]);
  }
  return concat(
    ofOne,
    ofSeveral,
    flatMap(podCidrs, ({ value, path }, index) =>
      podCidrs.slice(0, index).some((other) => other.value.family === value.family)
        ? [{ field: path, message: `pod range ${formatCidr(value)} is the second one of family ${value.family}`, help }]
        : [],
    ),
  );
}

function cidrProblems(name: string, value: unknown, field: FieldPath, facts: ClusterFacts): readonly Problem[] {
  return readCidrText(name, value, field, facts).problems;
}

/** What node IPAM allocates from; pools of a network plugin are something else. */
function clusterCidrsOf({ statements, givenFacts }: NetworkModel): readonly Cidr[] {
  for (const setting of CLUSTER_CIDRS) {
    const stated = statements.ranges.find((candidate) => candidate.setting === setting);
    if (stated !== undefined) return flatMap(stated.entries, ({ cidr }) => cidr ?? []);
  }
  return givenFacts.podCidrs ?? [];
}
