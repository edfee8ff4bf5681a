import { integer, at, flatMap, type ModelObject, type NetworkModel } from '../model';
import { perModel } from '../model/per-model';

/** A network plugin, by the DaemonSet that brings it to each node. */
export interface NetworkPlugin {
  readonly name: string;
  /** Whether pods get addresses of the podCIDR of their Node, which node IPAM gives. */
  readonly usesNodeCidrs: boolean;
  readonly daemonSet: ModelObject;
}

const PLUGINS: readonly (Omit<NetworkPlugin, 'daemonSet'> & { readonly daemonSets: readonly string[] })[] = [
  { name: 'Calico', usesNodeCidrs: false, daemonSets: ['kube-system/calico-node', 'calico-system/calico-node'] },
  { name: 'Canal', usesNodeCidrs: true, daemonSets: ['kube-system/canal', 'kube-system/rke2-canal'] },
  { name: 'Cilium', usesNodeCidrs: false, daemonSets: ['kube-system/cilium', 'cilium/cilium'] },
  {
    name: 'Flannel',
    usesNodeCidrs: true,
    daemonSets: ['kube-flannel/kube-flannel-ds', 'kube-system/kube-flannel-ds', 'kube-system/kube-flannel'],
  },
  { name: 'kube-router', usesNodeCidrs: true, daemonSets: ['kube-system/kube-router'] },
  { name: 'kindnet', usesNodeCidrs: true, daemonSets: ['kube-system/kindnet'] },
  { name: 'Antrea', usesNodeCidrs: true, daemonSets: ['kube-system/antrea-agent'] },
  { name: 'Weave Net', usesNodeCidrs: false, daemonSets: ['kube-system/weave-net'] },
  { name: 'Kube-OVN', usesNodeCidrs: false, daemonSets: ['kube-system/kube-ovn-cni'] },
  { name: 'OVN-Kubernetes', usesNodeCidrs: false, daemonSets: ['openshift-ovn-kubernetes/ovnkube-node'] },
  { name: 'Amazon VPC CNI', usesNodeCidrs: false, daemonSets: ['kube-system/aws-node'] },
  { name: 'Azure CNI', usesNodeCidrs: false, daemonSets: ['kube-system/azure-cns', 'kube-system/azure-cni'] },
];

const NAMES: ReadonlyMap<string, Omit<NetworkPlugin, 'daemonSet'>> = new Map(
  PLUGINS.flatMap(({ daemonSets, ...plugin }) => daemonSets.map((daemonSet) => [daemonSet, plugin] as const)),
);

/** The plugins that are there; two of them may work together, and an old one may be left over. */
export const networkPlugins = perModel((model: NetworkModel): readonly NetworkPlugin[] =>
  flatMap(model.ofKind('DaemonSet'), (daemonSet) => {
    const plugin = NAMES.get(`${daemonSet.ref.namespace ?? ''}/${daemonSet.ref.name}`);
    return plugin === undefined ? [] : [{ ...plugin, daemonSet }];
  }),
);

/** How far a DaemonSet is rolled out; undefined where it has no status. */
export function rolloutOf({ manifest }: ModelObject): { readonly ready: number; readonly wanted: number } | undefined {
  const wanted = integer(at(manifest, 'status', 'desiredNumberScheduled'));
  if (wanted === undefined) return undefined;
  return { ready: integer(at(manifest, 'status', 'numberReady')) ?? 0, wanted };
}

/** k3s and RKE2 run Flannel inside of their agent, which marks its Nodes. */
export function hasBuiltInFlannel({ nodes }: NetworkModel): boolean {
  return nodes.some(
    ({ object }) =>
      at(object.manifest, 'metadata', 'annotations', 'flannel.alpha.coreos.com/backend-type') !== undefined,
  );
}
