import { networkModel } from '../../../lib/model';
import { NETWORK_RULES, runRules } from '../../../lib/rules';
import { facts, objects } from '../expectations';

/** The pods of `open` are isolated by nothing, and those of `shut` let nothing in. */
const SHOP = `
  - Deployment shop/open: { labels: { app: open }, ports: [{ containerPort: 8080 }] }
  - Service shop/open: { type: LoadBalancer, selector: { app: open }, ports: [{ port: 80, targetPort: 8080 }] }
  - Deployment shop/shut: { labels: { app: shut }, ports: [{ containerPort: 8080 }] }
  - Service shop/shut: { type: LoadBalancer, selector: { app: shut }, ports: [{ port: 80, targetPort: 8080 }] }
  - NetworkPolicy shop/shut: { podSelector: { matchLabels: { app: shut } }, policyTypes: [Ingress] }
`;

const policy = (apiVersion: string, kind: string, namespace?: string): string =>
  `  - manifest: { apiVersion: ${apiVersion}, kind: ${kind}, metadata: { name: other${namespace === undefined ? '' : `, namespace: ${namespace}`} } }\n`;

test.each([
  ['no other policy', '', ['NL711', 'NL713']],
  ['one of another namespace', policy('projectcalico.org/v3', 'NetworkPolicy', 'web'), ['NL711', 'NL713']],
  ['Calico, which closes the namespace', policy('projectcalico.org/v3', 'NetworkPolicy', 'shop'), ['NL711', 'NL711']],
  ['Calico, for the cluster', policy('projectcalico.org/v3', 'GlobalNetworkPolicy'), ['NL711', 'NL711']],
  ['Calico, as it is stored', policy('crd.projectcalico.org/v1', 'GlobalNetworkPolicy'), ['NL711', 'NL711']],
  [
    'Calico, in a tier that is not in the input',
    '  - manifest: { apiVersion: projectcalico.org/v3, kind: GlobalNetworkPolicy, metadata: { name: other }, spec: { tier: platform } }\n',
    [],
  ],
  ['Cilium, in the namespace', policy('cilium.io/v2', 'CiliumNetworkPolicy', 'shop'), []],
  ['Cilium, for the cluster', policy('cilium.io/v2', 'CiliumClusterwideNetworkPolicy'), []],
  ['Antrea, for the cluster', policy('crd.antrea.io/v1beta1', 'ClusterNetworkPolicy'), []],
  ['Kubernetes, for the cluster', policy('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy'), []],
  ['its successor', policy('policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy'), []],
])('ways in: %s', (_, other, expected) => {
  const rules = NETWORK_RULES.filter(({ code }) => code === 'NL711' || code === 'NL713');
  const { findings } = runRules(rules, networkModel(objects(SHOP + other), facts()));
  expect(findings.map(({ code }) => code)).toEqual(expected);
});

const cilium = (name: string, ingress: string): string =>
  `  - manifest: { apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: { name: ${name}, namespace: shop }, spec: { endpointSelector: { matchLabels: { app: ${name} } }, ingress: [${ingress}] } }\n`;
const WAYS = `
  - Deployment shop/web: { labels: { app: web }, ports: [{ containerPort: 8080 }] }
  - Service shop/web: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
  - Ingress shop/web: { ingressClassName: cilium, rules: [{ host: shop.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
`;

test.each([
  ['of other pods alone', cilium('db', '{ fromEndpoints: [{}] }'), ['NL713 Service']],
  ['that let nobody in', cilium('web', '{ fromEndpoints: [{ matchLabels: { app: none } }] }'), ['NL711 Service']],
  ['for the world', cilium('web', '{ fromEntities: [world, ingress] }'), []],
  ['for the proxy', cilium('web', '{ fromEntities: [ingress] }'), ['NL711 Service']],
  [
    'for other ports',
    cilium('web', '{ fromEntities: [all], toPorts: [{ ports: [{ port: "80" }] }] }'),
    ['NL711 Ingress', 'NL711 Service'],
  ],
  ['for blocks that are not known', cilium('web', '{ fromCIDRSet: [{ cidrGroupRef: office }] }'), []],
  ['with rules of layer 7', cilium('web', '{ toPorts: [{ ports: [{ port: "8080" }], rules: { http: [{}] } }] }'), []],
])('ways in with policies of Cilium %s', (_, policies, expected) => {
  const rules = NETWORK_RULES.filter(({ code }) => code === 'NL711' || code === 'NL713');
  const { findings } = runRules(rules, networkModel(objects(WAYS + policies), facts()));
  expect(findings.map(({ code, object }) => `${code} ${object?.kind ?? ''}`)).toEqual(expected);
});

/** The pods of the controller are in the input, and only an administrator denies what they send. */
const DENIED = `
  - Namespace ingress-nginx: {}
  - Deployment ingress-nginx/controller: { labels: { app.kubernetes.io/name: ingress-nginx, app.kubernetes.io/component: controller }, ports: [{ containerPort: 80 }] }
  - Deployment shop/web: { labels: { app: web }, ports: [{ containerPort: 8080 }] }
  - Service shop/web: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
  - Ingress shop/web: { ingressClassName: nginx, rules: [{ host: shop.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }] }
  - NetworkPolicy back/any: { podSelector: {}, policyTypes: [Ingress] }
  - manifest: { apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: { name: rails }, spec: { priority: 1, subject: { namespaces: {} }, ingress: [{ action: Deny, from: [{ namespaces: {} }] }] } }
`;

test('a way in that an administrator closes names that policy', () => {
  const rules = NETWORK_RULES.filter(({ code }) => code === 'NL711');
  const { findings } = runRules(rules, networkModel(objects(DENIED), facts()));
  expect(findings.map(({ code, related }) => [code, related.map(({ object }) => object?.kind)])).toEqual([
    ['NL711', ['AdminNetworkPolicy']],
  ]);
});
