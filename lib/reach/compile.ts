import {
  type AddressSet,
  addressSet,
  difference,
  intersection,
  IP_FAMILIES,
  type IpFamily,
  spaceSize,
} from '../address';
import { concat, flatMap, type NetworkModel, type PolicyDirection, policyEngine, type PolicyEngine } from '../model';
import { appendAt } from '../model/lookup';
import { ALL_CONNECTIONS, type ConnectionSet, ConnectionSets, type Protocol } from './connection-set';
import { type Bound, countsFor, deciders } from './doubts';
import { tiersOf } from './engine-tiers';
import { peerKey, type PodIndex, podIndex } from './pod-index';
import type { Pods, ReachWorkload } from './pods';
import type { Peer, RulePort, Tier, TierPolicy, TierRule } from './tiers';
import type { CompiledRule, Side, TierSide } from './verdict';

/** Who a rule speaks of. */
export interface PeerSet {
  /** Everyone, inside and outside. */
  readonly everyone: boolean;
  /** Everything outside, whatever its address. */
  readonly outside: boolean;
  /** Indexes of pods, ascending. */
  readonly pods: readonly number[];
  /** Addresses outside. */
  readonly addresses: AddressSet | undefined;
  /** Those of its blocks. */
  readonly families: readonly IpFamily[];
  /** Whether pods of unknown addresses may be among them. */
  readonly unknownAddresses: boolean;
  /** Whether it allows something to pods of a namespace of which the input has no pods. */
  readonly absentPods: boolean;
}

/** Ports of a rule, as far as they do not depend on the destination, and the names that do. */
export interface PortList {
  readonly fixed: ConnectionSet;
  readonly named: readonly { readonly protocol: Protocol; readonly name: string }[];
  /** What is left out of them. */
  readonly except?: PortList;
}

/** The policies of a cluster in the form in which they are solved. */
export interface CompiledPolicies {
  readonly workloads: readonly ReachWorkload[];
  readonly pods: readonly Pods[];
  /** By pods: the index of their workload. */
  readonly workloadOf: readonly number[];
  readonly engine: PolicyEngine;
  readonly tiers: readonly Tier[];
  readonly sets: ConnectionSets;
  readonly peerSets: readonly PeerSet[];
  readonly portLists: readonly PortList[];
  /** By direction and pods. Equal sides are the same object. */
  readonly sides: Readonly<Record<PolicyDirection, readonly Side[]>>;
  /** By direction and pods: the policies of every tier that select them, in the order in which they are asked. */
  readonly ruling: Readonly<Record<PolicyDirection, readonly (readonly TierPolicy[])[]>>;
  /** The NetworkPolicies among them: those that isolate. */
  readonly selecting: Readonly<Record<PolicyDirection, readonly (readonly TierPolicy[])[]>>;
  readonly compiled: (rule: TierRule) => CompiledRule;
  /** Nobody outside says what a name stands for: of a destination there no pods are known. */
  readonly portsAt: (pods: Pods | undefined, list: PortList) => ConnectionSet;
  readonly index: PodIndex;
}

/**
 * The policies as far as they speak of these workloads: those of the whole cluster, or the two ends of a question. Without a bound, policies that are
 * not evaluated are left out.
 */
