import type { IpFamily } from '../address';
import type { Encapsulation } from './pod-network-spec';
import { tunnelOf } from './rehearsal/calico';

/** What a component does when something changes, and where that is written. */
export interface ComponentFact {
  readonly text: string;
  readonly source: string;
}

/** The table from which each stage says what it disrupts. Paths of Calico are those of its sources of August 2026. What no source says is called not proven. */
export const FACTS = {
  controllerManager: {
    text: 'kube-controller-manager starts anew: for some seconds nothing is rolled out, and no node is given up. Pods keep their connections',
    source: 'kubernetes pkg/kubelet/config, static pods',
  },
  apiServer: {
    text: 'kube-apiserver starts anew on each control plane node: with one of them, nobody answers for up to a minute; with several, watches connect again',
    source: 'kubernetes pkg/kubelet/config, static pods',
  },
  kubeProxy: {
    text: 'kube-proxy starts anew node by node. Its rules stay in the kernel meanwhile, and connections go on; Services that change in that time are late',
    source: 'kubernetes cmd/kube-proxy/app: rules are taken away by --cleanup alone; pkg/proxy, syncProxyRules',
  },
  newPool: {
    text: 'a pool that is added changes nothing for pods that run',
    source: 'Calico libcalico-go/lib/ipam/ipam.go, determinePools',
  },
  disabledPool: {
    text: 'a disabled pool gives no new addresses; pods keep theirs, and their routes',
    source:
      'Calico libcalico-go/lib/ipam/ipam.go, determinePools asks enabled pools alone; felix/calc/l3_route_resolver.go does not ask whether a pool is disabled',
  },
  tunnelAddress: {
    text: 'calico/node gives each tunnel an address of the new pools at once. Connections that nodes themselves have to pods of other nodes break, because they were made from the old address; between pods packets are lost for moments at most',
    source:
      'Calico node/pkg/allocateip/allocateip.go, reconcileTunnelAddrs and ensureHostTunnelAddress; felix/calc/vxlan_resolver.go: a VTEP that changes is removed and added',
  },
  encapsulation: {
    text: 'felix ends and starts anew on every node when the kind of encapsulation changes. Until both ends have changed, nothing goes between the pods of two nodes: seconds for each pair, minutes in a large cluster',
    source: 'Calico felix/daemon/daemon.go, "Exiting for encapsulation change"; felix/calc/encapsulation_resolver.go',
  },
  drain: {
    text: 'every pod is evicted once, and starts on another node. Workloads with one replica are away meanwhile',
    source: 'kubernetes API-initiated eviction',
  },
  rollout: {
    text: 'every workload is rolled out once, within its own maxUnavailable',
    source: 'kubernetes pkg/controller/deployment, statefulset, daemon',
  },
  flannel: {
    text: 'flanneld starts anew node by node. Routes and interfaces should stay meanwhile (not proven)',
    source: 'nothing was found in Flannel that takes them away when it ends: try it on one node first',
  },
  ciliumOperator: {
    text: 'the operator of Cilium starts anew: a node that joins in that moment waits. Agents and pods should go on (not proven)',
    source: 'Cilium Documentation/network/concepts/ipam/cluster-pool.rst says who gives the pod CIDRs',
  },
  ciliumAgent: {
    text: 'the agent of Cilium starts anew node by node. Traffic should go on by what is loaded in the kernel (not proven: with WireGuard and native routing, and in some versions, connections were lost); policies that change in that time are late, and proxies of L7 policies may be away',
    source: 'cilium/cilium#31979, #24191: connections that were lost',
  },
  calicoNode: {
    text: 'calico-node starts anew node by node. Routes stay meanwhile where the routers beside it take part in a graceful restart; rules should stay, too (not proven)',
    source: 'Calico confd, bird.cfg that it makes: graceful restart (RFC 4724)',
  },
  serviceRange: {
    text: 'nothing: Services keep their addresses',
    source: 'KEP-1880',
  },
  loadBalancerPool: {
    text: 'nothing: Services keep their addresses',
    source: 'metallb.io IPAddressPool autoAssign; cilium.io CiliumLoadBalancerIPPool disabled; Calico IPPool disabled',
  },
  newAddresses: {
    text: 'clients that have learned an old address keep it until their DNS record ends, or longer',
    source: 'RFC 1035',
  },
  removedPool: {
    text: 'nothing, as long as no pod and no tunnel has an address of the pool',
    source:
      'Calico libcalico-go/lib/clientv3/ippool.go, Delete: it disables the pool and gives its blocks up, and does not ask whether addresses are in use',
  },
} as const satisfies Record<string, ComponentFact>;

/** Bytes that a tunnel puts around each packet (Calico felix/dataplane/linux/int_dataplane.go: ipipMTUOverhead, vxlanMTUOverhead, vxlanV6MTUOverhead). */
const OVERHEAD = {
  IPv4: { None: 0, IPIP: 20, VXLAN: 50 },
  IPv6: { None: 0, IPIP: 20, VXLAN: 70 },
} as const;

const PORTS = { None: 'plain packets with addresses of pods', IPIP: 'IP protocol 4', VXLAN: 'UDP port 4789' } as const;

/** The MTU of pods where the network of the nodes carries 1500. */
export function mtuOf(encapsulation: Encapsulation, family: IpFamily): number {
  return 1500 - OVERHEAD[family][tunnelOf(encapsulation)];
}

/** What firewalls between nodes have to let through. */
export function carriedBy(encapsulation: Encapsulation): string {
  return PORTS[tunnelOf(encapsulation)];
}
