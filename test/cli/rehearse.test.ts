import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../lib/cli/main';
import { inTemporaryFolders } from '../temporary-folders';

const ROOT = join(__dirname, '../..');
const OLD = join(ROOT, 'test/migration/old-runbooks');
const printed = inTemporaryFolders();

async function netloom(...args: string[]): Promise<number> {
  printed.clear();
  return main(['node', 'netloom', ...args], { version: '1.2.3', root: ROOT });
}

/** As `kubectl get -o yaml` and calicoctl show a cluster of kubeadm and Calico. */
function writeState(kubeletVersion = 'v1.34.4'): void {
  mkdirSync('state');
  writeFileSync(
    'state/nodes.yaml',
    `apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Node
    metadata: { name: control-plane, labels: { node-role.kubernetes.io/control-plane: "" } }
    spec: { podCIDRs: [10.244.0.0/24] }
    status: { nodeInfo: { kubeletVersion: ${kubeletVersion} } }
  - apiVersion: v1
    kind: Node
    metadata: { name: worker, labels: { topology.kubernetes.io/zone: a } }
    spec: { podCIDRs: [10.244.3.0/24] }
    status: { nodeInfo: { kubeletVersion: ${kubeletVersion} } }
`,
  );
  writeFileSync(
    'state/rest.yaml',
    `apiVersion: v1
kind: ConfigMap
metadata: { name: kubeadm-config, namespace: kube-system }
data:
  ClusterConfiguration: |
    apiVersion: kubeadm.k8s.io/v1beta4
    kind: ClusterConfiguration
    networking: { podSubnet: 10.244.0.0/16, serviceSubnet: 10.96.0.0/12, dnsDomain: cluster.local }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: kube-proxy, namespace: kube-system }
data:
  config.conf: |
    apiVersion: kubeproxy.config.k8s.io/v1alpha1
    kind: KubeProxyConfiguration
    clusterCIDR: 10.244.0.0/16
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: { name: default-ipv4-ippool }
spec: { cidr: 10.244.0.0/16, ipipMode: Always, vxlanMode: Never, nodeSelector: all() }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec: { nodeName: worker, containers: [{ name: web, image: web }] }
status: { podIPs: [{ ip: 10.244.3.8 }] }
`,
  );
}

test('a runbook that was made for this cluster', async () => {
  cpSync(join(ROOT, 'dist/migration/pods-by-zone'), 'pods-by-zone', { recursive: true });
  expect(await netloom('rehearse', 'pods-by-zone')).toBe(0);
  expect(printed.output()).toMatchSnapshot();
  expect(printed.errors()).toBe('');
});

test('a runbook where the synth has written it', async () => {
  cpSync(join(ROOT, 'dist/migration'), 'dist/migration', { recursive: true });
  for (const name of readdirSync('dist/migration')) {
    expect(await netloom('rehearse', `dist/migration/${name}`)).toBe(0);
    expect(printed.output()).toContain('0 errors');
  }
});

test('a stage whose manifests cannot be read is no stage that does nothing', async () => {
  cpSync(join(ROOT, 'dist/migration/pods-by-zone'), 'dist/migration/pods-by-zone', { recursive: true });
  for (const [text, because] of [
    ['kind: [', 'flow'],
    ['services: {web: {image: web}}', 'Compose'],
  ] as const) {
    writeFileSync('dist/migration/pods-by-zone/3-add-pools/ippools.yaml', text);
    expect(await netloom('rehearse', 'dist/migration/pods-by-zone')).toBe(2);
    expect(printed.errors()).toContain('ippools.yaml, which the runbook applies: ');
    expect(printed.errors()).toContain(because);
  }
});

test('a runbook of the first version, on the cluster as it is', async () => {
  writeState();
  expect(await netloom('rehearse', join(OLD, 'calico-manifest'), '--state', 'state')).toBe(1);
  expect(printed.output()).toMatchSnapshot();
});

test('nodes that no pool of the runbook selects are known from the cluster as it is', async () => {
  writeState();
  cpSync(join(ROOT, 'dist/migration/pods-by-zone'), 'pods-by-zone', { recursive: true });
  expect(await netloom('rehearse', 'pods-by-zone', '--state', 'state')).toBe(1);
  expect(printed.output()).toContain('NL852 no enabled pool gives IPv4 addresses to the pods of control-plane');
});

test('a policy of the cluster that keeps the pod of a check from the DNS', async () => {
  writeState();
  writeFileSync(
    'state/policies.yaml',
    'apiVersion: cilium.io/v2\nkind: CiliumClusterwideNetworkPolicy\nmetadata: {name: deny}\nspec: {endpointSelector: {}, egress: [{}]}\n',
  );
  cpSync(join(ROOT, 'dist/migration/pods-by-zone'), 'pods-by-zone', { recursive: true });
  await netloom('rehearse', 'pods-by-zone', '--state', 'state');
  expect(printed.output().replace(/\s+/g, ' ')).toContain('is decided by CiliumClusterwideNetworkPolicy deny');
});

test('an RKE2 cluster', async () => {
  writeState('v1.34.4+rke2r1');
  cpSync(join(ROOT, 'dist/migration/pods-by-zone'), 'pods-by-zone', { recursive: true });
  expect(await netloom('rehearse', 'pods-by-zone', '--state', 'state')).toBe(1);
  expect(printed.output()).toContain('NL857');
  expect(printed.output()).toContain('rke2 made the control plane');
});

