import { at, integer, list, member, nonEmpty, positive, record, text, textMap, texts } from './json';
import { type LabelSelector, readLabelSelector } from './label-selector';
import { concat, flatMap } from './lists';
import { groupBy, memoized } from './lookup';
import { similarNames } from './similar-names';
import { apiGroup, below, type FieldPath, type ModelObject } from './source-object';

export const GATEWAY_API_GROUP = 'gateway.networking.k8s.io';
/** Of experiments: a kind moves into the other group when it is stable, without its X. */
export const EXPERIMENTAL_GATEWAY_API_GROUP = 'gateway.networking.x-k8s.io';

export const ROUTE_KINDS = ['HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'] as const;
export type RouteKind = (typeof ROUTE_KINDS)[number];

/** A Gateway. Listeners that ListenerSets add to it are not among its own. */
export interface Gateway {
  readonly object: ModelObject;
  readonly namespace: string;
  readonly name: string;
  readonly className: string | undefined;
  readonly listeners: readonly Listener[];
  /** The certificates of `tls`, which are for all listeners: its own for backends, and those of the authorities of clients. */
  readonly certificates: readonly ObjectReference[];
  /** Whose ListenerSets may add listeners: `None` (unless set), `Same`, `All` or `Selector`. */
  readonly listenerSetsFrom: string;
  /** Of namespaces, for `Selector`. */
  readonly listenerSetSelector: LabelSelector | undefined;
}

/** Listeners that somebody else than its owner adds to a Gateway: a ListenerSet, or an XListenerSet. */
export interface ListenerSet {
  readonly object: ModelObject;
  readonly namespace: string;
  readonly name: string;
  readonly parent: ObjectReference | undefined;
  readonly listeners: readonly Listener[];
}

export interface Listener {
  readonly name: string;
  readonly port: number | undefined;
  /** `HTTP`, `HTTPS`, `TLS`, `TCP`, `UDP`, in whatever case they were written, or one of a vendor: `example.com/name`. */
  readonly protocol: string;
  /** Undefined for every host. */
  readonly hostname: string | undefined;
  /** Whose routes may attach: `All`, `Same` (unless set) or `Selector`. */
  readonly from: string;
  /** Of namespaces, for `Selector`. Undefined when there is none. */
  readonly namespaceSelector: LabelSelector | undefined;
  /** Empty when the protocol decides. */
  readonly allowedKinds: readonly { readonly group: string; readonly kind: string }[];
  readonly certificates: readonly ObjectReference[];
  readonly path: FieldPath;
}

/** A reference with its defaults filled in. */
export interface ObjectReference {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly port: number | undefined;
  readonly path: FieldPath;
}

export interface ParentReference extends ObjectReference {
  readonly sectionName: string | undefined;
}

export interface Route {
  readonly object: ModelObject;
  readonly kind: RouteKind;
  readonly namespace: string;
  readonly name: string;
  /** Empty for all hosts of the listener, and for TCP and UDP. */
  readonly hostnames: readonly string[];
  readonly parents: readonly ParentReference[];
  /** What requests are sent to, also those that filters mirror or have authorized. */
  readonly backends: readonly ObjectReference[];
  readonly rules: readonly RouteRule[];
}

export interface RouteRule {
  /** What each match asks for, as the manifest has it; a rule without matches has one that asks for nothing. */
  readonly matches: readonly { readonly value: unknown; readonly path: FieldPath }[];
}

export interface ReferenceGrant {
  readonly object: ModelObject;
  /** Of the objects that may be referred to. */
  readonly namespace: string;
  readonly from: readonly { readonly group: string; readonly kind: string; readonly namespace: string }[];
  readonly to: readonly { readonly group: string; readonly kind: string; readonly name: string | undefined }[];
}

