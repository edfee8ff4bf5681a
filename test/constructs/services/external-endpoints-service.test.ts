import { ApiObject, Chart, Testing } from 'cdk8s';
import fc from 'fast-check';
import {
  Cluster,
  ClusterIp,
  type ExternalEndpoint,
  ExternalEndpointsService,
  type ExternalEndpointsServiceProps,
  IpFamily,
  Protocol,
  TrafficPolicy,
} from '../../../lib';
import { manifestOf, problemsOf, shopChart } from '../synthesized';

const MINIMAL: ExternalEndpointsServiceProps = {
  ports: [{ port: 5432 }],
  endpoints: [{ addresses: ['192.0.2.10'] }],
};

function service(props: Partial<ExternalEndpointsServiceProps> = {}): ExternalEndpointsService {
  return new ExternalEndpointsService(shopChart(), 'legacy-db', { ...MINIMAL, ...props });
}

interface SliceManifest {
  readonly metadata: { readonly name: string };
  readonly addressType: string;
  readonly endpoints: readonly { readonly addresses: readonly string[] }[];
}

function manifests(of: ExternalEndpointsService): unknown[] {
  return of.node.findAll().flatMap((construct) => (ApiObject.isApiObject(construct) ? [manifestOf(construct)] : []));
}

function slices(of: ExternalEndpointsService): SliceManifest[] {
  return manifests(of).slice(1) as SliceManifest[];
}

describe('manifests', () => {
  test('of the smallest service', () => {
    expect(manifests(service())).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'legacy-db', namespace: 'shop' },
        spec: { type: 'ClusterIP', ports: [{ port: 5432 }] },
      },
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: {
          name: 'legacy-db-ipv4',
          namespace: 'shop',
          labels: {
            'kubernetes.io/service-name': 'legacy-db',
            'endpointslice.kubernetes.io/managed-by': 'netloom.dev',
          },
        },
        addressType: 'IPv4',
        endpoints: [{ addresses: ['192.0.2.10'] }],
        ports: [{ port: 5432 }],
      },
    ]);
  });

  test('of a headless dual-stack service with every field', () => {
    const db = service({
      name: 'db',
      namespace: 'data',
      labels: { team: 'data' },
      headless: true,
      ports: [
        { port: 5432, name: 'postgres', targetPort: 6432, appProtocol: 'postgresql' },
        { port: 53, name: 'dns', protocol: Protocol.UDP },
      ],
      endpoints: [
        { addresses: ['192.0.2.11', '2001:DB8::b'], hostname: 'b', ready: false, zone: 'eu-1b', nodeName: 'node-7' },
        { addresses: ['192.0.2.10'], hostname: 'a' },
      ],
    });
    const ports = [
      { port: 6432, name: 'postgres', appProtocol: 'postgresql' },
      { port: 53, name: 'dns', protocol: 'UDP' },
    ];
    const b = { hostname: 'b', conditions: { ready: false }, zone: 'eu-1b', nodeName: 'node-7' };
    const labels = {
      team: 'data',
      'kubernetes.io/service-name': 'db',
      'endpointslice.kubernetes.io/managed-by': 'netloom.dev',
    };
    expect(manifests(db)).toEqual([
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'db', namespace: 'data', labels: { team: 'data' } },
        spec: {
          type: 'ClusterIP',
          clusterIP: 'None',
          ipFamilyPolicy: 'PreferDualStack',
          ports: [
            { port: 5432, name: 'postgres', targetPort: 6432, appProtocol: 'postgresql' },
            { port: 53, name: 'dns', protocol: 'UDP' },
          ],
        },
      },
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: { name: 'db-ipv4', namespace: 'data', labels },
        addressType: 'IPv4',
        endpoints: [
          { addresses: ['192.0.2.10'], hostname: 'a' },
          { addresses: ['192.0.2.11'], ...b },
        ],
        ports,
      },
      {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: { name: 'db-ipv6', namespace: 'data', labels },
        addressType: 'IPv6',
        endpoints: [{ addresses: ['2001:db8::b'], ...b }],
        ports,
      },
    ]);
    expect(problemsOf(db)).toEqual([]);
  });
});

