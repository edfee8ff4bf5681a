import {
  planPodNetworkMigration,
  type PodNetworkMigrationInput,
  rehearse,
  type RehearsedCluster,
} from '../../lib/migration';
import { generatedFlags } from '../../lib/migration/rehearsal/kubeadm';
import { MOVE } from '../../test/migration/migrations';
import { run } from '../control-plane';
import { type Release, testbedProgram } from '../program';

const MIGRATIONS: Record<string, PodNetworkMigrationInput> = {
  'another range with Calico': MOVE,
  'an enlarged range and another node mask with Flannel': {
    ...MOVE,
    podsPerNode: 60,
    from: { cni: 'flannel', podCidrs: ['10.244.0.0/16'] },
    to: { cni: 'flannel', podCidrs: ['10.244.0.0/14'], nodeCidrMaskSize: { IPv4: 25 } },
  },
};

/** kubeadm-config as the commands of the runbook leave it. */
function kubeadmConfig({ kubeadm }: RehearsedCluster): string {
  const args = Object.entries(kubeadm?.extraArgs['kube-controller-manager'] ?? {});
  const configuration = {
    apiVersion: 'kubeadm.k8s.io/v1beta4',
    kind: 'ClusterConfiguration',
    networking: { podSubnet: kubeadm?.podSubnet, serviceSubnet: '10.96.0.0/16' },
    controllerManager: { extraArgs: args.map(([name, value]) => ({ name, value })) },
  };
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kubeadm-config', namespace: 'kube-system' },
    data: { ClusterConfiguration: JSON.stringify(configuration) },
  });
}

const RANGE_FLAGS = /^--(?:allocate-node-cidrs|cluster-cidr|node-cidr-mask-size[-a-z0-9]*)=/;

describe.each(['newest'] as Release[])('what an upgrade by kubeadm of the %s Kubernetes writes', (release) => {
  test.each(Object.keys(MIGRATIONS))(
    '%s: before, between and after the stages it is what the rehearsal says',
    (name) => {
      const { value } = planPodNetworkMigration(MIGRATIONS[name]);
      const start = value?.cluster ?? null;
      if (value === null || start === null) throw new Error(`${name} is refused`);
      for (const cluster of [start, ...rehearse(value, start).stages.map((stage) => stage.cluster)]) {
        const { stdout } = run(testbedProgram(release), ['kubeadm', 'upgrade'], kubeadmConfig(cluster));
        const { error, commands } = JSON.parse(stdout) as { error?: string; commands: Record<string, string[]> };
        expect(error).toBeUndefined();
        const flags = cluster.kubeadm === null ? {} : generatedFlags('kube-controller-manager', cluster.kubeadm);
        const expected = Object.entries(flags).map(([flag, flagValue]) => `--${flag}=${flagValue ?? ''}`);
        expect(commands['kube-controller-manager'].filter((flag) => RANGE_FLAGS.test(flag)).sort()).toEqual(
          expected.filter((flag) => RANGE_FLAGS.test(flag)).sort(),
        );
      }
    },
  );
});
