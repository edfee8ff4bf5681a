import { type AddressSet, addressSet, formatCidr, rangeOfCidr, setHas } from '../../address';
import { flatMap, type NetworkModel } from '../../model';
import type { NetworkRule } from '../../rules/network-rule';
import { runningPods } from '../running-pods';

/** Routes, policies and masquerading are for the ranges of pods: what is outside of them is treated as another network. */
export const podAddressOutside: NetworkRule = {
  code: 'NL672',
  slug: 'pod-address-outside',
  severity: 'warning',
  title: 'A running pod has an address outside of every pod range',
  needs: ['podCidrs'],
  check(model, report) {
    const ranges = podRanges(model);
    const outside = runningPods(model).all.filter(
      ({ workload }) =>
        !workload.hostNetwork &&
        workload.podIps.some((address) => ranges.families.has(address.family) && !setHas(ranges.all, address)),
    );
    if (outside.length === 0) return;
    const [first, ...others] = outside;
    report({
      on: first.object,
      field: ['status', 'podIP'],
      message: `${first.addresses.join(', ')} is in no pod range (${ranges.text})${others.length === 0 ? '' : `, and ${others.length} more pods have such an address`}`,
      help: 'a pod keeps its address when the range changes: restart the pods of the old range, or name the range where the cluster has several (--pod-cidr)',
      related: others
        .slice(0, NAMED)
        .map(({ object }) => ({ on: object, field: ['status', 'podIP'], message: 'this one, too' })),
    });
  },
};

const NAMED = 3;

/** Pools of Calico and the blocks of the Nodes count beside the cluster CIDR. */
function podRanges(model: NetworkModel): {
  readonly all: AddressSet;
  readonly families: ReadonlySet<string>;
  readonly text: string;
} {
  const cidrs = [
    ...(model.facts.podCidrs ?? []),
    ...model.ipPools.map(({ cidr }) => cidr),
    ...flatMap(model.nodes, ({ podCidrs }) => podCidrs.map(({ value }) => value)),
  ];
  return {
    all: addressSet(cidrs.map(rangeOfCidr)),
    families: new Set(cidrs.map(({ family }) => family)),
    text: (model.facts.podCidrs ?? []).map(formatCidr).join(', '),
  };
}
