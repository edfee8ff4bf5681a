import type { NodeGroupInput, PodNetworkMigration } from './pod-network-spec';
import { check, command, type Step, wait } from './runbook';

/** What decides how pods are made anew. */
export type Waves = Pick<PodNetworkMigration, 'name' | 'nodeGroups' | 'waveSize' | 'waveTimeoutMinutes' | 'restart'>;

/** A label of the nodes that are still to be drained. */
const MARK = 'netloom.dev/migration';

/** Makes all pods anew, a few nodes at a time. Only evictions ask PodDisruptionBudgets; a rolling update keeps to its own limits. */
export function restartSteps(waves: Waves): Step[] {
  return [
    ...(waves.restart === 'drain'
      ? drainSteps(waves, UNCORDON)
      : [rolloutStep('Deployments and StatefulSets', 'deployments,statefulsets', waves)]),
    rolloutStep('DaemonSets, which a drain leaves alone', 'daemonsets', waves),
    check(
      'No workload waits for somebody to delete its pods',
      'no line: a rollout makes no pod anew of those that are listed (updateStrategy OnDelete). Delete their pods one by one, each when the one before runs again',
      `kubectl get daemonsets,statefulsets -A --no-headers -o custom-columns=${ROLLED_COLUMNS} > rolled.txt`,
      `awk '$4 != "true" && $5 == "OnDelete"' rolled.txt`,
    ),
  ];
}

/**
 * Lets nodes register again, a few at a time: what a Node has for life it gets anew. kubelet registers at its start (kubernetes pkg/kubelet,
 * registerWithAPIServer) with the certificate that it has. No `kubeadm reset`: on a control plane node it takes the member of etcd away. The bridge
 * of the CNI keeps its address of the old pod CIDR (containernetworking/plugins bridge: "already has an IP address different from").
 */
export function replaceNodeSteps(waves: Waves): Step[] {
  return [
    command('Keep what the nodes have beside their pod CIDRs', `kubectl get nodes -o json > ${NODES}`),
    ...drainSteps({ ...waves, restart: 'drain' }, REGISTER),
  ];
}

const NODES = 'nodes-before.json';

/** What kubelet does not give to its Node: labels and taints, and what `kubeadm upgrade node` asks for. */
const GIVEN_BACK = `{metadata: {labels: (.metadata.labels | del(.["${MARK}"])), annotations: ((.metadata.annotations // {}) | with_entries(select(.key | startswith("kubeadm.alpha.kubernetes.io/"))))}, spec: {taints: [.spec.taints[]? | select(.key | startswith("node.kubernetes.io/") | not)]}}`;

const REGISTER: AfterDrain = {
  command: 'kubectl delete node',
  then: [
    '# on each of them: sudo ip link delete cni0; sudo rm -f /run/flannel/subnet.env; sudo systemctl restart kubelet',
  ],
  afterwards: (nodes) => [
    command(
      'Give them their labels and taints back',
      `for node in ${nodes}; do jq --arg node "$node" '.items[] | select(.metadata.name == $node) | ${GIVEN_BACK}' ${NODES} > node.patch && kubectl patch node "$node" --type=merge --patch-file=node.patch || break; done`,
    ),
  ],
};

/** How many times nodes are drained. */
export function waveCount({ nodeGroups, waveSize, restart }: Waves): number {
  if (restart === 'rollout') return 1;
  return nodeGroups.reduce((count, { nodes }) => count + Math.ceil(nodes / waveSize), 0);
}

/** What happens to nodes that no pod runs on any more. */
interface AfterDrain {
  /** Takes the names of the nodes as its last arguments. */
  readonly command: string;
  readonly then: readonly string[];
  /** When they are ready again. */
  readonly afterwards: (nodes: string) => readonly Step[];
}

const UNCORDON: AfterDrain = { command: 'kubectl uncordon', then: [], afterwards: () => [] };

