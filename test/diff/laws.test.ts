import fc from 'fast-check';
import { diffModels, type ExposureChange, type ModelDiff } from '../../lib/diff';
import { networkModel, type SourceObject } from '../../lib/model';
import { objects, sourceObject } from '../rules/expectations';
import { shuffled, shuffledKeys } from '../rules/shuffle';

/** Variants of objects, of which a state has some; of one object there may be several. */
const CANDIDATES = [
  '- Service a/a: { clusterIP: 10.96.0.1, ports: [{ port: 80, name: x }, { port: 53, protocol: UDP, name: y }] }',
  '- Service a/a: { type: LoadBalancer, loadBalancerIP: 192.0.2.1, loadBalancerSourceRanges: [10.0.0.0/8, 192.0.2.0/24], ports: [{ port: 80 }] }',
  '- Service a/a: { type: LoadBalancer, loadBalancerIP: 192.0.2.2, loadBalancerSourceRanges: [10.0.0.0/9], externalIPs: [192.0.2.7, 192.0.2.8], ports: [{ port: 80, nodePort: 30080 }] }',
  '- Service a/b: { type: NodePort, clusterIP: None, ports: [{ port: 80, nodePort: 30090 }] }',
  '- Service a/b: { type: NodePort, ports: [{ port: 80, nodePort: 30091 }] }',
  '- Deployment a/web: { labels: { app: web }, ports: [{ containerPort: 80, hostPort: 80 }] }',
  '- Deployment a/web: { labels: { app: web, tier: x }, ports: [{ containerPort: 80 }, { containerPort: 81, name: m }] }',
  '- NetworkPolicy a/p: { podSelector: { matchLabels: { tier: x } }, ingress: [{ ports: [{ port: 80 }] }, { from: [{ podSelector: {} }] }] }',
  '- NetworkPolicy a/p: { podSelector: {}, ingress: [{ from: [{ podSelector: {} }, { namespaceSelector: {} }] }] }',
  '- IPPool p: { cidr: 10.48.0.0/16 }',
  '- IPPool p: { cidr: 10.48.0.0/15, blockSize: 24 }',
  '- ServiceCIDR s: { cidrs: [10.97.0.0/16] }',
  "- ServiceCIDR s: { cidrs: [10.98.0.0/16, 'fd00::/112'] }",
  '- IPAddressPool m/p: { addresses: [192.0.2.0/28, 192.0.2.32-192.0.2.40] }',
  '- IPAddressPool m/p: { addresses: [192.0.2.0/29] }',
  '- Gateway a/g: { listeners: [{ name: a, port: 80, protocol: HTTP }, { name: b, port: 443, protocol: HTTPS }] }',
  '- HTTPRoute a/r: { parentRefs: [{ name: g }], hostnames: [b.example.com, a.example.com], rules: [{ backendRefs: [{ name: a, port: 80 }] }] }',
  '- HTTPRoute a/r: { parentRefs: [{ name: g }], rules: [{ matches: [{ path: { value: /api } }], backendRefs: [{ name: a, port: 80 }] }] }',
  '- Ingress a/i: { rules: [{ host: a.example.com, http: { paths: [{ path: /b, pathType: Prefix, backend: { service: { name: a, port: { number: 80 } } } }, { path: /a/x, pathType: Prefix, backend: { service: { name: a, port: { number: 80 } } } }] } }] }',
  '- Ingress a/i: { rules: [{ host: a.example.com, http: { paths: [{ path: /a, pathType: Prefix, backend: { service: { name: a, port: { number: 80 } } } }, { path: /b/x, pathType: Prefix, backend: { service: { name: a, port: { number: 80 } } } }] } }] }',
].map((line) => objects(line)[0].manifest);

type Manifests = readonly unknown[];

const state = fc.subarray(CANDIDATES).map(withoutDuplicates);

/** Of an object that is defined twice the first counts, which is told by its place: here by its name alone. */
function withoutDuplicates(manifests: Manifests): Manifests {
  return [...new Map(manifests.map((manifest) => [nameOf(manifest), manifest])).values()];
}

function nameOf(manifest: unknown): string {
  const { kind, metadata } = manifest as { kind: string; metadata: { name: string } };
  return `${kind}-${metadata.name}`;
}

function sources(manifests: Manifests): SourceObject[] {
  return manifests.map((manifest) => sourceObject(manifest, nameOf(manifest)));
}

function diff(before: Manifests, after: Manifests): ModelDiff {
  return diffModels(networkModel(sources(before), {}), networkModel(sources(after), {}));
}

/** In another order, with other orders of keys. */
const rewritten = (manifests: Manifests): fc.Arbitrary<unknown[]> =>
  shuffled(manifests).chain((order) => fc.tuple(...order.map(shuffledKeys)));

test('a state differs from itself in nothing', () => {
  fc.assert(
    fc.property(
      state.chain((manifests) => fc.tuple(fc.constant(manifests), rewritten(manifests))),
      ([manifests, same]) => {
        expect(diff(manifests, same)).toEqual({
          objects: [],
          addresses: [],
          exposure: [],
          unevaluated: [],
          connections: [],
          findings: [],
        });
      },
    ),
  );
});

test('orders change nothing', () => {
  fc.assert(
    fc.property(
      fc
        .tuple(state, state)
        .chain(([a, b]) => fc.tuple(fc.constant([a, b] as const), fc.tuple(rewritten(a), rewritten(b)))),
      ([[a, b], [c, d]]) => {
        expect(JSON.stringify(diff(c, d))).toBe(JSON.stringify(diff(a, b)));
      },
    ),
  );
});

const MIRRORED = { added: 'removed', removed: 'added', changed: 'changed', moved: 'moved' } as const;
const MIRRORED_EXPOSURE: Record<ExposureChange['change'], ExposureChange['change']> = {
  exposed: 'withdrawn',
  withdrawn: 'exposed',
  widened: 'narrowed',
  narrowed: 'widened',
  altered: 'altered',
};

/** Sorted texts: the order of rows says which change they are. */
function rowsOf(rows: readonly object[]): string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}

test('the way back is the mirror of the way there', () => {
  fc.assert(
    fc.property(state, state, (a, b) => {
      const [there, back] = [diff(a, b), diff(b, a)];
      expect(
        rowsOf(
          back.objects.map((row) => ({
            ...row,
            change: MIRRORED[row.change],
            before: row.after,
            after: row.before,
            fields: row.fields.map(({ field, before, after }) => ({ field, before: after, after: before })),
          })),
        ),
      ).toEqual(rowsOf(there.objects));
      expect(
        rowsOf(
          back.addresses.map((row) => ({ ...row, change: MIRRORED[row.change], before: row.after, after: row.before })),
        ),
      ).toEqual(rowsOf(there.addresses));
      expect(
        rowsOf(
          back.exposure.map((row) => ({
            ...row,
            change: MIRRORED_EXPOSURE[row.change],
            before: row.after,
            after: row.before,
          })),
        ),
      ).toEqual(rowsOf(there.exposure));
    }),
  );
});
