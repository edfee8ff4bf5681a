import { ingressHostTwoSecrets } from '../../../lib/rules/ingress/ingress-host-two-secrets';
import { ingressPathTwice } from '../../../lib/rules/ingress/ingress-path-twice';
import { ingressRouteConflict } from '../../../lib/rules/ingress/ingress-route-conflict';
import { facts, findings, objects } from '../expectations';

const BACKEND = 'backend: { service: { name: web, port: { number: 80 } } }';
const PATH = `{ path: /, pathType: Prefix, ${BACKEND} }`;

/** Two Ingresses with one host and path, that differ in their annotations. */
function pair(className: string, ...annotations: readonly string[]): string {
  return annotations
    .map(
      (text, index) => `
      - Ingress n${index}/web: { ingressClassName: ${className}, tls: [{ hosts: [a.example.com], secretName: s${index} }], rules: [{ host: a.example.com, http: { paths: [${PATH}] } }] }
        annotations: {${text}}`,
    )
    .join('');
}

test.each([
  ['the same class', pair('c', '', ''), 1],
  ['an ALB of its own for each', pair('alb', '', ''), 0],
  [
    'one ALB for a group',
    pair('alb', ' alb.ingress.kubernetes.io/group.name: g ', ' alb.ingress.kubernetes.io/group.name: g '),
    1,
  ],
  [
    'two groups',
    pair('alb', ' alb.ingress.kubernetes.io/group.name: g ', ' alb.ingress.kubernetes.io/group.name: h '),
    0,
  ],
  [
    'two ports of a group',
    pair(
      'alb',
      ` alb.ingress.kubernetes.io/group.name: g, alb.ingress.kubernetes.io/listen-ports: '[{"HTTP":80}]' `,
      ` alb.ingress.kubernetes.io/group.name: g, alb.ingress.kubernetes.io/listen-ports: '[{"HTTPS":443}]' `,
    ),
    0,
  ],
  [
    'an ALB by its controller',
    `
      - IngressClass c: { controller: ingress.k8s.aws/alb }${pair('c', '', '')}`,
    0,
  ],
  [
    'another controller that is called alb',
    `
      - IngressClass alb: { controller: example.com/alb }${pair('alb', '', '')}`,
    1,
  ],
  ['a load balancer of Google for each', pair('gce', '', ''), 0],
  [
    'entry points',
    pair(
      'traefik',
      ' traefik.ingress.kubernetes.io/router.entrypoints: web ',
      ' traefik.ingress.kubernetes.io/router.entrypoints: websecure ',
    ),
    0,
  ],
  [
    'one entry point',
    pair(
      'traefik',
      ' traefik.ingress.kubernetes.io/router.entrypoints: web ',
      ' traefik.ingress.kubernetes.io/router.entrypoints: web ',
    ),
    1,
  ],
  ['methods', pair('kong', ' konghq.com/methods: GET ', ' konghq.com/methods: POST '), 0],
  ['headers', pair('kong', ' konghq.com/headers.x-a: b ', ''), 0],
  ['other annotations', pair('kong', ' konghq.com/strip-path: "true" ', ''), 1],
])('%s', (_, input, conflicts) => {
  expect(findings(ingressRouteConflict, objects(input), facts())).toHaveLength(conflicts);
});

test('certificates are those of the load balancer, whatever the entry points', () => {
  const secrets = (input: string): number => findings(ingressHostTwoSecrets, objects(input), facts()).length;
  expect(secrets(pair('alb', '', ''))).toBe(0);
  expect(secrets(pair('traefik', ' traefik.ingress.kubernetes.io/router.entrypoints: web ', ''))).toBe(1);
});

test('the path after one with conditions is for the other requests', () => {
  const twice = (annotations: string): number =>
    findings(
      ingressPathTwice,
      objects(`
      - Ingress shop/web: { ingressClassName: alb, rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: beta, port: { number: 80 } } } }, ${PATH}] } }] }
        annotations: {${annotations}}`),
      facts(),
    ).length;
  expect(twice('')).toBe(1);
  expect(twice(` alb.ingress.kubernetes.io/conditions.beta: '[]' `)).toBe(0);
});

test('the controller of F5 gives a host to one Ingress, but for minions', () => {
  const conflicts = (annotations: string): string[] =>
    findings(
      ingressRouteConflict,
      objects(`
      - IngressClass c: { controller: nginx.org/ingress-controller }
      - Ingress shop/a: { ingressClassName: c, rules: [{ host: a.example.com, http: { paths: [{ path: /a, pathType: Prefix, ${BACKEND} }] } }] }
        annotations: {${annotations}}
      - Ingress shop/b: { ingressClassName: c, rules: [{ host: a.example.com, http: { paths: [{ path: /b, pathType: Prefix, ${BACKEND} }, { path: /c, pathType: Prefix, ${BACKEND} }] } }] }
        annotations: {${annotations}}`),
      facts(),
    ).map(({ message }) => message);
  expect(conflicts('')).toEqual([
    'host a.example.com is also claimed by Ingress shop/a, and NGINX Ingress Controller gives it to one of the two',
  ]);
  expect(conflicts(' nginx.org/mergeable-ingress-type: minion ')).toEqual([]);
});

test.each([
  [
    'one class',
    ' ingressClassName: c,',
    ['warning: the default backend of the class is also claimed by Ingress shop/a'],
  ],
  ['no class', '', []],
  ['a load balancer for each', ' ingressClassName: gce,', []],
])('two default backends of %s', (_, className, expected) => {
  const input = ['a', 'b']
    .map(
      (name) =>
        `- Ingress shop/${name}: {${className} defaultBackend: { service: { name: web, port: { number: 80 } } } }\n`,
    )
    .join('');
  const found = findings(ingressRouteConflict, objects(input), facts());
  expect(found.map(({ severity, message }) => `${severity}: ${message}`)).toEqual(expected);
});
