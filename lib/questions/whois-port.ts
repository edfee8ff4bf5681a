import type { PortRange } from '../address';
import { compareText } from '../finding/finding';
import type { Service, Workload } from '../model';
import { nodePortStaticBand } from '../plan';
import { type Answer, holder, type Holder } from './answer';
import { objectHolder, objectName } from './object-holder';
import type { ClusterSource, Sources } from './sources';

/** The range that the API server has unless `--service-node-port-range` says otherwise. */
export const DEFAULT_NODE_PORT_RANGE: PortRange = { first: 30_000, last: 32_767 };

/** Ports of the components of Kubernetes on a node (kubernetes.io, "Ports and Protocols"); all TCP. */
const COMPONENT_PORTS: readonly { readonly first: number; readonly last: number; readonly name: string }[] = [
  { first: 2379, last: 2380, name: 'etcd' },
  { first: 6443, last: 6443, name: 'the API server' },
  { first: 10_249, last: 10_249, name: 'the metrics of kube-proxy' },
  { first: 10_250, last: 10_250, name: 'the kubelet' },
  { first: 10_256, last: 10_256, name: 'the health check of kube-proxy' },
  { first: 10_257, last: 10_257, name: 'the controller manager' },
  { first: 10_259, last: 10_259, name: 'the scheduler' },
];

/** `net.ipv4.ip_local_port_range` of Linux. */
const EPHEMERAL_PORTS: PortRange = { first: 32_768, last: 60_999 };

/** One use of a port of the nodes of a cluster. */
interface PortUse {
  readonly port: number;
  /** Null: whatever the protocol. A node port is one number for the whole cluster. */
  readonly protocol: string | null;
  readonly holder: () => Holder;
}

/** Who has a port of the nodes: as a node port, a host port, or a port of a pod in the network of its node. */
export function whoisPort(query: string, port: number, protocol: string | null, sources: Sources): Answer {
  const answers = clustersOf(sources).map((cluster) => ofCluster(port, protocol, cluster, sources));
  const used = answers.filter(({ owners }) => owners.length > 0);
  const inRange = answers.some(({ isNodePort }) => isNodePort);
  const component = COMPONENT_PORTS.find(({ first, last }) => first <= port && port <= last && protocol !== 'UDP');
  const owners = used.flatMap(({ owners: holders, name }) =>
    holders.map(({ what, name: of }) => `${what} ${of}${name === null ? '' : ` of cluster ${name}`}`),
  );
  const text = `port ${port}${protocol === null ? '' : `/${protocol}`}`;
  const first = answers.find(({ next }) => next !== undefined);
  const near = answers.find(({ before, after }) => before !== null || after !== null);
  return {
    query,
    kind: 'port',
    verdict: owners.length > 0 ? 'taken' : component !== undefined ? 'allocated' : 'free',
    summary:
      owners.length > 0
        ? `${text} belongs to ${[...new Set(owners)].join(' and ')}`
        : component !== undefined
          ? `${text} of a node is that of ${component.name}`
          : `${text} is free${inRange ? ' as a node port' : ', and no node port'}`,
    holders: answers.map(({ holder: tree }) => tree),
    free: first?.next === undefined ? null : String(first.next),
    neighbours: { before: near?.before ?? null, after: near?.after ?? null },
    conflicts: [
      ...new Set([
        ...owners,
        ...(component === undefined ? [] : [component.name]),
        ...(EPHEMERAL_PORTS.first <= port && port <= EPHEMERAL_PORTS.last
          ? [`outgoing connections of the nodes, to which Linux gives ${EPHEMERAL_PORTS.first}-${EPHEMERAL_PORTS.last}`]
          : []),
      ]),
    ],
    suggestions: [],
  };
}

/** The clusters whose objects were read, or a nameless one whose defaults are known. */
function clustersOf({ clusters, fleets }: Sources): readonly (ClusterSource | { readonly name: string | null })[] {
  const names = new Set(clusters.map(({ name }) => name));
  const others = fleets.flatMap(({ plan }) => [...plan.clusters.keys()]).filter((name) => !names.has(name));
  const all = [...clusters, ...others.map((name) => ({ name }))];
  return all.length > 0 ? all.sort((a, b) => compareText(a.name ?? '', b.name ?? '')) : [{ name: null }];
}

interface ClusterAnswer {
  readonly name: string | null;
  readonly isNodePort: boolean;
  readonly owners: readonly Holder[];
  readonly holder: Holder;
  readonly before: Holder | null;
  readonly after: Holder | null;
  readonly next: number | undefined;
}

