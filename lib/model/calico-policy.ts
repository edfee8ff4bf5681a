import { compareText } from '../finding/finding';
import { type CalicoSelector, readCalicoSelector } from '../syntax/calico-selector';
import { at, list, member, nonEmpty, record, text, textMap, texts } from './json';
import { concat, flatMap } from './lists';
import type { NetworkModel } from './network-model';
import { POLICY_DIRECTIONS, POLICY_TYPES, type PolicyDirection } from './network-policy';
import { perModel } from './per-model';
import type { RuleDoubt } from './cilium-policy';
import { apiGroup, type FieldPath, type ModelObject } from './source-object';

/** A selector of Calico as it was written, and as it is read. */
export interface WrittenSelector {
  readonly text: string;
  readonly selector: CalicoSelector;
}

/** What a policy or one end of a rule asks of pods and sets of addresses; what is undefined asks nothing. */
export interface CalicoSelection {
  readonly own: WrittenSelector | undefined;
  /** Of the labels of the namespace. */
  readonly namespaces: WrittenSelector | undefined;
  /** Of the labels of the ServiceAccount. */
  readonly accounts: WrittenSelector | undefined;
  /** Names of ServiceAccounts, of which one must be that of the pod; none asks nothing. */
  readonly accountNames: readonly string[];
}

/** One end of a rule. */
export interface CalicoEntity {
  readonly selection: CalicoSelection;
  readonly not: WrittenSelector | undefined;
  /** Undefined: every address. */
  readonly nets: readonly string[] | undefined;
  readonly notNets: readonly string[];
  readonly service: { readonly namespace: string | undefined; readonly name: string } | undefined;
}

export type CalicoPort = { readonly first: number; readonly last: number } | string;

export interface CalicoRule {
  readonly direction: PolicyDirection;
  readonly action: 'allow' | 'deny' | 'pass';
  /** The pods of the policy that it is for. */
  readonly self: CalicoEntity;
  /** The other end. */
  readonly other: CalicoEntity;
  /** Undefined: every protocol. Others than TCP, UDP and SCTP are left out: they have no ports. */
  readonly protocols: readonly string[] | undefined;
  /** Of the destination. Undefined: every port. */
  readonly ports: readonly CalicoPort[] | undefined;
  readonly notPorts: readonly CalicoPort[];
  readonly ipVersion: 4 | 6 | undefined;
  readonly doubt: RuleDoubt | undefined;
  readonly path: FieldPath;
}

export interface CalicoPolicy {
  readonly object: ModelObject;
  /** Undefined for a policy of the whole cluster. */
  readonly namespace: string | undefined;
  /** Without the prefix under which objects of the default tier are stored. */
  readonly name: string;
  readonly tier: string;
  /** The lower, the earlier; without one it is asked last. */
  readonly order: number | undefined;
  /** Directions of which it speaks. */
  readonly directions: ReadonlySet<PolicyDirection>;
  readonly subject: CalicoSelection;
  readonly rules: readonly CalicoRule[];
  /** Whether it can be placed and its subject be read; otherwise what it decides is not known. */
  readonly isKnown: boolean;
}

export interface CalicoTier {
  readonly name: string;
  readonly order: number | undefined;
  /** Whether what no rule of it matched is denied for the pods that a policy of it selects. */
  readonly denies: boolean;
}

/** Addresses that selectors find by the labels of an object: a set, or an endpoint of a host. */
export interface CalicoAddresses {
  /** Undefined where it is not one of a namespace. */
  readonly namespace: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
  readonly nets: readonly string[];
}

const POLICY_KINDS: ReadonlySet<string> = new Set(['NetworkPolicy', 'GlobalNetworkPolicy']);

/** They only count what they would do (felix/calc, EnforcedOnly). */
const STAGED_KINDS: ReadonlySet<string> = new Set([
  'StagedNetworkPolicy',
  'StagedGlobalNetworkPolicy',
  'StagedKubernetesNetworkPolicy',
]);

interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}

