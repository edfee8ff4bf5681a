import type { Origin } from '../../lib/finding/finding';
import { formatCidr } from '../../lib/address';
import { readClusterFacts } from '../../lib/config/cluster-options';
import { EMPTY_CONFIG, factsOfCluster, readConfig, withSeverities } from '../../lib/config/config';

const KNOWN = new Map([
  ['NL201', 'NL201'],
  ['cluster-ip-conflict', 'NL201'],
  ['NL210', 'NL210'],
]);
const locate = (path: readonly (string | number)[]): Origin => ({
  file: path.join('.'),
  line: 1,
  column: 1,
  construct: null,
});
const read = (value: unknown) => readConfig(value, KNOWN, locate);

test('what can be said', () => {
  const { config, findings } = read({
    rules: { 'cluster-ip-conflict': 'warning', NL210: false },
    exclude: ['vendor/**'],
    cluster: { serviceCidrs: ['10.96.0.0/12'], nodePortRange: '30000-31000' },
  });
  expect(findings).toEqual([]);
  expect(config).toEqual({
    folder: '.',
    workingDirectory: '.',
    rules: new Map([
      ['NL201', 'warning'],
      ['NL210', 'off'],
    ]),
    exclude: ['vendor/**'],
    cluster: { serviceCidrs: ['10.96.0.0/12'], nodePortRange: '30000-31000' },
    clusters: [],
    connected: [],
    shared: [],
    expectations: [],
  });
});

test.each([
  [{ rulez: {} }, 'rulez', 'unknown key rulez', 'did you mean rules?'],
  [{ rules: { NL20: 'off' } }, 'rules.NL20', 'there is no rule NL20', '`netloom rule` lists them'],
  [{ rules: { NL201: 'fatal' } }, 'rules.NL201', '"fatal" is no severity', 'use off, info, warning, error'],
  [{ cluster: { serviceCidr: [] } }, 'cluster.serviceCidr', 'unknown key serviceCidr', 'did you mean serviceCidrs?'],
  [
    { cluster: { podCidrs: '10.0.0.0/8' } },
    'cluster.podCidrs',
    'podCidrs is not a list of CIDRs',
    'write a list: [10.96.0.0/12]',
  ],
  [
    { cluster: { kubernetesVersion: 1.33 } },
    'cluster.kubernetesVersion',
    'kubernetesVersion is no text',
    'write it in quotes: kubernetesVersion: "1.33"',
  ],
  [[], '', 'this is not a map', 'write a map with rules, exclude, cluster, clusters, connected, shared, expectations'],
  [{ rules: [] }, 'rules', 'rules is not a map', 'write a map of rules: { NL201: warning }'],
  [
    { rules: { NL201: 'off', 'cluster-ip-conflict': 'error' } },
    'rules.cluster-ip-conflict',
    'NL201 has two severities',
    'name the rule once, by its code or by its slug',
  ],
  [{ exclude: 'vendor/**' }, 'exclude', 'exclude is not a list of globs', "write a list: ['vendor/**']"],
  [{ exclude: [1] }, 'exclude', 'exclude is not a list of globs', "write a list: ['vendor/**']"],
  [
    { cluster: { podCidrs: [] } },
    'cluster.podCidrs',
    'podCidrs is not a list of CIDRs',
    'write a list: [10.96.0.0/12]',
  ],
  [
    { cluster: { podCidrs: ['10.0.0.5/8'] } },
    'cluster.podCidrs',
    '10.0.0.5/8 has host bits set',
    'did you mean 10.0.0.0/8 or 10.0.0.5/32?',
  ],
  [
    { cluster: { nodePortRange: '70000-80000' } },
    'cluster.nodePortRange',
    '"70000-80000" is no range of ports',
    'write the first and the last port: 30000-32767',
  ],
  [
    { cluster: { dns: { addresses: ['169.254.20'] } } },
    'cluster.dns',
    '169.254.20 has 3 octets instead of four',
    'did you mean 169.254.20.0 or 169.254.0.20?',
  ],
  [
    { cluster: { dns: { podLabels: { app: 1 } } } },
    'cluster.dns.podLabels',
    'podLabels cannot be understood',
    'write the labels of the DNS pods: podLabels: { k8s-app: kube-dns }',
  ],
  [{ cluster: { dns: { adresses: [] } } }, 'cluster.dns.adresses', 'unknown key adresses', 'did you mean addresses?'],
  [
    { cluster: { dns: { ports: [0] } } },
    'cluster.dns.ports',
    'ports cannot be understood',
    'write the ports of the DNS pods, 1 to 65535: ports: [5353]',
  ],
  [
    { clusters: [] },
    'clusters',
    'clusters is not a map',
    "write a map of clusters: { prod: { paths: ['dist/prod-*'] } }",
  ],
  [{ clusters: { a: { path: [] } } }, 'clusters.a.path', 'unknown key path', 'did you mean paths?'],
  [
    { clusters: { a: { paths: 'a' } } },
    'clusters.a.paths',
    'paths is not a list of globs',
    "write a list: ['dist/prod-*']",
  ],
])('%j is a finding', (value, place, message, help) => {
  expect(read(value).findings).toMatchObject([{ code: 'NL970', message, help, origin: { file: place } }]);
});

