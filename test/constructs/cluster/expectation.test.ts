import { Chart, Testing } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import {
  Cluster,
  ClusterIpService,
  type Expectation,
  Ingress,
  IngressBackend,
  NetworkPolicy,
  type NetworkPolicyProps,
  Pods,
  PolicyPeer,
  PolicyPort,
  TargetPort,
} from '../../../lib';
import { synthOutput } from '../synthesized';

interface Shop {
  readonly cluster: Cluster;
  readonly chart: Chart;
  readonly web: Deployment;
  readonly db: Deployment;
}

function shop(policies: readonly Partial<NetworkPolicyProps>[] = []): Shop {
  const cluster = new Cluster(Testing.app(), 'prod', { supernets: ['10.0.0.0/8'], nodes: 10, services: 100 });
  const chart = new Chart(cluster, 'shop', { namespace: 'shop' });
  const pods = (name: string, portNumber: number): Deployment =>
    new Deployment(chart, name, {
      metadata: { name },
      isolate: false,
      containers: [{ image: 'x', portNumber }],
    });
  const [web, db] = [pods('web', 8080), pods('db', 5432)];
  policies.forEach((props, index) => {
    new NetworkPolicy(chart, `policy-${index}`, { name: `policy-${index}`, subject: Pods.of(db), ...props });
  });
  return { cluster, chart, web, db };
}

/** `CODE message` and the line of what is told about the expectations. */
function broken(made: Shop): string[] {
  return [...synthOutput(made.chart).matchAll(/(NL7\d\d) [a-z-]+: (.*)/g)].map(
    ([, code, message]) => `${code} ${message}`,
  );
}

const WEB = PolicyPeer.podsInNamespaces({ 'kubernetes.io/metadata.name': 'shop' }, Pods.all());
const DB_FROM_ALL = { ingress: [{ from: [PolicyPeer.anyone()], ports: [PolicyPort.tcp(5432)] }], egress: [] };
const CLOSED = { ingress: [], egress: [] };

describe('what holds is silent', () => {
  test.each<[string, readonly Partial<NetworkPolicyProps>[], (made: Shop) => Expectation]>([
    ['without policies all is open', [], ({ cluster, web, db }) => cluster.expect(web).toReach(db)],
    ['on a port', [DB_FROM_ALL], ({ cluster, web, db }) => cluster.expect(web).toReach(db, PolicyPort.tcp(5432))],
    [
      'not on another port',
      [DB_FROM_ALL],
      ({ cluster, web, db }) => cluster.expect(web).notToReach(db, PolicyPort.tcp(80)),
    ],
    [
      'not on another protocol',
      [DB_FROM_ALL],
      ({ cluster, web, db }) => cluster.expect(web).notToReach(db, PolicyPort.udp(5432)),
    ],
    [
      'a namespace',
      [DB_FROM_ALL],
      ({ cluster, db }) => cluster.expect(PolicyPeer.namespace('shop')).toReach(db, PolicyPort.tcp(5432)),
    ],
    ['labels', [DB_FROM_ALL], ({ cluster, db }) => cluster.expect(WEB).toReach(db, PolicyPort.tcp(5432))],
    [
      'a CIDR',
      [DB_FROM_ALL],
      ({ cluster, db }) => cluster.expect(PolicyPeer.cidr('192.0.2.0/24')).toReach(db, PolicyPort.tcp(5432)),
    ],
    [
      'anyone',
      [DB_FROM_ALL],
      ({ cluster, db }) => cluster.expect(PolicyPeer.anyone()).toReach(db, PolicyPort.tcp(5432)),
    ],
    ['no way out', [CLOSED], ({ cluster, db }) => cluster.expect(db).notToReach(PolicyPeer.anyone())],
    ['isolated', [CLOSED], ({ cluster, db }) => cluster.expect(db).toBeIsolated()],
    [
      'isolated by two policies',
      [{ ingress: [] }, { egress: [] }],
      ({ cluster, db }) => cluster.expect(db).toBeIsolated(),
    ],
    ['not from outside', [CLOSED], ({ cluster, db }) => cluster.expect(db).notFromOutside()],
    [
      'several in one',
      [CLOSED],
      ({ cluster, db, web }) => cluster.expect(db).toBeIsolated().notFromOutside().notToReach(web),
    ],
  ])('%s', (_name, policies, expectation) => {
    const made = shop(policies);
    expectation(made);
    expect(broken(made)).toEqual([]);
  });
});

