import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { compareFindings, type Finding, objectText } from '../../lib/finding/finding';
import { readManifests } from '../../lib/manifests';
import { networkModel, record, type SourceObject } from '../../lib/model';
import { NETWORK_RULES, runRules } from '../../lib/rules';
import { CORPUS, describeCorpus, manifests } from '../corpus/corpus';
import { facts, findingText, sourceObject } from './expectations';
import { shuffled, shuffledKeys } from './shuffle';

const FACTS = facts({
  serviceCidrs: '10.96.0.0/16,fd00:96::/112',
  podCidrs: '10.244.0.0/16',
  nodeCidrs: '192.168.10.0/24',
  loadBalancerCidrs: '192.0.2.0/28',
  nodePortRange: '30000-32767',
  kubernetesVersion: '1.33',
});

function run(sources: readonly SourceObject[]): string[] {
  return [...runRules(NETWORK_RULES, networkModel(sources, FACTS)).findings].sort(compareFindings).map(findingText);
}

/** A number of 32 bits that a seed and a position decide, so that a failure can be repeated from its seed. */
function scrambled(seed: number, position: number): number {
  let value = (seed ^ Math.imul(position + 1, 0x9e3779b1)) >>> 0;
  value = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  value = Math.imul(value ^ (value >>> 16), 0x45d9f3b);
  return (value ^ (value >>> 16)) >>> 0;
}

/** What a value may turn into: other types, and the edges of each. */
const STRANGERS: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  65536,
  '',
  '0',
  'x',
  '*',
  '10.0.0.0/8',
  'fd00::1',
  '300.1.1.1/99',
  '::ffff:1.2.3.4',
  [],
  {},
  [null],
  [[]],
  [{}],
  { a: {} },
  'a'.repeat(300),
];

/** One node of the value deleted, doubled, retyped or moved up. */
function mutated(value: unknown, seed: number): unknown {
  let counter = 0;
  const target = scrambled(seed, 0) % countNodes(value);
  const visit = (node: unknown): readonly unknown[] => {
    const hit = counter++ === target;
    if (hit) {
      const choice = scrambled(seed, 1);
      switch (choice % 4) {
        case 0:
          return [];
        case 1:
          return [node, node];
        case 2:
          return [STRANGERS[scrambled(seed, 2) % STRANGERS.length]];
        default:
          return [typeof node === 'object' && node !== null ? Object.values(node).at(0) : [node]];
      }
    }
    if (Array.isArray(node)) return [node.flatMap(visit)];
    if (typeof node !== 'object' || node === null) return [node];
    return [
      Object.fromEntries(
        Object.entries(node).flatMap(([key, inner]) =>
          visit(inner).map((changed, index): [string, unknown] => [index === 0 ? key : `${key}x`, changed]),
        ),
      ),
    ];
  };
  return visit(value).at(0);
}

const LONG_TEXTS: readonly string[] = [
  'x'.repeat(10_000),
  'a b\n'.repeat(2500),
  '😀'.repeat(5000),
  'a.'.repeat(5000) + 'a',
  `$\{${'A'.repeat(10_000)}}`,
];

/** Some texts of the value made long, and some of its keys. */
function withLongTexts(value: unknown, seed: number): unknown {
  let counter = 0;
  const text = LONG_TEXTS[scrambled(seed, 0) % LONG_TEXTS.length];
  const isHit = (): boolean => scrambled(seed, ++counter) % 8 === 0;
  const visit = (node: unknown, key?: string): unknown => {
    if (key === 'apiVersion' || key === 'kind') return node;
    if (typeof node === 'string') return !isHit() ? node : isHit() ? node + text : text;
    if (Array.isArray(node)) return node.map((item) => visit(item));
    if (typeof node !== 'object' || node === null) return node;
    const isOfKeys = key === 'labels' || key === 'annotations' || key === 'matchLabels' || key === 'selector';
    return Object.fromEntries(
      Object.entries(node).map(([name, inner]) => [(isOfKeys || isHit()) && isHit() ? text : name, visit(inner, name)]),
    );
  };
  return visit(value);
}

function textsOf({ message, help, object, related }: Finding): readonly string[] {
  return [message, help, objectText(object), ...related.flatMap((other) => [other.message, objectText(other.object)])];
}

function countNodes(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, inner) => sum + countNodes(inner), 1);
}

