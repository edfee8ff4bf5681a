import { objectText } from '../../finding/finding';
import { below, type FieldPath, flatMap, type ModelObject, type ServicePort, type Workload } from '../../model';
import type { NetworkRule } from '../network-rule';

/** A remark: `containerPort` is informational (Container, `ports`), and programs listen on ports that no pod template mentions. */
export const targetPortUndeclared: NetworkRule = {
  code: 'NL249',
  slug: 'target-port-undeclared',
  severity: 'info',
  title: 'A Service leads to a port that the selected pods do not declare',
  check(model, report) {
    const declaredBy = declaredPorts();
    for (const { object, namespace, selector, type, headless, ports } of model.services) {
      if (selector === undefined || type === 'ExternalName' || headless) continue;
      const workloads = model.selectors.select(namespace, selector);
      const declared = declaredBy(workloads);
      const example = workloads.at(0);
      // Pods that declare nothing say nothing about where they listen.
      if (example === undefined || declared.size === 0) continue;
      for (const servicePort of ports) {
        const { port, targetPort, path } = servicePort;
        const number = targetPort ?? port;
        if (typeof number === 'string' || declared.has(number)) continue;
        const violation = {
          on: object,
          field: below(path, targetPort === undefined ? 'port' : 'targetPort'),
          message: `no selected pod declares the port ${number}`,
        };
        const namesake = declaredAs(servicePort, workloads);
        report(
          namesake === undefined
            ? {
                ...violation,
                related: [{ on: example.object, field: [], message: `selected: ${objectText(example.object.ref)}` }],
                help: `the selected pods declare ${[...declared].sort((a, b) => a - b).join(', ')}: compare with what the program listens on`,
              }
            : {
                ...violation,
                related: [{ on: namesake.on, field: namesake.field, message: `port ${namesake.name} of the pods` }],
                help: `the port ${namesake.name} of the pods is ${namesake.containerPort}: lead to it, by number or as targetPort: ${namesake.name}`,
              },
        );
      }
    }
  },
};

/** The port of the pods that has the name of the port of the Service. */
function declaredAs(
  { name, protocol }: ServicePort,
  workloads: readonly Workload[],
): { on: ModelObject; field: FieldPath; name: string; containerPort: number } | undefined {
  if (name === undefined) return undefined;
  for (const { object, containerPorts } of workloads) {
    const found = containerPorts.find((declared) => declared.name === name && declared.protocol === protocol);
    if (found !== undefined) return { on: object, field: found.path, name, containerPort: found.containerPort };
  }
  return undefined;
}

/** Many Services may select the same pods. */
function declaredPorts(): (workloads: readonly Workload[]) => ReadonlySet<number> {
  const known = new Map<readonly Workload[], ReadonlySet<number>>();
  return (workloads) => {
    const ports =
      known.get(workloads) ??
      new Set(flatMap(workloads, ({ containerPorts }) => containerPorts.map(({ containerPort }) => containerPort)));
    known.set(workloads, ports);
    return ports;
  };
}
