import { Chart, Testing } from 'cdk8s';
import fc from 'fast-check';
import {
  BackendPort,
  BgpPeer,
  CiliumLoadBalancerIpPool,
  Cluster,
  ClusterIp,
  ClusterIpService,
  ExternalEndpointsService,
  ExternalNameService,
  HeadlessService,
  Ingress,
  IngressBackend,
  IngressClass,
  IpAddressPool,
  IpFamily,
  IpFamilyPolicy,
  IpPool,
  LoadBalancerImplementation,
  LoadBalancerIp,
  LoadBalancerService,
  NetworkPolicy,
  NodePort,
  NodePortService,
  PathType,
  Pods,
  PolicyPeer,
  PolicyPort,
  Protocol,
  ServiceReference,
  SessionAffinity,
  TargetPort,
  TrafficPolicy,
} from '../../lib';
import { analysisOf, judgements } from './same-judgement';

/** Values that are right, and values that somebody may write by mistake. */
const NAME = fc.constantFrom('web', 'api', 'Web', '1web', 'web.shop', 'a b', 'x'.repeat(64));
const NAMESPACE = fc.constantFrom(undefined, 'shop', 'Shop', 'front');
const ADDRESS = fc.constantFrom(
  '10.96.0.7',
  '10.96.0.8',
  'fd00::7',
  '999.1.1.1',
  '192.0.2.7',
  '127.0.0.1',
  '010.0.0.1',
  'a',
);
const CIDR = fc.constantFrom(
  '10.0.0.0/16',
  '10.0.1.0/24',
  '10.0.0.5/24',
  'fd00::/64',
  '10.0.0.0/33',
  'a',
  '169.254.0.0/20',
);
const PORT = fc.constantFrom(80, 443, 0, 65536, 80.5, -1);
const TEXT = fc.constantFrom('http', 'HTTP', 'a-name-of-more-than-15', '8080', '');
const LABELS = fc.constantFrom<{ [key: string]: string }[]>({}, { app: 'web' }, { 'a b': 'c' }, { app: '-c' });
const PODS = LABELS.map((labels) => Pods.labelled(labels));

function some<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(value, { nil: undefined });
}

function few<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(value, { maxLength: 3 });
}

const OBJECT = fc.record({ name: some(NAME), namespace: NAMESPACE, labels: some(LABELS), annotations: some(LABELS) });

const SERVICE_PORT = fc.record({
  port: PORT,
  name: some(TEXT),
  protocol: some(fc.constantFrom(Protocol.TCP, Protocol.UDP)),
  appProtocol: some(TEXT),
  targetPort: some(
    fc.oneof(
      PORT.map((port) => TargetPort.number(port)),
      TEXT.map((name) => TargetPort.name(name)),
    ),
  ),
  nodePort: some(
    fc.oneof(
      PORT.map((port) => NodePort.fixed(port)),
      fc.constant(NodePort.planned()),
    ),
  ),
});

const VIRTUAL_IP = fc.record({
  clusterIp: some(
    fc.oneof(
      few(ADDRESS).map((ips) => ClusterIp.fixed(...ips)),
      fc.constant(ClusterIp.planned()),
    ),
  ),
  ipFamilies: some(few(fc.constantFrom(IpFamily.IPV4, IpFamily.IPV6))),
  ipFamilyPolicy: some(fc.constantFrom(IpFamilyPolicy.SINGLE_STACK, IpFamilyPolicy.REQUIRE_DUAL_STACK)),
  sessionAffinity: some(
    fc.constantFrom(600, 0, 86401).map((timeoutSeconds) => SessionAffinity.clientIp({ timeoutSeconds })),
  ),
  externalTrafficPolicy: some(fc.constantFrom(TrafficPolicy.LOCAL, TrafficPolicy.CLUSTER)),
  externalIps: some(few(ADDRESS)),
});

const SERVICE = fc
  .tuple(OBJECT, VIRTUAL_IP, PODS, few(SERVICE_PORT))
  .map(([object, virtualIp, pods, ports]) => ({ ...object, ...virtualIp, pods, ports }));

