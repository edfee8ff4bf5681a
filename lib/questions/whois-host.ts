import { compareText } from '../finding/finding';
import {
  at,
  list,
  member,
  text,
  type FieldPath,
  type Ingress,
  type ModelObject,
  type NetworkModel,
  type Route,
} from '../model';
import { groupBy } from '../model/lookup';
import { nearestWord } from '../plan';
import { type Answer, holder, type Holder, NO_NEIGHBOURS } from './answer';
import { objectHolder } from './object-holder';
import { serviceHolder } from './service-holder';
import type { ClusterSource, Sources } from './sources';

/** How a host of a route fits one that was asked for: a longer host wins, and one that is written out wins over any other. */
const EXACT_HOST = 1_000;
const EXACT_PATH = 100_000;

/** A place in an Ingress or a route that requests for the host and path may reach. */
interface Candidate {
  /** What serves it: `Ingress class nginx`, `Gateway infra/public`. Only candidates of one server compete. */
  readonly server: string;
  readonly cluster: string | null;
  readonly object: ModelObject;
  readonly field: FieldPath;
  readonly host: string;
  readonly path: string;
  readonly pathType: string;
  readonly hostRank: number;
  /** The precedence of the path; undefined where the controller decides, as for regular expressions. */
  readonly pathRank: number | undefined;
  /** Whether it asks for more than host and path: a method, headers, query parameters. */
  readonly condition: string;
  readonly backends: () => Holder[];
}

/**
 * Which Ingress or route answers. The most specific host comes first, then an exact path, then the longest prefix, element by element (Ingress:
 * networking.k8s.io/v1 `pathType`; Gateway API: `HTTPRouteRule.matches`).
 */
export function whoisHost(query: string, host: string, path: string, sources: Sources): Answer {
  const candidates = sources.clusters.flatMap((cluster) => candidatesOf(host, path, cluster)).sort(compareCandidates);
  const servers = groupBy(candidates, ({ cluster, server }) => `${cluster ?? ''}\0${server}`);
  const winners = [...servers.values()].flatMap((group) => {
    const unconditional = group.find(({ condition, pathRank }) => condition === '' && pathRank !== undefined);
    return unconditional === undefined ? [] : [unconditional];
  });
  const maybe = [...servers.values()].filter((group) => !group.some((entry) => winners.includes(entry)));
  const names = winners.map(
    ({ object: { ref }, server }) => `${ref.kind} ${ref.namespace ?? ''}/${ref.name} (${server})`,
  );
  const asked = `${host}${path}`;
  return {
    query,
    kind: 'host',
    verdict: candidates.length > 0 ? 'taken' : 'unknown',
    summary:
      names.length > 0
        ? `${asked} is answered by ${names.join(' and ')}`
        : maybe.length > 0
          ? `${asked} may be answered, depending on more than host and path`
          : `nothing that was read answers ${asked}`,
    holders: [...servers.values()].map(serverHolder),
    free: null,
    neighbours: NO_NEIGHBOURS,
    conflicts: [
      ...new Set(
        candidates
          .filter((candidate) => candidate.path === path && candidate.host === host)
          .map(
            ({ object: { ref }, pathType }) => `${ref.kind} ${ref.namespace ?? ''}/${ref.name} (${pathType} ${asked})`,
          ),
      ),
    ],
    suggestions: candidates.length > 0 ? [] : similarHosts(host, path, sources),
  };
}

/** The host and path with another host that is near, and the paths that the host has. */
function similarHosts(host: string, path: string, { clusters }: Sources): string[] {
  const routes = clusters.flatMap(({ model }) => [
    ...model.ingresses.flatMap(({ routes: of }) => of.map((route) => ({ host: route.host, path: route.path }))),
    ...model.gatewayApi.routes.flatMap(({ hostnames }) => hostnames.map((name) => ({ host: name, path }))),
  ]);
  const sameHost = routes.filter((route) => route.host === host && route.path !== path);
  if (sameHost.length > 0)
    return [...new Set(sameHost.map((route) => `${route.host}${route.path}`))].sort().slice(0, 5);
  const nearest = nearestWord(host, [...new Set(routes.map((route) => route.host))]);
  return nearest === null || nearest === host ? [] : [`${nearest}${path}`];
}

