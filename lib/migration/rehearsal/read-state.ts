import { at, list, member, nonEmpty, record, text, texts } from '../../model';
import { poolOf } from './calico';
import type {
  CalicoPool,
  Cluster,
  ControlPlaneComponent,
  Distribution,
  Flags,
  KubeadmConfig,
  KubeProxyConfig,
  NodeGroup,
  Pod,
  RehearsedService,
} from './cluster';
import { generatedFlags } from './kubeadm';
import { readPoolRequests } from './pool-requests';
import { encapsulationOf, loadBalancerPoolOf, selectionOf, stringsOf } from './workbench';

/** Reads the YAML that stands in a value of a ConfigMap. */
export type ReadYaml = (text: string) => unknown;

/**
 * A cluster as its objects say it is: `kubectl get -o yaml` of nodes, pods, pools, services and the ConfigMaps of kube-system. What they do not
 * say is as the runbook has it.
 */
export function clusterFromObjects(objects: readonly unknown[], known: Cluster | null, readYaml: ReadYaml): Cluster {
  const of = (kind: string): readonly unknown[] => objects.filter((object) => text(member(object, 'kind')) === kind);
  const configMap = (name: string, key: string): string | undefined => {
    const found = of('ConfigMap').find((object) => nameOf(object) === name);
    return text(at(found, 'data', key));
  };
  const kubeadmText = configMap('kubeadm-config', 'ClusterConfiguration');
  const proxyText = configMap('kube-proxy', 'config.conf');
  const kubeadm = kubeadmText === undefined ? undefined : readKubeadm(readYaml(kubeadmText));
  const loadBalancerPools = objects.flatMap((object) => loadBalancerPoolOf(object) ?? []);
  const pools = of('IPPool')
    .filter((object) => loadBalancerPoolOf(object) === null)
    .map(readPool);
  const staticPods = readStaticPods(of('Pod'));
  const ciliumConfig = record(
    at(
      of('ConfigMap').find((object) => nameOf(object) === 'cilium-config'),
      'data',
    ),
  );
  const pluginRanges = readPluginRanges(readYaml(configMap('kube-flannel-cfg', 'net-conf.json') ?? ''), ciliumConfig);
  const distribution = distributionOf(of('Node'));
  return {
    distribution: distribution ?? known?.distribution ?? 'kubeadm',
    networkPlugin: pluginOf(pools, pluginRanges, ciliumConfig !== undefined) ?? known?.networkPlugin ?? null,
    kubernetesVersion: known?.kubernetesVersion ?? null,
    clusterDomain:
      text(at(kubeadmText && readYaml(kubeadmText), 'networking', 'dnsDomain')) ??
      known?.clusterDomain ??
      'cluster.local',
    calicoApi: apiOf(of('APIService'), of('CustomResourceDefinition')) ?? known?.calicoApi ?? 'calicoctl',
    calicoOperator: of('Installation').length > 0 || (known?.calicoOperator ?? false),
    kubeadm: distribution === 'rke2' || distribution === 'k3s' ? null : (kubeadm ?? known?.kubeadm ?? null),
    staticPods:
      Object.keys(staticPods).length > 0
        ? staticPods
        : kubeadm === undefined
          ? (known?.staticPods ?? {})
          : {
              'kube-apiserver': generatedFlags('kube-apiserver', kubeadm),
              'kube-controller-manager': generatedFlags('kube-controller-manager', kubeadm),
            },
    copies: {},
    kubeProxy: proxyText === undefined ? (known?.kubeProxy ?? null) : readProxy(readYaml(proxyText)),
    pluginRanges: Object.keys(pluginRanges).length > 0 ? pluginRanges : (known?.pluginRanges ?? {}),
    pools: pools.length > 0 ? pools : (known?.pools ?? []),
    nodes: of('Node').length > 0 ? readNodes(of('Node'), of('Pod'), of('DaemonSet'), pools) : (known?.nodes ?? []),
    serviceRanges: of('ServiceCIDR')
      .filter((object) => nameOf(object) !== 'kubernetes')
      .map((object) => ({ name: nameOf(object), cidrs: texts(at(object, 'spec', 'cidrs')) })),
    services: of('Service').length > 0 ? of('Service').map(readService) : (known?.services ?? []),
    loadBalancerPools: loadBalancerPools.length > 0 ? loadBalancerPools : (known?.loadBalancerPools ?? []),
    poolRequests: readPoolRequests(objects),
  };
}

function nameOf(object: unknown): string {
  return text(at(object, 'metadata', 'name')) ?? '';
}

