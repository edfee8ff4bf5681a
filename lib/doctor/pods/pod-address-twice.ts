import { compareText } from '../../finding/finding';
import type { NetworkRule } from '../../rules/network-rule';
import { append } from '../../model/lookup';
import { type RunningPod, runningPods } from '../running-pods';

/** An address belongs to one pod of a cluster (Kubernetes network model); only pods of the host network share those of their node. */
export const podAddressTwice: NetworkRule = {
  code: 'NL671',
  slug: 'pod-address-twice',
  severity: 'error',
  title: 'Two running pods have the same address',
  check(model, report) {
    const byAddress = new Map<string, RunningPod[]>();
    for (const pod of runningPods(model).all) {
      if (pod.workload.hostNetwork) continue;
      for (const address of pod.addresses) append(byAddress, address, pod);
    }
    for (const [address, pods] of byAddress) {
      if (pods.length < 2) continue;
      const [first, second] = [...pods].sort((a, b) => compareText(a.text, b.text));
      report({
        on: second.object,
        field: ['status', 'podIP'],
        message: `${address} is also the address of pod ${first.text}, on node ${first.node ?? 'unknown'}`,
        help: 'two nodes give addresses of one range, or a node joined again with its old pods: compare the pod CIDRs of both nodes, then delete one of the pods, which comes back with another address',
        related: [{ on: first.object, field: ['status', 'podIP'], message: 'first used here' }],
      });
    }
  },
};