describe('slices', () => {
  const endpointsArbitrary = fc
    .uniqueArray(fc.integer({ min: 0, max: 9999 }), { minLength: 1, maxLength: 2500 })
    .map((numbers) =>
      numbers.map((n): ExternalEndpoint => ({ addresses: [`192.0.${Math.floor(n / 100)}.${n % 100}`] })),
    );

  test('hold every endpoint once, at most 1000 each, in an order of their own', () => {
    fc.assert(
      fc.property(endpointsArbitrary, (endpoints) => {
        const made = slices(service({ endpoints }));
        expect(made.map(({ metadata }) => metadata.name)).toEqual(
          ['legacy-db-ipv4', 'legacy-db-ipv4-2', 'legacy-db-ipv4-3'].slice(0, Math.ceil(endpoints.length / 1000)),
        );
        expect(made.every((slice) => slice.endpoints.length <= 1000)).toBe(true);
        const held = made.flatMap((slice) => slice.endpoints.flatMap(({ addresses }) => addresses));
        expect([...held].sort()).toEqual(endpoints.flatMap(({ addresses }) => addresses).sort());
        expect(slices(service({ endpoints: [...endpoints].reverse() }))).toEqual(made);
      }),
      { numRuns: 10 },
    );
  });
});

describe('families', () => {
  function inCluster(families: IpFamily[], addresses: string[]): unknown {
    const cidrs = { [IpFamily.IPV4]: '10.96.0.0/16', [IpFamily.IPV6]: 'fd00::/112' };
    const cluster = new Cluster(Testing.app(), 'prod', {
      families,
      serviceCidrs: families.map((family) => cidrs[family]),
    });
    const endpoints = addresses.map((address) => ({ addresses: [address] }));
    const db = new ExternalEndpointsService(new Chart(cluster, 'shop'), 'db', { ...MINIMAL, endpoints });
    return (manifests(db)[0] as { spec: unknown }).spec;
  }
  const { IPV4, IPV6 } = IpFamily;
  const BARE = { type: 'ClusterIP', ports: [{ port: 5432 }] };

  test.each<[IpFamily[], string[], object]>([
    [[IPV4], ['192.0.2.1'], BARE],
    [[IPV6], ['2001:db8::1'], BARE],
    [[IPV4, IPV6], ['2001:db8::1'], { ...BARE, ipFamilies: ['IPv6'] }],
    [[IPV6, IPV4], ['192.0.2.1'], { ...BARE, ipFamilies: ['IPv4'] }],
    [[IPV4, IPV6], ['192.0.2.1', '2001:db8::1'], { ...BARE, ipFamilyPolicy: 'PreferDualStack' }],
  ])('in a cluster of %j, of the endpoints %j', (families, addresses, spec) => {
    expect(inCluster(families, addresses)).toEqual(spec);
  });

  test('are left alone where they are given', () => {
    const db = service({ ipFamilies: [IPV4], endpoints: [{ addresses: ['192.0.2.1', '2001:db8::1'] }] });
    expect(manifests(db)[0]).toMatchObject({ spec: { ipFamilies: ['IPv4'] } });
  });
});

test.each<[Partial<ExternalEndpointsServiceProps>, string[]]>([
  [{ endpoints: [] }, ['NL982 the Service has no endpoints']],
  [{ endpoints: [{ addresses: [] }] }, ['NL982 endpoints[0] has no address']],
  [{ ports: [] }, ['NL231 the Service has no ports']],
  [{ ports: [{ port: 80, targetPort: 0 }] }, ['NL243 ports[0].targetPort is 0']],
  [
    { endpoints: [{ addresses: ['db.example.com'] }] },
    ['NL244 endpoints[0].addresses[0]: db.example.com is not an IP address'],
  ],
  [
    { endpoints: [{ addresses: ['169.254.1.1'] }] },
    ['NL244 endpoints[0].addresses[0] 169.254.1.1 is a link-local address, which no other machine can reach'],
  ],
  [
    { endpoints: [{ addresses: ['192.0.2.1', '192.0.2.2'] }] },
    ['NL983 endpoints[0] has several IPv4 addresses, of which only the first would be used'],
  ],
  [
    { endpoints: [{ addresses: ['2001:db8::1'] }, { addresses: ['2001:DB8:0::1'] }] },
    ['NL244 endpoints[1].addresses[0] 2001:db8::1 is listed twice'],
  ],
  [
    { endpoints: [{ addresses: ['192.0.2.1'], hostname: 'a' }] },
    ['NL983 endpoints[0].hostname is "a", and only headless Services give their endpoints names'],
  ],
  [
    { headless: true, endpoints: [{ addresses: ['192.0.2.1'], hostname: 'A.b' }] },
    ['NL243 endpoints[0].hostname "A.b" of the endpoint is not a DNS label'],
  ],
  [
    { headless: true, clusterIp: ClusterIp.fixed('10.96.0.7') },
    ['NL983 the Service is headless, and clusterIp asks for an address'],
  ],
  [
    { externalTrafficPolicy: TrafficPolicy.LOCAL },
    ['NL234 externalTrafficPolicy is set, and nothing reaches this ClusterIP Service from outside'],
  ],
])('problems of %j', (props, problems) => {
  expect(problemsOf(service(props))).toEqual(problems);
});
