import { objectText } from '../../finding/finding';
import { below, isPortName, type ServicePort, type Workload } from '../../model';
import { once } from '../policies/pod-ports';
import type { NetworkRule, Violation } from '../network-rule';
import { PROTOCOLS } from './service-port-value';

/**
 * A named target port is looked up in each pod; pods without it are left out of the endpoints. Numbers are not checked
 * here: `containerPort` is informational. Nor are headless Services, for which the field is ignored (ServicePort, `targetPort`).
 */
export const targetPortMissing: NetworkRule = {
  code: 'NL211',
  slug: 'target-port-missing',
  severity: 'error',
  title: 'A Service names a target port that no selected pod has, or that some lack',
  check(model, report) {
    const havingOf = once(portsByName);
    for (const service of model.services) {
      if (service.selector === undefined || service.type === 'ExternalName' || service.headless) continue;
      const named = service.ports.filter(isLookedUp);
      if (named.length === 0) continue;
      const workloads = model.selectors.select(service.namespace, service.selector);
      if (workloads.length === 0) continue;
      for (const port of named) {
        const having = havingOf(workloads).get(nameKey(port.targetPort, port.protocol));
        const problem = having === undefined ? missing(port, workloads[0]) : lacking(port, having, workloads);
        if (problem !== undefined) report({ on: service.object, field: below(port.path, 'targetPort'), ...problem });
      }
    }
  },
};

/** Names and protocols that the API server refuses are the business of service-port-value. */
function isLookedUp({ targetPort, protocol }: ServicePort): boolean {
  return typeof targetPort === 'string' && isPortName(targetPort) && PROTOCOLS.includes(protocol);
}

function nameKey(name: string | number | undefined, protocol: string): string {
  return `${name ?? ''}/${protocol}`;
}

/** The workloads of a selection that have a port of a name; many Services may select the same pods. */
function portsByName(workloads: readonly Workload[]): ReadonlyMap<string, ReadonlySet<Workload>> {
  const having = new Map<string, Set<Workload>>();
  for (const workload of workloads) {
    for (const { name, protocol } of workload.containerPorts) {
      const key = nameKey(name, protocol);
      having.set(key, (having.get(key) ?? new Set()).add(workload));
    }
  }
  return having;
}

function missing({ targetPort, protocol }: ServicePort, example: Workload): Omit<Violation, 'on'> {
  return {
    message: `no selected pod has a ${protocol} port named ${String(targetPort)}`,
    related: [{ on: example.object, field: [], message: `selected: ${objectText(example.object.ref)}` }],
    help: `${objectText(example.object.ref)} has ${portNames(example)}`,
  };
}

/** Pods that declare no ports at all, such as workers, are beside others that the Service is for. */
function lacking(
  { targetPort, protocol }: ServicePort,
  having: ReadonlySet<Workload>,
  workloads: readonly Workload[],
): Omit<Violation, 'on'> | undefined {
  if (having.size === workloads.length) return undefined;
  const without = workloads.find((workload) => workload.containerPorts.length > 0 && !having.has(workload));
  if (without === undefined) return undefined;
  return {
    severity: 'warning',
    message: `${objectText(without.object.ref)} is selected and has no ${protocol} port named ${String(targetPort)}, so that it gets no connections`,
    related: [{ on: without.object, field: [], message: 'selected, and left out' }],
    help: `it has ${portNames(without)}: name the port in all of the selected pods, or select fewer`,
  };
}

function portNames({ containerPorts }: Workload): string {
  if (containerPorts.length === 0) return 'no ports: name one in its containers';
  return `the ports ${containerPorts.map((port) => `${port.name ?? 'unnamed'} (${port.containerPort}/${port.protocol})`).join(', ')}`;
}
