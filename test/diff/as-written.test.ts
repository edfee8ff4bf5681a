import { asWritten, diffModels } from '../../lib/diff';
import { networkModel, type SourceObject } from '../../lib/model';

function sources(...manifests: readonly object[]): SourceObject[] {
  return manifests.map((manifest) => ({
    manifest,
    locate: () => ({ file: 'f', line: null, column: null, construct: null }),
  }));
}

const METADATA = { name: 'web', namespace: 'shop' };
const LIVE_METADATA = { ...METADATA, uid: '1', labels: { 'app.kubernetes.io/instance': 'web' } };

const WRITTEN = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: METADATA,
  spec: {
    selector: { app: 'web' },
    ports: [
      { name: 'http', port: 80, targetPort: 8080 },
      { name: 'admin', port: 81 },
    ],
  },
};

const LIVE = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: LIVE_METADATA,
  spec: {
    type: 'ClusterIP',
    clusterIP: '10.96.0.7',
    clusterIPs: ['10.96.0.7'],
    ipFamilies: ['IPv4'],
    ipFamilyPolicy: 'SingleStack',
    internalTrafficPolicy: 'Cluster',
    sessionAffinity: 'None',
    selector: { app: 'web' },
    // Another order, as a server-side apply may leave it.
    ports: [
      { name: 'admin', port: 81, targetPort: 81, protocol: 'TCP' },
      { name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' },
    ],
  },
  status: { loadBalancer: {} },
};

const changes = (live: readonly object[], written: readonly object[]): readonly string[] => {
  const [before, after] = [sources(...live), sources(...written)];
  return diffModels(networkModel(asWritten(before, after), {}), networkModel(after, {}), {
    hostNetwork: 'node',
  }).objects.map(({ object, change, fields }) =>
    `${change} ${object.kind} ${object.name} ${fields.map(({ field }) => field).join()}`.trim(),
  );
};

test('what the server has added is no difference', () => {
  expect(changes([LIVE], [WRITTEN])).toEqual([]);
});

test('what an apply would change is one', () => {
  const other = { ...LIVE, spec: { ...LIVE.spec, selector: { app: 'old' } } };
  expect(changes([other], [WRITTEN])).toEqual([expect.stringContaining('Service web spec.selector.app')]);
  const more = {
    ...LIVE,
    spec: { ...LIVE.spec, ports: [...LIVE.spec.ports, { name: 'extra', port: 90, protocol: 'TCP' }] },
  };
  expect(changes([more], [WRITTEN]).join()).toContain('spec.ports[90/TCP]');
});

test('what controllers have made, and what every cluster has, is nobody’s to write', () => {
  const owned = (kind: string): object => ({
    apiVersion: 'v1',
    kind,
    metadata: {
      name: 'x',
      namespace: 'shop',
      uid: '2',
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web', uid: '3', controller: true }],
    },
  });
  const made = [
    owned('Pod'),
    { apiVersion: 'v1', kind: 'Endpoints', metadata: LIVE_METADATA },
    { apiVersion: 'v1', kind: 'Node', metadata: { name: 'n1', uid: '4' } },
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'kube-system', uid: '5' } },
  ];
  expect(changes([LIVE, ...made], [WRITTEN])).toEqual([]);
  const foreign = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'mine', namespace: 'shop', uid: '6' },
    spec: {},
  };
  expect(changes([LIVE, foreign], [WRITTEN])).toEqual([expect.stringContaining('Service mine')]);
});
