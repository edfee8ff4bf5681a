import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { compareFindings, compareText } from '../../lib/finding/finding';
import { networkModel, type SourceObject } from '../../lib/model';
import { NETWORK_RULES, type NetworkRule, runRules } from '../../lib/rules';
import { facts, findingText, objects, sourceObject } from './expectations';
import { shuffled, shuffledKeys } from './shuffle';

const ALL_FACTS = facts({
  serviceCidrs: '10.96.0.0/16,fd00:96::/112',
  podCidrs: '10.244.0.0/16',
  nodeCidrs: '192.168.10.0/24',
  loadBalancerCidrs: '192.0.2.0/28',
  nodePortRange: '30000-32767',
});

/** A network in which every rule finds something, most of them in more than one place. */
const BROKEN = objects(`
  - Service a/one:
      type: LoadBalancer
      clusterIP: 10.96.7.7
      loadBalancerIP: 192.0.2.10
      externalIPs: [10.244.0.1, 203.0.113.5]
      externalTrafficPolicy: Local
      healthCheckNodePort: 30080
      selector: { tier: back, app: web }
      ports: [{ name: http, port: 80, nodePort: 30080 }, { name: x, port: 81, nodePort: 8080 }]
  - Service b/one:
      type: LoadBalancer
      clusterIP: 10.96.7.7
      loadBalancerIP: 192.0.2.10
      externalIPs: [10.244.0.1, 203.0.113.5]
      selector: { app: web }
      ports: [{ name: http, port: 80, targetPort: web, nodePort: 30080 }]
  - Service b/two: { clusterIP: 172.16.0.1, clusterIPs: [172.16.0.1, 'fd00:96::a'], selector: { team: x, app: web } }
  - Service c/three: { type: LoadBalancer, clusterIP: 10.96.0.1, loadBalancerIP: 192.0.3.1 }
  - Service c/three: { type: LoadBalancer, clusterIP: 10.96.0.1, loadBalancerIP: 192.0.3.1 }
  - Deployment a/web: { labels: { app: web, tier: front } }
  - Deployment a/api: { labels: { app: api, tier: back } }
  - Deployment b/web: { labels: { app: web, tier: front }, ports: [{ name: http, containerPort: 8080 }] }
  - NetworkPolicy a/none: { podSelector: { matchLabels: { tier: none, app: web } } }
  - Ingress b/web:
      rules:
        - host: a.example.com
          http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: oen, port: { number: 80 } } } }] }
  - Ingress b/api:
      rules:
        - host: a.example.com
          http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: one, port: { name: https } } } }] }
  - IPPool small: { cidr: 10.48.0.0/28 }
  - IPPool large: { cidr: 10.48.0.0/16 }
`);

function run(sources: readonly SourceObject[]): string[] {
  return [...runRules(NETWORK_RULES, networkModel(sources, ALL_FACTS)).findings].sort(compareFindings).map(findingText);
}

test('the broken network breaks every rule', () => {
  const { findings, skipped } = runRules(NETWORK_RULES, networkModel(BROKEN, ALL_FACTS));
  expect([...new Set(findings.map(({ code }) => code))].sort(compareText)).toEqual(
    NETWORK_RULES.map(({ code }) => code),
  );
  expect(skipped).toEqual([]);
});