export function compile(model: NetworkModel, workloads: readonly ReachWorkload[], bound?: Bound): CompiledPolicies {
  const namespaces = new Set(workloads.map(({ namespace }) => namespace));
  const tiers = tiersOf(model, (namespace) => namespaces.has(namespace));
  const pods = flatMap(workloads, (workload) => workload.pods);
  const workloadOf = flatMap(workloads, (workload, index) => workload.pods.map(() => index));
  const index = podIndex(model, pods);
  const sets = new ConnectionSets();
  const peers = interning<PeerSet>();
  const ports = interning<PortList>();
  const rules = interning<CompiledRule>();
  const compiledRules = new Map<TierRule, CompiledRule>();
  const compiled = (rule: TierRule): CompiledRule => {
    const known = compiledRules.get(rule);
    if (known !== undefined) return known;
    const made = {
      action: rule.action,
      peers: peers.index(`${rule.action === 'allow' ? '' : rule.action}${peersKey(rule.peers)}`, () =>
        peerSet(index, rule, bound),
      ),
      ports: ports.index(portsKey(rule), () => portList(sets, rule.ports, rule.notPorts)),
    };
    const shared = rules.values[rules.index(ruleKey(made), () => made)];
    compiledRules.set(rule, shared);
    return shared;
  };
  const ruling = { ingress: emptyLists<TierPolicy>(pods), egress: emptyLists<TierPolicy>(pods) };
  const selecting = { ingress: emptyLists<TierPolicy>(pods), egress: emptyLists<TierPolicy>(pods) };
  const byTier = tiers.map((tier) => {
    const policiesOf = { ingress: emptyLists<TierPolicy>(pods), egress: emptyLists<TierPolicy>(pods) };
    for (const policy of tier.policies) {
      for (const subject of index.choose(policy.subject, 'least')) {
        appendAt(policiesOf[policy.direction], subject, policy);
        appendAt(ruling[policy.direction], subject, policy);
        if (policy.isolates) appendAt(selecting[policy.direction], subject, policy);
      }
    }
    return policiesOf;
  });
  const sides = interning<Side>();
  const undecided = new Set(
    bound === undefined ? [] : flatMap(workloads, (workload, at) => (deciders(model, workload).length > 0 ? [at] : [])),
  );
  /** A pass that perhaps matches opens for some what it closes for others: either bound gives all of it. */
  const mayPass = (policies: readonly TierPolicy[]): boolean =>
    policies.some(({ rules: own }) =>
      own.some(
        (rule) =>
          rule.action === 'pass' && (rule.doubt !== undefined || peers.values[compiled(rule).peers].unknownAddresses),
      ),
    );
  const sideOf = (direction: PolicyDirection, subject: number): Side => {
    if (undecided.has(workloadOf[subject]) || (bound !== undefined && mayPass(ruling[direction][subject])))
      return bound === 'least' ? NOTHING_OPEN : NO_POLICIES;
    if (ruling[direction][subject].length === 0) return NO_POLICIES;
    const side = flatMap(byTier, (policiesOf): readonly TierSide[] => {
      const policies = policiesOf[direction][subject];
      return policies.length === 0 ? [] : [tierSide(policies, compiled, bound)];
    });
    return sides.values[sides.index(sideKey(side), () => side)];
  };
  return {
    workloads,
    pods,
    workloadOf,
    engine: policyEngine(model).engine,
    tiers,
    sets,
    peerSets: peers.values,
    portLists: ports.values,
    sides: {
      ingress: pods.map((_, subject) => sideOf('ingress', subject)),
      egress: pods.map((_, subject) => sideOf('egress', subject)),
    },
    ruling,
    selecting,
    compiled,
    portsAt: (destination, list) => portsAt(sets, destination, list),
    index,
  };
}

const NO_POLICIES: Side = [];
const NOTHING_OPEN: Side = [{ isolates: true, rules: [] }];

/** Rules that say the same are one rule; where all rules only allow, their order means nothing. */
function tierSide(
  policies: readonly TierPolicy[],
  compiled: (rule: TierRule) => CompiledRule,
  bound: Bound | undefined,
): TierSide {
  const counting = flatMap(policies, ({ rules }) => rules.filter((rule) => countsFor(rule, bound)));
  const distinct = [...new Set(counting.map(compiled))];
  if (distinct.length > 1 && distinct.every(({ action }) => action === 'allow')) {
    distinct.sort((a, b) => a.peers - b.peers || a.ports - b.ports);
  }
  return { rules: distinct, isolates: policies.some(({ isolates }) => isolates) };
}

function ruleKey({ action, peers, ports }: CompiledRule): string {
  return `${action} ${peers} ${ports}`;
}

function sideKey(side: Side): string {
  return side.map(({ isolates, rules }) => `${isolates ? 'isolates' : 'open'}:${rules.map(ruleKey).join()}`).join(';');
}

function peersKey(peers: readonly Peer[] | undefined): string {
  if (peers === undefined) return '*';
  return peers.length === 1 ? peerKey(peers[0]) : [...new Set(peers.map(peerKey))].sort().join('\n');
}

function portsKey({ ports, notPorts = [] }: TierRule): string {
  return `${ports === undefined ? '*' : JSON.stringify(ports)}${notPorts.length === 0 ? '' : JSON.stringify(notPorts)}`;
}

