import { planPodNetworkMigration, type PodNetworkMigrationInput } from '../../lib/migration';
import { claim, commandsOf, MOVE, outline, planned, texts } from './migrations';

const FLANNEL: PodNetworkMigrationInput = {
  ...MOVE,
  from: { cni: 'flannel', podCidrs: ['10.244.0.0/16'] },
  to: { cni: 'flannel', podCidrs: ['10.244.0.0/14'] },
};
const CILIUM: PodNetworkMigrationInput = {
  ...MOVE,
  from: { cni: 'cilium', podCidrs: ['10.0.0.0/16'] },
  to: { cni: 'cilium', podCidrs: ['10.0.0.0/16', '10.1.0.0/16'] },
};
const SAME_PLACE: PodNetworkMigrationInput = {
  ...MOVE,
  to: {
    cni: 'calico',
    podCidrs: ['10.244.0.0/16'],
    pools: [{ name: 'default-ipv4-ippool', cidr: '10.244.0.0/16', blockSize: 25 }],
  },
  temporaryPool: { name: 'on-the-way', cidr: '10.64.0.0/16' },
};
const ROUND = ['add-pools', 'disable-pools', 'move-pods', 'remove-pools'];
const WAYS = ['rollback', 'rollback', 'rollback', 'irreversible'];

describe('stages', () => {
  test.each<[string, PodNetworkMigrationInput, string[]]>([
    [
      'a range elsewhere',
      MOVE,
      [
        '1-prepare nothing-changed',
        '2-cluster-cidr rollback',
        ...ROUND.map((id, index) => `${index + 3}-${id} ${WAYS[index]}`),
        '7-settle rollback',
      ],
    ],
    [
      'without kube-proxy nothing has to settle',
      { ...MOVE, kubeProxy: false },
      [
        '1-prepare nothing-changed',
        '2-cluster-cidr rollback',
        ...ROUND.map((id, index) => `${index + 3}-${id} ${WAYS[index]}`),
      ],
    ],
    [
      'another pool inside of the cluster CIDR',
      {
        ...MOVE,
        from: { cni: 'calico', podCidrs: ['10.240.0.0/12'], pools: [{ name: 'old', cidr: '10.244.0.0/16' }] },
        to: { cni: 'calico', podCidrs: ['10.240.0.0/12'], pools: [{ name: 'new', cidr: '10.248.0.0/14' }] },
      },
      ['1-prepare nothing-changed', ...ROUND.map((id, index) => `${index + 2}-${id} ${WAYS[index]}`)],
    ],
    [
      'a pool more beside the old one, in an enlarged cluster CIDR',
      {
        ...MOVE,
        to: {
          cni: 'calico',
          podCidrs: ['10.244.0.0/14'],
          pools: [
            { name: 'default-ipv4-ippool', cidr: '10.244.0.0/16', encapsulation: 'IPIP' },
            { name: 'second', cidr: '10.245.0.0/16' },
          ],
        },
      },
      ['1-prepare nothing-changed', '2-cluster-cidr rollback', '3-add-pools rollback'],
    ],
    [
      'another block size in the same place',
      SAME_PLACE,
      [
        '01-prepare nothing-changed',
        // The temporary pool lies outside of the cluster CIDR.
        '02-cluster-cidr rollback',
        ...['temporary', 'final'].flatMap((round, turn) =>
          ROUND.map((id, index) => `${String(4 * turn + index + 3).padStart(2, '0')}-${id}-${round} ${WAYS[index]}`),
        ),
        '11-settle rollback',
      ],
    ],
    [
      'another encapsulation changes first',
      { ...MOVE, to: { ...MOVE.to, pools: [{ name: 'planned', cidr: '10.64.0.0/14', encapsulation: 'VXLAN' }] } },
      [
        '1-prepare nothing-changed',
        '2-change-encapsulation rollback',
        '3-cluster-cidr rollback',
        ...ROUND.map((id, index) => `${index + 4}-${id} ${WAYS[index]}`),
        '8-settle rollback',
      ],
    ],
    [
      'Flannel grows in place',
      FLANNEL,
      ['1-prepare nothing-changed', '2-network-plugin rollback', '3-kube-proxy rollback', '4-cluster-cidr rollback'],
    ],
    [
      'Flannel with another node mask',
      { ...FLANNEL, podsPerNode: 60, to: { ...FLANNEL.to, nodeCidrMaskSize: { IPv4: 25 } } },
      [
        '1-prepare nothing-changed',
        '2-network-plugin rollback',
        '3-kube-proxy rollback',
        '4-cluster-cidr rollback',
        '5-replace-nodes irreversible',
      ],
    ],
    ['Cilium', CILIUM, ['1-prepare nothing-changed', '2-kube-proxy rollback', '3-append-ranges irreversible']],
  ])('%s', (_what, input, expected) => {
    expect(outline(planned(input))).toEqual(expected);
  });
});

