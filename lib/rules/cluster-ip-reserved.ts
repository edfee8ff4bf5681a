import { type Cidr, formatCidr, type IpAddress, lastAddress } from '../address';
import type { Service } from '../model';
import { addressFields, coveringCidr } from './addresses';
import type { NetworkRule } from './network-rule';

/** Every cluster gives the first address of its service CIDR to `kubernetes` and, by kubeadm, the tenth to `kube-dns`. */
export const clusterIpReserved: NetworkRule = {
  code: 'NL205',
  slug: 'cluster-ip-reserved',
  severity: 'error',
  title: 'A ClusterIP is one that the cluster needs itself',
  needs: ['serviceCidrs'],
  check(model, report) {
    for (const service of model.services) {
      for (const { value, text, path } of addressFields(service.clusterIps)) {
        const cidr = coveringCidr(model.facts.serviceCidrs ?? [], value);
        if (cidr === undefined) continue;
        const purpose = reservedFor(cidr, value, service);
        if (purpose === undefined) continue;
        report({
          on: service.object,
          field: path,
          message: `clusterIP ${text} is ${purpose} of the service CIDR ${formatCidr(cidr)}`,
          help: 'choose another address, or leave it out and let the cluster choose',
        });
      }
    }
  },
};

function reservedFor(cidr: Cidr, address: IpAddress, service: Service): string | undefined {
  const index = address.value - cidr.base;
  if (index === 0n) return 'the network address';
  if (cidr.family === 'IPv4' && address.value === lastAddress(cidr)) return 'the broadcast address';
  if (index === 1n && !(service.namespace === 'default' && service.name === 'kubernetes')) {
    return 'the address of the Service default/kubernetes, the first';
  }
  if (index === 10n && service.namespace !== 'kube-system') {
    return 'the address of the cluster DNS, the tenth';
  }
  return undefined;
}
