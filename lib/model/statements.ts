import type { Cidr, PortRange } from '../address';
import { readCidr } from './address-text';
import { autoCreatedPoolRanges } from './cilium-config';
import {
  type ConfigDocument,
  type ConfigKind,
  isServerConfig,
  type K3sDistribution,
  k3sDistribution,
} from './config-document';
import { extraArgument } from './extra-arguments';
import { isCalico } from './ip-pool';
import { at, list, member, nonEmpty, text, texts } from './json';
import { concat, flatMap } from './lists';
import { isCilium } from './load-balancer-pool';
import { groupBy } from './lookup';
import { apiGroup, below, type FieldPath, type ModelObject } from './source-object';
import { statedNodePorts } from './stated-node-ports';

/** The settings that name ranges of the cluster, as their users call them. */
export type RangeSetting =
  | 'podSubnet of kubeadm'
  | 'serviceSubnet of kubeadm'
  | 'cluster-cidr of the controller manager'
  | 'service-cluster-ip-range of the controller manager'
  | 'service-cluster-ip-range of the API server'
  | 'clusterCIDR of kube-proxy'
  | 'Network of Flannel'
  | 'cluster pool of Cilium'
  | 'CiliumPodIPPool'
  | 'default pool of calico-node'
  | `cluster-cidr of ${K3sDistribution}`
  | `service-cidr of ${K3sDistribution}`
  | 'ServiceCIDR';

/** The ranges that an object says the cluster has, in the order that it gives them. */
export interface StatedRanges {
  readonly setting: RangeSetting;
  readonly role: 'pods' | 'services';
  /** As written; what cannot be read has no CIDR. */
  readonly entries: readonly { readonly text: string; readonly cidr: Cidr | undefined; readonly path: FieldPath }[];
  readonly object: ModelObject;
}

/** A text that an object says about the cluster, such as its domain. */
export interface StatedText {
  readonly setting: string;
  readonly value: string;
  readonly object: ModelObject;
  readonly path: FieldPath;
}

/** What the objects say about their cluster. */
export interface Statements {
  /** Each setting that is there once, or always with the same value; settings that differ are those of several clusters. */
  readonly ranges: readonly StatedRanges[];
  readonly domains: readonly StatedText[];
  /** The addresses that kubelets give to their pods as name servers. */
  readonly dnsAddresses: readonly StatedText[];
  /** `--service-node-port-range` of the API server; undefined when nobody says it, or two say different ones. */
  readonly nodePortRange: PortRange | undefined;
  /** The range that a cluster of kubeadm has when nothing is said, if a configuration of kubeadm says nothing. */
  readonly defaultServiceCidr: Cidr | undefined;
}

/** The settings of which a cluster has one; of the others every object adds its own. */
const LISTS: ReadonlySet<RangeSetting> = new Set(['CiliumPodIPPool', 'ServiceCIDR', 'default pool of calico-node']);

/** kubeadm: DefaultServicesSubnet, when `networking.serviceSubnet` is unset. */
const KUBEADM_SERVICE_CIDR = readCidr('10.96.0.0/12');

export function readStatements(configs: readonly ConfigDocument[], objects: readonly ModelObject[]): Statements {
  const stated = concat(flatMap(configs, configRanges), flatMap(objects, objectRanges), calicoDefaults(objects));
  const ranges = flatMap(
    [...groupBy(stated, ({ setting }) => setting).values()].filter(
      ([first, ...others]) => LISTS.has(first.setting) || others.every((other) => sameTexts(first, other)),
    ),
    (same) => (LISTS.has(same[0].setting) ? same : same.slice(0, 1)),
  );
  return {
    ranges,
    domains: sameOrNothing(
      flatMap(configs, (config) =>
        concat(
          statedText(config, 'ClusterConfiguration', 'dnsDomain of kubeadm', ['networking', 'dnsDomain']),
          statedText(config, 'KubeletConfiguration', 'clusterDomain of the kubelet', ['clusterDomain']),
          statedText(config, 'K3sConfig', `cluster-domain of ${k3sDistribution(config)}`, ['cluster-domain']),
        ),
      ),
    ),
    dnsAddresses: flatMap(configs, dnsAddresses),
    nodePortRange: statedNodePorts(configs, objects),
    defaultServiceCidr: configs.some(
      ({ kind, value }) =>
        kind === 'ClusterConfiguration' && nonEmpty(at(value, 'networking', 'serviceSubnet')) === undefined,
    )
      ? KUBEADM_SERVICE_CIDR
      : undefined,
  };
}

