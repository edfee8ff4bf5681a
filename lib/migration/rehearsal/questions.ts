import type { RuledProblem } from '../../finding/problem';
import { own } from '../../syntax/own-member';
import { cidrSize, overlapsOfEach } from '../../address';
import { readRange } from '../../model';
import { isIn, parsedCidrs } from './addresses';
import { perGroup } from './per-group';
import { familyOf, givingPools, poolOf, reconciledTunnels, rescheduled, tunnelKey, tunnelOf } from './calico';
import type { CalicoPool, Cluster, NodeGroup } from './cluster';
import { type FlagChange, flagChanges, upgraded } from './kubeadm';
import { requestProblems } from './pool-requests';
import { controllerManagerStop, nodeCidrsLeft } from './node-ipam';
import { REHEARSAL_COMMAND, REHEARSAL_CONTROL_PLANE, REHEARSAL_NODE, REHEARSAL_POD, REHEARSAL_UPGRADE } from '../rules';

/** What happens to the cluster as it stands now, if it is restarted or upgraded, if a node joins, if a pod is made anew. */
export function askAll(cluster: Cluster): RuledProblem[] {
  return [
    ...restart(cluster),
    ...upgrade(cluster),
    ...joiningNode(cluster),
    ...pods(cluster),
    ...requestProblems(cluster),
    ...crowded(cluster),
    ...loadBalancers(cluster),
  ];
}

/** What calico/node does by itself after every change. */
export function settled(cluster: Cluster): Cluster {
  if (cluster.networkPlugin !== 'calico') return cluster;
  return {
    ...cluster,
    nodes: cluster.nodes.map((group) => ({ ...group, tunnels: reconciledTunnels(cluster.pools, group) })),
  };
}

function restart({ staticPods, nodes, services, serviceRanges }: Cluster): RuledProblem[] {
  const stop = controllerManagerStop(staticPods['kube-controller-manager'] ?? {}, nodes);
  const ranges = [
    ...(staticPods['kube-apiserver']?.['service-cluster-ip-range'] ?? '').split(','),
    ...serviceRanges.flatMap(({ cidrs }) => cidrs),
  ].filter(Boolean);
  const outside = services.filter(({ clusterIps }) => ranges.length > 0 && clusterIps.some((ip) => !isIn(ranges, ip)));
  return [
    ...(stop === null
      ? []
      : [
          {
            rule: REHEARSAL_CONTROL_PLANE,
            message: `at its next start kube-controller-manager ends: ${stop}`,
            help: 'let it allocate no node CIDRs (--allocate-node-cidrs=false), or keep every pod CIDR of a node inside of --cluster-cidr',
          },
        ]),
    ...outside.map(({ name, clusterIps }) => ({
      rule: REHEARSAL_CONTROL_PLANE,
      message: `Service ${name} has ${clusterIps.join(', ')}, which is in no service range any more: ${ranges.join(', ')}`,
      help: 'keep the range until no Service has an address of it',
    })),
  ];
}

function upgrade(cluster: Cluster): RuledProblem[] {
  const after = upgraded(cluster);
  const changes = flagChanges(cluster, after);
  if (changes.length === 0) return [];
  const stop = controllerManagerStop(after.staticPods['kube-controller-manager'] ?? {}, after.nodes);
  const text = changes.map(changeText).join(', ');
  return [
    {
      rule: REHEARSAL_UPGRADE,
      message: `the next kubeadm upgrade writes ${text}${stop === null ? '' : `; and then kube-controller-manager ends: ${stop}`}`,
      help: 'write the flags into extraArgs of the ClusterConfiguration, too: kubeadm makes static pods from nothing else',
    },
  ];
}

export function changeText({ component, flag, before, after }: FlagChange): string {
  const was = before === undefined ? '' : `, now ${before}`;
  return after === undefined ? `no --${flag} for ${component}${was}` : `--${flag}=${after} for ${component}${was}`;
}

