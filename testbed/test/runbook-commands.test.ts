import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { RehearsedCluster, Runbook, Stage } from '../../lib/migration';
import { RUNBOOKS } from '../../test/migration/runbooks';
import { type KubernetesObject, refusalText } from '../api-client';
import { create } from '../apply';
import { waitFor } from '../component';
import {
  type ApiServer,
  kubectl,
  run,
  startApiServer,
  startClient,
  startTestbed,
  stopApiServer,
  stopTestbed,
  type Testbed,
} from '../control-plane';
import { kubeadmConfig } from '../kubeadm-config';
import { type RunbookShell, runbookShell } from '../runbook-shell';

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed('newest');
});
afterAll(() => stopTestbed(testbed));

async function apply(server: ApiServer, ...objects: object[]): Promise<void> {
  for (const object of objects as KubernetesObject[]) {
    const answer = await create(server.api, object);
    if (answer?.status !== 201) throw new Error(answer === undefined ? 'not served' : refusalText(answer));
  }
}

function shellOf(server: ApiServer, name: string): RunbookShell {
  const folder = join(testbed.folder, `runbook-${name}`);
  mkdirSync(folder, { recursive: true });
  return runbookShell(server, folder);
}

function stageOf({ stages }: Runbook, id: string): Stage {
  const stage = stages.find((candidate) => candidate.id === id);
  if (stage === undefined) throw new Error(`there is no stage ${id}`);
  return stage;
}

/** Runs every command of a stage, in order; what fails is told with its error. Names that the reader has to fill in are those of the Service web. */
function follow(shell: RunbookShell, stage: Stage): { stdout: string; failed: string[] } {
  shell.unpack(stage);
  const outputs = stage.steps
    .flatMap(({ commands }) => commands)
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.replaceAll('NAMESPACE', 'shop').replaceAll('service NAME', 'service web'))
    .map((line) => ({ line, ...shell.run(line) }));
  return {
    stdout: outputs.map(({ stdout }) => stdout).join(''),
    failed: outputs.flatMap(({ line, status, stderr }) => (status === 0 ? [] : [`${line}: ${stderr}`])),
  };
}

const service = (name: string, clusterIP?: string): object => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, namespace: 'shop' },
  spec: { ports: [{ port: 80 }], ...(clusterIP !== undefined && { clusterIP }) },
});

const SHOP = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };

test('an extension of the service range, by the commands of its runbook', async () => {
  const runbook = RUNBOOKS['more Services'];
  const server = await startApiServer(testbed, { serviceCidrs: ['10.96.0.0/16'] });
  // It says when a range is ready, and keeps one that is in use.
  await startClient(server, 'kube-controller-manager');
  const shell = shellOf(server, 'more-services');
  await apply(server, SHOP);
  expect(
    refusalText(
      await server.api.request('POST', '/api/v1/namespaces/shop/services', { body: service('early', '10.112.0.9') }),
    ),
  ).toContain('10.112.0.9');
  const [prepare, add, verify] = ['prepare', 'add-range', 'verify'].map((id) => stageOf(runbook, id));
  expect(follow(shell, prepare).failed).toEqual([]);
  expect(follow(shell, add).failed).toEqual([]);
  const [, ready] = add.steps;
  await waitFor(
    'the range is ready',
    () => Promise.resolve(shell.run(ready.commands[0]).stdout.trim() === ready.expected),
    30,
  );
  await waitFor(
    'an address of it can be had',
    async () => (await create(server.api, service('late', '10.112.0.9') as KubernetesObject))?.status === 201,
    30,
  );
  const verified = follow(shell, verify);
  expect(verified.failed).toEqual([]);
  expect(verified.stdout).toContain('10.112.0.9');
  if (add.undo.kind !== 'rollback') throw new Error('there is a way back');
  const [look, remove] = add.undo.steps;
  expect(shell.run(look.commands[0]).stdout).toMatch(/10\.112\.0\.9\s+shop\s+late/);
  // kubectl waits until the range is gone, and it goes with its last address.
  expect(shell.run(`${remove.commands[0]} --wait=false`)).toMatchObject({ status: 0, stderr: '' });
  const ranges = (): string => shell.run('kubectl get servicecidrs -o name').stdout;
  expect(ranges()).toContain('servicecidr.networking.k8s.io/more');
  await server.api.request('DELETE', '/api/v1/namespaces/shop/services/late');
  await waitFor('the range is gone', () => Promise.resolve(!ranges().includes('/more')), 60);
  await stopApiServer(server);
});

const POD_LABELS = { app: 'kube-proxy' };

function clusterOf({ cluster }: Runbook): RehearsedCluster {
  if (cluster === null) throw new Error('it is not known for which cluster');
  return cluster;
}

/** What kubeadm leaves in a cluster, as far as the runbook changes it. */
function kubeadmObjects(runbook: Runbook): object[] {
  const cluster = clusterOf(runbook);
  const proxy = {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    clusterCIDR: cluster.kubeProxy?.clusterCIDR,
    mode: 'nftables',
  };
  const system = { namespace: 'kube-system' };
  return [
    kubeadmConfig(cluster),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { ...system, name: 'kube-proxy' },
      data: { 'config.conf': JSON.stringify(proxy), 'kubeconfig.conf': 'kept' },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { ...system, name: 'kube-proxy' },
      spec: {
        selector: { matchLabels: POD_LABELS },
        template: {
          metadata: { labels: POD_LABELS },
          spec: { hostNetwork: true, containers: [{ name: 'kube-proxy', image: 'kube-proxy' }] },
        },
      },
    },
    SHOP,
    service('web', '10.96.0.9'),
  ];
}

