import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { main } from '../../lib/cli/main';
import { inTemporaryFolders } from '../temporary-folders';

const printed = inTemporaryFolders();

async function netloom(...args: string[]): Promise<number> {
  printed.clear();
  return main(['node', 'netloom', ...args], { version: '1.2.3', root: join(__dirname, '../..') });
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const CLUSTER = `
apiVersion: v1
kind: Node
metadata: { name: n1, uid: '1' }
spec: { podCIDR: 10.244.0.0/25 }
status: { addresses: [{ type: InternalIP, address: 192.168.7.11 }], nodeInfo: { kubeletVersion: v1.33.2 } }
---
apiVersion: v1
kind: Node
metadata: { name: n2, uid: '2' }
spec: { podCIDR: 10.244.0.128/25 }
status: { addresses: [{ type: InternalIP, address: 192.168.7.12 }], nodeInfo: { kubeletVersion: v1.33.2 } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: kubeadm-config, namespace: kube-system }
data:
  ClusterConfiguration: |
    apiVersion: kubeadm.k8s.io/v1beta4
    kind: ClusterConfiguration
    kubernetesVersion: v1.33.2
    networking: { podSubnet: 10.244.0.0/16, serviceSubnet: 10.96.0.0/16, dnsDomain: corp.local }
    controllerManager: { extraArgs: [{ name: node-cidr-mask-size, value: '25' }] }
---
apiVersion: metallb.io/v1beta1
kind: IPAddressPool
metadata: { name: public, namespace: metallb-system }
spec: { addresses: [192.0.2.16-192.0.2.31] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop, uid: '3' }
spec:
  type: LoadBalancer
  clusterIP: 10.96.0.7
  clusterIPs: [10.96.0.7]
  ports: [{ name: http, port: 80, nodePort: 30080 }, { name: admin, port: 81, nodePort: 30081 }]
status: { loadBalancer: { ingress: [{ ip: 192.0.2.17 }] } }
---
apiVersion: v1
kind: Service
metadata: { name: db, namespace: shop, uid: '4' }
spec: { clusterIP: None, ports: [{ port: 5432 }] }
`;

const LOCK = 'netloom.lock.json';

test('a fleet of what runs is printed', async () => {
  write('snapshot/all.yaml', CLUSTER);
  expect(await netloom('adopt', 'snapshot', '--as', 'prod')).toBe(0);
  expect(printed.output()).toMatchSnapshot();
  expect(printed.errors()).toBe('4 addresses and ports of Services: --fleet FILE puts them into the lock\n');
});

test('into a new fleet and lock; a second run changes nothing, and the plan is up to date', async () => {
  write('snapshot/all.yaml', CLUSTER);
  expect(await netloom('adopt', 'snapshot', '--as', 'prod', '--fleet', 'fleet.yaml')).toBe(0);
  const [fleet, lock] = ['fleet.yaml', LOCK].map((file) => readFileSync(file, 'utf8'));
  expect(lock).toMatchSnapshot();
  expect(printed.errors()).toContain('nodeNetwork: in which network are the nodes?');
  expect(await netloom('adopt', 'snapshot', '--as', 'prod', '--fleet', 'fleet.yaml')).toBe(0);
  expect(['fleet.yaml', LOCK].map((file) => readFileSync(file, 'utf8'))).toEqual([fleet, lock]);
  expect(await netloom('plan', 'fleet.yaml', '--detailed-exitcode')).toBe(0);
});

test('what is written in the fleet stays, letter by letter, and so does the lock', async () => {
  write('snapshot/all.yaml', CLUSTER);
  const before = `# Ours.
supernets: [10.0.0.0/8] # all of it

clusters: # by name
    # the old one
    old:
        podCidrs: ["10.10.0.0/16"]   # as ever
`;
  write('fleet.yaml', before);
  write(LOCK, '{ "version": 1, "allocations": { "old/clusterIP/a/b/IPv4": "10.11.0.9" } }');
  expect(await netloom('adopt', 'snapshot', '--as', 'prod', '--fleet', 'fleet.yaml')).toBe(0);
  const after = readFileSync('fleet.yaml', 'utf8');
  const lines = before.split('\n');
  expect(lines.every((line) => after.split('\n').includes(line))).toBe(true);
  expect(after).toMatchSnapshot();
  expect(readFileSync(LOCK, 'utf8')).toContain('"old/clusterIP/a/b/IPv4": "10.11.0.9"');
});

test('conflicts with the fleet are found, and what runs otherwise than it is written', async () => {
  write('snapshot/all.yaml', CLUSTER);
  write('fleet.yaml', 'clusters: { other: { podCidrs: [10.244.128.0/17] } }\n');
  expect(await netloom('adopt', 'snapshot', '--as', 'prod', '--fleet', 'fleet.yaml')).toBe(1);
  expect(printed.output()).toContain('NL101');
  write('apart/fleet.yaml', 'clusters:\n  prod: { podCidrs: [10.32.0.0/16] }\n');
  write(`apart/${LOCK}`, '{ "version": 1, "allocations": { "prod/clusterIP/shop/web/IPv4": "10.96.0.99" } }');
  expect(await netloom('adopt', 'snapshot', '--as', 'prod', '--fleet', 'apart/fleet.yaml')).toBe(1);
  const said = printed.errors().replaceAll(/\s+/g, ' ');
  expect(said).toContain('says podCidrs: ["10.32.0.0/16"] for prod, and the cluster has ["10.244.0.0/16"]');
  expect(said).toContain('the lock has 10.96.0.99 for prod/clusterIP/shop/web/IPv4, and the cluster has 10.96.0.7');
  expect(readFileSync('apart/fleet.yaml', 'utf8')).toBe('clusters:\n  prod: { podCidrs: [10.32.0.0/16] }\n');
});

test.each([
  [['adopt', 'snapshot'], 2, /required option '--as <NAME>' not specified/],
  [['adopt', 'snapshot', '--as', 'Prod_1'], 2, /"Prod_1" cannot be the name of a cluster/],
  [['adopt', 'nothing', '--as', 'prod'], 1, /nothing of a cluster was read/],
  [['adopt', 'snapshot', '--as', 'prod', '--fleet', 'list.yaml'], 1, /list.yaml is no fleet/],
  [['adopt', 'snapshot', '--as', 'prod', '--fleet', 'broken.yaml'], 1, /broken.yaml:1: /],
])('%j', async (args, exitCode, message) => {
  write('snapshot/all.yaml', CLUSTER);
  write('list.yaml', '[1]\n');
  write('broken.yaml', '{ a: [\n');
  expect(await netloom(...args)).toBe(exitCode);
  expect(printed.errors().replaceAll(/\s+/g, ' ')).toMatch(message);
  expect(existsSync(LOCK)).toBe(false);
});
