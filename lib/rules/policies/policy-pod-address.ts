import { type Cidr, cidrsOverlap, formatAddress, formatCidr, hostBits } from '../../address';
import { below, flatMap, type NetworkModel, readMaskedCidr } from '../../model';
import { coveringCidr } from '../addresses';
import { jsonTexts, podAnnotations } from '../pools/pod-annotations';
import type { NetworkRule } from '../network-rule';

/** Pods come and go with other addresses: blocks should be addresses outside of the cluster (NetworkPolicy documentation, `ipBlock`). */
export const policyPodAddress: NetworkRule = {
  code: 'NL521',
  slug: 'policy-pod-address',
  severity: 'warning',
  title: 'An ipBlock of a NetworkPolicy is the address of one pod, which does not keep it',
  needs: ['podCidrs'],
  concerns: ({ networkPolicies }) =>
    networkPolicies.some(({ rules }) => rules.some(({ peers }) => peers.some(({ ipBlock }) => ipBlock !== undefined))),
  check(model, report) {
    const podCidrs = model.facts.podCidrs ?? [];
    const nodeCidrs = model.facts.nodeCidrs ?? [];
    // Where pods get addresses of the network around the cluster, it may be that of a machine.
    if (podCidrs.some((pods) => nodeCidrs.some((nodes) => cidrsOverlap(pods, nodes)))) return;
    let fixed: ReadonlySet<string> | undefined;
    for (const { object, isolates, rules } of model.networkPolicies) {
      for (const { direction, peers } of rules) {
        if (!isolates.has(direction)) continue;
        for (const { ipBlock, path } of peers) {
          const block = typeof ipBlock?.cidr === 'string' ? readMaskedCidr(ipBlock.cidr) : undefined;
          if (block === undefined || hostBits(block) > 0) continue;
          const around = coveringCidr(podCidrs, { family: block.family, value: block.base });
          fixed ??= fixedAddresses(model);
          if (around === undefined || fixed.has(addressText(block))) continue;
          report({
            on: object,
            field: below(path, 'ipBlock', 'cidr'),
            message: `${formatCidr(block)} is the address of a pod, in the pod CIDR ${formatCidr(around)}: the next pod gets another one`,
            help: 'select the pods by their labels, with podSelector and namespaceSelector',
          });
        }
      }
    }
  },
};

function addressText({ family, base }: Cidr): string {
  return formatAddress({ family, value: base });
}

/** Calico gives a pod the address that it asks for. */
function fixedAddresses({ workloads }: NetworkModel): ReadonlySet<string> {
  return new Set(
    flatMap(workloads, (workload) => {
      const { annotations } = podAnnotations(workload);
      return flatMap(
        ['ipAddrs', 'ipAddrsNoIpam'],
        (name) => jsonTexts(annotations.get(`cni.projectcalico.org/${name}`) ?? '[]') ?? [],
      );
    }),
  );
}
