import { formatCidr } from '../../address';
import { objectText } from '../../finding/finding';
import type { NetworkModel } from '../../model';
import { addressFields, type AddressField, coveringCidr } from '../addresses';
import { clusterIpOwners, type ClusterIpOwner } from './cluster-ip-owners';
import type { NetworkRule, Violation } from '../network-rule';

/** kube-proxy translates an address once: it does not follow a ClusterIP that it has just put into a packet. */
export const endpointInServiceCidr: NetworkRule = {
  code: 'NL245',
  slug: 'endpoint-in-service-cidr',
  severity: 'error',
  title: 'The address of an endpoint is a ClusterIP',
  check(model, report) {
    const owners = clusterIpOwners(model);
    for (const { object, addresses } of model.endpoints) {
      for (const address of addressFields(addresses)) {
        const problem = problemOf(model, owners, address);
        if (problem === undefined) continue;
        report({
          on: object,
          field: address.path,
          ...problem,
          help: 'a Service cannot lead to the ClusterIP of another one: name the addresses of pods or of hosts, or use an ExternalName Service',
        });
      }
    }
  },
};

/** The Service that has the address, or else the range that all such addresses are of. */
function problemOf(
  { facts }: NetworkModel,
  owners: ReadonlyMap<string, ClusterIpOwner>,
  { value, text }: AddressField,
): Pick<Violation, 'message' | 'related'> | undefined {
  const owner = owners.get(text);
  if (owner !== undefined) {
    const { service, address } = owner;
    return {
      message: `the endpoint ${text} is the clusterIP of ${objectText(service.object.ref)}`,
      related: [{ on: service.object, field: address.path, message: 'the clusterIP' }],
    };
  }
  const cidr = coveringCidr(facts.serviceCidrs ?? [], value);
  return cidr && { message: `the endpoint ${text} lies inside the service CIDR ${formatCidr(cidr)}` };
}
