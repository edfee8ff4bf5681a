import { at, list, member, record, text, texts } from '../../model';
import type { Encapsulation } from '../pod-network-spec';
import type { CalicoPool, Cluster, LoadBalancerPool } from './cluster';

/** A cluster, and what somebody has in files but not yet given to it. */
export interface Workbench {
  readonly cluster: Cluster;
  /** Edits of ConfigMaps that are made in files, by the name of the ConfigMap. */
  readonly drafts: Readonly<Record<string, (cluster: Cluster) => Cluster>>;
}

export type Effect = (bench: Workbench) => Workbench;

export function changing(change: (cluster: Cluster) => Cluster): Effect {
  return (bench) => ({ ...bench, cluster: change(bench.cluster) });
}

export const NOTHING: Effect = (bench) => bench;

export function inTurn(effects: readonly Effect[]): Effect {
  return (bench) => effects.reduce((result, effect) => effect(result), bench);
}

/** The pool of load balancer addresses that an object is; null for any other one. */
export function loadBalancerPoolOf(document: unknown): LoadBalancerPool | null {
  const name = text(at(document, 'metadata', 'name')) ?? '';
  const spec = member(document, 'spec');
  switch (text(member(document, 'kind')) ?? '') {
    case 'IPPool':
      return list(at(spec, 'allowedUses')).includes('LoadBalancer')
        ? { name, cidrs: [text(at(spec, 'cidr')) ?? ''], disabled: at(spec, 'disabled') === true }
        : null;
    case 'IPAddressPool':
      return { name, cidrs: texts(at(spec, 'addresses')), disabled: at(spec, 'autoAssign') === false };
    case 'CiliumLoadBalancerIPPool':
      return {
        name,
        cidrs: list(at(spec, 'blocks')).flatMap((block) => text(member(block, 'cidr')) ?? firstToLast(block) ?? []),
        disabled: at(spec, 'disabled') === true,
      };
    default:
      return null;
  }
}

function firstToLast(block: unknown): string | undefined {
  const start = text(member(block, 'start'));
  return start === undefined ? undefined : `${start}-${text(member(block, 'stop')) ?? start}`;
}

/** What a manifest, or a part of one, makes of the cluster; null for kinds that no migration changes. */
export function documentEffect(document: unknown): Effect | null {
  const loadBalancerPool = loadBalancerPoolOf(document);
  if (loadBalancerPool !== null) return loadBalancerEffect(loadBalancerPool);
  const name = text(at(document, 'metadata', 'name')) ?? '';
  const spec = member(document, 'spec');
  switch (text(member(document, 'kind')) ?? '') {
    case 'IPPool':
      return poolEffect(name, spec);
    case 'Installation':
      return installationEffect(spec);
    case 'ServiceCIDR':
      return changing((cluster) => ({
        ...cluster,
        serviceRanges: [
          ...cluster.serviceRanges.filter((range) => range.name !== name),
          { name, cidrs: texts(at(spec, 'cidrs')) },
        ],
      }));
    default:
      return null;
  }
}

/** Creates the pool, or sets the fields that are given. */
export function poolEffect(name: string, spec: unknown): Effect {
  return changing((cluster) => {
    const old = cluster.pools.find((pool) => pool.name === name);
    const cidr = text(at(spec, 'cidr')) ?? old?.cidr;
    if (cidr === undefined) return cluster;
    const pool: CalicoPool = {
      name,
      cidr,
      encapsulation: encapsulationOf(spec, old?.encapsulation ?? 'None'),
      disabled: typeof at(spec, 'disabled') === 'boolean' ? at(spec, 'disabled') === true : (old?.disabled ?? false),
      ...(selectionOf(text(at(spec, 'nodeSelector'))) ?? (old === undefined ? ALL_NODES : keptSelection(old))),
      allowedUses: old?.allowedUses ?? [],
    };
    return withPools(cluster, [...cluster.pools.filter((other) => other.name !== name), pool]);
  });
}

function keptSelection({ nodeLabels, nodeSelector }: CalicoPool): Selection {
  return nodeSelector === undefined ? { nodeLabels } : { nodeLabels, nodeSelector };
}

/** The operator owns the list: what is not in it goes. */
function installationEffect(spec: unknown): Effect {
  const entries = at(spec, 'calicoNetwork', 'ipPools');
  if (!Array.isArray(entries)) return NOTHING;
  return changing((cluster) =>
    withPools(
      cluster,
      list(entries).map((entry) => installationPool(entry)),
    ),
  );
}

export function installationPool(entry: unknown): CalicoPool {
  return {
    name: text(member(entry, 'name')) ?? '',
    cidr: text(member(entry, 'cidr')) ?? '',
    encapsulation: (text(member(entry, 'encapsulation')) ?? 'IPIP') as Encapsulation,
    disabled: member(entry, 'disableNewAllocations') === true,
    ...(selectionOf(text(member(entry, 'nodeSelector'))) ?? ALL_NODES),
    allowedUses: [],
  };
}

export function withPools(cluster: Cluster, pools: readonly CalicoPool[]): Cluster {
  return { ...cluster, pools: [...pools].sort((a, b) => (a.name < b.name ? -1 : 1)) };
}

function loadBalancerEffect(pool: LoadBalancerPool): Effect {
  return changing((cluster) => ({
    ...cluster,
    loadBalancerPools: [...cluster.loadBalancerPools.filter(({ name }) => name !== pool.name), pool],
  }));
}

export function encapsulationOf(spec: unknown, before: Encapsulation): Encapsulation {
  const [ipip, vxlan] = [text(at(spec, 'ipipMode')), text(at(spec, 'vxlanMode'))];
  if (ipip === undefined && vxlan === undefined) return before;
  if (ipip === 'Always') return 'IPIP';
  if (ipip === 'CrossSubnet') return 'IPIPCrossSubnet';
  if (vxlan === 'Always') return 'VXLAN';
  return vxlan === 'CrossSubnet' ? 'VXLANCrossSubnet' : 'None';
}

type Selection = Pick<CalicoPool, 'nodeLabels' | 'nodeSelector'>;

const ALL_NODES: Selection = { nodeLabels: {} };

/** `zone == "a"`, as runbooks write it. */
const LABEL_TERM = /^\s*([\w./-]+)\s*==\s*(["'])([^"']*)\2\s*$/;

/** Which nodes a selector selects; undefined if none is given. */
export function selectionOf(selector: string | undefined): Selection | undefined {
  if (selector === undefined) return undefined;
  const trimmed = selector.trim();
  if (trimmed === '!all()') return { nodeLabels: null };
  if (trimmed === '' || trimmed === 'all()') return ALL_NODES;
  const terms = trimmed.split('&&').map((term) => LABEL_TERM.exec(term));
  const labels = terms.flatMap((term) => (term === null ? [] : [[term[1], term[3]] as const]));
  const isPlain = labels.length === terms.length && new Set(labels.map(([key]) => key)).size === labels.length;
  return isPlain ? { nodeLabels: Object.fromEntries(labels) } : { nodeLabels: {}, nodeSelector: selector };
}

export function jsonOf(textOfJson: string): unknown {
  try {
    return JSON.parse(textOfJson);
  } catch {
    return undefined;
  }
}

export function stringsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record(value) ?? {}).flatMap(([key, entry]) =>
      typeof entry === 'string' || typeof entry === 'number' || typeof entry === 'boolean'
        ? [[key, String(entry)]]
        : [],
    ),
  );
}
