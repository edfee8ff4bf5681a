import { Deployment } from 'cdk8s-plus-28';
import { Chart, Testing } from 'cdk8s';
import { NetworkPolicy, type NetworkPolicyProps, Pods, PolicyPeer, PolicyPort, Protocol } from '../../../lib';
import { manifestOf, problemsOf, shopChart, specOf, synthOutput } from '../synthesized';

const DB = Pods.labelled({ app: 'db' });
const WEB = Pods.labelled({ app: 'web' });

function policy(props: Partial<NetworkPolicyProps>): NetworkPolicy {
  return new NetworkPolicy(shopChart(), 'db', { subject: DB, ...props });
}

test('manifest', () => {
  const db = policy({
    name: 'db.access',
    labels: { a: 'b' },
    annotations: { 'example.com/why': 'because' },
    ingress: [{ from: [PolicyPeer.pods(WEB)], ports: [PolicyPort.tcp(5432)] }],
    egress: [],
  });
  expect(manifestOf(db)).toEqual({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: {
      name: 'db.access',
      namespace: 'shop',
      labels: { a: 'b' },
      annotations: { 'example.com/why': 'because' },
    },
    spec: {
      podSelector: { matchLabels: { app: 'db' } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 5432, protocol: 'TCP' }] }],
    },
  });
  expect([db.name, db.namespace]).toEqual(['db.access', 'shop']);
  expect(problemsOf(db)).toEqual([]);
});

describe('directions', () => {
  test.each<[string, Partial<NetworkPolicyProps>, object]>([
    ['ingress, nothing allowed', { ingress: [] }, { policyTypes: ['Ingress'] }],
    ['egress, nothing allowed', { egress: [] }, { policyTypes: ['Egress'] }],
    [
      'egress does not isolate ingress',
      { egress: [{ to: [PolicyPeer.anyone()] }] },
      { policyTypes: ['Egress'], egress: [{}] },
    ],
    [
      'ingress from everyone',
      { ingress: [{ from: [PolicyPeer.anyone()] }] },
      { policyTypes: ['Ingress'], ingress: [{}] },
    ],
    [
      'everyone makes other peers of the rule needless',
      { ingress: [{ from: [PolicyPeer.pods(WEB), PolicyPeer.anyone()], ports: [PolicyPort.tcp(80)] }] },
      { policyTypes: ['Ingress'], ingress: [{ ports: [{ port: 80, protocol: 'TCP' }] }] },
    ],
  ])('%s', (_, props, spec) => {
    expect(specOf(policy(props))).toEqual({ podSelector: { matchLabels: { app: 'db' } }, ...spec });
    expect(problemsOf(policy(props))).toEqual([]);
  });

  test('grow', () => {
    const db = policy({});
    db.allowFrom([PolicyPeer.pods(WEB)], [PolicyPort.tcp(5432)]);
    db.allowFrom([PolicyPeer.namespace('monitoring')]);
    expect(specOf(db)).toEqual({
      podSelector: { matchLabels: { app: 'db' } },
      policyTypes: ['Ingress'],
      ingress: [
        { from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 5432, protocol: 'TCP' }] },
        { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }] },
      ],
    });
    db.allowTo([PolicyPeer.cidr('192.0.2.0/24')]);
    expect(specOf(db)).toMatchObject({
      policyTypes: ['Ingress', 'Egress'],
      egress: [{ to: [{ ipBlock: { cidr: '192.0.2.0/24' } }] }],
    });
    expect(problemsOf(db)).toEqual([]);
  });

  test('DNS', () => {
    const db = policy({});
    db.allowDns();
    db.allowDns({
      resolver: PolicyPeer.podsIn('openshift-dns', Pods.labelled({ dns: 'default' })),
      ports: [PolicyPort.udp(5353)],
    });
    expect(specOf(db)).toEqual({
      podSelector: { matchLabels: { app: 'db' } },
      policyTypes: ['Egress'],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
              podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
            },
          ],
          ports: [
            { port: 53, protocol: 'UDP' },
            { port: 53, protocol: 'TCP' },
          ],
        },
        {
          to: [
            {
              namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'openshift-dns' } },
              podSelector: { matchLabels: { dns: 'default' } },
            },
          ],
          ports: [{ port: 5353, protocol: 'UDP' }],
        },
      ],
    });
  });
});

describe('defaultDeny()', () => {
  test.each<[{ ingress?: boolean; egress?: boolean }, string[]]>([
    [{}, ['Ingress', 'Egress']],
    [{ egress: false }, ['Ingress']],
    [{ ingress: false }, ['Egress']],
  ])('%j', (props, policyTypes) => {
    const deny = NetworkPolicy.defaultDeny(shopChart(), 'default-deny', { namespace: 'back', ...props });
    expect(manifestOf(deny)).toEqual({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'default-deny', namespace: 'back' },
      spec: { podSelector: {}, policyTypes },
    });
    expect(problemsOf(deny)).toEqual([]);
  });

  test('of nothing', () => {
    const deny = NetworkPolicy.defaultDeny(shopChart(), 'd', { ingress: false, egress: false });
    expect(problemsOf(deny)).toEqual([
      'NL982 the policy has neither ingress nor egress, which the API takes for no ingress',
    ]);
  });

  test('is remembered with the line of user code', () => {
    const deny = NetworkPolicy.defaultDeny(shopChart(), 'Not a name');
    expect(synthOutput(deny)).toMatch(
      /--> test\/constructs\/policies\/network-policy\.test\.ts:\d+:\d+ NetworkPolicy shop\/Not a name/,
    );
  });
});