/** Gateways, routes and grants, indexed. */
export interface GatewayApi {
  readonly classes: readonly ModelObject[];
  readonly similarClass: (name: string) => ModelObject | undefined;
  readonly gateways: readonly Gateway[];
  readonly gateway: (namespace: string, name: string) => Gateway | undefined;
  /** The Gateway of the namespace that the name is probably a misspelling of. */
  readonly similarGateway: (namespace: string, name: string) => Gateway | undefined;
  readonly gatewaysNamed: (name: string) => readonly Gateway[];
  readonly listenerSets: readonly ListenerSet[];
  readonly routes: readonly Route[];
  /** Whether a ReferenceGrant lets the object of another namespace refer to it. */
  readonly isGranted: (from: ModelObject, to: ObjectReference) => boolean;
  /** Undefined for a namespace that the input does not have. */
  readonly namespaceLabels: (namespace: string) => ReadonlyMap<string, string> | undefined;
}

export function readGatewayApi(objects: readonly ModelObject[]): GatewayApi {
  const ours = objects.filter(({ ref }) => ref.apiVersion.startsWith(`${GATEWAY_API_GROUP}/`));
  const classes = ours.filter(({ ref }) => ref.kind === 'GatewayClass');
  const gateways = ours.filter(({ ref }) => ref.kind === 'Gateway').map(readGateway);
  const byPlace = new Map(gateways.map((gateway) => [placeOf(gateway.namespace, gateway.name), gateway]));
  const byName = groupBy(gateways, ({ name }) => name);
  const byNamespace = groupBy(gateways, ({ namespace }) => namespace);
  const similar = memoized(
    (namespace: string) => namespace,
    (namespace) => similarNames(byNamespace.get(namespace) ?? [], ({ name }) => name),
  );
  return {
    classes,
    similarClass: similarNames(classes, ({ ref }) => ref.name),
    gateways,
    gateway: (namespace, name) => byPlace.get(placeOf(namespace, name)),
    similarGateway: (namespace, name) => similar(namespace)(name),
    gatewaysNamed: (name) => byName.get(name) ?? [],
    listenerSets: objects.filter(isListenerSet).map(readListenerSet),
    routes: flatMap(ours, (object) => readRoute(object) ?? []),
    namespaceLabels: labelsOfNamespaces(objects),
    isGranted: grants(ours.filter(({ ref }) => ref.kind === 'ReferenceGrant').map(readReferenceGrant)),
  };
}

function isListenerSet({ ref }: ModelObject): boolean {
  const group = apiGroup(ref.apiVersion);
  return (
    (ref.kind === 'ListenerSet' && group === GATEWAY_API_GROUP) ||
    (ref.kind === 'XListenerSet' && group === EXPERIMENTAL_GATEWAY_API_GROUP)
  );
}

function placeOf(namespace: string, name: string): string {
  return `${namespace}\0${name}`;
}

function labelsOfNamespaces(objects: readonly ModelObject[]): GatewayApi['namespaceLabels'] {
  const labels = new Map(
    objects
      .filter(({ ref }) => ref.kind === 'Namespace' && ref.apiVersion === 'v1')
      .map(({ ref, manifest }) => [
        ref.name,
        // The API server sets this label on every namespace (KEP-2161).
        new Map([...textMap(at(manifest, 'metadata', 'labels')), ['kubernetes.io/metadata.name', ref.name]]),
      ]),
  );
  return (namespace) => labels.get(namespace);
}

/** More than the API server takes of either side. Without a limit one hostile grant would be millions of pairs. */
const MOST_GRANTED = 64;

function grants(all: readonly ReferenceGrant[]): GatewayApi['isGranted'] {
  const targets = new Map<string, Set<string>>();
  for (const { namespace, from, to } of all) {
    const granted = to.slice(0, MOST_GRANTED).map(({ group, kind, name }) => targetKey(group, kind, name));
    for (const source of from.slice(0, MOST_GRANTED).map((source) => sourceKey(source, namespace))) {
      const known = targets.get(source) ?? new Set();
      for (const target of granted) known.add(target);
      targets.set(source, known);
    }
  }
  return ({ ref }, to) => {
    const from = { group: apiGroup(ref.apiVersion), kind: ref.kind, namespace: ref.namespace ?? '' };
    const granted = targets.get(sourceKey(from, to.namespace));
    if (granted === undefined) return false;
    return granted.has(targetKey(to.group, to.kind, undefined)) || granted.has(targetKey(to.group, to.kind, to.name));
  };
}

