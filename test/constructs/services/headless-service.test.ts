import { ApiObject, JsonPatch } from 'cdk8s';
import { k8s, StatefulSet } from 'cdk8s-plus-28';
import { HeadlessService, type HeadlessServiceProps, IpFamily, IpFamilyPolicy, Pods } from '../../../lib';
import { manifestOf, problemsOf, shopChart, specOf } from '../synthesized';

const DB = Pods.labelled({ app: 'db' });

function service(props: Partial<HeadlessServiceProps> = {}): HeadlessService {
  return new HeadlessService(shopChart(), 'db', { pods: DB, ...props });
}

test('needs no ports', () => {
  expect(manifestOf(service())).toEqual({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'db', namespace: 'shop' },
    spec: { type: 'ClusterIP', clusterIP: 'None', selector: { app: 'db' } },
  });
  expect(problemsOf(service())).toEqual([]);
});

test('with every field', () => {
  const db = service({
    ports: [{ port: 5432, name: 'postgres' }],
    ipFamilies: [IpFamily.IPV6],
    ipFamilyPolicy: IpFamilyPolicy.SINGLE_STACK,
    publishNotReadyAddresses: true,
  });
  db.addPort({ port: 9187, name: 'metrics' });
  expect(specOf(db)).toEqual({
    type: 'ClusterIP',
    clusterIP: 'None',
    selector: { app: 'db' },
    ports: [
      { port: 5432, name: 'postgres' },
      { port: 9187, name: 'metrics' },
    ],
    ipFamilies: ['IPv6'],
    ipFamilyPolicy: 'SingleStack',
    publishNotReadyAddresses: true,
  });
  expect(db.ports.map(({ name }) => name)).toEqual(['postgres', 'metrics']);
});

test('names its pods', () => {
  expect(service().podDnsName('db-0')).toBe('db-0.db.shop.svc.cluster.local');
});

describe('governs a StatefulSet', () => {
  test('of the L1 classes', () => {
    const db = service();
    const statefulSet = new k8s.KubeStatefulSet(db.apiObject.chart, 'set', {
      spec: {
        serviceName: db.name,
        selector: { matchLabels: { app: 'db' } },
        template: { metadata: { labels: { app: 'db' } } },
      },
    });
    expect(specOf(statefulSet)).toMatchObject({ serviceName: 'db' });
  });

  test('of cdk8s-plus, which has to be patched', () => {
    const chart = shopChart();
    const statefulSet = new StatefulSet(chart, 'set', { containers: [{ image: 'postgres', portNumber: 5432 }] });
    const db = new HeadlessService(chart, 'db', { pods: Pods.of(statefulSet), ports: [{ port: 5432 }] });
    ApiObject.of(statefulSet).addJsonPatch(JsonPatch.replace('/spec/serviceName', db.name));
    expect(specOf(statefulSet)).toMatchObject({
      serviceName: 'db',
      selector: { matchLabels: (specOf(db) as { selector: object }).selector },
    });
  });
});

test.each<[Partial<HeadlessServiceProps>, string[]]>([
  [{ ports: [{ port: 0 }] }, ['NL231 ports[0].port is 0, which is not a whole number from 1 to 65535']],
  [{ ipFamilies: [IpFamily.IPV6, IpFamily.IPV6] }, ['NL239 ipFamilies[1] IPv6 is listed twice']],
  [{ pods: Pods.labelled({}) }, ['NL980 Pods.labelled() was given no label, which would choose every pod']],
])('problems of %j', (props, problems) => {
  expect(problemsOf(service(props))).toEqual(problems);
});
