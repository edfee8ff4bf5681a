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
  type PolicyPeer,
  type PolicyPort,
  type PolicyRule,
  readMaskedCidr,
  readPolicyPeer,
  text,
} from '../model';
import { PROTOCOLS } from './connection-set';
import type { AddressPeer, Peer, PodSelection, RulePort, Tier, TierPolicy, TierRule } from './tiers';

/**
 * Policies of administrators before and after those of namespaces (ClusterNetworkPolicySpec, `tier`). After the last tier everything is allowed. Where
 * there are none, there is one tier.
 */
export function kubernetesTiers(policies: readonly NetworkPolicy[], admins: readonly AdminPolicy[]): readonly Tier[] {
  const tierOf = (name: AdminPolicy['tier']): readonly Tier[] => {
    const own = admins.filter(({ tier }) => tier === name);
    return own.length === 0 ? [] : [{ ordered: true, policies: flatMap(own, adminDirectionsOf) }];
  };
  return concat(tierOf('admin'), [{ ordered: false, policies: flatMap(policies, directionsOf) }], tierOf('baseline'));
}

/** A policy without rules for a direction says nothing of it. */
export function adminDirectionsOf(policy: AdminPolicy): readonly TierPolicy[] {
  return POLICY_DIRECTIONS.map((direction) => ({
    direction,
    subject: { namespaces: policy.namespaces, pods: policy.pods },
    isolates: false,
    rules: policy.rules.filter((rule) => rule.direction === direction).map(adminRule),
    source: { object: policy.object, subject: ['spec', 'subject'] },
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

export function directionsOf(policy: NetworkPolicy): readonly TierPolicy[] {
  return POLICY_DIRECTIONS.filter((direction) => policy.isolates.has(direction)).map((direction) => ({
    direction,
    subject: { namespaces: policy.namespace, pods: policy.podSelector },
    isolates: true,
    rules: policy.rules.filter((rule) => rule.direction === direction).map((rule) => tierRule(policy, rule)),
    source: { object: policy.object, subject: ['spec', 'podSelector'] },
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
export function peerOf(namespace: string, value: unknown): PodSelection | AddressPeer | undefined {
  return readPeer(namespace, readPolicyPeer(value, [])).at(0);
}

const EVERY_POD: LabelSelector = { labels: new Map(), expressions: [] };

/** The API server refuses a peer that says nothing, and a block together with a selector: they are nobody. */
function readPeer(
  namespace: string,
  { podSelector, namespaceSelector, ipBlock }: PolicyPeer,
): readonly (PodSelection | AddressPeer)[] {
  const selects = podSelector !== undefined || namespaceSelector !== undefined;
  if (ipBlock !== undefined) return selects ? [] : [{ addresses: addressesOf(ipBlock) }];
  return selects ? [{ namespaces: namespaceSelector ?? namespace, pods: podSelector ?? EVERY_POD }] : [];
}

export function addressesOf({ cidr, except }: IpBlock): AddressSet {
  return difference(rangesOf([cidr]), rangesOf(except));
}

export function rangesOf(values: readonly unknown[]): AddressSet {
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
