import { type Cidr, formatCidr, type IpAddress } from '../../address';
import type { Service } from '../../model';
import { addressFields, coveringCidr, isBroadcast } from '../addresses';
import type { NetworkRule } from '../network-rule';

/**
 * The API server gives the first address of its first service CIDR to `kubernetes`; kubeadm gives the tenth to the cluster
 * DNS, in the first range of each family. The rest of the first addresses are free.
 */
export const clusterIpReserved: NetworkRule = {
  code: 'NL205',
  slug: 'cluster-ip-reserved',
  severity: 'error',
  title: 'A ClusterIP is one that the cluster needs itself',
  needs: ['serviceCidrs'],
  concerns: ({ services }) => services.some(({ clusterIps }) => clusterIps.length > 0),
  check(model, report) {
    const serviceCidrs = model.facts.serviceCidrs ?? [];
    for (const service of model.services) {
      for (const { value, text, path } of addressFields(service.clusterIps)) {
        const reserved = reservation(serviceCidrs, value, service);
        if (reserved === undefined) continue;
        report({
          on: service.object,
          field: path,
          message: `clusterIP ${text} is ${reserved.purpose} of the service CIDR ${formatCidr(reserved.cidr)}`,
          help: 'choose another address, or leave it out and let the cluster choose',
        });
      }
    }
  },
};

function reservation(
  serviceCidrs: readonly Cidr[],
  address: IpAddress,
  service: Service,
): { purpose: string; cidr: Cidr } | undefined {
  const around = coveringCidr(serviceCidrs, address);
  if (around === undefined) return undefined;
  if (address.value === around.base) return { purpose: 'the network address', cidr: around };
  if (isBroadcast(around, address)) return { purpose: 'the broadcast address', cidr: around };
  const first = serviceCidrs.find(({ family }) => family === address.family);
  if (first === undefined) return undefined;
  const index = address.value - first.base;
  if (index === 1n && first === serviceCidrs[0] && !isKubernetesService(service)) {
    return { purpose: 'the address of the Service default/kubernetes, the first', cidr: first };
  }
  if (index === 10n && !isDns(service)) return { purpose: 'the address of the cluster DNS, the tenth', cidr: first };
  return undefined;
}

function isKubernetesService({ namespace, name }: Service): boolean {
  return namespace === 'default' && name === 'kubernetes';
}

/** Known by its port: distributions give it other names and namespaces. */
function isDns({ ports }: Service): boolean {
  return ports.some(({ port }) => port === 53);
}