/** `extraArgs` is a list from v1beta4 on, and a map before. */
function readKubeadm(document: unknown): KubeadmConfig {
  const args = (key: string): Flags => {
    const given = at(document, key, 'extraArgs');
    if (!Array.isArray(given)) return stringsOf(given);
    return Object.fromEntries(
      list(given).flatMap((entry) => {
        const [name, value] = [text(member(entry, 'name')), text(member(entry, 'value'))];
        return name === undefined ? [] : [[name, value ?? '']];
      }),
    );
  };
  return {
    podSubnet: text(at(document, 'networking', 'podSubnet')) ?? '',
    serviceSubnet: text(at(document, 'networking', 'serviceSubnet')) ?? '',
    extraArgs: { 'kube-apiserver': args('apiServer'), 'kube-controller-manager': args('controllerManager') },
  };
}

function readProxy(document: unknown): KubeProxyConfig {
  return {
    clusterCIDR: text(at(document, 'clusterCIDR')) ?? '',
    detectLocalMode: text(at(document, 'detectLocalMode')) ?? '',
    interfaceNamePrefix: text(at(document, 'detectLocal', 'interfaceNamePrefix')) ?? '',
  };
}

/** Flags that a migration has to do with: the rest is nothing that it changes. */
const RANGE_FLAG = /^(?:allocate-node-cidrs|cluster-cidr|service-cluster-ip-range|node-cidr-mask-size(?:-ipv[46])?)$/;

function readStaticPods(pods: readonly unknown[]): Cluster['staticPods'] {
  const components: readonly ControlPlaneComponent[] = ['kube-apiserver', 'kube-controller-manager'];
  return Object.fromEntries(
    components.flatMap((component) => {
      const pod = pods.find((object) => text(at(object, 'metadata', 'labels', 'component')) === component);
      const containers = list(at(pod, 'spec', 'containers'));
      if (containers.length === 0) return [];
      const [container] = containers;
      const lines = [...texts(member(container, 'command')), ...texts(member(container, 'args'))];
      const flags = lines.flatMap((line) => {
        const match = /^--([-a-z0-9]+)=(.*)$/.exec(line);
        return match !== null && RANGE_FLAG.test(match[1]) ? [[match[1], match[2]]] : [];
      });
      return [[component, Object.fromEntries(flags) as Flags]];
    }),
  );
}

function readPluginRanges(
  netConf: unknown,
  cilium: Readonly<Record<string, unknown>> | undefined,
): Cluster['pluginRanges'] {
  const ipv4 = nonEmpty(member(netConf, 'Network')) ?? nonEmpty(member(cilium, 'cluster-pool-ipv4-cidr'));
  const ipv6 = nonEmpty(member(netConf, 'IPv6Network')) ?? nonEmpty(member(cilium, 'cluster-pool-ipv6-cidr'));
  return { ...(ipv4 && { IPv4: ipv4.split(/[\s,]+/) }), ...(ipv6 && { IPv6: ipv6.split(/[\s,]+/) }) };
}

function pluginOf(
  pools: readonly CalicoPool[],
  ranges: Cluster['pluginRanges'],
  cilium: boolean,
): Cluster['networkPlugin'] | undefined {
  if (pools.length > 0) return 'calico';
  if (cilium) return 'cilium';
  return Object.keys(ranges).length > 0 ? 'flannel' : undefined;
}

function readPool(object: unknown): CalicoPool {
  const spec = member(object, 'spec');
  return {
    name: nameOf(object),
    cidr: text(at(spec, 'cidr')) ?? '',
    encapsulation: encapsulationOf(spec, 'None'),
    disabled: at(spec, 'disabled') === true,
    ...(selectionOf(text(at(spec, 'nodeSelector'))) ?? { nodeLabels: {} }),
    allowedUses: texts(at(spec, 'allowedUses')),
  };
}

function distributionOf(nodes: readonly unknown[]): Distribution | undefined {
  const versions = nodes.map((node) => text(at(node, 'status', 'nodeInfo', 'kubeletVersion')) ?? '');
  if (versions.some((version) => version.includes('+rke2'))) return 'rke2';
  return versions.some((version) => version.includes('+k3s')) ? 'k3s' : undefined;
}

function apiOf(services: readonly unknown[], definitions: readonly unknown[]): Cluster['calicoApi'] | undefined {
  if (services.some((object) => nameOf(object) === 'v3.projectcalico.org')) return 'API server';
  return definitions.some((object) => nameOf(object) === 'ippools.projectcalico.org') ? 'native CRDs' : undefined;
}

/** Pods that have ended have no address any more, whatever their status says. */
const ENDED: ReadonlySet<unknown> = new Set(['Succeeded', 'Failed']);