function sourceKey({ group, kind, namespace }: NamespacedKind, targetNamespace: string): string {
  return JSON.stringify([group, kind, namespace, targetNamespace]);
}

function targetKey(group: string, kind: string, name: string | undefined): string {
  return JSON.stringify([group, kind, name ?? null]);
}

interface NamespacedKind {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
}

export function readGateway(object: ModelObject): Gateway {
  const spec = member(object.manifest, 'spec');
  const namespace = object.ref.namespace ?? 'default';
  const allowed = at(spec, 'allowedListeners', 'namespaces');
  const selector = member(allowed, 'selector');
  return {
    object,
    namespace,
    name: object.ref.name,
    className: nonEmpty(member(spec, 'gatewayClassName')),
    listeners: readListeners(spec, namespace),
    certificates: readTlsReferences(member(spec, 'tls'), namespace),
    listenerSetsFrom: text(member(allowed, 'from')) ?? 'None',
    listenerSetSelector: record(selector) && readLabelSelector(selector),
  };
}

function readTlsReferences(tls: unknown, namespace: string): readonly ObjectReference[] {
  const ofClient = ['spec', 'tls', 'backend', 'clientCertificateRef'];
  const frontend = ['spec', 'tls', 'frontend'];
  const authorities = (config: unknown, path: FieldPath): readonly ObjectReference[] =>
    flatMap(list(at(config, 'validation', 'caCertificateRefs')), (reference, index) =>
      readReference(
        reference,
        { group: '', kind: 'ConfigMap', namespace },
        below(path, 'validation', 'caCertificateRefs', index),
      ),
    );
  return concat(
    readReference(at(tls, 'backend', 'clientCertificateRef'), { group: '', kind: 'Secret', namespace }, ofClient),
    authorities(at(tls, 'frontend', 'default'), [...frontend, 'default']),
    flatMap(list(at(tls, 'frontend', 'perPort')), (entry, index) =>
      authorities(member(entry, 'tls'), [...frontend, 'perPort', index, 'tls']),
    ),
  );
}

export function readListenerSet(object: ModelObject): ListenerSet {
  const spec = member(object.manifest, 'spec');
  const namespace = object.ref.namespace ?? 'default';
  const defaults = { group: GATEWAY_API_GROUP, kind: 'Gateway', namespace };
  return {
    object,
    namespace,
    name: object.ref.name,
    parent: readReference(member(spec, 'parentRef'), defaults, ['spec', 'parentRef']).at(0),
    listeners: readListeners(spec, namespace),
  };
}

function readListeners(spec: unknown, namespace: string): readonly Listener[] {
  return list(member(spec, 'listeners')).map((listener, index) =>
    readListener(listener, namespace, ['spec', 'listeners', index]),
  );
}

const CORE_PROTOCOLS = ['HTTP', 'HTTPS', 'TLS', 'TCP', 'UDP'];

/** "MUST be treated case-insensitively by implementations" (ProtocolType). */
export function coreProtocol(protocol: string): string {
  const upper = protocol.toUpperCase();
  return CORE_PROTOCOLS.includes(upper) ? upper : protocol;
}

function readListener(listener: unknown, namespace: string, path: FieldPath): Listener {
  const namespaces = at(listener, 'allowedRoutes', 'namespaces');
  const selector = member(namespaces, 'selector');
  return {
    name: text(member(listener, 'name')) ?? '',
    port: positive(member(listener, 'port')),
    protocol: coreProtocol(text(member(listener, 'protocol')) ?? ''),
    hostname: nonEmpty(member(listener, 'hostname')),
    from: text(member(namespaces, 'from')) ?? 'Same',
    namespaceSelector: record(selector) && readLabelSelector(selector),
    allowedKinds: list(at(listener, 'allowedRoutes', 'kinds')).map((kind) => ({
      group: text(member(kind, 'group')) ?? GATEWAY_API_GROUP,
      kind: text(member(kind, 'kind')) ?? '',
    })),
    certificates: flatMap(list(at(listener, 'tls', 'certificateRefs')), (reference, index) =>
      readReference(reference, { group: '', kind: 'Secret', namespace }, below(path, 'tls', 'certificateRefs', index)),
    ),
    path,
  };
}

