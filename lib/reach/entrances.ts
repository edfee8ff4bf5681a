import { addressSet, intersection, rangeOfCidr } from '../address';
import {
  at,
  concat,
  type ContainerPort,
  flatMap,
  type Ingress,
  list,
  type ModelObject,
  type NetworkModel,
  readMaskedCidr,
  type Service,
  type ServicePort,
  texts,
  type Workload,
} from '../model';
import { ALL_CONNECTIONS, type ConnectionSet, isProtocol, NO_CONNECTIONS } from './connection-set';
import { ingressControllers } from './ingress-controllers';
import type { Reachability } from './solve';
import { verdict } from './verdict';

/** What serves Ingresses and Gateways, wherever it runs. */
export const INGRESS_CONTROLLER = '{ingress-controller}';

export type EntranceKind = 'Ingress' | 'Gateway' | 'LoadBalancer' | 'NodePort' | 'externalIPs' | 'hostPort';

/** A way into the cluster that leads to a workload. */
export interface Entrance {
  readonly kind: EntranceKind;
  /** The Ingress, the route, the Service, or what makes the pods with the host port. */
  readonly object: ModelObject;
  /** Index of the workload. */
  readonly workload: number;
  /** Ports of the pods to which it leads. */
  readonly offered: ConnectionSet;
  /** What policies leave of them. */
  readonly connections: ConnectionSet;
  /** Whether that takes for granted that somebody whom the input does not have, the controller, is who a policy allows. */
  readonly assumed: boolean;
}

interface Target {
  /** Index of the pods. */
  readonly pods: number;
  readonly ports: ConnectionSet;
}

/** Every way in, in the order of the objects. A port that the Service or the pods do not have leads nowhere. */
export function entrances(model: NetworkModel, reach: Reachability): readonly Entrance[] {
  return candidates(model, reach).filter(({ offered }) => offered !== NO_CONNECTIONS);
}

function candidates(model: NetworkModel, reach: Reachability): readonly Entrance[] {
  const targetsOf = serviceTargets(model, reach);
  const controllersOf = ingressControllers(model, reach);
  const proxied = (
    kind: EntranceKind,
    object: ModelObject,
    targets: readonly Target[],
    from: readonly number[],
  ): readonly Entrance[] => targets.map((target) => admitted(reach, kind, object, target, from));
  return concat(
    flatMap(model.ingresses, (ingress) =>
      proxied(
        'Ingress',
        ingress.object,
        ingressTargets(ingress, targetsOf),
        controllersOf(model.effectiveClass(ingress)),
      ),
    ),
    flatMap(model.gatewayApi.routes, ({ object, backends }) =>
      proxied(
        'Gateway',
        object,
        flatMap(
          backends
            .filter(({ group, kind }) => group === '' && kind === 'Service')
            .filter(
              (backend) => backend.namespace === object.ref.namespace || model.gatewayApi.isGranted(object, backend),
            ),
          ({ namespace, name, port }) => targetsOf(namespace, name, port),
        ),
        [],
      ),
    ),
    flatMap(model.services, (service) => {
      const kind = outsideKind(service);
      return kind === undefined
        ? []
        : targetsOf(service.namespace, service.name, undefined).map((target) =>
            fromOutside(reach, kind, service.object, target, sourceRanges(service)),
          );
    }),
    flatMap(reach.compiled.pods, (pods, index) => {
      const ports = pods.containerPorts.filter(({ hostPort }) => hostPort !== undefined && !pods.hostNetwork);
      if (ports.length === 0) return [];
      return [
        fromOutside(reach, 'hostPort', pods.object, { pods: index, ports: connectionsTo(reach, ports) }, undefined),
      ];
    }),
  );
}

function outsideKind({ type, externalIps }: Service): EntranceKind | undefined {
  if (type === 'LoadBalancer' || type === 'NodePort') return type;
  return externalIps.length > 0 ? 'externalIPs' : undefined;
}

function sourceRanges({ object }: Service): readonly string[] | undefined {
  const ranges = texts(list(at(object.manifest, 'spec', 'loadBalancerSourceRanges')));
  return ranges.length === 0 ? undefined : ranges;
}

type TargetsOf = (namespace: string, service: string, port: number | string | undefined) => readonly Target[];

