import { objectText } from '../../finding/finding';
import { below, type FieldPath, flatMap, type Service } from '../../model';
import type { NetworkRule } from '../network-rule';

/** Both are ports of the node: what arrives there goes to the pod or to the Service, as the rules of the packet filter happen to stand. */
export const hostPortNodePort: NetworkRule = {
  code: 'NL532',
  slug: 'host-port-node-port',
  severity: 'warning',
  title: 'A host port of a pod is the node port of a Service',
  check(model, report) {
    const nodePorts = new Map(flatMap(model.services, nodePortsOf).map((use) => [use.key, use]));
    for (const { object, containerPorts } of model.workloads) {
      for (const { hostPort, protocol, path } of containerPorts) {
        const use = hostPort === undefined ? undefined : nodePorts.get(`${hostPort}/${protocol}`);
        if (use === undefined) continue;
        report({
          on: object,
          field: path,
          message: `host port ${String(hostPort)}/${protocol} is also the ${use.what} of ${objectText(use.service.object.ref)}: on the nodes of the pod one of them hides the other`,
          related: [{ on: use.service.object, field: use.path, message: `the ${use.what}` }],
          help: 'keep host ports outside of the node port range, which is 30000-32767 unless configured otherwise',
        });
      }
    }
  },
};

interface NodePortUse {
  readonly key: string;
  readonly service: Service;
  readonly path: FieldPath;
  readonly what: string;
}

/** kube-proxy answers health checks itself, over TCP, at a port of the same range. */
function nodePortsOf(service: Service): readonly NodePortUse[] {
  const { healthCheckNodePort } = service;
  const ports = flatMap(service.ports, ({ nodePort, protocol, path }): readonly NodePortUse[] =>
    nodePort === undefined
      ? []
      : [{ key: `${nodePort}/${protocol}`, service, path: below(path, 'nodePort'), what: 'node port' }],
  );
  return healthCheckNodePort === undefined
    ? ports
    : [
        ...ports,
        {
          key: `${healthCheckNodePort}/TCP`,
          service,
          path: ['spec', 'healthCheckNodePort'],
          what: 'health check node port',
        },
      ];
}