describe('peers', () => {
  const namespaceCalled = (name: string): object => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });
  const web = { matchLabels: { app: 'web' } };

  test.each<[string, PolicyPeer, object]>([
    ['pods', PolicyPeer.pods(WEB), { podSelector: web }],
    ['all pods of the namespace', PolicyPeer.pods(Pods.all()), { podSelector: {} }],
    ['podsIn', PolicyPeer.podsIn('front', WEB), { podSelector: web, namespaceSelector: namespaceCalled('front') }],
    [
      'podsInNamespaces',
      PolicyPeer.podsInNamespaces({ team: 'a' }, WEB),
      { podSelector: web, namespaceSelector: { matchLabels: { team: 'a' } } },
    ],
    ['podsInAnyNamespace', PolicyPeer.podsInAnyNamespace(WEB), { podSelector: web, namespaceSelector: {} }],
    ['namespace', PolicyPeer.namespace('front'), { namespaceSelector: namespaceCalled('front') }],
    [
      'namespaceLabels',
      PolicyPeer.namespaceLabels({ team: 'a' }),
      { namespaceSelector: { matchLabels: { team: 'a' } } },
    ],
    ['anyNamespace', PolicyPeer.anyNamespace(), { namespaceSelector: {} }],
    ['cidr', PolicyPeer.cidr('10.0.0.0/8'), { ipBlock: { cidr: '10.0.0.0/8' } }],
    [
      'cidr with exceptions',
      PolicyPeer.cidr('10.0.0.0/8', { except: ['10.1.0.0/16', '10.2.0.0/16'] }),
      { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.2.0.0/16'] } },
    ],
  ])('%s', (_, peer, spec) => {
    const db = policy({ ingress: [{ from: [peer] }] });
    expect(specOf(db)).toMatchObject({ ingress: [{ from: [spec] }] });
    expect((specOf(db) as { ingress: { from: unknown[] }[] }).ingress[0]?.from).toEqual([spec]);
    expect(problemsOf(db)).toEqual([]);
  });

  test('a workload brings its namespace along', () => {
    const app = Testing.app();
    const chart = new Chart(app, 'shop', { namespace: 'shop' });
    const near = new Deployment(chart, 'near', { containers: [{ image: 'x' }] });
    const far = new Deployment(new Chart(app, 'front', { namespace: 'front' }), 'far', {
      containers: [{ image: 'x' }],
    });
    const db = new NetworkPolicy(chart, 'db', {
      subject: DB,
      ingress: [{ from: [PolicyPeer.pods(Pods.of(near)), PolicyPeer.pods(Pods.of(far))] }],
    });
    expect((specOf(db) as { ingress: unknown[] }).ingress).toEqual([
      {
        from: [
          { podSelector: { matchLabels: near.matchLabels } },
          { podSelector: { matchLabels: far.matchLabels }, namespaceSelector: namespaceCalled('front') },
        ],
      },
    ]);
    expect(problemsOf(db)).toEqual([]);
  });

  test('a workload is not looked for in another namespace', () => {
    const chart = shopChart();
    const near = new Deployment(chart, 'near', { containers: [{ image: 'x' }] });
    const db = new NetworkPolicy(chart, 'db', {
      subject: DB,
      ingress: [{ from: [PolicyPeer.podsIn('front', Pods.of(near))] }],
    });
    expect(problemsOf(db)).toEqual(['NL983 a peer is looked for in namespace front, and its pods are in shop']);
  });
});

test.each<[string, PolicyPort, object]>([
  ['tcp', PolicyPort.tcp(80), { port: 80, protocol: 'TCP' }],
  ['udp', PolicyPort.udp(53), { port: 53, protocol: 'UDP' }],
  ['sctp', PolicyPort.sctp(9), { port: 9, protocol: 'SCTP' }],
  ['tcpRange', PolicyPort.tcpRange(8000, 8080), { port: 8000, endPort: 8080, protocol: 'TCP' }],
  ['udpRange', PolicyPort.udpRange(1, 1), { port: 1, endPort: 1, protocol: 'UDP' }],
  ['sctpRange', PolicyPort.sctpRange(1, 65535), { port: 1, endPort: 65535, protocol: 'SCTP' }],
  ['named', PolicyPort.named('http'), { port: 'http', protocol: 'TCP' }],
  ['named, UDP', PolicyPort.named('dns', Protocol.UDP), { port: 'dns', protocol: 'UDP' }],
  ['allTcp', PolicyPort.allTcp(), { protocol: 'TCP' }],
  ['allUdp', PolicyPort.allUdp(), { protocol: 'UDP' }],
  ['allSctp', PolicyPort.allSctp(), { protocol: 'SCTP' }],
])('port %s', (_, port, spec) => {
  const db = policy({ ingress: [{ from: [PolicyPeer.anyone()], ports: [port] }] });
  expect((specOf(db) as { ingress: unknown }).ingress).toEqual([{ ports: [spec] }]);
  expect(problemsOf(db)).toEqual([]);
});

