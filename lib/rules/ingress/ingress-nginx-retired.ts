import type { NetworkRule } from '../network-rule';

/** README of kubernetes/ingress-nginx: no releases and no security fixes after March 2026. A remark where no Ingress uses it. */
export const ingressNginxRetired: NetworkRule = {
  code: 'NL415',
  slug: 'ingress-nginx-retired',
  severity: 'warning',
  title: 'An IngressClass is served by ingress-nginx, which is retired',
  check(model, report) {
    const used = new Set(model.ingresses.map((ingress) => model.effectiveClass(ingress)));
    for (const { object, name, controller } of model.ingressClasses) {
      if (controller !== 'k8s.io/ingress-nginx') continue;
      report({
        on: object,
        field: ['spec', 'controller'],
        ...(!used.has(name) && { severity: 'info' }),
        message: 'ingress-nginx is retired: it gets no security fixes since March 2026',
        help: 'move to Gateway API or to another controller; both can run beside it, each with a class of its own',
      });
    }
  },
};
