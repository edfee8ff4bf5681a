import { Chart, Testing } from 'cdk8s';
import {
  Cluster,
  ClusterIp,
  ClusterIpService,
  type ClusterIpServiceProps,
  IpFamily,
  IpFamilyPolicy,
  Pods,
  Protocol,
  SessionAffinity,
  TargetPort,
  TrafficDistribution,
  TrafficPolicy,
} from '../../../lib';
import { manifestOf, problemsOf, shopChart, specOf } from '../synthesized';

const MINIMAL: ClusterIpServiceProps = { pods: Pods.labelled({ app: 'web' }), ports: [{ port: 80 }] };

function service(props: Partial<ClusterIpServiceProps> = {}, id = 'web'): ClusterIpService {
  return new ClusterIpService(shopChart(), id, { ...MINIMAL, ...props });
}

describe('manifest', () => {
  test('of the smallest service has no noise', () => {
    expect(manifestOf(service())).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'shop' },
      spec: { type: 'ClusterIP', selector: { app: 'web' }, ports: [{ port: 80 }] },
    });
  });

  test('of a service with every field', () => {
    const everything = service({
      name: 'shop-web',
      namespace: 'front',
      labels: { tier: 'front' },
      annotations: { 'example.com/owner': 'web team' },
      ports: [
        {
          name: 'http',
          port: 80,
          targetPort: TargetPort.name('http'),
          protocol: Protocol.TCP,
          appProtocol: 'kubernetes.io/h2c',
        },
        { name: 'metrics', port: 9090, targetPort: TargetPort.number(9091) },
      ],
      clusterIp: ClusterIp.fixed('10.96.0.20', 'FD00:0:0::14'),
      ipFamilies: [IpFamily.IPV4, IpFamily.IPV6],
      ipFamilyPolicy: IpFamilyPolicy.REQUIRE_DUAL_STACK,
      sessionAffinity: SessionAffinity.clientIp({ timeoutSeconds: 600 }),
      internalTrafficPolicy: TrafficPolicy.LOCAL,
      trafficDistribution: TrafficDistribution.PREFER_SAME_ZONE,
      publishNotReadyAddresses: true,
      externalIps: ['192.0.2.7'],
      externalTrafficPolicy: TrafficPolicy.CLUSTER,
    });
    expect(manifestOf(everything)).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        name: 'shop-web',
        namespace: 'front',
        labels: { tier: 'front' },
        annotations: { 'example.com/owner': 'web team' },
      },
      spec: {
        type: 'ClusterIP',
        selector: { app: 'web' },
        ports: [
          { name: 'http', port: 80, targetPort: 'http', protocol: 'TCP', appProtocol: 'kubernetes.io/h2c' },
          { name: 'metrics', port: 9090, targetPort: 9091 },
        ],
        clusterIP: '10.96.0.20',
        clusterIPs: ['10.96.0.20', 'fd00::14'],
        ipFamilies: ['IPv4', 'IPv6'],
        ipFamilyPolicy: 'RequireDualStack',
        sessionAffinity: 'ClientIP',
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 600 } },
        internalTrafficPolicy: 'Local',
        trafficDistribution: 'PreferSameZone',
        publishNotReadyAddresses: true,
        externalIPs: ['192.0.2.7'],
        externalTrafficPolicy: 'Cluster',
      },
    });
  });

  test('keeps the keys of its spec sorted where a field is newer than the L1 class', () => {
    const spec = specOf(service({ trafficDistribution: TrafficDistribution.PREFER_CLOSE }));
    expect(Object.keys(spec as object)).toEqual(['ports', 'selector', 'trafficDistribution', 'type']);
  });

  test.each<[string, Partial<ClusterIpServiceProps>, object]>([
    ['a dynamic address', { clusterIp: ClusterIp.dynamic() }, {}],
    ['one fixed address', { clusterIp: ClusterIp.fixed('10.96.0.20') }, { clusterIP: '10.96.0.20' }],
    [
      'two fixed addresses, which imply the policy',
      { clusterIp: ClusterIp.fixed('10.96.0.20', 'fd00::14') },
      { clusterIP: '10.96.0.20', clusterIPs: ['10.96.0.20', 'fd00::14'], ipFamilyPolicy: 'RequireDualStack' },
    ],
    [
      'two families, which imply the policy',
      { ipFamilies: [IpFamily.IPV6, IpFamily.IPV4] },
      { ipFamilies: ['IPv6', 'IPv4'], ipFamilyPolicy: 'RequireDualStack' },
    ],
    ['no session affinity, said aloud', { sessionAffinity: SessionAffinity.none() }, { sessionAffinity: 'None' }],
    ['session affinity', { sessionAffinity: SessionAffinity.clientIp() }, { sessionAffinity: 'ClientIP' }],
    ['empty lists', { externalIps: [], ipFamilies: [] }, {}],
  ])('with %s', (_, props, fields) => {
    expect(specOf(service(props))).toEqual({
      type: 'ClusterIP',
      selector: { app: 'web' },
      ports: [{ port: 80 }],
      ...fields,
    });
  });

  test('has the ports that were added', () => {
    const web = service({ ports: [{ port: 80, name: 'http' }] });
    web.addPort({ port: 443, name: 'https', targetPort: TargetPort.number(8443) });
    expect(specOf(web)).toMatchObject({
      ports: [
        { port: 80, name: 'http' },
        { port: 443, name: 'https', targetPort: 8443 },
      ],
    });
    expect(web.ports.map(({ port }) => port)).toEqual([80, 443]);
    expect(problemsOf(web)).toEqual([]);
  });

  test('has no namespace when neither it nor its chart has one', () => {
    const web = new ClusterIpService(Testing.chart(), 'web', MINIMAL);
    expect(manifestOf(web)).toMatchObject({ metadata: { name: 'web' } });
    expect(web.namespace).toBe('default');
  });
});

