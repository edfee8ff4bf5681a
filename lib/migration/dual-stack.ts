import { formatCidr, type IpFamily } from '../address';
import type { RuledProblem } from '../finding/problem';
import { joined, maskFlags } from './cidr-text';
import { kubeadmCheck } from './calico';
import { FACTS } from './component-facts';
import { FLAGS_FILE, generatedCheck, kubeadmStep, kubeProxySteps, staticPodSteps } from './configuration-steps';
import { backupStep, budgetCheck, needsNote, ownerlessCheck } from './look-steps';
import { ciliumLooks } from './node-ranges';
import { pluginStage } from './dual-stack-plugin';
import type { DualStack, DualStackInput } from './dual-stack-spec';
import { countProblems, invalid, isError, notKubeadm, type Planned, readCidrs, takenProblems } from './problem';
import { MIGRATION_TOO_SMALL, MIGRATION_UNSUPPORTED, MIGRATION_WITHOUT_CHANGE } from './rules';
import { check, command, numbered, type Runbook, type StageDraft, type Step } from './runbook';
import { replaceNodeSteps, restartSteps } from './waves';
import { dualStackCluster } from './rehearsal/initial';

/** A second family for a running cluster. It cannot be taken back, and the primary family stays the primary one. */
export function planDualStackMigration(input: DualStackInput): Planned<Runbook> {
  const pods = readCidrs('podCidrs', input.podCidrs);
  const services = readCidrs('serviceCidrs', input.serviceCidrs);
  const migration = { ...input, podCidrs: pods.value, serviceCidrs: services.value };
  const invalidValues = [...pods.problems, ...services.problems];
  const problems = invalidValues.length > 0 ? invalidValues : dualStackProblems(migration);
  if (problems.some(isError)) return { value: null, problems };
  return { value: runbook(migration), problems };
}

function dualStackProblems(migration: DualStack): RuledProblem[] {
  const { family, podCidrs, serviceCidrs, kubernetesVersion, others, nodeGroups, nodeCidrMaskSize } = migration;
  const lists = [
    { name: 'podCidrs', cidrs: podCidrs },
    { name: 'serviceCidrs', cidrs: serviceCidrs },
  ];
  const added = [...podCidrs, ...serviceCidrs].filter((cidr) => cidr.family !== family);
  const nodes = nodeGroups.reduce((sum, group) => sum + group.nodes, 0);
  if (migration.distribution !== 'kubeadm') return [notKubeadm(migration.distribution)];
  const waveProblems = countProblems('waveSize', migration.waveSize, 1, 1000);
  return [
    ...waveProblems,
    ...countProblems('waveTimeoutMinutes', migration.waveTimeoutMinutes, 1, 1440),
    ...(/^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(migration.name)
      ? []
      : [
          invalid(
            `the name ${JSON.stringify(migration.name)} is no DNS label`,
            'it becomes a folder and a label of nodes',
          ),
        ]),
    ...(waveProblems.length === 0 && migration.waveSize >= nodes
      ? [
          invalid(
            `waveSize is ${migration.waveSize} and there are ${nodes} nodes, so that evicted pods have no node to go to`,
            'drain fewer nodes at a time',
          ),
        ]
      : []),
    ...lists.flatMap(({ name, cidrs }) => {
      const families = cidrs.map((cidr) => cidr.family);
      if (families.length === 1 && families[0] === family) {
        return [
          {
            rule: MIGRATION_WITHOUT_CHANGE,
            message: `${name} of the target has ${family} only, as the cluster now`,
            help: 'give the cluster families: [IPv4, IPv6], or [IPv6, IPv4]',
          },
        ];
      }
      if (families.length === 2 && families[0] === family && families[1] !== family) return [];
      return [
        {
          rule: MIGRATION_UNSUPPORTED,
          message: `${name} of the target is ${cidrs.map(formatCidr).join(', ') || 'empty'}: the primary family ${family} has to stay the first one, followed by one range of the other`,
          help: 'the primary family of a cluster cannot change; put it first',
        },
      ];
    }),
    ...(kubernetesVersion !== null && kubernetesVersion.major === 1 && kubernetesVersion.minor === 33
      ? [
          {
            rule: MIGRATION_UNSUPPORTED,
            message:
              'in Kubernetes 1.33 the ServiceCIDR kubernetes cannot get a second range, so that no Service gets a second address',
            help: 'upgrade to 1.34 or later first (kubernetes/kubernetes#131261)',
          },
        ]
      : []),
    ...(kubernetesVersion !== null && kubernetesVersion.major === 1 && kubernetesVersion.minor < 23
      ? [
          {
            rule: MIGRATION_UNSUPPORTED,
            message: `in Kubernetes 1.${kubernetesVersion.minor} dual stack is not stable`,
            help: 'upgrade to 1.23 or later first',
          },
        ]
      : []),
    ...takenProblems(added, others),
    ...podCidrs
      .filter((cidr) => cidr.family !== family)
      .flatMap((cidr) => {
        const mask = nodeCidrMaskSize[cidr.family] ?? NODE_MASKS[cidr.family];
        const room = mask < cidr.prefix ? 0 : 2 ** (mask - cidr.prefix);
        if (room >= nodes) return [];
        return [
          {
            rule: MIGRATION_TOO_SMALL,
            message: `${formatCidr(cidr)} has pod CIDRs of /${mask} for ${room} nodes, and ${nodes} run`,
            help: 'give a larger range',
          },
        ];
      }),
  ];
}

