import { own } from '../../syntax/own-member';
import { USUAL_MASKS } from '../cidr-text';
import type { Cluster, ControlPlaneComponent, Flags, KubeadmConfig } from './cluster';

/**
 * What `kubeadm init` and every `kubeadm upgrade apply` or `node` write into a static pod, as far as ranges are concerned: flags from
 * `networking`, and over them `extraArgs` (kubernetes cmd/kubeadm/app/phases/controlplane, getControllerManagerCommand and
 * getAPIServerCommand; app/util, ArgumentsToCommand).
 */
export function generatedFlags(component: ControlPlaneComponent, kubeadm: KubeadmConfig): Flags {
  return { ...fromNetworking(component, kubeadm), ...kubeadm.extraArgs[component] };
}

function fromNetworking(component: ControlPlaneComponent, { podSubnet, serviceSubnet }: KubeadmConfig): Flags {
  const services: Flags = serviceSubnet === '' ? {} : { 'service-cluster-ip-range': serviceSubnet };
  switch (component) {
    case 'kube-apiserver':
      return services;
    case 'kube-controller-manager':
      return podSubnet === '' ? {} : { 'allocate-node-cidrs': 'true', 'cluster-cidr': podSubnet, ...services };
    case 'kube-scheduler':
      return {};
  }
}

/** Flags that kubeadm makes from `networking`, so that they need not stand in `extraArgs`. */
export const FROM_NETWORKING: ReadonlySet<string> = new Set(['cluster-cidr', 'service-cluster-ip-range']);

const COMPONENTS: readonly ControlPlaneComponent[] = ['kube-apiserver', 'kube-controller-manager'];

/** The cluster after `kubeadm upgrade`. kube-proxy and the network plugin keep what they have (app/componentconfigs, kubeProxyConfig.Default). */
export function upgraded(cluster: Cluster): Cluster {
  const { kubeadm } = cluster;
  if (kubeadm === null) return cluster;
  const staticPods = Object.fromEntries(COMPONENTS.map((component) => [component, generatedFlags(component, kubeadm)]));
  return { ...cluster, staticPods };
}

export interface FlagChange {
  readonly component: ControlPlaneComponent;
  readonly flag: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** The flags that an upgrade would change, add or take away. */
export function flagChanges(before: Cluster, after: Cluster): FlagChange[] {
  return COMPONENTS.flatMap((component) => {
    const [old, fresh] = [meaning(before.staticPods[component] ?? {}), meaning(after.staticPods[component] ?? {})];
    const flags = [...new Set([...Object.keys(old), ...Object.keys(fresh)])].sort();
    return flags
      .map((flag) => ({ component, flag, before: own(old, flag), after: own(fresh, flag) }))
      .filter((change) => change.before !== change.after);
  });
}

/** To say what a component takes anyway changes nothing. */
function meaning(flags: Flags): Readonly<Partial<Record<string, string>>> {
  return Object.fromEntries(Object.entries(flags).filter(([flag, value]) => USUAL_MASKS.get(flag) !== value));
}
