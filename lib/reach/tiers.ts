import { type AddressSet, addressSet, difference, rangeOfCidr } from '../address';
import {
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
  readonly source: PolicyRule;
}

/** One direction of a policy. */
export interface TierPolicy {
  readonly direction: PolicyDirection;
  readonly subject: PodSelection;
  /** In order: the first rule that matches decides. */
  readonly rules: readonly TierRule[];
  readonly source: NetworkPolicy;
}

/** Tiers are asked in order. */
export interface Tier {
  readonly policies: readonly TierPolicy[];
  /** Whether what no rule matched is denied for a pod that a policy of the tier selects; otherwise the next tier is asked. */
  readonly isolates: boolean;
}

/** After the last tier everything is allowed. */
export function tiersOf(policies: readonly NetworkPolicy[]): readonly Tier[] {
  return [{ isolates: true, policies: flatMap(policies, directionsOf) }];
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
  const rangesOf = (values: readonly unknown[]): AddressSet =>
    addressSet(flatMap(values, (value) => readMaskedCidr(text(value)) ?? []).map(rangeOfCidr));
  return difference(rangesOf([cidr]), rangesOf(except));
}

/** What the API server refuses matches nothing. */
function readPort({ protocol, port, endPort }: PolicyPort): readonly RulePort[] {
  const known = PROTOCOLS.find((candidate) => candidate === protocol);
  if (known === undefined) return [];
  if (port === undefined) return endPort === undefined ? [{ protocol: known, ports: { first: 1, last: 65535 } }] : [];
  if (typeof port === 'number') return [{ protocol: known, ports: { first: port, last: endPort ?? port } }];
  return endPort === undefined ? [{ protocol: known, ports: port }] : [];
}
