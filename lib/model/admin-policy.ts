import { compareText } from '../finding/finding';
import { at, integer, list, member, record, text, texts } from './json';
import { type LabelSelector, readLabelSelector } from './label-selector';
import { concat, flatMap } from './lists';
import type { NetworkModel } from './network-model';
import { peersField, POLICY_DIRECTIONS, type PolicyDirection } from './network-policy';
import { perModel } from './per-model';
import { apiGroup, type FieldPath, type ModelObject } from './source-object';

/** `Allow` of v1alpha1 and `Accept` of later versions are the same. */
export type AdminAction = 'allow' | 'deny' | 'pass';

/** Pods of namespaces, or addresses; a peer of another form is `unknown`: node names and domain names. */
export type AdminPeer =
  | { readonly namespaces: LabelSelector; readonly pods: LabelSelector }
  | { readonly networks: readonly string[] }
  | 'unknown';

export interface AdminPort {
  /** Undefined: those of every protocol, for a port by name. */
  readonly protocol: string | undefined;
  readonly ports: { readonly first: number; readonly last: number } | string;
}

export interface AdminRule {
  readonly direction: PolicyDirection;
  readonly action: AdminAction;
  readonly peers: readonly AdminPeer[];
  /** Undefined: every port of every protocol. */
  readonly ports: readonly AdminPort[] | undefined;
  readonly path: FieldPath;
}

/** A policy of `policy.networking.k8s.io`, which an administrator writes for the whole cluster. */
export interface AdminPolicy {
  readonly object: ModelObject;
  /** Before the NetworkPolicies, or after them. */
  readonly tier: 'admin' | 'baseline';
  /** The lower, the earlier. */
  readonly priority: number;
  readonly namespaces: LabelSelector;
  readonly pods: LabelSelector;
  readonly rules: readonly AdminRule[];
  /** Whether all that it says is known; otherwise what it decides is not certain. */
  readonly isKnown: boolean;
}

const KINDS = new Set(['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy']);

