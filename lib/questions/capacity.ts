import { compareText } from '../finding/finding';
import { at, member, type ModelObject, type NetworkModel, textMap } from '../model';
import { SERVICES_OF_EVERY_CLUSTER, withHeadroom } from '../plan/sizing';
import { type KnownCluster, type Limit, type Limits, limitsOf } from './limits';
import type { Sources } from './sources';
import { countPods, type PodCount } from './workload-pods';

export type Resource = 'nodes' | 'pods' | 'services' | 'nodePorts' | 'loadBalancers';

export const RESOURCES: readonly Resource[] = ['nodes', 'pods', 'services', 'nodePorts', 'loadBalancers'];

/** How much there is of one thing. */
export interface ResourceCapacity {
  readonly resource: Resource;
  /** What the manifests use; null where none were read. */
  readonly used: number | null;
  /** What the fleet asks for, headroom included; null where it does not say. */
  readonly planned: number | null;
  /** What is counted against the limit: what is used, or what is planned where nothing is known to be used. */
  readonly demand: number;
  /** The most there can be; null where it is not known. */
  readonly limit: number | null;
  /** Limit without demand; negative for too much. */
  readonly left: number | null;
  /** What the demand may be multiplied by; null where nothing is used or the limit is not known. */
  readonly factor: number | null;
  /** What the limit comes from; empty where it is not known. */
  readonly because: string;
}

/** The limit that growth hits first. */
export interface FirstLimit {
  readonly resource: Resource;
  /** What everything may be multiplied by before, to two decimals rounded down. */
  readonly factor: number;
  readonly because: string;
}

/** Whether the pods fit on the nodes there are. */
export interface Room {
  readonly nodes: number;
  readonly pods: number;
  /** How many pods these nodes hold. */
  readonly holds: number;
}

/** The same after something has happened. */
export interface Scenario {
  readonly name: string;
  readonly resources: readonly ResourceCapacity[];
  readonly firstLimit: FirstLimit | null;
  readonly room: Room | null;
  /** Whether nothing is above its limit and the pods fit on the nodes. */
  readonly fits: boolean;
}

export interface ClusterCapacity {
  readonly cluster: string | null;
  readonly podsPerNode: number;
  /** As it is. */
  readonly now: Scenario;
  readonly scenarios: readonly Scenario[];
}

/** What is asked beside how it is. */
export interface CapacityQuestion {
  readonly addNodes: number;
  /** The name of a zone; null for the largest one. */
  readonly loseZone: string | null;
  /** How many zones the nodes are spread over where no Node says so; null if nobody says. */
  readonly zones: number | null;
  /** How much of a release runs beside the old one, in percent. */
  readonly surge: number;
}

/** By cluster, sorted by name. Pure. */
export function capacity(sources: Sources, question: CapacityQuestion): ClusterCapacity[] {
  return knownClusters(sources).map((cluster) => clusterCapacity(cluster, question));
}

/** The zones that the Nodes of the sources name. */
export function zonesOf({ clusters }: Sources): string[] {
  return [...new Set(clusters.flatMap(({ model }) => [...nodesByZone(model).keys()]))].sort(compareText);
}

function knownClusters({ fleets, clusters }: Sources): KnownCluster[] {
  const modelOf = new Map(clusters.map(({ name, model }) => [name, model]));
  const planned = fleets.flatMap(({ spec, plan }) =>
    spec.clusters.map((cluster): KnownCluster => ({
      name: cluster.name,
      spec: cluster,
      plan: plan.clusters.get(cluster.name),
      model: modelOf.get(cluster.name),
    })),
  );
  const names = new Set(planned.map(({ name }) => name));
  const others = clusters
    .filter(({ name, model }) => !names.has(name) && model.objects.length > 0)
    .map(({ name, model }): KnownCluster => ({ name, spec: undefined, plan: undefined, model }));
  return [...planned, ...others].sort((a, b) => compareText(a.name ?? '', b.name ?? ''));
}

/** How much there is of each thing. */
type Demand = Readonly<Record<Resource, number>>;

