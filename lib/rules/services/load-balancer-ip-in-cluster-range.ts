import { formatAddress, formatCidr } from '../../address';
import { objectText } from '../../finding/finding';
import { addressFields, coveringCidr } from '../addresses';
import { flatMap } from '../../model';
import { clusterIpOwners } from './cluster-ip-owners';
import type { NetworkRule } from '../network-rule';

/** Who is outside of the cluster has no way to such an address, and nodes send what is for it to a pod or a Service. */
export const loadBalancerIpInClusterRange: NetworkRule = {
  code: 'NL264',
  slug: 'load-balancer-ip-in-cluster-range',
  severity: 'error',
  title: 'A load balancer address lies inside a range of the cluster, or is that of a node or of a Service',
  check(model, report) {
    const ranges = [
      { name: 'service CIDR', cidrs: model.facts.serviceCidrs ?? [] },
      { name: 'pod CIDR', cidrs: model.facts.podCidrs ?? [] },
    ];
    const nodes = new Map(
      flatMap(model.nodes, (node) =>
        node.internalIps.map(({ value, path }) => [formatAddress(value), { node, path }] as const),
      ),
    );
    const clusterIps = clusterIpOwners(model);
    for (const service of model.services) {
      for (const { value, text, path } of addressFields(service.loadBalancerIps)) {
        for (const { name, cidrs } of ranges) {
          const cidr = coveringCidr(cidrs, value);
          if (cidr === undefined) continue;
          report({
            on: service.object,
            field: path,
            message: `load balancer address ${text} lies inside the ${name} ${formatCidr(cidr)}`,
            help: 'choose an address outside of the cluster that clients have a route to',
          });
        }
        const owner =
          coveringCidr(model.facts.serviceCidrs ?? [], value) === undefined ? clusterIps.get(text) : undefined;
        if (owner !== undefined) {
          report({
            on: service.object,
            field: path,
            message: `load balancer address ${text} is the clusterIP of ${objectText(owner.service.object.ref)}`,
            related: [{ on: owner.service.object, field: owner.address.path, message: 'the clusterIP' }],
            help: 'choose an address outside of the cluster that clients have a route to',
          });
        }
        const taken = nodes.get(text);
        if (taken === undefined) continue;
        report({
          on: service.object,
          field: path,
          severity: 'warning',
          message: `load balancer address ${text} is the address of ${objectText(taken.node.object.ref)}`,
          related: [{ on: taken.node.object, field: taken.path, message: 'the node' }],
          help: 'two machines would answer for one address: choose a free one, unless the load balancer serves the addresses of nodes',
        });
      }
    }
  },
};
