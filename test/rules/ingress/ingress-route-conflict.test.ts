import { ingressRouteConflict } from '../../../lib/rules/ingress/ingress-route-conflict';
import { testRule } from '../expectations';

const HELP = 'help: which of them wins depends on the controller: merge them, or change the host or the path of one';
const WEB = '{ service: { name: web, port: { number: 80 } } }';

function ingress(name: string, host: string, path: string, spec = '', pathType = 'Prefix'): string {
  return `- Ingress ${name}: { ${spec} rules: [{ host: ${host}, http: { paths: [{ path: ${path}, pathType: ${pathType}, backend: ${WEB} }] } }] }`;
}

testRule(ingressRouteConflict, [
  {
    name: 'a path inside of a prefix of another namespace',
    input: `
      - Ingress shop/web: { rules: [{ host: a.example.com, http: { paths: [{ path: /, pathType: Prefix }, { path: /api/, pathType: Prefix }] } }] }
      - Ingress other/login: { rules: [{ host: a.example.com, http: { paths: [{ path: /api/login, pathType: Exact }, { path: /x, pathType: Prefix }] } }] }
    `,
    expected: [
      `
      warning NL401 ingress-route-conflict
      on Ingress other/login at spec.rules.0.http.paths.0.path
      a.example.com/api/login takes requests away from a.example.com/api/ of Ingress shop/web, in another namespace
      help: if the owners of both namespaces know of it, suppress this with the reason; if not, use another host
      see Ingress shop/web at spec.rules.0.http.paths.1.path: the prefix around it
      `,
    ],
  },
  {
    name: 'silent: the same namespace, another host or class, no element of the path, and paths beside each other',
    input: `
      - Ingress shop/web: { rules: [{ host: a.example.com, http: { paths: [{ path: /, pathType: Exact }, { path: /api, pathType: Prefix }] } }] }
      - Ingress shop/login: { rules: [{ host: a.example.com, http: { paths: [{ path: /api/login, pathType: Prefix }] } }] }
      - Ingress other/a: { rules: [{ host: a.example.com, http: { paths: [{ path: /apis, pathType: Prefix }, { path: /web, pathType: Prefix }] } }] }
      - Ingress other/b: { rules: [{ host: b.example.com, http: { paths: [{ path: /api/login, pathType: Prefix }] } }] }
      - Ingress other/c: { ingressClassName: c, rules: [{ host: a.example.com, http: { paths: [{ path: /api/login, pathType: Prefix }] } }] }
    `,
    expected: [],
  },
  {
    name: 'one class, host and path in two namespaces',
    input: `
      ${ingress('shop/web', 'shop.example.com', '/', 'ingressClassName: nginx,')}
      ${ingress('api/api', 'shop.example.com', '/', 'ingressClassName: nginx,')}
    `,
    expected: [
      `
      error NL401 ingress-route-conflict
      on Ingress shop/web at spec.rules.0.http.paths.0.path
      shop.example.com/ is also claimed by Ingress api/api of class nginx
      ${HELP}
      see Ingress api/api at spec.rules.0.http.paths.0.path: first claimed here
      `,
    ],
  },
  {
    name: 'no host is every host, no path is /, empty ones too; no class is one class',
    input: `
      - Ingress shop/a: { rules: [{ http: { paths: [{ backend: ${WEB} }] } }] }
      - Ingress shop/b: { rules: [{ host: '', http: { paths: [{ path: '', pathType: ImplementationSpecific, backend: ${WEB} }] } }] }
    `,
    expected: [
      `
      error NL401 ingress-route-conflict
      on Ingress shop/b at spec.rules.0.http.paths.0.path
      path / of every host is also claimed by Ingress shop/a
      ${HELP}
      see Ingress shop/a at spec.rules.0.http.paths.0.path: first claimed here
      `,
    ],
  },
  {
    name: 'the class is the one of the field, of the annotation, or the default one',
    input: `
      - IngressClass public: { controller: example.com/ingress }
        annotations: { ingressclass.kubernetes.io/is-default-class: 'true' }
      ${ingress('shop/a', 'a.example.com', '/', 'ingressClassName: public,')}
      ${ingress('shop/b', 'a.example.com', '/')}
        annotations: { kubernetes.io/ingress.class: public }
      ${ingress('shop/c', 'a.example.com', '/')}
    `,
    expected: ['b', 'c'].map(
      (name) => `
      error NL401 ingress-route-conflict
      on Ingress shop/${name} at spec.rules.0.http.paths.0.path
      a.example.com/ is also claimed by Ingress shop/a of class public
      ${HELP}
      see Ingress shop/a at spec.rules.0.http.paths.0.path: first claimed here
      `,
    ),
  },
  {
    name: 'the annotation wins over the field',
    input: `
      ${ingress('shop/a', 'a.example.com', '/', 'ingressClassName: internal,')}
        annotations: { kubernetes.io/ingress.class: public }
      ${ingress('shop/b', 'a.example.com', '/', 'ingressClassName: public,')}
      ${ingress('shop/c', 'a.example.com', '/', 'ingressClassName: internal,')}
    `,
    expected: [
      `
      error NL401 ingress-route-conflict
      on Ingress shop/b at spec.rules.0.http.paths.0.path
      a.example.com/ is also claimed by Ingress shop/a of class public
      ${HELP}
      see Ingress shop/a at spec.rules.0.http.paths.0.path: first claimed here
      `,
    ],
  },
  {
    name: 'silent: other classes, also when one of them has no class although there is a default one',
    input: `
      - IngressClass public: {}
        annotations: { ingressclass.kubernetes.io/is-default-class: 'true' }
      ${ingress('shop/a', 'a.example.com', '/', 'ingressClassName: public,')}
      ${ingress('shop/b', 'a.example.com', '/', 'ingressClassName: internal,')}
      ${ingress('shop/c', 'a.example.com', '/')}
        annotations: { kubernetes.io/ingress.class: '' }
    `,
    expected: [],
  },
  {
    name: 'a trailing slash means nothing to a prefix',
    input: `
      ${ingress('shop/a', 'a.example.com', '/shop')}
      ${ingress('shop/b', 'a.example.com', '/shop/')}
    `,
    expected: [
      `
      error NL401 ingress-route-conflict
      on Ingress shop/b at spec.rules.0.http.paths.0.path
      a.example.com/shop/ is also claimed by Ingress shop/a
      ${HELP}
      see Ingress shop/a at spec.rules.0.http.paths.0.path: first claimed here
      `,
    ],
  },
  {
    name: 'silent: other paths, other path types, other hosts, a trailing slash of an exact path',
    input: `
      ${ingress('shop/a', 'a.example.com', '/shop')}
      ${ingress('shop/b', 'a.example.com', '/shop2')}
      ${ingress('shop/c', 'a.example.com', '/shop', '', 'Exact')}
      ${ingress('shop/d', 'a.example.com', '/shop/', '', 'Exact')}
      ${ingress('shop/e', '"*.example.com"', '/shop')}
    `,
    expected: [],
  },
  {
    name: 'ingress-nginx knows one path whatever its type',
    input: `
      - IngressClass nginx: { controller: k8s.io/ingress-nginx }
      ${ingress('shop/a', 'a.example.com', '/shop', 'ingressClassName: nginx,')}
      ${ingress('shop/b', 'a.example.com', '/shop', 'ingressClassName: nginx,', 'Exact')}
    `,
    expected: [
      `
      error NL401 ingress-route-conflict
      on Ingress shop/b at spec.rules.0.http.paths.0.path
      a.example.com/shop is also claimed by Ingress shop/a of class nginx
      ${HELP}
      see Ingress shop/a at spec.rules.0.http.paths.0.path: first claimed here
      `,
    ],
  },
  {
    name: 'a canary stands beside the Ingress it is for; two canaries do not',
    input: `
      ${ingress('shop/a', 'a.example.com', '/')}
      ${ingress('shop/b', 'a.example.com', '/')}
        annotations: { nginx.ingress.kubernetes.io/canary: 'true' }
      ${ingress('shop/c', 'a.example.com', '/')}
        annotations: { nginx.ingress.kubernetes.io/canary: 'true' }
    `,
    expected: [
      `
      error NL401 ingress-route-conflict
      on Ingress shop/c at spec.rules.0.http.paths.0.path
      a.example.com/ is also claimed by Ingress shop/b
      ${HELP}
      see Ingress shop/b at spec.rules.0.http.paths.0.path: first claimed here
      `,
    ],
  },
  {
    name: 'silent: one path twice in one Ingress, and shapes that are none',
    input: `
      - Ingress shop/a: { rules: [{ http: { paths: [{ path: /a }, { path: /a }] } }, { http: { paths: [{ path: /a }] } }] }
      - Ingress shop/b: { rules: { http: 7 } }
      - Ingress shop/c: { rules: [null, 7, { http: { paths: x } }] }
      - Ingress shop/d: null
      - manifest: { apiVersion: extensions/v1beta1, kind: Ingress, metadata: { name: e, namespace: shop }, spec: { rules: [{ http: { paths: [{ path: /a }] } }] } }
    `,
    expected: [],
  },
]);
