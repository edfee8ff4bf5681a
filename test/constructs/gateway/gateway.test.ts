import {
  CertificateAuthority,
  Gateway,
  GatewayAddress,
  GatewayCertificate,
  GatewayClass,
  GatewayListener,
  GatewayNamespaces,
  type GatewayProps,
  RouteKind,
} from '../../../lib';
import { analysisOf } from '../same-judgement';
import { manifestOf, problemsOf, shopChart, specOf } from '../synthesized';

const HTTP = GatewayListener.http('http');
const CERTIFICATES = [GatewayCertificate.secret('tls')];

function gateway(props: Partial<GatewayProps> = {}): Gateway {
  return new Gateway(shopChart(), 'edge', {
    gatewayClass: GatewayClass.named('public'),
    listeners: [HTTP],
    ...props,
  });
}

function listenerOf(listener: GatewayListener): unknown {
  return (specOf(gateway({ listeners: [listener] })) as { listeners: unknown[] }).listeners[0];
}

test('manifest: the smallest Gateway has no noise', () => {
  const chart = shopChart();
  const gatewayClass = new GatewayClass(chart, 'public', { controllerName: 'example.com/controller' });
  const edge = new Gateway(chart, 'edge', { gatewayClass });
  edge.addListener(HTTP);
  expect(manifestOf(edge)).toEqual({
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: { name: 'edge', namespace: 'shop' },
    spec: { gatewayClassName: 'public', listeners: [{ name: 'http', protocol: 'HTTP', port: 80 }] },
  });
  expect([edge.name, edge.namespace]).toEqual(['edge', 'shop']);
  expect(problemsOf(chart)).toEqual([]);
});

test('a Gateway that is made elsewhere', () => {
  expect(Gateway.of('edge', { namespace: 'infra' })).toEqual({ name: 'edge', namespace: 'infra' });
  expect(Gateway.of('edge').namespace).toBe('default');
});

test.each<[string, GatewayListener, object]>([
  ['HTTP', HTTP, { name: 'http', protocol: 'HTTP', port: 80 }],
  [
    'HTTPS',
    GatewayListener.https('a', { hostname: 'shop.example', certificates: CERTIFICATES }),
    {
      name: 'a',
      protocol: 'HTTPS',
      port: 443,
      hostname: 'shop.example',
      tls: { mode: 'Terminate', certificateRefs: [{ name: 'tls' }] },
    },
  ],
  [
    'HTTPS with certificates of the implementation',
    GatewayListener.https('a', { tlsOptions: { 'example.com/certificates': 'shop' } }),
    {
      name: 'a',
      protocol: 'HTTPS',
      port: 443,
      tls: { mode: 'Terminate', options: { 'example.com/certificates': 'shop' } },
    },
  ],
  [
    'TLS',
    GatewayListener.tls('a', { port: 8443, certificates: CERTIFICATES }),
    { name: 'a', protocol: 'TLS', port: 8443, tls: { mode: 'Terminate', certificateRefs: [{ name: 'tls' }] } },
  ],
  [
    'TLS to the backends',
    GatewayListener.tlsPassthrough('a', { port: 8443 }),
    { name: 'a', protocol: 'TLS', port: 8443, tls: { mode: 'Passthrough' } },
  ],
  ['TCP', GatewayListener.tcp('a', { port: 5432 }), { name: 'a', protocol: 'TCP', port: 5432 }],
  ['UDP', GatewayListener.udp('a', { port: 53 }), { name: 'a', protocol: 'UDP', port: 53 }],
  [
    'routes of one namespace',
    GatewayListener.tcp('a', { port: 1, routesFrom: GatewayNamespaces.named('shop'), routeKinds: [RouteKind.TCP] }),
    {
      name: 'a',
      protocol: 'TCP',
      port: 1,
      allowedRoutes: {
        namespaces: { from: 'Selector', selector: { matchLabels: { 'kubernetes.io/metadata.name': 'shop' } } },
        kinds: [{ kind: 'TCPRoute' }],
      },
    },
  ],
])('listener: %s', (_, listener, spec) => {
  expect(listenerOf(listener)).toEqual(spec);
  expect(problemsOf(gateway({ listeners: [listener] }))).toEqual([]);
});

test('an address is written as RFC 5952 has it', () => {
  const edge = gateway({ addresses: [GatewayAddress.ip('2001:DB8:0::1')] });
  expect(specOf(edge)).toMatchObject({ addresses: [{ type: 'IPAddress', value: '2001:db8::1' }] });
});

