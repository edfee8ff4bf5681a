import { ApiObject, Chart, Testing } from 'cdk8s';
import {
  BackendPort,
  BgpAdvertisement,
  BgpConfiguration,
  BgpPeer,
  CalicoEncapsulation,
  CertificateAuthority,
  CiliumLoadBalancerIpPool,
  CiliumPodIpPool,
  ClientValidationMode,
  ClusterIp,
  ClusterIpService,
  EncapsulationMode,
  ExternalEndpointsService,
  ExternalNameService,
  FlannelBackend,
  FlannelConfig,
  Gateway,
  GatewayAddress,
  GatewayCertificate,
  GatewayClass,
  GatewayDefaultScope,
  GatewayListener,
  GatewayNamespaces,
  HeadlessService,
  Ingress,
  IngressBackend,
  IngressClass,
  Installation,
  IpAddressPool,
  IpFamily,
  IpFamilyPolicy,
  IpPool,
  IpPoolAssignment,
  IpPoolUse,
  IpReservation,
  L2Advertisement,
  LabelOperator,
  LoadBalancerImplementation,
  LoadBalancerIp,
  LoadBalancerService,
  MetalLbBgpPeer,
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
  ServiceCidr,
  SessionAffinity,
  TargetPort,
  TrafficDistribution,
  TrafficPolicy,
} from '../../lib';

const OBJECT = { name: 'it', labels: { tier: 'front' }, annotations: { 'example.com/owner': 'web team' } };
const NAMESPACED = { ...OBJECT, namespace: 'shop' };
const WEB = Pods.labelled({ app: 'web' });
const FAMILIES = { ipFamilies: [IpFamily.IPV4, IpFamily.IPV6], ipFamilyPolicy: IpFamilyPolicy.REQUIRE_DUAL_STACK };
const VIRTUAL_IP = {
  ...NAMESPACED,
  ...FAMILIES,
  clusterIp: ClusterIp.fixed('10.96.0.20', 'fd00::14'),
  sessionAffinity: SessionAffinity.clientIp({ timeoutSeconds: 600 }),
  internalTrafficPolicy: TrafficPolicy.LOCAL,
  externalTrafficPolicy: TrafficPolicy.LOCAL,
  trafficDistribution: TrafficDistribution.PREFER_CLOSE,
  publishNotReadyAddresses: true,
  externalIps: ['203.0.113.7'],
};
const PORT = { name: 'http', port: 80, protocol: Protocol.TCP, appProtocol: 'kubernetes.io/h2c' };
const POD_PORT = { ...PORT, targetPort: TargetPort.name('http') };
const NODE_PORT = { ...POD_PORT, nodePort: NodePort.fixed(30080) };
const API = IngressBackend.serviceName('api', BackendPort.number(8080));

