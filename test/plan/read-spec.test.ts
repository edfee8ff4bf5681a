import fc from 'fast-check';
import { formatCidr } from '../../lib/address';
import { EMPTY_LOCK, planAddresses, readFleetSpec } from '../../lib/plan';

function problems(input: unknown): string[] {
  return readFleetSpec(input).findings.map(({ code, message, help, specPath }) =>
    [code, (specPath ?? []).join('/'), message, help].join(' | '),
  );
}

function clusterProblems(cluster: unknown): string[] {
  return problems({ clusters: { c: cluster } });
}

const CLUSTER_KEYS =
  'families, kubernetesVersion, nodes, podsPerNode, services, loadBalancers, headroom, nodeNetwork, podCidrs, serviceCidrs, loadBalancerCidrs, extraServiceCidrs, nodeCidrMaskSize, clusterDomain, routed, isolated, nodePortRange, growth';

test('defaults', () => {
  const { spec, findings } = readFleetSpec({ clusters: { c: {} } });
  expect(findings).toEqual([]);
  expect(spec).toEqual({
    supernets: [],
    supernetsComplete: true,
    reserved: [],
    clusters: [
      {
        name: 'c',
        families: ['IPv4'],
        kubernetesVersion: null,
        nodes: null,
        podsPerNode: 110,
        services: null,
        loadBalancers: null,
        headroom: 1,
        nodeNetwork: [],
        podCidrs: [],
        serviceCidrs: [],
        loadBalancerCidrs: [],
        extraServiceCidrs: [],
        explicitRoles: new Set(),
        incompleteRoles: new Set(),
        nodeCidrMaskSize: {},
        clusterDomain: 'cluster.local',
        routed: new Set(['pods', 'services', 'loadBalancers', 'nodes']),
        isolated: false,
        nodePortRange: { first: 30000, last: 32767 },
        growth: 'ample',
      },
    ],
  });
});

test('all that can be given', () => {
  const { spec, findings } = readFleetSpec({
    supernets: ['10.0.0.0/8'],
    strategy: 'growth',
    reserved: { vpn: ['10.1.0.0/16', '10.2.0.1-10.2.0.9', '10.3.0.1'] },
    clusters: {
      z: {},
      a: {
        families: ['IPv6', 'IPv4'],
        kubernetesVersion: 'v1.35.2',
        nodes: 3,
        podsPerNode: 64,
        services: undefined,
        headroom: 1.5,
        nodeNetwork: ['192.168.0.0/24'],
        serviceCidrs: ['fd00::/112', '10.96.0.0/16'],
        loadBalancerCidrs: [],
        loadBalancers: 0,
        nodeCidrMaskSize: { IPv6: 80 },
        clusterDomain: 'k8s.example.org',
        isolated: true,
        nodePortRange: '20000-22767',
        growth: false,
      },
    },
  });
  expect(findings).toEqual([]);
  expect(spec.clusters.map(({ name, growth }) => [name, growth])).toEqual([
    ['a', 'none'],
    ['z', 'asked'],
  ]);
  expect(spec.reserved.map(({ owner, ranges }) => [owner, ranges.length])).toEqual([['vpn', 3]]);
  expect(spec.clusters[0]).toMatchObject({
    families: ['IPv6', 'IPv4'],
    kubernetesVersion: { major: 1, minor: 35 },
    nodes: 3,
    services: null,
    loadBalancers: 0,
    headroom: 1.5,
    explicitRoles: new Set(['services']),
    nodeCidrMaskSize: { IPv6: 80 },
    clusterDomain: 'k8s.example.org',
    isolated: true,
    nodePortRange: { first: 20000, last: 22767 },
  });
  expect(spec.clusters[0].serviceCidrs.map(({ cidr, specPath }) => [formatCidr(cidr), specPath])).toEqual([
    ['fd00::/112', ['clusters', 'a', 'serviceCidrs', 0]],
    ['10.96.0.0/16', ['clusters', 'a', 'serviceCidrs', 1]],
  ]);
});