describe('problems', () => {
  const from = [PolicyPeer.anyone()];

  test.each<[string, Partial<NetworkPolicyProps>, string[]]>([
    ['no direction', {}, ['NL982 the policy has neither ingress nor egress, which the API takes for no ingress']],
    ['name', { name: 'DB', ingress: [] }, ['NL921 the name "DB" is not a DNS name']],
    ['no peers', { ingress: [{ from: [] }] }, ['NL982 ingress[0].from is empty, which the API takes for everyone']],
    ['no peers', { egress: [{ to: [] }] }, ['NL982 egress[0].to is empty, which the API takes for everyone']],
    [
      'no ports',
      { ingress: [{ from, ports: [] }] },
      ['NL982 ingress[0].ports is empty, which the API takes for all ports'],
    ],
    [
      'port 0',
      { ingress: [{ from, ports: [PolicyPort.tcp(0)] }] },
      ['NL504 ingress[0].ports[0]: the port 0 is not a port number'],
    ],
    [
      'port range backwards',
      { ingress: [{ from, ports: [PolicyPort.tcpRange(90, 80)] }] },
      ['NL504 ingress[0].ports[0]: the endPort 80 is less than the port 90'],
    ],
    [
      'port range too long',
      { egress: [{ to: from, ports: [PolicyPort.tcp(1), PolicyPort.tcpRange(80, 70000)] }] },
      ['NL504 egress[0].ports[1]: the endPort 70000 is not a port number'],
    ],
    [
      'port name',
      { ingress: [{ from, ports: [PolicyPort.named('HTTP')] }] },
      ['NL504 ingress[0].ports[0]: the port "HTTP" is not a port name'],
    ],
    [
      'cidr',
      { ingress: [{ from: [PolicyPeer.cidr('10.0.0.5/24')] }] },
      [
        'NL503 ingress[0].from[0]: cidr: 10.0.0.5/24 has host bits set; Kubernetes refuses it since 1.36, and reads 10.0.0.0/24 before',
      ],
    ],
    [
      'except outside',
      { ingress: [{ from: [PolicyPeer.cidr('10.0.0.0/16', { except: ['10.1.0.0/24'] })] }] },
      ['NL503 ingress[0].from[0]: the exception 10.1.0.0/24 is not a part of the block 10.0.0.0/16'],
    ],
    [
      'except everything',
      { ingress: [{ from: [PolicyPeer.cidr('10.0.0.0/16', { except: ['10.0.0.0/16'] })] }] },
      ['NL503 ingress[0].from[0]: the exception 10.0.0.0/16 is not a part of the block 10.0.0.0/16'],
    ],
    [
      'except of another family',
      { ingress: [{ from: [PolicyPeer.cidr('10.0.0.0/16', { except: ['fd00::/64'] })] }] },
      ['NL503 ingress[0].from[0]: the exception fd00::/64 is not a part of the block 10.0.0.0/16'],
    ],
    [
      'namespace',
      { ingress: [{ from: [PolicyPeer.namespace('Front')] }] },
      ['NL506 ingress[0].from[0]: no namespace can be called "Front"'],
    ],
    [
      'no namespace labels',
      { ingress: [{ from: [PolicyPeer.namespaceLabels({}), PolicyPeer.podsInNamespaces({}, WEB)] }] },
      [
        'NL980 a peer was given no namespace label, which would choose every namespace',
        'NL980 a peer was given no namespace label, which would choose every namespace',
      ],
    ],
    [
      'no pod labels',
      { ingress: [{ from: [PolicyPeer.pods(Pods.labelled({}))] }] },
      ['NL980 Pods.labelled() was given no label, which would choose every pod'],
    ],
  ])('%s', (_, props, problems) => {
    expect(problemsOf(policy(props))).toEqual(problems);
  });

  test('a subject elsewhere', () => {
    const app = Testing.app();
    const far = new Deployment(new Chart(app, 'front', { namespace: 'front' }), 'far', {
      containers: [{ image: 'x' }],
    });
    const misplaced = new NetworkPolicy(new Chart(app, 'shop'), 'p', { subject: Pods.of(far), ingress: [] });
    expect(problemsOf(misplaced)).toEqual([
      'NL981 the subject is in namespace front, and the policy is in default: it isolates pods of its own namespace only',
    ]);
  });
});
