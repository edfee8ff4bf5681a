import { objectText } from '../../finding/finding';
import { at, flatMap, list, type Listener, member, type ParentReference, type Route, text } from '../../model';
import { collisions } from '../collisions';
import type { NetworkRule } from '../network-rule';
import { attachments, listenerParents } from './route-attachment';

/** Of equal matches the older route wins, then the first by namespace and name: silently (HTTPRouteRule, `matches`). */
export const routeConflict: NetworkRule = {
  code: 'NL442',
  slug: 'route-conflict',
  severity: 'warning',
  title: 'Two routes claim the same requests of one listener',
  check(model, report) {
    const attached = new Map<ParentReference, readonly Listener[]>();
    for (const attachment of attachments(model)) attached.set(attachment.parent, attachment.attached);
    const claims = flatMap(model.gatewayApi.routes, (route) => {
      const hosts = route.hostnames.length === 0 ? ['*'] : [...new Set(route.hostnames)];
      const sections = new Set(flatMap(listenerParents(route), (parent) => sectionsOf(parent, attached.get(parent))));
      const matches = flatMap(route.rules, (rule) => rule.matches);
      // The API server takes no more: without the limits a hostile route would make millions of claims.
      if (hosts.length > 16 || sections.size > 64 || matches.length > 128) return [];
      return flatMap([...sections], (section) =>
        flatMap(hosts, (host) => matches.map(({ value, path }) => ({ route, host, section, match: value, path }))),
      );
    });
    const told = new Set<string>();
    for (const { first, others } of collisions(claims, ({ route, host, section, match }) =>
      JSON.stringify([section, host, route.kind, matchKey(route, match)]),
    )) {
      for (const { route, host, match, path } of others) {
        const pair = JSON.stringify([first.route.namespace, first.route.name, route.namespace, route.name, path]);
        if (route === first.route || told.has(pair)) continue;
        told.add(pair);
        report({
          on: route.object,
          field: path,
          message: `${matchText(route, match)} ${ofHost(route, host)}is also claimed by ${objectText(first.route.object.ref)}`,
          related: [{ on: first.route.object, field: first.path, message: 'first claimed here' }],
          help: 'the older of the two gets all the requests: merge them, or change the hostname or the match of one',
        });
      }
    }
  },
};

/** TCP and UDP know no hosts. */
function ofHost({ kind }: Route, host: string): string {
  if (kind === 'TCPRoute' || kind === 'UDPRoute') return '';
  return `of ${host === '*' ? 'all hosts' : host} `;
}

/** The listeners, when the Gateway is in the input; otherwise the reference as it is written. */
function sectionsOf(
  { kind, namespace, name, sectionName, port }: ParentReference,
  listeners: readonly Listener[] | undefined,
): readonly string[] {
  if (listeners === undefined) return [JSON.stringify([kind, namespace, name, sectionName ?? null, port ?? null])];
  return listeners.map((listener) => JSON.stringify([kind, namespace, name, listener.name]));
}

/** What a match asks for, with defaults filled in, whatever the order of its headers. */
function matchKey({ kind }: Route, match: unknown): unknown {
  if (kind === 'GRPCRoute') {
    const method = member(match, 'method');
    return [
      text(member(method, 'type')) ?? 'Exact',
      text(member(method, 'service')),
      text(member(method, 'method')),
      named(member(match, 'headers'), true),
    ];
  }
  if (kind !== 'HTTPRoute') return null;
  const type = text(at(match, 'path', 'type')) ?? 'PathPrefix';
  return [
    type,
    comparablePath(type, text(at(match, 'path', 'value')) ?? '/'),
    text(member(match, 'method')),
    named(member(match, 'headers'), true),
    named(member(match, 'queryParams'), false),
  ];
}

/** A trailing slash means nothing to a prefix. */
function comparablePath(type: string, path: string): string {
  return type === 'PathPrefix' && path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

function named(conditions: unknown, ignoreCase: boolean): readonly string[] {
  return list(conditions)
    .map((condition) => {
      const name = text(member(condition, 'name')) ?? '';
      return JSON.stringify([
        ignoreCase ? name.toLowerCase() : name,
        text(member(condition, 'type')) ?? 'Exact',
        text(member(condition, 'value')),
      ]);
    })
    .sort();
}

function matchText({ kind }: Route, match: unknown): string {
  if (kind === 'GRPCRoute') {
    const method = member(match, 'method');
    return `method ${text(member(method, 'service')) ?? '*'}/${text(member(method, 'method')) ?? '*'}`;
  }
  return kind === 'HTTPRoute' ? `path ${text(at(match, 'path', 'value')) ?? '/'}` : 'every connection';
}