/** What the kubelet is told with an argument counts more than what its server gives it. */
function dnsAddresses(config: ConfigDocument): readonly StatedText[] {
  const { kind, value, object, fieldOf } = config;
  if (kind === 'KubeletConfiguration') {
    return texts(member(value, 'clusterDNS')).map((address, index) => ({
      setting: 'clusterDNS of the kubelet',
      value: address,
      object,
      path: fieldOf(['clusterDNS', index]),
    }));
  }
  const ofArgument = (path: FieldPath, content: string): readonly StatedText[] =>
    content.split(',').map((address) => ({
      setting: 'cluster-dns of the kubelet',
      value: address.trim(),
      object,
      path: fieldOf(path),
    }));
  if (kind === 'InitConfiguration' || kind === 'JoinConfiguration') {
    return flatMap(extraArgument(config, 'nodeRegistration', 'cluster-dns', 'kubeletExtraArgs'), ({ path, content }) =>
      ofArgument(path, content),
    );
  }
  if (kind !== 'K3sConfig') return [];
  const given = k3sArguments(value, 'kubelet-arg', 'cluster-dns');
  if (given.length > 0) return flatMap(given, ({ path, content }) => ofArgument(path, content));
  const path = ['cluster-dns'];
  return k3sValues(value, 'cluster-dns').map((address) => ({
    setting: `cluster-dns of ${k3sDistribution(config)}`,
    value: address,
    object,
    path: fieldOf(path),
  }));
}

/** The arguments that k3s hands to a component: one text, or a list of them, each `name=value`. */
export function k3sArguments(
  value: unknown,
  setting: string,
  name: string,
): readonly { path: FieldPath; content: string }[] {
  const given = member(value, setting);
  return flatMap(Array.isArray(given) ? list(given) : [given], (entry, index) => {
    const written = text(entry) ?? '';
    const path = Array.isArray(given) ? [setting, index] : [setting];
    return written.startsWith(`${name}=`) ? [{ path, content: written.slice(name.length + 1) }] : [];
  }).slice(-1);
}

/** One text with commas, or a list. */
function k3sValues(value: unknown, setting: string): readonly string[] {
  const given = member(value, setting);
  return flatMap(Array.isArray(given) ? texts(given) : [text(given) ?? ''], (entry) =>
    flatMap(entry.split(','), (part) => nonEmpty(part.trim()) ?? []),
  );
}

/** What k3s and RKE2 take where a server says nothing. */
const K3S_DEFAULTS = { 'cluster-cidr': '10.42.0.0/16', 'service-cidr': '10.43.0.0/16' };

function k3sRanges(value: unknown, setting: keyof typeof K3S_DEFAULTS): [FieldPath, string] {
  const written = k3sValues(value, setting);
  if (written.length > 0) return [[setting], written.join(',')];
  return [[], isServerConfig(value) ? K3S_DEFAULTS[setting] : ''];
}

