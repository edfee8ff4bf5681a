import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { main } from '../../lib/cli/main';
import type { Runbook } from '../../lib/migration';
import { inTemporaryFolders } from '../temporary-folders';
import { RUNBOOKS } from './runbooks';

/** What the lines of runbooks say when kubectl answers as it does: JSON of a List for each kind, whatever `-o` is asked for (JSON is YAML). */
const printed = inTemporaryFolders();
const ROOT = join(__dirname, '../..');

const isInstalled = spawnSync('jq', ['--version']).status === 0;
const withJq = isInstalled ? test : test.skip;

type Answers = Readonly<Record<string, readonly object[]>>;

function answer(answers: Answers): void {
  mkdirSync('answers');
  for (const [kind, items] of Object.entries(answers)) {
    const list = { apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } };
    writeFileSync(join('answers', kind), `${JSON.stringify(list, null, 4)}\n`);
  }
  writeFileSync('kinds', `${Object.keys(answers).join('\n')}\n`);
  mkdirSync('programs');
  const get = 'if [ -e "answers/$1" ]; then cat "answers/$1"; else echo "no kind $1" >&2; exit 1; fi';
  const programs = {
    kubectl: `case "$1" in api-resources) cat kinds;; get) shift; ${get};; patch) cat node.patch >> patches;; *) exit 1;; esac`,
    calicoctl: `[ "$1" = get ] && shift && set -- "calico-$1" && ${get}`,
  };
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join('programs', name), `#!/bin/bash\n${text}\n`);
    chmodSync(join('programs', name), 0o755);
  }
}

/** Runs the lines of the step, and gives what they print. */
async function run(runbook: Runbook, title: string): Promise<string> {
  const step = runbook.stages.flatMap(({ steps }) => steps).find((candidate) => candidate.title.startsWith(title));
  if (step === undefined) throw new Error(`no step ${title}`);
  let output = '';
  for (const line of step.commands) {
    const parts = /^(?:(.*) && )?netloom (.*)$/.exec(line)?.slice(1) ?? [line];
    const [shell, own] = [parts.at(0), parts.at(1)];
    if (shell !== undefined) {
      const { status, stdout, stderr } = spawnSync('bash', ['-c', shell], {
        encoding: 'utf8',
        env: { ...process.env, PATH: `programs:${process.env.PATH ?? ''}` },
      });
      if (status !== 0) throw new Error(`${line}: ${stderr}`);
      output += stdout;
    }
    if (own === undefined) continue;
    printed.clear();
    await main(['node', 'netloom', ...own.split(' ')], { version: '1.2.3', root: ROOT });
    output += printed.output() + printed.errors();
  }
  return output;
}

const object = (apiVersion: string, kind: string, name: string, rest: object = {}, namespace = 'shop'): object => ({
  apiVersion,
  kind,
  metadata: { name, namespace, uid: '0', managedFields: [{ manager: 'kubectl' }] },
  ...rest,
});

const KUBEADM = [
  object('v1', 'ConfigMap', 'kubeadm-config', {
    data: { ClusterConfiguration: 'kind: ClusterConfiguration\nnetworking:\n  podSubnet: 10.244.0.0/16\n' },
  }),
  object('v1', 'ConfigMap', 'kube-proxy', {
    data: { 'config.conf': 'kind: KubeProxyConfiguration\nclusterCIDR: 10.244.0.0/16\n' },
  }),
  object('v1', 'ConfigMap', 'coredns', { data: { Corefile: '.:53 {\n  kubernetes cluster.local\n}\n' } }),
];
const template = (value: string): object => ({
  template: { spec: { containers: [{ name: 'c', image: 'c', env: [{ name: 'NO_PROXY', value }] }] } },
});

const CLUSTER: Answers = {
  'networkpolicies.networking.k8s.io': [],
  'authorizationpolicies.security.istio.io': [],
  services: [object('v1', 'Service', 'web', { spec: { clusterIP: '10.96.3.4', clusterIPs: ['10.96.3.4'] } })],
  configmaps: KUBEADM,
  'deployments.apps': [object('apps/v1', 'Deployment', 'web', { spec: template('localhost,.svc') })],
  'cronjobs.batch': [],
  secrets: [],
  ...Object.fromEntries(
    ['networkpolicy', 'networkset', 'globalnetworkpolicy', 'globalnetworkset']
      .concat(['bgpconfiguration', 'bgpfilter', 'felixconfiguration', 'ipreservation'])
      .map((kind) => [`calico-${kind}`, []]),
  ),
};
const MOVE = RUNBOOKS['another range with Calico'];