test('the order of objects and of keys changes nothing', () => {
  const expected = run(BROKEN);
  const reordered = shuffled(BROKEN).chain((sources) =>
    fc
      .tuple(...sources.map(({ manifest }) => shuffledKeys(manifest)))
      .map((manifests) => sources.map((source, index) => ({ ...source, manifest: manifests[index] }))),
  );
  fc.assert(
    fc.property(reordered, (sources) => {
      expect(run(sources)).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});

test('nothing makes a rule throw, whatever the shape of an object', () => {
  const anything = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>;
  const names = fc.constantFrom('a', 'b', '__proto__', 'constructor', 'toString');
  const damaged = fc.constantFrom(...BROKEN).chain(({ manifest }) => damage(manifest, anything));
  const foreign = fc
    .record({
      apiVersion: fc.constantFrom('v1', 'apps/v1', 'networking.k8s.io/v1', 'projectcalico.org/v3', ''),
      kind: fc.constantFrom(
        'Service',
        'Pod',
        'Ingress',
        'IngressClass',
        'NetworkPolicy',
        'IPPool',
        'List',
        'constructor',
      ),
      metadata: fc.record({ name: names, namespace: names, labels: anything, annotations: anything }),
      spec: anything,
      items: anything,
    })
    .map((manifest): unknown => manifest);
  fc.assert(
    fc.property(fc.array(fc.oneof(damaged, foreign, anything), { maxLength: 8 }), (manifests) => {
      const sources = manifests.map((manifest, index) => sourceObject(manifest, `object-${index}`));
      const { findings } = runRules(NETWORK_RULES, networkModel(sources, ALL_FACTS));
      for (const { object, origin, message, help } of findings) {
        expect(object).not.toBeNull();
        expect(origin).not.toBeNull();
        expect(`${message} ${help}`).not.toMatch(/undefined|\[object/);
      }
    }),
    { numRuns: 500 },
  );
});

/** The value with one of its members, at any depth, replaced. */
function damage(value: unknown, by: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return by;
  return fc
    .constantFrom(...Object.entries(value))
    .chain(([key, member]: [string, unknown]) =>
      fc.oneof(by, damage(member, by)).map((replaced) => replaceMember(value, key, replaced)),
    );
}

function replaceMember(value: object, key: string, replaced: unknown): unknown {
  return Array.isArray(value)
    ? value.map((item: unknown, index) => (String(index) === key ? replaced : item))
    : Object.fromEntries([...Object.entries(value), [key, replaced]]);
}

const FACTS_MISSING: readonly (readonly [string, string])[] = [
  ['NL204', 'the service CIDR is not known'],
  ['NL205', 'the service CIDR is not known'],
  ['NL206', 'the service CIDR is not known'],
  ['NL207', 'the node port range is not known'],
  ['NL208', 'the load balancer range is not known'],
  ['NL209', 'the service CIDR is not known, and the pod CIDR is not known'],
  ['NL602', 'the pod CIDR is not known'],
];

test('rules that need what is not known are skipped, and say why', () => {
  const { skipped } = runRules(NETWORK_RULES, networkModel([], {}));
  expect(skipped.map(({ code, because }) => [code, because])).toEqual(FACTS_MISSING);
});

test('a rule that can do with one of two facts is not skipped', () => {
  const { skipped } = runRules(NETWORK_RULES, networkModel([], facts({ podCidrs: '10.244.0.0/16' })));
  expect(skipped.map(({ code }) => code)).toEqual(['NL204', 'NL205', 'NL206', 'NL207', 'NL208']);
});

test('a finding has the severity of its rule unless the rule says another', () => {
  const [service] = objects('[{ Service shop/web: {} }]');
  const rule: NetworkRule = {
    code: 'NL999',
    slug: 'example',
    severity: 'warning',
    title: 'An example',
    check({ services }, report) {
      report({ on: services[0].object, field: [], message: 'usual', help: 'none' });
      report({ on: services[0].object, field: [], message: 'worse', help: 'none', severity: 'error' });
    },
  };
  const { findings } = runRules([rule], networkModel([service], {}));
  expect(findings.map(({ message, severity }) => [message, severity])).toEqual([
    ['usual', 'warning'],
    ['worse', 'error'],
  ]);
});

describe('the list of rules', () => {
  const folder = join(__dirname, '../../lib/rules');

  test('is sorted by code, and no code or slug stands twice', () => {
    const codes = NETWORK_RULES.map(({ code }) => code);
    expect(codes).toEqual([...new Set(codes)].sort(compareText));
    expect(new Set(NETWORK_RULES.map(({ slug }) => slug)).size).toBe(NETWORK_RULES.length);
  });

  test('holds every file that defines a rule, named after its slug', () => {
    const files = readdirSync(folder).filter((file) =>
      readFileSync(join(folder, file), 'utf8').includes(': NetworkRule = {'),
    );
    expect(files.sort(compareText)).toEqual(NETWORK_RULES.map(({ slug }) => `${slug}.ts`).sort(compareText));
  });
});
