import { at, integer, list, member, nonEmpty, record, text, textMap, texts } from './json';
import { expressionHolds, type LabelExpression, type LabelSelector, readLabelSelector } from './label-selector';
import { concat, flatMap } from './lists';
import { NAMESPACE_NAME_LABEL } from './namespace';
import type { NetworkModel } from './network-model';
import { type IpBlock, peersField, POLICY_DIRECTIONS, type PolicyDirection } from './network-policy';
import { perModel } from './per-model';
import { apiGroup, below, type FieldPath, type ModelObject } from './source-object';

/** Pods by the labels of their namespace and their own. */
export interface CiliumSelection {
  readonly namespaces: LabelSelector;
  readonly pods: LabelSelector;
}

/** Pods; what lies outside of the cluster, or blocks of it; nodes, with the pods in their network; the proxy of Ingresses and Gateways. */
export type CiliumPeer = CiliumSelection | { readonly blocks: readonly IpBlock[] } | 'outside' | 'nodes' | 'proxy';

export interface CiliumPort {
  /** Undefined: TCP, UDP and SCTP (`ANY`). */
  readonly protocol: string | undefined;
  readonly ports: { readonly first: number; readonly last: number } | string;
}

/** Why a rule holds for some of its connections alone, or perhaps for none. */
export interface RuleDoubt {
  readonly reason: string;
  /** Whether the rule counts where one answer has to be given: connections that it narrows can be opened. */
  readonly counts: boolean;
}

export interface CiliumRule {
  readonly direction: PolicyDirection;
  readonly action: 'allow' | 'deny';
  /** Undefined: everyone, inside and outside. An empty list is nobody. */
  readonly peers: readonly CiliumPeer[] | undefined;
  /** Undefined: every port of every protocol. */
  readonly ports: readonly CiliumPort[] | undefined;
  readonly doubt: RuleDoubt | undefined;
  readonly path: FieldPath;
}

/** One rule of the API, which has a subject of its own: `spec`, or an item of `specs`. */
export interface CiliumPolicy {
  readonly object: ModelObject;
  /** Undefined where the policy is not one of a namespace. */
  readonly namespace: string | undefined;
  readonly path: FieldPath;
  readonly subjectPath: FieldPath;
  /** Undefined where it selects no pods: nodes, or identities that are no pods. */
  readonly subject: CiliumSelection | undefined;
  readonly rules: readonly CiliumRule[];
  /** Directions in which what no rule allows is denied. */
  readonly isolates: ReadonlySet<PolicyDirection>;
  /** Whether all that it says is known; otherwise what it decides is not certain. */
  readonly isKnown: boolean;
}

const KINDS = new Set(['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy']);

export function isCiliumPolicy({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }): boolean {
  return apiGroup(apiVersion) === 'cilium.io' && KINDS.has(kind);
}

/** All of them, whatever the engine of the cluster is. Sources: cilium v1.18.4, pkg/policy/api and pkg/k8s/apis/cilium.io. */
export const ciliumPolicies = perModel((model): readonly CiliumPolicy[] =>
  flatMap(
    flatMap(model.types.filter(isCiliumPolicy), ({ objects }) => objects),
    (object) => readCiliumPolicy(model, object),
  ),
);

/** A policy of the firewall of nodes, which is enforced where `hostFirewall` is enabled, and selects no pods but those in the network of a node. */
export function isForNodes({ ref, manifest }: ModelObject): boolean {
  if (!isCiliumPolicy(ref)) return false;
  const specs = concat([member(manifest, 'spec')], list(member(manifest, 'specs'))).filter((spec) => record(spec));
  return specs.length > 0 && specs.every((spec) => record(member(spec, 'nodeSelector')) !== undefined);
}