test.each([
  [
    null,
    'NL901 |  | the spec is null, not a fleet spec | write an object with supernets, reserved, clusters, strategy, routed',
  ],
  [
    [],
    'NL901 |  | the spec is a list, not a fleet spec | write an object with supernets, reserved, clusters, strategy, routed',
  ],
  [
    { supernets: [] },
    'NL901 | clusters | clusters is missing | list the clusters by name: clusters: {prod: {nodes: 10}}',
  ],
  [
    { clusters: [] },
    'NL901 | clusters | clusters is a list, not an object | write an object with the clusters by name',
  ],
  [{ clusters: {}, cluster: {} }, 'NL902 | cluster | the spec has the unknown key "cluster" | did you mean clusters?'],
  [
    { clusters: {}, x: {} },
    'NL902 | x | the spec has the unknown key "x" | remove it; known are supernets, reserved, clusters, strategy, routed',
  ],
  [
    { clusters: {}, supernets: '10.0.0.0/8' },
    'NL901 | supernets | supernets is "10.0.0.0/8", not a list | write a list: ["10.0.0.0/8"]',
  ],
  [
    { clusters: {}, supernets: ['10.0.0.5/24'] },
    'NL901 | supernets/0 | supernets[0]: 10.0.0.5/24 has host bits set | did you mean 10.0.0.0/24 or 10.0.0.5/32?',
  ],
  [
    { clusters: {}, supernets: [8] },
    'NL901 | supernets/0 | supernets[0]: a CIDR must be a string, not the number 8 | write one such as 10.0.0.0/8 or fd00::/8',
  ],
  [
    { clusters: {}, reserved: ['10.0.0.0/8'] },
    'NL901 | reserved | reserved is a list, not an object | write an object with the reservations by owner',
  ],
  [
    { clusters: {}, reserved: { vpn: '10.0.0.0/8' } },
    'NL901 | reserved/vpn | reserved.vpn is "10.0.0.0/8", not a list | write a list: ["10.0.0.0/8"]',
  ],
  [
    { clusters: {}, strategy: 'bestfit' },
    'NL901 | strategy | strategy is "bestfit", not best-fit or growth | did you mean best-fit?',
  ],
  [
    { clusters: { c: null } },
    `NL901 | clusters/c | clusters.c is null, not a cluster | write an object with ${CLUSTER_KEYS}`,
  ],
])('%j', (input, problem) => {
  expect(problems(input)).toEqual([problem]);
});

test.each(['Prod', 'a_b', '-a', 'a-', 'a.b', '', 'a/b', 'x'.repeat(64), 'constructor ', 'ä'])(
  'the cluster name %j is refused',
  (name) => {
    const { spec, findings } = readFleetSpec({ clusters: { [name]: { nodes: 1 }, ok: {} } });
    expect(findings.map(({ code, specPath }) => [code, specPath])).toEqual([['NL901', ['clusters', name]]]);
    expect(spec.clusters.map((cluster) => cluster.name)).toEqual(['ok']);
  },
);

test('names that every object has are plain data', () => {
  const input: unknown = JSON.parse(
    '{"supernets": ["10.0.0.0/8"], "reserved": {"__proto__": ["10.0.0.0/9"]}, "clusters": {"__proto__": {"nodes": 1}, "constructor": {"nodes": 1}, "tostring": {"__proto__": 1}}}',
  );
  const { spec, findings } = readFleetSpec(input);
  expect(findings.map(({ code, specPath }) => [code, specPath])).toEqual([
    ['NL901', ['clusters', '__proto__']],
    ['NL902', ['clusters', 'tostring', '__proto__']],
  ]);
  expect(spec.reserved.map(({ owner }) => owner)).toEqual(['__proto__']);
  const plan = planAddresses(spec, EMPTY_LOCK);
  expect(plan.allocations.map(({ key, cidr }) => [key, cidr])).toEqual([['constructor/pods/IPv4', '10.128.0.0/24']]);
});

describe('counts', () => {
  const wanted = (least: number): string => `write a whole number from ${least} to 4294967296`;
  test.each([
    ['nodes', 0, '0, and at least 1 is needed', `${wanted(1)}, or leave it out`],
    ['nodes', -3, '-3, and at least 1 is needed', `${wanted(1)}, or leave it out`],
    ['services', 1.5, '1.5, which is no whole number', wanted(1)],
    ['services', Number.NaN, 'NaN, which is no whole number', wanted(1)],
    ['services', Infinity, 'Infinity, which is no whole number', wanted(1)],
    ['podsPerNode', 1e300, '1e+300, more than any cluster can have', wanted(1)],
    ['nodes', '20', 'the string "20", not a number', 'write it without quotes: 20'],
    ['nodes', 'many', '"many", not a number', wanted(1)],
    ['nodes', null, 'null, not a number', wanted(1)],
    ['nodes', [3], 'a list, not a number', wanted(1)],
    ['loadBalancers', -1, '-1, and at least 0 is needed', wanted(0)],
  ])('%s: %p', (key, value, problem, help) => {
    expect(clusterProblems({ [key]: value })).toEqual([
      `NL901 | clusters/c/${key} | clusters.c.${key} is ${problem} | ${help}`,
    ]);
  });
});

