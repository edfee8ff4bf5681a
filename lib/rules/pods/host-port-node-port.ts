import { objectText } from '../../finding/finding';
import type { NetworkRule } from '../network-rule';

/** Both are ports of the node: what arrives there goes to the pod or to the Service, as the rules of the packet filter happen to stand. */
export const hostPortNodePort: NetworkRule = {
  code: 'NL532',
  slug: 'host-port-node-port',
  severity: 'warning',
  title: 'A host port of a pod is the node port of a Service',
  check(model, report) {
    const nodePorts = new Map(
      model.services.flatMap((service) =>
        service.ports.map((port) => [`${String(port.nodePort)}/${port.protocol}`, { service, port }] as const),
      ),
    );
    for (const { object, containerPorts } of model.workloads) {
      for (const { hostPort, protocol, path } of containerPorts) {
        const use = hostPort === undefined ? undefined : nodePorts.get(`${hostPort}/${protocol}`);
        if (use === undefined) continue;
        report({
          on: object,
          field: path,
          message: `host port ${String(hostPort)}/${protocol} is also the node port of ${objectText(use.service.object.ref)}: on the nodes of the pod one of them hides the other`,
          related: [{ on: use.service.object, field: [...use.port.path, 'nodePort'], message: 'the node port' }],
          help: 'keep host ports outside of the node port range, which is 30000-32767 unless configured otherwise',
        });
      }
    }
  },
};