/** Policies that say what cannot be evaluated. */
export const unknownCiliumPolicies = perModel((model): readonly ModelObject[] => {
  const known = new Map<ModelObject, boolean>();
  for (const { object, isKnown } of ciliumPolicies(model)) known.set(object, isKnown && known.get(object) !== false);
  return flatMap(model.types.filter(isCiliumPolicy), ({ objects }) =>
    objects.filter((object) => known.get(object) !== true),
  );
});

/** A policy with neither `spec` nor `specs` is refused (cnp_types.go, Parse): it has no rule here. */
function readCiliumPolicy(model: NetworkModel, object: ModelObject): readonly CiliumPolicy[] {
  const spec = record(member(object.manifest, 'spec'));
  const specs = list(member(object.manifest, 'specs'));
  const written = concat(
    spec === undefined ? [] : [{ value: spec, path: ['spec'] as FieldPath }],
    specs.map((value, index) => ({ value, path: ['specs', index] as FieldPath })),
  );
  return written.map(({ value, path }) => readSpec(model, object, value, path));
}

/** Each list of rules, with what its rules do. */
const LISTS = [
  ['ingress', 'allow', 'ingress'],
  ['ingress', 'deny', 'ingressDeny'],
  ['egress', 'allow', 'egress'],
  ['egress', 'deny', 'egressDeny'],
] as const;

function readSpec(model: NetworkModel, object: ModelObject, spec: unknown, path: FieldPath): CiliumPolicy {
  const namespace = object.ref.kind === 'CiliumNetworkPolicy' ? (object.ref.namespace ?? 'default') : undefined;
  const ofPods = record(member(spec, 'endpointSelector'));
  const subject = ofPods && readSubject(ofPods, namespace);
  const written = flatMap(LISTS, ([direction, action, field]) =>
    list(member(spec, field)).map((rule, index) => ({ direction, action, rule, path: below(path, field, index) })),
  );
  return {
    object,
    namespace,
    path,
    subjectPath: below(path, ofPods === undefined ? 'nodeSelector' : 'endpointSelector'),
    subject: typeof subject === 'object' ? subject : undefined,
    rules: flatMap(written, (entry) => readRule({ model, namespace }, entry)),
    isolates: new Set(
      POLICY_DIRECTIONS.filter(
        (direction) =>
          written.some((entry) => entry.direction === direction) && at(spec, 'enableDefaultDeny', direction) !== false,
      ),
    ),
    isKnown:
      subject !== undefined &&
      subject !== 'unknown' &&
      written.length > 0 &&
      // They narrow other rules of the same pods as well (repository.go; deprecated in 1.17, refused by 1.20).
      written.every(
        ({ rule }) => list(member(rule, 'fromRequires')).length + list(member(rule, 'toRequires')).length === 0,
      ),
  };
}

const EVERY: LabelSelector = { labels: new Map(), expressions: [] };

const NAMESPACE_KEY = 'io.kubernetes.pod.namespace';
const NAMESPACE_LABELS = 'io.cilium.k8s.namespace.labels.';
/** Labels of the identity that come from elsewhere than the labels of pods and namespaces. */
const OTHER_KEYS = new Set(['io.cilium.k8s.policy.serviceaccount', 'io.cilium.k8s.policy.cluster']);

interface Key {
  readonly source: string;
  readonly key: string;
}

function keyOf(written: string): Key {
  const colon = written.indexOf(':');
  return colon < 0
    ? { source: 'any', key: written }
    : { source: written.slice(0, colon), key: written.slice(colon + 1) };
}

/** The key of a label of namespaces for those that stand for one. */
function namespaceKey({ key }: Key): string | undefined {
  if (key === NAMESPACE_KEY) return NAMESPACE_NAME_LABEL;
  return key.startsWith(NAMESPACE_LABELS) ? key.slice(NAMESPACE_LABELS.length) : undefined;
}

interface Requirement {
  readonly key: Key;
  readonly expression: LabelExpression;
}

