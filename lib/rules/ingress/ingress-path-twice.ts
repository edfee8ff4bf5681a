import { collisions } from '../collisions';
import { below } from '../../model';
import type { NetworkRule } from '../network-rule';
import { annotationsOf } from './ingress-frontend';

/** What requests to a Service have to have (aws-load-balancer-controller). */
const CONDITIONS = 'alb.ingress.kubernetes.io/conditions.';

/** The API server accepts it; which of the backends gets the requests depends on the controller. */
export const ingressPathTwice: NetworkRule = {
  code: 'NL417',
  slug: 'ingress-path-twice',
  severity: 'warning',
  title: 'An Ingress has one host and path twice',
  check(model, report) {
    for (const ingress of model.ingresses) {
      const { object, routes } = ingress;
      const annotations = annotationsOf(ingress);
      // An action may redirect one listener, and a condition take some requests: the rest is for the path that follows.
      const served = routes.filter(
        ({ action, backend }) => action === undefined && !annotations.has(`${CONDITIONS}${backend?.serviceName ?? ''}`),
      );
      for (const { first, others } of collisions(served, ({ host, path, pathType }) =>
        JSON.stringify([host, path, pathType]),
      )) {
        for (const { host, path, field } of others) {
          report({
            on: object,
            field: below(field, 'path'),
            message: `path ${path} of ${host === '*' ? 'all hosts' : host} appears twice in the Ingress`,
            related: [{ on: object, field: below(first.field, 'path'), message: 'first here' }],
            help: 'keep one of the two backends, or give one of them another path',
          });
        }
      }
    }
  },
};