const KINDS = [
  'v1 Service',
  'v1 Endpoints',
  'v1 Pod',
  'v1 Node',
  'v1 Namespace',
  'v1 Secret',
  'v1 ConfigMap',
  'apps/v1 Deployment',
  'apps/v1 StatefulSet',
  'batch/v1 CronJob',
  'discovery.k8s.io/v1 EndpointSlice',
  'networking.k8s.io/v1 Ingress',
  'networking.k8s.io/v1 IngressClass',
  'networking.k8s.io/v1 NetworkPolicy',
  'networking.k8s.io/v1 ServiceCIDR',
  'gateway.networking.k8s.io/v1 Gateway',
  'gateway.networking.k8s.io/v1 HTTPRoute',
  'gateway.networking.k8s.io/v1 ListenerSet',
  'gateway.networking.k8s.io/v1beta1 ReferenceGrant',
  'projectcalico.org/v3 IPPool',
  'projectcalico.org/v3 GlobalNetworkPolicy',
  'operator.tigera.io/v1 Installation',
  'metallb.io/v1beta1 IPAddressPool',
  'cilium.io/v2 CiliumLoadBalancerIPPool',
  'kubeadm.k8s.io/v1beta4 ClusterConfiguration',
];
/** Names of fields that the rules look at, so that random values get deep into them. */
const FIELDS = [
  ...['spec', 'metadata', 'ports', 'port', 'name', 'selector', 'matchLabels', 'matchExpressions', 'rules', 'http'],
  ...['paths', 'backend', 'service', 'tls', 'hosts', 'listeners', 'parentRefs', 'backendRefs', 'filters', 'ingress'],
  ...['from', 'ipBlock', 'cidr', 'except', 'addresses', 'blocks', 'cidrs', 'template', 'containers', 'subsets'],
  ...['labels', 'annotations', 'endpoints', 'clusterIPs', 'externalIPs', 'egress', 'to', '__proto__', 'constructor'],
];
const anything: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom(...STRANGERS),
    fc.dictionary(fc.constantFrom(...FIELDS), tie('value'), { maxKeys: 5 }),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
})).value;
const anyObject = fc
  .tuple(fc.constantFrom(...KINDS), fc.constantFrom('a', 'b', 'A b'), anything, anything)
  .map(([title, name, spec, rest]) => {
    const [apiVersion, kind] = title.split(' ');
    const more = record(rest) ?? {};
    return { ...more, apiVersion, kind, metadata: { ...record(more.metadata), name }, spec };
  });

/** The objects as they are, and in another order with the keys of each in another order. */
function withAnotherOrder(
  sources: readonly SourceObject[],
): fc.Arbitrary<[readonly SourceObject[], readonly SourceObject[]]> {
  const mixed = sources.map((source) => shuffledKeys(source.manifest).map((manifest) => ({ ...source, manifest })));
  return fc.tuple(fc.constant(sources), fc.tuple(...mixed).chain(shuffled));
}

test('any value in any place: no exception, whatever the order', () => {
  const values = fc.array(anyObject, { maxLength: 6 });
  const sources = values.map((some) => some.map((value, index) => sourceObject(value, `object-${index}`)));
  fc.assert(
    fc.property(sources.chain(withAnotherOrder), ([one, other]) => {
      expect(run(other)).toEqual(run(one));
    }),
    { numRuns: 300 },
  );
});

describeCorpus('real manifests, broken in one place each', () => {
  const folder = join(CORPUS, 'good');
  const sets = readdirSync(folder)
    .map((name) => manifests(join(folder, name)))
    .filter(({ length }) => length > 0 && length <= 100);

  test('no exception, whatever the order', () => {
    expect(sets.length).toBeGreaterThan(0);
    fc.assert(
      fc.property(fc.nat({ max: sets.length - 1 }), fc.integer(), (index, seed) => {
        const broken = sets[index].map((source, position) => ({
          ...source,
          manifest: mutated(source.manifest, scrambled(seed, position)),
        }));
        const order = [...broken.entries()].sort(([a], [b]) => scrambled(~seed, a) - scrambled(~seed, b));
        expect(run(order.map(([, source]) => source))).toEqual(run(broken));
      }),
      { numRuns: 200 },
    );
  });
});

describeCorpus('real manifests with texts of any length', () => {
  const sets = ['good', 'bad'].flatMap((folder) =>
    readdirSync(join(CORPUS, folder))
      .map((name) => manifests(join(CORPUS, folder, name)))
      .filter(({ length }) => length > 0 && length <= 100),
  );

  test('what is said of them is short', () => {
    fc.assert(
      fc.property(fc.nat({ max: sets.length - 1 }), fc.integer(), (index, seed) => {
        const items = sets[index].map(({ manifest }, position) => withLongTexts(manifest, scrambled(seed, position)));
        const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
        const read = readManifests([{ path: 'list.json', bytes: new TextEncoder().encode(text) }]);
        const { findings, skipped } = runRules(NETWORK_RULES, networkModel(read.objects, FACTS));
        const texts = [...[...read.findings, ...findings].flatMap(textsOf), ...skipped.map(({ because }) => because)];
        expect(texts.filter(({ length }) => length > 1000)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