describe('names', () => {
  test('without a cluster', () => {
    const web = service();
    expect([web.name, web.namespace]).toEqual(['web', 'shop']);
    expect(web.dnsName).toBe('web.shop.svc.cluster.local');
    expect(web.srvName('http')).toBe('_http._tcp.web.shop.svc.cluster.local');
    expect(web.srvName('dns', Protocol.UDP)).toBe('_dns._udp.web.shop.svc.cluster.local');
  });

  test('in a cluster with a domain of its own', () => {
    const cluster = new Cluster(Testing.app(), 'prod', {
      serviceCidrs: ['10.96.0.0/16'],
      clusterDomain: 'k8s.example',
    });
    const web = new ClusterIpService(new Chart(cluster, 'shop', { namespace: 'shop' }), 'web', MINIMAL);
    expect(web.dnsName).toBe('web.shop.svc.k8s.example');
  });
});

describe('planned addresses', () => {
  function dualStack(
    props: Partial<ClusterIpServiceProps>,
    families = [IpFamily.IPV4, IpFamily.IPV6],
  ): ClusterIpService {
    const cidrs = { [IpFamily.IPV4]: '10.96.0.0/16', [IpFamily.IPV6]: 'fd00::/112' };
    const cluster = new Cluster(Testing.app(), 'prod', {
      families,
      serviceCidrs: families.map((family) => cidrs[family]),
    });
    return new ClusterIpService(new Chart(cluster, 'shop'), 'web', {
      ...MINIMAL,
      clusterIp: ClusterIp.planned(),
      ...props,
    });
  }

  test.each<[string, Partial<ClusterIpServiceProps>, RegExp[]]>([
    ['the primary family by default', {}, [/^10\.96\./]],
    ['the family asked for', { ipFamilies: [IpFamily.IPV6] }, [/^fd00::/]],
    ['both', { ipFamilyPolicy: IpFamilyPolicy.PREFER_DUAL_STACK }, [/^10\.96\./, /^fd00::/]],
    ['both, in the order asked for', { ipFamilies: [IpFamily.IPV6, IpFamily.IPV4] }, [/^fd00::/, /^10\.96\./]],
  ])('are of %s', (_, props, patterns) => {
    const web = dualStack(props);
    const { clusterIP, clusterIPs } = specOf(web) as { clusterIP: string; clusterIPs?: string[] };
    expect(clusterIPs ?? [clusterIP]).toEqual(patterns.map((pattern) => expect.stringMatching(pattern) as string));
    expect(clusterIPs?.[0] ?? clusterIP).toBe(clusterIP);
    expect(problemsOf(web)).toEqual([]);
  });

  test('are of one family where two are preferred and the cluster has one', () => {
    const web = dualStack({ ipFamilyPolicy: IpFamilyPolicy.PREFER_DUAL_STACK }, [IpFamily.IPV4]);
    expect(specOf(web)).toEqual(expect.not.objectContaining({ clusterIPs: expect.anything() as unknown }));
    expect(problemsOf(web)).toEqual([]);
  });

  test('can be used in other objects', () => {
    const web = dualStack({});
    const other = new ClusterIpService(web.apiObject.chart, 'other', {
      ...MINIMAL,
      // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- as users pass it on
      annotations: { 'example.com/upstream': web.clusterIp },
    });
    const { clusterIP } = specOf(web) as { clusterIP: string };
    expect(manifestOf(other)).toMatchObject({ metadata: { annotations: { 'example.com/upstream': clusterIP } } });
  });
});

