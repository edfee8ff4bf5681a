import { at, list } from '../../model';
import type { NetworkRule } from '../../rules/network-rule';
import { hasStatus } from '../services/backends';

/** The controller that serves an Ingress writes where it is reached (IngressStatus, `loadBalancer`). */
export const ingressWithoutAddress: NetworkRule = {
  code: 'NL460',
  slug: 'ingress-without-address',
  severity: 'warning',
  title: 'No controller has given an Ingress an address',
  check(model, report) {
    if (!hasStatus(model)) return;
    for (const ingress of model.ingresses) {
      if (list(at(ingress.object.manifest, 'status', 'loadBalancer', 'ingress')).length > 0) continue;
      const name = model.effectiveClass(ingress);
      const controller = model.ingressClasses.find((known) => known.name === name)?.controller;
      report({
        on: ingress.object,
        field: ['spec'],
        message:
          name === ''
            ? 'it names no class, and no class is the default one, so that no controller serves it'
            : `the controller of class ${name}${controller === undefined ? '' : ` (${controller})`} has given it no address`,
        help:
          name === ''
            ? `set spec.ingressClassName: there is ${model.ingressClasses.map((known) => known.name).join(', ') || 'no IngressClass'}`
            : 'look whether its controller runs and whether its Service has an address; a controller behind a node port may write none',
      });
    }
  },
};
