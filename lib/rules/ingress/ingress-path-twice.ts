import { collisions } from '../collisions';
import type { NetworkRule } from '../network-rule';

/** The API server accepts it; which of the backends gets the requests depends on the controller. */
export const ingressPathTwice: NetworkRule = {
  code: 'NL417',
  slug: 'ingress-path-twice',
  severity: 'warning',
  title: 'An Ingress has one host and path twice',
  check(model, report) {
    for (const { object, routes } of model.ingresses) {
      // An action may redirect one listener and leave the rest to the path that follows.
      const served = routes.filter(({ action }) => action === undefined);
      for (const { first, others } of collisions(served, ({ host, path, pathType }) =>
        JSON.stringify([host, path, pathType]),
      )) {
        for (const { host, path, field } of others) {
          report({
            on: object,
            field: [...field, 'path'],
            message: `path ${path} of ${host === '*' ? 'all hosts' : host} stands twice in the Ingress`,
            related: [{ on: object, field: [...first.field, 'path'], message: 'first here' }],
            help: 'keep one of the two backends, or give one of them another path',
          });
        }
      }
    }
  },
};
