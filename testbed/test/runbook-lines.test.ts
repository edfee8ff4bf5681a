import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Runbook } from '../../lib/migration';
import { RUNBOOKS } from '../../test/migration/runbooks';
import { type KubernetesObject, refusalText } from '../api-client';
import { create } from '../apply';
import { waitFor } from '../component';
import {
  type ApiServer,
  kubectl,
  startApiServer,
  startClient,
  startTestbed,
  stopApiServer,
  stopTestbed,
  type Testbed,
} from '../control-plane';
import { customResourceDefinitions, installCustomResources } from '../custom-resources';
import { kubeadmConfig } from '../kubeadm-config';
import { runbookShell } from '../runbook-shell';

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed('newest');
});
afterAll(() => stopTestbed(testbed));

/** Lines that a control plane alone cannot answer, and why. */
const NOT_HERE: readonly (readonly [RegExp, string])[] = [
  [/get pods -l component=.*\| grep/, 'static pods are made by kubelets'],
  [/upgrade-diff\.txt/, 'kubeadm asks the machine that it runs on'],
  [/ exec /, 'a shell in a pod needs its kubelet'],
  [/ippools\.json$/, 'calicoctl writes the file'],
  [/kubectl patch node /, 'a Node that was deleted comes back when its kubelet starts'],
];

/** What kubeadm, Flannel, Calico with its operator and MetalLB leave in a cluster, six nodes and an application. */
function objectsOf({ cluster }: Runbook): object[] {
  if (cluster === null) throw new Error('it is not known for which cluster');
  const configMap = (namespace: string, name: string, data: object): object => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { namespace, name },
    data,
  });
  const workload = (kind: string, namespace: string, name: string, spec: object): object => ({
    apiVersion: 'apps/v1',
    kind,
    metadata: { namespace, name },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { ...spec, containers: [{ name, image: name }] },
      },
    },
  });
  const zones = ['a', 'b'].flatMap((zone) => [1, 2, 3].map((index) => ({ zone, name: `${zone}${index}` })));
  return [
    ...['shop', 'kube-flannel', 'metallb-system'].map((name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name },
    })),
    ...zones.map(({ zone, name }, index) => ({
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels: { 'topology.kubernetes.io/zone': zone } },
      spec: { podCIDR: `10.244.${index}.0/24`, podCIDRs: [`10.244.${index}.0/24`] },
      status: { addresses: [{ type: 'InternalIP', address: `192.0.2.${index + 11}` }] },
    })),
    kubeadmConfig(cluster),
    configMap('kube-system', 'kube-proxy', {
      'config.conf': JSON.stringify({
        apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
        kind: 'KubeProxyConfiguration',
        clusterCIDR: '10.244.0.0/16',
      }),
    }),
    configMap('kube-flannel', 'kube-flannel-cfg', {
      'net-conf.json': JSON.stringify({ Network: '10.244.0.0/16', Backend: { Type: 'vxlan' } }),
    }),
    {
      apiVersion: 'projectcalico.org/v3',
      kind: 'IPPool',
      metadata: { name: 'default-ipv4-ippool' },
      spec: { cidr: '10.244.0.0/16', ipipMode: 'Always', natOutgoing: true },
    },
    {
      apiVersion: 'operator.tigera.io/v1',
      kind: 'Installation',
      metadata: { name: 'default' },
      spec: {
        calicoNetwork: {
          ipPools: [{ name: 'default-ipv4-ippool', cidr: '10.244.0.0/16', encapsulation: 'IPIP' }],
        },
      },
    },
    {
      apiVersion: 'metallb.io/v1beta1',
      kind: 'IPAddressPool',
      metadata: { namespace: 'metallb-system', name: 'old' },
      spec: { addresses: ['192.0.2.0/26'] },
    },
    {
      apiVersion: 'cilium.io/v2',
      kind: 'CiliumLoadBalancerIPPool',
      metadata: { name: 'old' },
      spec: { blocks: [{ cidr: '192.0.2.0/26' }] },
    },
    workload('DaemonSet', 'kube-system', 'kube-proxy', { hostNetwork: true }),
    workload('DaemonSet', 'kube-flannel', 'kube-flannel-ds', { hostNetwork: true }),
    workload('Deployment', 'shop', 'web', {}),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace: 'shop', name: 'web' },
      spec: { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80 }] },
    },
  ];
}

