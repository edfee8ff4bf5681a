import { type Cidr, cidrContains, cidrsOverlap, formatAddress, formatCidr } from '../../address';
import { compareText, objectText } from '../../finding/finding';
import type { Node } from '../../model';
import { coveringCidr } from '../addresses';
import type { NetworkRule } from '../network-rule';
import { rangeClaims } from './range-claims';

/**
 * A node needs an address of its own, which no pod can have (Node `status.addresses`). `cluster-range-overlap` compares nodes with ranges that objects
 * state. A pod range that is only told may be the network of the nodes itself, where a cloud gives pods addresses of it: not if nodes get
 * parts of it for their pods, and not if the network of the nodes is told to be another.
 */
export const nodeAddress: NetworkRule = {
  code: 'NL162',
  slug: 'node-address',
  severity: 'error',
  title: 'The address of a node is that of another node, or one that its pods may get',
  check(model, report) {
    const isTold = rangeClaims(model).some(({ role, on }) => role === 'pods' && on === undefined);
    const podCidrs = isTold ? (model.givenFacts.podCidrs ?? []) : [];
    const taken = new Map<string, { readonly node: Node; readonly path: Node['internalIps'][number]['path'] }>();
    for (const node of [...model.nodes].sort((a, b) => compareText(a.name, b.name))) {
      for (const { value, path } of node.internalIps) {
        const text = formatAddress(value);
        const other = taken.get(text);
        if (other === undefined) taken.set(text, { node, path });
        else if (other.node.name !== node.name) {
          report({
            on: node.object,
            field: path,
            message: `address ${text} is also that of ${objectText(other.node.object.ref)}`,
            related: [{ on: other.node.object, field: other.path, message: 'the other node' }],
            help: 'give each node an address of its own; node-ip of the kubelet says which one a node has',
          });
        }
        const cidr = coveringCidr(podCidrs, value);
        if (cidr === undefined) continue;
        const ownRange = node.podCidrs.some((own) => cidrContains(cidr, own.value));
        if (!ownRange && !isOnlyForPods(cidr, model.givenFacts.nodeCidrs)) continue;
        report({
          on: node.object,
          field: path,
          message: `address ${text} of the node lies inside the pod CIDR ${formatCidr(cidr)}${ownRange ? ', of which nodes get ranges for their pods' : ', and not in the network of the nodes'}`,
          help: 'pods cannot reach what is sent to a node there: choose a pod CIDR that no node is in',
        });
      }
    }
  },
};

function isOnlyForPods(pods: Cidr, nodes: readonly Cidr[] | undefined): boolean {
  return nodes !== undefined && nodes.length > 0 && !nodes.some((cidr) => cidrsOverlap(cidr, pods));
}
