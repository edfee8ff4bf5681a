import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import ipaddr from 'ipaddr.js';
import { calico } from '../../apps/calico';
import { cilium } from '../../apps/cilium';
import { flannel } from '../../apps/flannel';
import { fleet } from '../../apps/fleet';
import { REGIONS, RESERVED } from '../../apps/fleet/clusters';
import { migration } from '../../apps/migration';
import { onlineBoutique } from '../../apps/online-boutique';
import { production } from '../../apps/production';
import { quickstart } from '../../apps/quickstart';
import { Cluster, NetworkPolicy, Pods } from '../../lib';
import { expectSameJudgement } from '../constructs/same-judgement';
import { type Manifest, objectKey, synthesize } from './synthesis';

const APPS = join(__dirname, '../../apps');
const BUILDERS = {
  calico,
  cilium,
  flannel,
  fleet,
  migration,
  'online-boutique': onlineBoutique,
  production,
  quickstart,
};

const folders = readdirSync(APPS, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
const sources = readdirSync(APPS, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .sort();

test('every app is tested here and synthesized by apps/main.ts', () => {
  expect(folders.sort()).toEqual(Object.keys(BUILDERS).sort());
  expect(importsOf('main.ts')).toEqual(['netloom', ...folders.map((folder) => `./${folder}`)]);
});

describe.each(Object.entries(BUILDERS))('%s', (_, build) => {
  const { app, manifests, stderr } = synthesize(build);

  test('is synthesized without a word', () => {
    expect(stderr).toBe('');
    expect(manifests.length).toBeGreaterThan(0);
  });

  test('is judged by a check as by its synth', () => {
    expectSameJudgement(app);
  });

  test('has no empty fields, nulls or status in objects of ours', () => {
    const ours = manifests.filter(({ kind }) => OUR_KINDS.has(kind));
    expect(ours.length).toBeGreaterThan(0);
    expect(ours.flatMap(noise)).toEqual([]);
  });
});

test('a warning would be seen', () => {
  const { stderr } = synthesize((app) => {
    const chart = new Chart(app, 'shop');
    new Deployment(chart, 'web', { containers: [{ image: 'example.com/web:1' }] });
    new NetworkPolicy(chart, 'db', { subject: Pods.labelled({ app: 'db' }), ingress: [] });
  });
  expect(stderr).toContain('NL501');
});

test.each(sources)('%s imports nothing but the allowed packages', (file) => {
  const allowed = /^(cdk8s|cdk8s-plus-28|constructs|netloom|\.\/[a-z-]+)$/;
  expect(importsOf(file).filter((name) => !allowed.test(name))).toEqual([]);
  expect(readFileSync(join(APPS, file), 'utf8')).not.toMatch(/\brequire\(|\bimport\(/);
});

test('quickstart has less than 80 lines', () => {
  expect(readdirSync(join(APPS, 'quickstart'))).toEqual(['index.ts']);
  expect(readFileSync(join(APPS, 'quickstart/index.ts'), 'utf8').split('\n').length).toBeLessThan(80);
});

describe('fleet', () => {
  const { app, manifests } = synthesize(fleet);
  const clusters = app.node.findAll().filter((construct) => construct instanceof Cluster);

  test('has twelve clusters in three regions, each with a name of its own', () => {
    expect(Object.keys(REGIONS)).toHaveLength(3);
    expect(new Set(clusters.map(({ name }) => name)).size).toBe(12);
    expect(clusters).toHaveLength(12);
  });

  test('has disjoint ranges', () => {
    const ranges = [
      ...Object.entries(RESERVED).flatMap(([owner, cidrs]) => cidrs.map((cidr) => placed(owner, cidr))),
      ...clusters.flatMap(({ name, podCidrs, serviceCidrs, loadBalancerCidrs }) =>
        [...podCidrs, ...serviceCidrs, ...loadBalancerCidrs].map((cidr) => placed(name, cidr)),
      ),
    ];
    // Eight reservations; 12 + 5 pod ranges, 12 + 5 service ranges, 11 + 5 load balancer ranges (ci has none).
    expect(ranges).toHaveLength(58);
    const overlaps = ranges.flatMap((a, index) =>
      ranges
        .slice(index + 1)
        .filter((b) => a.kind === b.kind && a.first <= b.last && b.first <= a.last)
        .map((b) => `${a.text} overlaps ${b.text}`),
    );
    expect(overlaps).toEqual([]);
  });

  test('keeps the ranges of the legacy cluster', () => {
    const legacy = clusters.find(({ name }) => name === 'eu-west-legacy');
    expect(legacy?.podCidrs).toEqual(['10.244.0.0/16']);
    expect(legacy?.serviceCidrs).toEqual(['10.96.0.0/16']);
    expect(legacy?.dnsIp).toBe('10.96.0.10');
    expect(legacy?.clusterDomain).toBe('legacy.example.com');
  });

  test('tells each cluster its own addresses', () => {
    const told = manifests.flatMap(({ kind, data }) => (kind === 'ConfigMap' ? [data as Record<string, string>] : []));
    const byName = (a: { cluster: string }, b: { cluster: string }): number => (a.cluster < b.cluster ? -1 : 1);
    expect(
      told
        .map(({ cluster, podCidrs, dnsIp, clusterDomain }) => ({ cluster, podCidrs, dnsIp, clusterDomain }))
        .sort(byName),
    ).toEqual(
      clusters
        .map(({ name, podCidrs, dnsIp, clusterDomain }) => ({
          cluster: name,
          podCidrs: podCidrs.join(','),
          dnsIp,
          clusterDomain,
        }))
        .sort(byName),
    );
  });
});

test('production has a pool for each zone and family, inside of the cluster CIDR and with room for a fourth zone', () => {
  const { app, manifests } = synthesize(production);
  const [cluster] = app.node.findAll().filter((construct) => construct instanceof Cluster);
  const [ipv4, ipv6] = cluster.podCidrs.map((cidr) => placed('cluster', cidr));
  const pools = manifests.flatMap(({ kind, metadata, spec }) =>
    kind === 'IPPool' ? [placed(metadata.name, String(spec?.cidr))] : [],
  );
  const shares = pools.map(({ text, kind, first, last }) => {
    const whole = kind === 'ipv4' ? ipv4 : ipv6;
    const quarter = (whole.last - whole.first + 1n) / 4n;
    return [text.split(' ')[0], (first - whole.first) / quarter, last - first + 1n === quarter];
  });
  expect(shares).toEqual(
    ['ipv4', 'ipv6'].flatMap((family) =>
      ['a', 'b', 'c'].map((zone, index) => [`eu-central-1${zone}-${family}`, BigInt(index), true]),
    ),
  );
});

/** The kinds that the apps make with constructs of ours only. */
const OUR_KINDS = new Set([
  'BGPConfiguration',
  'BGPPeer',
  'CiliumLoadBalancerIPPool',
  'CiliumPodIPPool',
  'EndpointSlice',
  'IPAddressPool',
  'IPPool',
  'Ingress',
  'IngressClass',
  'Installation',
  'L2Advertisement',
  'NetworkPolicy',
  'Service',
]);

/** Empty objects that say something: all pods, and everyone at every port. */
const MEANINGFUL = /^NetworkPolicy [^ ]+ spec\.(podSelector|ingress\.\d+|egress\.\d+)$/;

function noise(manifest: Manifest): string[] {
  const found: string[] = 'status' in manifest ? [`${objectKey(manifest)} status`] : [];
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object') return;
    const entries = Object.entries(value ?? {});
    if (entries.length === 0) found.push(path);
    for (const [key, child] of entries) visit(child, `${path}.${key}`);
  };
  for (const [key, value] of Object.entries(manifest)) visit(value, `${objectKey(manifest)} ${key}`);
  return found.filter((path) => !MEANINGFUL.test(path));
}

function importsOf(file: string): string[] {
  return [...readFileSync(join(APPS, file), 'utf8').matchAll(/^(?:import|export|\}).* from '([^']+)';$/gm)].map(
    ([, name]) => name,
  );
}

/** First and last address by plain arithmetic on what ipaddr.js reads. */
function placed(owner: string, cidr: string): { text: string; kind: string; first: bigint; last: bigint } {
  const [address, prefix] = ipaddr.parseCIDR(cidr);
  const bytes = address.toByteArray();
  const first = bytes.reduce((value, byte) => value * 256n + BigInt(byte), 0n);
  const last = first + 2n ** BigInt(bytes.length * 8 - prefix) - 1n;
  return { text: `${owner} ${cidr}`, kind: address.kind(), first, last };
}