const NODE_MASKS: Record<IpFamily, number> = { IPv4: 24, IPv6: 64 };

function runbook(migration: DualStack): Runbook {
  const { cluster, podCidrs, serviceCidrs, family, nodeGroups } = migration;
  const second = family === 'IPv4' ? 'IPv6' : 'IPv4';
  const nodes = nodeGroups.reduce((sum, group) => sum + group.nodes, 0);
  return {
    title: `${cluster}: ${second} beside ${family}`,
    summary: [
      `Pods of ${joined(podCidrs)}, Services of ${joined(serviceCidrs)}, on ${nodes} nodes.`,
      'Pods that run, and Services that exist, keep what they have. Pods get a second address when they are made anew, Services when they ask for it.',
    ],
    coexistence: null,
    notes: [
      `${family} stays the primary family: a Service that does not ask has an address of it.`,
      'Routers and the network plugin have to carry the second family between nodes. Firewalls and NetworkPolicies with ipBlock that name the first one only do not apply to it.',
      needsNote(
        ...(migration.cni === 'cilium'
          ? ['helm']
          : migration.cni === 'calico' && migration.calicoApi === 'calicoctl'
            ? ['calicoctl']
            : []),
      ),
    ],
    stages: numbered([
      prepareStage(migration, second),
      controlPlaneStage(migration, second),
      ...(migration.kubeProxy ? [proxyStage(migration)] : []),
      pluginStage(migration, second),
      podStage(migration),
      serviceStage(second),
    ]),
    cluster: dualStackCluster(migration),
  };
}

function prepareStage({ cni, podCidrs, family, kubeProxy }: DualStack, second: IpFamily): StageDraft {
  return {
    id: 'prepare',
    title: 'Look before anything changes',
    purpose: 'Nothing is changed yet.',
    disruption: 'none',
    effects: [],
    files: [],
    steps: () => [
      backupStep('kube-system/configmap/kubeadm-config', ...(kubeProxy ? ['kube-system/configmap/kube-proxy'] : [])),
      kubeadmCheck(joined(podCidrs.filter((cidr) => cidr.family === family))),
      check(
        'Nodes have addresses of both families',
        `an ${second} address for each, too. Without a cloud provider, give --node-ip=IPv4,IPv6 to each kubelet, the primary family first`,
        `kubectl get nodes -o custom-columns='NAME:.metadata.name,ADDRESSES:.status.addresses[?(@.type=="InternalIP")].address'`,
      ),
      check('From a node: each other one answers', 'an answer', 'ping -c 1 ADDRESS'),
      ...(cni === 'cilium' ? ciliumLooks() : []),
      budgetCheck(),
      ownerlessCheck(),
    ],
    undo: { kind: 'nothing-changed' },
  };
}