/** `matchLabels` and `matchExpressions` are the same but for how they are written. */
function requirementsOf(value: unknown): readonly Requirement[] {
  const { labels, expressions } = readLabelSelector(value);
  return concat(
    [...labels].map(([key, label]) => ({ key: keyOf(key), expression: { key, operator: 'In', values: [label] } })),
    expressions.map((expression) => ({ key: keyOf(expression.key), expression })),
  );
}

type ReadSelector = CiliumSelection | 'unknown' | { readonly reserved: string };

/** Split into what it asks of the namespace and what of the pods. */
function split(requirements: readonly Requirement[]): ReadSelector {
  const reserved = requirements.find(({ key }) => key.source === 'reserved');
  if (reserved !== undefined) return requirements.length === 1 ? { reserved: reserved.key.key } : 'unknown';
  if (requirements.some(({ key }) => !['any', 'k8s'].includes(key.source) || OTHER_KEYS.has(key.key))) return 'unknown';
  return {
    namespaces: selectorOf(
      flatMap(requirements, ({ key, expression }) => {
        const own = namespaceKey(key);
        return own === undefined ? [] : [{ ...expression, key: own }];
      }),
    ),
    pods: selectorOf(
      flatMap(requirements, ({ key, expression }) =>
        namespaceKey(key) === undefined ? [{ ...expression, key: key.key }] : [],
      ),
    ),
  };
}

/** In the form that look-ups by labels are quick for. */
function selectorOf(expressions: readonly LabelExpression[]): LabelSelector {
  const labels = new Map<string, string>();
  const others: LabelExpression[] = [];
  for (const expression of expressions) {
    const { key, operator, values } = expression;
    if (operator === 'In' && values.length === 1 && !labels.has(key)) labels.set(key, values[0]);
    else others.push(expression);
  }
  return { labels: new Map([...labels].toSorted(([a], [b]) => (a < b ? -1 : 1))), expressions: others };
}

const named = (namespace: string): Requirement => ({
  key: { source: 'k8s', key: NAMESPACE_KEY },
  expression: { key: NAMESPACE_KEY, operator: 'In', values: [namespace] },
});

/**
 * A policy of a namespace has the pods of that alone. Another namespace under the source `k8s` is written over; under any other it is asked for as well
 * (utils.go, ParseToCiliumRule). Undefined where it selects no pods.
 */
function readSubject(value: unknown, namespace: string | undefined): CiliumSelection | 'unknown' | 'none' {
  const written = requirementsOf(value);
  const own =
    namespace === undefined
      ? written
      : concat(
          written.filter(
            ({ key, expression: { operator } }) =>
              key.source !== 'k8s' || key.key !== NAMESPACE_KEY || operator !== 'In',
          ),
          [named(namespace)],
        );
  if (written.some(({ key }) => key.source === 'reserved')) return 'none';
  const read = split(own);
  return typeof read === 'object' && 'reserved' in read ? 'none' : read;
}

/** Whom a member of a rule names: for certain, and perhaps. */
interface Named {
  readonly peers: readonly CiliumPeer[];
  /** `everyone` of the entity `all`. */
  readonly everyone?: boolean;
  readonly perhaps?: readonly Perhaps[];
}

interface Perhaps extends RuleDoubt {
  /** Undefined: anyone. */
  readonly peers: readonly CiliumPeer[] | undefined;
}

function perhaps(peers: Perhaps['peers'], reason: string, counts = false): readonly Perhaps[] {
  return [{ peers, reason, counts }];
}

const NOBODY: Named = { peers: [] };

const OUTSIDE_AND_NODES: readonly CiliumPeer[] = ['outside', 'nodes'];

interface WrittenRule {
  readonly direction: PolicyDirection;
  readonly action: 'allow' | 'deny';
  readonly rule: unknown;
  readonly path: FieldPath;
}

/** Where a rule was written: what its names and labels refer to. */
interface Scope {
  readonly model: NetworkModel;
  /** Undefined for a policy of the whole cluster. */
  readonly namespace: string | undefined;
}