/** `crd.projectcalico.org/v1` is the form in which the objects are stored. */
export function isOfCalico({ apiVersion }: Pick<Kind, 'apiVersion'>): boolean {
  const group = apiGroup(apiVersion);
  return group === 'projectcalico.org' || group === 'crd.projectcalico.org';
}

export function isCalicoPolicy(ref: Kind): boolean {
  return isOfCalico(ref) && POLICY_KINDS.has(ref.kind);
}

export function isStagedPolicy(ref: Kind): boolean {
  return isOfCalico(ref) && STAGED_KINDS.has(ref.kind);
}

/**
 * What speaks of the interfaces of nodes alone, not of pods: endpoints of hosts, and policies before NAT and before connections are tracked
 * (felix/calc, tierInfoToProtoTierInfo: workloads get neither).
 */
export function isForHosts({ ref, manifest }: ModelObject): boolean {
  if (!isOfCalico(ref)) return false;
  const spec = member(manifest, 'spec');
  return (
    ref.kind === 'HostEndpoint' ||
    (ref.kind === 'GlobalNetworkPolicy' && (member(spec, 'preDNAT') === true || member(spec, 'doNotTrack') === true))
  );
}

/** What Calico makes itself; their orders and default actions cannot be changed (api/v3/tier.go). */
const OWN_TIERS: readonly CalicoTier[] = [
  { name: 'kube-admin', order: 1_000, denies: false },
  { name: 'adminnetworkpolicy', order: 1_000, denies: false },
  { name: 'default', order: 1_000_000, denies: true },
  { name: 'kube-baseline', order: 10_000_000, denies: false },
  { name: 'baselineadminnetworkpolicy', order: 10_000_000, denies: false },
];

export const DEFAULT_TIER = 'default';
/** Where NetworkPolicies stand in the default tier (K8sNetworkPolicyToCalico). */
export const NETWORK_POLICY_ORDER = 1000;

/** In the order in which they are asked: by order, then by name; without an order last (felix/calc/policy_sorter.go, TierLess). */
export const calicoTierOrder = perModel((model): readonly CalicoTier[] => {
  const tiers = new Map(OWN_TIERS.map((tier) => [tier.name, tier]));
  for (const { ref, manifest } of ofKind(model, 'Tier')) {
    const spec = member(manifest, 'spec');
    if (!OWN_TIERS.some(({ name }) => name === ref.name))
      tiers.set(ref.name, {
        name: ref.name,
        order: number(member(spec, 'order')),
        denies: member(spec, 'defaultAction') !== 'Pass',
      });
  }
  return [...tiers.values()].toSorted((a, b) => compareOrders(a.order, b.order) || compareText(a.name, b.name));
});

export function compareOrders(a = Infinity, b = Infinity): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** All policies that may be enforced on pods, whatever the engine of the cluster is. Sources: projectcalico/calico, api/pkg/apis/projectcalico/v3. */
export const calicoPolicies = perModel((model): readonly CalicoPolicy[] => {
  const tiers = new Set(calicoTierOrder(model).map(({ name }) => name));
  return flatMap(model.types.filter(isCalicoPolicy), ({ objects }) => objects)
    .filter((object) => !isForHosts(object))
    .map((object) => readCalicoPolicy(object, tiers));
});

export const unknownCalicoPolicies = perModel((model): readonly ModelObject[] =>
  flatMap(calicoPolicies(model), ({ object, isKnown }) => (isKnown ? [] : [object])),
);

/** Objects of whose connections policies of hosts decide. */
export const calicoHostPolicies = perModel((model): readonly ModelObject[] =>
  flatMap(['HostEndpoint', 'GlobalNetworkPolicy'], (kind) => ofKind(model, kind).filter(isForHosts)),
);

export const calicoAddresses = perModel((model): readonly CalicoAddresses[] =>
  flatMap(['GlobalNetworkSet', 'NetworkSet', 'HostEndpoint'], (kind) =>
    ofKind(model, kind).map(({ ref, manifest }) => ({
      namespace: kind === 'NetworkSet' ? (ref.namespace ?? 'default') : undefined,
      labels: textMap(at(manifest, 'metadata', 'labels')),
      nets: texts(at(manifest, 'spec', kind === 'HostEndpoint' ? 'expectedIPs' : 'nets')),
    })),
  ),
);