const LOAD_BALANCER = fc
  .tuple(
    SERVICE,
    fc.record({
      loadBalancerIp: some(
        few(ADDRESS).map((ips) => LoadBalancerIp.fixed(...ips).via(LoadBalancerImplementation.METALLB)),
      ),
      loadBalancerClass: some(TEXT),
      sourceRanges: some(few(CIDR)),
      healthCheckNodePort: some(PORT),
    }),
  )
  .map(([service, more]) => ({ ...service, ...more }));

const ENDPOINTS = fc
  .tuple(
    OBJECT,
    VIRTUAL_IP,
    few(fc.record({ addresses: few(ADDRESS), hostname: some(TEXT) })),
    fc.boolean(),
    PORT,
    PORT,
  )
  .map(([object, virtualIp, endpoints, headless, port, targetPort]) => ({
    ...object,
    ...virtualIp,
    endpoints,
    headless,
    ports: [{ port, targetPort }],
  }));

const BACKEND = fc.oneof(
  fc
    .tuple(
      NAME,
      fc.oneof(
        PORT.map((port) => BackendPort.number(port)),
        TEXT.map((name) => BackendPort.name(name)),
      ),
    )
    .map(([name, port]) => IngressBackend.serviceName(name, port)),
  NAMESPACE.map((namespace) =>
    IngressBackend.service(ServiceReference.of('api', { namespace, ports: [{ port: 80 }, { port: 81 }] })),
  ),
);

const INGRESS = fc
  .tuple(
    OBJECT,
    few(
      fc.record({
        host: some(fc.constantFrom('a.example', 'b.example', 'A.example', '192.0.2.1', '*')),
        paths: few(
          fc.record({
            path: some(fc.constantFrom('/', '/a', 'a', '/a//b')),
            pathType: some(fc.constantFrom(PathType.EXACT, PathType.IMPLEMENTATION_SPECIFIC)),
            backend: BACKEND,
          }),
        ),
      }),
    ),
    some(BACKEND),
    few(fc.record({ hosts: some(few(fc.constantFrom('a.example', 'A.example'))), secretName: some(NAME) })),
  )
  .map(([object, rules, defaultBackend, tls]) => ({ ...object, rules, defaultBackend, tls }));

const PEER = fc.oneof(
  fc.tuple(CIDR, few(CIDR)).map(([cidr, except]) => PolicyPeer.cidr(cidr, { except })),
  PODS.map((pods) => PolicyPeer.pods(pods)),
  fc.tuple(NAME, PODS).map(([namespace, pods]) => PolicyPeer.podsIn(namespace, pods)),
  LABELS.map((labels) => PolicyPeer.namespaceLabels(labels)),
  fc.constant(PolicyPeer.anyone()),
);
const POLICY_PORT = fc.oneof(
  PORT.map((port) => PolicyPort.tcp(port)),
  fc.tuple(PORT, PORT).map(([first, last]) => PolicyPort.udpRange(first, last)),
  TEXT.map((name) => PolicyPort.named(name)),
);
const POLICY = fc
  .tuple(
    OBJECT,
    PODS,
    some(few(fc.record({ from: few(PEER), ports: some(few(POLICY_PORT)) }))),
    some(few(fc.record({ to: few(PEER), ports: some(few(POLICY_PORT)) }))),
  )
  .map(([object, subject, ingress, egress]) => ({ ...object, subject, ingress, egress }));

