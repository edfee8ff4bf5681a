import {
  type AddressRange,
  addressSet,
  formatAddress,
  formatRange,
  intersection,
  rangesOverlap,
  setCovers,
} from '../address';
import {
  concat,
  expressionHolds,
  flatMap,
  identityOf,
  type LabelSelector,
  labelSelectorText,
  type PolicyDirection,
} from '../model';
import { ALL_CONNECTIONS, type ConnectionSet, type ConnectionSets, NO_CONNECTIONS } from './connection-set';
import { countsFor } from './doubts';
import type { Pods } from './pods';
import type { Reachability } from './solve';
import type { JointPeer, Peer, PodSelection, TierPolicy, TierRule } from './tiers';
import { verdict } from './verdict';
import { smallestChange } from './smallest-change';
import type { DirectionExplanation, End, Explanation, Other, PolicyExplanation, RuleExplanation } from './explanation';

/** Asked from the structures that were solved: it costs what the policies of the two ends cost. */
export function explain(reach: Reachability, from: End, to: End, asked: ConnectionSet = ALL_CONNECTIONS): Explanation {
  const { sets } = reach.compiled;
  const sources = podsOf(reach, from);
  const targets = podsOf(reach, to);
  const pairs = flatMap(sources.length === 0 ? [undefined] : sources, (source) =>
    (targets.length === 0 ? [undefined] : targets).map((target) => explainPods(reach, from, source, to, target, asked)),
  );
  const connections = pairs.reduce((sum, pair) => sets.union(sum, pair.connections), NO_CONNECTIONS);
  // Somebody who asks why wants to see the pods that can, if any can.
  const shown =
    pairs.find((pair) => pair.connections === connections) ??
    pairs.find((pair) => pair.connections !== NO_CONNECTIONS) ??
    pairs[0];
  return {
    ...shown,
    connections,
    variants: pairs.length,
    mixed: isMixed(reach, from, to),
  };
}

function isMixed(
  { sources, destinations, workloads, outsideTo, toOutsideRange }: Reachability,
  from: End,
  to: End,
): boolean {
  const answersOf = (end: End, ranges: readonly AddressRange[], answer: (range: number) => ConnectionSet): number =>
    'workload' in end
      ? 1
      : new Set(flatMap(ranges, (range, index) => (rangesOverlap(range, end.range) ? [answer(index)] : []))).size;
  const indexOf = (end: End): number => ('workload' in end ? workloads.indexOf(end.workload) : -1);
  return (
    answersOf(from, sources, (range) => outsideTo(range, indexOf(to))) > 1 ||
    answersOf(to, destinations, (range) => toOutsideRange(indexOf(from), range)) > 1
  );
}

/** Pods of the end, one for each class. */
function podsOf({ workloads, compiled, classes }: Reachability, end: End): readonly number[] {
  if ('range' in end) return [];
  const index = workloads.indexOf(end.workload);
  const byClass = new Map<number, number>();
  compiled.workloadOf.forEach((workload, pods) => {
    if (workload === index && !byClass.has(classes.classOf[pods])) byClass.set(classes.classOf[pods], pods);
  });
  return [...byClass.values()];
}

function explainPods(
  reach: Reachability,
  from: End,
  source: number | undefined,
  to: End,
  target: number | undefined,
  asked: ConnectionSet,
): Explanation {
  const { sets, pods } = reach.compiled;
  const destination = target === undefined ? undefined : pods[target];
  const [toOther, fromOther] = [otherEnd(pods, to, target), otherEnd(pods, from, source)];
  const egress =
    source === undefined ? undefined : explainDirection(reach, 'egress', source, toOther, destination, asked);
  const ingress =
    target === undefined ? undefined : explainDirection(reach, 'ingress', target, fromOther, destination, asked);
  const connections = [egress, ingress].reduce(
    (all, side) => (side === undefined ? all : sets.intersection(all, side.connections)),
    asked,
  );
  const missing = missingAt(sets, asked, connections, egress?.connections, ingress?.connections);
  return {
    from: endText(from),
    to: endText(to),
    asked,
    connections,
    egress: egress && { ...egress, change: smallestChange(reach, egress, source, toOther, missing.egress) },
    ingress: ingress && { ...ingress, change: smallestChange(reach, ingress, target, fromOther, missing.ingress) },
    variants: 1,
    mixed: false,
  };
}

/**
 * What each end would have to let through as well. Who asks about all connections and has some wants to know which, not how to open the rest; who has
 * none is shown how to open what the other end lets through.
 */