export function isAdminPolicy({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): boolean {
  return apiGroup(apiVersion) === 'policy.networking.k8s.io' && KINDS.has(kind);
}

/**
 * In the order in which they are asked: by tier and priority, ties by name. What the API leaves open is not known: two of one priority with different
 * actions, and AdminNetworkPolicies beside ClusterNetworkPolicies of their tier.
 */
export const adminPolicies = perModel(({ types }: NetworkModel): readonly AdminPolicy[] => {
  const read = flatMap(types.filter(isAdminPolicy), ({ objects }) => objects)
    .map(readAdminPolicy)
    .toSorted(
      (a, b) =>
        compareText(a.tier, b.tier) || a.priority - b.priority || compareText(textOf(a.object), textOf(b.object)),
    );
  const kindsOf = new Map<string, Set<string>>();
  const actionsOf = new Map<string, Set<AdminAction>>();
  const rankOf = ({ tier, priority }: AdminPolicy): string => `${tier} ${priority}`;
  const sizes = new Map<string, number>();
  for (const policy of read) {
    const kinds = kindsOf.get(policy.tier) ?? new Set();
    kindsOf.set(policy.tier, kinds.add(policy.object.ref.kind));
    const actions = actionsOf.get(rankOf(policy)) ?? new Set();
    for (const { action } of policy.rules) actions.add(action);
    actionsOf.set(rankOf(policy), actions);
    sizes.set(rankOf(policy), (sizes.get(rankOf(policy)) ?? 0) + 1);
  }
  const isOrdered = (policy: AdminPolicy): boolean =>
    kindsOf.get(policy.tier)?.size === 1 &&
    (sizes.get(rankOf(policy)) === 1 || (actionsOf.get(rankOf(policy))?.size ?? 0) <= 1);
  return read.map((policy) => (isOrdered(policy) ? policy : { ...policy, isKnown: false }));
});

function textOf({ ref }: ModelObject): string {
  return `${ref.name} ${ref.kind}`;
}

const ACTIONS: ReadonlyMap<unknown, AdminAction> = new Map([
  ['Allow', 'allow'],
  ['Accept', 'allow'],
  ['Deny', 'deny'],
  ['Pass', 'pass'],
]);

const EVERY: LabelSelector = { labels: new Map(), expressions: [] };

function readAdminPolicy(object: ModelObject): AdminPolicy {
  const spec = member(object.manifest, 'spec');
  const subject = readPeer(member(spec, 'subject'));
  const written = flatMap(POLICY_DIRECTIONS, (direction) =>
    list(member(spec, direction)).map((rule, index) => readRule(rule, direction, ['spec', direction, index])),
  );
  const rules = flatMap(written, (rule) => rule ?? []);
  const isPods = typeof subject === 'object' && 'pods' in subject;
  return {
    object,
    tier:
      object.ref.kind === 'BaselineAdminNetworkPolicy' || member(spec, 'tier') === 'Baseline' ? 'baseline' : 'admin',
    priority: integer(member(spec, 'priority')) ?? 0,
    namespaces: isPods ? subject.namespaces : EVERY,
    pods: isPods ? subject.pods : EVERY,
    rules: isPods ? rules : [],
    isKnown:
      isPods &&
      rules.length === written.length &&
      rules.every(({ peers }) => peers.length > 0 && peers.every((peer) => peer !== 'unknown')),
  };
}

function readRule(rule: unknown, direction: PolicyDirection, path: FieldPath): AdminRule | undefined {
  const action = ACTIONS.get(member(rule, 'action'));
  if (action === undefined) return undefined;
  return {
    direction,
    action,
    peers: list(member(rule, peersField(direction))).map(readPeer),
    ports: readPorts(rule),
    path,
  };
}

/** `namespaceSelector` of `pods` may be left out since v1alpha2: all namespaces. */
function readPeer(value: unknown): AdminPeer {
  const namespaces = record(member(value, 'namespaces'));
  if (namespaces !== undefined) return { namespaces: readLabelSelector(namespaces), pods: EVERY };
  const pods = record(member(value, 'pods'));
  if (pods !== undefined) {
    return {
      namespaces: readLabelSelector(at(pods, 'namespaceSelector')),
      pods: readLabelSelector(at(pods, 'podSelector')),
    };
  }
  const networks = texts(member(value, 'networks'));
  return networks.length > 0 ? { networks } : 'unknown';
}

/** `ports` of v1alpha1, `protocols` of later versions; an empty list is none. */
function readPorts(rule: unknown): readonly AdminPort[] | undefined {
  const ports = list(member(rule, 'ports'));
  const protocols = list(member(rule, 'protocols'));
  if (ports.length === 0 && protocols.length === 0) return undefined;
  return concat(flatMap(ports, readPort), flatMap(protocols, readProtocol));
}

function readPort(value: unknown): readonly AdminPort[] {
  const name = text(member(value, 'namedPort'));
  if (name !== undefined) return [{ protocol: undefined, ports: name }];
  const number = member(value, 'portNumber');
  const port = integer(member(number, 'port'));
  if (port !== undefined)
    return [{ protocol: text(member(number, 'protocol')) ?? 'TCP', ports: { first: port, last: port } }];
  const range = member(value, 'portRange');
  return rangeOf(text(member(range, 'protocol')) ?? 'TCP', range);
}

function readProtocol(value: unknown): readonly AdminPort[] {
  const name = text(member(value, 'destinationNamedPort'));
  if (name !== undefined) return [{ protocol: undefined, ports: name }];
  return flatMap(['tcp', 'udp', 'sctp'], (protocol) => {
    const written = record(member(value, protocol));
    if (written === undefined) return [];
    const port = record(member(written, 'destinationPort'));
    // Without a port, all of the protocol.
    if (port === undefined) return [{ protocol: protocol.toUpperCase(), ports: { first: 1, last: 65535 } }];
    const number = integer(member(port, 'number'));
    if (number !== undefined) return [{ protocol: protocol.toUpperCase(), ports: { first: number, last: number } }];
    return rangeOf(protocol.toUpperCase(), member(port, 'range'));
  });
}

function rangeOf(protocol: string, range: unknown): readonly AdminPort[] {
  const [first, last] = [integer(member(range, 'start')), integer(member(range, 'end'))];
  return first === undefined || last === undefined ? [] : [{ protocol, ports: { first, last } }];
}
