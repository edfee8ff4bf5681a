import { checkFiles } from '../../lib/check/check-files';
import { type Config, EMPTY_CONFIG } from '../../lib/config/config';

const EAST_AND_WEST: Config = {
  ...EMPTY_CONFIG,
  clusters: [
    { name: 'east', paths: ['east'], facts: {} },
    { name: 'west', paths: ['west'], facts: {} },
  ],
};
const CONNECTED: Config = { ...EAST_AND_WEST, connected: [['east', 'west']] };

function withFacts(config: Config, facts: Config['cluster']): Config {
  return { ...config, clusters: config.clusters.map((cluster) => ({ ...cluster, facts })) };
}

/** Findings about several clusters, of one object in each. */
function compare(config: Config, east: string, west: string = east): string[] {
  const files = Object.entries({ 'east/x.yaml': east, 'west/x.yaml': west }).map(([path, text]) => ({
    path,
    bytes: Buffer.from(text),
  }));
  return checkFiles(files, { config, facts: {}, today: '2026-01-01' })
    .findings.filter(({ code }) => code.startsWith('NL17'))
    .map(
      ({ code, severity, message, origin }) =>
        `${severity} ${code} ${origin?.file ?? '-'}:${origin?.line ?? ''} ${message}`,
    );
}

const balanced = (address: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: in }\nspec:\n  type: LoadBalancer\n  loadBalancerIP: ${address}\n  ports: [{ port: 80 }]\n`;
const ingress = (host: string): string =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: web }\nspec:\n  rules:\n    - host: ${host}\n      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] }\n`;
const pool = (range: string): string =>
  `apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: { name: p, namespace: metallb-system }\nspec:\n  addresses:\n    - ${range}\n`;
const peer = (address: string): string =>
  `---\napiVersion: metallb.io/v1beta2\nkind: BGPPeer\nmetadata: { name: r, namespace: metallb-system }\nspec: { myASN: 1, peerASN: 2, peerAddress: ${address} }\n`;
const mesh = (id: number, name: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: cilium-config, namespace: kube-system }\ndata:\n  cluster-id: "${id}"\n  cluster-name: ${name}\n`;

test('two connected clusters are found among many with the same range that are not', () => {
  const names = Array.from({ length: 50 }, (_, index) => `c${String(index).padStart(2, '0')}`);
  const clusters = names.map((name) => ({ name, paths: [name], facts: {} }));
  const files = names.map((name) => ({ path: `${name}/x.yaml`, bytes: Buffer.from(pool('192.0.2.0/24')) }));
  const messagesOf = (connected: readonly (readonly string[])[]): string[] =>
    checkFiles(files, { config: { ...EMPTY_CONFIG, clusters, connected }, facts: {}, today: '2026-01-01' })
      .findings.filter(({ code }) => code.startsWith('NL17'))
      .map(({ message }) => message);
  expect(messagesOf([['c20', 'c40']])).toEqual([
    '192.0.2.0/24 of c20 overlaps 192.0.2.0/24 of c40, and the clusters are connected',
  ]);
  const all = messagesOf([names]);
  expect(all).toHaveLength((8 * 9) / 2 + 41);
  expect(all).toContain(
    '192.0.2.0/24 of c00 overlaps 192.0.2.0/24 of c49, and 48 more, and the clusters are connected',
  );
});

test.each<[string, Config, string, string, string[]]>([
  ['apart', CONNECTED, balanced('192.0.2.1'), balanced('192.0.2.2'), []],
  [
    'one address, clusters that are named',
    EAST_AND_WEST,
    balanced('192.0.2.1'),
    balanced('192.0.2.1'),
    ['warning NL172 east/x.yaml:6 192.0.2.1 is asked for in east and in west'],
  ],
  [
    'one address, clusters that are connected',
    CONNECTED,
    balanced('192.0.2.1'),
    balanced('192.0.2.1'),
    ['error NL172 east/x.yaml:6 192.0.2.1 is asked for in east and in west'],
  ],
  [
    'one address that is shared',
    { ...CONNECTED, shared: ['192.0.2.0/24'] },
    balanced('192.0.2.1'),
    balanced('192.0.2.1'),
    [],
  ],
  ['one host, clusters that are not connected', EAST_AND_WEST, ingress('a.example.com'), ingress('a.example.com'), []],
  [
    'one host, clusters that are connected',
    CONNECTED,
    ingress('a.example.com'),
    ingress('a.example.com'),
    ['warning NL173 east/x.yaml:7 a.example.com is served in east and in west'],
  ],
  [
    'one host that is shared',
    { ...CONNECTED, shared: ['a.example.com'] },
    ingress('a.example.com'),
    ingress('a.example.com'),
    [],
  ],
  ['a host with a variable', CONNECTED, ingress('a.${DOMAIN}'), ingress('a.${DOMAIN}'), []],
  ['pools of clusters that have nothing in common', EAST_AND_WEST, pool('192.0.2.0/24'), pool('192.0.2.0/25'), []],
  [
    'pools that are announced to one router',
    EAST_AND_WEST,
    pool('192.0.2.0/24') + peer('198.51.100.1'),
    pool('192.0.2.9-192.0.2.20') + peer('198.51.100.1'),
    [
      'warning NL171 east/x.yaml:6 192.0.2.0/24 of east overlaps 192.0.2.9-192.0.2.20 of west, and both announce to the router 198.51.100.1',
    ],
  ],
  [
    'pools that are announced to two routers',
    EAST_AND_WEST,
    pool('192.0.2.0/24') + peer('198.51.100.1'),
    pool('192.0.2.0/24') + peer('198.51.100.2'),
    [],
  ],
  [
    'pools of connected clusters',
    CONNECTED,
    pool('192.0.2.0/24'),
    pool('192.0.2.0/25'),
    ['error NL171 east/x.yaml:6 192.0.2.0/24 of east overlaps 192.0.2.0/25 of west, and the clusters are connected'],
  ],
  ['identities in a mesh, apart', CONNECTED, mesh(1, 'east'), mesh(2, 'west'), []],
  ['identities of clusters that are in no mesh', CONNECTED, mesh(0, 'default'), mesh(0, 'default'), []],
  [
    'one number in a mesh',
    CONNECTED,
    mesh(1, 'east'),
    mesh(1, 'west'),
    ['error NL174 east/x.yaml:5 cluster-id 1 is that of east and of west'],
  ],
  [
    'one range of pods',
    withFacts(CONNECTED, { podCidrs: ['10.0.0.0/16'] }),
    ingress('a.example.com'),
    ingress('b.example.com'),
    ['error NL170 -: the pods of east have 10.0.0.0/16, and the pods of west 10.0.0.0/16: the clusters are connected'],
  ],
  [
    'one range of pods, not connected',
    withFacts(EAST_AND_WEST, { podCidrs: ['10.0.0.0/16'] }),
    ingress('a.example.com'),
    ingress('b.example.com'),
    [],
  ],
])('%s', (_, config, east, west, expected) => {
  expect(compare(config, east, west)).toEqual(expected);
});
