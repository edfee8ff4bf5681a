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
  Gateway,
  GatewayAddress,
  GatewayCertificate,
  GatewayClass,
  GatewayListener,
  GatewayNamespaces,
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
  ReferenceGrant,
  RouteKind,
  ServiceReference,
  SessionAffinity,
  TargetPort,
  TrafficPolicy,
} from '../../lib';

/** Mostly what is right, so that whole constructs are, and now and then what somebody writes by mistake. */
function mostly<T>(right: readonly T[], wrong: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...right) },
    { weight: 1, arbitrary: fc.constantFrom(...wrong) },
  );
}

const NAME = mostly(['web', 'api', 'web.shop'], ['Web', '1web', 'a b', 'x'.repeat(64)]);
const NAMESPACE = mostly([undefined, 'shop', 'front'], ['Shop']);
const ADDRESS = mostly(
  ['10.96.0.7', '10.96.0.8', '192.0.2.7', 'fd00::7'],
  ['999.1.1.1', '127.0.0.1', '010.0.0.1', 'a'],
);
const CIDR = mostly(
  ['10.0.0.0/16', '10.0.1.0/24', 'fd00::/64', '192.0.2.0/28'],
  ['10.0.0.5/24', '10.0.0.0/33', 'a', '169.254.0.0/20'],
);
const PORT = mostly([80, 443], [0, 65536, 80.5, -1]);
const TEXT = mostly(['http', 'metrics'], ['HTTP', 'a-name-of-more-than-15', '8080', '']);
const LABELS = mostly<{ [key: string]: string }>([{ app: 'web' }], [{}, { 'a b': 'c' }, { app: '-c' }]);
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
      mostly([30080, 30443], [80, 0, 65536]).map((port) => NodePort.fixed(port)),
      fc.constant(NodePort.planned()),
    ),
  ),
});

const VIRTUAL_IP = fc.record({
  clusterIp: some(
    fc.oneof(
      fc.constant(ClusterIp.fixed('10.96.0.7')),
      fc.constant(ClusterIp.planned()),
      few(ADDRESS).map((ips) => ClusterIp.fixed(...ips)),
    ),
  ),
  ipFamilies: some(mostly([[IpFamily.IPV4]], [[], [IpFamily.IPV6], [IpFamily.IPV4, IpFamily.IPV6]])),
  ipFamilyPolicy: some(mostly([IpFamilyPolicy.SINGLE_STACK], [IpFamilyPolicy.REQUIRE_DUAL_STACK])),
  sessionAffinity: some(
    mostly([600], [0, 86401]).map((timeoutSeconds) => SessionAffinity.clientIp({ timeoutSeconds })),
  ),
  externalTrafficPolicy: mostly([undefined], [TrafficPolicy.LOCAL, TrafficPolicy.CLUSTER]),
  externalIps: some(mostly([['192.0.2.7'], ['192.0.2.7', '192.0.2.8']], [['a'], ['127.0.0.1'], ['::ffff:1.2.3.4']])),
});

const SERVICE = fc
  .tuple(
    OBJECT,
    VIRTUAL_IP,
    PODS,
    fc.oneof(
      SERVICE_PORT.map((port) => [port]),
      few(SERVICE_PORT),
    ),
  )
  .map(([object, virtualIp, pods, ports]) => ({ ...object, ...virtualIp, pods, ports }));

const LOAD_BALANCER = fc
  .tuple(
    SERVICE,
    fc.record({
      loadBalancerIp: some(
        mostly([['192.0.2.7'], ['192.0.2.8']], [[], ['fd00::7'], ['10.96.0.8'], ['a']]).map((ips) =>
          LoadBalancerIp.fixed(...ips).via(LoadBalancerImplementation.METALLB),
        ),
      ),
      loadBalancerClass: some(mostly(['example.com/a'], ['HTTP', ''])),
      sourceRanges: some(few(CIDR)),
      healthCheckNodePort: mostly([undefined], [30999, 80]),
    }),
  )
  .map(([service, more]) => ({ ...service, ...more }));