function namedBy(output: string): string[] {
  const [, part] = output.split('Named by:\n');
  return (
    (part as string | undefined)
      ?.trimEnd()
      .split('\n')
      .map((line) => line.trim().split('  ')[0]) ?? []
  );
}

describe('who names the old range', () => {
  test('in a healthy cluster of kubeadm it is who the step says', async () => {
    answer(CLUSTER);
    const found = namedBy(await run(MOVE, 'Nothing names the old range'));
    expect(found).toEqual(['ConfigMap shop/kube-proxy', 'ConfigMap shop/kubeadm-config']);
    const { expected } = MOVE.stages[0].steps.find(({ title }) => title === 'Nothing names the old range') ?? {};
    for (const name of ['kube-proxy', 'kubeadm-config']) expect(expected).toContain(name);
  });

  test.each<[string, Answers, string]>([
    [
      'a part in a policy',
      {
        'networkpolicies.networking.k8s.io': [
          object('networking.k8s.io/v1', 'NetworkPolicy', 'np', {
            spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.244.3.0/24' } }] }] },
          }),
        ],
      },
      'NetworkPolicy shop/np',
    ],
    [
      'a range around it in a policy that calicoctl shows',
      {
        'calico-globalnetworkpolicy': [
          object('projectcalico.org/v3', 'GlobalNetworkPolicy', 'g', {
            spec: { ingress: [{ action: 'Allow', source: { nets: ['10.0.0.0/8'] } }] },
          }),
        ],
      },
      'GlobalNetworkPolicy g',
    ],
    [
      'a job that does not run now',
      {
        'cronjobs.batch': [
          object('batch/v1', 'CronJob', 'night', { spec: { jobTemplate: { spec: template('10.244.0.0/16,.svc') } } }),
        ],
      },
      'CronJob shop/night',
    ],
    [
      'a policy of Istio',
      {
        'authorizationpolicies.security.istio.io': [
          object('security.istio.io/v1', 'AuthorizationPolicy', 'a', {
            spec: { rules: [{ from: [{ source: { ipBlocks: ['10.244.0.0/16'] } }] }] },
          }),
        ],
      },
      'AuthorizationPolicy shop/a',
    ],
  ])('%s is found', async (_what, change, expected) => {
    answer({ ...CLUSTER, ...change });
    expect(namedBy(await run(MOVE, 'Nothing names the old range'))).toContain(expected);
  });

  test('a kind that cannot be read ends the line with an error', async () => {
    answer({ ...CLUSTER, configmaps: KUBEADM });
    writeFileSync('kinds', 'configmaps\nservices\nstatefulsets.apps\n');
    await expect(run(MOVE, 'Nothing names the old range')).rejects.toThrow('no kind statefulsets.apps');
  });
});

const pod = (name: string, ip: string, phase = 'Running'): object =>
  object('v1', 'Pod', name, {
    spec: { nodeName: 'n', containers: [{ name: 'c', image: 'c' }] },
    status: { phase, hostIP: '192.0.2.1', podIP: ip, podIPs: [{ ip }] },
  });

describe('addresses of the old pool', () => {
  test.each<[string, readonly object[], string]>([
    ['a pod that runs', [pod('a', '10.244.3.8'), pod('b', '10.64.0.9')], 'a part of 10.244.0.0/16 is in use'],
    ['pods that have ended', [pod('a', '10.244.3.8', 'Succeeded')], 'nothing that was read has 10.244.0.0/16'],
    ['pods with new ones', [pod('b', '10.64.0.9')], 'nothing that was read has 10.244.0.0/16'],
  ])('%s', async (_what, pods, expected) => {
    answer({ pods, 'calico-ippool': [] });
    writeFileSync('programs/calicoctl', '#!/bin/bash\n');
    expect((await run(MOVE, 'No address of the old pools is in use')).split('\n')[0]).toBe(expected);
  });
});