/** One of each kind, with every field that it can write. */
const KINDS: Readonly<Record<string, (chart: Chart) => unknown>> = {
  ClusterIpService: (chart) => new ClusterIpService(chart, 'it', { ...VIRTUAL_IP, pods: WEB, ports: [POD_PORT] }),
  NodePortService: (chart) => new NodePortService(chart, 'it', { ...VIRTUAL_IP, pods: WEB, ports: [NODE_PORT] }),
  LoadBalancerService: (chart) =>
    new LoadBalancerService(chart, 'it', {
      ...VIRTUAL_IP,
      pods: WEB,
      ports: [NODE_PORT],
      loadBalancerIp: LoadBalancerIp.fixed('192.0.2.10', '2001:db8::10').via(LoadBalancerImplementation.METALLB),
      loadBalancerClass: 'example.com/internal',
      sourceRanges: ['198.51.100.0/24'],
      allocateNodePorts: true,
      healthCheckNodePort: 30999,
    }),
  'LoadBalancerService of a cloud': (chart) =>
    new LoadBalancerService(chart, 'it', {
      pods: WEB,
      ports: [{ port: 443 }],
      loadBalancerIp: LoadBalancerIp.fixed('192.0.2.10'),
    }),
  HeadlessService: (chart) =>
    new HeadlessService(chart, 'it', {
      ...NAMESPACED,
      ...FAMILIES,
      pods: WEB,
      ports: [POD_PORT],
      publishNotReadyAddresses: true,
    }),
  ExternalNameService: (chart) =>
    new ExternalNameService(chart, 'it', { ...NAMESPACED, externalName: 'db.example.com' }),
  ExternalEndpointsService: (chart) =>
    new ExternalEndpointsService(chart, 'it', {
      ...NAMESPACED,
      headless: true,
      ports: [{ ...PORT, targetPort: 8080 }],
      endpoints: [
        {
          addresses: ['192.0.2.2', '2001:db8::2'],
          hostname: 'a',
          ready: true,
          zone: 'eu-1a',
          nodeName: 'node-1',
        },
        { addresses: ['192.0.2.1'] },
      ],
    }),
  Ingress: (chart) =>
    new Ingress(chart, 'it', {
      ...NAMESPACED,
      ingressClass: IngressClass.named('public'),
      defaultBackend: IngressBackend.resource({ apiGroup: 'example.com', kind: 'Bucket', name: 'static' }),
      rules: [
        { host: 'shop.example', paths: [{ path: '/api', pathType: PathType.EXACT, backend: API }] },
        { paths: [{ backend: IngressBackend.serviceName('web', BackendPort.name('http')) }] },
      ],
      tls: [{ hosts: ['shop.example'], secretName: 'shop-tls' }],
    }),
  IngressClass: (chart) =>
    new IngressClass(chart, 'it', {
      ...OBJECT,
      controller: 'traefik.io/ingress-controller',
      isDefault: true,
      parameters: { apiGroup: 'traefik.io', kind: 'Options', name: 'usual', namespace: 'edge' },
    }),
  GatewayClass: (chart) =>
    new GatewayClass(chart, 'it', {
      ...OBJECT,
      controllerName: 'example.com/gateway-controller',
      description: 'for the public',
      parameters: { group: 'example.com', kind: 'Options', name: 'usual', namespace: 'edge' },
    }),
  Gateway: (chart) =>
    new Gateway(chart, 'it', {
      ...NAMESPACED,
      gatewayClass: GatewayClass.named('public'),
      listeners: [
        GatewayListener.http('http', {
          port: 8080,
          hostname: '*.shop.example',
          routesFrom: GatewayNamespaces.all(),
          routeKinds: [RouteKind.HTTP, RouteKind.GRPC, RouteKind.of('example.com', 'FancyRoute')],
        }),
        GatewayListener.https('https', {
          hostname: 'shop.example',
          certificates: [
            GatewayCertificate.secret('shop-tls', { namespace: 'certificates' }),
            GatewayCertificate.resource({ group: 'example.com', kind: 'Certificate', name: 'shop', namespace: 'shop' }),
          ],
          tlsOptions: { 'example.com/min-version': '1.3' },
          routesFrom: GatewayNamespaces.named('shop', 'front'),
        }),
        GatewayListener.tls('tls', {
          port: 8443,
          hostname: 'db.shop.example',
          certificates: [GatewayCertificate.secret('db-tls')],
          tlsOptions: { 'example.com/min-version': '1.3' },
          routesFrom: GatewayNamespaces.labelled({ team: 'shop' }),
          routeKinds: [RouteKind.TLS],
        }),
        GatewayListener.tlsPassthrough('passthrough', {
          port: 8444,
          hostname: 'mail.shop.example',
          tlsOptions: { 'example.com/min-version': '1.3' },
          routesFrom: GatewayNamespaces.same(),
        }),
        GatewayListener.tcp('tcp', {
          port: 5432,
          routesFrom: GatewayNamespaces.matching({
            labels: { team: 'shop' },
            expressions: [{ key: 'tier', operator: LabelOperator.NOT_IN, values: ['test'] }],
          }),
          routeKinds: [RouteKind.TCP],
        }),
        GatewayListener.udp('udp', { port: 53, routeKinds: [RouteKind.UDP] }),
      ],
      addresses: [
        GatewayAddress.ip('192.0.2.10'),
        GatewayAddress.anyIp(),
        GatewayAddress.hostname('edge.example.com'),
        GatewayAddress.ofType('example.com/vpc', 'edge'),
      ],
      infrastructureLabels: { team: 'edge' },
      infrastructureAnnotations: { 'example.com/scheme': 'internal' },
      infrastructureParameters: { group: 'example.com', kind: 'Settings', name: 'edge' },
      listenerSetsFrom: GatewayNamespaces.named('shop'),
      clientCertificate: GatewayCertificate.secret('edge-client'),
      clientValidation: {
        authorities: [CertificateAuthority.configMap('clients', { namespace: 'certificates' })],
        mode: ClientValidationMode.ALLOW_VALID_ONLY,
      },
      clientValidationByPort: [
        { port: 443 },
        {
          port: 8443,
          validation: {
            authorities: [CertificateAuthority.resource({ group: 'example.com', kind: 'Bundle', name: 'clients' })],
            mode: ClientValidationMode.ALLOW_INSECURE_FALLBACK,
          },
        },
      ],
      defaultScope: GatewayDefaultScope.NONE,
    }),
  ReferenceGrant: (chart) =>
    new ReferenceGrant(chart, 'it', {
      ...NAMESPACED,
      from: [
        { kind: 'HTTPRoute', namespace: 'front' },
        { group: 'example.com', kind: 'FancyRoute', namespace: 'edge' },
      ],
      to: [{ kind: 'Service', name: 'api' }, { kind: 'Secret' }, { group: 'example.com', kind: 'Bucket' }],
    }),
  NetworkPolicy: (chart) =>
    new NetworkPolicy(chart, 'it', {
      ...NAMESPACED,
      subject: Pods.matching({
        labels: { app: 'web' },
        expressions: [{ key: 'tier', operator: LabelOperator.IN, values: ['front', 'back'] }],
      }),
      ingress: [
        {
          from: [
            PolicyPeer.pods(Pods.labelled({ app: 'proxy' })),
            PolicyPeer.podsIn('edge', Pods.all()),
            PolicyPeer.namespaceLabels({ team: 'shop' }),
          ],
          ports: [
            PolicyPort.tcp(8080),
            PolicyPort.udpRange(5000, 5010),
            PolicyPort.named('metrics'),
            PolicyPort.allSctp(),
          ],
        },
        { from: [PolicyPeer.anyone()] },
      ],
      egress: [{ to: [PolicyPeer.cidr('198.51.100.0/24', { except: ['198.51.100.128/25'] })] }],
    }),
  ServiceCidr: (chart) => new ServiceCidr(chart, 'it', { ...OBJECT, cidrs: ['10.3.0.0/24', 'fd00:3::/112'] }),
  IpPool: (chart) =>
    new IpPool(chart, 'it', {
      ...OBJECT,
      cidr: '10.48.0.0/18',
      blockSize: 26,
      ipipMode: EncapsulationMode.NEVER,
      vxlanMode: EncapsulationMode.CROSS_SUBNET,
      natOutgoing: true,
      disabled: false,
      disableBgpExport: true,
      nodeSelector: 'zone == "a"',
      namespaceSelector: 'team == "shop"',
      allowedUses: [IpPoolUse.WORKLOAD],
      assignmentMode: IpPoolAssignment.MANUAL,
    }),
  IpReservation: (chart) => new IpReservation(chart, 'it', { ...OBJECT, reservedCidrs: ['10.48.0.0/28'] }),
  'BgpPeer with a router': (chart) =>
    new BgpPeer(chart, 'it', {
      ...OBJECT,
      peerIp: '192.0.2.1',
      asNumber: 64512,
      nodeSelector: 'rack == "1"',
      password: { name: 'bgp', key: 'password' },
      keepOriginalNextHop: true,
    }),
  'BgpPeer with nodes': (chart) => new BgpPeer(chart, 'it', { peerSelector: 'reflector == "true"' }),
  BgpConfiguration: (chart) =>
    new BgpConfiguration(chart, 'it', {
      ...OBJECT,
      asNumber: 64512,
      nodeToNodeMeshEnabled: false,
      serviceClusterIps: ['10.96.0.0/16'],
      serviceExternalIps: ['203.0.113.0/28'],
      serviceLoadBalancerIps: ['192.0.2.0/26'],
    }),
  Installation: (chart) =>
    new Installation(chart, 'it', {
      ...OBJECT,
      name: 'default',
      bgp: false,
      kubernetesProvider: 'EKS',
      ipPools: [
        {
          name: 'a',
          cidr: '10.48.0.0/18',
          encapsulation: CalicoEncapsulation.VXLAN,
          natOutgoing: true,
          blockSize: 26,
          nodeSelector: 'all()',
          disableBgpExport: true,
          disableNewAllocations: false,
          allowedUses: [IpPoolUse.WORKLOAD, IpPoolUse.TUNNEL],
          assignmentMode: IpPoolAssignment.AUTOMATIC,
        },
      ],
    }),
  CiliumLoadBalancerIpPool: (chart) =>
    new CiliumLoadBalancerIpPool(chart, 'it', {
      ...OBJECT,
      addresses: ['192.0.2.0/26', '192.0.2.100-192.0.2.120'],
      serviceLabels: { color: 'blue' },
      allowFirstLastIps: false,
      disabled: false,
    }),
  CiliumPodIpPool: (chart) =>
    new CiliumPodIpPool(chart, 'it', {
      ...OBJECT,
      cidrs: ['10.48.0.0/18', 'fd00::/96'],
      maskSize: { IPv4: 27, IPv6: 112 },
    }),
  IpAddressPool: (chart) =>
    new IpAddressPool(chart, 'it', {
      ...NAMESPACED,
      addresses: ['192.0.2.0/26'],
      autoAssign: false,
      avoidBuggyIps: true,
      serviceNamespaces: ['shop'],
      serviceLabels: { color: 'blue' },
      priority: 10,
    }),
  L2Advertisement: (chart) =>
    new L2Advertisement(chart, 'it', {
      ...NAMESPACED,
      ipAddressPools: ['it'],
      nodeLabels: { rack: '1' },
      interfaces: ['eth0'],
    }),
  BgpAdvertisement: (chart) =>
    new BgpAdvertisement(chart, 'it', {
      ...NAMESPACED,
      ipAddressPools: ['it'],
      peers: ['router'],
      aggregationLength: 26,
      aggregationLengthV6: 64,
      localPref: 100,
      communities: ['65535:65282'],
      nodeLabels: { rack: '1' },
    }),
  MetalLbBgpPeer: (chart) =>
    new MetalLbBgpPeer(chart, 'it', {
      ...NAMESPACED,
      myAsn: 64512,
      peerAsn: 64513,
      peerAddress: '192.0.2.1',
      peerPort: 1179,
      sourceAddress: '192.0.2.9',
      ebgpMultiHop: true,
      passwordSecret: 'bgp',
      nodeLabels: { rack: '1' },
    }),
  FlannelConfig: (chart) =>
    new FlannelConfig(chart, 'it', {
      ...NAMESPACED,
      networks: ['10.48.0.0/16', 'fd00::/56'],
      backend: FlannelBackend.VXLAN,
      vni: 7,
      port: 8472,
      directRouting: true,
      nftables: true,
    }),
};

/** The kinds of constructs that write objects, by name. */
export const CONSTRUCT_KINDS = Object.keys(KINDS);

export function objectsOfKind(name: string): unknown[] {
  const chart = new Chart(Testing.app(), 'chart');
  KINDS[name](chart);
  const objects = chart.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
  return objects.map((object) => object.toJson() as unknown);
}
