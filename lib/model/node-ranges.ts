import type { Cidr, IpFamily } from '../address';
import { readCidr } from './address-text';
import type { ConfigDocument } from './config-document';
import { k3sDistribution } from './config-document';
import { extraArgument, staticPodArgument } from './extra-arguments';
import { at, list, member, nonEmpty, text } from './json';
import { concat, flatMap } from './lists';
import type { NetworkModel } from './network-model';
import type { FieldPath, ModelObject } from './source-object';
import { k3sArguments } from './statements';

/** How large the range of a node is, unless an argument of the controller manager says otherwise. */
export const MASKS = {
  IPv4: { name: 'node-cidr-mask-size-ipv4', usual: 24 },
  IPv6: { name: 'node-cidr-mask-size-ipv6', usual: 64 },
};

/** What a cluster pool of Cilium has where nothing is said. */
export const CILIUM_MASKS: Readonly<Record<IpFamily, number>> = { IPv4: 24, IPv6: 120 };

export const SINGLE_STACK_MASK = 'node-cidr-mask-size';

export const POD_SUBNET = ['networking', 'podSubnet'];

/** Those that can be read. */
export function podSubnets({ value }: ConfigDocument): readonly Cidr[] {
  return cidrsIn(text(at(value, ...POD_SUBNET)) ?? '');
}

/** The ranges of one family that somebody gives to nodes, one to each. */
export interface NodeRanges {
  /** Who gives them: node IPAM of the controller manager, or the operator of Cilium. */
  readonly by: 'controller manager' | 'Cilium';
  readonly on: ModelObject;
  readonly field: FieldPath;
  /** As its users call it. */
  readonly setting: string;
  readonly cidrs: readonly Cidr[];
  readonly mask: number;
  /** What says the mask; undefined for the usual one. */
  readonly maskField: FieldPath | undefined;
}

/** How many nodes get one. */
export function countOfNodeRanges({ cidrs, mask }: Pick<NodeRanges, 'cidrs' | 'mask'>): number {
  return cidrs.reduce((sum, { prefix }) => sum + Math.floor(2 ** (mask - prefix)), 0);
}

/** Empty where nodes get no ranges, and where settings cannot be read. What kubeadm is told counts before what it made of it. */
export function nodeRangesOf({ configs, types }: Pick<NetworkModel, 'configs' | 'types'>): readonly NodeRanges[] {
  const pods = flatMap(types, ({ kind, apiVersion, objects }) =>
    kind === 'Pod' && apiVersion === 'v1' ? objects : [],
  );
  const [ofConfigs, ofPods] = [flatMap(configs, rangesOfConfig), flatMap(pods, rangesOfStaticPod)];
  const isSaid = ofConfigs.some(({ by }) => by === 'controller manager');
  return concat(ofConfigs, isSaid ? [] : ofPods);
}

function rangesOfConfig(config: ConfigDocument): readonly NodeRanges[] {
  const { kind, object: on, value, fieldOf } = config;
  if (kind === 'ClusterConfiguration') {
    const source = { on, setting: 'podSubnet', field: fieldOf(POD_SUBNET), cidrs: podSubnets(config) };
    return controllerRanges(source, (name) => {
      const argument = extraArgument(config, 'controllerManager', name).at(0);
      return argument && { ...argument, path: fieldOf(argument.path) };
    });
  }
  if (kind === 'K3sConfig') {
    const cidrs = cidrsIn(flatMap([member(value, 'cluster-cidr')], texts).join(','));
    const setting = `cluster-cidr of ${k3sDistribution(config)}`;
    return controllerRanges({ on, setting, field: ['cluster-cidr'], cidrs }, (name) =>
      k3sArguments(value, 'kube-controller-manager-arg', name).at(0),
    );
  }
  const mode = kind === 'CiliumConfig' ? text(member(value, 'ipam')) : undefined;
  if (mode !== 'cluster-pool' && mode !== 'cluster-pool-v2beta') return [];
  return flatMap(['IPv4', 'IPv6'] as const, (family) => ciliumRanges(config, family));
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? flatMap(list(value), (entry) => text(entry) ?? []) : [text(value) ?? ''];
}

function ciliumRanges({ object: on, value, fieldOf }: ConfigDocument, family: IpFamily): readonly NodeRanges[] {
  const key = family.toLowerCase();
  if (text(member(value, `enable-${key}`)) === 'false') return [];
  const cidrs = cidrsIn(nonEmpty(member(value, `cluster-pool-${key}-cidr`)) ?? '').filter(
    (cidr) => cidr.family === family,
  );
  const written = nonEmpty(member(value, `cluster-pool-${key}-mask-size`));
  const mask = written === undefined ? CILIUM_MASKS[family] : Number(written);
  if (cidrs.length === 0 || !Number.isInteger(mask)) return [];
  return [
    {
      by: 'Cilium',
      on,
      field: fieldOf([`cluster-pool-${key}-cidr`]),
      setting: 'the cluster pool of Cilium',
      cidrs,
      mask,
      maskField: written === undefined ? undefined : fieldOf([`cluster-pool-${key}-mask-size`]),
    },
  ];
}

function rangesOfStaticPod(on: ModelObject): readonly NodeRanges[] {
  const argument = (name: string): Argument | undefined => staticPodArgument(on, 'kube-controller-manager', name).at(0);
  const range = argument('cluster-cidr');
  if (range === undefined || argument('allocate-node-cidrs')?.content !== 'true') return [];
  const { path: field, content } = range;
  return controllerRanges({ on, setting: 'cluster-cidr', field, cidrs: cidrsIn(content) }, argument);
}

interface Argument {
  readonly path: FieldPath;
  readonly content: string;
}

function controllerRanges(
  { cidrs, ...source }: Pick<NodeRanges, 'on' | 'field' | 'setting' | 'cidrs'>,
  argument: (name: string) => Argument | undefined,
): readonly NodeRanges[] {
  if (argument('allocate-node-cidrs')?.content === 'false') return [];
  return flatMap(cidrs, (cidr) => {
    const { name, usual } = MASKS[cidr.family];
    const given = argument(name) ?? (cidrs.length === 1 ? argument(SINGLE_STACK_MASK) : undefined);
    const mask = given === undefined ? usual : Number(given.content);
    return Number.isInteger(mask) && mask >= cidr.prefix
      ? [{ by: 'controller manager' as const, ...source, cidrs: [cidr], mask, maskField: given?.path }]
      : [];
  });
}

function cidrsIn(written: string): readonly Cidr[] {
  return flatMap(written.split(/[\s,]+/), (part) => readCidr(part) ?? []);
}

/** Network plugins with an address management of their own do not look at the ranges of nodes. */
export function hasOtherIpam({ ipPools, statements }: NetworkModel): boolean {
  const settings = ['cluster pool of Cilium', 'CiliumPodIPPool', 'default pool of calico-node'];
  return ipPools.length > 0 || statements.ranges.some(({ setting }) => settings.includes(setting));
}
