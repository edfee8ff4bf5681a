import { objectText } from '../../finding/finding';
import type { IngressRoute } from '../../model';
import { collisions } from '../collisions';
import type { NetworkRule } from '../network-rule';

/**
 * The API server accepts two Ingresses with one host and path; which of them serves it depends on the controller. Same
 * path with another path type is another route, except for ingress-nginx, whose admission refuses it.
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
  },
};

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