describe('what does not hold stops the synth', () => {
  test.each<[string, readonly Partial<NetworkPolicyProps>[], (made: Shop) => Expectation, readonly string[]]>([
    [
      'blocked',
      [CLOSED],
      ({ cluster, web, db }) => cluster.expect(web).toReach(db, PolicyPort.tcp(5432)),
      ['NL701 shop/web[Deployment] must reach shop/db[Deployment] on TCP 5432, and policies do not let it'],
    ],
    [
      'blocked from outside',
      [CLOSED],
      ({ cluster, db }) => cluster.expect(PolicyPeer.cidr('192.0.2.0/24')).toReach(db, PolicyPort.tcp(5432)),
      ['NL701 192.0.2.0-192.0.2.255 must reach shop/db[Deployment] on TCP 5432, and policies do not let it'],
    ],
    [
      'a part of the ports is blocked',
      [DB_FROM_ALL],
      ({ cluster, web, db }) => cluster.expect(web).toReach(db, PolicyPort.tcpRange(5432, 5433)),
      ['NL701 shop/web[Deployment] must reach shop/db[Deployment] on TCP 5433, and policies do not let it'],
    ],
    [
      'open',
      [DB_FROM_ALL],
      ({ cluster, web, db }) => cluster.expect(web).notToReach(db),
      ['NL702 shop/web[Deployment] must not reach shop/db[Deployment], and can: TCP 5432'],
    ],
    [
      'open to a CIDR',
      [],
      ({ cluster, web }) => cluster.expect(web).notToReach(PolicyPeer.cidr('192.0.2.0/24'), PolicyPort.tcp(443)),
      ['NL702 shop/web[Deployment] must not reach 192.0.2.0-192.0.2.255, and can: TCP 443'],
    ],
    [
      'not isolated',
      [{ ingress: [] }],
      ({ cluster, db }) => cluster.expect(db).toBeIsolated(),
      ['NL703 shop/db[Deployment] must be isolated, and no policy selects all of its pods for egress'],
    ],
    [
      'not isolated at all',
      [],
      ({ cluster, db }) => cluster.expect(db).toBeIsolated(),
      ['NL703 shop/db[Deployment] must be isolated, and no policy selects all of its pods for ingress and egress'],
    ],
    [
      'from outside',
      [DB_FROM_ALL],
      ({ cluster, db }) => cluster.expect(db).notFromOutside(),
      ['NL704 0.0.0.0-255.255.255.255 must not reach shop/db[Deployment], and can: TCP 5432'],
    ],
    [
      'labels of nobody',
      [],
      ({ cluster, db }) => cluster.expect(PolicyPeer.podsIn('shop', Pods.labelled({ app: 'none' }))).toReach(db),
      ['NL705 the peer chooses no pods of the cluster'],
    ],
    [
      'a construct that makes no pods',
      [],
      ({ cluster, chart, db }) => cluster.expect(chart).toReach(db),
      ['NL705 Construct /prod/shop makes no pods'],
    ],
    [
      'each for itself',
      [CLOSED],
      ({ cluster, web, db }) => cluster.expect(web).toReach(db).notToReach(web).toBeIsolated(),
      [
        'NL701 shop/web[Deployment] must reach shop/db[Deployment], and policies do not let it',
        'NL703 shop/web[Deployment] must be isolated, and no policy selects all of its pods for ingress and egress',
      ],
    ],
  ])('%s', (_name, policies, expectation, expected) => {
    const made = shop(policies);
    expectation(made);
    expect(broken(made)).toEqual(expected);
  });

  test('a way in through an Ingress', () => {
    const made = shop([{ ingress: [{ from: [PolicyPeer.namespace('ingress-nginx')] }] }]);
    const service = new ClusterIpService(made.chart, 'service', {
      pods: Pods.of(made.db),
      ports: [{ port: 80, targetPort: TargetPort.number(5432) }],
    });
    new Ingress(made.chart, 'ingress', { defaultBackend: IngressBackend.service(service) });
    made.cluster.expect(made.db).notFromOutside();
    expect(broken(made)).toEqual([
      'NL704 nothing outside may reach shop/db[Deployment], and Ingress shop/ingress leads to it: TCP 5432',
    ]);
  });
});

test('the line is that of the expectation, and the policies that decide are told', () => {
  const made = shop([CLOSED, DB_FROM_ALL]);
  made.cluster.expect(made.web).notToReach(made.db);
  const output = synthOutput(made.chart);
  expect(output).toMatch(/NL702 .*\n +--> test\/constructs\/cluster\/expectation\.test\.ts:\d+:\d+ \(prod\)/);
  expect(output).toContain('NetworkPolicy shop/policy-1');
  expect(output).not.toContain('NetworkPolicy shop/policy-0');
});

test('expectations of one cluster speak of its own charts', () => {
  const app = Testing.app();
  const [one, two] = ['one', 'two'].map((name) => new Cluster(app, name, { podCidrs: ['10.0.0.0/16'] }));
  const chart = new Chart(one, 'one-shop', { namespace: 'shop' });
  const web = new Deployment(chart, 'web', { metadata: { name: 'web' }, isolate: false, containers: [{ image: 'x' }] });
  two.expect(web).toBeIsolated();
  expect([...synthOutput(chart).matchAll(/NL7\d\d [a-z-]+: .*/g)].map(String)).toEqual([
    'NL705 expectation-of-nobody: Deployment shop/web makes no pods',
  ]);
});