function joiningNode(cluster: Cluster): RuledProblem[] {
  const { networkPlugin, staticPods, nodes, pools, pluginRanges } = cluster;
  if (networkPlugin === 'calico') {
    const families = new Set(pools.filter(({ disabled }) => !disabled).map(familyOf));
    return perGroup(nodes, ({ labels }) => {
      const giving = new Set(givingPools(pools, labels).map(familyOf));
      const without = [...families].filter((family) => !giving.has(family));
      if (giving.size > 0 && without.length === 0) return [];
      return [(names) => `no enabled pool gives ${without.join(' and ') || 'any'} addresses to the pods of ${names}`];
    }).map((message) => ({
      rule: REHEARSAL_NODE,
      message,
      help: 'add a pool that selects these nodes before the old one is disabled',
    }));
  }
  if (networkPlugin !== 'flannel') return [];
  const flags = staticPods['kube-controller-manager'] ?? {};
  const left = nodeCidrsLeft(flags, nodes);
  const ranges = parsedCidrs(flags['cluster-cidr'] ?? '');
  const unrouted = ranges.filter(({ family }) => pluginRanges[family] === undefined);
  return [
    ...(left === null || left <= 0
      ? [
          {
            rule: REHEARSAL_NODE,
            message: `a node that joins gets no pod CIDR${left === null ? ': kube-controller-manager allocates none' : ': none is left'}, and Flannel ends without one`,
            help: 'let kube-controller-manager allocate node CIDRs of a range with room',
          },
        ]
      : []),
    ...nodes.flatMap(({ name, podCidrs }) =>
      podCidrs.flat().flatMap((cidr) =>
        isIn(Object.values(pluginRanges).flat(), cidr.split('/')[0])
          ? []
          : [
              {
                rule: REHEARSAL_NODE,
                message: `the pod CIDR ${cidr} of ${name} lies outside of the network of Flannel`,
                help: 'enlarge the network of Flannel before a node gets a pod CIDR outside of it',
              },
            ],
      ),
    ),
    // Flannel of one family ignores the pod CIDR of the other one; it is told of it by a later stage.
    ...(unrouted.length > 1
      ? [{ rule: REHEARSAL_NODE, message: 'Flannel has no network', help: 'set its net-conf.json' }]
      : []),
  ];
}

/** Pods that run now, and those that take their place: both are there in the middle of a wave. */
function pods(cluster: Cluster): RuledProblem[] {
  const { networkPlugin, nodes, pools, kubeProxy } = cluster;
  const addressesOf = (group: NodeGroup): string[] =>
    networkPlugin === 'calico'
      ? [...group.pods, ...rescheduled(pools, group)].flatMap(({ addresses }) => addresses)
      : group.podCidrs.flat().map((cidr) => cidr.split('/')[0]);
  const strangers = perGroup(nodes, (group) =>
    addressesOf(group)
      .filter((address) => isStranger(kubeProxy, address))
      .map((address) => {
        const range = poolOf(pools, address)?.cidr ?? address;
        return (names) =>
          `kube-proxy takes pods of ${names} with addresses of ${range} for strangers, and translates them: its clusterCIDR is ${kubeProxy?.clusterCIDR ?? ''}`;
      }),
  ).map((message) => ({
    rule: REHEARSAL_POD,
    message,
    help: 'let kube-proxy tell pods by their interfaces while they have addresses of two ranges',
  }));
  if (networkPlugin !== 'calico') return strangers;
  return [...poolProblems(cluster, addressesOf), ...strangers, ...mixedTunnels(cluster)];
}

function poolProblems({ nodes, pools }: Cluster, addressesOf: (group: NodeGroup) => string[]): RuledProblem[] {
  const staying = new Map(
    nodes.flatMap(({ pods: all }) =>
      all.flatMap(({ addresses, stays }) =>
        stays === undefined ? [] : addresses.map((address) => [address, stays] as const),
      ),
    ),
  );
  const orphans = perGroup(nodes, (group) =>
    addressesOf(group)
      .filter((address) => poolOf(pools, address) === undefined)
      .map((address) => {
        const who = staying.get(address);
        return (names) =>
          who === undefined
            ? `pods of ${names} have addresses such as ${address}, and no pool has them any more`
            : `${who} has ${address}, and no pool has it any more: neither a drain nor a rollout makes it anew`;
      }),
  ).map((message) => ({ rule: REHEARSAL_POD, message, help: 'remove a pool only when no pod has an address of it' }));
  const cutOff = perGroup(nodes, (group) =>
    addressesOf(group).flatMap((address) => {
      const pool = poolOf(pools, address);
      const key = pool && tunnelKey(pool);
      if (pool === undefined || key === null || key === undefined || own(group.tunnels, key) !== undefined) return [];
      return [
        (names: string) =>
          `pods of ${names} have addresses of ${pool.name}, which needs the tunnel ${key}, and calico/node has taken its address away: no enabled pool of that kind selects the nodes`,
      ];
    }),
  ).map((message) => ({
    rule: REHEARSAL_POD,
    message,
    help: 'change the encapsulation in a stage of its own first, so that the old and the new pools have the same',
  }));
  return [...orphans, ...cutOff];
}

