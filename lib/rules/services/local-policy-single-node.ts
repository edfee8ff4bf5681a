import { objectText } from '../../finding/finding';
import { flatMap, type Workload } from '../../model';
import type { NetworkRule } from '../network-rule';

/**
 * With `externalTrafficPolicy: Local` a node answers for its own pods alone (ServiceSpec, `externalTrafficPolicy`; KEP-1669). With one pod,
 * that is one node, and none while the pod moves.
 */
export const localPolicySingleNode: NetworkRule = {
  code: 'NL271',
  slug: 'local-policy-single-node',
  severity: 'info',
  title: 'A Service with externalTrafficPolicy Local has the pods of one node alone',
  check(model, report) {
    for (const { object, namespace, type, externalTrafficPolicy, selector } of model.services) {
      if (externalTrafficPolicy !== 'Local' || (type !== 'LoadBalancer' && type !== 'NodePort')) continue;
      const workloads = selector === undefined ? [] : model.selectors.select(namespace, selector);
      const because = singleNode(workloads);
      if (because === undefined) continue;
      report({
        on: object,
        field: ['spec', 'externalTrafficPolicy'],
        message: `externalTrafficPolicy is Local, and ${because}: no other node answers`,
        related: workloads.slice(0, 1).map((workload) => ({ on: workload.object, field: [], message: 'the pods' })),
        help: 'run pods on several nodes, or use Cluster, which hides the addresses of clients',
      });
    }
  },
};

const HOST_NAME = 'kubernetes.io/hostname';

function singleNode(workloads: readonly Workload[]): string | undefined {
  if (workloads.length === 0) return undefined;
  const [workload, ...others] = workloads;
  if (others.length === 0 && workload.replicas === 1) return `${objectText(workload.object.ref)} has one pod`;
  const nodes = flatMap(workloads, ({ nodeName, nodeSelector }) => nodeName ?? nodeSelector.get(HOST_NAME) ?? []);
  const isOne = nodes.length === workloads.length && new Set(nodes).size === 1;
  return isOne ? `all of its pods are tied to the node ${nodes[0]}` : undefined;
}