describe('addresses of load balancers', () => {
  const service = (status: object): object =>
    object('v1', 'Service', 'web', {
      spec: { type: 'LoadBalancer', clusterIP: '10.96.3.4', ports: [{ port: 80, nodePort: 30080 }] },
      status,
    });

  test.each<[string, object, string]>([
    [
      'one that the pool gave',
      { loadBalancer: { ingress: [{ ip: '192.0.2.7', ipMode: 'VIP' }] } },
      'a part of 192.0.2.0/26 is in use',
    ],
    [
      'one of another pool',
      { loadBalancer: { ingress: [{ ip: '198.51.100.7' }] } },
      'nothing that was read has 192.0.2.0/26: it is special-purpose space, which no cluster should use',
    ],
    [
      'none',
      { loadBalancer: {} },
      'nothing that was read has 192.0.2.0/26: it is special-purpose space, which no cluster should use',
    ],
  ])('%s', async (_what, status, expected) => {
    answer({ services: [service(status)] });
    const output = await run(RUNBOOKS['other addresses of MetalLB'], 'No Service has an old address');
    expect(output.split('\n')[0]).toBe(expected);
  });
});

describe('what jq makes of the answers', () => {
  const node = (name: string, labels: object, taints: readonly object[] = []): object => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels, annotations: { 'kubeadm.alpha.kubernetes.io/cri-socket': 'unix:///c.sock', other: '1' } },
    spec: { podCIDR: '10.244.0.0/24', podCIDRs: ['10.244.0.0/24'], ...(taints.length > 0 && { taints }) },
  });

  withJq('the pools, with what the runbook says of them', async () => {
    const spec = {
      cidr: '10.244.0.0/16',
      blockSize: 26,
      ipipMode: 'Always',
      vxlanMode: 'Never',
      natOutgoing: true,
      nodeSelector: 'all()',
    };
    answer({
      'calico-ippool': [{ apiVersion: 'projectcalico.org/v3', kind: 'IPPool', metadata: { name: 'p' }, spec }],
    });
    expect(await run(MOVE, 'The pools are those')).toBe(
      'p\t10.244.0.0/16\tblocks of /26\tIPIP Always\tVXLAN Never\tNAT true\tall()\n',
    );
  });

  withJq('nodes that no pool selects', async () => {
    const zone = 'topology.kubernetes.io/zone';
    answer({ nodes: [node('a', { [zone]: 'a' }), node('cp', {}), node('z', { [zone]: 'z' })] });
    const data: unknown = JSON.parse(
      readFileSync(join(ROOT, 'dist/migration/pods-by-zone/runbook.netloom'), 'utf8').replaceAll('eu-central-1a', 'a'),
    );
    expect(await run(data as Runbook, 'Every node is selected')).toBe('cp\nz\n');
  });

  withJq('a node that registers again gets its labels and taints back, and not the mark', async () => {
    const control = { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' };
    const unready = { key: 'node.kubernetes.io/not-ready', effect: 'NoExecute' };
    const labels = { 'node-role.kubernetes.io/control-plane': '', disk: 'ssd' };
    answer({ nodes: [node('cp', { ...labels, 'netloom.dev/migration': 'move' }, [control, unready]), node('w', {})] });
    writeFileSync('wave.txt', 'cp\nw\n');
    const runbook = RUNBOOKS['an enlarged range and another node mask with Flannel'];
    await run(runbook, 'Keep what the nodes have');
    await run(runbook, 'Give them their labels');
    const annotations = { 'kubeadm.alpha.kubernetes.io/cri-socket': 'unix:///c.sock' };
    const patches = readFileSync('patches', 'utf8').split('\n}\n').filter(Boolean);
    expect(patches.map((text) => JSON.parse(`${text}\n}`) as unknown)).toEqual([
      { metadata: { labels, annotations }, spec: { taints: [control] } },
      { metadata: { labels: {}, annotations }, spec: { taints: [] } },
    ]);
  });
});

test('a text that lists addresses by the thousand hides nobody else who names the range', async () => {
  const list = Array.from({ length: 400 }, (_, index) => `10.244.1.${index % 250}`).join(' ');
  const policy = object('networking.k8s.io/v1', 'NetworkPolicy', 'np', {
    spec: { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.244.3.0/24' } }] }] },
  });
  answer({
    ...CLUSTER,
    configmaps: [object('v1', 'ConfigMap', 'a', { data: { list } })],
    'networkpolicies.networking.k8s.io': [policy],
  });
  const output = await run(MOVE, 'Nothing names the old range');
  expect(namedBy(output)).toEqual(['ConfigMap shop/a', 'NetworkPolicy shop/np']);
  expect(output).toContain('10.244.1.0 (a part of it), and 399 more there');
});
