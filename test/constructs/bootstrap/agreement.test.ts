import { App, Chart } from 'cdk8s';
import fc from 'fast-check';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Cluster,
  type ClusterSpec,
  Cni,
  CoreDns,
  Fleet,
  IpFamily,
  K3sConfig,
  KubeadmConfig,
  NodeLocalDns,
  Rke2Config,
  ServiceCidr,
} from '../../../lib';
import { readManifests } from '../../../lib/manifests';
import { networkModel } from '../../../lib/model';
import { NETWORK_RULES, runRules } from '../../../lib/rules';

/** What one component says about its cluster, as it stands in the file. What it does not say is absent. */
interface Said {
  readonly pods?: string;
  /** The pods of a network plugin, sorted: the order of the families means nothing there. */
  readonly pool?: string;
  readonly services?: string;
  readonly masks?: string;
  readonly dns?: string;
  readonly domain?: string;
  readonly nodePorts?: string;
  readonly maxPods?: string;
}

interface Component {
  readonly name: string;
  /** What it says in one of the files of the cluster; undefined if the file is none of its own. */
  readonly read: (file: string, text: string) => Said | undefined;
}

/** Whatever is there, without a parser that would know what a document means. */
function field(text: string, key: string): string | undefined {
  return new RegExp(`^ *"?${key}"?: *"?([^"\\n]*)"?$`, 'm').exec(text)?.[1];
}

function listAfter(text: string, key: string): string | undefined {
  return new RegExp(`^ *${key}:\\n((?: *- .*\\n)+)`, 'm')
    .exec(text)?.[1]
    .trim()
    .split(/\n/)
    .map((line) => line.replace(/^ *- /, ''))
    .join(',');
}

function documentOf(text: string, kind: string): string | undefined {
  return text.split(/^---\n/m).find((part) => new RegExp(`^kind: ${kind}$`, 'm').test(part));
}

function kubeadmArgument(text: string, name: string): string | undefined {
  return (
    new RegExp(`- name: ${name}\\n *value: "?([^"\\n]*)`).exec(text)?.[1] ??
    new RegExp(`^ *${name}: "?([^"\\n]*)`, 'm').exec(text)?.[1]
  );
}

const sorted = (cidrs: readonly string[]): string => [...cidrs].sort().join(',');

const masksOf = (value: (name: string) => string | undefined): string =>
  ['-ipv4', '-ipv6', ''].flatMap((suffix) => value(`node-cidr-mask-size${suffix}`) ?? []).join(',');

