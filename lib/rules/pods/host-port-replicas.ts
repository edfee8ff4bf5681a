import type { NetworkRule } from '../network-rule';

/** A host port is free for one pod of a node (kube-scheduler, NodePorts). */
export const hostPortReplicas: NetworkRule = {
  code: 'NL531',
  slug: 'host-port-replicas',
  severity: 'info',
  title: 'Replicas with a host port: at most one of them runs on a node',
  check(model, report) {
    for (const { object, replicas, containerPorts } of model.workloads) {
      if (replicas === undefined || replicas < 2 || object.ref.kind === 'DaemonSet') continue;
      const port = containerPorts.find(({ hostPort }) => hostPort !== undefined);
      if (port?.hostPort === undefined) continue;
      report({
        on: object,
        field: port.path,
        message: `host port ${port.hostPort} with ${replicas} replicas: each needs a node of its own, and an update needs one more`,
        help: 'use a Service, or a DaemonSet if each node is to have one',
      });
    }
  },
};