const KINDS: readonly [string, fc.Arbitrary<(chart: Chart) => unknown>][] = [
  ['ClusterIpService', SERVICE.map((props) => (chart) => new ClusterIpService(chart, 'it', props))],
  ['NodePortService', SERVICE.map((props) => (chart) => new NodePortService(chart, 'it', props))],
  ['LoadBalancerService', LOAD_BALANCER.map((props) => (chart) => new LoadBalancerService(chart, 'it', props))],
  ['HeadlessService', SERVICE.map((props) => (chart) => new HeadlessService(chart, 'it', props))],
  ['ExternalEndpointsService', ENDPOINTS.map((props) => (chart) => new ExternalEndpointsService(chart, 'it', props))],
  [
    'ExternalNameService',
    fc.tuple(OBJECT, fc.constantFrom('db.example.com', '192.0.2.1', 'DB', '')).map(
      ([object, externalName]) =>
        (chart) =>
          new ExternalNameService(chart, 'it', { ...object, externalName }),
    ),
  ],
  ['Ingress', INGRESS.map((props) => (chart) => new Ingress(chart, 'it', props))],
  [
    'IngressClass',
    fc.tuple(OBJECT, fc.constantFrom('traefik.io/x', 'nginx', 'A/b')).map(
      ([object, controller]) =>
        (chart) =>
          new IngressClass(chart, 'it', { ...object, controller }),
    ),
  ],
  ['NetworkPolicy', POLICY.map((props) => (chart) => new NetworkPolicy(chart, 'it', props))],
  [
    'IpPool',
    fc.tuple(OBJECT, CIDR, some(fc.constantFrom(19, 26, 115, 122)), some(fc.constantFrom('all()', 'zone = a'))).map(
      ([object, cidr, blockSize, nodeSelector]) =>
        (chart) =>
          new IpPool(chart, 'it', { ...object, cidr, blockSize, nodeSelector }),
    ),
  ],
  [
    'BgpPeer',
    fc.tuple(OBJECT, some(ADDRESS), some(fc.constantFrom(64512, 0)), some(fc.constant('all()'))).map(
      ([object, peerIp, asNumber, peerSelector]) =>
        (chart) =>
          new BgpPeer(chart, 'it', { ...object, peerIp, asNumber, peerSelector }),
    ),
  ],
  [
    'IpAddressPool',
    fc.tuple(OBJECT, few(CIDR), some(few(NAME)), some(LABELS)).map(
      ([object, addresses, serviceNamespaces, serviceLabels]) =>
        (chart) =>
          new IpAddressPool(chart, 'it', { ...object, addresses, serviceNamespaces, serviceLabels }),
    ),
  ],
  [
    'CiliumLoadBalancerIpPool',
    fc.tuple(OBJECT, few(CIDR), some(LABELS)).map(
      ([object, addresses, serviceLabels]) =>
        (chart) =>
          new CiliumLoadBalancerIpPool(chart, 'it', { ...object, addresses, serviceLabels }),
    ),
  ],
];

describe.each(KINDS)('%s of any props', (_, add) => {
  function chartWith(build: (chart: Chart) => unknown): Chart {
    const cluster = new Cluster(Testing.app(), 'prod', { serviceCidrs: ['10.96.0.0/16'] });
    const chart = new Chart(cluster, 'shop', { namespace: 'shop' });
    build(chart);
    return chart;
  }

  test('is judged by a synth as by a check of its YAML', () => {
    fc.assert(
      fc.property(add, (build) => {
        const { synth, check } = judgements(chartWith(build));
        expect(synth).toEqual(check);
      }),
      { numRuns: 60 },
    );
  });

  test('is told its faults in words of props, at the line of its author', () => {
    fc.assert(
      fc.property(add, (build) => {
        const said = analysisOf(chartWith(build)).findings.filter(({ object }) => object !== null);
        expect(
          said
            .flatMap(({ message, help }) => [message, help])
            .filter((text) => /\bspec\.(?!loadBalancerIP)/.test(text)),
        ).toEqual([]);
        expect(said.flatMap(({ origin }) => origin?.file ?? 'nowhere')).toEqual(
          said.map(() => expect.stringMatching(/random-props\.test\.ts$/) as string),
        );
      }),
      { numRuns: 60 },
    );
  });

  test('is judged, whatever the props', () => {
    const codes = new Set<string>();
    for (const build of fc.sample(add, { numRuns: 100, seed: 1 })) {
      for (const { code } of analysisOf(chartWith(build)).findings) codes.add(code);
    }
    expect(codes.size).toBeGreaterThan(1);
  });
});