test('an empty file says nothing', () => {
  expect(read(null)).toEqual({ config: EMPTY_CONFIG, findings: [] });
});

test('clusters have facts of their own, and those that all have in common', () => {
  const { config, findings } = read({
    cluster: { kubernetesVersion: '1.33', serviceCidrs: ['10.96.0.0/16'] },
    clusters: { b: { paths: ['dist/b-*'], serviceCidrs: ['10.97.0.0/16'] }, a: { paths: ['dist/a-*'] } },
  });
  expect(findings).toEqual([]);
  expect(config.clusters.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(factsOfCluster(config, 'b')).toEqual({ kubernetesVersion: '1.33', serviceCidrs: ['10.97.0.0/16'] });
  expect(factsOfCluster(config, 'a')).toEqual({ kubernetesVersion: '1.33', serviceCidrs: ['10.96.0.0/16'] });
  expect(factsOfCluster(config, null)).toEqual(config.cluster);
});

test('severities change, and rules are switched off', () => {
  const found = (code: string) => ({
    code,
    slug: '',
    severity: 'error' as const,
    message: '',
    object: null,
    origin: null,
    related: [],
    help: '',
  });
  const { config } = read({ rules: { NL201: 'info', NL210: 'off' } });
  expect(
    withSeverities([found('NL201'), found('NL210'), found('NL999')], config).map(({ code, severity }) => [
      code,
      severity,
    ]),
  ).toEqual([
    ['NL201', 'info'],
    ['NL999', 'error'],
  ]);
});

describe('facts about the cluster', () => {
  test('are understood', () => {
    const { facts, problems } = readClusterFacts({
      serviceCidrs: ['10.96.0.0/12', 'fd00::/112'],
      nodePortRange: '30000-32767',
    });
    expect(problems).toEqual([]);
    expect(facts.serviceCidrs?.map(formatCidr)).toEqual(['10.96.0.0/12', 'fd00::/112']);
    expect(facts.nodePortRange).toEqual({ first: 30000, last: 32767 });
  });

  test.each([
    [{ podCidrs: ['10.0.0.5/24'] }, 'podCidrs', '10.0.0.5/24 has host bits set'],
    [{ nodePortRange: '32767-30000' }, 'nodePortRange', '"32767-30000" is no range of ports'],
    [{ policyEngine: 'flannel' }, 'policyEngine', '"flannel" is no engine of policies'],
    [{ kubernetesVersion: 'latest' }, 'kubernetesVersion', '"latest" is no version of Kubernetes'],
    [{ nodePortRange: '0-70000' }, 'nodePortRange', '"0-70000" is no range of ports'],
  ])('%j is a problem', (texts, key, message) => {
    const { facts, problems } = readClusterFacts(texts);
    expect(facts).toEqual({});
    expect(problems).toMatchObject([{ key, message }]);
  });
});
