import { ingressApiVersion } from '../../../lib/rules/ingress/ingress-api-version';
import { testRule } from '../expectations';

testRule(ingressApiVersion, [
  {
    name: 'removed versions',
    input: `
      - manifest: { apiVersion: extensions/v1beta1, kind: Ingress, metadata: { name: a, namespace: shop } }
      - manifest: { apiVersion: networking.k8s.io/v1beta1, kind: Ingress, metadata: { name: b, namespace: shop } }
      - manifest: { apiVersion: networking.k8s.io/v1beta1, kind: IngressClass, metadata: { name: c } }
      - Ingress shop/d: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
    `,
    expected: [
      `
      error NL413 ingress-api-version
      on Ingress shop/a at apiVersion
      Kubernetes has not served Ingress in extensions/v1beta1 since 1.22
      help: use networking.k8s.io/v1: each path needs a pathType, backends are written as service.name and service.port, the default one as defaultBackend
      `,
      `
      error NL413 ingress-api-version
      on Ingress shop/b at apiVersion
      Kubernetes has not served Ingress in networking.k8s.io/v1beta1 since 1.22
      help: use networking.k8s.io/v1: each path needs a pathType, backends are written as service.name and service.port, the default one as defaultBackend
      `,
      `
      error NL413 ingress-api-version
      on IngressClass c at apiVersion
      Kubernetes has not served IngressClass in networking.k8s.io/v1beta1 since 1.22
      help: use networking.k8s.io/v1, which has the same fields
      `,
    ],
  },
  {
    name: 'versions that still served them',
    input: `
      - manifest: { apiVersion: extensions/v1beta1, kind: Ingress, metadata: { name: a, namespace: shop } }
    `,
    facts: { kubernetesVersion: '1.21' },
    expected: [
      `
      warning NL413 ingress-api-version
      on Ingress shop/a at apiVersion
      extensions/v1beta1 is deprecated since Kubernetes 1.14, and removed in 1.22
      help: use networking.k8s.io/v1: each path needs a pathType, backends are written as service.name and service.port, the default one as defaultBackend
      `,
    ],
  },
  {
    name: 'silent: before their time',
    input: `
      - manifest: { apiVersion: networking.k8s.io/v1beta1, kind: Ingress, metadata: { name: b, namespace: shop } }
    `,
    facts: { kubernetesVersion: 'v1.18.20' },
    expected: [],
  },
]);