function ofKind({ types }: NetworkModel, kind: string): readonly ModelObject[] {
  return flatMap(types, (type) => (type.kind === kind && isOfCalico(type) ? type.objects : []));
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function readCalicoPolicy(object: ModelObject, tiers: ReadonlySet<string>): CalicoPolicy {
  const { ref, manifest } = object;
  const spec = member(manifest, 'spec');
  const namespace = ref.kind === 'NetworkPolicy' ? (ref.namespace ?? 'default') : undefined;
  const tier = nonEmpty(member(spec, 'tier')) ?? DEFAULT_TIER;
  const fields = ['selector', 'namespaceSelector', 'serviceAccountSelector'];
  const [own, namespaces, accounts] = fields.map((field) => readSelector(member(spec, field)));
  return {
    object,
    namespace,
    name: ref.name.startsWith(`${DEFAULT_TIER}.`) ? ref.name.slice(DEFAULT_TIER.length + 1) : ref.name,
    tier,
    order: number(member(spec, 'order')),
    directions: readDirections(spec),
    subject: {
      own: known(own),
      // Only policies of the whole cluster have the field.
      namespaces: namespace === undefined ? known(namespaces) : undefined,
      accounts: known(accounts),
      accountNames: [],
    },
    rules: flatMap(POLICY_DIRECTIONS, (direction) =>
      flatMap(list(member(spec, direction)), (rule, index) => readRule(rule, direction, ['spec', direction, index])),
    ),
    isKnown: tiers.has(tier) && [own, namespaces, accounts].every((selector) => selector !== 'unread'),
  };
}

/** Without types a policy is one for ingress, unless it has rules for egress alone; with both it is for both (api/v3/globalnetworkpolicy.go). */
function readDirections(spec: unknown): ReadonlySet<PolicyDirection> {
  const types = list(member(spec, 'types'));
  if (types.length > 0)
    return new Set(POLICY_DIRECTIONS.filter((direction) => types.includes(POLICY_TYPES[direction])));
  const [hasIngress, hasEgress] = POLICY_DIRECTIONS.map((direction) => list(member(spec, direction)).length > 0);
  return new Set(
    POLICY_DIRECTIONS.filter((direction) => (direction === 'egress' ? hasEgress : hasIngress || !hasEgress)),
  );
}

/** An empty selector asks nothing. */
function readSelector(value: unknown): WrittenSelector | 'unread' | undefined {
  const written = text(value) ?? '';
  if (written.trim() === '') return undefined;
  const selector = readCalicoSelector(written);
  return selector === undefined ? 'unread' : { text: written, selector };
}

function known(selector: ReturnType<typeof readSelector>): WrittenSelector | undefined {
  return selector === 'unread' ? undefined : selector;
}

const ACTIONS: ReadonlyMap<unknown, CalicoRule['action']> = new Map([
  ['Allow', 'allow'],
  ['Deny', 'deny'],
  ['Pass', 'pass'],
]);

/** `Log` decides nothing: the next rule is asked (app-policy/checker, checkRules). */
function readRule(rule: unknown, direction: PolicyDirection, path: FieldPath): readonly CalicoRule[] {
  const action = ACTIONS.get(member(rule, 'action'));
  if (action === undefined) return [];
  const source = readEntity(member(rule, 'source'));
  const destination = readEntity(member(rule, 'destination'));
  const [other, self] = direction === 'ingress' ? [source, destination] : [destination, source];
  const ports = list(at(rule, 'destination', 'ports'));
  const notPorts = list(at(rule, 'destination', 'notPorts'));
  const protocols = readProtocols(rule);
  const version = member(rule, 'ipVersion');
  return [
    {
      direction,
      action,
      other: other.entity,
      self: self.entity,
      protocols,
      ports: ports.length === 0 ? undefined : flatMap(ports, readPort),
      notPorts: flatMap(notPorts, readPort),
      ipVersion: version === 4 || version === 6 ? version : undefined,
      doubt: doubtOf(rule, protocols, concat(ports, notPorts), concat(source.unread, destination.unread)),
      path,
    },
  ];
}

/** What the API refuses, and what the ends and the port of a connection do not decide. */
function doubtOf(
  rule: unknown,
  protocols: readonly string[] | undefined,
  ports: readonly unknown[],
  unread: readonly string[],
): RuleDoubt | undefined {
  const counts = member(rule, 'action') === 'Allow';
  if (unread.length > 0) return { reason: `its ${unread.join(' and ')} cannot be read`, counts: false };
  const hasSourcePorts = ['ports', 'notPorts'].some((field) => list(at(rule, 'source', field)).length > 0);
  if (hasSourcePorts) return { reason: 'it asks for ports of the source', counts };
  if (record(member(rule, 'http')) !== undefined) return { reason: 'rules of HTTP narrow it', counts };
  if (texts(at(rule, 'destination', 'domains')).length > 0)
    return { reason: 'the addresses of its domains are not known', counts: false };
  return protocols === undefined && ports.some((port) => typeof port === 'number' || /^\d/.test(text(port) ?? ''))
    ? { reason: 'it names numbers of ports without a protocol', counts: false }
    : undefined;
}

function readEntity(value: unknown): { readonly entity: CalicoEntity; readonly unread: readonly string[] } {
  const read = [
    ['selector', member(value, 'selector')],
    ['notSelector', member(value, 'notSelector')],
    ['namespaceSelector', member(value, 'namespaceSelector')],
    ['serviceAccounts.selector', at(value, 'serviceAccounts', 'selector')],
  ].map(([field, written]) => ({ field: String(field), selector: readSelector(written) }));
  const [own, not, namespaces, accounts] = read.map(({ selector }) => known(selector));
  const services = record(member(value, 'services'));
  const nets = list(member(value, 'nets'));
  return {
    entity: {
      selection: { own, namespaces, accounts, accountNames: texts(at(value, 'serviceAccounts', 'names')) },
      not,
      nets: nets.length === 0 ? undefined : texts(nets),
      notNets: texts(member(value, 'notNets')),
      service: services && {
        namespace: nonEmpty(member(services, 'namespace')),
        name: text(member(services, 'name')) ?? '',
      },
    },
    unread: read.filter(({ selector }) => selector === 'unread').map(({ field }) => field),
  };
}

const PROTOCOL_NUMBERS: ReadonlyMap<string, string> = new Map([
  ['6', 'TCP'],
  ['17', 'UDP'],
  ['132', 'SCTP'],
]);

const WITH_PORTS = ['SCTP', 'TCP', 'UDP'];

function readProtocols(rule: unknown): readonly string[] | undefined {
  const [wanted, refused] = ['protocol', 'notProtocol'].map((field) => protocolOf(member(rule, field)));
  if (wanted === undefined && refused === undefined) return undefined;
  return WITH_PORTS.filter((name) => (wanted === undefined || name === wanted) && name !== refused);
}

function protocolOf(value: unknown): string | undefined {
  const written = (typeof value === 'number' ? String(value) : text(value))?.toUpperCase();
  return written === undefined || written === '' ? undefined : (PROTOCOL_NUMBERS.get(written) ?? written);
}

/** A number, `first:last`, or a name (api/pkg/lib/numorstring). */
function readPort(value: unknown): readonly CalicoPort[] {
  if (typeof value === 'number') return [{ first: value, last: value }];
  const written = text(value) ?? '';
  const range = /^(\d{1,5})(?::(\d{1,5}))?$/.exec(written);
  if (range === null) return written === '' ? [] : [written];
  const [first, last = first] = [Number(range[1]), range.at(2) === undefined ? undefined : Number(range[2])];
  return first <= last && last <= 65535 ? [{ first, last }] : [];
}
