import { objectText } from '../../finding/finding';
import { concat, type ContainerPort, flatMap, type Workload } from '../../model';
import { groupBy } from '../../model/lookup';
import { compatibleIndex, type Requirements } from './compatible-requirements';
import { areApart } from './node-terms';
import type { NetworkRule } from '../network-rule';

interface HostPortUse {
  readonly workload: Workload;
  readonly port: ContainerPort;
}

/**
 * A pod is not placed on a node where a pod has the same host port, protocol and address already (kube-scheduler, NodePorts).
 * Two DaemonSets meet on every node that both may use, and pods that name their node on that node; other pods may find
 * another node: a warning.
 */
export const hostPortConflict: NetworkRule = {
  code: 'NL530',
  slug: 'host-port-conflict',
  severity: 'error',
  title: 'Two workloads want the same port of the same nodes',
  check(model, report) {
    const uses = flatMap(model.workloads, (workload) =>
      workload.containerPorts.filter(({ hostPort }) => hostPort !== undefined).map((port) => ({ workload, port })),
    );
    for (const sharers of groupBy(uses, ({ port }) => `${String(port.hostPort)}/${port.protocol}`).values()) {
      const seen = compatibleIndex<HostPortUse>();
      const seenOnEveryNode = compatibleIndex<HostPortUse>();
      for (const use of sharers) {
        const placement = placementOf(use);
        const everywhere = onEveryNode(use.workload);
        const other = (everywhere ? seenOnEveryNode.find(placement) : undefined) ?? seen.find(placement);
        seen.add(placement, use);
        if (everywhere) seenOnEveryNode.add(placement, use);
        if (other === undefined || areApart(use.workload, other.workload)) continue;
        const { hostPort, protocol, path } = use.port;
        const inOnePod = other.workload === use.workload;
        const certain =
          inOnePod || (everywhere && onEveryNode(other.workload)) || sameNode(use.workload, other.workload);
        const name = objectText(other.workload.object.ref);
        report({
          on: use.workload.object,
          field: path,
          message: inOnePod
            ? `host port ${String(hostPort)}/${protocol} is used twice in one pod`
            : `host port ${String(hostPort)}/${protocol} is also used by ${name}${certain ? ': where one runs, the other stays Pending' : ': they cannot share a node'}`,
          related: [{ on: other.workload.object, field: other.port.path, message: 'first used here' }],
          help: 'give one of them another hostPort or other nodes (nodeSelector), or use a Service instead of host ports',
          ...(!certain && { severity: 'warning' }),
        });
      }
    }
  },
};

/** Uses meet unless they want different nodes, or different addresses of a node. */
function placementOf({ workload, port }: HostPortUse): Requirements {
  const { nodeName } = workload;
  const labels = concat(
    [...workload.nodeSelector],
    affinityLabels(workload),
    nodeName === undefined ? [] : [['.metadata.name', nodeName] as const],
  );
  const nodes = labels.map(([key, value]): [string, string] => [`node ${key}`, value]);
  return new Map(port.hostIp === undefined ? nodes : [...nodes, ['address', port.hostIp]]);
}

/** What a node affinity asks for in the way of a nodeSelector: one value of a label. */
function affinityLabels({ nodeTerms }: Workload): readonly [string, string][] {
  const [term] = nodeTerms.length === 1 ? nodeTerms : [[]];
  return flatMap(term, ({ key, operator, values }): readonly [string, string][] =>
    operator === 'In' && values.length === 1 ? [[key, values[0]]] : [],
  );
}

function sameNode(one: Workload, two: Workload): boolean {
  return one.nodeName !== undefined && one.nodeName === two.nodeName;
}

/** On every node that has certain labels, whatever else it has. */
function onEveryNode(workload: Workload): boolean {
  const { object, nodeTerms } = workload;
  const simple =
    nodeTerms.length === 0 || (nodeTerms.length === 1 && affinityLabels(workload).length === nodeTerms[0].length);
  return object.ref.kind === 'DaemonSet' && simple;
}
