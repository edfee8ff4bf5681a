import type { Encapsulation } from './pod-network-spec';
import { tunnelOf } from './rehearsal/calico';

/** What a component does when something changes, and where that is written. */
export interface ComponentFact {
  readonly text: string;
  readonly source: string;
}

/** The table from which each stage says what it disrupts. */
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
    source: 'kubernetes cmd/kube-proxy; pkg/proxy, syncProxyRules',
  },
  newPool: {
    text: 'a pool that is added changes nothing for pods that run',
    source: 'Calico libcalico-go/lib/ipam, AutoAssign',
  },
  disabledPool: {
    text: 'a disabled pool gives no new addresses; pods keep theirs, and their routes',
    source: 'Calico libcalico-go/lib/ipam, determinePools; felix/calc, pools are routed whether disabled or not',
  },
  tunnelAddress: {
    text: 'calico/node gives each tunnel an address of the new pools at once. Connections that nodes themselves have to pods of other nodes break, because they were made from the old address; between pods packets are lost for moments at most',
    source:
      'Calico node/pkg/allocateip, reconcileTunnelAddrs; felix/calc/vxlan_resolver.go: a VTEP that changes is removed and added',
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
    text: 'flanneld starts anew node by node. Routes and interfaces stay meanwhile',
    source: 'Flannel Documentation/kubernetes.md; pkg/backend',
  },
  ciliumOperator: {
    text: 'the operator of Cilium starts anew: a node that joins in that moment waits. Agents and pods go on',
    source: 'Cilium Documentation/network/concepts/ipam/cluster-pool.rst',
  },
  ciliumAgent: {
    text: 'the agent of Cilium starts anew node by node. Traffic goes on by what is loaded in the kernel; policies that change in that time are late, and proxies of L7 policies are away',
    source: 'Cilium Documentation/operations/upgrade.rst',
  },
  calicoNode: {
    text: 'calico-node starts anew node by node. Routes and rules stay in the kernel meanwhile',
    source: 'Calico felix; BIRD graceful restart',
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
    source: 'Calico libcalico-go/lib/clientv3/ippool.go, Delete',
  },
} as const satisfies Record<string, ComponentFact>;

/** Bytes that a tunnel puts around each packet (Calico felix/dataplane/linux/int_dataplane.go, MTU overheads). */
const OVERHEAD = { None: 0, IPIP: 20, VXLAN: 50 } as const;

const PORTS = { None: 'plain packets with addresses of pods', IPIP: 'IP protocol 4', VXLAN: 'UDP port 4789' } as const;

/** The MTU of pods where the network of the nodes carries 1500. */
export function mtuOf(encapsulation: Encapsulation): number {
  return 1500 - OVERHEAD[tunnelOf(encapsulation)];
}

/** What firewalls between nodes have to let through. */
export function carriedBy(encapsulation: Encapsulation): string {
  return PORTS[tunnelOf(encapsulation)];
}
