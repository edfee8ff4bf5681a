import { rehearse, type Runbook } from '../../../lib/migration';
import { RUNBOOKS } from '../runbooks';
import { KUBEADM_CALICO } from './old-runbooks';

function runbookOf(...commands: string[]): Runbook {
  const [stage] = RUNBOOKS['more Services'].stages;
  const steps = [{ kind: 'command' as const, title: 'Do it', commands, expected: null }];
  return { ...RUNBOOKS['more Services'], stages: [{ ...stage, disruption: 'traffic', steps }] };
}

const HELM = 'helm upgrade cilium cilium/cilium --namespace kube-system';

test.each<[string, string[], string[]]>([
  [
    'a chart of any version',
    [`${HELM} --reuse-values --values values.yaml`],
    ['NL854 "Do it" takes the newest chart of the repository, and upgrades the network plugin with it'],
  ],
  ['the chart that runs', [`${HELM} --version "\${chart#cilium-}" --reuse-values --values values.yaml`], []],
  [
    'nodes that are reset',
    ['# on each of them: sudo kubeadm reset, then the command of kubeadm token create --print-join-command'],
    ['NL850 "Do it" resets nodes: on those of the control plane kubeadm reset takes the member of etcd away'],
  ],
  ['nodes whose kubelet is restarted', ['# on each of them: sudo systemctl restart kubelet'], []],
])('%s', (_what, commands, expected) => {
  const found = rehearse(runbookOf(...commands), KUBEADM_CALICO).stages.flatMap(({ problems }) =>
    problems.map(({ rule, message }) => `${rule.code} ${message}`),
  );
  expect(found.filter((text) => !text.startsWith('NL859'))).toEqual(expected);
});

test('no runbook of ours does such things, and the pool of load balancers that closes needs no nodes', () => {
  for (const runbook of Object.values(RUNBOOKS)) {
    if (runbook.cluster === null) throw new Error('it is not known for which cluster');
    expect(rehearse(runbook, runbook.cluster).stages.flatMap(({ problems }) => problems)).toEqual([]);
  }
});