function ofCluster(
  port: number,
  protocol: string | null,
  cluster: ClusterSource | { readonly name: string | null },
  { fleets }: Sources,
): ClusterAnswer {
  const { name } = cluster;
  const model = 'model' in cluster ? cluster.model : undefined;
  const spec = fleets.flatMap((fleet) => fleet.spec.clusters).find((candidate) => candidate.name === name);
  const range = model?.facts.nodePortRange ?? spec?.nodePortRange ?? DEFAULT_NODE_PORT_RANGE;
  const band = nodePortStaticBand(range);
  const uses = [
    ...(model?.services ?? []).flatMap((service) => servicePorts(service, name)),
    ...(model?.workloads ?? []).flatMap((workload) => workloadPorts(workload, name)),
    ...fleets.flatMap(({ lock }) => [...lock.allocations].flatMap(([key, value]) => lockedPort(key, value, name))),
  ];
  const owners = uses
    .filter((use) => use.port === port && (protocol === null || use.protocol === null || use.protocol === protocol))
    .map((use) => use.holder());
  const isNodePort = range.first <= port && port <= range.last;
  const static_ = band !== null && port <= band.last;
  const inner = !isNodePort
    ? []
    : [
        holder('node ports', `${range.first}-${range.last}`, {
          cluster: name,
          holds:
            band === null
              ? owners
              : [
                  holder(
                    static_ ? 'static band' : 'dynamic band',
                    static_ ? `${band.first}-${band.last}` : `${band.last + 1}-${range.last}`,
                    {
                      cluster: name,
                      detail: static_
                        ? 'for ports that are chosen by hand or planned'
                        : 'the API server gives these to any Service',
                      holds: owners,
                    },
                  ),
                ],
        }),
      ];
  const neighbour = (compare: (use: PortUse) => boolean, nearer: (a: number, b: number) => boolean): Holder | null => {
    let nearest: PortUse | undefined;
    for (const use of uses) {
      if (!compare(use) || !(range.first <= use.port && use.port <= range.last)) continue;
      if (nearest === undefined || nearer(use.port, nearest.port)) nearest = use;
    }
    return nearest?.holder() ?? null;
  };
  const holds = isNodePort ? inner : owners;
  return {
    name,
    isNodePort,
    owners,
    holder: holder('cluster', name ?? 'of the manifests', {
      cluster: name,
      detail: isNodePort ? '' : `its node ports are ${range.first}-${range.last}`,
      holds,
    }),
    before: neighbour(
      (use) => use.port < port,
      (a, b) => a > b,
    ),
    after: neighbour(
      (use) => use.port > port,
      (a, b) => a < b,
    ),
    next: owners.length === 0 ? undefined : nextFree(port, uses, range),
  };
}

/** The next free node port, from the static band before any other. */
function nextFree(port: number, uses: readonly PortUse[], range: PortRange): number | undefined {
  const used = new Set(uses.map((use) => use.port));
  const from = range.first <= port && port <= range.last ? port : range.first;
  for (let next = from; next <= range.last; next++) if (!used.has(next)) return next;
  for (let next = range.first; next < from; next++) if (!used.has(next)) return next;
  return undefined;
}

function servicePorts({ object, ports, healthCheckNodePort }: Service, cluster: string | null): PortUse[] {
  return [
    ...ports.flatMap(({ nodePort, protocol, port, path }): PortUse[] =>
      nodePort === undefined
        ? []
        : [
            {
              port: nodePort,
              protocol: null,
              holder: () =>
                objectHolder(
                  object,
                  [...path, 'nodePort'],
                  cluster,
                  `node port ${nodePort} of port ${port}/${protocol}`,
                ),
            },
          ],
    ),
    ...(healthCheckNodePort === undefined
      ? []
      : [
          {
            port: healthCheckNodePort,
            protocol: null,
            holder: () =>
              objectHolder(
                object,
                ['spec', 'healthCheckNodePort'],
                cluster,
                `health check port ${healthCheckNodePort}`,
              ),
          },
        ]),
  ];
}

function workloadPorts({ object, containerPorts, hostNetwork }: Workload, cluster: string | null): PortUse[] {
  return containerPorts.flatMap(({ hostPort, protocol, path }): PortUse[] =>
    hostPort === undefined
      ? []
      : [
          {
            port: hostPort,
            protocol,
            holder: () =>
              objectHolder(
                object,
                path,
                cluster,
                `${hostNetwork ? 'port in the network of the node' : 'host port'} ${hostPort}/${protocol}, on each node that runs one of its pods`,
              ),
          },
        ],
  );
}

/** What the lock plans: `cluster/nodePort/namespace/name/port`. */
function lockedPort(key: string, value: string, cluster: string | null): PortUse[] {
  const [of, kind, namespace, service] = key.split('/');
  const port = Number(value);
  if (of !== cluster || kind !== 'nodePort' || !Number.isInteger(port)) return [];
  const object = { apiVersion: 'v1', kind: 'Service', namespace, name: service };
  const detail = `node port ${port}, ${key}`;
  return [
    {
      port,
      protocol: null,
      holder: () => holder('lock', `Service ${objectName(object)}`, { cluster, object, detail }),
    },
  ];
}
