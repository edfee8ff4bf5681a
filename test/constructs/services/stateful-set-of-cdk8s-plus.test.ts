import { Chart, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { HeadlessService, Pods } from '../../../lib';

const containers = [{ image: 'db', portNumber: 5432, securityContext: { user: 1000 } }];

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: { readonly serviceName?: string; readonly selector: Record<string, unknown> };
}

test('a StatefulSet of cdk8s-plus has its names under our headless Service, and no other Service', () => {
  const chart = new Chart(Testing.app(), 'shop', { namespace: 'shop' });
  const peers = new HeadlessService(chart, 'db', { ports: [{ name: 'postgres', port: 5432 }] });
  const db = new kplus.StatefulSet(chart, 'db-pods', { service: peers.forStatefulSet(), containers });
  const manifests = Testing.synth(chart) as Manifest[];
  expect(manifests.map(({ kind }) => kind)).toEqual(['Service', 'StatefulSet']);
  const [service, statefulSet] = manifests;
  expect(statefulSet.spec.serviceName).toBe(service.metadata.name);
  expect(statefulSet.spec.selector).toEqual({ matchLabels: service.spec.selector });
  expect(peers.podDnsName(`${db.name}-0`)).toBe(`${db.name}-0.db.shop.svc.cluster.local`);
});

test('pods that were given stay', () => {
  const chart = new Chart(Testing.app(), 'shop');
  const peers = new HeadlessService(chart, 'db', { pods: Pods.labelled({ app: 'db' }) });
  new kplus.StatefulSet(chart, 'db-pods', {
    service: peers.forStatefulSet(),
    containers,
    podMetadata: { labels: { app: 'db' } },
  });
  const [service] = Testing.synth(chart) as Manifest[];
  expect(service.spec.selector).toEqual({ app: 'db' });
});

test('without pods it has no selector: its EndpointSlices are written by somebody else', () => {
  const chart = new Chart(Testing.app(), 'shop');
  new HeadlessService(chart, 'db', { ports: [{ port: 5432 }] });
  expect(Testing.synth(chart)).toEqual([
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'db' },
      spec: { type: 'ClusterIP', clusterIP: 'None', ports: [{ port: 5432 }] },
    },
  ]);
});
