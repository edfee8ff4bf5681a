import {
  type AddressRange,
  type AddressSet,
  addressSet,
  compareAddresses,
  difference,
  IP_FAMILIES,
  type IpAddress,
  parseCidr,
  rangeOfCidr,
  rangesOverlap,
  setCovers,
} from '../address';
import {
  type ClusterFacts,
  concat,
  expressionHolds,
  flatMap,
  labelIndex,
  type LabelSelector,
  NAMESPACE_NAME_LABEL,
  type NamespaceIndex,
  type NetworkModel,
  onName,
  selectorKey,
} from '../model';
import { memoized, once } from '../model/lookup';
import type { Bound } from './doubts';
import type { Pods } from './pods';
import { whatHolds } from './label-query';
import type { AddressPeer, JointPeer, LabelledPods, Labelling, Peer, PodSelection } from './tiers';

/** Which pods a policy speaks of. Pods are their indexes in a list, in ascending order. */
export interface PodIndex {
  /** Those whom the peer certainly chooses, or with `most` those whom it may choose: addresses are not always known. */
  readonly choose: (peer: Peer, bound: Bound) => readonly number[];
  /** No labels of a policy of Kubernetes select pods in the network of their node. */
  readonly select: (selection: PodSelection) => readonly number[];
  readonly choosesNamespace: (selector: LabelSelector, name: string) => boolean;
  /** Whether the peer may choose pods that the input does not have: in a namespace of which it has none, or because it chooses none that it has. */
  readonly mayChooseAbsentPods: (peer: Peer) => boolean;
}

interface Indexed {
  readonly index: number;
  readonly namespace: string;
  readonly labels: ReadonlyMap<string, string>;
}

export function podIndex(model: NetworkModel, pods: readonly Pods[]): PodIndex {
  const selectable = flatMap(pods, ({ hostNetwork, namespace, labels }, index): readonly Indexed[] =>
    hostNetwork ? [] : [{ index, namespace, labels }],
  );
  const byNamespace = new Map<string, Indexed[]>();
  for (const entry of selectable) {
    const members = byNamespace.get(entry.namespace);
    if (members === undefined) byNamespace.set(entry.namespace, [entry]);
    else members.push(entry);
  }
  const inNamespace = memoized(
    (namespace: string) => namespace,
    (namespace) => labelIndex(byNamespace.get(namespace) ?? []),
  );
  const anywhere = once(() => labelIndex(selectable));
  const namespacesOf = memoized(selectorKey, (selector: LabelSelector) =>
    [...byNamespace.keys()].filter((name) => selectsNamespace(model.namespaces, selector, name)),
  );
  const indexes = (found: readonly Indexed[]): readonly number[] => found.map(({ index }) => index);
  const acrossNamespaces = memoized(
    ([namespaces, selector]: readonly [LabelSelector, LabelSelector]) =>
      selectorKey(namespaces) + selectorKey(selector),
    ([namespaces, selector]) => {
      const names = namespacesOf(namespaces);
      if (names.length === byNamespace.size) return indexes(anywhere().select(selector));
      const chosen = new Set(names);
      if (names.length <= 8) {
        return flatMap(names, (name) => indexes(inNamespace(name).select(selector))).toSorted((a, b) => a - b);
      }
      return indexes(
        anywhere()
          .select(selector)
          .filter(({ namespace }) => chosen.has(namespace)),
      );
    },
  );
  const select: PodIndex['select'] = ({ namespaces, pods: selector }) =>
    typeof namespaces === 'string'
      ? indexes(inNamespace(namespaces).select(selector))
      : acrossNamespaces([namespaces, selector]);
  const withAddressIn = addressIndex(pods, model.facts);
  const inNodeNetwork = flatMap(pods, ({ hostNetwork }, index) => (hostNetwork ? [index] : []));
  const labelled = labelledPods(pods);
  const choose: PodIndex['choose'] = (peer, bound) => {
    if ('each' in peer) return joint(pods.length, peer, bound, choose);
    if ('addresses' in peer) return withAddressIn(peer, bound);
    if ('outside' in peer || 'proxy' in peer) return [];
    if ('nodes' in peer) return inNodeNetwork;
    return 'labelling' in peer ? labelled(peer) : select(peer);
  };
  const mayChooseAbsentPods: PodIndex['mayChooseAbsentPods'] = (peer) => {
    if ('each' in peer) return peer.each.every((list) => list.some(mayChooseAbsentPods));
    if ('outside' in peer || 'nodes' in peer) return false;
    if ('proxy' in peer) return true;
    if ('addresses' in peer)
      return peer.missesPods !== true && holdsAll(peer.addresses, possibleRanges(model.facts.podCidrs, model.facts));
    if ('labelling' in peer) return peer.query.asked.length === 0 || labelled(peer).length === 0;
    if (typeof peer.namespaces === 'string') return select(peer).length === 0;
    return mayBeAbsent(peer.namespaces, (name) => byNamespace.has(name));
  };
  return {
    choose,
    select,
    choosesNamespace: (selector, name) => selectsNamespace(model.namespaces, selector, name),
    mayChooseAbsentPods,
  };
}