async function clusterOf(runbook: Runbook): Promise<ApiServer> {
  const server = await startApiServer(testbed, { serviceCidrs: ['10.96.0.0/16'] });
  await installCustomResources(server.api, customResourceDefinitions());
  for (const object of objectsOf(runbook) as KubernetesObject[]) {
    const answer = await create(server.api, object);
    if (answer?.status !== 201) throw new Error(answer === undefined ? 'not served' : refusalText(answer));
  }
  await startClient(server, 'kube-controller-manager');
  await startClient(server, 'kube-scheduler');
  await startClient(server, 'nodes');
  const web = (): string =>
    kubectl(server, ['-n', 'shop', 'get', 'deployment', 'web', '-o', 'jsonpath={.status.readyReplicas}']).stdout;
  await waitFor('the application runs', () => Promise.resolve(web() === '1'), 120);
  return server;
}

/** Runs the lines of all stages in order, each as it stands, and tells which of them failed. */
function followAll(server: ApiServer, runbook: Runbook, folder: string): { ran: string[]; failed: string[] } {
  mkdirSync(folder, { recursive: true });
  const shell = runbookShell(server, folder);
  const ran: string[] = [];
  const failed: string[] = [];
  for (const stage of runbook.stages) {
    shell.unpack(stage);
    for (const line of stage.steps.flatMap(({ commands }) => commands)) {
      if (!/\bkubectl\b|^jq\b|^awk\b/.test(line) || NOT_HERE.some(([form]) => form.test(line))) continue;
      const filled = line.replaceAll('NAMESPACE', 'shop').replaceAll('service NAME', 'service web');
      const { status, stderr } = shell.run(filled);
      ran.push(line);
      if (status !== 0 || /^error|\bdeprecated\b/im.test(stderr)) failed.push(`${stage.folder}: ${line}: ${stderr}`);
    }
  }
  return { ran, failed };
}

test.each([
  'another range with Calico',
  'another range with Calico, its API server',
  'another range with the operator of Calico',
  'another range with Calico, by names of nodes',
  'an enlarged range and another node mask with Flannel',
  'other addresses of MetalLB',
  'other addresses of Cilium',
])('every line of kubectl of the runbook for %s does what it says on a real API server', async (name) => {
  const runbook = RUNBOOKS[name];
  const server = await clusterOf(runbook);
  const { ran, failed } = followAll(server, runbook, join(testbed.folder, server.name, 'runbook'));
  expect(failed).toEqual([]);
  expect(ran.length).toBeGreaterThan(5);
  await stopApiServer(server);
});

test('an edit that failed takes no configuration away', async () => {
  const runbook = RUNBOOKS['another range with Calico'];
  const server = await clusterOf(runbook);
  const proxy = (): string =>
    kubectl(server, ['-n', 'kube-system', 'get', 'configmap', 'kube-proxy', '-o', 'jsonpath={.data}']).stdout;
  const broken = JSON.stringify({ data: { 'config.conf': 'kind: [' } });
  kubectl(server, ['-n', 'kube-system', 'patch', 'configmap', 'kube-proxy', '--type=merge', `--patch=${broken}`]);
  const before = proxy();
  const { failed } = followAll(server, runbook, join(testbed.folder, server.name, 'runbook'));
  expect(failed.some((text) => text.includes('patch --local -f kube-proxy.yaml'))).toBe(true);
  expect(proxy()).toBe(before);
  await stopApiServer(server);
});
