import { nonEmpty, at } from '../../model';
import { similarNames } from '../../model/similar-names';
import { ingressesV1 } from './ingress-spec';
import type { NetworkRule } from '../network-rule';

/** Classes come with the controller, which is usually installed apart: silent when the input defines none, and a warning when it has another one. */
export const ingressClassMissing: NetworkRule = {
  code: 'NL419',
  slug: 'ingress-class-missing',
  severity: 'warning',
  title: 'An Ingress names an IngressClass that is not there, although others are',
  check(model, report) {
    if (model.ingressClasses.length === 0) return;
    const classes = new Set(model.ingressClasses.map(({ name }) => name));
    const similar = similarNames(model.ingressClasses, ({ name }) => name);
    for (const { object } of ingressesV1(model)) {
      const className = nonEmpty(at(object.manifest, 'spec', 'ingressClassName'));
      if (className === undefined || classes.has(className)) continue;
      const meant = similar(className);
      report({
        on: object,
        field: ['spec', 'ingressClassName'],
        ...(meant !== undefined && { severity: 'error' }),
        message: `there is no IngressClass ${className}`,
        help:
          meant === undefined
            ? `no controller serves the Ingress, unless the class is made elsewhere; defined is ${[...classes].slice(0, 3).join(', ')}`
            : `did you mean ${meant.name}?`,
      });
    }
  },
};
