import type { NetworkRule } from '../../rules/network-rule';
import { conditionOf } from '../running-pods';

/** Pods of such a node are taken out of their Services, and new ones do not start (NodeConditionType, `Ready` and `NetworkUnavailable`). */
export const nodeNotReady: NetworkRule = {
  code: 'NL661',
  slug: 'node-not-ready',
  severity: 'error',
  title: 'A node is not ready, or has no network',
  check(model, report) {
    for (const { object, name } of model.nodes) {
      const ready = conditionOf(object, 'Ready');
      const unavailable = conditionOf(object, 'NetworkUnavailable');
      const wrong =
        ready !== undefined && ready.status !== 'True'
          ? { ...ready, type: 'Ready' }
          : unavailable?.status === 'True'
            ? { ...unavailable, type: 'NetworkUnavailable' }
            : undefined;
      if (wrong === undefined) continue;
      const said = [wrong.reason, wrong.message].filter((part) => part !== undefined).join(', ');
      report({
        on: object,
        field: ['status', 'conditions', wrong.index],
        message: `node ${name}: ${wrong.type} is ${wrong.status}${said === '' ? '' : `: ${said}`}`,
        help: helpFor(said, name, wrong.status),
      });
    }
  },
};

function helpFor(said: string, node: string, status: string): string {
  if (/cni|network plugin|NetworkPluginNotReady/i.test(said)) {
    return `the network plugin has written no configuration on this node yet: look at its pod there, kubectl get pods -A -o wide --field-selector spec.nodeName=${node}`;
  }
  if (status === 'Unknown') return `its kubelet tells nothing any more: look at the machine, systemctl status kubelet`;
  return `look at the node: kubectl describe node ${node}`;
}
