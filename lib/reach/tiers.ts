import { type AddressSet, addressSet, difference, rangeOfCidr } from '../address';
import {
  type AdminPolicy,
  type AdminPort,
  type AdminRule,
  concat,
  flatMap,
  type IpBlock,
  type LabelSelector,
  type NetworkPolicy,
  POLICY_DIRECTIONS,
  type PolicyDirection,
  type PolicyPeer,
  type PolicyPort,
  type PolicyRule,
  readMaskedCidr,
  readPolicyPeer,
  text,
} from '../model';
import { PROTOCOLS, type Protocol } from './connection-set';

/**
 * What a rule does with the connections that it matches: allow and deny are final, pass hands them to the next tier. Policies of
 * `networking.k8s.io/v1` only allow; the others are those of AdminNetworkPolicy and of the tiers of CNIs.
 */
export type Action = 'allow' | 'deny' | 'pass';

/** Pods, by labels. A namespace by name, or namespaces by their labels. */
export interface PodSelection {
  readonly namespaces: string | LabelSelector;
  readonly pods: LabelSelector;
}

export type Peer = PodSelection | { readonly addresses: AddressSet };

/** Ports of a rule: numbers, all of a protocol, or a name that each destination resolves for itself. */
export interface RulePort {
  readonly protocol: Protocol;
  readonly ports: { readonly first: number; readonly last: number } | string;
}

export interface TierRule {
  readonly action: Action;
  /** Undefined: everyone, inside and outside. An empty list is nobody. */
  readonly peers: readonly Peer[] | undefined;
  /** Undefined: every port of every protocol. */
  readonly ports: readonly RulePort[] | undefined;
  /** Where it was written. */
  readonly source: Pick<PolicyRule, 'direction' | 'path'>;
}

/** The policy that was written. */
export type PolicySource = Pick<NetworkPolicy, 'object'>;

/** One direction of a policy. */
export interface TierPolicy {
  readonly direction: PolicyDirection;
  readonly subject: PodSelection;
  /** In order: the first rule that matches decides. */
  readonly rules: readonly TierRule[];
  readonly source: PolicySource;
}

/** Tiers are asked in order. */
export interface Tier {
  readonly policies: readonly TierPolicy[];
  /** Whether what no rule matched is denied for a pod that a policy of the tier selects; otherwise the next tier is asked. */
  readonly isolates: boolean;
}

/**
 * Policies of administrators before and after those of namespaces (ClusterNetworkPolicySpec, `tier`). After the last tier everything is allowed. Where
 * there are none, there is one tier.
 */
export function tiersOf(policies: readonly NetworkPolicy[], admins: readonly AdminPolicy[]): readonly Tier[] {
  const tierOf = (name: AdminPolicy['tier']): readonly Tier[] => {
    const own = admins.filter(({ tier }) => tier === name);
    return own.length === 0 ? [] : [{ isolates: false, policies: flatMap(own, adminDirectionsOf) }];
  };
  return concat(tierOf('admin'), [{ isolates: true, policies: flatMap(policies, directionsOf) }], tierOf('baseline'));
}

/** A policy without rules for a direction says nothing of it. */
function adminDirectionsOf(policy: AdminPolicy): readonly TierPolicy[] {
  return POLICY_DIRECTIONS.map((direction) => ({
    direction,
    subject: { namespaces: policy.namespaces, pods: policy.pods },
    rules: policy.rules.filter((rule) => rule.direction === direction).map(adminRule),
    source: policy,
  })).filter(({ rules }) => rules.length > 0);
}

function adminRule(rule: AdminRule): TierRule {
  return {
    action: rule.action,
    peers: flatMap(rule.peers, (peer): readonly Peer[] => {
      // Nodes and domain names are no pods, and their addresses are not known.
      if (peer === 'unknown') return [];
      return 'networks' in peer ? [{ addresses: rangesOf(peer.networks) }] : [peer];
    }),
    ports: rule.ports && flatMap(rule.ports, adminPorts),
    source: rule,
  };
}

function adminPorts({ protocol, ports }: AdminPort): readonly RulePort[] {
  return PROTOCOLS.filter((known) => protocol === undefined || known === protocol).map((known) => ({
    protocol: known,
    ports,
  }));
}

function directionsOf(policy: NetworkPolicy): readonly TierPolicy[] {
  return POLICY_DIRECTIONS.filter((direction) => policy.isolates.has(direction)).map((direction) => ({
    direction,
    subject: { namespaces: policy.namespace, pods: policy.podSelector },
    rules: policy.rules.filter((rule) => rule.direction === direction).map((rule) => tierRule(policy, rule)),
    source: policy,
  }));
}

function tierRule({ namespace }: NetworkPolicy, rule: PolicyRule): TierRule {
  return {
    action: 'allow',
    peers: rule.peers.length === 0 ? undefined : flatMap(rule.peers, (peer) => readPeer(namespace, peer)),
    ports: rule.ports.length === 0 ? undefined : flatMap(rule.ports, readPort),
    source: rule,
  };
}

/** A peer of a NetworkPolicy, as JSON; undefined for one that the API server refuses. */
export function peerOf(namespace: string, value: unknown): Peer | undefined {
  return readPeer(namespace, readPolicyPeer(value, [])).at(0);
}

const EVERY_POD: LabelSelector = { labels: new Map(), expressions: [] };

/** The API server refuses a peer that says nothing, and a block together with a selector: they are nobody. */
function readPeer(namespace: string, { podSelector, namespaceSelector, ipBlock }: PolicyPeer): readonly Peer[] {
  const selects = podSelector !== undefined || namespaceSelector !== undefined;
  if (ipBlock !== undefined) return selects ? [] : [{ addresses: addressesOf(ipBlock) }];
  return selects ? [{ namespaces: namespaceSelector ?? namespace, pods: podSelector ?? EVERY_POD }] : [];
}

function addressesOf({ cidr, except }: IpBlock): AddressSet {
  return difference(rangesOf([cidr]), rangesOf(except));
}

function rangesOf(values: readonly unknown[]): AddressSet {
  return addressSet(flatMap(values, (value) => readMaskedCidr(text(value)) ?? []).map(rangeOfCidr));
}

/** What the API server refuses matches nothing. */
function readPort({ protocol, port, endPort }: PolicyPort): readonly RulePort[] {
  const known = PROTOCOLS.find((candidate) => candidate === protocol);
  if (known === undefined) return [];
  if (port === undefined) return endPort === undefined ? [{ protocol: known, ports: { first: 1, last: 65535 } }] : [];
  if (typeof port === 'number') return [{ protocol: known, ports: { first: port, last: endPort ?? port } }];
  return endPort === undefined ? [{ protocol: known, ports: port }] : [];
}