/** What is excluded perhaps is not certain to be chosen. */
function joint(
  count: number,
  { each, none, perhaps }: JointPeer,
  bound: Bound,
  choose: PodIndex['choose'],
): readonly number[] {
  if (perhaps === true) {
    const certain = new Set(joint(count, { each, none }, 'least', choose));
    return joint(count, { each, none }, 'most', choose).filter((index) => !certain.has(index));
  }
  const anyOf = (peers: readonly Peer[], of: Bound): readonly number[] =>
    peers.length === 1 ? choose(peers[0], of) : [...new Set(flatMap(peers, (peer) => choose(peer, of)))];
  const lists = each.map((peers) => anyOf(peers, bound)).toSorted((a, b) => a.length - b.length);
  const others = lists.slice(1).map((list) => new Set(list));
  const excluded = new Set(anyOf(none, bound === 'least' ? 'most' : 'least'));
  return (lists.at(0) ?? Array.from({ length: count }, (_, index) => index))
    .filter((index) => !excluded.has(index) && others.every((other) => other.has(index)))
    .toSorted((a, b) => a - b);
}

/** An index for each way to label them, made when it is first asked. */
function labelledPods(pods: readonly Pods[]): (peer: LabelledPods) => readonly number[] {
  const indexOf = memoized(
    ({ key }: Labelling) => key,
    ({ labelsOf }) =>
      labelIndex(
        flatMap(pods, (entry, index) => {
          const labels = labelsOf(entry);
          return labels === undefined ? [] : [{ index, labels }];
        }),
      ),
  );
  return memoized(
    ({ labelling, query }: LabelledPods) => `${labelling.key}\0${query.text}`,
    ({ labelling, query }) => whatHolds(indexOf(labelling), query).map(({ index }) => index),
  );
}

/** Of a namespace that is not in the input only the name is known: it has no other label here. */
function selectsNamespace({ get }: NamespaceIndex, selector: LabelSelector, name: string): boolean {
  const labels = get(name)?.labels ?? new Map([[NAMESPACE_NAME_LABEL, name]]);
  return (
    [...selector.labels].every(([key, value]) => labels.get(key) === value) &&
    selector.expressions.every((expression) => expressionHolds(expression, labels))
  );
}

/** Labels other than the name may stand on any namespace that the input does not have. */
function mayBeAbsent(selector: LabelSelector, hasPods: (namespace: string) => boolean): boolean {
  const { labels, expressions } = onName(selector);
  const names = concat(
    [...labels.values()],
    flatMap(expressions, ({ operator, values }) => (operator === 'In' ? values : [])),
  );
  return names.length === 0 || names.some((name) => !hasPods(name));
}

