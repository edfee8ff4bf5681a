import { objectText } from '../../finding/finding';
import { flatMap, hostnamesIntersect, type Listener, type NetworkModel, type Route } from '../../model';
import type { NetworkRule, Violation } from '../network-rule';
import { attachments, type ListenerHolder } from './route-attachment';

/**
 * A listener that has a route of one of the two kinds takes none of the other kind whose hosts it shares: the implementation must accept
 * exactly one (GRPCRouteSpec and HTTPRouteSpec, `hostnames`; kubernetes-sigs/gateway-api, apis/v1/grpcroute_types.go).
 */
export const routeKindsConflict: NetworkRule = {
  code: 'NL484',
  slug: 'route-kinds-conflict',
  severity: 'error',
  title: 'A GRPCRoute and an HTTPRoute have one hostname on one listener',
  check(model, report) {
    for (const violation of conflicts(model)) report(violation);
  },
};

/** A route with many hosts is compared with many others: beyond this, the first few say enough. */
const MOST_TOLD = 16;

interface Placed {
  readonly route: Route;
  readonly hosts: readonly (string | undefined)[];
}

function conflicts(model: NetworkModel): readonly Violation[] {
  const told = new Map<Route, number>();
  return flatMap([...routesByListener(model).values()], ({ gateway, listener, routes }): readonly Violation[] => {
    const http = hostIndex(routes.filter(({ route }) => route.kind === 'HTTPRoute'));
    return flatMap(
      routes.filter(({ route }) => route.kind === 'GRPCRoute'),
      ({ route, hosts }): readonly Violation[] => {
        const other = http(hosts);
        const count = told.get(route) ?? 0;
        if (other === undefined || count >= MOST_TOLD) return [];
        told.set(route, count + 1);
        return [
          {
            on: route.object,
            field: ['spec', 'hostnames'],
            message: `${objectText(route.object.ref)} and ${objectText(other.route.object.ref)} have ${hostText(hosts, other.hosts)} in common on the listener ${listener.name} of ${objectText(gateway.object.ref)}, and it takes one of the two`,
            related: [{ on: other.route.object, field: ['spec', 'hostnames'], message: 'the route of the other kind' }],
            help: 'the older one is accepted, and the other one refused: give them different hostnames, or listeners of their own',
          },
        ];
      },
    );
  });
}

interface ListenerRoutes {
  readonly gateway: ListenerHolder;
  readonly listener: Listener;
  readonly routes: Placed[];
}

function routesByListener(model: NetworkModel): ReadonlyMap<Listener, ListenerRoutes> {
  const byListener = new Map<Listener, ListenerRoutes>();
  for (const { route, gateway, attached } of attachments(model)) {
    if (route.kind !== 'HTTPRoute' && route.kind !== 'GRPCRoute') continue;
    for (const listener of attached) {
      const placed = byListener.get(listener) ?? { gateway, listener, routes: [] };
      byListener.set(listener, placed);
      placed.routes.push({ route, hosts: route.hostnames.length === 0 ? [listener.hostname] : route.hostnames });
    }
  }
  return byListener;
}

/** Finds a route that shares a host with others. A host is looked up by itself and by the wildcards around it. */
function hostIndex(routes: readonly Placed[]): (hosts: readonly (string | undefined)[]) => Placed | undefined {
  const exact = new Map<string, Placed>();
  const below = new Map<string, Placed>();
  for (const placed of routes) {
    for (const host of placed.hosts) {
      const name = host ?? '*';
      if (!exact.has(name)) exact.set(name, placed);
      for (const suffix of suffixesOf(name)) if (!below.has(suffix)) below.set(suffix, placed);
    }
  }
  return (hosts) => {
    for (const host of hosts) {
      if (host === undefined) return routes.at(0);
      const candidates = [host, '*', ...suffixesOf(host).map((suffix) => `*.${suffix}`)];
      const found = candidates.map((candidate) => exact.get(candidate)).find((placed) => placed !== undefined);
      const inside = host.startsWith('*.') ? below.get(host.slice(2)) : undefined;
      const placed = found ?? inside;
      if (placed !== undefined) return placed;
    }
    return undefined;
  };
}

/** `b.c` and `c` of `a.b.c`. */
function suffixesOf(host: string): readonly string[] {
  const labels = host.split('.').slice(1, 64);
  return labels.map((_, index) => labels.slice(index).join('.'));
}

function hostText(a: readonly (string | undefined)[], b: readonly (string | undefined)[]): string {
  const shared = a.find((host) => b.some((other) => hostnamesIntersect(host ?? '*', other)));
  return shared ?? 'all hosts';
}
