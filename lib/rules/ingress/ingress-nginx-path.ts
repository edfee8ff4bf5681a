import { at, below, member, type ModelObject, nonEmpty, text, textMap } from '../../model';
import type { NetworkRule } from '../network-rule';
import { annotationsOf } from './ingress-frontend';
import { ingressesV1 } from './ingress-spec';

/** What `strict-validate-path-type` of ingress-nginx takes, on by default since its release 1.12. */
const PLAIN_PATH = /^\/[A-Za-z0-9/_\-.]*$/;
const CHECKED = ['Exact', 'Prefix'];

/** The admission of ingress-nginx refuses it: a regular expression is ImplementationSpecific. */
export const ingressNginxPath: NetworkRule = {
  code: 'NL452',
  slug: 'ingress-nginx-path',
  severity: 'warning',
  title: 'An Ingress of ingress-nginx has a path of type Exact or Prefix that ingress-nginx refuses',
  check(model, report) {
    const controllers = new Map(model.ingressClasses.map(({ name, controller }) => [name, controller]));
    // Known by its class, by the name that the class of ingress-nginx has unless somebody changed it, or without a class by its annotations.
    const isOfNginx = (className: string, { manifest }: ModelObject): boolean => {
      if (className === '') return hasNginxAnnotation(manifest);
      return controllers.has(className) ? controllers.get(className) === 'k8s.io/ingress-nginx' : className === 'nginx';
    };
    for (const ingress of ingressesV1(model)) {
      // The controller of F5 has the same name for its class.
      const isOfF5 = [...annotationsOf(ingress).keys()].some((name) => /^(nginx|custom\.nginx)\.org\//.test(name));
      if (!isOfNginx(model.effectiveClass(ingress), ingress.object) || isOfF5) continue;
      for (const { value, path: field } of ingress.paths) {
        const path = nonEmpty(member(value, 'path')) ?? '/';
        const pathType = text(member(value, 'pathType')) ?? '';
        // A path that does not begin with a slash is refused by the API server.
        if (!CHECKED.includes(pathType) || !path.startsWith('/') || PLAIN_PATH.test(path)) continue;
        report({
          on: ingress.object,
          field: below(field, 'path'),
          message: `ingress-nginx refuses the path ${JSON.stringify(path)} of type ${pathType}: it has other characters than letters, digits, - _ . and /`,
          help: 'use pathType: ImplementationSpecific for a regular expression',
        });
      }
    }
  },
};

function hasNginxAnnotation(manifest: unknown): boolean {
  const names = [...textMap(at(manifest, 'metadata', 'annotations')).keys()];
  return names.some((name) => name.startsWith('nginx.ingress.kubernetes.io/'));
}