/** If all pods were made anew now: those that can have addresses of some pools only need room there. */
function crowded({ networkPlugin, nodes, pools }: Cluster): RuledProblem[] {
  if (networkPlugin !== 'calico') return [];
  return (['IPv4', 'IPv6'] as const).flatMap((family) => {
    const demands = new Map<string, { readonly pools: readonly CalicoPool[]; pods: number }>();
    for (const { labels, podCount = 0 } of nodes) {
      const giving = givingPools(pools, labels).filter((pool) => familyOf(pool) === family);
      const key = giving.map(({ name }) => name).join();
      const demand = demands.get(key) ?? { pools: giving, pods: 0 };
      demand.pods += podCount;
      demands.set(key, demand);
    }
    return [...demands.values()].flatMap(({ pools: own }) => {
      if (own.length === 0) return [];
      const room = own.reduce(
        (sum, { cidr }) => sum + parsedCidrs(cidr).reduce((all, one) => all + cidrSize(one), 0n),
        0n,
      );
      const wanting = [...demands.values()]
        .filter((other) => other.pools.every((pool) => own.includes(pool)))
        .reduce((sum, { pods }) => sum + pods, 0);
      if (BigInt(wanting) <= room) return [];
      const names = own.map(({ name, cidr }) => `${name} (${cidr})`).join(', ');
      return [
        {
          rule: REHEARSAL_NODE,
          message: `${wanting} pods can have addresses of ${names} only, which ${own.length === 1 ? 'has' : 'have'} ${room}: not all of them start when they are made anew`,
          help: 'add a pool, or one that is larger, before the old one is disabled',
        },
      ];
    });
  });
}

function isStranger(kubeProxy: Cluster['kubeProxy'], address: string): boolean {
  if (kubeProxy === null || kubeProxy.clusterCIDR === '') return false;
  if (kubeProxy.detectLocalMode !== '' && kubeProxy.detectLocalMode !== 'ClusterCIDR') return false;
  const ranges = parsedCidrs(kubeProxy.clusterCIDR);
  const sameFamily = ranges.filter(({ family }) => address.includes(':') === (family === 'IPv6'));
  return sameFamily.length > 0 && !isIn([kubeProxy.clusterCIDR], address);
}

/** Pools of one family whose packets go different ways: what one side wraps up the other one has to unwrap, and firewalls have to let through. */
function mixedTunnels({ pools, nodes }: Cluster): RuledProblem[] {
  const used = new Set(
    nodes.flatMap((group) => [
      ...group.pods.flatMap((pod) => pod.addresses.flatMap((address) => poolOf(pools, address)?.name ?? [])),
      ...givingPools(pools, group.labels).map(({ name }) => name),
    ]),
  );
  return (['IPv4', 'IPv6'] as const).flatMap((family) => {
    const members = pools.filter((pool) => familyOf(pool) === family && used.has(pool.name));
    const kinds = new Set(members.map(({ encapsulation }) => tunnelOf(encapsulation)));
    if (kinds.size < 2) return [];
    return [
      {
        rule: REHEARSAL_POD,
        message: `pods of one family go two ways: ${members.map(({ name, encapsulation }) => `${name} by ${encapsulation}`).join(', ')}; pods that move lose what the nodes between them do not carry`,
        help: 'give the new pools the encapsulation of the old ones, and change it in a stage of its own',
      },
    ];
  });
}

/** Whatever gives the addresses gives none of a range that two pools have. */
function loadBalancers({ loadBalancerPools }: Cluster): RuledProblem[] {
  const ranges = loadBalancerPools.flatMap(({ name, cidrs }) =>
    cidrs.flatMap((text) => {
      const range = readRange(text);
      return range === undefined ? [] : [{ name, text, range }];
    }),
  );
  return overlapsOfEach(ranges, ({ range }) => range, { most: 1, mayOverlap: (a, b) => a.name === b.name }).map(
    ({ a, b }) => ({
      rule: REHEARSAL_COMMAND,
      message: `the load balancer pools ${a.name} (${a.text}) and ${b.name} (${b.text}) overlap: MetalLB and Calico refuse the later one, Cilium gives no address of it`,
      help: 'give the new pool a range that no pool of the cluster has, and name the old one as the cluster does',
    }),
  );
}
