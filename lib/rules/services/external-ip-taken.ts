import { formatAddress, formatCidr } from '../../address';
import { objectText } from '../../finding/finding';
import { addressFields, type AddressField, coveringCidr } from '../addresses';
import { clusterIpOwners } from './cluster-ip-owners';
import type { NetworkRule } from '../network-rule';
import { flatMap, type Service } from '../../model';

interface LoadBalancerUse {
  readonly service: Service;
  readonly address: AddressField;
  readonly port: string;
}

/** Every node takes what is sent to an external IP for the Service, also where a load balancer or a node has the address (CVE-2020-8554). */
export const externalIpTaken: NetworkRule = {
  code: 'NL263',
  slug: 'external-ip-taken',
  severity: 'error',
  title: 'An external IP is an address of a load balancer, of a node or of a Service',
  check(model, report) {
    const loadBalancers = new Map<string, LoadBalancerUse>();
    for (const service of model.services) {
      for (const address of addressFields(service.loadBalancerIps)) {
        for (const { port, protocol } of service.ports) {
          const key = `${address.text} ${port}/${protocol}`;
          if (!loadBalancers.has(key)) loadBalancers.set(key, { service, address, port: `${port}/${protocol}` });
        }
      }
    }
    const nodes = new Map(
      flatMap(model.nodes, (node) =>
        node.internalIps.map(({ value, path }) => [formatAddress(value), { node, path }] as const),
      ),
    );
    const clusterIps = clusterIpOwners(model);
    for (const service of model.services) {
      for (const { value, text, path } of addressFields(service.externalIps)) {
        // Inside of a range that is known, NL209 says it.
        const owner =
          coveringCidr(model.facts.serviceCidrs ?? [], value) === undefined ? clusterIps.get(text) : undefined;
        if (owner !== undefined) {
          report({
            on: service.object,
            field: path,
            message: `external IP ${text} is the clusterIP of ${objectText(owner.service.object.ref)}`,
            related: [{ on: owner.service.object, field: owner.address.path, message: 'the clusterIP' }],
            help: 'an external IP must be an address that somebody else routes to the nodes',
          });
        }
        const use = service.ports
          .map(({ port, protocol }) => loadBalancers.get(`${text} ${port}/${protocol}`))
          .find((found) => found !== undefined && found.service !== service);
        if (use !== undefined) {
          report({
            on: service.object,
            field: path,
            message: `external IP ${text}, port ${use.port}, is the load balancer address of ${objectText(use.service.object.ref)}`,
            related: [{ on: use.service.object, field: use.address.path, message: 'requested here' }],
            help: 'the nodes send all of it to the Service with the external IP: use another address or another port',
          });
        }
        const pool = use === undefined ? coveringCidr(model.facts.loadBalancerCidrs ?? [], value) : undefined;
        if (pool !== undefined && !asksFor(service, text)) {
          report({
            on: service.object,
            field: path,
            severity: 'warning',
            message: `external IP ${text} lies inside the load balancer range ${formatCidr(pool)}, of which any Service may get it`,
            help: 'use an address outside of the pools, or ask for this one as the load balancer address',
          });
        }
        const taken = nodes.get(text);
        if (taken === undefined) continue;
        report({
          on: service.object,
          field: path,
          severity: 'warning',
          message: `external IP ${text} is the address of ${objectText(taken.node.object.ref)}: every node takes what is sent to it there`,
          related: [{ on: taken.node.object, field: taken.path, message: 'the node' }],
          help: 'use a NodePort Service or a host port for the addresses of nodes',
        });
      }
    }
  },
};

function asksFor({ loadBalancerIps }: Service, text: string): boolean {
  return addressFields(loadBalancerIps).some((address) => address.text === text);
}