function drainSteps(waves: Waves, after: AfterDrain): Step[] {
  const named = waves.nodeGroups.every(({ nodeNames }) => nodeNames !== undefined);
  return named
    ? waves.nodeGroups.flatMap((group) => namedWaves(group, waves, after))
    : [
        command('Mark the nodes that are to be drained', `kubectl label nodes --all ${MARK}=${waves.name}`),
        ...waves.nodeGroups.flatMap((group) => markedWaves(group, waves, after)),
        check('No node is left', 'no node', `kubectl get nodes -l ${MARK}=${waves.name} -o name`),
      ];
}

function namedWaves({ name, nodeNames = [] }: NodeGroupInput, waves: Waves, after: AfterDrain): Step[] {
  const sorted = [...nodeNames].sort();
  const chunks = Array.from({ length: Math.ceil(sorted.length / waves.waveSize) }, (_, index) =>
    sorted.slice(index * waves.waveSize, (index + 1) * waves.waveSize).join(' '),
  );
  return chunks.flatMap((nodes, index) => [
    command(
      `${name}: wave ${index + 1} of ${chunks.length}`,
      `kubectl drain ${nodes} ${drainFlags(waves)} && ${after.command} ${nodes}`,
      ...after.then,
    ),
    settled(waves),
    ...after.afterwards(nodes),
  ]);
}

function markedWaves({ name, nodes, labels = {} }: NodeGroupInput, waves: Waves, after: AfterDrain): Step[] {
  const selector = [
    `${MARK}=${waves.name}`,
    ...Object.entries(labels)
      .map(([key, value]) => `${key}=${value}`)
      .sort(),
  ].join(',');
  const count = Math.ceil(nodes / waves.waveSize);
  const afterwards = after.afterwards('$(cat wave.txt)');
  const following = afterwards.length === 0 ? 'the next step' : 'the next two steps';
  return [
    command(
      `${name}: ${counted(count, 'wave')} of at most ${counted(waves.waveSize, 'node')}; this and ${following} again and again until wave.txt stays empty`,
      `kubectl get nodes -l ${selector} --no-headers -o custom-columns=NAME:.metadata.name | sort | head -n ${waves.waveSize} | tee wave.txt`,
      // Nodes whose drain has failed keep the mark, and are in the next wave again.
      `xargs -r kubectl drain ${drainFlags(waves)} < wave.txt && xargs -r -I{} kubectl label node {} ${MARK}- < wave.txt && xargs -r ${after.command} < wave.txt`,
      ...after.then,
    ),
    settled(waves),
    ...afterwards,
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function settled({ waveTimeoutMinutes }: Waves): Step {
  return wait(
    'Every pod runs again',
    'no pod is pending. If one stays, look at its events, and fix that before the next wave',
    `kubectl wait --for=condition=Ready nodes --all --timeout=${waveTimeoutMinutes}m`,
    'kubectl get pods -A --field-selector=status.phase=Pending',
  );
}

function drainFlags({ waveTimeoutMinutes }: Waves): string {
  return `--ignore-daemonsets --delete-emptydir-data --timeout=${waveTimeoutMinutes}m`;
}

/** One whose pods somebody has to delete cannot be waited for: kubectl rollout status refuses it, and the loop would end there. */
const ROLLED_COLUMNS =
  'NS:.metadata.namespace,KIND:.kind,NAME:.metadata.name,HOST:.spec.template.spec.hostNetwork,UPDATE:.spec.updateStrategy.type';

function rolloutStep(title: string, kinds: string, { waveTimeoutMinutes }: Waves): Step {
  return command(
    title,
    [
      `kubectl get ${kinds} -A --no-headers -o custom-columns=${ROLLED_COLUMNS}`,
      `awk '$4 != "true" && $5 != "OnDelete" {print $1, $2 "/" $3}'`,
      `while read -r ns workload; do kubectl -n "$ns" rollout restart "$workload" && kubectl -n "$ns" rollout status "$workload" --timeout=${waveTimeoutMinutes}m || break; done`,
    ].join(' | '),
  );
}