function controlPlaneStage(migration: DualStack, second: IpFamily): StageDraft {
  const { podCidrs, serviceCidrs, nodeCidrMaskSize } = migration;
  const masks = maskFlags(
    podCidrs.map(({ family }) => family),
    { ...NODE_MASKS, ...nodeCidrMaskSize },
  );
  const flags = {
    'node-cidr-mask-size': null,
    'cluster-cidr': joined(podCidrs),
    'service-cluster-ip-range': joined(serviceCidrs),
    ...masks,
  };
  return {
    id: 'control-plane',
    title: `The control plane gives ${second} addresses`,
    purpose:
      'The API server decides which families Services have, kube-controller-manager which ones the pod CIDRs of nodes have.',
    disruption: 'control-plane',
    effects: [FACTS.apiServer, FACTS.controllerManager],
    files: [FLAGS_FILE],
    steps: (folder) => [
      kubeadmStep(folder, {
        networking: { podSubnet: joined(podCidrs), serviceSubnet: joined(serviceCidrs) },
        controllerManager: flags,
      }),
      ...staticPodSteps('kube-apiserver', { 'service-cluster-ip-range': joined(serviceCidrs) }, migration.name),
      ...staticPodSteps('kube-controller-manager', flags, migration.name),
      generatedCheck(flags),
      check(
        'From Kubernetes 1.33 on: the service range has both families',
        joined(serviceCidrs),
        `kubectl get servicecidr kubernetes -o jsonpath='{.spec.cidrs}{"\\n"}'`,
      ),
    ],
    undo: {
      kind: 'irreversible',
      because:
        'a service range that has two families cannot lose one again. Before the API server of the first control plane node has started, put the file back',
    },
  };
}

function proxyStage({ podCidrs, family }: DualStack): StageDraft {
  return {
    id: 'kube-proxy',
    title: 'kube-proxy serves both families',
    purpose: 'It takes for pods what comes from the pod network of either family.',
    disruption: 'none',
    effects: [FACTS.kubeProxy],
    files: [],
    steps: () => kubeProxySteps({ kind: 'cluster-cidr', cidrs: podCidrs }),
    undo: () => kubeProxySteps({ kind: 'cluster-cidr', cidrs: podCidrs.filter((cidr) => cidr.family === family) }),
  };
}

/** Nodes get a pod CIDR of the second family only when they join: kube-controller-manager adds none to one that has any. */
function podStage(migration: DualStack): StageDraft {
  const replace = migration.cni === 'flannel';
  const waves = { ...migration, restart: 'drain' as const };
  const verify: Step = check(
    'Pods have addresses of both families',
    'two addresses for every pod that is not on the host network',
    `kubectl get pods -A -o custom-columns='NS:.metadata.namespace,NAME:.metadata.name,IPS:.status.podIPs[*].ip'`,
  );
  return {
    id: replace ? 'replace-nodes' : 'restart-pods',
    title: replace ? 'Nodes register again, in waves' : 'Restart the workloads in waves',
    purpose: replace
      ? 'kube-controller-manager gives no second pod CIDR to a node that has one, and Flannel needs both: the Node has to be deleted, and kubelet has to register it again.'
      : 'A pod has the addresses that it was made with.',
    disruption: replace ? 'node-replacement' : 'restart',
    effects: [FACTS.drain],
    files: [],
    steps: () => [
      budgetCheck(),
      ownerlessCheck(),
      ...(replace ? replaceNodeSteps(waves) : restartSteps(waves)),
      verify,
    ],
    undo: {
      kind: 'irreversible',
      because:
        'pods keep both addresses. It does no harm: a client that does not ask for the second one does not see it',
    },
  };
}

function serviceStage(second: IpFamily): StageDraft {
  const patch = (policy: string): string =>
    `kubectl -n NAMESPACE patch service NAME --type=merge --patch='${JSON.stringify({ spec: { ipFamilyPolicy: policy } })}'`;
  return {
    id: 'services',
    title: 'Services get a second address, one by one',
    purpose: `A Service asks for ${second} with ipFamilyPolicy: PreferDualStack. Its first address stays.`,
    disruption: 'none',
    effects: [FACTS.serviceRange],
    files: [],
    steps: () => [
      command('For each Service that needs it', patch('PreferDualStack')),
      check(
        'It has two addresses',
        'two clusterIPs',
        `kubectl get services -A -o custom-columns='NS:.metadata.namespace,NAME:.metadata.name,IPS:.spec.clusterIPs'`,
      ),
    ],
    undo: () => [command('For each of them', patch('SingleStack'))],
  };
}