/** A rule, and one more for those whom it perhaps names. */
function readRule(scope: Scope, { direction, action, rule, path }: WrittenRule): readonly CiliumRule[] {
  const members = membersOf(scope, direction, action, rule);
  const { ports, narrowed } = portsOf(rule);
  // Without both it allows nothing (mergeIngress): the opposite of an empty rule of a NetworkPolicy.
  const saysNothing = members === undefined && ports === undefined && list(member(rule, 'toPorts')).length === 0;
  const shared = { direction, action, ports, path };
  const peers = members === undefined ? undefined : flatMap(members, (entry) => entry.peers);
  const isEveryone = members === undefined || members.some(({ everyone }) => everyone === true);
  const certain: CiliumRule = {
    ...shared,
    peers: saysNothing ? [] : isEveryone ? undefined : peers,
    doubt: narrowed === undefined || action === 'deny' ? undefined : { reason: narrowed, counts: true },
  };
  return concat(
    [certain],
    flatMap(members ?? [], (entry) =>
      (entry.perhaps ?? []).map(({ peers: some, reason, counts }) => ({
        ...shared,
        peers: some,
        doubt: { reason, counts },
      })),
    ),
  );
}

/** Undefined without any. A member that is there and empty names nobody, `null` is as absent as nothing. */
function membersOf(
  scope: Scope,
  direction: PolicyDirection,
  action: 'allow' | 'deny',
  rule: unknown,
): readonly Named[] | undefined {
  const field = peersField(direction);
  const readers: readonly (readonly [string, (items: readonly unknown[]) => Named])[] = [
    [`${field}Endpoints`, (items) => allOf(items.map((item) => endpointsOf(scope, item)))],
    [`${field}Entities`, (items) => entities(texts(items), direction, action)],
    [`${field}CIDR`, (items) => ({ peers: [{ blocks: texts(items).map((cidr) => ({ cidr, except: [] })) }] })],
    [`${field}CIDRSet`, (items) => allOf(items.map((item) => cidrSet(scope, item)))],
    [`${field}Groups`, perhapsAny(['outside'], 'the addresses of groups of the cloud are not known')],
    [`${field}Nodes`, perhapsAny(['nodes'], 'which nodes it names is not known')],
    ['toServices', (items) => allOf(items.map((item) => serviceOf(scope, item)))],
    ['toFQDNs', (items) => domainNames(items)],
  ];
  const found = flatMap(readers, ([name, read]) => {
    const value = member(rule, name);
    return value === undefined || value === null ? [] : [read(list(value))];
  });
  return found.length === 0 ? undefined : found;
}

/**
 * Without a namespace it means the own one, and in a policy of the cluster every namespace (utils.go, getEndpointSelector). One that only says what
 * labels are not there holds for what is no pod as well, and releases differ in what more.
 */
function endpointsOf({ namespace }: Scope, value: unknown): Named {
  const written = requirementsOf(value);
  const read = split(written);
  if (read === 'unknown') {
    return { peers: [], perhaps: perhaps(undefined, 'it asks for labels of identities that are not known') };
  }
  if ('reserved' in read) return entities([read.reserved], 'ingress', 'deny');
  if (!written.some(({ key }) => namespaceKey(key) !== undefined)) {
    const namespaces =
      namespace === undefined
        ? EVERY
        : selectorOf([{ key: NAMESPACE_NAME_LABEL, operator: 'In', values: [namespace] }]);
    return { peers: [{ ...read, namespaces }] };
  }
  const isNegative = written.every(
    ({ expression: { operator } }) => operator === 'NotIn' || operator === 'DoesNotExist',
  );
  if (!isNegative) return { peers: [read] };
  return {
    peers: [read],
    perhaps: perhaps(undefined, 'a selector that only excludes namespaces differs between releases of Cilium'),
  };
}

