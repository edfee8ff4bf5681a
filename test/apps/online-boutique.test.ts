import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onlineBoutique } from '../../apps/online-boutique';
import { meaning, podChoices, selectedWorkloads } from './kubernetes-meaning';
import { type Manifest, objectKey, readManifests, synthesize } from './synthesis';

const UPSTREAM = join(__dirname, '../../../shared/corpus/good/online-boutique-netpol');

if (!existsSync(UPSTREAM)) {
  test('skipped: the demo is not there to compare with', () => {
    expect(existsSync(UPSTREAM)).toBe(false);
  });
} else {
  const upstream = readdirSync(UPSTREAM)
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => readManifests(readFileSync(join(UPSTREAM, file), 'utf8')));
  const { manifests: ours } = synthesize(onlineBoutique);

  const upstreamNetwork = networkObjects(upstream);
  const ourNetwork = networkObjects(ours);

  test('there are the same Services and NetworkPolicies', () => {
    const keys = [...upstreamNetwork.keys()].sort();
    expect(keys.filter((key) => key.startsWith('Service '))).toHaveLength(12);
    expect(keys.filter((key) => key.startsWith('NetworkPolicy '))).toHaveLength(13);
    expect([...ourNetwork.keys()].sort()).toEqual(keys);
  });

  test('there are the same workloads, with the same container ports', () => {
    expect(containerPorts(ours)).toEqual(containerPorts(upstream));
  });

  describe.each([...upstreamNetwork])('%s', (key, theirs) => {
    test('means the same', () => {
      expect(meaning(found(key))).toEqual(meaning(theirs));
    });

    test('selects the same pods', () => {
      const choices = podChoices(found(key)).map(([place, labels]) => [place, selectedWorkloads(ours, labels)]);
      expect(choices).toEqual(
        podChoices(theirs).map(([place, labels]) => [place, selectedWorkloads(upstream, labels)]),
      );
      expect(choices.filter(([, workloads]) => workloads.length === 0)).toEqual([]);
    });
  });

  describe('a difference is seen', () => {
    const service = 'Service default/emailservice';
    const policy = 'NetworkPolicy default/cartservice';

    test.each<[string, string, (copy: Mutable) => void]>([
      ['port', service, ({ spec }) => (spec.ports[0].port = 5001)],
      ['target port', service, ({ spec }) => (spec.ports[0].targetPort = 8081)],
      ['absent target port', service, ({ spec }) => delete spec.ports[0].targetPort],
      ['port name', service, ({ spec }) => (spec.ports[0].name = 'http')],
      ['protocol', service, ({ spec }) => (spec.ports[0].protocol = 'UDP')],
      ['second port', service, ({ spec }) => spec.ports.push({ name: 'more', port: 81 })],
      ['node port', service, ({ spec }) => (spec.ports[0].nodePort = 30000)],
      ['selector', service, ({ spec }) => (spec.selector.app = 'adservice')],
      ['further selector label', service, ({ spec }) => (spec.selector.tier = 'backend')],
      ['type', service, ({ spec }) => (spec.type = 'NodePort')],
      ['headless', service, ({ spec }) => (spec.clusterIP = 'None')],
      ['traffic policy', service, ({ spec }) => (spec.internalTrafficPolicy = 'Local')],
      ['unknown field', service, ({ spec }) => (spec.loadBalancerClass = 'x')],
      ['label', service, ({ metadata }) => (metadata.labels = { app: 'x' })],
      ['namespace', service, ({ metadata }) => (metadata.namespace = 'shop')],
      ['subject', policy, ({ spec }) => (spec.podSelector.matchLabels.app = 'frontend')],
      ['everything as subject', policy, ({ spec }) => (spec.podSelector = {})],
      ['missing peer', policy, ({ spec }) => spec.ingress[0].from.pop()],
      ['no peers, which is everyone', policy, ({ spec }) => (spec.ingress[0].from = [])],
      ['other peer', policy, ({ spec }) => (spec.ingress[0].from[0].podSelector.matchLabels.app = 'adservice')],
      ['peer in any namespace', policy, ({ spec }) => (spec.ingress[0].from[0].namespaceSelector = {})],
      ['policy port', policy, ({ spec }) => (spec.ingress[0].ports[0].port = 7071)],
      ['port range', policy, ({ spec }) => (spec.ingress[0].ports[0].endPort = 7075)],
      ['policy protocol', policy, ({ spec }) => (spec.ingress[0].ports[0].protocol = 'SCTP')],
      ['all ports', policy, ({ spec }) => (spec.ingress[0].ports = [])],
      ['second rule', policy, ({ spec }) => spec.ingress.push({ from: [], ports: [] })],
      ['no ingress', policy, ({ spec }) => (spec.ingress = [])],
      ['no egress', policy, ({ spec }) => (spec.egress = [])],
      ['types', policy, ({ spec }) => (spec.policyTypes = ['Ingress'])],
    ])('%s', (_, key, change) => {
      const copy = structuredClone(found(key));
      change(copy as unknown as Mutable);
      expect(meaning(copy)).not.toEqual(meaning(found(key)));
    });

    test('in what a selector selects', () => {
      expect(selectedWorkloads(ours, { app: 'cartservice' })).toEqual(['cartservice']);
      expect(selectedWorkloads(ours, { app: 'cart' })).toEqual([]);
      expect(selectedWorkloads(ours, {})).toHaveLength(12);
    });
  });

  describe('what the API server makes the same is no difference', () => {
    test.each<[string, string, (copy: Mutable) => void]>([
      [
        'defaults of a Service',
        'Service default/adservice',
        ({ spec }) => {
          delete spec.type;
          spec.ports[0].protocol = 'TCP';
          spec.sessionAffinity = 'None';
          spec.externalIPs = [];
        },
      ],
      ['target port that is the port', 'Service default/adservice', ({ spec }) => delete spec.ports[0].targetPort],
      [
        'policy types of rules in both directions',
        'NetworkPolicy default/adservice',
        ({ spec }) => delete spec.policyTypes,
      ],
      ['empty rules', 'NetworkPolicy default/deny-all', ({ spec }) => (spec.ingress = [])],
      ['order of peers', 'NetworkPolicy default/cartservice', ({ spec }) => spec.ingress[0].from.reverse()],
    ])('%s', (_, key, change) => {
      const copy = structuredClone(found(key));
      change(copy as unknown as Mutable);
      expect(meaning(copy)).toEqual(meaning(found(key)));
      expect(copy).not.toEqual(found(key));
    });
  });

  function found(key: string): Manifest {
    const manifest = ourNetwork.get(key);
    if (manifest === undefined) throw new Error(`the app has no ${key}`);
    return manifest;
  }
}