/** Further components, such as a network plugin, are further entries. */
const COMPONENTS: readonly Component[] = [
  {
    name: 'kubeadm',
    read: (file, text) => {
      const document = file.startsWith('kubeadm/') ? documentOf(text, 'ClusterConfiguration') : undefined;
      return document === undefined
        ? undefined
        : {
            pods: field(document, 'podSubnet'),
            services: field(document, 'serviceSubnet'),
            domain: field(document, 'dnsDomain'),
            nodePorts: kubeadmArgument(document, 'service-node-port-range'),
            masks: masksOf((name) => kubeadmArgument(document, name)),
          };
    },
  },
  {
    name: 'kube-proxy',
    read: (file, text) => {
      const document = file.startsWith('kubeadm/') ? documentOf(text, 'KubeProxyConfiguration') : undefined;
      return document === undefined ? undefined : { pods: field(document, 'clusterCIDR') };
    },
  },
  {
    name: 'kubelet',
    read: (file, text) => {
      const document = file.startsWith('kubeadm/') ? documentOf(text, 'KubeletConfiguration') : undefined;
      return document === undefined
        ? undefined
        : {
            dns: listAfter(document, 'clusterDNS'),
            domain: field(document, 'clusterDomain'),
            maxPods: field(document, 'maxPods'),
          };
    },
  },
  ...['k3s', 'rke2'].map((folder) => ({
    name: folder,
    read: (file: string, text: string): Said | undefined =>
      file.startsWith(folder) && file.endsWith('server.yaml')
        ? {
            pods: field(text, 'cluster-cidr'),
            services: field(text, 'service-cidr'),
            domain: field(text, 'cluster-domain'),
            nodePorts: field(text, 'service-node-port-range'),
            masks: masksOf((name) => new RegExp(`- ${name}=(\\d+)`).exec(text)?.[1]),
            maxPods: /- max-pods=(\d+)/.exec(text)?.[1],
            // The address of the cache goes to kubelets alone.
            dns: /- cluster-dns=(.*)/.exec(text)?.[1] ?? field(text, 'cluster-dns')?.split(',')[0],
          }
        : undefined,
  })),
  {
    name: 'Calico',
    read: (_file, text) =>
      /^kind: Installation$/m.test(text)
        ? { pool: sorted([...text.matchAll(/^ *cidr: (\S+)$/gm)].map(([, cidr]) => cidr)) }
        : undefined,
  },
  {
    name: 'Flannel',
    read: (_file, text) =>
      text.includes('net-conf.json')
        ? { pool: sorted([...text.matchAll(/"(?:IPv6)?Network": "([^"]*)"/g)].map(([, cidr]) => cidr)) }
        : undefined,
  },
  {
    name: 'Cilium',
    read: (file, text) =>
      file.startsWith('cilium/')
        ? {
            pool: sorted(
              [...text.matchAll(/PodCIDRList:\n((?: *- .*\n)+)/g)]
                .flatMap(([, list]) => list.match(/[^\s-]\S*/g) ?? [])
                .map((cidr) => cidr.replaceAll('"', '')),
            ),
          }
        : undefined,
  },
  {
    name: 'CoreDNS',
    read: (_file, text) =>
      /^ {4,}kubernetes /m.test(text) ? { domain: /^ *kubernetes (\S+)/m.exec(text)?.[1] } : undefined,
  },
  {
    name: 'NodeLocal DNSCache',
    read: (_file, text) => {
      const zone = /^ *(\S+):53 \{\n *cache \{/m.exec(text)?.[1];
      return zone === undefined ? undefined : { domain: zone, dns: /bind (\S+)/.exec(text)?.[1] };
    },
  },
];

const KEYS = ['pods', 'pool', 'services', 'masks', 'dns', 'domain', 'nodePorts', 'maxPods'] as const;

const cluster = fc.record({
  families: fc.constantFrom(
    [IpFamily.IPV4],
    [IpFamily.IPV6],
    [IpFamily.IPV4, IpFamily.IPV6],
    [IpFamily.IPV6, IpFamily.IPV4],
  ),
  kubernetesVersion: fc.constantFrom('1.29', '1.31', '1.34', undefined),
  nodes: fc.integer({ min: 1, max: 300 }),
  podsPerNode: fc.integer({ min: 10, max: 250 }),
  services: fc.integer({ min: 20, max: 3000 }),
  nodePortRange: fc.constantFrom('30000-32767', '20000-22767'),
  growth: fc.boolean(),
  plugin: fc.constantFrom('Calico', 'Cilium', 'Flannel', 'none'),
});

/** Flannel wants IPv4 for its own network; where it cannot be had, the cluster goes without. */
function pluginOf({ plugin, families }: FleetSample['clusters'][number]): {
  readonly name: string;
  readonly cni?: Cni;
} {
  switch (plugin) {
    case 'Calico':
      return { name: plugin, cni: Cni.calico() };
    case 'Cilium':
      return { name: plugin, cni: Cni.cilium() };
    case 'Flannel':
      return families[0] === IpFamily.IPV4 ? { name: plugin, cni: Cni.flannel() } : { name: 'none' };
    default:
      return { name: 'none' };
  }
}

const fleets = fc.record({
  clusters: fc.array(cluster, { minLength: 1, maxLength: 4 }),
  cache: fc.boolean(),
  extra: fc.boolean(),
});

type FleetSample = typeof fleets extends fc.Arbitrary<infer Value> ? Value : never;

/** The domain of a cluster: of its own, because each asks all others. */
const domainOf = (index: number): string => `c${index}.example.internal`;

function withEverything(app: App, { clusters, cache, extra }: FleetSample): Fleet {
  const specs = clusters.map(({ plugin, ...spec }, index): [string, ClusterSpec] => [
    `c${index}`,
    {
      ...spec,
      cni: pluginOf({ plugin, ...spec }).cni,
      families: [...spec.families],
      clusterDomain: domainOf(index),
      ...(extra &&
        (spec.kubernetesVersion ?? '1.34') === '1.34' && {
          extraServiceCidrs: spec.families.map((family) =>
            family === IpFamily.IPV4 ? `172.20.${index}.0/24` : `fd99:0:0:${index}::/112`,
          ),
        }),
    },
  ]);
  const fleet = new Fleet(app, 'fleet', {
    supernets: ['10.0.0.0/8', 'fd42::/32'],
    clusters: Object.fromEntries(specs),
  });
  for (const member of fleet.clusters) addComponents(member, fleet, cache);
  return fleet;
}

function addComponents(member: Cluster, fleet: Fleet, cache: boolean): void {
  new KubeadmConfig(member, 'kubeadm');
  new K3sConfig(member, 'k3s');
  new Rke2Config(member, 'rke2');
  const chart = new Chart(member, 'network');
  const reachable = fleet.clusters.filter(({ families }) => member.families.includes(families[0]));
  new CoreDns(chart, 'dns', { clusters: reachable });
  if (cache && member.families.includes(IpFamily.IPV4)) new NodeLocalDns(chart, 'cache');
  if (member.extraServiceCidrs.length > 0) new ServiceCidr(chart, 'extra');
}

/** All files of an output folder by path. */
function filesBelow(folder: string): Map<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
  return new Map(files.sort().map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

/** Files of a cluster: its name is a part of each path. */
const filesOf = (files: ReadonlyMap<string, string>, name: string): [string, string][] =>
  [...files].filter(([file]) => new RegExp(`\\b${name}\\b`).test(file));

function synthesized(sample: FleetSample, look: (files: Map<string, string>, fleet: Fleet) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-agreement-'));
  const printed = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  const ci = process.env.CI;
  delete process.env.CI;
  try {
    const app = new App({ outdir: join(folder, 'dist') });
    app.node.setContext('netloom.dev/lock-file', join(folder, 'lock.json'));
    const fleet = withEverything(app, sample);
    app.synth();
    expect(printed.mock.calls).toEqual([]);
    look(filesBelow(join(folder, 'dist')), fleet);
  } finally {
    printed.mockRestore();
    if (ci !== undefined) process.env.CI = ci;
    rmSync(folder, { recursive: true });
  }
}

/** What the components of a cluster say, by setting. */
function statements(files: readonly [string, string][]): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string>>(KEYS.map((key) => [key, new Map<string, string>()]));
  for (const [file, text] of files) {
    for (const { name, read } of COMPONENTS) {
      const said = read(file, text);
      for (const key of KEYS) if (said?.[key] !== undefined) found.get(key)?.set(name, said[key]);
    }
  }
  return found;
}

test('all components of every cluster agree on pods, services, masks, DNS address and domain, and with the plan', () => {
  fc.assert(
    fc.property(fleets, (sample) => {
      synthesized(sample, (files, fleet) => {
        for (const member of fleet.clusters) {
          const said = statements(filesOf(files, member.name));
          const cached = sample.cache && member.families.includes(IpFamily.IPV4);
          const planned: Record<(typeof KEYS)[number], string> = {
            pods: member.podCidrs.join(','),
            pool: sorted(member.podCidrs),
            services: member.serviceCidrs.join(','),
            masks: ['IPv4', 'IPv6'].flatMap((family) => member.nodeCidrMaskSize[family] ?? []).join(','),
            dns: cached ? '169.254.20.10' : member.dnsIp,
            domain: member.clusterDomain,
            nodePorts: sample.clusters[Number(member.name.slice(1))].nodePortRange,
            maxPods: String(sample.clusters[Number(member.name.slice(1))].podsPerNode),
          };
          const plugin = pluginOf(sample.clusters[Number(member.name.slice(1))]).name;
          expect([...(said.get('pool')?.keys() ?? [])]).toEqual(plugin === 'none' ? [] : [plugin]);
          for (const key of KEYS)
            expect([key, new Set(said.get(key)?.values())]).toEqual([
              key,
              new Set(key === 'pool' && plugin === 'none' ? [] : [planned[key]]),
            ]);
          // A component that says nothing would agree with everything.
          expect([...(said.get('pods')?.keys() ?? [])].sort()).toEqual(['k3s', 'kube-proxy', 'kubeadm', 'rke2']);
          expect([...(said.get('domain')?.keys() ?? [])].sort()).toEqual([
            'CoreDNS',
            ...(cached ? ['NodeLocal DNSCache'] : []),
            'k3s',
            'kubeadm',
            'kubelet',
            'rke2',
          ]);
        }
      });
    }),
    { numRuns: 25 },
  );
});

test('the checks find nothing in the files of a cluster', () => {
  fc.assert(
    fc.property(fleets, (sample) => {
      synthesized(sample, (files, fleet) => {
        for (const { name } of fleet.clusters) {
          const input = filesOf(files, name).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
          const { objects, findings } = readManifests(input);
          const found = [...findings, ...runRules(NETWORK_RULES, networkModel(objects, {})).findings];
          expect(found.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
        }
      });
    }),
    { numRuns: 10 },
  );
});

test('and they find it when a hand changes one of them', () => {
  const sample: FleetSample = {
    clusters: [
      {
        families: [IpFamily.IPV4],
        kubernetesVersion: '1.34',
        nodes: 10,
        podsPerNode: 110,
        services: 200,
        nodePortRange: '30000-32767',
        growth: false,
        plugin: 'none',
      },
    ],
    cache: true,
    extra: false,
  };
  synthesized(sample, (files) => {
    // Two configurations of k3s that differ are those of two clusters.
    const codesAfter = (file: RegExp, pattern: RegExp, replacement: string): string[] => {
      const input = [...files]
        .filter(([path]) => !path.startsWith('rke2'))
        .map(([path, text]) => {
          const edited = file.test(path) ? text.replace(pattern, replacement) : text;
          if (file.test(path)) expect(edited).not.toBe(text);
          return { path, bytes: new TextEncoder().encode(edited) };
        });
      const { findings } = runRules(NETWORK_RULES, networkModel(readManifests(input).objects, {}));
      return [...new Set(findings.map(({ code }) => code))];
    };
    expect(codesAfter(/^kubeadm/, /(clusterCIDR: )\S+/, '$110.99.0.0/16')).toContain('NL132');
    expect(codesAfter(/^kubeadm/, /(podSubnet: )\S+/, '$110.99.0.0/16')).toContain('NL132');
    expect(codesAfter(/^kubeadm/, /(clusterDomain: )\S+/, '$1other.example')).toContain('NL134');
    expect(codesAfter(/^kubeadm/, /- 169\.254\.20\.10/, '- 10.99.0.10')).toContain('NL133');
    expect(codesAfter(/^k3s.*server/, /(cluster-cidr: )\S+/, '$110.99.0.0/16')).toContain('NL132');
    expect(codesAfter(/^k3s.*server/, /(service-cidr: )\S+/, '$110.98.0.0/24')).toContain('NL132');
    expect(codesAfter(/^k3s.*server/, /(cluster-domain: )\S+/, '$1other.example')).toContain('NL134');
    expect(codesAfter(/k8s\.yaml$/, /(kubernetes )c0\S+/, '$1other.example')).toContain('NL134');
    expect(codesAfter(/k8s\.yaml$/, /c0\.example\.internal(:53 \{)/, 'other.example$1')).toContain('NL134');
  });
});
