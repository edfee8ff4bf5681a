import { objectText } from '../../finding/finding';
import { below, flatMap } from '../../model';
import { groupBy } from '../../model/lookup';
import type { NetworkRule } from '../network-rule';
import { frontendOf } from './ingress-frontend';

/**
 * An exact path goes before the same prefix (Ingress, "multiple matches"), in controllers that follow the specification. Two Ingresses of
 * different owners seldom mean to share a path; ingress-nginx refuses the later one, and `ingress-route-conflict` says so.
 */
export const ingressPathTypes: NetworkRule = {
  code: 'NL450',
  slug: 'ingress-path-types',
  severity: 'warning',
  title: 'Two Ingresses of one class have the same host and path with different path types',
  check(model, report) {
    const frontend = frontendOf(model);
    const ofNginx = new Set(
      flatMap(model.ingressClasses, ({ name, controller }) => (controller === 'k8s.io/ingress-nginx' ? [name] : [])),
    );
    const routes = flatMap(
      model.ingresses.filter((ingress) => !ofNginx.has(model.effectiveClass(ingress))),
      (ingress) => {
        const shared = frontend(ingress);
        return ingress.routes.map((route) => ({ ingress, route, shared }));
      },
    );
    const key = ({ ingress, route, shared }: (typeof routes)[number]): string =>
      JSON.stringify([shared, route.host, route.path, ingress.canary]);
    for (const [first, ...others] of groupBy(routes, key).values()) {
      const told = new Set<string>();
      for (const { ingress, route } of others) {
        if (ingress === first.ingress || route.pathType === first.route.pathType || told.has(route.pathType)) continue;
        told.add(route.pathType);
        report({
          on: ingress.object,
          field: below(route.field, 'pathType'),
          message: `path ${route.path} of ${route.host === '*' ? 'all hosts' : route.host} is ${route.pathType} here and ${first.route.pathType} in ${objectText(first.ingress.object.ref)}`,
          related: [
            { on: first.ingress.object, field: below(first.route.field, 'pathType'), message: 'the same path' },
          ],
          help: 'which of the two answers depends on the controller: put both paths into one Ingress, or change one of them',
        });
      }
    }
  },
};