/** Each node for itself, with one of its pods for each pool that its pods have addresses of, and each of those that nothing makes anew. */
function readNodes(
  nodes: readonly unknown[],
  pods: readonly unknown[],
  daemonSets: readonly unknown[],
  pools: readonly CalicoPool[],
): NodeGroup[] {
  const poolOfIp = (ip: string): string | undefined => poolOf(pools, ip)?.name;
  const byHand = new Set(
    daemonSets
      .filter((object) => text(at(object, 'spec', 'updateStrategy', 'type')) === 'OnDelete')
      .map((object) => `${text(at(object, 'metadata', 'namespace')) ?? ''}/${nameOf(object)}`),
  );
  const found = new Map<string, { readonly pods: Map<string, Pod>; count: number }>();
  for (const pod of pods) {
    const node = text(at(pod, 'spec', 'nodeName'));
    if (node === undefined || at(pod, 'spec', 'hostNetwork') === true || ENDED.has(at(pod, 'status', 'phase')))
      continue;
    const ips = list(at(pod, 'status', 'podIPs')).flatMap((entry) => text(member(entry, 'ip')) ?? []);
    if (ips.length === 0) continue;
    const of = found.get(node) ?? { pods: new Map<string, Pod>(), count: 0 };
    found.set(node, of);
    of.count += 1;
    const stays = stayingPod(pod, byHand);
    const key = [...ips.map((ip) => poolOfIp(ip) ?? ip), stays ?? ''].join();
    if (!of.pods.has(key)) of.pods.set(key, { addresses: ips, ...(stays !== undefined && { stays }) });
  }
  return nodes.map((node) => ({
    name: nameOf(node),
    count: 1,
    labels: stringsOf(at(node, 'metadata', 'labels')),
    podCidrs: texts(at(node, 'spec', 'podCIDRs')).length > 0 ? [texts(at(node, 'spec', 'podCIDRs'))] : [],
    tunnels: readTunnels(node, poolOfIp),
    pods: [...(found.get(nameOf(node))?.pods.values() ?? [])],
    podCount: found.get(nameOf(node))?.count ?? 0,
  }));
}

/** A drain passes by static pods and those of DaemonSets, and a rollout changes nothing where pods are replaced only when somebody deletes them. */
function stayingPod(pod: unknown, byHand: ReadonlySet<string>): string | undefined {
  const namespace = text(at(pod, 'metadata', 'namespace')) ?? '';
  const owners = list(at(pod, 'metadata', 'ownerReferences'));
  const owner = owners.find((entry) => member(entry, 'controller') === true) ?? owners.at(0);
  const name = text(member(owner, 'name')) ?? '';
  switch (text(member(owner, 'kind')) ?? '') {
    case 'Node':
      return `the static pod ${namespace}/${nameOf(pod)}`;
    case 'DaemonSet':
      return byHand.has(`${namespace}/${name}`)
        ? `a pod of DaemonSet ${namespace}/${name} (updateStrategy OnDelete)`
        : undefined;
    default:
      return undefined;
  }
}

/** Annotations in which calico/node tells the addresses of its tunnels (libcalico-go/lib/backend/k8s/resources/node.go). */
const TUNNELS = [
  ['IPIP IPv4', 'projectcalico.org/IPv4IPIPTunnelAddr'],
  ['VXLAN IPv4', 'projectcalico.org/IPv4VXLANTunnelAddr'],
  ['VXLAN IPv6', 'projectcalico.org/IPv6VXLANTunnelAddr'],
] as const;

function readTunnels(node: unknown, poolOfIp: (ip: string) => string | undefined): NodeGroup['tunnels'] {
  return Object.fromEntries(
    TUNNELS.flatMap(([key, annotation]) => {
      const address = text(at(node, 'metadata', 'annotations', annotation));
      const pool = address === undefined ? undefined : poolOfIp(address);
      return pool === undefined ? [] : [[key, pool]];
    }),
  );
}

function readService(object: unknown): RehearsedService {
  const policy = text(at(object, 'spec', 'ipFamilyPolicy'));
  return {
    name: `${text(at(object, 'metadata', 'namespace')) ?? 'default'}/${nameOf(object)}`,
    ipFamilyPolicy: policy === 'PreferDualStack' || policy === 'RequireDualStack' ? policy : 'SingleStack',
    clusterIps: texts(at(object, 'spec', 'clusterIPs')).filter((ip) => ip !== 'None' && ip !== ''),
    loadBalancerIps: list(at(object, 'status', 'loadBalancer', 'ingress')).flatMap(
      (entry) => text(member(entry, 'ip')) ?? [],
    ),
  };
}
