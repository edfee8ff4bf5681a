import { cidrHas, formatAddress, type IpFamily } from '../../address';
import { objectText } from '../../finding/finding';
import { clusterDnsService, LINK_LOCAL, type NetworkModel, readIpAddress } from '../../model';
import { addressFields, cidrList, coveringCidr } from '../addresses';
import { addressProblem } from '../address-problem';
import type { NetworkRule } from '../network-rule';

/** kubeadm: DefaultClusterDNSIP, which is the tenth address of its default service range. */
const DEFAULT_DNS_ADDRESS = '10.96.0.10';

/** Where kubeadm makes the cluster (GetDNSIP). */
function tenthAddress({ statements }: NetworkModel, family: IpFamily): string | undefined {
  const services = statements.ranges.find(({ setting }) => setting === 'serviceSubnet of kubeadm');
  const cidrs = services === undefined ? [statements.defaultServiceCidr] : services.entries.map(({ cidr }) => cidr);
  const cidr = cidrs.find((candidate) => candidate?.family === family);
  return cidr && formatAddress({ family, value: cidr.base + 10n });
}

/** Pods ask the servers of `clusterDNS` (kubelet.config.k8s.io/v1beta1); kubeadm once kept 10.96.0.10 there when the service range was another. */
export const clusterDnsAddress: NetworkRule = {
  code: 'NL133',
  slug: 'cluster-dns-address',
  severity: 'error',
  title: 'The name server of the kubelet is not the cluster DNS',
  check(model, report) {
    const service = clusterDnsService(model.services);
    const answering = service === undefined ? [] : addressFields(service.clusterIps);
    const serviceCidrs = model.facts.serviceCidrs ?? [];
    for (const { setting, value, object, path } of model.statements.dnsAddresses) {
      const name = setting.split(' ')[0];
      const address = readIpAddress(value);
      if (address === undefined) {
        const problem = addressProblem(value);
        if (problem === undefined) continue;
        report({ on: object, field: path, message: `${name}: ${problem.message}`, help: problem.help });
        continue;
      }
      if (LINK_LOCAL.some((range) => cidrHas(range, address))) continue;
      const text = formatAddress(address);
      const first = answering.find(({ value: { family } }) => family === address.family);
      if (service !== undefined && first !== undefined) {
        if (answering.some((field) => field.text === text)) continue;
        report({
          on: object,
          field: path,
          message: `${name} ${text} is not the address of ${objectText(service.object.ref)}, ${first.text}`,
          related: [{ on: service.object, field: first.path, message: 'the cluster DNS' }],
          help: 'no pod would resolve a name: use the same address in both',
        });
      } else if (
        serviceCidrs.some(({ family }) => family === address.family) &&
        coveringCidr(serviceCidrs, address) === undefined
      ) {
        report({
          on: object,
          field: path,
          // It may be a name server outside of the cluster, but not if it is the default of another range.
          ...(text !== DEFAULT_DNS_ADDRESS && { severity: 'warning' }),
          message: `${name} ${text} is outside the service CIDRs of the cluster: ${cidrList(serviceCidrs)}`,
          help: 'use the ClusterIP of the DNS Service; kubeadm gives it the tenth address of the range',
        });
      } else {
        const tenth = service === undefined ? tenthAddress(model, address.family) : undefined;
        if (tenth === undefined || tenth === text) continue;
        report({
          on: object,
          field: path,
          severity: 'warning',
          message: `${name} is ${text}, and kubeadm gives ${tenth} to the DNS Service: the tenth address of the service range`,
          help: `write ${tenth}, unless the Service was made with another address`,
        });
      }
    }
  },
};
