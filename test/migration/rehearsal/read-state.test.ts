import { parse } from 'yaml';
import { clusterFromObjects, rehearse, type RehearsedCluster } from '../../../lib/migration';
import { RUNBOOKS } from '../runbooks';

const MOVE = RUNBOOKS['another range with Calico'];

const node = (name: string, metadata = '{}'): string =>
  `{apiVersion: v1, kind: Node, metadata: {name: ${name}, labels: {zone: a}, annotations: ${metadata}}, spec: {podCIDRs: [10.244.1.0/24]}}`;
const pod = (name: string, ip: string, more: { metadata?: string; spec?: string; phase?: string } = {}): string =>
  `{apiVersion: v1, kind: Pod, metadata: {name: ${name}, namespace: shop${more.metadata ?? ''}}, spec: {nodeName: n1${more.spec ?? ''}}, status: {phase: ${more.phase ?? 'Running'}, podIPs: [{ip: ${ip}}]}}`;
const pool = (name: string, cidr: string, spec = ''): string =>
  `{apiVersion: projectcalico.org/v3, kind: IPPool, metadata: {name: ${name}}, spec: {cidr: ${cidr}, ipipMode: Always, vxlanMode: Never${spec}}}`;
const daemonSet = (strategy: string): string =>
  `{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: agent, namespace: shop}, spec: {updateStrategy: {type: ${strategy}}}}`;

const BASE = [node('n1'), pool('default-ipv4-ippool', '10.244.0.0/16'), pod('web', '10.244.1.7')];

function clusterOf(texts: readonly string[], known: RehearsedCluster | null = MOVE.cluster): RehearsedCluster {
  return clusterFromObjects(
    texts.map((text) => parse(text) as unknown),
    known,
    (text) => parse(text) as unknown,
  );
}

function found(texts: readonly string[]): string[] {
  return rehearse(MOVE, clusterOf(texts)).stages.flatMap(({ folder, problems }) =>
    problems.map(({ rule, message }) => `${folder} ${rule.code} ${message}`),
  );
}

const OWNED = (kind: string): string => `, ownerReferences: [{kind: ${kind}, name: agent, controller: true}]`;
const MANY = Array.from({ length: 3 }, (_, index) => pod(`p${index}`, `10.244.1.${index + 20}`));