function missingAt(
  sets: ConnectionSets,
  asked: ConnectionSet,
  connections: ConnectionSet,
  egress: ConnectionSet = asked,
  ingress: ConnectionSet = asked,
): Record<PolicyDirection, ConnectionSet> {
  if (asked !== ALL_CONNECTIONS) {
    return { egress: sets.difference(asked, egress), ingress: sets.difference(asked, ingress) };
  }
  if (connections !== NO_CONNECTIONS) return { egress: NO_CONNECTIONS, ingress: NO_CONNECTIONS };
  const wanted = egress === NO_CONNECTIONS ? (ingress === NO_CONNECTIONS ? asked : ingress) : egress;
  return {
    egress: egress === NO_CONNECTIONS ? wanted : NO_CONNECTIONS,
    ingress: sets.difference(wanted, ingress),
  };
}

export function endText(end: End): string {
  return 'workload' in end ? end.workload.text : rangeText(end.range);
}

function rangeText(range: AddressRange): string {
  return range.first === range.last ? formatAddress({ family: range.family, value: range.first }) : formatRange(range);
}

/** Pods are undefined where the end lies outside. */
function otherEnd(pods: readonly Pods[], end: End, index: number | undefined): Other {
  if ('range' in end) return end;
  if (index === undefined) throw new Error(`${endText(end)} is not among the workloads that were solved`);
  return { pods: pods[index], index };
}

function explainDirection(
  reach: Reachability,
  direction: PolicyDirection,
  subject: number,
  other: Other,
  destination: Pods | undefined,
  asked: ConnectionSet,
): Omit<DirectionExplanation, 'change'> {
  const { compiled } = reach;
  const { sets, ruling, selecting, sides, peerSets, portLists, portsAt } = compiled;
  const matches = (peers: number): boolean => peerSets[peers].everyone || speaksOf(reach, peers, other);
  const portsOf = (list: number): ConnectionSet => portsAt(destination, portLists[list]);
  const connections = sets.intersection(asked, verdict(sets, sides[direction][subject], matches, portsOf));
  // What comes to a tier, and what earlier rules of it leave. Rules that only allow add up.
  let [open, passed] = [asked, NO_CONNECTIONS];
  const explainRule = (rule: TierRule, isFinal: boolean, perhaps: readonly string[]): RuleExplanation => {
    const { peers, ports } = compiled.compiled(rule);
    const peerMatches = matches(peers);
    const matched = peerMatches ? sets.intersection(asked, portsOf(ports)) : NO_CONNECTIONS;
    const hit = sets.intersection(open, matched);
    if (isFinal) open = sets.difference(open, hit);
    if (rule.action === 'pass') passed = sets.union(passed, hit);
    return {
      rule: rule.source,
      action: rule.action,
      decidedBefore: matched !== NO_CONNECTIONS && hit === NO_CONNECTIONS,
      everyone: rule.peers === undefined,
      peerMatches,
      peerCovered: peerMatches && coversOf(reach, peers, other),
      ports: portsOf(ports),
      connections: hit,
      reasons: peerMatches
        ? []
        : concat(perhaps.length > 0 && rule.peers?.length === 0 ? [] : reasonsOf(reach, rule, other), perhaps),
      narrowed: rule.doubt?.reason,
    };
  };
  const policies = flatMap(compiled.tiers, (tier) => {
    const own = new Set(tier.policies);
    const found = ruling[direction][subject]
      .filter((policy) => own.has(policy))
      .map((policy): PolicyExplanation => ({
        policy: policy.source,
        isolates: policy.isolates,
        rules: policy.rules
          .filter((rule) => countsFor(rule, undefined))
          .map((rule) => explainRule(rule, tier.ordered || rule.action === 'deny', perhapsOf(policy, rule))),
      }));
    open = found.some(({ isolates }) => isolates) ? passed : sets.union(open, passed);
    passed = NO_CONNECTIONS;
    return tier.ordered ? found : joined(found);
  });
  return {
    direction,
    pods: compiled.pods[subject],
    connections,
    isolated: selecting[direction][subject].length > 0,
    policies,
  };
}

/** Why a rule perhaps names others than those whom it certainly names. */
function perhapsOf({ rules }: TierPolicy, { source }: TierRule): readonly string[] {
  return flatMap(rules, (rule) =>
    rule.source.path === source.path && rule.doubt?.counts === false ? [rule.doubt.reason] : [],
  );
}

/** A policy whose rules are not asked in the order in which they stand is told once. */
function joined(found: readonly PolicyExplanation[]): readonly PolicyExplanation[] {
  const byObject = new Map<string, PolicyExplanation>();
  for (const entry of found) {
    const key = `${identityOf(entry.policy.object.ref)} ${entry.policy.subject.join('.')}`;
    const known = byObject.get(key);
    byObject.set(key, known === undefined ? entry : { ...known, rules: concat(known.rules, entry.rules) });
  }
  return [...byObject.values()];
}

