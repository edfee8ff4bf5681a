import { addressBits, type Cidr, formatCidr, type IpFamily } from '../address';
import type { RuledProblem } from '../finding/problem';
import type { RangeClaim } from '../plan';
import { tunnelOf } from './rehearsal/calico';
import type { CalicoApi, Cni, Distribution, Encapsulation, Labels } from './terms';
import { countProblems, invalid, type Read, readCidr, readCidrs } from './problem';

export type { Cni, Encapsulation, Labels } from './terms';

/** A Calico pool as somebody wrote it. */
export interface PoolInput {
  readonly name: string;
  readonly cidr: string;
  readonly blockSize?: number;
  readonly encapsulation?: Encapsulation;
  readonly natOutgoing?: boolean;
  readonly nodeLabels?: Labels;
}

/** A pod network as somebody wrote it. */
export interface PodNetworkInput {
  readonly cni: Cni;
  readonly podCidrs: readonly string[];
  readonly nodeCidrMaskSize?: Readonly<Record<string, number>>;
  readonly pools?: readonly PoolInput[];
}

export interface NodeGroupInput {
  readonly name: string;
  readonly nodes: number;
  readonly labels?: Labels;
  readonly nodeNames?: readonly string[];
}

/** How pods are made anew, so that they get a new address. */
export type RestartMethod = 'drain' | 'rollout';

export interface PodNetworkMigrationInput {
  /** Marks the nodes that still have to be drained: a label value. */
  readonly name: string;
  readonly cluster: string;
  readonly from: PodNetworkInput;
  readonly to: PodNetworkInput;
  readonly temporaryPool?: PoolInput;
  readonly nodeGroups: readonly NodeGroupInput[];
  readonly podsPerNode: number;
  /** How many pods run, if known. */
  readonly pods?: number;
  readonly waveSize: number;
  readonly waveTimeoutMinutes: number;
  readonly restart: RestartMethod;
  readonly kubeProxy: boolean;
  readonly calicoOperator: boolean;
  readonly calicoApi: CalicoApi;
  readonly distribution: Distribution;
  readonly clusterDomain: string;
  /** The ranges of the fleet, without the pod ranges of this cluster. */
  readonly others: readonly RangeClaim[];
}

export interface Pool {
  readonly name: string;
  readonly cidr: Cidr;
  readonly blockSize: number;
  readonly encapsulation: Encapsulation;
  readonly natOutgoing: boolean;
  readonly nodeLabels: Labels;
}

export interface PodNetwork {
  readonly cni: Cni;
  /** One for each family as kubeadm has them; for Cilium the elements of its list. */
  readonly podCidrs: readonly Cidr[];
  readonly nodeMask: Readonly<Record<IpFamily, number>>;
  /** Of Calico only, sorted by name. */
  readonly pools: readonly Pool[];
}

export interface PodNetworkMigration extends Omit<PodNetworkMigrationInput, 'from' | 'to' | 'temporaryPool'> {
  readonly from: PodNetwork;
  readonly to: PodNetwork;
  readonly temporaryPool: Pool | null;
}

const BLOCK_SIZES = { IPv4: { least: 20, most: 32, usual: 26 }, IPv6: { least: 116, most: 128, usual: 122 } } as const;

/** The defaults of kube-controller-manager. */
const NODE_MASKS: Record<IpFamily, number> = { IPv4: 24, IPv6: 64 };

/** RFC 1123, as Kubernetes has it. */
const NAME = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** Object names may have dots, too. */
const OBJECT_NAME = /^[a-z0-9](?:[-.a-z0-9]{0,251}[a-z0-9])?$/;

/** What was understood, sorted, with every default filled in. */
export function readPodNetworkMigration(input: PodNetworkMigrationInput): Read<PodNetworkMigration> {
  const from = readNetwork('from', input.from, ofDefaultPools);
  const to = readNetwork('to', input.to, commonOf('the source', from.value.pools));
  const temporary =
    input.temporaryPool && readPool('temporaryPool', input.temporaryPool, commonOf('the target', to.value.pools));
  const groups = [...input.nodeGroups].sort((a, b) => (a.name < b.name ? -1 : 1));
  return {
    value: {
      ...input,
      nodeGroups: groups,
      from: from.value,
      to: to.value,
      temporaryPool: temporary?.value ?? null,
    },
    problems: [
      ...from.problems,
      ...to.problems,
      ...(temporary?.problems ?? []),
      ...(temporary !== undefined && input.from.cni !== 'calico'
        ? [invalid(`temporaryPool is given, and ${input.from.cni} has no pools`, 'leave it out')]
        : []),
      ...groupProblems(groups),
      ...settingProblems(input),
    ],
  };
}

