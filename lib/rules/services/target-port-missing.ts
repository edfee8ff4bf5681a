import { objectText } from '../../finding/finding';
import type { Workload } from '../../model';
import type { NetworkRule } from '../network-rule';

/**
 * A named target port is looked up in each pod; pods without it are left out of the endpoints. Numbers are not checked
 * here: `containerPort` is informational. Nor are headless Services, for which the field is ignored (ServicePort, `targetPort`).
 */
export const targetPortMissing: NetworkRule = {
  code: 'NL211',
  slug: 'target-port-missing',
  severity: 'error',
  title: 'A Service names a target port that no selected pod has',
  check(model, report) {
    const portsOfSelected = portsBySelection();
    for (const service of model.services) {
      if (service.selector === undefined || service.type === 'ExternalName' || service.headless) continue;
      const named = service.ports.filter(({ targetPort }) => typeof targetPort === 'string');
      if (named.length === 0) continue;
      const workloads = model.selectors.select(service.namespace, service.selector);
      const example = workloads.at(0);
      if (example === undefined) continue;
      for (const { targetPort, protocol, path } of named) {
        if (portsOfSelected(workloads).has(`${String(targetPort)}/${protocol}`)) continue;
        report({
          on: service.object,
          field: [...path, 'targetPort'],
          message: `no selected pod has a ${protocol} port named ${String(targetPort)}`,
          related: [{ on: example.object, field: [], message: `selected: ${objectText(example.object.ref)}` }],
          help: `${objectText(example.object.ref)} has ${portNames(example)}`,
        });
      }
    }
  },
};

/** The named ports of a selection; many Services may select the same pods. */
function portsBySelection(): (workloads: readonly Workload[]) => ReadonlySet<string> {
  const known = new Map<readonly Workload[], ReadonlySet<string>>();
  return (workloads) => {
    const ports =
      known.get(workloads) ??
      new Set(
        workloads.flatMap(({ containerPorts }) =>
          containerPorts.map(({ name, protocol }) => `${name ?? ''}/${protocol}`),
        ),
      );
    known.set(workloads, ports);
    return ports;
  };
}

function portNames({ containerPorts }: Workload): string {
  if (containerPorts.length === 0) return 'no ports: name one in its containers';
  return `the ports ${containerPorts.map((port) => `${port.name ?? 'unnamed'} (${port.containerPort}/${port.protocol})`).join(', ')}`;
}