test('clients of one port alone need a certificate', () => {
  const authorities = [CertificateAuthority.configMap('clients')];
  const edge = gateway({ clientValidationByPort: [{ port: 443, validation: { authorities } }] });
  const caCertificateRefs = [{ group: '', kind: 'ConfigMap', name: 'clients' }];
  expect(specOf(edge)).toMatchObject({
    tls: { frontend: { default: {}, perPort: [{ port: 443, tls: { validation: { caCertificateRefs } } }] } },
  });
  expect(problemsOf(edge)).toEqual([]);
});

test.each<[string, Partial<GatewayProps>, string[]]>([
  ['no listener', { listeners: [] }, ['NL430 listeners is empty']],
  [
    'one name twice',
    { listeners: [HTTP, GatewayListener.http('http', { port: 8080 })] },
    ['NL430 listeners[1].name: two items of listeners have the name http'],
  ],
  [
    'one port twice',
    { listeners: [HTTP, GatewayListener.http('b')] },
    ['NL430 listeners[1] http and b have the same port, protocol and hostname: 80, HTTP, all hosts'],
  ],
  [
    'no certificate',
    { listeners: [GatewayListener.https('a', {})] },
    ['NL430 listeners[0]: tls.mode Terminate needs a certificate'],
  ],
  [
    'a certificate without a name',
    { listeners: [GatewayListener.https('a', { certificates: [GatewayCertificate.secret('')] })] },
    ['NL430 listeners[0].certificates[0]: name is "", and must be a text that is not empty'],
  ],
  [
    'port 0',
    { listeners: [GatewayListener.http('a', { port: 0 })] },
    ['NL430 listeners[0].port is 0, and must be a whole number from 1 to 65535'],
  ],
  [
    'a host in upper case',
    { listeners: [GatewayListener.http('a', { hostname: 'Shop' })] },
    ['NL430 listeners[0].hostname "Shop" is not a host name'],
  ],
  [
    'no kind of routes',
    { listeners: [GatewayListener.http('a', { routeKinds: [] })] },
    ['NL982 listeners[0].routeKinds is empty, which allows every kind that the protocol serves'],
  ],
  [
    'a kind that is none',
    { listeners: [GatewayListener.http('a', { routeKinds: [RouteKind.of('example.com', 'b c')] })] },
    ['NL430 listeners[0].routeKinds[0]: kind is "b c", and must be a kind'],
  ],
  [
    'no label of namespaces',
    { listeners: [GatewayListener.http('a', { routesFrom: GatewayNamespaces.labelled({}) })] },
    ['NL982 listeners[0].routesFrom: no condition is given, which would choose every namespace'],
  ],
  [
    'no name of a namespace',
    { listenerSetsFrom: GatewayNamespaces.named() },
    ['NL982 listenerSetsFrom: no name of a namespace is given'],
  ],
  [
    'an address that is none',
    { addresses: [GatewayAddress.ip('999.1.1.1')] },
    ['NL430 addresses[0]: address of type IPAddress: 999.1.1.1 has the octet 999, above 255'],
  ],
  [
    'an address twice',
    { addresses: [GatewayAddress.ip('192.0.2.1'), GatewayAddress.ip('192.0.2.1')] },
    ['NL430 addresses[1]: the address 192.0.2.1 appears twice'],
  ],
  [
    'a label that is none',
    { infrastructureLabels: { a: 'c d' } },
    ['NL430 infrastructureLabels: a is "c d", and must be the value of a label'],
  ],
  [
    'parameters without a name',
    { infrastructureParameters: { kind: 'ConfigMap', name: '' } },
    ['NL430 infrastructureParameters.name is "", and must be a text that is not empty'],
  ],
  ['no authority', { clientValidation: { authorities: [] } }, ['NL430 clientValidation.authorities is empty']],
  [
    'no authority of a port',
    { clientValidationByPort: [{ port: 443, validation: { authorities: [] } }] },
    ['NL430 clientValidationByPort[0].validation.authorities is empty'],
  ],
  [
    'a port twice',
    { clientValidationByPort: [{ port: 443 }, { port: 443 }] },
    ['NL430 clientValidationByPort[1].port: the port 443 is there twice'],
  ],
  [
    'no class',
    { gatewayClass: GatewayClass.named('') },
    ['NL430 gatewayClass is "", and must be a text that is not empty'],
  ],
])('problem: %s', (_, props, problems) => {
  expect(problemsOf(gateway(props))).toEqual(problems);
});

test('what to do about a missing certificate, in words of props', () => {
  const { findings } = analysisOf(gateway({ listeners: [GatewayListener.https('a', {})] }));
  expect(findings.map(({ code, help }) => [code, help])).toContainEqual([
    'NL430',
    'give certificates, or the tlsOptions that your implementation knows',
  ]);
});