test('clusterIp says why there is none', () => {
  expect(() => service().clusterIp as unknown).toThrow(
    'The cluster chooses the address of Service shop/web: use ClusterIp.planned() or ClusterIp.fixed(), or refer to it by dnsName.',
  );
});

test('clusterIp is the first fixed address', () => {
  expect(service({ clusterIp: ClusterIp.fixed('10.96.0.20') }).clusterIp).toBe('10.96.0.20');
});

describe('problems', () => {
  test('none', () => {
    expect(problemsOf(service())).toEqual([]);
  });

  test.each<[Partial<ClusterIpServiceProps>, string[]]>([
    [{ name: 'Web' }, ['NL230 name "Web" is not a DNS label']],
    [{ name: '1web' }, ['NL230 name "1web" starts with a digit, which Kubernetes refuses before 1.36']],
    [{ name: 'web.shop' }, ['NL230 name "web.shop" is not a DNS label']],
    [{ name: 'x'.repeat(64) }, [`NL230 name "${'x'.repeat(64)}" has 64 characters, and a DNS label has at most 63`]],
    [{ namespace: 'Shop' }, ['NL921 the name "Shop" of the namespace is not a DNS label']],
    [{ labels: { 'a b': 'c' } }, ['NL921 labels: "a b" is not a key of a label']],
    [{ labels: { a: '-c' } }, ['NL921 labels: label a is "-c", which is not a label value']],
    [{ annotations: { 'a/b/c': 'd' } }, ['NL921 annotations: "a/b/c" is not a key of an annotation']],
    [{ ports: [] }, ['NL231 the Service has no ports']],
    [{ ports: [{ port: 0 }] }, ['NL231 ports[0].port is 0, which is not a whole number from 1 to 65535']],
    [{ ports: [{ port: 65536 }] }, ['NL231 ports[0].port is 65536, which is not a whole number from 1 to 65535']],
    [{ ports: [{ port: 80.5 }] }, ['NL231 ports[0].port is 80.5, which is not a whole number from 1 to 65535']],
    [{ ports: [{ port: 80, name: 'HTTP' }] }, ['NL232 ports[0].name "HTTP" is not a DNS label']],
    [{ ports: [{ port: 80 }, { port: 81, name: 'b' }] }, ['NL232 ports[0] has no name, and the Service has 2 ports']],
    [
      {
        ports: [
          { port: 80, name: 'a' },
          { port: 81, name: 'a' },
        ],
      },
      ['NL232 ports[1].name: another port has the name "a" too'],
    ],
    [
      {
        ports: [
          { port: 80, name: 'a' },
          { port: 80, name: 'b', protocol: Protocol.TCP },
        ],
      },
      ['NL233 ports[1]: port 80/TCP is listed twice'],
    ],
    [
      {
        ports: [
          { port: 53, name: 'dns', protocol: Protocol.UDP },
          { port: 53, name: 'dns-tcp' },
        ],
      },
      [],
    ],
    [
      { ports: [{ port: 80, targetPort: TargetPort.number(0) }] },
      ['NL982 ports[0].targetPort is 0, which the API takes for no value'],
    ],
    [
      { ports: [{ port: 80, targetPort: TargetPort.name('a-name-of-more-than-15') }] },
      ['NL231 ports[0].targetPort "a-name-of-more-than-15" is not the name of a port'],
    ],
    [
      { ports: [{ port: 80, targetPort: TargetPort.name('8080') }] },
      ['NL231 ports[0].targetPort "8080" is not the name of a port'],
    ],
    [
      { ports: [{ port: 80, appProtocol: 'h2c!' }] },
      ['NL231 ports[0].appProtocol is "h2c!", which is not a qualified name'],
    ],
    [
      { sessionAffinity: SessionAffinity.clientIp({ timeoutSeconds: 86401 }) },
      ['NL235 sessionAffinity.timeoutSeconds is 86401, which is not a whole number from 1 to 86400'],
    ],
    [{ clusterIp: ClusterIp.fixed() }, ['NL982 clusterIp fixes no address']],
    [{ clusterIp: ClusterIp.fixed('999.1.1.1') }, ['NL240 clusterIp: 999.1.1.1 has the octet 999, above 255']],
    [
      { clusterIp: ClusterIp.fixed('10.96.0.7', '10.96.0.8') },
      ['NL239 clusterIp has two IPv4 addresses: 10.96.0.7, 10.96.0.8'],
    ],
    [
      { clusterIp: ClusterIp.fixed('10.96.0.7', 'fd00::7'), ipFamilyPolicy: IpFamilyPolicy.SINGLE_STACK },
      ['NL239 the Service names two IP families, and its ipFamilyPolicy is SingleStack'],
    ],
    [
      { clusterIp: ClusterIp.fixed('fd00::7'), ipFamilies: [IpFamily.IPV4] },
      ['NL239 clusterIp is an IPv6 address, and ipFamilies[0] is IPv4'],
    ],
    [{ ipFamilies: [IpFamily.IPV4, IpFamily.IPV4] }, ['NL239 ipFamilies[1] IPv4 is listed twice']],
    [
      { ipFamilies: [IpFamily.IPV4, IpFamily.IPV6], ipFamilyPolicy: IpFamilyPolicy.SINGLE_STACK },
      ['NL239 the Service names two IP families, and its ipFamilyPolicy is SingleStack'],
    ],
    [
      { externalTrafficPolicy: TrafficPolicy.LOCAL },
      ['NL234 externalTrafficPolicy is set, and nothing reaches this ClusterIP Service from outside'],
    ],
    [
      { externalIps: ['192.0.2.7', '192.0.2.7', '127.0.0.1'] },
      [
        'NL236 externalIps[2] 127.0.0.1 is a loopback address, which no other machine can reach',
        'NL221 externalIps is deprecated since Kubernetes 1.36: any Service can take the traffic of any address',
        'NL236 externalIps[1] 192.0.2.7 is listed twice',
      ],
    ],
    [{ pods: Pods.labelled({}) }, ['NL980 Pods.labelled() was given no label, which would choose every pod']],
  ])('%j', (props, problems) => {
    expect(problemsOf(service(props))).toEqual(problems);
  });

  test('all of one object and of all objects come together', () => {
    const chart = shopChart();
    new ClusterIpService(chart, 'A', { ...MINIMAL, ports: [] });
    new ClusterIpService(chart, 'B', MINIMAL);
    expect(problemsOf(chart)).toEqual([
      'NL230 name "A" is not a DNS label',
      'NL230 name "B" is not a DNS label',
      'NL231 the Service has no ports',
    ]);
  });

  test.each<[string, Partial<ClusterIpServiceProps>, string[]]>([
    [
      'a family that the cluster does not have',
      { ipFamilies: [IpFamily.IPV6] },
      ['NL241 ipFamilies[0]: the Service asks for an IPv6 address, and the service CIDR is 10.96.0.0/16'],
    ],
    [
      'two families that are required',
      { ipFamilyPolicy: IpFamilyPolicy.REQUIRE_DUAL_STACK },
      ['NL241 ipFamilyPolicy is RequireDualStack, and the service CIDR is 10.96.0.0/16'],
    ],
    ['two families that are preferred', { ipFamilyPolicy: IpFamilyPolicy.PREFER_DUAL_STACK }, []],
    [
      'two families that are preferred and named, which initIPFamilyFields refuses as it refuses any other',
      { ipFamilyPolicy: IpFamilyPolicy.PREFER_DUAL_STACK, ipFamilies: [IpFamily.IPV4, IpFamily.IPV6] },
      ['NL241 ipFamilies[1]: the Service asks for an IPv6 address, and the service CIDR is 10.96.0.0/16'],
    ],
    [
      'a primary family that the cluster does not have',
      { ipFamilyPolicy: IpFamilyPolicy.PREFER_DUAL_STACK, ipFamilies: [IpFamily.IPV6, IpFamily.IPV4] },
      ['NL241 ipFamilies[0]: the Service asks for an IPv6 address, and the service CIDR is 10.96.0.0/16'],
    ],
  ])('in a single-stack cluster: %s', (_, props, problems) => {
    const cluster = new Cluster(Testing.app(), 'prod', { serviceCidrs: ['10.96.0.0/16'] });
    const web = new ClusterIpService(new Chart(cluster, 'shop'), 'web', { ...MINIMAL, ...props });
    expect(problemsOf(web)).toEqual(problems);
  });
});