function settingProblems(input: PodNetworkMigrationInput): RuledProblem[] {
  const nodes = input.nodeGroups.reduce((sum, group) => sum + group.nodes, 0);
  const wave = countProblems('waveSize', input.waveSize, 1, 1000);
  return [
    ...(NAME.test(input.name)
      ? []
      : [
          invalid(
            `the name ${JSON.stringify(input.name)} is no DNS label`,
            'give the migration a name of lower-case letters, digits and "-": it becomes a folder and a label of nodes',
          ),
        ]),
    ...countProblems('podsPerNode', input.podsPerNode, 1, 10_000),
    ...(input.pods === undefined ? [] : countProblems('pods', input.pods, 0, 10_000_000)),
    ...countProblems('waveTimeoutMinutes', input.waveTimeoutMinutes, 1, 1440),
    ...wave,
    ...(wave.length === 0 && input.restart === 'drain' && input.waveSize >= nodes
      ? [
          invalid(
            `waveSize is ${input.waveSize} and there are ${nodes} nodes, so that evicted pods have no node to go to`,
            'drain fewer nodes at a time, or restart workloads by rollout',
          ),
        ]
      : []),
  ];
}

function groupProblems(groups: PodNetworkMigrationInput['nodeGroups']): RuledProblem[] {
  if (groups.length === 0) return [invalid('no nodes are given', 'give nodeGroups, or the nodes of the cluster')];
  return [
    ...repeatedNames(groups).map((name) => invalid(`node group ${name} appears twice`, 'give each group its own name')),
    ...repeatedNames(groups.flatMap(({ nodeNames = [] }) => nodeNames.map((name) => ({ name })))).map((name) =>
      invalid(`node ${name} appears twice in nodeNames`, 'name each node once'),
    ),
    ...groups.flatMap(({ name, nodes, nodeNames }) => [
      ...countProblems(`nodes of node group ${name}`, nodes, 1, 65_536),
      ...(nodeNames !== undefined && nodeNames.length !== nodes
        ? [
            invalid(
              `node group ${name} has ${nodes} nodes and ${nodeNames.length} nodeNames`,
              'name all nodes of the group, or none',
            ),
          ]
        : []),
      ...(nodeNames ?? [])
        .filter((node) => !OBJECT_NAME.test(node))
        .map((node) => invalid(`${JSON.stringify(node)} is no name of a node`, 'give metadata.name of the Node')),
    ]),
  ];
}

/** The encapsulation of a pool that does not say it; or why there is none. */
type DefaultEncapsulation = (family: IpFamily, name: string) => Encapsulation | RuledProblem;

/** What Calico's manifest and its operator give to the pools that they make. */
const ofDefaultPools: DefaultEncapsulation = (family) => (family === 'IPv4' ? 'IPIP' : 'None');

/** What the pool of that name has, else what all pools of that family have. */
function commonOf(whose: string, pools: readonly Pool[]): DefaultEncapsulation {
  return (family, name) => {
    const members = pools.filter(({ cidr }) => cidr.family === family);
    const same = members.find((pool) => pool.name === name);
    if (same !== undefined) return same.encapsulation;
    if (members.length === 0) return ofDefaultPools(family, name);
    const all = [...new Set(members.map(({ encapsulation }) => encapsulation))].sort();
    if (all.length === 1) return all[0];
    return invalid(
      `the encapsulation is not given, and the ${family} pools of ${whose} have ${all.join(' and ')}`,
      `give the pool the encapsulation that it shall have${new Set(all.map(tunnelOf)).size === 1 ? '' : '; all pools of the target need the same'}`,
    );
  };
}

