import { objectText } from '../../finding/finding';
import { isDnsLabel, type Service } from '../../model';
import { shown } from '../field-problem';
import type { NetworkRule } from '../network-rule';

/** kube-proxy joins the ports of a Service and of its endpoints by name (EndpointPort, `name`). */
export const endpointPortName: NetworkRule = {
  code: 'NL247',
  slug: 'endpoint-port-name',
  severity: 'warning',
  title: 'A port of endpoints has a name or a protocol that no port of their Service has',
  check(model, report) {
    for (const { object, namespace, serviceName, addresses, portNames } of model.endpoints) {
      const service = serviceName === undefined ? undefined : model.service(namespace, serviceName);
      if (service === undefined || service.ports.length === 0 || service.selector !== undefined) continue;
      if (addresses.length > 0 && addresses.every(({ value }) => value === PLACEHOLDER)) continue;
      const known = new Map(service.ports.map((port) => [port.name ?? '', port]));
      for (const { value, path, protocol } of portNames) {
        const port = known.get(value);
        if (port !== undefined) {
          if (port.protocol === protocol || !PROTOCOLS.has(protocol) || !PROTOCOLS.has(port.protocol)) continue;
          report({
            on: object,
            field: path,
            message: `the port is for ${protocol}, and that of ${objectText(service.object.ref)} for ${port.protocol}`,
            related: [{ on: service.object, field: ['spec', 'ports'], message: 'the ports of the Service' }],
            help: `set protocol to ${port.protocol}: connections of another protocol lead to no endpoint`,
          });
          continue;
        }
        // What is no name of a port has a rule of its own.
        if (value !== '' && !isDnsLabel(value)) continue;
        report({
          on: object,
          field: path,
          message: `the port ${value === '' ? 'without a name' : shown(value)} belongs to no port of ${objectText(service.object.ref)}`,
          related: [{ on: service.object, field: ['spec', 'ports'], message: `has ${namesOf(service)}` }],
          help: 'ports are joined by name: give it the name that the port has in the Service',
        });
      }
    }
  },
};

/** Cilium gives it to the Services of its Ingresses and Gateways, whose connections its proxy takes before (operator/pkg/model/translation). */
const PLACEHOLDER = '192.192.192.192';
const PROTOCOLS: ReadonlySet<string> = new Set(['SCTP', 'TCP', 'UDP']);

function namesOf({ ports }: Service): string {
  return ports.map(({ name, port }) => name ?? `${port} without a name`).join(', ');
}