function clusterCapacity(cluster: KnownCluster, question: CapacityQuestion): ClusterCapacity {
  const limits = limitsOf(cluster);
  const { model } = cluster;
  const planned = plannedOf(cluster);
  const counts = model && countPods(model);
  const nodes = model && model.nodes.length > 0 ? model.nodes.length : null;
  const used = model && counts ? usedOf(model, counts, nodes) : null;
  const nodeDemand = nodes ?? planned.nodes ?? neededNodes(counts, limits);
  const base: Demand = {
    nodes: nodeDemand,
    pods: counts === undefined ? nodeDemand * limits.podsPerNode : counts.pods + counts.perNode * nodeDemand,
    services: used?.services ?? planned.services ?? SERVICES_OF_EVERY_CLUSTER,
    nodePorts: used?.nodePorts ?? 0,
    loadBalancers: used?.loadBalancers ?? planned.loadBalancers ?? 0,
  };
  const isNodeCountKnown = nodes !== null || planned.nodes !== null;
  const scenario = (name: string, demand: Demand, nodesLeft = demand.nodes): Scenario =>
    scenarioOf(name, { demand, limits, used, planned, room: isNodeCountKnown ? nodesLeft : null });
  const perNode = counts?.perNode ?? 0;
  const lost = lostNodes(cluster, nodeDemand, question);
  const factor = 1 + question.surge / 100;
  return {
    cluster: cluster.name,
    podsPerNode: limits.podsPerNode,
    now: scenario('now', base),
    scenarios: [
      scenario(`${question.addNodes} more ${question.addNodes === 1 ? 'node' : 'nodes'}`, {
        ...base,
        nodes: base.nodes + question.addNodes,
        pods: base.pods + question.addNodes * (counts === undefined ? limits.podsPerNode : perNode),
      }),
      ...(lost === null
        ? []
        : [
            scenario(
              `without zone ${lost.zone}`,
              { ...base, pods: base.pods - perNode * lost.nodes },
              nodeDemand - lost.nodes,
            ),
          ]),
      ...(counts === undefined || counts.surge === 0
        ? []
        : [scenario('every Deployment updated at once', { ...base, pods: base.pods + counts.surge })]),
      scenario(`a release in parallel (${question.surge} % more)`, {
        nodes: base.nodes,
        pods: perNode * nodeDemand + Math.ceil((base.pods - perNode * nodeDemand) * factor),
        services: SERVICES_OF_EVERY_CLUSTER + Math.ceil((base.services - SERVICES_OF_EVERY_CLUSTER) * factor),
        nodePorts: Math.ceil(base.nodePorts * factor),
        loadBalancers: Math.ceil(base.loadBalancers * factor),
      }),
    ],
  };
}

/** At least as many as the pods need. */
function neededNodes(counts: PodCount | undefined, { podsPerNode }: Limits): number {
  if (counts === undefined) return 0;
  const free = podsPerNode - counts.perNode;
  return free <= 0 ? counts.perNode : Math.max(1, Math.ceil(counts.pods / free));
}

type Planned = Readonly<Record<Resource, number | null>>;

function plannedOf({ spec }: KnownCluster): Planned {
  const times = (count: number | null | undefined): number | null =>
    count === null || count === undefined || spec === undefined ? null : withHeadroom(count, spec.headroom);
  const nodes = times(spec?.nodes);
  const services = times(spec?.services);
  return {
    nodes,
    pods: nodes === null || spec === undefined ? null : nodes * spec.podsPerNode,
    services: services === null ? null : services + SERVICES_OF_EVERY_CLUSTER,
    nodePorts: null,
    loadBalancers: times(spec?.loadBalancers),
  };
}