/** The pods behind a port of a Service, or behind all of its ports. Policies see the port of the pod, not that of the Service. */
function serviceTargets(model: NetworkModel, { compiled }: Reachability): TargetsOf {
  const podsByWorkload = new Map<Workload, number[]>();
  compiled.pods.forEach(({ workload }, index) => {
    const known = podsByWorkload.get(workload);
    if (known === undefined) podsByWorkload.set(workload, [index]);
    else known.push(index);
  });
  const targetsOf = (service: Service, port: number | string | undefined): readonly Target[] => {
    if (service.selector === undefined) return [];
    const ports = service.ports.filter(
      (candidate) => port === undefined || candidate.port === port || candidate.name === port,
    );
    return flatMap(model.selectors.select(service.namespace, service.selector), (workload: Workload) =>
      (podsByWorkload.get(workload) ?? []).map((pods) => ({
        pods,
        ports: ports.reduce<ConnectionSet>(
          (sum, servicePort) => compiled.sets.union(sum, targetPorts(compiled, servicePort, workload)),
          NO_CONNECTIONS,
        ),
      })),
    );
  };
  // An Ingress and a route often lead to one port, and many of them to one Service.
  const known = new Map<Service, Map<number | string | undefined, readonly Target[]>>();
  return (namespace, name, port) => {
    const service = model.service(namespace, name);
    if (service === undefined) return [];
    const byPort = known.get(service) ?? new Map<number | string | undefined, readonly Target[]>();
    known.set(service, byPort);
    const targets = byPort.get(port) ?? targetsOf(service, port);
    byPort.set(port, targets);
    return targets;
  };
}

function targetPorts(
  { sets }: Reachability['compiled'],
  { port, protocol, targetPort = port }: ServicePort,
  { containerPorts }: Workload,
): ConnectionSet {
  if (!isProtocol(protocol)) return NO_CONNECTIONS;
  if (typeof targetPort === 'number') return sets.port(protocol, targetPort);
  return containerPorts.reduce<ConnectionSet>(
    (sum, candidate) =>
      candidate.name === targetPort && candidate.protocol === protocol
        ? sets.union(sum, sets.port(protocol, candidate.containerPort))
        : sum,
    NO_CONNECTIONS,
  );
}

function connectionsTo({ sets }: Reachability, ports: readonly ContainerPort[]): ConnectionSet {
  return ports.reduce<ConnectionSet>(
    (sum, { protocol, containerPort }) =>
      isProtocol(protocol) ? sets.union(sum, sets.port(protocol, containerPort)) : sum,
    NO_CONNECTIONS,
  );
}

function ingressTargets(ingress: Ingress, targetsOf: TargetsOf): readonly Target[] {
  const backends = [...ingress.routes.map(({ backend }) => backend), ingress.defaultBackend];
  return flatMap(backends, (backend) =>
    backend?.port === undefined ? [] : targetsOf(ingress.namespace, backend.serviceName, backend.port),
  );
}

/** From the controller, or from any pod that the input does not have. */
function admitted(
  reach: Reachability,
  kind: EntranceKind,
  object: ModelObject,
  { pods, ports }: Target,
  controllers: readonly number[],
): Entrance {
  const { sets, peerSets, workloadOf } = reach.compiled;
  const workload = workloadOf[pods];
  const { classes, classOf } = reach.classes;
  const entry = classes[classOf[pods]];
  const admits = (matches: (peers: number) => boolean): ConnectionSet =>
    verdict(sets, entry.ingress, matches, (list) => entry.ports[list]);
  const isOpen = entry.ingress.length === 0;
  const fromAnyone = isOpen ? ALL_CONNECTIONS : admits((peers) => peerSets[peers].everyone);
  const admittedPorts =
    controllers.length > 0
      ? controllers.reduce<ConnectionSet>((sum, from) => sets.union(sum, reach.between(from, workload)), NO_CONNECTIONS)
      : isOpen
        ? ALL_CONNECTIONS
        : admits((peers) => peerSets[peers].absentPods);
  const connections = sets.intersection(ports, admittedPorts);
  return {
    kind,
    object,
    workload,
    offered: ports,
    connections,
    assumed: controllers.length === 0 && sets.difference(connections, fromAnyone) !== NO_CONNECTIONS,
  };
}

/** From any address, or from one that the load balancer lets through. */
function fromOutside(
  reach: Reachability,
  kind: EntranceKind,
  object: ModelObject,
  { pods, ports }: Target,
  ranges: readonly string[] | undefined,
): Entrance {
  const { sets, workloadOf } = reach.compiled;
  const workload = workloadOf[pods];
  const allowed = ranges && addressSet(flatMap(ranges, (range) => readMaskedCidr(range.trim()) ?? []).map(rangeOfCidr));
  const admittedPorts = reach.sources.reduce<ConnectionSet>((sum, source, index) => {
    if (allowed !== undefined && intersection(allowed, addressSet([source])).ranges.length === 0) return sum;
    return sets.union(sum, reach.outsideTo(index, workload));
  }, NO_CONNECTIONS);
  return {
    kind,
    object,
    workload,
    offered: ports,
    connections: sets.intersection(ports, admittedPorts),
    assumed: false,
  };
}
