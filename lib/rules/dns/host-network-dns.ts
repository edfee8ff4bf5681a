import { below } from '../../model';
import type { NetworkRule } from '../network-rule';
import { podSpecs } from '../pods/pod-specs';

/** A remark: for pods in the network of their node, ClusterFirst means the servers of the node (PodSpec, `dnsPolicy`), which may be what is meant. */
export const hostNetworkDns: NetworkRule = {
  code: 'NL311',
  slug: 'host-network-dns',
  severity: 'info',
  title: 'Pods in the network of their node do not ask the cluster DNS',
  layer: 'object',
  check(model, report) {
    for (const { object, path, workload } of podSpecs(model)) {
      if (!workload.hostNetwork || workload.dnsPolicy !== 'ClusterFirst') continue;
      report({
        on: object,
        field: below(path, 'hostNetwork'),
        message: 'with hostNetwork the pods ask the name servers of their node, which know no Services',
        help: 'set dnsPolicy: ClusterFirstWithHostNet if they look up Services, or dnsPolicy: Default to say that they do not',
      });
    }
  },
};