function readNetwork(field: string, input: PodNetworkInput, usual: DefaultEncapsulation): Read<PodNetwork> {
  const cidrs = readCidrs(`${field}.podCidrs`, input.podCidrs);
  const pools = (input.pools ?? defaultPools(input)).map((pool) => readPool(`${field} pool ${pool.name}`, pool, usual));
  const families = cidrs.value.map(({ family }) => family);
  return {
    value: {
      cni: input.cni,
      podCidrs: cidrs.value,
      nodeMask: { ...NODE_MASKS, ...input.nodeCidrMaskSize },
      pools: pools.flatMap(({ value }) => (value === null ? [] : [value])).sort((a, b) => (a.name < b.name ? -1 : 1)),
    },
    problems: [
      ...cidrs.problems,
      ...(input.podCidrs.length === 0
        ? [invalid(`${field}.podCidrs is empty`, 'give the pod network (cluster CIDR)')]
        : []),
      ...(input.cni !== 'cilium' && new Set(families).size < families.length
        ? [
            invalid(
              `${field}.podCidrs has two ranges of one family: ${cidrs.value.map(formatCidr).join(', ')}`,
              'Kubernetes has one pod network for each family: give a range that holds all pools',
            ),
          ]
        : []),
      ...(input.cni !== 'calico' && input.pools !== undefined
        ? [invalid(`${field}.pools is given, and ${input.cni} has no IP pools of this kind`, 'leave pools out')]
        : []),
      ...(input.pools?.length === 0
        ? [invalid(`${field}.pools is empty`, 'leave it out for one pool of each pod range, or give pools')]
        : []),
      ...repeatedNames(input.pools ?? []).map((name) =>
        invalid(`${field} pool ${name} appears twice`, 'give each pool its own name'),
      ),
      ...pools.flatMap(({ problems }) => problems),
      ...Object.entries(input.nodeCidrMaskSize ?? {}).flatMap(([family, mask]) =>
        family === 'IPv4' || family === 'IPv6'
          ? countProblems(`${field}.nodeCidrMaskSize.${family}`, mask, 1, addressBits(family))
          : [invalid(`${field}.nodeCidrMaskSize has the key ${family}`, 'use the keys IPv4 and IPv6')],
      ),
    ],
  };
}

/** What Calico makes of a pod network when nobody says otherwise. */
function defaultPools({ cni, podCidrs }: PodNetworkInput): PoolInput[] {
  if (cni !== 'calico') return [];
  return podCidrs.map((cidr) => ({
    name: cidr.includes(':') ? 'default-ipv6-ippool' : 'default-ipv4-ippool',
    cidr,
  }));
}

function readPool(field: string, input: PoolInput, usual: DefaultEncapsulation): Read<Pool | null> {
  const { value: cidr, problems } = readCidr(field, input.cidr);
  const names = OBJECT_NAME.test(input.name)
    ? []
    : [
        invalid(
          `${field}: ${JSON.stringify(input.name)} is no name of a pool`,
          'use lower-case letters, digits, "-" and "."',
        ),
      ];
  if (cidr === null) return { value: null, problems: [...names, ...problems] };
  const sizes = BLOCK_SIZES[cidr.family];
  const blockSize = input.blockSize ?? sizes.usual;
  const given = input.encapsulation ?? usual(cidr.family, input.name);
  const encapsulation = typeof given === 'string' ? given : 'None';
  return {
    value: {
      name: input.name,
      cidr,
      blockSize,
      encapsulation,
      // As Calico's operator has it.
      natOutgoing: input.natOutgoing ?? cidr.family === 'IPv4',
      nodeLabels: input.nodeLabels ?? {},
    },
    problems: [
      ...names,
      ...problems,
      ...(typeof given === 'string' ? [] : [{ ...given, message: `${field}: ${given.message}` }]),
      ...countProblems(`${field}: blockSize`, blockSize, Math.max(sizes.least, cidr.prefix), sizes.most),
      ...(cidr.family === 'IPv6' && encapsulation.startsWith('IPIP')
        ? [invalid(`${field}: ${encapsulation} carries IPv4 only, not ${formatCidr(cidr)}`, 'use VXLAN, or none')]
        : []),
    ],
  };
}

function repeatedNames(items: readonly { readonly name: string }[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { name } of items) {
    if (seen.has(name)) twice.add(name);
    seen.add(name);
  }
  return [...twice].sort();
}