test.each([
  [
    { headroom: 0.5 },
    'NL901 | clusters/c/headroom | clusters.c.headroom is 0.5, not a factor of at least 1 | write the factor by which nodes, services and loadBalancers may grow, such as 2 or 1.5',
  ],
  [
    { headroom: Number.NaN },
    'NL901 | clusters/c/headroom | clusters.c.headroom is NaN, not a factor of at least 1 | write the factor by which nodes, services and loadBalancers may grow, such as 2 or 1.5',
  ],
  [
    { families: [] },
    'NL901 | clusters/c/families | clusters.c.families is empty | list IPv4, IPv6 or both, the primary family first',
  ],
  [
    { families: ['ipv4'] },
    'NL901 | clusters/c/families/0 | clusters.c.families[0] is "ipv4", not IPv4 or IPv6 | did you mean IPv4?',
  ],
  [
    { families: ['IPv4', 'IPv4'] },
    'NL109 | clusters/c/families | clusters.c.families lists a family twice (IPv4, IPv4) | list each family once, the primary one first',
  ],
  [
    { kubernetesVersion: 1.3 },
    'NL901 | clusters/c/kubernetesVersion | clusters.c.kubernetesVersion is 1.3, not a version as a string | write it in quotes: "1.3" (as a number, 1.30 would be 1.3)',
  ],
  [
    { kubernetesVersion: 'latest' },
    'NL901 | clusters/c/kubernetesVersion | clusters.c.kubernetesVersion is "latest", not a version as a string | write a version such as "1.33"',
  ],
  [
    { isolated: 'yes' },
    'NL901 | clusters/c/isolated | clusters.c.isolated is "yes", not true or false | write true or false',
  ],
  [
    { clusterDomain: 'Cluster.local' },
    'NL901 | clusters/c/clusterDomain | clusters.c.clusterDomain is "Cluster.local", not a DNS domain | write lower case labels with dots between them, without one at the end, such as cluster.local',
  ],
  [
    { nodePortRange: '32767-30000' },
    'NL901 | clusters/c/nodePortRange | clusters.c.nodePortRange is "32767-30000", not a range of ports | write the first and the last port, such as "30000-32767"',
  ],
  [
    { nodePortRange: '30000-70000' },
    'NL901 | clusters/c/nodePortRange | clusters.c.nodePortRange is "30000-70000", not a range of ports | write the first and the last port, such as "30000-32767"',
  ],
  [
    { nodeCidrMaskSize: 24 },
    'NL901 | clusters/c/nodeCidrMaskSize | clusters.c.nodeCidrMaskSize is 24, not an object with a prefix length for each family | write an object with IPv4, IPv6',
  ],
  [
    { nodeCidrMaskSize: { IPv4: 33 } },
    'NL901 | clusters/c/nodeCidrMaskSize/IPv4 | clusters.c.nodeCidrMaskSize.IPv4 is 33, not a prefix length | write a number from 1 to 32',
  ],
  [
    { podCidr: ['10.0.0.0/16'] },
    'NL902 | clusters/c/podCidr | clusters.c has the unknown key "podCidr" | did you mean podCidrs?',
  ],
])('%j', (cluster, problem) => {
  expect(clusterProblems(cluster)).toEqual([problem]);
});

test('everything wrong is reported together', () => {
  const found = problems({
    supernets: ['10.0.0.0/33'],
    clusters: { a: { nodes: 0, services: '1', podCidrs: ['x'] }, B: {} },
    nope: 1,
  });
  expect(found.map((text) => text.split(' | ')[1])).toEqual([
    'nope',
    'supernets/0',
    'clusters/B',
    'clusters/a/podCidrs/0',
    'clusters/a/nodes',
    'clusters/a/services',
  ]);
});

test('no input throws, and what was read can be planned', () => {
  const value = fc.oneof(fc.jsonValue(), fc.anything());
  const cluster = fc.dictionary(fc.constantFrom(...CLUSTER_KEYS.split(', ')), value);
  const input = fc.oneof(
    value,
    fc.record(
      {
        supernets: value,
        reserved: value,
        clusters: fc.oneof(value, fc.dictionary(fc.string(), cluster)),
        strategy: value,
      },
      { requiredKeys: [] },
    ),
  );
  fc.assert(
    fc.property(input, (anything) => {
      const { spec } = readFleetSpec(anything);
      expect(planAddresses(spec, EMPTY_LOCK).clusters.size).toBe(spec.clusters.length);
    }),
    { numRuns: 500 },
  );
});