function serverHolder(group: readonly Candidate[]): Holder {
  const [{ server, cluster }] = group;
  const [what, ...name] = server.split(': ');
  const winner = group.find(({ condition, pathRank }) => condition === '' && pathRank !== undefined);
  const detailOf = (candidate: Candidate): string => {
    const route = `${candidate.host}${candidate.path} (${candidate.pathType})`;
    if (candidate === winner) return route;
    if (candidate.condition !== '') return `${route}, only for requests with ${candidate.condition}`;
    if (candidate.pathRank === undefined) return `${route}, as the controller understands it`;
    return `${route}, less specific`;
  };
  return holder(what, name.join(': '), {
    cluster,
    holds: group.map((candidate) =>
      objectHolder(
        candidate.object,
        candidate.field,
        cluster,
        detailOf(candidate),
        candidate === winner || candidate.condition !== '' ? candidate.backends() : [],
      ),
    ),
  });
}

function candidatesOf(host: string, path: string, { name, model }: ClusterSource): Candidate[] {
  return [
    ...model.ingresses.flatMap((ingress) => ingressCandidates(ingress, host, path, name, model)),
    ...model.gatewayApi.routes.flatMap((route) => routeCandidates(route, host, path, name, model)),
  ];
}

function ingressCandidates(
  ingress: Ingress,
  host: string,
  path: string,
  cluster: string | null,
  model: NetworkModel,
): Candidate[] {
  const className = model.effectiveClass(ingress);
  const server = className === '' ? 'Ingress class: (the default one)' : `Ingress class: ${className}`;
  const common = { server, cluster, object: ingress.object, condition: ingress.canary ? 'what makes them canary' : '' };
  const backendOf = (serviceName: string | undefined, port: number | string | undefined): Holder[] =>
    serviceName === undefined ? [] : [serviceHolder(model, cluster, ingress.namespace, serviceName, port)];
  const routes = ingress.routes.flatMap((route): Candidate[] => {
    const hostRank = rankOfHost(route.host, host, 'one label');
    const pathRank = rankOfPath(route.path, route.pathType, path);
    if (hostRank === null || pathRank === null) return [];
    return [
      {
        ...common,
        field: route.field,
        host: route.host,
        path: route.path,
        pathType: route.pathType,
        hostRank,
        pathRank,
        backends: () => backendOf(route.backend?.serviceName, route.backend?.port),
      },
    ];
  });
  const { defaultBackend } = ingress;
  if (defaultBackend === undefined) return routes;
  return [
    ...routes,
    {
      ...common,
      field: ['spec', 'defaultBackend'],
      host: '*',
      path: '/',
      pathType: 'defaultBackend',
      hostRank: -1,
      pathRank: -1,
      backends: () => backendOf(defaultBackend.serviceName, defaultBackend.port),
    },
  ];
}

function routeCandidates(
  route: Route,
  host: string,
  path: string,
  cluster: string | null,
  model: NetworkModel,
): Candidate[] {
  if (route.kind !== 'HTTPRoute' && route.kind !== 'TLSRoute' && route.kind !== 'GRPCRoute') return [];
  return route.parents.flatMap(({ namespace, name, kind, sectionName }) => {
    const gateway = kind === 'Gateway' ? model.gatewayApi.gateway(namespace, name) : undefined;
    const listeners = (gateway?.listeners ?? []).filter((own) => sectionName === undefined || own.name === sectionName);
    // A listener that the input does not have allows every host.
    const listenerHosts = gateway === undefined ? [undefined] : [...new Set(listeners.map(({ hostname }) => hostname))];
    const hosts = route.hostnames.length > 0 ? route.hostnames : ['*'];
    const ranked = hosts
      .map((own) => ({ own, rank: rankOfHost(own, host, 'labels') }))
      .filter(
        (entry): entry is { own: string; rank: number } =>
          entry.rank !== null &&
          listenerHosts.some((listener) => listener === undefined || rankOfHost(listener, host, 'labels') !== null),
      )
      .sort((a, b) => b.rank - a.rank)
      .at(0);
    if (ranked === undefined) return [];
    const server = `${kind}: ${namespace}/${name}`;
    return route.rules.flatMap(({ matches }, index) =>
      matches.flatMap(({ value, path: field }): Candidate[] => {
        const asked = matchOf(route, value);
        const pathRank =
          asked.pathType === 'RegularExpression' ? undefined : rankOfPath(asked.path, asked.pathType, path);
        if (pathRank === null) return [];
        const backends = list(at(route.object.manifest, 'spec', 'rules', index, 'backendRefs'));
        return [
          {
            server,
            cluster,
            object: route.object,
            field,
            host: ranked.own,
            path: asked.path,
            pathType: asked.pathType,
            hostRank: ranked.rank,
            pathRank,
            condition: asked.condition,
            backends: () => backends.map((backend) => backendHolder(model, cluster, route.namespace, backend)),
          },
        ];
      }),
    );
  });
}

