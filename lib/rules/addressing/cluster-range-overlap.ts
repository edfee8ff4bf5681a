import { append } from '../../model/lookup';
import { describeClaim, findRangeConflicts } from '../../plan';
import { type ModelClaim, partiesOf, rangeClaims, relatedClaim } from './range-claims';
import type { NetworkRule } from '../network-rule';

/** Pods, Services, nodes and load balancers share no address, whoever states the range: the conflicts of the planning phase, in objects. */
export const clusterRangeOverlap: NetworkRule = {
  code: 'NL130',
  slug: 'cluster-range-overlap',
  severity: 'error',
  title: 'Two ranges of the cluster overlap',
  check(model, report) {
    const claims = rangeClaims(model);
    const ofNodes = new Map<ModelClaim, ModelClaim[]>();
    for (const found of findRangeConflicts(claims)) {
      const [one, two] = partiesOf(found, claims);
      if (one === undefined || two === undefined || one.role === two.role) continue;
      const [subject, other] = rankOf(one) <= rankOf(two) ? [one, two] : [two, one];
      if (subject.on === undefined || isOfPools(one, two) || isOfPools(two, one)) continue;
      if (isPodsOfNodes(one, two) || isPodsOfNodes(two, one)) continue;
      // A range meets the address of every Node in it: one fault.
      const range = nodeOf(one) === undefined ? (nodeOf(two) === undefined ? undefined : one) : two;
      if (range?.on !== undefined) {
        append(ofNodes, range, range === one ? two : one);
        continue;
      }
      report({
        on: subject.on,
        field: subject.field,
        message: `${describeClaim(subject)} overlaps ${describeClaim(other)}`,
        related: relatedClaim(other, 'the other range'),
        help:
          subject.role === 'loadBalancers' || other.role === 'loadBalancers'
            ? 'an address of a load balancer must be free: leave out the addresses that are in use'
            : 'traffic to the shared addresses goes to one of the two only: move one of the ranges',
      });
    }

    for (const [range, nodes] of ofNodes) {
      const [first] = nodes;
      if (range.on === undefined) continue;
      const others = nodes.length === 1 ? '' : ` and ${nodes.length - 1} other${nodes.length === 2 ? '' : 's'}`;
      report({
        on: range.on,
        field: range.field,
        message: `${describeClaim(range)} overlaps ${describeClaim(first)}${others}`,
        related: relatedClaim(first, nodes.length === 1 ? 'the other range' : `the first of ${nodes.length} Nodes`),
        help:
          range.role === 'loadBalancers'
            ? 'an address of a load balancer must be free: leave out the addresses that are in use'
            : 'traffic to the shared addresses goes to one of the two only: move one of the ranges',
      });
    }

    /** `ip-pool-overlap` has said it. */
    function isOfPools(a: ModelClaim, b: ModelClaim): boolean {
      if (a.ipPool === undefined) return false;
      return b.role === 'services' ? model.facts.serviceCidrs !== undefined : b.role === 'nodes' && b.on === undefined;
    }
  },
};

function nodeOf({ role, on }: ModelClaim): ModelClaim['on'] {
  return role === 'nodes' && on?.ref.kind === 'Node' ? on : undefined;
}

/** What can be moved most easily is the subject. */
function rankOf({ role, on }: ModelClaim): number {
  if (on === undefined) return 3;
  return role === 'loadBalancers' ? 0 : role === 'nodes' ? 2 : 1;
}

/** Where a cloud gives pods addresses of the network of the nodes, somebody or the nodes say so; an overlay has its range in an object. */
function isPodsOfNodes(a: ModelClaim, b: ModelClaim): boolean {
  return a.role === 'pods' && (a.on === undefined || a.on.ref.kind === 'Node') && b.role === 'nodes';
}
