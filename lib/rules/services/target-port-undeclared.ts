import { objectText } from '../../finding/finding';
import {
  below,
  type ContainerPort,
  type FieldPath,
  flatMap,
  type ModelObject,
  type ServicePort,
  type Workload,
} from '../../model';
import { once } from '../policies/pod-ports';
import type { NetworkRule, Violation } from '../network-rule';

/**
 * A remark, since `containerPort` is informational (Container, `ports`), and programs listen on ports that no pod template mentions. A warning
 * where the input shows what was meant: another protocol, the one port that there is, or a port of the same name.
 */
export const targetPortUndeclared: NetworkRule = {
  code: 'NL249',
  slug: 'target-port-undeclared',
  severity: 'info',
  title: 'A Service leads to a port that the selected pods do not declare',
  check(model, report) {
    const declaredBy = once(declaredPorts);
    for (const { object, namespace, selector, type, headless, ports } of model.services) {
      if (selector === undefined || type === 'ExternalName' || headless) continue;
      const workloads = model.selectors.select(namespace, selector);
      const declared = declaredBy(workloads);
      // Pods that declare nothing say nothing about where they listen.
      if (declared.size === 0) continue;
      for (const servicePort of ports) {
        const number = numberOf(servicePort);
        if (number === undefined || declared.get(number)?.has(servicePort.protocol)) continue;
        const problem = problemOf(servicePort, number, { ports, workloads, declared });
        if (problem === undefined) continue;
        report({
          on: object,
          field: below(servicePort.path, servicePort.targetPort === undefined ? 'port' : 'targetPort'),
          ...problem,
        });
      }
    }
  },
};

/** The protocols of each port number that the pods declare. */
type DeclaredPorts = ReadonlyMap<number, ReadonlySet<string>>;

interface Selected {
  /** All ports of the Service. */
  readonly ports: readonly ServicePort[];
  readonly workloads: readonly Workload[];
  readonly declared: DeclaredPorts;
}

type Problem = Pick<Violation, 'message' | 'help' | 'severity' | 'related'>;

function problemOf(port: ServicePort, number: number, selected: Selected): Problem | undefined {
  const { ports, workloads, declared } = selected;
  const protocols = declared.get(number);
  if (protocols !== undefined) return anotherProtocol(port, number, protocols, selected);
  const message = `no selected pod declares the port ${number}`;
  const namesake = declaredAs(port, workloads);
  if (namesake !== undefined) {
    return {
      message,
      severity: 'warning',
      related: [{ on: namesake.on, field: namesake.field, message: `port ${namesake.name} of the pods` }],
      help: `the port ${namesake.name} of the pods is ${namesake.containerPort}: lead to it, by number or as targetPort: ${namesake.name}`,
    };
  }
  const numbers = [...declared.keys()].sort((a, b) => a - b);
  const meant = onlyPort(selected);
  return {
    message,
    ...(meant !== undefined && !ports.some((other) => leadsTo(other, meant)) && { severity: 'warning' }),
    related: selectedExample(workloads),
    help: `the selected pods declare ${numbers.join(', ')}: compare with what the program listens on`,
  };
}

/** Undefined where the Service has the number for both, as for DNS and HTTP/3: a declaration is often for one. */
function anotherProtocol(
  { protocol }: ServicePort,
  number: number,
  protocols: ReadonlySet<string>,
  { ports, workloads }: Selected,
): Problem | undefined {
  if (ports.some((other) => protocols.has(other.protocol) && numberOf(other) === number)) return undefined;
  const others = [...protocols].sort().join(' and ');
  return {
    message: `the selected pods declare the port ${number} for ${others}, and the Service leads to it for ${protocol}`,
    severity: 'warning',
    related: selectedExample(workloads),
    help: `set protocol to ${others}, or declare the port in the containers for ${protocol}`,
  };
}

function selectedExample([example]: readonly Workload[]): Problem['related'] {
  return [{ on: example.object, field: [], message: `selected: ${objectText(example.object.ref)}` }];
}

/** Ports beside the one that serves, which alone is often declared. */
const OF_OPERATION = /metric|prom|health|probe|live|ready|admin|debug|status/i;

/** The only port that the pods declare, unless it is one of operation. */
function onlyPort({ workloads, declared }: Selected): ContainerPort | undefined {
  if (declared.size !== 1) return undefined;
  const port = flatMap(workloads, ({ containerPorts }) => containerPorts).at(0);
  return port === undefined || OF_OPERATION.test(port.name ?? '') ? undefined : port;
}

function leadsTo(port: ServicePort, { containerPort, name }: ContainerPort): boolean {
  return numberOf(port) === containerPort || (name !== undefined && port.targetPort === name);
}

/** Undefined for a port that is looked up by its name. */
function numberOf({ port, targetPort }: ServicePort): number | undefined {
  const number = targetPort ?? port;
  return typeof number === 'string' ? undefined : number;
}

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

function declaredPorts(workloads: readonly Workload[]): DeclaredPorts {
  const declared = new Map<number, Set<string>>();
  for (const { containerPorts } of workloads) {
    for (const { containerPort, protocol } of containerPorts) {
      declared.set(containerPort, (declared.get(containerPort) ?? new Set()).add(protocol));
    }
  }
  return declared;
}
