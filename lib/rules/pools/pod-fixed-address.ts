import { formatAddress, IP_FAMILIES, type IpAddress } from '../../address';
import { objectText } from '../../finding/finding';
import { type FieldPath, flatMap, readIpAddress, type Workload } from '../../model';
import { addressProblem } from '../address-problem';
import { cidrList, coveringCidr } from '../addresses';
import { collisions } from '../collisions';
import type { NetworkRule } from '../network-rule';
import { jsonTexts, podAnnotations } from './pod-annotations';

const ANNOTATION = 'cni.projectcalico.org/ipAddrs';
const WITHOUT_IPAM = 'cni.projectcalico.org/ipAddrsNoIpam';

interface AddressUse {
  readonly workload: Workload;
  readonly address: IpAddress;
  readonly path: FieldPath;
}

/** A pod asks for its address in a JSON list, of one address for each family (Calico CNI plugin). */
export const podFixedAddress: NetworkRule = {
  code: 'NL610',
  slug: 'pod-fixed-address',
  severity: 'error',
  title: 'Pods ask Calico for an address that they cannot get',
  check(model, report) {
    const pools = model.ipPools.filter(({ forWorkloads }) => forWorkloads).map(({ cidr }) => cidr);
    const [IPv4, IPv6] = IP_FAMILIES.map((family) => pools.filter((cidr) => cidr.family === family));
    const poolsOf = { IPv4, IPv6 };
    const uses: AddressUse[] = [];
    for (const workload of model.workloads) {
      const { object, replicas } = workload;
      const { annotations, path: around } = podAnnotations(workload);
      const value = annotations.get(ANNOTATION);
      if (value === undefined) continue;
      const path = [...around, ANNOTATION];
      if (annotations.has(WITHOUT_IPAM)) {
        report({
          on: object,
          field: path,
          message: `${ANNOTATION} is set together with ${WITHOUT_IPAM}, and Calico takes one of them`,
          help: `leave ${WITHOUT_IPAM} out, unless the addresses are in no pool`,
        });
      }
      const texts = jsonTexts(value);
      if (texts === undefined) {
        report({
          on: object,
          field: path,
          message: `${ANNOTATION} is no JSON list of texts`,
          help: 'write addresses as ["10.48.0.5"], in quotes as a whole',
        });
        continue;
      }
      for (const { message, help } of flatMap(texts, (text) => addressProblem(text) ?? [])) {
        report({ on: object, field: path, message: `${ANNOTATION}: ${message}`, help });
      }
      const addresses = flatMap(texts, (text) => readIpAddress(text) ?? []);
      for (const family of ['IPv4', 'IPv6'] as const) {
        const same = addresses.filter((address) => address.family === family).map(formatAddress);
        if (same.length < 2) continue;
        report({
          on: object,
          field: path,
          message: `${ANNOTATION} asks for ${same.join(' and ')}, and a pod has one ${family} address`,
          help: 'leave one of them',
        });
      }
      if (addresses.length > 0 && (object.ref.kind === 'DaemonSet' || (replicas ?? 1) > 1)) {
        report({
          on: object,
          field: path,
          message: `${formatAddress(addresses[0])} is asked for by every pod of ${objectText(object.ref)}, and one can have it`,
          help: 'fixed addresses are for a single pod: set replicas: 1, or leave the annotation out',
        });
      }
      for (const address of addresses) {
        uses.push({ workload, address, path });
        const ofFamily = poolsOf[address.family];
        if (ofFamily.length === 0 || coveringCidr(ofFamily, address) !== undefined) continue;
        report({
          on: object,
          field: path,
          // A pool may be outside of the input.
          severity: 'warning',
          message: `${formatAddress(address)} is in none of the pools here`,
          help: `choose an address of a pool for pods: ${cidrList(ofFamily)}`,
        });
      }
    }
    for (const { first, others } of collisions(uses, ({ address }) => formatAddress(address))) {
      for (const { workload, address, path } of others) {
        if (workload === first.workload) continue;
        report({
          on: workload.object,
          field: path,
          message: `${formatAddress(address)} is also asked for by ${objectText(first.workload.object.ref)}`,
          related: [{ on: first.workload.object, field: first.path, message: 'first requested here' }],
          help: 'the second pod does not start: give it another address',
        });
      }
    }
  },
};
