import { formatAddress, formatCidr } from '../../address';
import { compareText, objectText } from '../../finding/finding';
import type { Node } from '../../model';
import { coveringCidr } from '../addresses';
import type { NetworkRule } from '../network-rule';

/** A node needs an address that no pod and no Service can have (Node `status.addresses`). */
export const nodeAddress: NetworkRule = {
  code: 'NL162',
  slug: 'node-address',
  severity: 'error',
  title: 'The address of a node is that of another node, or lies inside a range of the cluster',
  check(model, report) {
    const ranges = [
      { name: 'service CIDR', cidrs: model.facts.serviceCidrs ?? [] },
      { name: 'pod CIDR', cidrs: model.facts.podCidrs ?? [] },
    ];
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
        for (const { name, cidrs } of ranges) {
          const cidr = coveringCidr(cidrs, value);
          if (cidr === undefined) continue;
          report({
            on: node.object,
            field: path,
            message: `address ${text} of the node lies inside the ${name} ${formatCidr(cidr)}`,
            help: 'pods cannot reach what is sent to a node there: choose a range for the cluster that no node is in',
          });
        }
      }
    }
  },
};
