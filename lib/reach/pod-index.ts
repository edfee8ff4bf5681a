import { type AddressSet, compareAddresses, type IpAddress, type IpFamily, setCovers, rangeOfCidr } from '../address';
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
import type { Pods } from './pods';
import type { Peer, PodSelection } from './tiers';

/** Which pods a policy speaks of. Pods are their indexes in a list, in ascending order. */
export interface PodIndex {
  /** No policy selects pods in the network of their node. */
  readonly select: (selection: PodSelection) => readonly number[];
  /** Pods whose addresses are certainly in the set. */
  readonly withAddressIn: (addresses: AddressSet) => readonly number[];
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
    choosesNamespace: (selector, name) => selectsNamespace(model.namespaces, selector, name),
    mayChooseAbsentPods: (peer) => {
      if ('addresses' in peer) return holdsAll(peer.addresses, model.facts.podCidrs);
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
  return (addresses) => {
    const found = new Set<number>();
    for (const range of addresses.ranges) {
      for (let at = firstFrom(known, { family: range.family, value: range.first }); at < known.length; at++) {
        const { address, index } = known[at];
        if (address.family !== range.family || address.value > range.last) break;
        found.add(index);
      }
    }
    if (holdsAll(addresses, facts.podCidrs)) for (const index of unknown) found.add(index);
    if (holdsAll(addresses, facts.nodeCidrs)) for (const index of unknownNodes) found.add(index);
    return [...found].sort((a, b) => a - b);
  };
}

/** Where an address is not told, it is one of these ranges; where they are not told either, it is an IPv4 address. */
function holdsAll(addresses: AddressSet, cidrs: ClusterFacts['podCidrs']): boolean {
  if (cidrs === undefined || cidrs.length === 0) return setCovers(addresses, ALL_IPV4);
  const families = new Set<IpFamily>(cidrs.map(({ family }) => family));
  // A dual-stack pod has an address of each family: one that is in the set is enough.
  return [...families].some((family) =>
    cidrs.filter((cidr) => cidr.family === family).every((cidr) => setCovers(addresses, rangeOfCidr(cidr))),
  );
}

const ALL_IPV4 = { family: 'IPv4', first: 0n, last: 0xffff_ffffn } as const;

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
  if ('addresses' in peer)
    return JSON.stringify(
      peer.addresses.ranges.map(({ family, first, last }) => [family, String(first), String(last)]),
    );
  const { namespaces, pods } = peer;
  return `${typeof namespaces === 'string' ? namespaces : selectorKey(namespaces)}\0${selectorKey(pods)}`;
}