describe('what a real cluster has, and a migration breaks', () => {
  test.each<[string, readonly string[], string[]]>([
    ['nothing of it', BASE, []],
    [
      'pods that ask for the old pool',
      [
        ...BASE,
        pod('db', '10.244.1.8', {
          metadata: `, annotations: {cni.projectcalico.org/ipv4pools: '["default-ipv4-ippool"]'}`,
        }),
      ],
      [
        '4-disable-pools NL852 Pod shop/db asks for the pool default-ipv4-ippool, and no enabled pool is that: pods that are made anew do not start',
      ],
    ],
    [
      'a namespace that asks for it by its range',
      [
        ...BASE,
        `{apiVersion: v1, kind: Namespace, metadata: {name: shop, annotations: {cni.projectcalico.org/ipv4pools: '["10.244.0.0/16"]'}}}`,
      ],
      [
        '4-disable-pools NL852 Namespace shop asks for the pool 10.244.0.0/16, and no enabled pool is that: pods that are made anew do not start',
      ],
    ],
    [
      'a job at night that asks for an address',
      [
        ...BASE,
        `{apiVersion: batch/v1, kind: CronJob, metadata: {name: night, namespace: shop}, spec: {jobTemplate: {spec: {template: {metadata: {annotations: {cni.projectcalico.org/ipAddrs: '["10.244.9.9"]'}}}}}}}`,
      ],
      [
        '4-disable-pools NL852 CronJob shop/night asks for the address 10.244.9.9, and no enabled pool has it: pods that are made anew do not start',
      ],
    ],
    [
      'annotations that are no lists',
      [...BASE, pod('db', '10.244.1.8', { metadata: ', annotations: {cni.projectcalico.org/ipv4pools: "{"}' })],
      [],
    ],
    [
      'a static pod with an address of the old pool',
      [...BASE, pod('proxy-n1', '10.244.1.9', { metadata: OWNED('Node') })],
      [
        '6-remove-pools NL853 the static pod shop/proxy-n1 has 10.244.1.9, and no pool has it any more: neither a drain nor a rollout makes it anew',
        '7-settle NL853 kube-proxy takes pods of n1 with addresses of 10.244.1.9 for strangers, and translates them: its clusterCIDR is 10.64.0.0/14',
      ],
    ],
    [
      'a DaemonSet whose pods somebody has to delete',
      [...BASE, daemonSet('OnDelete'), pod('agent-x', '10.244.1.9', { metadata: OWNED('DaemonSet') })],
      [
        '6-remove-pools NL853 a pod of DaemonSet shop/agent (updateStrategy OnDelete) has 10.244.1.9, and no pool has it any more: neither a drain nor a rollout makes it anew',
        '7-settle NL853 kube-proxy takes pods of n1 with addresses of 10.244.1.9 for strangers, and translates them: its clusterCIDR is 10.64.0.0/14',
      ],
    ],
    [
      'one that rolls',
      [...BASE, daemonSet('RollingUpdate'), pod('agent-x', '10.244.1.9', { metadata: OWNED('DaemonSet') })],
      [],
    ],
    [
      'pods that have ended, and those of the node, have none',
      [
        ...BASE,
        pod('done', '10.9.9.9', { metadata: OWNED('Node'), phase: 'Succeeded' }),
        pod('host', '10.9.9.8', { metadata: OWNED('Node'), spec: ', hostNetwork: true' }),
      ],
      [],
    ],
  ])('%s', (_what, texts, expected) => {
    expect(found(texts)).toEqual(expected);
    expect(found(texts.toReversed())).toEqual(expected);
  });

  test('more pods than the new pool has addresses', () => {
    const files = MOVE.stages.map((stage) => ({
      ...stage,
      files: stage.files.map((file) => ({
        ...file,
        documents: file.documents.map(
          (document) =>
            JSON.parse(JSON.stringify(document).replaceAll('10.64.0.0/14', '10.64.0.0/31')) as typeof document,
        ),
      })),
    }));
    const messages = rehearse({ ...MOVE, stages: files }, clusterOf([...BASE, ...MANY])).stages.flatMap(
      ({ folder, problems }) =>
        problems.filter(({ rule }) => rule.code === 'NL852').map(({ message }) => `${folder} ${message}`),
    );
    expect(messages).toEqual([
      '4-disable-pools 4 pods can have addresses of planned (10.64.0.0/31) only, which has 2: not all of them start when they are made anew',
    ]);
  });
});

test('a selector that is more than labels with values is asked, and not passed over', () => {
  const pools = (selector: string): string[] => [
    node('n1'),
    pool('default-ipv4-ippool', '10.244.0.0/16', `, nodeSelector: '${selector}'`),
  ];
  const nodeProblems = (selector: string): string[] =>
    rehearse(MOVE, clusterOf(pools(selector))).before.map(({ message }) => message);
  expect(nodeProblems('zone in {"a", "b"} && !has(gpu)')).toEqual([]);
  expect(nodeProblems('has(gpu)')).toEqual(['no enabled pool gives IPv4 addresses to the pods of n1']);
  expect(nodeProblems('zone == "a" && zone == "b"')).toEqual([
    'no enabled pool gives IPv4 addresses to the pods of n1',
  ]);
});

test('the tunnel of a node has an address of the pool that its annotation says', () => {
  const annotations = '{projectcalico.org/IPv4IPIPTunnelAddr: 10.245.0.1}';
  const { nodes } = clusterOf([node('n1', annotations), pool('a', '10.244.0.0/16'), pool('b', '10.245.0.0/16')]);
  expect(nodes[0].tunnels).toEqual({ 'IPIP IPv4': 'b' });
});

test('the network plugin of a cluster with cilium-config is Cilium', () => {
  const config =
    '{apiVersion: v1, kind: ConfigMap, metadata: {name: cilium-config, namespace: kube-system}, data: {cluster-pool-ipv4-cidr: 10.244.0.0/16}}';
  const { networkPlugin, pluginRanges } = clusterOf([node('n1'), config], null);
  expect([networkPlugin, pluginRanges]).toEqual(['cilium', { IPv4: ['10.244.0.0/16'] }]);
});