const node = (name: string, podCIDR: string, address: string): object => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  spec: { podCIDR, podCIDRs: [podCIDR] },
  status: { addresses: [{ type: 'InternalIP', address }] },
});

test('a second family, by the commands of its runbook', async () => {
  const runbook = RUNBOOKS['a second family with Calico'];
  const name = 'second-family';
  const single = await startApiServer(testbed, { name, serviceCidrs: ['10.96.0.0/16'] });
  const shell = shellOf(single, name);
  await apply(
    single,
    ...kubeadmObjects(runbook),
    node('a', '10.64.0.0/24', '192.0.2.21'),
    node('b', '10.64.1.0/24', '192.0.2.22'),
  );
  const written = JSON.parse(
    run(testbed.program, ['kubeadm', 'upgrade'], JSON.stringify(kubeadmConfig(clusterOf(runbook)))).stdout,
  ) as { staticPods: Record<string, object> };
  for (const component of ['kube-apiserver', 'kube-controller-manager'])
    shell.writeStaticPod(component, written.staticPods[component]);
  const withoutKubeadmDiff = ({ failed }: { failed: string[] }): string[] =>
    failed.filter((text) => !text.includes('upgrade-diff.txt'));

  expect(follow(shell, stageOf(runbook, 'prepare')).failed).toEqual([]);
  // No static pod runs here: what asks for their pods finds none. The rest of the stage is done.
  expect(
    withoutKubeadmDiff(follow(shell, stageOf(runbook, 'control-plane'))).filter(
      (text) => !text.includes('get pods -l component='),
    ),
  ).toEqual([]);

  const flags = (component: string, flag: string): string[] =>
    shell.staticPodFlags(component).filter((text) => text.startsWith(`--${flag}=`));
  expect(flags('kube-apiserver', 'service-cluster-ip-range')).toEqual([
    '--service-cluster-ip-range=10.96.0.0/16,fd00:1::/112',
  ]);
  expect(flags('kube-controller-manager', 'cluster-cidr')).toEqual(['--cluster-cidr=10.64.0.0/16,fd00::/56']);
  // What the next upgrade makes of the ConfigMap that the commands have left are the flags that run.
  const stored = kubectl(single, ['-n', 'kube-system', 'get', 'configmap', 'kubeadm-config', '-o', 'json']).stdout;
  const next = JSON.parse(run(testbed.program, ['kubeadm', 'upgrade'], stored).stdout) as {
    strict?: unknown;
    commands: Record<string, string[]>;
  };
  for (const component of ['kube-apiserver', 'kube-controller-manager'])
    expect([...next.commands[component]].filter((flag) => flag.startsWith('--')).sort()).toEqual(
      [...shell.staticPodFlags(component)].sort(),
    );
  await stopApiServer(single);

  const dual = await startApiServer(testbed, { name, serviceCidrs: ['10.96.0.0/16', 'fd00:1::/112'] });
  const after = shellOf(dual, name);
  const range = (flag: string): boolean =>
    /^--(?:allocate-node-cidrs|cluster-cidr|service-cluster-ip-range|node-cidr-mask-size)/.test(flag);
  const controllers = await startClient(
    dual,
    'kube-controller-manager',
    shell.staticPodFlags('kube-controller-manager').filter(range),
  );
  await startClient(dual, 'nodes');
  await waitFor(
    'the service range has both families',
    () =>
      Promise.resolve(
        after.run(`kubectl get servicecidr kubernetes -o jsonpath='{.spec.cidrs}'`).stdout.includes('fd00:1::/112'),
      ),
    60,
  );
  expect(follow(after, stageOf(runbook, 'kube-proxy')).failed).toEqual([]);
  const proxy = kubectl(dual, ['-n', 'kube-system', 'get', 'configmap', 'kube-proxy', '-o', 'jsonpath={.data}']).stdout;
  expect(proxy).toContain('10.64.0.0/16,fd00::/56');
  expect(proxy).toContain('nftables');
  expect(proxy).toContain('kept');

  // A node that joins has a range of each family; those that are there keep what they have.
  await apply(dual, { apiVersion: 'v1', kind: 'Node', metadata: { name: 'c' } });
  const podCidrs = (): string => kubectl(dual, ['get', 'node', 'c', '-o', 'jsonpath={.spec.podCIDRs}']).stdout;
  await waitFor('the node has ranges', () => Promise.resolve(podCidrs() !== ''), 60, controllers);
  expect(JSON.parse(podCidrs())).toEqual([
    expect.stringMatching(/^10\.64\.\d+\.0\/24$/),
    expect.stringMatching(/^fd00:0?:?.*\/64$/),
  ]);

  const services = stageOf(runbook, 'services');
  expect(follow(after, services).failed).toEqual([]);
  const addresses = JSON.parse(
    kubectl(dual, ['-n', 'shop', 'get', 'service', 'web', '-o', 'jsonpath={.spec.clusterIPs}']).stdout,
  ) as string[];
  expect(addresses).toEqual(['10.96.0.9', expect.stringMatching(/^fd00:1::/)]);
  await stopApiServer(dual);
});