function matchOf({ kind }: Route, value: unknown): { path: string; pathType: string; condition: string } {
  const conditions = ['method', 'headers', 'queryParams'].filter((field) => member(value, field) !== undefined);
  if (kind === 'TLSRoute') return { path: '/', pathType: 'PathPrefix', condition: '' };
  if (kind === 'GRPCRoute') {
    const service = text(at(value, 'method', 'service'));
    const method = text(at(value, 'method', 'method'));
    const own = service === undefined ? '/' : `/${service}${method === undefined ? '' : `/${method}`}`;
    return {
      path: own,
      pathType: method === undefined ? 'PathPrefix' : 'Exact',
      condition: conditions.includes('headers') ? 'certain headers' : '',
    };
  }
  const method = text(member(value, 'method'));
  const parts = [
    ...(method === undefined ? [] : [`the method ${method}`]),
    ...(conditions.includes('headers') ? ['certain headers'] : []),
    ...(conditions.includes('queryParams') ? ['certain query parameters'] : []),
  ];
  return {
    path: text(at(value, 'path', 'value')) ?? '/',
    pathType: text(at(value, 'path', 'type')) ?? 'PathPrefix',
    condition: parts.join(' and '),
  };
}

function backendHolder(model: NetworkModel, cluster: string | null, ownNamespace: string, backend: unknown): Holder {
  const kind = text(member(backend, 'kind')) ?? 'Service';
  const name = text(member(backend, 'name')) ?? '';
  const namespace = text(member(backend, 'namespace')) ?? ownNamespace;
  const port = member(backend, 'port');
  if (kind !== 'Service') return holder(kind, `${namespace}/${name}`, { cluster });
  return serviceHolder(model, cluster, namespace, name, typeof port === 'number' ? port : undefined);
}

/** Null where the host does not fit. A wildcard of an Ingress stands for one label, one of Gateway API for one or more. */
function rankOfHost(own: string, asked: string, wildcard: 'one label' | 'labels'): number | null {
  if (own === '*') return 0;
  const pattern = own.toLowerCase();
  if (pattern === asked) return EXACT_HOST;
  if (!pattern.startsWith('*.') || !asked.endsWith(pattern.slice(1))) return null;
  const front = asked.slice(0, asked.length - pattern.length + 1);
  return front === '' || (wildcard === 'one label' && front.includes('.')) ? null : pattern.length;
}

/** Null where the path does not fit. Prefixes are compared element by element: `/foo` is none of `/foobar`. */
function rankOfPath(own: string, pathType: string, asked: string): number | null {
  if (pathType === 'Exact') return own === asked ? EXACT_PATH : null;
  const prefix = own.endsWith('/') ? own.slice(0, -1) : own;
  return asked === prefix || asked === own || asked.startsWith(`${prefix}/`) ? prefix.length : null;
}

function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    compareText(a.cluster ?? '', b.cluster ?? '') ||
    compareText(a.server, b.server) ||
    b.hostRank - a.hostRank ||
    (b.pathRank ?? 0) - (a.pathRank ?? 0) ||
    Number(a.condition === '') - Number(b.condition === '') ||
    compareText(a.object.ref.namespace ?? '', b.object.ref.namespace ?? '') ||
    compareText(a.object.ref.name, b.object.ref.name) ||
    compareText(a.field.join('.'), b.field.join('.'))
  );
}