function configRanges(config: ConfigDocument): readonly StatedRanges[] {
  const { kind, value, object, fieldOf } = config;
  const stated = (
    setting: RangeSetting,
    role: StatedRanges['role'],
    path: FieldPath,
    content = text(at(value, ...path)),
  ): readonly StatedRanges[] => statedRanges(setting, role, object, fieldOf(path), content);
  switch (kind) {
    case 'ClusterConfiguration':
      return concat(
        stated('podSubnet of kubeadm', 'pods', ['networking', 'podSubnet']),
        stated('serviceSubnet of kubeadm', 'services', ['networking', 'serviceSubnet']),
        flatMap(extraArgument(config, 'controllerManager', 'cluster-cidr'), ({ path, content }) =>
          stated('cluster-cidr of the controller manager', 'pods', path, content),
        ),
        flatMap(extraArgument(config, 'controllerManager', 'service-cluster-ip-range'), ({ path, content }) =>
          stated('service-cluster-ip-range of the controller manager', 'services', path, content),
        ),
        flatMap(extraArgument(config, 'apiServer', 'service-cluster-ip-range'), ({ path, content }) =>
          stated('service-cluster-ip-range of the API server', 'services', path, content),
        ),
      );
    case 'KubeProxyConfiguration': {
      // Other modes do not look at the cluster CIDR.
      const mode = nonEmpty(member(value, 'detectLocalMode')) ?? 'ClusterCIDR';
      return mode === 'ClusterCIDR' ? stated('clusterCIDR of kube-proxy', 'pods', ['clusterCIDR']) : [];
    }
    case 'FlannelNetwork': {
      const enabled = flatMap(
        concat(
          member(value, 'EnableIPv4') === false ? [] : ['Network'],
          member(value, 'EnableIPv6') === true ? ['IPv6Network'] : [],
        ),
        (key) => nonEmpty(member(value, key)) ?? [],
      );
      return stated('Network of Flannel', 'pods', ['Network'], enabled.join(','));
    }
    case 'CiliumConfig': {
      const mode = text(member(value, 'ipam'));
      if (mode === 'multi-pool') {
        const key = 'auto-create-cilium-pod-ip-pools';
        const pools = autoCreatedPoolRanges(text(member(value, key)) ?? '');
        return stated('CiliumPodIPPool', 'pods', [key], pools.join(','));
      }
      if (mode !== 'cluster-pool' && mode !== 'cluster-pool-v2beta') return [];
      const pools = flatMap(['ipv4', 'ipv6'] as const, (family) => {
        const on = text(member(value, `enable-${family}`)) !== 'false';
        return on ? (nonEmpty(member(value, `cluster-pool-${family}-cidr`)) ?? []) : [];
      });
      return stated('cluster pool of Cilium', 'pods', ['cluster-pool-ipv4-cidr'], pools.join(','));
    }
    case 'K3sConfig':
      return concat(
        stated(`cluster-cidr of ${k3sDistribution(config)}`, 'pods', ...k3sRanges(value, 'cluster-cidr')),
        stated(`service-cidr of ${k3sDistribution(config)}`, 'services', ...k3sRanges(value, 'service-cidr')),
      );
    case 'InitConfiguration':
    case 'JoinConfiguration':
    case 'KubeletConfiguration':
    case 'NodeLocalCorefile':
      return [];
  }
}

function objectRanges(object: ModelObject): readonly StatedRanges[] {
  const { kind, apiVersion } = object.ref;
  if (kind === 'ServiceCIDR' && apiGroup(apiVersion) === 'networking.k8s.io') {
    const cidrs = texts(at(object.manifest, 'spec', 'cidrs'));
    return [listed('ServiceCIDR', 'services', object, ['spec', 'cidrs'], cidrs)];
  }
  if (kind === 'Pod' && apiVersion === 'v1') return STATIC_POD.test(object.ref.name) ? staticPodRanges(object) : [];
  if (isCilium(object, 'CiliumPodIPPool')) {
    return ['ipv4', 'ipv6'].map((family) => {
      const cidrs = texts(at(object.manifest, 'spec', family, 'cidrs'));
      return listed('CiliumPodIPPool', 'pods', object, ['spec', family, 'cidrs'], cidrs);
    });
  }
  return [];
}