function networkObjects(manifests: readonly Manifest[]): Map<string, Manifest> {
  const network = manifests.filter(({ kind }) => kind === 'Service' || kind === 'NetworkPolicy');
  const byKey = new Map(network.map((manifest) => [objectKey(manifest), manifest]));
  // Two objects of one name would hide one another.
  expect(byKey.size).toBe(network.length);
  return byKey;
}

function containerPorts(manifests: readonly Manifest[]): Map<string, number[]> {
  interface Workload {
    readonly spec: { readonly template: { readonly spec: { readonly containers: readonly Container[] } } };
  }
  interface Container {
    readonly ports?: readonly { readonly containerPort: number }[];
  }
  return new Map(
    manifests
      .filter(({ kind }) => kind === 'Deployment')
      .sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1))
      .map((workload) => [
        workload.metadata.name,
        (workload as unknown as Workload).spec.template.spec.containers.flatMap(({ ports = [] }) =>
          ports.map(({ containerPort }) => containerPort),
        ),
      ]),
  );
}

/** An object whose fields a test may change at will. */
interface Mutable {
  readonly metadata: Record<string, unknown>;
  readonly spec: {
    [field: string]: unknown;
    ports: Record<string, unknown>[];
    selector: Record<string, string>;
    podSelector: { matchLabels: Record<string, string> } | Record<string, never>;
    ingress: MutableRule[];
  };
}

interface MutableRule {
  from: { podSelector: { matchLabels: Record<string, string> }; namespaceSelector?: object }[];
  ports: Record<string, unknown>[];
}
