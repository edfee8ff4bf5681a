import { compareFindings } from '../../../lib/finding/finding';
import { networkModel } from '../../../lib/model';
import { NETWORK_RULES, runRules } from '../../../lib/rules';
import { fieldType } from '../../../lib/rules/objects/field-type';
import { facts, objects, testRule } from '../expectations';

function found(object: string, field: string, value: string, expected: string, help: string): string {
  return `
      error NL266 field-type
      on ${object} at ${field}
      ${field} is ${value}, which is not ${expected}
      help: ${help}
      `;
}

const LIST = 'make it an item of a list: write a hyphen in front of its first field';
const BOOLEAN = 'write true or false, without quotes';
const NUMBER = 'write the number without quotes';
const FIELDS = 'write its fields below it';

testRule(fieldType, [
  {
    name: 'a slice with numbers that 32 bits do not hold',
    input: `
      - EndpointSlice shop/a: { ports: [{ port: 2147483648 }, { port: 2147483647 }, { port: -2147483649 }] }
    `,
    expected: ['ports.0.port is 2147483648', 'ports.2.port is -2147483649'].map(
      (message) => `
      error NL266 field-type
      on EndpointSlice shop/a at ${message.split(' ')[0]}
      ${message}, which is not a number that fits into 32 bits
      help: write a smaller number
      `,
    ),
  },
  {
    name: 'the selector of a workload',
    input: `
      - manifest: { apiVersion: apps/v1, kind: Deployment, metadata: { name: a, namespace: shop }, spec: { selector: { matchLabels: x, matchExpressions: [] } } }
      - manifest: { apiVersion: apps/v1, kind: StatefulSet, metadata: { name: b, namespace: shop }, spec: { selector: { matchLabels: [{ app: b }] } } }
      - manifest: { apiVersion: apps/v1, kind: DaemonSet, metadata: { name: c, namespace: shop }, spec: { selector: { matchLabels: 0 } } }
    `,
    expected: [
      found('DaemonSet shop/c', 'spec.selector.matchLabels', '0', 'a mapping', FIELDS),
      found('Deployment shop/a', 'spec.selector.matchLabels', '"x"', 'a mapping', FIELDS),
      found('StatefulSet shop/b', 'spec.selector.matchLabels', 'a list', 'a mapping', FIELDS),
    ],
  },
  {
    name: 'Services and endpoints',
    input: `
      - Service shop/a: { ports: { port: 80 }, publishNotReadyAddresses: 'true', externalIPs: 192.0.2.1, loadBalancerIP: 5 }
      - Service shop/b: { ports: [80], sessionAffinityConfig: [] }
      - Endpoints shop/c: { subsets: [{ addresses: [192.0.2.1], ports: { port: 80 } }] }
      - EndpointSlice shop/d: { endpoints: { addresses: [192.0.2.1] } }
      - EndpointSlice shop/e: { endpoints: [{ addresses: [5], conditions: { ready: 'yes' } }] }
    `,
    expected: [
      found('EndpointSlice shop/d', 'endpoints', 'an object', 'a list', LIST),
      found('EndpointSlice shop/e', 'endpoints.0.addresses.0', '5', 'text', 'put it in quotes: "5"'),
      found('EndpointSlice shop/e', 'endpoints.0.conditions.ready', '"yes"', 'true or false', BOOLEAN),
      found('Endpoints shop/c', 'subsets.0.addresses.0', '"192.0.2.1"', 'a mapping', FIELDS),
      found('Endpoints shop/c', 'subsets.0.ports', 'an object', 'a list', LIST),
      found('Service shop/a', 'spec.externalIPs', '"192.0.2.1"', 'a list', 'write a list'),
      found('Service shop/a', 'spec.loadBalancerIP', '5', 'text', 'put it in quotes: "5"'),
      found('Service shop/a', 'spec.ports', 'an object', 'a list', LIST),
      found('Service shop/a', 'spec.publishNotReadyAddresses', '"true"', 'true or false', BOOLEAN),
      found('Service shop/b', 'spec.ports.0', '80', 'a mapping', FIELDS),
      found('Service shop/b', 'spec.sessionAffinityConfig', 'a list', 'a mapping', FIELDS),
    ],
  },
  {
    name: 'Ingresses and their classes',
    input: `
      - Ingress shop/a: { ingressClassName: true, rules: { host: a }, tls: [{ hosts: a.example.com, secretName: [] }] }
      - Ingress shop/b: { defaultBackend: { service: { name: web, port: { number: '80', name: 80 } } }, rules: [{ host: 5, http: { paths: [{ path: 5 }] } }] }
      - IngressClass c: { controller: 5, parameters: [] }
    `,
    expected: [
      found('Ingress shop/a', 'spec.ingressClassName', 'true', 'text', 'put it in quotes: "true"'),
      found('Ingress shop/a', 'spec.rules', 'an object', 'a list', LIST),
      found('Ingress shop/a', 'spec.tls.0.hosts', '"a.example.com"', 'a list', 'write a list'),
      found('Ingress shop/a', 'spec.tls.0.secretName', 'a list', 'text', 'write one text'),
      found('Ingress shop/b', 'spec.defaultBackend.service.port.name', '80', 'text', 'put it in quotes: "80"'),
      found('Ingress shop/b', 'spec.defaultBackend.service.port.number', '"80"', 'a whole number', NUMBER),
      found('Ingress shop/b', 'spec.rules.0.host', '5', 'text', 'put it in quotes: "5"'),
      found('Ingress shop/b', 'spec.rules.0.http.paths.0.path', '5', 'text', 'put it in quotes: "5"'),
      found('IngressClass c', 'spec.controller', '5', 'text', 'put it in quotes: "5"'),
      found('IngressClass c', 'spec.parameters', 'a list', 'a mapping', FIELDS),
    ],
  },
  {
    name: 'pods',
    input: `
      - manifest: { apiVersion: v1, kind: Pod, metadata: { name: a }, spec: { hostNetwork: 'true', dnsConfig: { options: [{ name: ndots, value: 2 }] }, hostAliases: {}, containers: { name: a } } }
      - Deployment shop/b: { containers: [{ ports: {}, livenessProbe: { periodSeconds: 5s, httpGet: { port: 80, httpHeaders: { a: b } } } }] }
    `,
    expected: [
      found(
        'Deployment shop/b',
        'spec.template.spec.containers.0.livenessProbe.httpGet.httpHeaders',
        'an object',
        'a list',
        LIST,
      ),
      found(
        'Deployment shop/b',
        'spec.template.spec.containers.0.livenessProbe.periodSeconds',
        '"5s"',
        'a whole number',
        'write digits alone, without a unit',
      ),
      found('Deployment shop/b', 'spec.template.spec.containers.0.ports', 'an object', 'a list', LIST),
      found('Pod default/a', 'spec.containers', 'an object', 'a list', LIST),
      found('Pod default/a', 'spec.dnsConfig.options.0.value', '2', 'text', 'put it in quotes: "2"'),
      found('Pod default/a', 'spec.hostAliases', 'an object', 'a list', LIST),
      found('Pod default/a', 'spec.hostNetwork', '"true"', 'true or false', BOOLEAN),
    ],
  },
  {
    name: 'silent: nulls, which are like nothing, whole numbers with a dot, and kinds that are not known',
    input: `
      - Service shop/a: { ports: [null], externalIPs: null, sessionAffinityConfig: null }
      - Ingress shop/b: { rules: [{ http: { paths: [{ path: null, backend: { service: { port: { number: 80.0 } } } }] } }], tls: [null] }
      - ConfigMap shop/c: { ports: {} }
      - manifest: { apiVersion: networking.k8s.io/v1beta1, kind: Ingress, metadata: { name: d }, spec: { rules: {} } }
    `,
    expected: [],
  },
]);

test.each([
  ['a list of rules that is a mapping', 'Ingress shop/a: { rules: { host: a } }'],
  ['a backend that is a list', 'Ingress shop/a: { defaultBackend: [] }'],
  ['ports that are a mapping', 'Service shop/a: { selector: { app: web }, ports: { port: 80 } }'],
  ['a spec that is a list', 'Service shop/a: []'],
  ['a name that is a number', 'IngressClass a: { controller: example.com/a, parameters: { kind: K, name: 5 } }'],
  ['a selector that is a text', 'NetworkPolicy shop/a: { ingress: [{ from: [{ podSelector: web }] }] }'],
])('the only error about %s', (_, object) => {
  const { findings } = runRules(NETWORK_RULES, networkModel(objects(`[{ ${object} }]`), facts()));
  const errors = [...findings].sort(compareFindings).filter(({ severity }) => severity === 'error');
  expect(errors.map(({ code }) => code)).toEqual([object.startsWith('NetworkPolicy') ? 'NL505' : 'NL266']);
});
