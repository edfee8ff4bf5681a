import {
  flatMap,
  type NetworkModel,
  type NetworkPolicy,
  type PolicyRule,
  type Service,
  type ServicePort,
  type Workload,
} from '../../model';

/** The ports of a selection of pods. */
export interface PodPorts {
  /** Whether each of the pods says what it listens on, which it need not. */
  readonly allDeclared: boolean;
  /** `8080/TCP` and `http/TCP`. */
  readonly ports: ReadonlySet<string>;
}

export function portKey(port: number | string, protocol: string): string {
  return `${port}/${protocol}`;
}

/** The ports of selections; many rules select the same pods, and get the same array of them. */
export function portsOfSelections(): (workloads: readonly Workload[]) => PodPorts {
  return once((workloads) => ({
    allDeclared: workloads.every(({ containerPorts }) => containerPorts.length > 0),
    ports: new Set(
      flatMap(workloads, ({ containerPorts }) =>
        flatMap(containerPorts, ({ name, containerPort, protocol }) => [
          portKey(containerPort, protocol),
          ...(name === undefined ? [] : [portKey(name, protocol)]),
        ]),
      ),
    ),
  }));
}

/** A port of a Service that its pods know by another number. */
export interface Mapping {
  readonly service: Service;
  readonly port: ServicePort;
}

/** The mapped ports of the Services in front of any of the pods, by the port of the Service. */
export function mappingsOfSelections(
  model: NetworkModel,
): (workloads: readonly Workload[]) => ReadonlyMap<string, Mapping> {
  // Most networks have no policy that asks.
  let byWorkload: ReadonlyMap<Workload, readonly Mappings[]> | undefined;
  return once((workloads) => {
    byWorkload ??= mappingsByWorkload(model);
    const mappings = new Map<string, Mapping>();
    for (const some of new Set(flatMap(workloads, (workload) => byWorkload?.get(workload) ?? []))) {
      for (const [key, mapping] of some) if (!mappings.has(key)) mappings.set(key, mapping);
    }
    return mappings;
  });
}

type Mappings = ReadonlyMap<string, Mapping>;

/** Services that select the same pods share one map; of those that have a port in common the first counts. */
function mappingsByWorkload(model: NetworkModel): Map<Workload, Mappings[]> {
  const bySelection = new Map<readonly Workload[], Map<string, Mapping>>();
  for (const service of model.services) {
    if (service.selector === undefined || service.headless || service.type === 'ExternalName') continue;
    const mapped = service.ports.filter(({ port, targetPort }) => targetPort !== undefined && targetPort !== port);
    if (mapped.length === 0) continue;
    const workloads = model.selectors.select(service.namespace, service.selector);
    const mappings = bySelection.get(workloads) ?? new Map<string, Mapping>();
    for (const port of mapped) {
      const key = portKey(port.port, port.protocol);
      if (!mappings.has(key)) mappings.set(key, { service, port });
    }
    bySelection.set(workloads, mappings);
  }
  const byWorkload = new Map<Workload, Mappings[]>();
  for (const [workloads, mappings] of bySelection) {
    for (const workload of workloads) {
      const known = byWorkload.get(workload);
      if (known === undefined) byWorkload.set(workload, [mappings]);
      else known.push(mappings);
    }
  }
  return byWorkload;
}

/**
 * The pods at which connections of the rule arrive: those that the policy selects, or those of the peers. Undefined when the
 * input does not know them all, and for a peer of addresses.
 */
export function destinationsOf(
  model: NetworkModel,
  policy: NetworkPolicy,
  { direction, peers }: PolicyRule,
): readonly (readonly Workload[])[] | undefined {
  if (direction === 'ingress') return [model.selectors.select(policy.namespace, policy.podSelector)];
  const pods = peers.map((peer) => model.podsOfPeer(policy.namespace, peer));
  const known = flatMap(pods, (some) => (some?.complete ? [some.workloads] : []));
  return known.length === peers.length ? known : undefined;
}

/** The answer for an array, which equal selectors have in common. */
export function once<A>(answer: (workloads: readonly Workload[]) => A): (workloads: readonly Workload[]) => A {
  const known = new Map<readonly Workload[], { readonly answer: A }>();
  return (workloads) => {
    const entry = known.get(workloads) ?? { answer: answer(workloads) };
    known.set(workloads, entry);
    return entry.answer;
  };
}