function cidrSet({ model }: Scope, value: unknown): Named {
  const except = list(member(value, 'except'));
  const cidr = text(member(value, 'cidr'));
  if (cidr !== undefined) return { peers: [{ blocks: [{ cidr, except }] }] };
  const reference = nonEmpty(member(value, 'cidrGroupRef'));
  const selector = record(member(value, 'cidrGroupSelector'));
  const groups = model
    .ofKind('CiliumCIDRGroup')
    .filter(({ ref }) => apiGroup(ref.apiVersion) === 'cilium.io')
    .filter(({ ref, manifest }) =>
      reference === undefined
        ? selector !== undefined && holds(readLabelSelector(selector), manifest)
        : ref.name === reference,
    );
  const blocks = flatMap(groups, ({ manifest }) =>
    texts(at(manifest, 'spec', 'externalCIDRs')).map((own) => ({ cidr: own, except })),
  );
  if (reference !== undefined && groups.length > 0) return { peers: [{ blocks }] };
  const reason =
    reference === undefined
      ? 'other CiliumCIDRGroups may have its labels'
      : `CiliumCIDRGroup ${reference} is not known`;
  return { peers: [{ blocks }], perhaps: perhaps(['outside'], reason) };
}

/** A Service with a selector is its pods; the addresses of any other are not those of pods (pkg/policy/k8s/service.go). */
function serviceOf({ model }: Scope, value: unknown): Named {
  const named = member(value, 'k8sService');
  const name = nonEmpty(member(named, 'serviceName'));
  const namespace = nonEmpty(member(named, 'namespace'));
  const services = model
    .servicesNamed(name ?? '')
    .filter((service) => namespace === undefined || service.namespace === namespace);
  const peers = flatMap(services, ({ namespace: own, selector }): readonly CiliumPeer[] =>
    selector === undefined
      ? []
      : [
          {
            namespaces: selectorOf([{ key: NAMESPACE_NAME_LABEL, operator: 'In', values: [own] }]),
            pods: selector,
          },
        ],
  );
  if (services.length > 0 && peers.length === services.length) return { peers };
  return {
    peers,
    perhaps: perhaps(
      undefined,
      `what is behind ${name === undefined ? 'the Services of a selector' : `Service ${name}`} is not known`,
    ),
  };
}

function holds({ labels, expressions }: LabelSelector, manifest: unknown): boolean {
  const own = textMap(at(manifest, 'metadata', 'labels'));
  return (
    [...labels].every(([key, value]) => own.get(key) === value) &&
    expressions.every((expression) => expressionHolds(expression, own))
  );
}

function allOf(found: readonly Named[]): Named {
  return {
    peers: flatMap(found, ({ peers }) => peers),
    everyone: found.some(({ everyone }) => everyone === true),
    perhaps: flatMap(found, (entry) => entry.perhaps ?? []),
  };
}

function perhapsAny(peers: readonly CiliumPeer[], reason: string): (items: readonly unknown[]) => Named {
  return (items) => (items.length === 0 ? NOBODY : { peers: [], perhaps: perhaps(peers, reason) });
}

const EVERY_POD: CiliumPeer = { namespaces: EVERY, pods: EVERY };

/**
 * pkg/policy/api/entity.go. Pods in the network of a node are part of it: `host` where it is the node of the pod, which always lets its own node in, and
 * `remote-node` elsewhere.
 */
