import { objectText } from '../../finding/finding';
import {
  at,
  below,
  concat,
  flatMap,
  type Ingress,
  type IngressRoute,
  list,
  type NetworkModel,
  NO_CLASS,
} from '../../model';
import { collisions } from '../collisions';
import type { NetworkRule, Report, Violation } from '../network-rule';
import { annotationsOf, controllerOf, frontendOf, hasOwnLoadBalancer } from './ingress-frontend';

/**
 * The API server accepts two Ingresses with one host and path; which of them serves it depends on the controller. Same
 * path with another path type is another route, except for ingress-nginx, whose admission refuses it. A path inside of a prefix that an
 * Ingress of another namespace has takes requests away from it: a warning, as it may be meant.
 */
export const ingressRouteConflict: NetworkRule = {
  code: 'NL401',
  slug: 'ingress-route-conflict',
  severity: 'error',
  title: 'Two Ingresses of one class claim the same host and path',
  check(model, report) {
    const controller = controllerOf(model);
    const frontend = frontendOf(model);
    for (const conflict of concat(hostConflicts(model), defaultConflicts(model))) report(conflict);
    const routes = flatMap(model.ingresses, (ingress) => {
      const of = { ingress, className: model.effectiveClass(ingress), shared: frontend(ingress) };
      return ingress.routes.map((route) => ({ ...of, route }));
    });
    const key = ({ ingress, route, shared }: (typeof routes)[number]): string =>
      [
        shared,
        route.host,
        comparablePath(route),
        controller(ingress) === 'k8s.io/ingress-nginx' ? '' : route.pathType,
        // ingress-nginx merges a canary into the Ingress that it stands in for.
        String(ingress.canary),
      ].join('\0');
    for (const { first, others } of collisions(routes, key)) {
      for (const { ingress, route } of others) {
        if (ingress === first.ingress) continue;
        report({
          on: ingress.object,
          field: below(route.field, 'path'),
          message: `${routeText(route)} is also claimed by ${objectText(first.ingress.object.ref)}${classText(first.className)}`,
          related: [
            { on: first.ingress.object, field: below(first.route.field, 'path'), message: 'first claimed here' },
          ],
          help: 'which of them wins depends on the controller: merge them, or change the host or the path of one',
        });
      }
    }
    reportShadows(routes, report);
    for (const conflict of classConflicts(model, routes)) report(conflict);
  },
};

interface ClaimedRoute {
  readonly ingress: Ingress;
  readonly route: IngressRoute;
  /** The same for Ingresses that requests reach in one way. */
  readonly shared: string;
}

/** Which instance of a controller serves a class is told to ingress-nginx by the controller of the class, to others by its name too. */
const BY_CONTROLLER: ReadonlySet<string> = new Set(['k8s.io/ingress-nginx']);

/** Two classes of one controller: it serves both, unless each has an instance of its own. */
function classConflicts(model: NetworkModel, routes: readonly ClaimedRoute[]): readonly Violation[] {
  const controller = controllerOf(model);
  const served = flatMap(routes, (use) => {
    const name = controller(use.ingress);
    const isShared = name !== undefined && !hasOwnLoadBalancer(name) && !use.ingress.canary;
    return isShared ? [{ ...use, controller: name, className: model.effectiveClass(use.ingress) }] : [];
  });
  const key = ({ controller: name, route }: (typeof served)[number]): string =>
    JSON.stringify([name, route.host, comparablePath(route), BY_CONTROLLER.has(name) ? '' : route.pathType]);
  return flatMap(collisions(served, key), ({ first, others }) =>
    others
      .filter(({ className }) => className !== first.className)
      .map(({ ingress, route, className, controller: name }) => ({
        on: ingress.object,
        field: below(route.field, 'path'),
        ...(!BY_CONTROLLER.has(name) && { severity: 'warning' as const }),
        message: `${routeText(route)} of class ${className} is also claimed by ${objectText(first.ingress.object.ref)} of class ${first.className}, and both classes are of the controller ${name}`,
        related: [{ on: first.ingress.object, field: below(first.route.field, 'path'), message: 'first claimed here' }],
        help: BY_CONTROLLER.has(name)
          ? 'every instance with this controller serves both classes: give one of the classes a controller of its own, or merge the Ingresses'
          : 'if one instance serves both classes, merge the Ingresses, or change the host of one',
      })),
  );
}

