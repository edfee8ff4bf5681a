import { minorVersion } from '../kubernetes-version';
import { setTo } from '../field-problem';
import type { NetworkRule } from '../network-rule';

/** Kubernetes deprecated API migration guide. */
const REMOVED: ReadonlyMap<string, { readonly deprecatedIn: number; readonly removedIn: number }> = new Map([
  ['extensions/v1beta1 Ingress', { deprecatedIn: 14, removedIn: 22 }],
  ['networking.k8s.io/v1beta1 Ingress', { deprecatedIn: 19, removedIn: 22 }],
  ['networking.k8s.io/v1beta1 IngressClass', { deprecatedIn: 19, removedIn: 22 }],
]);

export const ingressApiVersion: NetworkRule = {
  code: 'NL413',
  slug: 'ingress-api-version',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'An Ingress or IngressClass has an API version that Kubernetes has removed',
  check(model, report) {
    const minor = minorVersion(model.facts.kubernetesVersion) ?? Infinity;
    for (const { apiVersion, kind, objects } of model.types) {
      const life = REMOVED.get(`${apiVersion} ${kind}`);
      if (life === undefined || minor < life.deprecatedIn) continue;
      const served = minor < life.removedIn;
      for (const object of objects)
        report({
          on: object,
          field: ['apiVersion'],
          ...(served && { severity: 'warning' }),
          message: served
            ? `${apiVersion} is deprecated since Kubernetes 1.${life.deprecatedIn}, and removed in 1.${life.removedIn}`
            : `Kubernetes has not served ${kind} in ${apiVersion} since 1.${life.removedIn}`,
          help:
            kind === 'Ingress'
              ? 'use networking.k8s.io/v1: each path needs a pathType, backends are written as service.name and service.port, the default one as defaultBackend'
              : 'use networking.k8s.io/v1, which has the same fields',
          ...(kind === 'IngressClass' && setTo(['apiVersion'], 'networking.k8s.io/v1')),
        });
    }
  },
};