function entities(names: readonly string[], direction: PolicyDirection, action: 'allow' | 'deny'): Named {
  const has = (name: string): boolean => names.includes(name);
  const bothNodes = has('cluster') || (has('host') && has('remote-node'));
  return allOf([
    ...names.map((name): Named => {
      switch (name) {
        case 'all':
          return { peers: [], everyone: true };
        case 'world':
          return { peers: ['outside'] };
        case 'world-ipv4':
          return { peers: [{ blocks: [{ cidr: '0.0.0.0/0', except: [] }] }] };
        case 'world-ipv6':
          return { peers: [{ blocks: [{ cidr: '::/0', except: [] }] }] };
        case 'cluster':
          return { peers: [EVERY_POD, 'nodes'] };
        case 'ingress':
          return { peers: ['proxy'] };
        case 'kube-apiserver':
          return {
            peers: [],
            perhaps: perhaps(OUTSIDE_AND_NODES, 'the addresses of the API server are not known'),
          };
        case 'cluster-mesh':
          return { peers: [], perhaps: perhaps(['outside'], 'other clusters of the mesh are not known') };
        // The others are Cilium's own endpoints, and pods that it does not manage.
        default:
          return NOBODY;
      }
    }),
    nodesOf(bothNodes, has('host'), has('remote-node'), direction === 'ingress' && action === 'allow'),
  ]);
}

function nodesOf(both: boolean, host: boolean, remote: boolean, isOwnNodeOpen: boolean): Named {
  if (both || (remote && isOwnNodeOpen)) return { peers: ['nodes'] };
  if (!host && !remote) return NOBODY;
  return { peers: [], perhaps: perhaps(['nodes'], 'which pods run on the same node is not known', remote) };
}

/** Names are resolved by the proxy of the agent when pods ask for them; their addresses are never those of pods (fqdn.go). */
function domainNames(items: readonly unknown[]): Named {
  const names = flatMap(
    items,
    (item) => nonEmpty(member(item, 'matchName')) ?? nonEmpty(member(item, 'matchPattern')) ?? [],
  );
  return perhapsAny(['outside'], `addresses of ${names.join(', ')} are not known`)(items);
}

/** Undefined ports are all of them; `narrowed` says what is asked of a connection beyond its port. */
function portsOf(rule: unknown): { readonly ports: readonly CiliumPort[] | undefined; readonly narrowed?: string } {
  const narrowed = at(rule, 'authentication', 'mode') === 'required' ? 'it asks for mutual authentication' : undefined;
  if (list(member(rule, 'icmps')).length > 0) return { ports: [] };
  const items = list(member(rule, 'toPorts'));
  if (items.length === 0) return { ports: undefined, narrowed };
  return {
    ports: flatMap(items, (item) => flatMap(list(member(item, 'ports')), readPort)),
    narrowed: narrowed ?? (items.some(isNarrowed) ? 'rules of layer 7 narrow it' : undefined),
  };
}

/** Any name may be asked for where a DNS rule says `*`. */
function isNarrowed(item: unknown): boolean {
  const rules = Object.entries(record(member(item, 'rules')) ?? {}).filter(
    ([, value]) => list(value).length > 0 || text(value),
  );
  const isEveryName = (value: unknown): boolean => list(value).some((entry) => member(entry, 'matchPattern') === '*');
  return (
    rules.some(([protocol, value]) => protocol !== 'dns' || !isEveryName(value)) ||
    ['listener', 'terminatingTLS', 'originatingTLS'].some((field) => record(member(item, field)) !== undefined) ||
    list(member(item, 'serverNames')).length > 0
  );
}

/** A number, a name, or 0 for every port of the protocol (l4.go). */
function readPort(value: unknown): readonly CiliumPort[] {
  const port = text(member(value, 'port'));
  if (port === undefined) return [];
  const written = nonEmpty(member(value, 'protocol'));
  const protocol = written === undefined || written === 'ANY' ? undefined : written;
  if (!/^\d+$/.test(port)) return port === '' ? [] : [{ protocol, ports: port.toLowerCase() }];
  const first = Number(port);
  if (first === 0) return [{ protocol, ports: { first: 1, last: 65535 } }];
  const last = integer(member(value, 'endPort')) ?? first;
  return last < first || last > 65535
    ? first > 65535
      ? []
      : [{ protocol, ports: { first, last: first } }]
    : [{ protocol, ports: { first, last } }];
}
