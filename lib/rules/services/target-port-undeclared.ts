import { objectText } from '../../finding/finding';
import { flatMap, type Workload } from '../../model';
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
      for (const { port, targetPort, path } of ports) {
        const number = targetPort ?? port;
        if (typeof number === 'string' || declared.has(number)) continue;
        report({
          on: object,
          field: [...path, targetPort === undefined ? 'port' : 'targetPort'],
          message: `no selected pod declares the port ${number}`,
          related: [{ on: example.object, field: [], message: `selected: ${objectText(example.object.ref)}` }],
          help: `the selected pods declare ${[...declared].sort((a, b) => a - b).join(', ')}: compare with what the program listens on`,
        });
      }
    }
  },
};

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