describe('kube-proxy and kube-controller-manager', () => {
  const cluster = (input: PodNetworkMigrationInput): string =>
    planned(input)
      .stages.filter(({ id }) => id === 'cluster-cidr')
      .flatMap(commandsOf)
      .join('\n');

  test('of a range elsewhere tell pods by their interfaces, and give nodes no pod CIDRs', () => {
    expect(cluster(MOVE)).toContain('"detectLocalMode":"InterfaceNamePrefix"');
    expect(cluster(MOVE)).toContain('--allocate-node-cidrs=false');
    // Else the next upgrade would write true again.
    expect(cluster(MOVE)).toContain('{"controllerManager":{"allocate-node-cidrs":"false"}}');
  });
  test('of an enlarged range go by it', () => {
    const enlarged = cluster({
      ...MOVE,
      to: {
        cni: 'calico',
        podCidrs: ['10.244.0.0/14'],
        pools: [{ name: 'new', cidr: '10.246.0.0/15' }],
      },
    });
    expect(enlarged).toContain('"clusterCIDR":"10.244.0.0/14"');
    expect(enlarged).not.toContain('allocate-node-cidrs');
  });
});

describe('waves', () => {
  const names = Array.from({ length: 5 }, (_, index) => `node-${index + 1}`);
  const move = (input: PodNetworkMigrationInput): string[] =>
    planned(input)
      .stages.filter(({ id }) => id === 'move-pods')
      .flatMap(commandsOf)
      .filter((text) => /drain|rollout restart "/.test(text))
      .map((text) => text.replace(/ --.*/, '').replace(/.*(kubectl get \S+).*/, '$1'));

  test('of named nodes are a step each', () => {
    expect(move({ ...MOVE, nodeGroups: [{ name: 'a', nodes: 5, nodeNames: names.reverse() }] })).toEqual([
      'kubectl drain node-1 node-2',
      'kubectl drain node-3 node-4',
      'kubectl drain node-5',
      'kubectl get daemonsets',
    ]);
  });
  test('of others find the nodes', () => {
    expect(move(MOVE)).toEqual(['xargs -r kubectl drain', 'kubectl get daemonsets']);
  });
  test('by rollout drain nothing', () => {
    expect(move({ ...MOVE, restart: 'rollout', waveSize: 100 })).toEqual([
      'kubectl get deployments,statefulsets',
      'kubectl get daemonsets',
    ]);
  });
});

test('the operator has one list of all pools in every stage', () => {
  const { stages } = planned({ ...MOVE, calicoOperator: true });
  const lists = stages.flatMap(({ id, files }) =>
    files
      .filter(({ documents }) => documents.length > 0)
      .map(({ documents }) => {
        const { spec } = documents[0] as {
          spec: { calicoNetwork: { ipPools: { name: string; nodeSelector: string }[] } };
        };
        return [id, ...spec.calicoNetwork.ipPools.map(({ name, nodeSelector }) => `${name} ${nodeSelector}`)];
      }),
  );
  expect(lists).toEqual([
    ['add-pools', 'default-ipv4-ippool all()', 'planned all()'],
    ['disable-pools', 'default-ipv4-ippool !all()', 'planned all()'],
    ['remove-pools', 'planned all()'],
  ]);
});

describe('is refused', () => {
  const zones = (...names: string[]): PodNetworkMigrationInput['to'] => ({
    cni: 'calico',
    podCidrs: ['10.64.0.0/14'],
    pools: names.map((zone, index) => ({ name: zone, cidr: `10.${64 + index}.0.0/16`, nodeLabels: { zone } })),
  });
  const groups = ['a', 'b'].map((zone) => ({ name: `zone ${zone}`, nodes: 3, labels: { zone } }));
  test.each<[string, PodNetworkMigrationInput, string[]]>([
    [
      'a target that overlaps its source',
      { ...MOVE, to: { cni: 'calico', podCidrs: ['10.244.0.0/14'], pools: [{ name: 'new', cidr: '10.244.0.0/14' }] } },
      ['NL844 pool new 10.244.0.0/14 overlaps pool default-ipv4-ippool 10.244.0.0/16, which exists at the same time'],
    ],
    [
      'a temporary pool in the way',
      { ...SAME_PLACE, temporaryPool: { name: 'on-the-way', cidr: '10.244.128.0/17' } },
      [
        'NL844 pool on-the-way 10.244.128.0/17 overlaps pool default-ipv4-ippool 10.244.0.0/16, which exists at the same time',
      ],
    ],
    [
      'pools of the target that overlap',
      {
        ...MOVE,
        to: {
          ...MOVE.to,
          pools: [
            { name: 'x', cidr: '10.64.0.0/15' },
            { name: 'y', cidr: '10.64.0.0/16' },
          ],
        },
      },
      ['NL841 pool x 10.64.0.0/15 overlaps pool y 10.64.0.0/16'],
    ],
    [
      'a zone without a pool',
      { ...MOVE, to: zones('a'), nodeGroups: groups },
      ['NL843 no IPv4 pool of the target gives addresses to the 3 nodes of zone b (zone=b)'],
    ],
    [
      'too few blocks in one zone',
      {
        ...MOVE,
        nodeGroups: groups,
        to: {
          ...MOVE.to,
          pools: [
            { name: 'a', cidr: '10.64.0.0/16', nodeLabels: { zone: 'a' } },
            { name: 'b', cidr: '10.65.0.0/24', nodeLabels: { zone: 'b' } },
          ],
        },
      },
      [
        'NL842 b 10.65.0.0/24 of the target has blocks for 2 nodes of 110 pods, and 3 run: 4 blocks of /26, 2 for each node',
      ],
    ],
    [
      'blocks of which Calico gives too few',
      { ...MOVE, to: { ...MOVE.to, pools: [{ name: 'tiny', cidr: '10.64.0.0/16', blockSize: 30 }] } },
      [
        'NL842 tiny 10.64.0.0/16 of the target has blocks for 0 nodes of 110 pods, and 6 run: 16384 blocks of /30, 28 for each node, and Calico gives a node 20 at most',
      ],
    ],
    [
      'no room during a wave',
      { ...MOVE, pods: 500 },
      ['NL842 while 2 nodes of 6 are drained, the others have room for 440 pods, and 500 run'],
    ],
    [
      'a range of the fleet',
      { ...MOVE, others: [claim('shop', '10.66.0.0/20')] },
      ['NL841 the pod range 10.64.0.0/14 overlaps service range 10.66.0.0/20 of shop'],
    ],
    [
      'a pool outside of the cluster CIDR',
      { ...MOVE, to: { ...MOVE.to, pools: [{ name: 'out', cidr: '10.80.0.0/16' }] } },
      ['NL846 pool out 10.80.0.0/16 lies outside of the pod network 10.64.0.0/14'],
    ],
    [
      'a pool that changes its cidr',
      { ...MOVE, to: { ...MOVE.to, pools: [{ name: 'default-ipv4-ippool', cidr: '10.64.0.0/16' }] } },
      ['NL840 the pool default-ipv4-ippool changes its cidr, which a pool cannot: both have to exist at the same time'],
    ],
    [
      'another network plugin',
      { ...MOVE, to: CILIUM.to },
      ['NL845 the network plugin changes from calico to cilium, and no pod has addresses of both'],
    ],
    [
      'another family',
      { ...MOVE, to: { cni: 'calico', podCidrs: ['fd00::/56'] } },
      ['NL845 the IP families change from IPv4 to IPv6'],
    ],
    [
      'Flannel elsewhere',
      { ...FLANNEL, to: { cni: 'flannel', podCidrs: ['10.64.0.0/14'] } },
      [
        'NL845 the target does not contain 10.244.0.0/16, of which nodes have their pod CIDRs: kube-controller-manager and Flannel stop when a node has one outside of the pod network',
      ],
    ],
    [
      'a smaller network than runs',
      { ...FLANNEL, nodeGroups: [{ name: 'all', nodes: 2000 }] },
      ['NL842 10.244.0.0/14 has pod CIDRs of /24 for 1024 nodes, and 2000 run'],
    ],
    [
      'an element that leaves the list of Cilium',
      { ...CILIUM, to: { cni: 'cilium', podCidrs: ['10.1.0.0/16'] } },
      ["NL845 10.0.0.0/16 leaves the list of Cilium's cluster pool, whose elements cannot be changed or removed"],
    ],
    [
      'another node mask of Cilium',
      { ...CILIUM, podsPerNode: 60, to: { ...CILIUM.to, nodeCidrMaskSize: { IPv4: 25 } } },
      ["NL845 the IPv4 node mask changes from /24 to /25, which Cilium's cluster pool cannot"],
    ],
    [
      'what kube-proxy would need for Cilium',
      {
        ...CILIUM,
        to: { cni: 'cilium', podCidrs: ['10.0.0.0/16', '10.3.0.0/16'] },
        others: [claim('shop', '10.2.0.0/16')],
      },
      [
        'NL841 the cluster CIDR that kube-proxy needs for all of them, 10.0.0.0/14 overlaps service range 10.2.0.0/16 of shop',
      ],
    ],
    [
      'encapsulations that differ',
      {
        ...MOVE,
        to: {
          ...MOVE.to,
          pools: [
            { name: 'x', cidr: '10.64.0.0/16', encapsulation: 'IPIP' },
            { name: 'y', cidr: '10.65.0.0/16', encapsulation: 'VXLAN' },
          ],
        },
      },
      [
        'NL845 the IPv4 pools of the target have different encapsulations: x IPIP, y VXLAN; a pod of one does not reach a pod of another while they move',
      ],
    ],
    [
      'an encapsulation that nobody can guess',
      {
        ...MOVE,
        from: {
          cni: 'calico',
          podCidrs: ['10.244.0.0/16'],
          pools: [
            { name: 'x', cidr: '10.244.0.0/17', encapsulation: 'IPIP' },
            { name: 'y', cidr: '10.244.128.0/17', encapsulation: 'None' },
          ],
        },
      },
      ['NL840 to pool planned: the encapsulation is not given, and the IPv4 pools of the source have IPIP and None'],
    ],
    [
      'RKE2',
      { ...MOVE, distribution: 'rke2' },
      [
        'NL845 rke2 made the control plane: it has no kubeadm-config and no static pods of kubeadm, and its cluster-cidr is settled when the first server starts',
      ],
    ],
    [
      'no change',
      { ...MOVE, to: MOVE.from },
      ['NL847 the target has the ranges of the source, so that there is nothing to migrate'],
    ],
    [
      'several values at once',
      {
        ...MOVE,
        name: 'Not a label',
        waveSize: 6,
        podsPerNode: 0,
        from: { ...MOVE.from, podCidrs: ['10.244.0.1/16'] },
        nodeGroups: [
          { name: 'a', nodes: 3, nodeNames: ['n1', 'n1', 'n;rm'] },
          { name: 'a', nodes: 3 },
        ],
      },
      [
        'NL840 from.podCidrs[0]: 10.244.0.1/16 has host bits set',
        'NL840 node group a appears twice',
        'NL840 node n1 appears twice in nodeNames',
        'NL840 "n;rm" is no name of a node',
        'NL840 the name "Not a label" is no DNS label',
        'NL840 podsPerNode is 0, which is not a whole number from 1 to 10000',
        'NL840 waveSize is 6 and there are 6 nodes, so that evicted pods have no node to go to',
      ],
    ],
  ])('%s', (_what, input, expected) => {
    const { value, problems } = planPodNetworkMigration(input);
    expect(texts(problems)).toEqual(expected);
    expect(value).toBeNull();
  });
});

test('an overlap of the source is a warning: it may be the reason', () => {
  const { value, problems } = planPodNetworkMigration({ ...MOVE, others: [claim('shop', '10.244.8.0/24')] });
  expect(texts(problems)).toEqual([
    'NL848 10.244.0.0/16 is in use until the end of the migration and overlaps service range 10.244.8.0/24 of shop',
  ]);
  expect(value).not.toBeNull();
});

test('how long both are needed', () => {
  expect(planned(SAME_PLACE).coexistence).toEqual({
    ranges: ['10.244.0.0/16', '10.64.0.0/16'],
    from: '03-add-pools-temporary',
    until: '10-remove-pools-final',
    duration: '6 waves of at most 30 minutes each, and the time between them',
  });
  expect(planned(FLANNEL).coexistence).toBeNull();
});

describe('the encapsulation of new pools', () => {
  const modes = (input: PodNetworkMigrationInput): string[] =>
    planned(input).stages.flatMap(({ files }) =>
      files.flatMap(({ documents }) =>
        (documents as unknown as { metadata: { name: string }; spec: { ipipMode?: string; vxlanMode?: string } }[]).map(
          ({ metadata, spec }) => `${metadata.name} ${String(spec.ipipMode)} ${String(spec.vxlanMode)}`,
        ),
      ),
    );
  const from = (
    encapsulation: 'None' | 'IPIP' | 'IPIPCrossSubnet' | 'VXLAN' | 'VXLANCrossSubnet',
  ): PodNetworkMigrationInput => ({
    ...MOVE,
    from: { ...MOVE.from, pools: [{ name: 'default-ipv4-ippool', cidr: '10.244.0.0/16', encapsulation }] },
  });

  test.each([
    ['None', 'planned Never Never'],
    ['IPIP', 'planned Always Never'],
    ['IPIPCrossSubnet', 'planned CrossSubnet Never'],
    ['VXLAN', 'planned Never Always'],
    ['VXLANCrossSubnet', 'planned Never CrossSubnet'],
  ] as const)('is that of the old ones: %s', (encapsulation, expected) => {
    expect(modes(from(encapsulation))).toEqual([expected]);
  });
  test('of a source that says nothing is what Calico gives to its own pools', () => {
    expect(modes({ ...MOVE, from: { cni: 'calico', podCidrs: ['10.244.0.0/16'] } })).toEqual(['planned Always Never']);
  });
  test('may change, which is a finding', () => {
    const { problems } = planPodNetworkMigration({
      ...MOVE,
      to: { ...MOVE.to, pools: [{ name: 'planned', cidr: '10.64.0.0/14', encapsulation: 'VXLAN' }] },
    });
    expect(texts(problems)).toEqual([
      'NL849 the encapsulation of default-ipv4-ippool changes from IPIP to VXLAN, and no traffic goes between nodes until all of them have changed',
    ]);
  });
});

/** Commands that ask kubectl for the API of Calico, which most clusters by manifest do not have. */
test.each([
  ['calicoctl', 0],
  ['API server', 4],
  ['native CRDs', 4],
] as const)('with %s', (calicoApi, least) => {
  const asking = planned({ ...MOVE, calicoApi })
    .stages.flatMap(commandsOf)
    .filter((line) => /^kubectl .*ippools\.projectcalico\.org/.test(line));
  expect(asking.length).toBeGreaterThanOrEqual(least);
  if (least === 0) expect(asking).toEqual([]);
});
