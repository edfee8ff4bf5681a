import { cidrHas, formatAddress, formatCidr, hostBits, parseCidr } from '../../address';
import type { Problem } from '../../finding/problem';
import { portProblems, readAddress, shown } from '../objects/object-problem';
import { apiServerProblems, type ClusterNetwork } from './cluster-network';
import { argumentProblems } from './component-arguments';
import { hostProblems } from './host-problems';
import { NFTABLES_SINCE, writtenApis } from '../../plan';
import type { KubeadmSettings } from './kubeadm-documents';

/** kubeadm: MaximumBitsForServiceSubnet; the API server of Kubernetes 1.35 takes more. */
const MOST_SERVICE_BITS = 20;
/** The first version whose kubeadm reads any of what is written. */
const [, OLDEST_MINOR] = writtenApis('ClusterConfiguration')[0].since;

export function kubeadmProblems(network: ClusterNetwork, settings: KubeadmSettings): Problem[] {
  return [
    ...versionProblems(network, settings.kubernetesVersion),
    ...serviceSizeProblems(network),
    ...apiServerProblems(network),
    ...proxyModeProblems(network, settings.proxyMode),
    ...advertiseProblems(network, settings.advertiseAddress),
    ...(settings.bindPort === undefined ? [] : portProblems('bindPort', settings.bindPort)),
    ...nodeIpProblems(network, settings.nodeIps ?? []),
    ...(settings.controlPlaneEndpoint === undefined
      ? []
      : endpointProblems(network, 'controlPlaneEndpoint', settings.controlPlaneEndpoint)),
    ...(settings.certSans ?? []).flatMap((name, index) => hostProblems(`certSans[${index}]`, name)),
    ...argumentProblems('apiServerArgs', settings.apiServerArgs),
    ...argumentProblems('controllerManagerArgs', settings.controllerManagerArgs),
    ...argumentProblems('schedulerArgs', settings.schedulerArgs),
  ];
}

function versionProblems({ name, kubernetesVersion }: ClusterNetwork, exact: string | undefined): Problem[] {
  const minor = kubernetesVersion && `${kubernetesVersion.major}.${kubernetesVersion.minor}`;
  const problems: Problem[] = [];
  if (kubernetesVersion !== null && (kubernetesVersion.major !== 1 || kubernetesVersion.minor < OLDEST_MINOR)) {
    problems.push({
      message: `kubeadm of Kubernetes ${minor} does not read kubeadm.k8s.io/v1beta3`,
      help: `set kubernetesVersion of cluster ${name} to 1.${OLDEST_MINOR} or later`,
    });
  }
  const match = exact === undefined ? null : /^v(\d+\.\d+)\.\d+(?:[-+][0-9A-Za-z.+-]+)?$/.exec(exact);
  if (exact !== undefined && match === null) {
    problems.push({
      message: `kubernetesVersion is ${shown(exact)}, which is not an exact version`,
      help: 'write a version such as "v1.34.2", or leave it out for the newest patch of the version of the cluster',
    });
  }
  if (match !== null && minor !== null && match[1] !== minor) {
    problems.push({
      message: `kubernetesVersion is ${exact}, and the version of cluster ${name} is ${minor}`,
      help: `use a version of ${minor}, or change kubernetesVersion of the cluster`,
    });
  }
  return problems;
}

function proxyModeProblems(
  { name, plugin, replacesKubeProxy, kubernetesVersion }: ClusterNetwork,
  mode: string | undefined,
): Problem[] {
  if (mode === undefined) return [];
  if (replacesKubeProxy) {
    return [
      {
        message: `proxyMode is ${mode}, and ${String(plugin)} takes the place of kube-proxy in cluster ${name}`,
        help: 'leave proxyMode out, or kubeProxyReplacement of Cni.cilium()',
      },
    ];
  }
  if (mode !== 'nftables' || kubernetesVersion === null || kubernetesVersion.minor >= NFTABLES_SINCE) return [];
  return [
    {
      message: `proxyMode is nftables, and kube-proxy of Kubernetes 1.${kubernetesVersion.minor} refuses it without the feature gate NFTablesProxyMode`,
      help: `use KubeProxyMode.IPTABLES, or Kubernetes 1.${NFTABLES_SINCE} or later`,
    },
  ];
}

