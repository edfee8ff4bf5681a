import { cidrContains, formatCidr, type IpFamily } from '../address';
import { byFamily, joined, maskFlags, USUAL_MASKS } from './cidr-text';
import { FACTS } from './component-facts';
import {
  type FlagEdits,
  FLAGS_FILE,
  flannelStep,
  generatedCheck,
  kubeadmStep,
  kubeProxySteps,
  staticPodSteps,
  staticPodUndo,
} from './configuration-steps';
import { kubeadmCheck } from './calico';
import { backupStep, budgetCheck, namedStep, ownerlessCheck } from './look-steps';
import { coverOf } from './cover';
import type { PodNetworkMigration } from './pod-network-spec';
import { apply, check, command, type StageDraft, type Step } from './runbook';
import { replaceNodeSteps } from './waves';

/** Flannel: nodes have their pod CIDR for life, so the pod network can only grow around them. Who reads ranges learns of it before who gives them. */
export function flannelStages(migration: PodNetworkMigration): StageDraft[] {
  const { from, to, kubeProxy } = migration;
  const masks = from.podCidrs.some(({ family }) => from.nodeMask[family] !== to.nodeMask[family]);
  const families = [...new Set(to.podCidrs.map(({ family }) => family))];
  const flags = {
    'node-cidr-mask-size': null,
    'cluster-cidr': joined(to.podCidrs),
    ...maskFlags(families, to.nodeMask),
  };
  const before = { 'node-cidr-mask-size': null, ...unlessUsual(maskFlags(families, from.nodeMask)) };
  return [
    prepareStage(migration, 'kube-flannel', 'kube-flannel-cfg'),
    {
      id: 'network-plugin',
      title: `Flannel routes ${joined(to.podCidrs)}`,
      purpose:
        'The network of Flannel has to contain the pod CIDR of every node, so it is enlarged before a node gets one of the new part.',
      disruption: 'none',
      effects: [FACTS.flannel],
      files: [],
      steps: () => [flannelStep(networkFields(to.podCidrs)), ...rolledOut('kube-flannel', 'kube-flannel-ds')],
      undo: () => [flannelStep(networkFields(from.podCidrs)), ...rolledOut('kube-flannel', 'kube-flannel-ds')],
    },
    ...(kubeProxy ? [proxyStage(migration)] : []),
    {
      id: 'cluster-cidr',
      title: 'Nodes get their pod CIDRs from the new range',
      purpose: 'Nodes keep the pod CIDR that they have. Only those that join from here on get one of the new part.',
      disruption: 'control-plane',
      effects: [FACTS.controllerManager],
      files: [FLAGS_FILE],
      steps: (folder) => [
        kubeadmStep(folder, { networking: { podSubnet: joined(to.podCidrs) }, controllerManager: flags }),
        ...staticPodSteps('kube-controller-manager', flags, migration.name),
        generatedCheck(flags),
        check(
          'No node is without a pod CIDR',
          'a pod CIDR for each node, and no event CIDRNotAvailable',
          'kubectl get nodes -o custom-columns=NAME:.metadata.name,CIDR:.spec.podCIDRs',
          'kubectl get events -A --field-selector reason=CIDRNotAvailable',
        ),
      ],
      undo: (folder) => [
        check(
          'No node has a pod CIDR of the new part',
          `all of them in ${joined(from.podCidrs)}; else kube-controller-manager would stop at every start, and there is no way back`,
          'kubectl get nodes -o custom-columns=NAME:.metadata.name,CIDR:.spec.podCIDRs',
        ),
        kubeadmStep(folder, { networking: { podSubnet: joined(from.podCidrs) }, controllerManager: before }),
        staticPodUndo('kube-controller-manager', migration.name),
      ],
    },
    ...(masks
      ? [
          {
            id: 'replace-nodes',
            title: 'Nodes get pod CIDRs of the new size',
            purpose:
              'The pod CIDR of a node cannot change: the Node has to be deleted, and kubelet has to register it again.',
            disruption: 'node-replacement' as const,
            effects: [FACTS.drain],
            files: [],
            steps: (): Step[] => [budgetCheck(), ownerlessCheck(), ...replaceNodeSteps(migration)],
            undo: {
              kind: 'irreversible' as const,
              because:
                'a node that has registered again keeps its new pod CIDR. Stop between two waves, if needed: both sizes work together',
            },
          },
        ]
      : []),
  ];
}

/** A mask that everybody has anyway was not given before. */
function unlessUsual(flags: Record<string, string>): FlagEdits {
  return Object.fromEntries(
    Object.entries(flags).map(([flag, mask]) => [flag, USUAL_MASKS.get(flag) === mask ? null : mask]),
  );
}

