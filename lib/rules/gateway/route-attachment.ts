import {
  apiGroup,
  EXPERIMENTAL_GATEWAY_API_GROUP,
  expressionHolds,
  flatMap,
  type Gateway,
  GATEWAY_API_GROUP,
  hostnamesIntersect,
  type LabelSelector,
  type Listener,
  type NetworkModel,
  type ParentReference,
  type Route,
} from '../../model';
import { perModel } from '../../model/per-model';

/** A Gateway or a ListenerSet. */
export type ListenerHolder = Pick<Gateway, 'object' | 'namespace' | 'name' | 'listeners'>;

/** A reference of a route to a Gateway or a ListenerSet of the input, and what comes of it. */
export interface Attachment {
  readonly route: Route;
  readonly parent: ParentReference;
  readonly gateway: ListenerHolder;
  /** Those that the reference names: all of them, or by sectionName and port. */
  readonly named: readonly Listener[];
  /** Of the named ones, those that allow the kind and the namespace of the route. */
  readonly allowing: readonly Listener[];
  /** Of the allowing ones, those that have a host in common with the route: the route is attached to these. */
  readonly attached: readonly Listener[];
}

/** What the API server takes. Beyond, a few hostile objects would make millions of pairs. */
const MOST_PARENTS = 32;
const MOST_LISTENERS = 64;
const MOST_HOSTNAMES = 1024;

export const attachments = perModel((model): readonly Attachment[] => {
  const listenerSets = new Map(
    model.gatewayApi.listenerSets.map((set) => [
      JSON.stringify([apiGroup(set.object.ref.apiVersion), set.namespace, set.name]),
      set,
    ]),
  );
  return flatMap(model.gatewayApi.routes, (route) => {
    const hostnames = route.hostnames.slice(0, MOST_HOSTNAMES);
    return flatMap(listenerParents(route).slice(0, MOST_PARENTS), (parent) => {
      const gateway =
        parent.kind === 'Gateway'
          ? model.gatewayApi.gateway(parent.namespace, parent.name)
          : listenerSets.get(JSON.stringify([parent.group, parent.namespace, parent.name]));
      if (gateway === undefined || gateway.listeners.length > MOST_LISTENERS) return [];
      const named = gateway.listeners.filter(
        ({ name, port }) =>
          (parent.sectionName === undefined || name === parent.sectionName) &&
          (parent.port === undefined || port === parent.port),
      );
      const allowing = named.filter(
        (listener) => allowsKind(listener, route) && allowsNamespace(model, listener, gateway, route),
      );
      const attached = allowing.filter(
        ({ hostname }) => hostnames.length === 0 || hostnames.some((own) => hostnamesIntersect(own, hostname)),
      );
      return [{ route, parent, gateway, named, allowing, attached }];
    });
  });
});

/** What has listeners. Routes of a mesh have Services as their parents. */
export function listenerParents({ parents }: Route): readonly ParentReference[] {
  return parents.filter(
    ({ group, kind }) =>
      (group === GATEWAY_API_GROUP && (kind === 'Gateway' || kind === 'ListenerSet')) ||
      (group === EXPERIMENTAL_GATEWAY_API_GROUP && kind === 'XListenerSet'),
  );
}

/** Routes have other parents too: Services, ListenerSets. */
export function gatewayParents({ parents }: Route): readonly ParentReference[] {
  return parents.filter(({ group, kind }) => group === GATEWAY_API_GROUP && kind === 'Gateway');
}

const KINDS_OF_PROTOCOL: ReadonlyMap<string, readonly string[]> = new Map([
  ['HTTP', ['HTTPRoute', 'GRPCRoute']],
  ['HTTPS', ['HTTPRoute', 'GRPCRoute']],
  // A TCPRoute takes what is left when the listener has terminated TLS.
  ['TLS', ['TLSRoute', 'TCPRoute']],
  ['TCP', ['TCPRoute']],
  ['UDP', ['UDPRoute']],
]);

/** Undefined for a protocol of a vendor. */
export function kindsOfProtocol(protocol: string): readonly string[] | undefined {
  return KINDS_OF_PROTOCOL.get(protocol);
}

export function allowsKind({ protocol, allowedKinds }: Listener, { object, kind }: Route): boolean {
  if (allowedKinds.length > 0) {
    return allowedKinds.some((allowed) => allowed.kind === kind && allowed.group === apiGroup(object.ref.apiVersion));
  }
  return kindsOfProtocol(protocol)?.includes(kind) ?? true;
}

function allowsNamespace(model: NetworkModel, listener: Listener, gateway: ListenerHolder, route: Route): boolean {
  const { from, namespaceSelector } = listener;
  return isAmong(model, { from, selector: namespaceSelector, home: gateway.namespace }, route.namespace);
}

/** Namespaces as Gateway API names them: `All`, the `Same` as the Gateway's, by `Selector`, or `None`. */
export interface AllowedNamespaces {
  readonly from: string;
  readonly selector: LabelSelector | undefined;
  readonly home: string;
}

/** A namespace that the input does not have may have any label, except for its name (KEP-2161). */
export function isAmong(model: NetworkModel, { from, selector, home }: AllowedNamespaces, namespace: string): boolean {
  switch (from) {
    case 'Same':
      return namespace === home;
    case 'Selector': {
      if (selector === undefined) return true;
      const labels = model.gatewayApi.namespaceLabels(namespace);
      return labels === undefined ? maySelect(selector, namespace) : selects(selector, labels);
    }
    default:
      return from !== 'None';
  }
}

const NAME_LABEL = 'kubernetes.io/metadata.name';

function maySelect({ labels, expressions }: LabelSelector, namespace: string): boolean {
  const name = labels.get(NAME_LABEL);
  const known = new Map([[NAME_LABEL, namespace]]);
  return (
    (name === undefined || name === namespace) &&
    expressions.every((expression) => expression.key !== NAME_LABEL || expressionHolds(expression, known))
  );
}

function selects(selector: LabelSelector, labels: ReadonlyMap<string, string>): boolean {
  return (
    [...selector.labels].every(([key, value]) => labels.get(key) === value) &&
    selector.expressions.every((expression) => expressionHolds(expression, labels))
  );
}