/** Undefined for an object that is no route. */
export function readRoute(object: ModelObject): Route | undefined {
  const kind = ROUTE_KINDS.find((known) => known === object.ref.kind);
  if (kind === undefined) return undefined;
  const spec = member(object.manifest, 'spec');
  const namespace = object.ref.namespace ?? 'default';
  const rules = list(member(spec, 'rules'));
  return {
    object,
    kind,
    namespace,
    name: object.ref.name,
    hostnames: kind === 'TCPRoute' || kind === 'UDPRoute' ? [] : texts(member(spec, 'hostnames')),
    parents: flatMap(list(member(spec, 'parentRefs')), (parent, index) => readParent(parent, namespace, index)),
    backends: flatMap(rules, (rule, index) => readBackends(rule, namespace, ['spec', 'rules', index])),
    rules: rules.map((rule, index) => readRule(rule, ['spec', 'rules', index])),
  };
}

function readParent(parent: unknown, namespace: string, index: number): readonly ParentReference[] {
  const defaults = { group: GATEWAY_API_GROUP, kind: 'Gateway', namespace };
  return readReference(parent, defaults, ['spec', 'parentRefs', index]).map((reference) => ({
    ...reference,
    sectionName: nonEmpty(member(parent, 'sectionName')),
  }));
}

/** Filters that send requests to a backend of their own. */
export const FILTERS_WITH_BACKEND = ['requestMirror', 'externalAuth'] as const;

function readBackends(rule: unknown, namespace: string, path: FieldPath): readonly ObjectReference[] {
  const defaults = { group: '', kind: 'Service', namespace };
  const ofFilters = (value: unknown, under: FieldPath): readonly ObjectReference[] =>
    flatMap(list(member(value, 'filters')), (filter, index) =>
      flatMap(FILTERS_WITH_BACKEND, (field) =>
        readReference(at(filter, field, 'backendRef'), defaults, below(under, 'filters', index, field, 'backendRef')),
      ),
    );
  const backends = flatMap(list(member(rule, 'backendRefs')), (backend, index) => {
    const under = below(path, 'backendRefs', index);
    return concat(readReference(backend, defaults, under), ofFilters(backend, under));
  });
  return concat(backends, ofFilters(rule, path));
}

function readRule(rule: unknown, path: FieldPath): RouteRule {
  const matches = list(member(rule, 'matches'));
  return {
    matches:
      matches.length === 0
        ? [{ value: {}, path }]
        : matches.map((value, index) => ({ value, path: below(path, 'matches', index) })),
  };
}

/** Nothing for a reference without a name. An empty group is core; an empty namespace is the one of the object. */
function readReference(reference: unknown, defaults: NamespacedKind, path: FieldPath): readonly ObjectReference[] {
  const name = nonEmpty(member(reference, 'name'));
  if (name === undefined) return [];
  return [
    {
      group: text(member(reference, 'group')) ?? defaults.group,
      kind: nonEmpty(member(reference, 'kind')) ?? defaults.kind,
      namespace: nonEmpty(member(reference, 'namespace')) ?? defaults.namespace,
      name,
      port: integer(member(reference, 'port')),
      path,
    },
  ];
}

export function readReferenceGrant(object: ModelObject): ReferenceGrant {
  const spec = member(object.manifest, 'spec');
  return {
    object,
    namespace: object.ref.namespace ?? 'default',
    from: list(member(spec, 'from')).map((source) => ({
      group: text(member(source, 'group')) ?? '',
      kind: text(member(source, 'kind')) ?? '',
      namespace: text(member(source, 'namespace')) ?? '',
    })),
    to: list(member(spec, 'to')).map((target) => ({
      group: text(member(target, 'group')) ?? '',
      kind: text(member(target, 'kind')) ?? '',
      name: nonEmpty(member(target, 'name')),
    })),
  };
}
