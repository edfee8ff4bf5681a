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
import type { AddressPeer, Peer, PodSelection } from './tiers';

/** Which pods a policy speaks of. Pods are their indexes in a list, in ascending order. */
export interface PodIndex {
  /** No policy selects pods in the network of their node. */
  readonly select: (selection: PodSelection) => readonly number[];
  /** Pods whose addresses are certainly in the set, or with `most` those whose addresses may be. */
  readonly withAddressIn: (peer: AddressPeer, bound: Bound) => readonly number[];
  /** Pods in the network of their node. */
  readonly inNodeNetwork: readonly number[];
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
  return {
    select,
    withAddressIn: addressIndex(pods, model.facts),
    inNodeNetwork: flatMap(pods, ({ hostNetwork }, index) => (hostNetwork ? [index] : [])),
    choosesNamespace: (selector, name) => selectsNamespace(model.namespaces, selector, name),
    mayChooseAbsentPods: (peer) => {
      if ('outside' in peer || 'nodes' in peer) return false;
      if ('proxy' in peer) return true;
      if ('addresses' in peer)
        return peer.missesPods !== true && holdsAll(peer.addresses, possibleRanges(model.facts.podCidrs, model.facts));
      if (typeof peer.namespaces === 'string') return select(peer).length === 0;
      return mayBeAbsent(peer.namespaces, (name) => byNamespace.has(name));
    },
  };
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

function addressIndex(pods: readonly Pods[], facts: ClusterFacts): PodIndex['withAddressIn'] {
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
  const { namespaces, pods } = peer;
  return `${typeof namespaces === 'string' ? namespaces : selectorKey(namespaces)}\0${selectorKey(pods)}`;
}
