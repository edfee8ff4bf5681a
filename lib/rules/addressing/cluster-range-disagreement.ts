import {
  type AddressSet,
  addressSet,
  type Cidr,
  formatCidr,
  rangeOfCidr,
  rangesOverlap,
  setCovers,
} from '../../address';
import { compareText, objectText } from '../../finding/finding';
import { flatMap, type NetworkModel, type RangeSetting, type StatedRanges } from '../../model';
import type { NetworkRule } from '../network-rule';

/** In the order of who decides: an argument wins over the setting that kubeadm makes the same argument of. */
const SETTINGS: Readonly<Record<StatedRanges['role'], readonly RangeSetting[]>> = {
  pods: [
    'podSubnet of kubeadm',
    'cluster-cidr of k3s',
    'cluster-cidr of RKE2',
    'cluster-cidr of the controller manager',
    'clusterCIDR of kube-proxy',
    'Network of Flannel',
  ],
  services: [
    'serviceSubnet of kubeadm',
    'service-cidr of k3s',
    'service-cidr of RKE2',
    'service-cluster-ip-range of the API server',
    'service-cluster-ip-range of the controller manager',
    'ServiceCIDR',
  ],
};

/**
 * kubeadm, the controller manager, kube-proxy and the network plugin each have the pod range, the API server and the controller
 * manager the service range; nothing compares them. kube-proxy takes pods outside of its clusterCIDR for strangers, and Flannel
 * refuses nodes whose podCIDR is outside of its Network (flannel-io/flannel, pkg/subnet/kube).
 */
export const clusterRangeDisagreement: NetworkRule = {
  code: 'NL132',
  slug: 'cluster-range-disagreement',
  severity: 'warning',
  title: 'The components of the cluster have different ranges',
  check(model, report) {
    for (const role of ['pods', 'services'] as const) {
      const all = flatMap(SETTINGS[role], (setting) => {
        const stated = model.statements.ranges.find((candidate) => isCompared(candidate, setting));
        return stated === undefined ? [] : [stated];
      });
      const reference = all.at(0);
      if (reference === undefined) continue;
      const given = role === 'pods' ? model.givenFacts.podCidrs : model.givenFacts.serviceCidrs;
      const expected = cidrsOf(reference);
      const expectedText = listText(expected);
      if (given !== undefined && listText(given) !== expectedText) {
        report({
          on: reference.object,
          field: reference.entries[0].path,
          message: `${reference.setting} is ${expectedText}, and the cluster was said to have ${listText(given)}`,
          help: 'the object counts; correct the one that is wrong',
        });
      }
      for (const other of all.slice(1)) {
        if (listText(cidrsOf(other)) === expectedText) continue;
        report({
          on: other.object,
          field: other.entries[0].path,
          ...((isFatal(other, expected) || isOfServices(model, other)) && { severity: 'error' }),
          message: `${other.setting} is ${listText(cidrsOf(other))}, and ${reference.setting} is ${expectedText}`,
          related: [
            {
              on: reference.object,
              field: reference.entries[0].path,
              message: `${reference.setting}, in ${objectText(reference.object.ref)}`,
            },
          ],
          help: `set both to the same range${role === 'pods' ? ': pods outside of it are taken for strangers, or get no address' : ''}`,
        });
      }
    }
    poolsOutsideOfKubeProxy(model, report);
  },
};

/** Cilium allocates by itself; kube-proxy alone has to know. The pools of Calico are those of `ip-pool-outside-cluster-cidr`. */
function poolsOutsideOfKubeProxy(model: NetworkModel, report: Parameters<NetworkRule['check']>[1]): void {
  const { ranges } = model.statements;
  const proxy = ranges.find(({ setting }) => setting === 'clusterCIDR of kube-proxy');
  if (proxy === undefined) return;
  const covered = addressSet(cidrsOf(proxy).map(rangeOfCidr));
  for (const { setting, object, entries } of ranges) {
    if (setting !== 'cluster pool of Cilium' && setting !== 'CiliumPodIPPool') continue;
    for (const { cidr, path } of entries) {
      if (cidr === undefined || setCovers(covered, rangeOfCidr(cidr))) continue;
      report({
        on: object,
        field: path,
        message: `${setting} ${formatCidr(cidr)} is not inside ${proxy.setting}, ${listText(cidrsOf(proxy))}`,
        related: [{ on: proxy.object, field: proxy.entries[0].path, message: proxy.setting }],
        help: 'kube-proxy takes these pods for strangers and hides their addresses: add the range to its clusterCIDR',
      });
    }
  }
}

/** Of the ServiceCIDRs the one that the API server makes of its argument; of several families the order is not compared here. */
function isCompared({ setting, object, entries }: StatedRanges, wanted: RangeSetting): boolean {
  return (
    setting === wanted &&
    entries.length > 0 &&
    entries.every(({ cidr }) => cidr !== undefined) &&
    (setting !== 'ServiceCIDR' || object.ref.name === 'kubernetes')
  );
}

function isFatal({ setting, entries }: StatedRanges, expected: readonly Cidr[]): boolean {
  if (setting !== 'Network of Flannel') return false;
  const network = addressSet(flatMap(entries, ({ cidr }) => (cidr === undefined ? [] : [rangeOfCidr(cidr)])));
  return expected.some(
    (cidr) => entries.some((entry) => entry.cidr?.family === cidr.family) && !setCovers(network, rangeOfCidr(cidr)),
  );
}

/** Addresses of Services are none of pods: every packet to them would be taken for one. */
function isOfServices({ facts }: NetworkModel, { role, entries }: StatedRanges): boolean {
  if (role !== 'pods' || facts.serviceCidrs === undefined) return false;
  const services = addressSet(facts.serviceCidrs.map(rangeOfCidr));
  return entries.some(({ cidr }) => cidr !== undefined && overlapsAny(services, cidr));
}

function overlapsAny({ ranges }: AddressSet, cidr: Cidr): boolean {
  return ranges.some((range) => rangesOverlap(range, rangeOfCidr(cidr)));
}

/** Settings that repeat what another one decides, and say something else: a fault of their own, and no range of the cluster. */
export function wrongCopies({ statements }: NetworkModel): ReadonlySet<StatedRanges> {
  return new Set(
    flatMap(['pods', 'services'] as const, (role) => {
      const all = flatMap(SETTINGS[role], (setting) => statements.ranges.find((one) => isCompared(one, setting)) ?? []);
      const reference = all.at(0);
      return reference === undefined
        ? []
        : all.slice(1).filter((other) => listText(cidrsOf(other)) !== listText(cidrsOf(reference)));
    }),
  );
}

function cidrsOf({ entries }: StatedRanges): readonly Cidr[] {
  return flatMap(entries, ({ cidr }) => cidr ?? []);
}

function listText(cidrs: readonly Cidr[]): string {
  return cidrs.map(formatCidr).sort(compareText).join(', ');
}