function usedOf(model: NetworkModel, counts: PodCount, nodes: number | null): Planned {
  const shared = new Set<string>();
  let [services, nodePorts, loadBalancers] = [SERVICES_OF_EVERY_CLUSTER, 0, 0];
  for (const service of model.services) {
    const { type, headless, namespace, name, object, ports } = service;
    if (type === 'ExternalName') continue;
    if (!headless && !isOfEveryCluster(namespace, name)) services++;
    if (type === 'NodePort' || (type === 'LoadBalancer' && hasNodePorts(object))) {
      nodePorts += new Set(ports.map((port) => port.nodePort ?? port.path.join('.'))).size;
      if (type === 'LoadBalancer' && service.externalTrafficPolicy === 'Local') nodePorts++;
    }
    if (type !== 'LoadBalancer') continue;
    if (service.sharingKey === undefined) loadBalancers++;
    else shared.add(service.sharingKey);
  }
  return {
    nodes,
    pods: counts.pods + counts.perNode * (nodes ?? 1),
    services,
    nodePorts,
    loadBalancers: loadBalancers + shared.size,
  };
}

/** `kubernetes` and the DNS Service, which are counted for every cluster. */
function isOfEveryCluster(namespace: string, name: string): boolean {
  return (namespace === 'default' && name === 'kubernetes') || (namespace === 'kube-system' && name === 'kube-dns');
}

function hasNodePorts({ manifest }: ModelObject): boolean {
  return at(manifest, 'spec', 'allocateLoadBalancerNodePorts') !== false;
}

interface Situation {
  readonly demand: Demand;
  readonly limits: Limits;
  readonly used: Planned | null;
  readonly planned: Planned;
  /** How many nodes there are for the pods; null where nobody says. */
  readonly room: number | null;
}

function scenarioOf(name: string, { demand, limits, used, planned, room: nodes }: Situation): Scenario {
  const resources = RESOURCES.map((resource) =>
    resourceCapacity(resource, demand[resource], limits[resource], used?.[resource] ?? null, planned[resource]),
  );
  const room = nodes === null ? null : { nodes, pods: demand.pods, holds: nodes * limits.podsPerNode };
  return {
    name,
    resources,
    firstLimit: firstLimit(resources),
    room,
    fits: resources.every(({ left }) => left === null || left >= 0) && (room === null || room.pods <= room.holds),
  };
}

function resourceCapacity(
  resource: Resource,
  demand: number,
  limit: Limit | null,
  used: number | null,
  planned: number | null,
): ResourceCapacity {
  return {
    resource,
    used,
    planned,
    demand,
    limit: limit?.limit ?? null,
    left: limit === null ? null : limit.limit - demand,
    factor: limit === null || demand === 0 ? null : roundedDown(limit.limit / demand),
    because: limit?.because ?? '',
  };
}

function firstLimit(resources: readonly ResourceCapacity[]): FirstLimit | null {
  let first: FirstLimit | null = null;
  for (const { resource, factor, because } of resources) {
    if (factor !== null && (first === null || factor < first.factor)) first = { resource, factor, because };
  }
  return first;
}

/** A promise to grow must be kept. */
function roundedDown(factor: number): number {
  return Math.floor(factor * 100) / 100;
}

/** The nodes that a zone takes with it: the one that was named, or the largest. */
function lostNodes(
  { model }: KnownCluster,
  nodes: number,
  { loseZone, zones }: CapacityQuestion,
): { zone: string; nodes: number } | null {
  const counted = model === undefined ? [] : [...nodesByZone(model)];
  const known = counted
    .filter(([zone]) => loseZone === null || zone === loseZone)
    .sort(([a, some], [b, more]) => more - some || compareText(a, b))
    .at(0);
  if (known !== undefined) return { zone: known[0], nodes: known[1] };
  return zones === null || counted.length > 0 ? null : { zone: `1 of ${zones}`, nodes: Math.ceil(nodes / zones) };
}

function nodesByZone(model: NetworkModel): Map<string, number> {
  const zones = new Map<string, number>();
  for (const { object } of model.nodes) {
    const zone = textMap(member(member(object.manifest, 'metadata'), 'labels')).get('topology.kubernetes.io/zone');
    if (zone !== undefined) zones.set(zone, (zones.get(zone) ?? 0) + 1);
  }
  return zones;
}