/** Cilium's cluster pool: elements can be appended to its list, and nothing else. */
export function ciliumStages(migration: PodNetworkMigration): StageDraft[] {
  const { to, kubeProxy } = migration;
  const added = to.podCidrs.filter((cidr) => !migration.from.podCidrs.some((old) => cidrContains(old, cidr)));
  const list = (family: IpFamily): string[] => to.podCidrs.filter((cidr) => cidr.family === family).map(formatCidr);
  return [
    prepareStage(migration, 'kube-system', 'cilium-config'),
    ...(kubeProxy ? [proxyStage(migration)] : []),
    {
      id: 'append-ranges',
      title: `Append ${joined(added)} to the cluster pool`,
      purpose:
        'Nodes keep the pod CIDR that they have. Those that join when the old ranges are full get one of the new ones.',
      disruption: 'none',
      effects: [FACTS.ciliumOperator],
      files: [
        {
          path: CILIUM_VALUES,
          documents: [
            {
              ipam: {
                operator: {
                  ...(list('IPv4').length > 0 && { clusterPoolIPv4PodCIDRList: list('IPv4') }),
                  ...(list('IPv6').length > 0 && { clusterPoolIPv6PodCIDRList: list('IPv6') }),
                },
              },
            },
          ],
        },
      ],
      steps: (folder) => [
        apply(
          'Give the list to Cilium',
          ciliumUpgrade(`${folder}/${CILIUM_VALUES}`),
          'kubectl -n kube-system rollout restart deployment cilium-operator',
          'kubectl -n kube-system rollout status deployment cilium-operator --timeout=10m',
        ),
        check(
          'Every node has a pod CIDR',
          'no error',
          `kubectl get ciliumnodes -o custom-columns='NAME:.metadata.name,CIDR:.spec.ipam.podCIDRs,ERROR:.status.ipam.operator-status.error'`,
        ),
        check(
          'Cilium does not translate traffic to the new range',
          `with native routing, ipv4-native-routing-cidr and ipv6-native-routing-cidr contain ${joined(added)}`,
          'kubectl -n kube-system get configmap cilium-config -o yaml | grep native-routing-cidr',
        ),
      ],
      undo: {
        kind: 'irreversible',
        because: 'elements of the list cannot be removed again. It does no harm to keep them',
      },
    },
  ];
}

/** The chart that runs, and no newer one: without a version Helm takes the newest of the repository, and upgrades Cilium with it. */
export function ciliumUpgrade(values: string): string {
  return [
    `chart=$(helm list --namespace kube-system --filter '^cilium$' -o json | jq -er '.[0].chart')`,
    `helm upgrade cilium cilium/cilium --namespace kube-system --version "\${chart#cilium-}" --reuse-values --values ${values}`,
  ].join(' && ');
}

export function ciliumLooks(): Step[] {
  return [
    command(
      'Keep the values of Cilium',
      'helm get values cilium --namespace kube-system -o yaml > before-cilium.values',
    ),
    check(
      'Helm has installed Cilium, and knows its charts',
      'the release cilium, deployed, and a chart of its version. Without the repository: helm repo add cilium https://helm.cilium.io. What Argo CD, Flux or an operator installs is changed there, with the values of the files of this runbook',
      'helm list --namespace kube-system',
      'helm search repo cilium/cilium --versions',
    ),
  ];
}

/** No manifest: values of a chart. */
export const CILIUM_VALUES = 'cilium.values';

function prepareStage({ from, kubeProxy }: PodNetworkMigration, namespace: string, name: string): StageDraft {
  const plugin = `${namespace}/${name}`;
  return {
    id: 'prepare',
    title: 'Look before anything changes',
    purpose: 'Nothing is changed yet.',
    disruption: 'none',
    effects: [],
    files: [],
    steps: () => [
      backupStep(
        'kube-system/configmap/kubeadm-config',
        ...(kubeProxy ? ['kube-system/configmap/kube-proxy'] : []),
        `${namespace}/configmap/${name}`,
      ),
      ...(from.cni === 'flannel' ? [kubeadmCheck(joined(from.podCidrs))] : []),
      check(
        'Every node is ready and has a pod CIDR',
        'Ready, and a pod CIDR of the ranges that this runbook was made for',
        'kubectl get nodes',
        'kubectl get nodes -o custom-columns=NAME:.metadata.name,CIDR:.spec.podCIDRs',
      ),
      ...(from.cni === 'cilium' ? ciliumLooks() : []),
      namedStep({
        ranges: from.podCidrs,
        calicoApi: null,
        leaves: false,
        known: `ConfigMap ${['kube-system/kubeadm-config', ...(kubeProxy ? ['kube-system/kube-proxy'] : []), plugin].join(', ')}, which are those of this runbook`,
      }),
      budgetCheck(),
    ],
    undo: { kind: 'nothing-changed' },
  };
}

function proxyStage({ from, to }: PodNetworkMigration): StageDraft {
  const cover = coverOf(to.podCidrs);
  return {
    id: 'kube-proxy',
    title: `kube-proxy takes ${joined(cover)} for pods`,
    purpose:
      'Traffic of pods outside of the cluster CIDR is translated to the address of the node, and policies do not know it any more.',
    disruption: 'none',
    effects: [FACTS.kubeProxy],
    files: [],
    steps: () => kubeProxySteps({ kind: 'cluster-cidr', cidrs: cover }),
    undo: () => kubeProxySteps({ kind: 'cluster-cidr', cidrs: coverOf(from.podCidrs) }),
  };
}

function networkFields(cidrs: PodNetworkMigration['to']['podCidrs']): Record<string, string> {
  const [ipv4, ipv6] = [byFamily(cidrs, 'IPv4'), byFamily(cidrs, 'IPv6')];
  return { ...(ipv4 && { Network: formatCidr(ipv4) }), ...(ipv6 && { IPv6Network: formatCidr(ipv6) }) };
}

export function rolledOut(namespace: string, daemonSet: string): Step[] {
  return [
    command(
      `Restart ${daemonSet}`,
      `kubectl -n ${namespace} rollout restart daemonset ${daemonSet}`,
      `kubectl -n ${namespace} rollout status daemonset ${daemonSet} --timeout=30m`,
    ),
  ];
}