function peerSet(index: PodIndex, { action, peers }: TierRule, bound: Bound | undefined): PeerSet {
  // Addresses that pods may have are denied in the bound of the least, and allowed in that of the most.
  const certainty = bound === (action === 'deny' ? 'least' : 'most') ? 'most' : 'least';
  if (peers === undefined)
    return {
      everyone: true,
      outside: true,
      pods: [],
      addresses: undefined,
      families: [],
      unknownAddresses: false,
      absentPods: true,
    };
  const lists = peers.map((peer) => index.choose(peer, certainty));
  const families = familiesOf(peers);
  const pods = lists.length === 1 ? lists[0] : [...new Set(lists.flat())].sort((a, b) => a - b);
  return {
    everyone: false,
    outside: peers.some((peer) => 'outside' in peer),
    pods,
    addresses: peers.some((peer) => 'each' in peer || 'addresses' in peer) ? outsideOf(peers) : undefined,
    families,
    unknownAddresses:
      families.length > 0 &&
      peers.some((peer) => index.choose(peer, 'most').length > index.choose(peer, 'least').length),
    absentPods: action === 'allow' && peers.some((peer) => index.mayChooseAbsentPods(peer)),
  };
}

/** Of the blocks that are named, those that are excluded too. */
function familiesOf(peers: readonly Peer[]): readonly IpFamily[] {
  return [
    ...new Set(
      flatMap(peers, (peer): readonly IpFamily[] => {
        if ('addresses' in peer) return peer.addresses.ranges.map(({ family }) => family);
        return 'each' in peer ? familiesOf(concat(peer.each.flat(), peer.none)) : [];
      }),
    ),
  ];
}

const EVERY_ADDRESS = addressSet(IP_FAMILIES.map((family) => ({ family, first: 0n, last: spaceSize(family) - 1n })));

/** The addresses outside that the peers name. */
function outsideOf(peers: readonly Peer[]): AddressSet {
  return addressSet(
    flatMap(peers, (peer) => {
      if ('outside' in peer) return EVERY_ADDRESS.ranges;
      if ('addresses' in peer) return peer.addresses.ranges;
      return 'each' in peer
        ? difference(peer.each.map(outsideOf).reduce(intersection, EVERY_ADDRESS), outsideOf(peer.none)).ranges
        : [];
    }),
  );
}

function portList(
  sets: ConnectionSets,
  ports: readonly RulePort[] | undefined,
  notPorts: readonly RulePort[] = [],
): PortList {
  if (notPorts.length > 0) return { ...portList(sets, ports), except: portList(sets, notPorts) };
  if (ports === undefined) return { fixed: ALL_CONNECTIONS, named: [] };
  const ranges = (protocol: Protocol): readonly { first: number; last: number }[] =>
    flatMap(ports, (port) => (port.protocol === protocol && typeof port.ports !== 'string' ? [port.ports] : []));
  return {
    fixed: sets.of({ SCTP: ranges('SCTP'), TCP: ranges('TCP'), UDP: ranges('UDP') }),
    named: flatMap(ports, ({ protocol, ports: name }) => (typeof name === 'string' ? [{ protocol, name }] : [])),
  };
}

/** A name stands for the port that the destination calls so, in the same protocol; where nobody does, for none (networking.k8s.io/v1, `port`). */
function portsAt(sets: ConnectionSets, pods: Pods | undefined, { fixed, named, except }: PortList): ConnectionSet {
  if (except !== undefined) return sets.difference(portsAt(sets, pods, { fixed, named }), portsAt(sets, pods, except));
  if (pods === undefined) return fixed;
  return named.reduce((ports, { protocol, name }) => {
    const declared = pods.containerPorts
      .filter((port) => port.name === name && port.protocol === protocol)
      .map(({ containerPort }) => ({ first: containerPort, last: containerPort }));
    return sets.union(ports, sets.of({ [protocol]: declared }));
  }, fixed);
}

function emptyLists<T>(pods: readonly Pods[]): T[][] {
  return pods.map(() => []);
}

interface Interning<T> {
  readonly values: readonly T[];
  readonly index: (key: string, make: () => T) => number;
}

function interning<T>(): Interning<T> {
  const values: T[] = [];
  const indexes = new Map<string, number>();
  return {
    values,
    index: (key, make) => {
      const known = indexes.get(key);
      if (known !== undefined) return known;
      indexes.set(key, values.length);
      return values.push(make()) - 1;
    },
  };
}