function serviceSizeProblems({ serviceCidrs }: ClusterNetwork): Problem[] {
  return serviceCidrs
    .map(parseCidr)
    .filter((cidr) => hostBits(cidr) > MOST_SERVICE_BITS)
    .map((cidr) => ({
      message: `service CIDR ${formatCidr(cidr)} is larger than kubeadm accepts`,
      help: `give the cluster a /${cidr.family === 'IPv4' ? 12 : 108} or smaller; a ServiceCidr can extend it later`,
    }));
}

/** Neither nodes nor what stands before them can have the address of a pod or of a Service. */
function takenProblems(network: ClusterNetwork, field: string, text: string): Problem[] {
  const { value: address, problems } = readAddress(field, text);
  if (address === undefined) return [...problems];
  const ranges = [
    ...network.podCidrs.map((cidr) => ({ cidr, what: 'pod range' })),
    ...network.serviceCidrs.map((cidr) => ({ cidr, what: 'service CIDR' })),
  ];
  return ranges
    .filter(({ cidr }) => cidrHas(parseCidr(cidr), address))
    .map(({ cidr, what }) => ({
      message: `${field} ${formatAddress(address)} lies in the ${what} ${cidr} of cluster ${network.name}`,
      help: 'give the address of a node, and add its network to nodeNetwork: nothing is then allocated from it',
    }));
}

/** The address of the API server in the cluster has the family of the first service CIDR (kube-apiserver). */
function advertiseProblems(network: ClusterNetwork, text: string | undefined): Problem[] {
  if (text === undefined) return [];
  const family = readAddress('advertiseAddress', text).value?.family;
  const primary = network.families[0];
  return [
    ...takenProblems(network, 'advertiseAddress', text),
    ...(family === undefined || family === primary
      ? []
      : [
          {
            message: `advertiseAddress ${text} is ${family}, and the primary family of cluster ${network.name} is ${primary}`,
            help: `give an ${primary} address of the node`,
          },
        ]),
  ];
}

function nodeIpProblems(network: ClusterNetwork, nodeIps: readonly string[]): Problem[] {
  const families = nodeIps.map((text, index) => readAddress(`nodeIps[${index}]`, text).value?.family);
  const problems = nodeIps.flatMap((text, index) => takenProblems(network, `nodeIps[${index}]`, text));
  if (nodeIps.length === 0 || problems.length > 0 || families.join() === network.families.join()) return problems;
  return [
    {
      message: `nodeIps are ${families.join(', ')}, and the families of cluster ${network.name} are ${network.families.join(', ')}`,
      help: 'give one address of each family, the primary one first',
    },
  ];
}

function endpointProblems(network: ClusterNetwork, field: string, text: string): Problem[] {
  const match = /^(?:\[([^\]]*)\]|([^:[\]]*))(?::(\d+))?$/.exec(text);
  if (match === null) {
    return [
      {
        message: `${field} is ${shown(text)}, not a host and a port`,
        help: 'write host:port, and an IPv6 address in brackets: "[fd00::1]:6443"',
      },
    ];
  }
  const groups: readonly (string | undefined)[] = match;
  const [, bracketed, plain = '', port] = groups;
  const host = bracketed ?? plain;
  const isAddress = bracketed !== undefined || /^[\d.]+$/.test(host);
  return [
    ...(isAddress ? takenProblems(network, field, host) : hostProblems(field, host)),
    ...(port === undefined ? [] : portProblems(`the port of ${field}`, Number(port))),
  ];
}
