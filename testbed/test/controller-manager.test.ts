import { refusalText } from '../api-client';
import { createNamespaces } from '../apply';
import { clusterWith, kubeadmCommands } from '../cluster-with';
import { waitFor } from '../component';
import { startApiServer, startTestbed, stopApiServer, stopTestbed, type Testbed } from '../control-plane';

let testbed: Testbed;
beforeAll(async () => {
  testbed = await startTestbed('newest');
});
afterAll(() => stopTestbed(testbed));

const OLD_NODES = [
  { name: 'a', podCidrs: ['10.244.1.0/24'] },
  { name: 'b', podCidrs: ['10.244.3.0/24'] },
];

function kubeadmConfig(podSubnet: string, extraArgs: readonly object[] = []): object {
  const configuration = {
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kind: 'ClusterConfiguration',
    networking: { podSubnet, serviceSubnet: '10.96.0.0/16' },
    controllerManager: { extraArgs },
  };
  const metadata = { name: 'kubeadm-config', namespace: 'kube-system' };
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata,
    data: { ClusterConfiguration: JSON.stringify(configuration) },
  };
}

test.each([
  { name: 'nodes inside of podSubnet', podSubnet: '10.244.0.0/16', extraArgs: [], staysUp: true },
  { name: 'nodes that keep their old range for life', podSubnet: '10.68.0.0/14', extraArgs: [], staysUp: false },
  {
    name: 'the same, where extraArgs turn node IPAM off',
    podSubnet: '10.68.0.0/14',
    extraArgs: [{ name: 'allocate-node-cidrs', value: 'false' }],
    staysUp: true,
  },
])('the controller manager that an upgrade generates: $name', async ({ podSubnet, extraArgs, staysUp }) => {
  const cluster = await clusterWith(testbed, { serviceCidrs: ['10.96.0.0/16'], nodes: OLD_NODES });
  const commands = kubeadmCommands(testbed, 'upgrade', [kubeadmConfig(podSubnet, extraArgs)]);
  const run = await cluster.controllerManager(commands['kube-controller-manager']);
  expect({ staysUp: run.staysUp, said: staysUp ? '' : run.said }).toEqual({
    staysUp,
    said: staysUp ? '' : (expect.stringContaining('out the range of cluster cidr') as string),
  });
  await run.stop();
  await stopApiServer(cluster.server);
});

test('a node that joins gets a range of the cluster CIDR', async () => {
  const cluster = await clusterWith(testbed, { serviceCidrs: ['10.96.0.0/16'], nodes: OLD_NODES });
  const commands = kubeadmCommands(testbed, 'upgrade', [kubeadmConfig('10.244.0.0/16')]);
  const run = await cluster.controllerManager(commands['kube-controller-manager']);
  await cluster.addNode({ name: 'c' });
  await waitFor('the node has a range', async () => (await cluster.podCidrsOf('c')).length > 0, 30);
  expect(await cluster.podCidrsOf('c')).toEqual([expect.stringMatching(/^10\.244\.(?!1\.|3\.)\d+\.0\/24$/)]);
  await run.stop();
  await stopApiServer(cluster.server);
});

test('a ServiceCIDR adds a range for real', async () => {
  const server = await startApiServer(testbed, { serviceCidrs: ['10.96.0.0/29'] });
  const service = (name: string, clusterIP?: string): object => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'default' },
    spec: { ports: [{ port: 80 }], ...(clusterIP !== undefined && { clusterIP }) },
  });
  const post = (path: string, body: object): ReturnType<typeof server.api.request> =>
    server.api.request('POST', path, { body });
  const path = '/api/v1/namespaces/default/services';
  const outside = await post(path, service('outside', '10.112.0.9'));
  expect(refusalText(outside)).toContain('10.112.0.9');
  expect(outside.status).toBe(422);
  const range = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'ServiceCIDR',
    metadata: { name: 'more' },
    spec: { cidrs: ['10.112.0.0/24'] },
  };
  expect((await post('/apis/networking.k8s.io/v1/servicecidrs', range)).status).toBe(201);
  await waitFor(
    'an address of the range can be had',
    async () => (await post(path, service('inside', '10.112.0.9'))).status === 201,
    30,
  );
  await stopApiServer(server);
});

test('a cluster becomes dual-stack: Services keep their address, and get a second one when they ask', async () => {
  const single = await startApiServer(testbed, { name: 'dual', serviceCidrs: ['10.96.0.0/16'] });
  await createNamespaces(single.api, ['shop']);
  const path = '/api/v1/namespaces/shop/services';
  const body = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { clusterIP: '10.96.0.9', ports: [{ port: 80 }] },
  };
  expect((await single.api.request('POST', path, { body })).status).toBe(201);
  await stopApiServer(single);
  const dual = await startApiServer(testbed, { name: 'dual', serviceCidrs: ['10.96.0.0/16', 'fd00:1::/112'] });
  const patch = { spec: { ipFamilyPolicy: 'PreferDualStack' } };
  const ask = async (): Promise<readonly string[]> => {
    const answer = await dual.api.request('PATCH', `${path}/web`, {
      body: patch,
      contentType: 'application/merge-patch+json',
    });
    return (answer.body as { spec?: { clusterIPs?: readonly string[] } }).spec?.clusterIPs ?? [];
  };
  await waitFor('the second address', async () => (await ask()).length === 2, 60);
  expect(await ask()).toEqual(['10.96.0.9', expect.stringMatching(/^fd00:1::/)]);
  await stopApiServer(dual);
});