function speaksOf({ compiled: { peerSets } }: Reachability, peers: number, other: Other): boolean {
  const { outside, pods, addresses } = peerSets[peers];
  if ('index' in other) return pods.includes(other.index);
  return outside || (addresses !== undefined && intersection(addresses, addressSet([other.range])).ranges.length > 0);
}

function coversOf({ compiled: { peerSets } }: Reachability, peers: number, other: Other): boolean {
  const { outside, addresses } = peerSets[peers];
  return outside || 'index' in other || (addresses !== undefined && setCovers(addresses, other.range));
}

function reasonsOf(reach: Reachability, { peers = [] }: TierRule, other: Other): readonly string[] {
  if (peers.length === 0) {
    return [
      reach.compiled.engine === 'cilium'
        ? 'it names none of the pods, nodes and addresses'
        : 'it names no peer that can be understood',
    ];
  }
  return peers.map((peer) => reasonOf(reach, peer, other));
}

function reasonOf(reach: Reachability, peer: Peer, other: Other): string {
  const { compiled } = reach;
  if ('each' in peer) return jointReason(reach, peer, other);
  if ('labelling' in peer) {
    const { text } = peer.query;
    if ('range' in other) return `it names pods (${text}), and ${rangeText(other.range)} lies outside`;
    return peer.labelling.labelsOf(other.pods) === undefined
      ? 'pods in the network of their node are selected by nobody'
      : `its pods are not ${text}`;
  }
  if ('outside' in peer) return 'it names what lies outside of the cluster';
  if ('nodes' in peer) return 'it names nodes, with the pods in their network';
  if ('proxy' in peer) return 'it names the proxy of Ingresses and Gateways, which is no pod';
  if ('addresses' in peer) {
    const blocks = peer.addresses.ranges.map(rangeText).join(', ') || 'no address';
    if (!('range' in other) && (other.pods.hostNetwork ? peer.missesNodes : peer.missesPods) === true)
      return `Cilium knows ${other.pods.hostNetwork ? 'nodes' : 'pods'} by their identity, and blocks of addresses never choose them`;
    if ('range' in other) return `${rangeText(other.range)} is not in ${blocks}`;
    return other.pods.addresses.length === 0
      ? `the addresses of the pods are not known to be in ${blocks}`
      : `the pods have other addresses than ${blocks}`;
  }
  if ('range' in other) return `it names pods (${selectionText(peer)}), and ${rangeText(other.range)} lies outside`;
  const { pods } = other;
  if (pods.hostNetwork) return 'pods in the network of their node are selected by nobody';
  if (!choosesNamespace(compiled, peer, pods.namespace)) {
    return typeof peer.namespaces === 'string'
      ? `it names pods of namespace ${peer.namespaces}, not of ${pods.namespace}`
      : `namespace ${pods.namespace} is not ${labelSelectorText(peer.namespaces)}`;
  }
  return `its pods are not ${missingLabels(peer.pods, pods.labels)}`;
}

/** The first list that the other end is not in, or else what excludes it. */
function jointReason(reach: Reachability, { each, none }: JointPeer, other: Other): string {
  const missed = each.find((peers) => !peers.some((peer) => isChosen(reach, peer, other)));
  if (missed !== undefined) return missed.map((peer) => reasonOf(reach, peer, other)).join(', and ');
  const excluding = none.find((peer) => isChosen(reach, peer, other));
  return excluding !== undefined && 'labelling' in excluding
    ? `it leaves out ${excluding.query.text}`
    : 'it leaves out their addresses, or may do so';
}

function isChosen({ compiled: { index } }: Reachability, peer: Peer, other: Other): boolean {
  if ('index' in other) return index.choose(peer, 'least').includes(other.index);
  return 'addresses' in peer && setCovers(peer.addresses, other.range);
}

function choosesNamespace({ index }: Reachability['compiled'], { namespaces }: PodSelection, name: string): boolean {
  return typeof namespaces === 'string' ? namespaces === name : index.choosesNamespace(namespaces, name);
}

function selectionText({ namespaces, pods }: PodSelection): string {
  const isEvery = typeof namespaces !== 'string' && namespaces.labels.size + namespaces.expressions.length === 0;
  const some = typeof namespaces === 'string' ? namespaces : labelSelectorText(namespaces);
  const where = isEvery ? 'every namespace' : `namespace ${some}`;
  return `${labelSelectorText(pods)} in ${where}`;
}

function missingLabels(selector: LabelSelector, labels: ReadonlyMap<string, string>): string {
  return labelSelectorText({
    labels: new Map([...selector.labels].filter(([key, value]) => labels.get(key) !== value)),
    expressions: selector.expressions.filter((expression) => !expressionHolds(expression, labels)),
  });
}