const ENDPOINTS = fc
  .tuple(
    OBJECT,
    // A headless Service has no address to ask for, and names its endpoints.
    fc.oneof(
      { weight: 3, arbitrary: fc.tuple(VIRTUAL_IP, fc.constant(false), fc.constant(undefined)) },
      { weight: 3, arbitrary: fc.tuple(fc.constant({}), fc.constant(true), some(mostly(['a', 'b'], ['A']))) },
      { weight: 1, arbitrary: fc.tuple(VIRTUAL_IP, fc.boolean(), some(mostly(['a', 'b'], ['A']))) },
    ),
    mostly([1, 2], [0]),
    mostly([['192.0.2.7'], ['192.0.2.8']], [[], ['a'], ['10.96.0.8'], ['fd00::7', '192.0.2.9']]),
    PORT,
    PORT,
  )
  .map(([object, [virtualIp, headless, hostname], count, addresses, port, targetPort]) => ({
    ...object,
    ...virtualIp,
    endpoints: Array.from({ length: count }, () => ({ addresses, hostname })),
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
  fc
    .tuple(NAMESPACE, mostly([[{ port: 80 }]], [[{ port: 80 }, { port: 81 }]]))
    .map(([namespace, ports]) => IngressBackend.service(ServiceReference.of('api', { namespace, ports }))),
);

const INGRESS = fc
  .tuple(
    OBJECT,
    few(
      fc.record({
        host: some(mostly(['a.example', 'b.example', '*.example'], ['A.example', '192.0.2.1', '*'])),
        paths: few(
          fc.record({
            path: some(mostly(['/', '/a'], ['a', '/a//b'])),
            pathType: some(fc.constantFrom(PathType.EXACT, PathType.IMPLEMENTATION_SPECIFIC)),
            backend: BACKEND,
          }),
        ),
      }),
    ),
    some(BACKEND),
    few(fc.record({ hosts: some(few(mostly(['a.example', 'b.example'], ['A.example']))), secretName: some(NAME) })),
  )
  .map(([object, rules, defaultBackend, tls]) => ({ ...object, rules, defaultBackend, tls }));

const GATEWAY_NAMESPACES = fc.oneof(
  fc.constantFrom(GatewayNamespaces.all(), GatewayNamespaces.same(), GatewayNamespaces.named('shop', 'front')),
  LABELS.map((labels) => GatewayNamespaces.labelled(labels)),
);
const LISTENER_OPTIONS = fc.record({
  port: mostly([80, 443, 8080], [0, 65536]),
  hostname: some(mostly(['a.example', '*.example'], ['A.example', '192.0.2.1', ''])),
  routesFrom: some(GATEWAY_NAMESPACES),
  routeKinds: some(mostly([[RouteKind.HTTP], [RouteKind.HTTP, RouteKind.GRPC]], [[], [RouteKind.UDP]])),
  certificates: some(mostly([[GatewayCertificate.secret('tls')]], [[], [GatewayCertificate.secret('')]])),
  tlsOptions: some(mostly<{ [key: string]: string }>([{ 'example.com/a': 'b' }], [{}, { 'a b': 'c' }])),
});
const LISTENER = fc.oneof(
  fc.tuple(NAME, LISTENER_OPTIONS).map(([name, options]) => GatewayListener.http(name, options)),
  fc.tuple(NAME, LISTENER_OPTIONS).map(([name, options]) => GatewayListener.https(name, options)),
  fc.tuple(NAME, LISTENER_OPTIONS).map(([name, options]) => GatewayListener.tls(name, options)),
  fc.tuple(NAME, LISTENER_OPTIONS).map(([name, options]) => GatewayListener.tlsPassthrough(name, options)),
  PORT.map((port) => GatewayListener.tcp('tcp', { port })),
  PORT.map((port) => GatewayListener.udp('udp', { port })),
);
const GATEWAY = fc
  .tuple(
    OBJECT,
    few(LISTENER),
    some(few(ADDRESS.map((address) => GatewayAddress.ip(address)))),
    fc.record({
      infrastructureLabels: some(LABELS),
      infrastructureAnnotations: some(LABELS),
      listenerSetsFrom: some(GATEWAY_NAMESPACES),
      clientCertificate: some(NAME.map((name) => GatewayCertificate.secret(name))),
    }),
  )
  .map(([object, listeners, addresses, more]) => ({
    ...object,
    ...more,
    gatewayClass: GatewayClass.named('public'),
    listeners,
    addresses,
  }));

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

/** Constructs of one kind each, with any props. */
export const RANDOM_CONSTRUCTS: readonly [string, fc.Arbitrary<(chart: Chart) => unknown>][] = [
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
  [
    'GatewayClass',
    fc.tuple(OBJECT, fc.constantFrom('example.com/x', 'nginx', 'A/b'), some(TEXT)).map(
      ([object, controllerName, description]) =>
        (chart) =>
          new GatewayClass(chart, 'it', { ...object, controllerName, description }),
    ),
  ],
  ['Gateway', GATEWAY.map((props) => (chart) => new Gateway(chart, 'it', props))],
  [
    'ReferenceGrant',
    fc
      .tuple(
        OBJECT,
        few(
          fc.record({ kind: mostly(['HTTPRoute', 'Gateway'], ['a b', '']), namespace: mostly(['front'], ['Front']) }),
        ),
        few(fc.record({ kind: mostly(['Service', 'Secret'], ['a b']), name: some(mostly(['api'], [''])) })),
      )
      .map(
        ([object, from, to]) =>
          (chart) =>
            new ReferenceGrant(chart, 'it', { ...object, from, to }),
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

export function chartWith(build: (chart: Chart) => unknown, kubernetesVersion?: string): Chart {
  const cluster = new Cluster(Testing.app(), 'prod', { serviceCidrs: ['10.96.0.0/16'], kubernetesVersion });
  const chart = new Chart(cluster, 'shop', { namespace: 'shop' });
  build(chart);
  return chart;
}
