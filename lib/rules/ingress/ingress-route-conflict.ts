import { objectText } from '../../finding/finding';
import type { Ingress, IngressRoute } from '../../model';
import { collisions } from '../collisions';
import type { NetworkRule, Report } from '../network-rule';

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
    const controllers = new Map(model.ingressClasses.map(({ name, controller }) => [name, controller]));
    const routes = model.ingresses.flatMap((ingress) =>
      ingress.routes.map((route) => ({ ingress, route, className: model.effectiveClass(ingress) })),
    );
    const key = ({ ingress, route, className }: (typeof routes)[number]): string =>
      [
        className,
        route.host,
        comparablePath(route),
        controllers.get(className) === 'k8s.io/ingress-nginx' ? '' : route.pathType,
        // ingress-nginx merges a canary into the Ingress that it stands in for.
        String(ingress.canary),
      ].join('\0');
    for (const { first, others } of collisions(routes, key)) {
      for (const { ingress, route } of others) {
        if (ingress === first.ingress) continue;
        report({
          on: ingress.object,
          field: [...route.field, 'path'],
          message: `${routeText(route)} is also claimed by ${objectText(first.ingress.object.ref)}${classText(first.className)}`,
          related: [{ on: first.ingress.object, field: [...first.route.field, 'path'], message: 'first claimed here' }],
          help: 'which of them wins depends on the controller: merge them, or change the host or the path of one',
        });
      }
    }
    reportShadows(routes, report);
  },
};

interface ClassRoute {
  readonly ingress: Ingress;
  readonly route: IngressRoute;
  readonly className: string;
}

function reportShadows(routes: readonly ClassRoute[], report: Report): void {
  const prefixes = new Map<string, ClassRoute>();
  const key = ({ className, route }: ClassRoute, path: string): string => JSON.stringify([className, route.host, path]);
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
      field: [...route.field, 'path'],
      severity: 'warning',
      message: `${routeText(route)} takes requests away from ${routeText(around.route)} of ${other}, in another namespace`,
      related: [{ on: around.ingress.object, field: [...around.route.field, 'path'], message: 'the prefix around it' }],
      help: `if the owners of both namespaces know of it, suppress this with the reason; if not, use another host`,
    });
  }
}

/** The prefixes that hold a path and are shorter, longest first: `/a` and `/` for `/a/b`. */
function pathsAround(path: string): string[] {
  const elements = path.split('/').slice(1, MOST_ELEMENTS);
  const around = elements.map((_, index) => `/${elements.slice(0, index).join('/')}`).reverse();
  return around.filter((prefix) => prefix !== path);
}

/** Paths of hostile depth are not looked through to their end. */
const MOST_ELEMENTS = 64;

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