/** The pools that calico-node makes when it starts and there is none (projectcalico/calico, node/pkg/lifecycle/startup). */
function calicoDefaults(objects: readonly ModelObject[]): readonly StatedRanges[] {
  const hasPools = objects.some((object) => isCalico(object, 'IPPool'));
  return flatMap(objects, (object) => {
    const { kind, name } = object.ref;
    if (hasPools || kind !== 'DaemonSet' || name !== 'calico-node') return [];
    const path: FieldPath = ['spec', 'template', 'spec', 'containers'];
    return flatMap(list(at(object.manifest, ...path)), (container, index) =>
      flatMap(list(member(container, 'env')), (variable, position) =>
        DEFAULT_POOL.test(text(member(variable, 'name')) ?? '')
          ? statedRanges(
              'default pool of calico-node',
              'pods',
              object,
              below(path, index, 'env', position, 'value'),
              text(member(variable, 'value')),
            )
          : [],
      ),
    );
  });
}

const DEFAULT_POOL = /^CALICO_IPV[46]POOL_CIDR$/;

/** The control plane as kubeadm runs it: the arguments stand in the command. */
const STATIC_POD = /^kube-(apiserver|controller-manager)\b/;

function staticPodRanges(object: ModelObject): readonly StatedRanges[] {
  const component = object.ref.name.startsWith('kube-apiserver') ? 'API server' : 'controller manager';
  return flatMap(list(at(object.manifest, 'spec', 'containers')), (container, index) =>
    flatMap(['command', 'args'], (field) =>
      flatMap(list(member(container, field)), (argumentText, position) => {
        const [, name, content] =
          /^--(cluster-cidr|service-cluster-ip-range)=(.*)$/.exec(text(argumentText) ?? '') ?? [];
        const path = ['spec', 'containers', index, field, position];
        if (name === 'service-cluster-ip-range') {
          return statedRanges(`service-cluster-ip-range of the ${component}`, 'services', object, path, content);
        }
        return name === 'cluster-cidr' && component === 'controller manager'
          ? statedRanges('cluster-cidr of the controller manager', 'pods', object, path, content)
          : [];
      }),
    ),
  );
}

function listed(
  setting: RangeSetting,
  role: StatedRanges['role'],
  object: ModelObject,
  path: FieldPath,
  cidrs: readonly string[],
): StatedRanges {
  const entries = cidrs.map((entry, index) => ({ text: entry, cidr: readCidr(entry), path: below(path, index) }));
  return { setting, role, object, entries };
}

/** Lists in one text are separated by commas; Cilium's by white space too. */
function statedRanges(
  setting: RangeSetting,
  role: StatedRanges['role'],
  object: ModelObject,
  path: FieldPath,
  content: string | undefined,
): readonly StatedRanges[] {
  const entries = (content ?? '')
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map((entry) => ({ text: entry, cidr: readCidr(entry), path }));
  return entries.length === 0 ? [] : [{ setting, role, object, entries }];
}

function statedText(config: ConfigDocument, kind: ConfigKind, setting: string, path: FieldPath): readonly StatedText[] {
  const value = config.kind === kind ? nonEmpty(at(config.value, ...path)) : undefined;
  return value === undefined ? [] : [{ setting, value, object: config.object, path: config.fieldOf(path) }];
}

/** One statement of each setting; none of a setting with several values, which is that of several clusters. */
function sameOrNothing(stated: readonly StatedText[]): readonly StatedText[] {
  return flatMap([...groupBy(stated, ({ setting }) => setting).values()], ([first, ...others]) =>
    others.every(({ value }) => value === first.value) ? [first] : [],
  );
}

function sameTexts(a: StatedRanges, b: StatedRanges): boolean {
  return textsOf(a) === textsOf(b);
}

function textsOf({ entries }: StatedRanges): string {
  return entries.map((entry) => entry.text).join(',');
}
