import type { Construct } from 'constructs';
import type { Problem } from '../../finding/problem';
import { NetworkSynthesis } from '../../synth';
import { registerObject } from '../objects/object-registration';
import { INVALID_BOOTSTRAP_CONFIG } from '../objects/object-rules';
import { type ClusterNetwork, clusterNetworkOf, missingNetworkProblems } from './cluster-network';
import { argumentProblems, type ComponentArguments, sortedArguments } from './component-arguments';
import { configFile } from './config-file';
import { hostProblems } from './host-problems';
import type { K3sServerProps } from './k3s-server-props';

interface K3sFiles {
  readonly construct: Construct;
  readonly instantiated: NewableFunction;
  /** The folder, named as the program is. */
  readonly folder: 'k3s' | 'rke2';
  readonly props: K3sServerProps;
  /** What only one of the two programs has. */
  readonly more: (network: ClusterNetwork) => object;
  readonly problems: (network: ClusterNetwork) => readonly Problem[];
}

/** `FOLDER/CLUSTER/server.yaml` and `agent.yaml`: each goes to `/etc/rancher/FOLDER/config.yaml` of its nodes. */
export function addK3sFiles({ construct, instantiated, folder, props, more, problems }: K3sFiles): void {
  registerObject({
    construct,
    instantiated,
    rule: INVALID_BOOTSTRAP_CONFIG,
    problems: () => {
      const network = clusterNetworkOf(construct);
      return [
        ...missingNetworkProblems(construct),
        ...problemsOf(props),
        ...(network === undefined ? [] : [...kubeProxyProblems(network, props), ...problems(network)]),
      ];
    },
  });
  const synthesis = NetworkSynthesis.of(construct);
  const cluster = synthesis.clusterOf(construct)?.name;
  if (cluster === undefined) return;
  const text = (settings: (network: ClusterNetwork) => object) => (): string => {
    const network = clusterNetworkOf(construct);
    return network === undefined ? '' : configFile([settings(network)]);
  };
  synthesis.addFile(
    construct,
    `${folder}/${cluster}/server.yaml`,
    text((network) => ({ ...serverSettings(network, props), ...more(network) })),
  );
  synthesis.addFile(
    construct,
    `${folder}/${cluster}/agent.yaml`,
    text((network) => ({ 'kubelet-arg': kubeletArguments(network, props) })),
  );
}

function serverSettings(network: ClusterNetwork, props: K3sServerProps): object {
  return {
    'cluster-cidr': network.podCidrs.join(','),
    'service-cidr': network.serviceCidrs.join(','),
    'cluster-dns': network.dnsIps.join(','),
    'cluster-domain': network.clusterDomain,
    'service-node-port-range': network.nodePortRange,
    'kube-apiserver-arg': argumentList(props.kubeApiserverArgs ?? {}),
    'kube-controller-manager-arg': argumentList({ ...props.kubeControllerManagerArgs, ...maskArguments(network) }),
    'kubelet-arg': kubeletArguments(network, props),
    'tls-san': props.tlsSans,
    disable: props.disable,
    'disable-kube-proxy': props.disableKubeProxy ?? (network.replacesKubeProxy ? true : undefined),
  };
}

/** The controller manager refuses the argument without family beside a second family. */
function maskArguments({ nodeMasks }: ClusterNetwork): ComponentArguments {
  return Object.fromEntries(
    nodeMasks.map(({ family, prefix }) => [
      nodeMasks.length === 1 ? 'node-cidr-mask-size' : `node-cidr-mask-size-${family.toLowerCase()}`,
      String(prefix),
    ]),
  );
}

/** `cluster-dns` of the server is also the address of the DNS Service: the cache on the nodes is known to kubelets only. */
function kubeletArguments(network: ClusterNetwork, { kubeletArgs }: K3sServerProps): string[] {
  const { dnsServers, podsPerNode } = network;
  return argumentList({
    ...kubeletArgs,
    'max-pods': String(podsPerNode),
    ...(dnsServers.length > 0 && { 'cluster-dns': dnsServers.join(',') }),
  });
}

function argumentList(given: ComponentArguments): string[] {
  return sortedArguments(given).map(([name, value]) => `${name}=${value}`);
}

function problemsOf({ tlsSans, kubeApiserverArgs, kubeControllerManagerArgs, kubeletArgs }: K3sServerProps): Problem[] {
  return [
    ...(tlsSans ?? []).flatMap((name, index) => hostProblems(`tlsSans[${index}]`, name)),
    ...argumentProblems('kubeApiserverArgs', kubeApiserverArgs),
    ...argumentProblems('kubeControllerManagerArgs', kubeControllerManagerArgs),
    ...argumentProblems('kubeletArgs', kubeletArgs),
  ];
}

/** Both would send the traffic of Services their own way. */
function kubeProxyProblems(
  { name, plugin, replacesKubeProxy }: ClusterNetwork,
  { disableKubeProxy }: K3sServerProps,
): Problem[] {
  if (!replacesKubeProxy || disableKubeProxy !== false) return [];
  return [
    {
      message: `disableKubeProxy is false, and ${String(plugin)} takes the place of kube-proxy in cluster ${name}`,
      help: 'leave disableKubeProxy out, or kubeProxyReplacement of Cni.cilium()',
    },
  ];
}