test('as JSON', async () => {
  writeState();
  expect(await netloom('rehearse', join(OLD, 'calico-manifest'), '--state', 'state', '-o', 'json')).toBe(1);
  const result = JSON.parse(printed.output()) as {
    version: number;
    runbooks: { name: string; stages: { folder: string; findings: { code: string }[]; upgrade: string[] }[] }[];
  };
  expect(Object.keys(result)).toEqual(['version', 'runbooks', 'findings']);
  expect(result.version).toBe(1);
  const [{ name, stages }] = result.runbooks;
  expect(name).toBe('calico-manifest');
  expect(stages.map(({ folder, findings }) => [folder, [...new Set(findings.map(({ code }) => code))]])).toContainEqual(
    ['2-cluster-cidr', ['NL851']],
  );
  expect(stages[1].upgrade).toEqual(['--allocate-node-cidrs=true for kube-controller-manager, now false']);
});

test.each<[string, string[], string]>([
  ['no runbook', ['nowhere'], 'nowhere is neither the folder of a runbook nor that of an app'],
  ['a runbook without a cluster', [join(OLD, 'calico-manifest')], 'give the cluster with --state DIR'],
  [
    'a state without objects',
    [join(OLD, 'calico-manifest'), '--state', 'empty'],
    '--state: empty has no object of a cluster',
  ],
  ['no app', [], 'there is no cdk8s.yaml here'],
])('%s', async (_what, args, expected) => {
  mkdirSync('empty');
  expect(await netloom('rehearse', ...args)).toBe(2);
  expect(printed.errors()).toContain(expected);
  expect(printed.output()).toBe('');
});

test('an app, with its expectations and rules', async () => {
  symlinkSync(join(ROOT, 'node_modules'), 'node_modules');
  writeFileSync('cdk8s.yaml', `app: node --import ${JSON.stringify(require.resolve('tsx'))} main.ts\n`);
  writeFileSync(
    'main.ts',
    `import { App } from 'cdk8s';
import { Cluster, PodNetworkCni, PodNetworkMigration } from ${JSON.stringify(join(ROOT, 'lib'))};
const app = new App();
const cluster = new Cluster(app, 'prod', { podCidrs: ['10.64.0.0/14'] });
new PodNetworkMigration(cluster, 'move', { from: { cni: PodNetworkCni.CALICO, podCidrs: ['10.244.0.0/16'] }, nodes: 9 });
app.synth();
`,
  );
  expect([await netloom('rehearse'), printed.errors()]).toEqual([0, '']);
  expect(printed.output()).toContain('7 stages of 1 runbook rehearsed: 0 errors, 0 warnings');
});

test('what the code of an app expects is asked, too', async () => {
  symlinkSync(join(ROOT, 'node_modules'), 'node_modules');
  writeFileSync('cdk8s.yaml', `app: node --import ${JSON.stringify(require.resolve('tsx'))} main.ts\n`);
  writeFileSync(
    'main.ts',
    `import { App } from 'cdk8s';
import { Cluster, PodNetworkCni, PodNetworkMigration, Pods, PolicyPeer } from ${JSON.stringify(join(ROOT, 'lib'))};
const app = new App();
const cluster = new Cluster(app, 'prod', { podCidrs: ['10.64.0.0/14'] });
cluster.expect(PolicyPeer.podsIn('shop', Pods.all())).toBeIsolated();
new PodNetworkMigration(cluster, 'move', { from: { cni: PodNetworkCni.CALICO, podCidrs: ['10.244.0.0/16'] }, nodes: 9 });
app.synth();
`,
  );
  await netloom('rehearse');
  expect(printed.errors()).toBe('');
  expect(printed.output()).toMatchSnapshot();
});

/** Pools of load balancer addresses as MetalLB has them. */
function writePools(): void {
  mkdirSync('pools');
  const pool = (name: string, addresses: string): string =>
    `apiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: { name: ${name}, namespace: metallb-system }\nspec: { addresses: [${addresses}] }\n`;
  writeFileSync(
    'pools/pools.yaml',
    [pool('public', '192.0.2.0/26'), pool('office', '10.64.132.4-10.64.132.9')].join('---\n'),
  );
}

test('load balancer pools are those of the cluster as it is', async () => {
  writePools();
  expect(await netloom('rehearse', join(OLD, 'load-balancers'), '--state', 'pools')).toBe(1);
  expect(printed.output()).toMatchSnapshot();
});

describe('a runbook that somebody has edited', () => {
  type Edit = (runbook: { cluster: Record<string, unknown>; stages: Record<string, unknown>[] }) => void;
  const rewrite = (edit: Edit): void => {
    cpSync(join(ROOT, 'dist/migration/pods-by-zone'), 'pods-by-zone', { recursive: true });
    const file = 'pods-by-zone/runbook.netloom';
    const data = JSON.parse(readFileSync(file, 'utf8')) as Parameters<Edit>[0];
    edit(data);
    writeFileSync(file, JSON.stringify(data));
  };
  const PARTS = ['nodes', 'pools', 'kubeadm', 'kubeProxy', 'staticPods', 'copies', 'pluginRanges', 'services'];

  test.each(PARTS.flatMap((part) => ['x', 7, [null], { a: null }].map((value) => [part, value] as const)))(
    'its cluster has %s: %j',
    async (part, value) => {
      rewrite(({ cluster }) => {
        cluster[part] = value;
      });
      expect(await netloom('rehearse', 'pods-by-zone')).toBe(2);
      expect(printed.errors()).toContain('or not as this version reads it: give the cluster with --state DIR');
    },
  );

  test.each(['../secret.yaml', 'a/../../../secret.yaml', 'a\0b'])('a file %j', async (path) => {
    writeFileSync('secret.yaml', 'token: abc\n');
    rewrite(({ stages }) => {
      stages[0].files = [path];
      stages[0].folder = '.';
    });
    expect(await netloom('rehearse', 'pods-by-zone')).toBe(2);
    expect(printed.errors()).toMatch(/which is no file of its folder/);
    expect(printed.errors()).not.toContain('abc');
  });
});