function addressIndex(
  pods: readonly Pods[],
  facts: ClusterFacts,
): (peer: AddressPeer, bound: Bound) => readonly number[] {
  const known = flatMap(pods, ({ addresses }, index) => addresses.map((address) => ({ address, index }))).toSorted(
    (a, b) => compareAddresses(a.address, b.address),
  );
  const unknown = flatMap(pods, ({ addresses, hostNetwork }, index) =>
    addresses.length === 0 && !hostNetwork ? [index] : [],
  );
  const unknownNodes = flatMap(pods, ({ addresses, hostNetwork }, index) =>
    addresses.length === 0 && hostNetwork ? [index] : [],
  );
  const podRanges = possibleRanges(facts.podCidrs, facts);
  const nodeRanges = possibleRanges(facts.nodeCidrs, facts);
  return ({ addresses, missesPods, missesNodes }, bound) => {
    const misses = (index: number): boolean => (pods[index].hostNetwork ? missesNodes : missesPods) === true;
    const found = new Set<number>();
    for (const range of addresses.ranges) {
      for (let at = firstFrom(known, { family: range.family, value: range.first }); at < known.length; at++) {
        const { address, index } = known[at];
        if (address.family !== range.family || address.value > range.last) break;
        if (!misses(index)) found.add(index);
      }
    }
    const holds = bound === 'most' ? holdsSome : holdsAll;
    if (missesPods !== true && unknown.length > 0 && holds(addresses, podRanges))
      for (const index of unknown) found.add(index);
    if (missesNodes !== true && unknownNodes.length > 0 && holds(addresses, nodeRanges))
      for (const index of unknownNodes) found.add(index);
    return [...found].sort((a, b) => a - b);
  };
}

/** Where an address is not told, it is one of the ranges. A dual-stack pod has one of each family: one that is in the set is enough. */
function holdsAll(addresses: AddressSet, ranges: readonly AddressRange[]): boolean {
  return IP_FAMILIES.some((family) => {
    const own = ranges.filter((range) => range.family === family);
    return own.length > 0 && own.every((range) => setCovers(addresses, range));
  });
}

function holdsSome(addresses: AddressSet, ranges: readonly AddressRange[]): boolean {
  return ranges.some((range) => addresses.ranges.some((held) => rangesOverlap(held, range)));
}

/** Where the ranges of pods or nodes are not told either, an IPv4 address that one of them can have. */
function possibleRanges(cidrs: ClusterFacts['podCidrs'], { serviceCidrs = [] }: ClusterFacts): readonly AddressRange[] {
  if (cidrs !== undefined && cidrs.length > 0) return cidrs.map(rangeOfCidr);
  return difference(HOST_ADDRESSES, addressSet(serviceCidrs.map(rangeOfCidr))).ranges;
}

const rangesOf = (texts: readonly string[]): AddressSet =>
  addressSet(texts.map((text) => rangeOfCidr(parseCidr(text))));

/** "This network", loopback, link-local, multicast and reserved addresses are those of no pod (RFC 6890). */
const HOST_ADDRESSES = difference(
  rangesOf(['0.0.0.0/0']),
  rangesOf(['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '240.0.0.0/4']),
);

function firstFrom(sorted: readonly { readonly address: IpAddress }[], from: IpAddress): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareAddresses(sorted[middle].address, from) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Equal peers have equal keys. */
export function peerKey(peer: Peer): string {
  if ('outside' in peer) return 'outside';
  if ('nodes' in peer) return 'nodes';
  if ('proxy' in peer) return 'proxy';
  if ('addresses' in peer) {
    const missed = `${peer.missesPods === true ? '-pods' : ''}${peer.missesNodes === true ? '-nodes' : ''}`;
    const ranges = peer.addresses.ranges.map(({ family, first, last }) => [family, String(first), String(last)]);
    return `${missed}${JSON.stringify(ranges)}`;
  }
  if ('each' in peer) {
    const keys = (peers: readonly Peer[]): readonly string[] => peers.map(peerKey).toSorted();
    return JSON.stringify([peer.each.map(keys), keys(peer.none), peer.perhaps === true]);
  }
  if ('labelling' in peer) return `${peer.labelling.key}\0\0${peer.query.text}`;
  const { namespaces, pods } = peer;
  return `${typeof namespaces === 'string' ? namespaces : selectorKey(namespaces)}\0${selectorKey(pods)}`;
}