function reportShadows(routes: readonly ClaimedRoute[], report: Report): void {
  const prefixes = new Map<string, ClaimedRoute>();
  const key = ({ shared, route }: ClaimedRoute, path: string): string => JSON.stringify([shared, route.host, path]);
  for (const use of routes) {
    const place = key(use, comparablePath(use.route));
    if (use.route.pathType === 'Prefix' && !use.ingress.canary && !prefixes.has(place)) prefixes.set(place, use);
  }
  const told = new Set<string>();
  for (const use of routes) {
    const { ingress, route } = use;
    if (ingress.canary || route.pathType === 'ImplementationSpecific') continue;
    const around = pathsAround(comparablePath(route))
      .map((path) => prefixes.get(key(use, path)))
      .find((other) => other !== undefined && other.ingress.namespace !== ingress.namespace);
    if (around === undefined) continue;
    const pair = `${ingress.object.position} ${around.ingress.object.position}`;
    if (told.has(pair)) continue;
    told.add(pair);
    const other = objectText(around.ingress.object.ref);
    report({
      on: ingress.object,
      field: below(route.field, 'path'),
      severity: 'warning',
      message: `${routeText(route)} takes requests away from ${routeText(around.route)} of ${other}, in another namespace`,
      related: [
        { on: around.ingress.object, field: below(around.route.field, 'path'), message: 'the prefix around it' },
      ],
      help: `if the owners of both namespaces know of it, suppress this with the reason; if not, use another host`,
    });
  }
}

/** The prefixes that hold a path and are shorter, longest first: `/a` and `/` for `/a/b`. */
function pathsAround(path: string): readonly string[] {
  const elements = path.split('/').slice(1, MOST_ELEMENTS);
  const around = elements.map((_, index) => `/${elements.slice(0, index).join('/')}`).reverse();
  return around.filter((prefix) => prefix !== path);
}

/** Paths of hostile depth are not looked through to their end. */
const MOST_ELEMENTS = 64;

/** The controller of F5 gives a host to one Ingress, unless a master shares it with minions (its documentation, "Host and Listener collisions"). */
function hostConflicts(model: NetworkModel): readonly Violation[] {
  const controller = controllerOf(model);
  const claims = flatMap(
    model.ingresses
      .filter((ingress) => controller(ingress) === 'nginx.org/ingress-controller')
      .filter((ingress) => !annotationsOf(ingress).has('nginx.org/mergeable-ingress-type')),
    (ingress) => {
      const ofHost = new Map([...ingress.routes].reverse().map((route) => [route.host, route]));
      return [...ofHost.values()].map((route) => ({ ingress, route }));
    },
  );
  const key = ({ ingress, route }: (typeof claims)[number]): string =>
    JSON.stringify([model.effectiveClass(ingress), route.host]);
  return flatMap(collisions(claims, key), ({ first, others }) => {
    const taken = pathsOf(first.ingress, first.route.host);
    return others
      .filter(({ ingress, route }) => ![...pathsOf(ingress, route.host)].some((path) => taken.has(path)))
      .map(({ ingress, route }) => ({
        on: ingress.object,
        field: [...route.field.slice(0, 3), 'host'],
        message: `host ${route.host} is also claimed by ${objectText(first.ingress.object.ref)}, and NGINX Ingress Controller gives it to one of the two`,
        related: [
          {
            on: first.ingress.object,
            field: [...first.route.field.slice(0, 3), 'host'],
            message: 'first claimed here',
          },
        ],
        help: 'put the paths into one Ingress, or make them minions of a master (nginx.org/mergeable-ingress-type)',
      }));
  });
}

/** A path that two Ingresses share is a conflict by itself. */
function pathsOf({ routes }: Ingress, host: string): Set<string> {
  return new Set(routes.filter((route) => route.host === host).map(comparablePath));
}

/** Of Ingresses without rules, which are for what no other takes. Without a class they may be those of a cloud, with a load balancer for each. */
function defaultConflicts(model: NetworkModel): readonly Violation[] {
  const frontend = frontendOf(model);
  const claims = model.ingresses.filter((ingress) => {
    const { object, defaultBackend, canary } = ingress;
    const isDefault = defaultBackend !== undefined && list(at(object.manifest, 'spec', 'rules')).length === 0;
    return isDefault && !canary && model.effectiveClass(ingress) !== NO_CLASS;
  });
  return flatMap(collisions(claims, frontend), ({ first, others }) =>
    others.map(({ object }) => ({
      on: object,
      field: ['spec', 'defaultBackend'],
      severity: 'warning',
      message: `the default backend of the class is also claimed by ${objectText(first.object.ref)}`,
      related: [{ on: first.object, field: ['spec', 'defaultBackend'], message: 'first claimed here' }],
      help: 'which of them wins depends on the controller: keep one, or give the others a host',
    })),
  );
}

/** A trailing slash means nothing to a prefix: `/shop` and `/shop/` match the same requests. */
function comparablePath({ path, pathType }: IngressRoute): string {
  return pathType === 'Prefix' && path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

function routeText({ host, path }: IngressRoute): string {
  return host === '*' ? `path ${path} of every host` : `${host}${path}`;
}

function classText(className: string): string {
  return className === '' ? '' : ` of class ${className}`;
}
