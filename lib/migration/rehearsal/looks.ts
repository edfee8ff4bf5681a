import type { RuledProblem } from '../../finding/problem';
import type { Step } from '../runbook';
import type { Act, Command } from './commands';
import type { CalicoPool, Cluster } from './cluster';
import {
  REHEARSAL_CHECK,
  REHEARSAL_COMMAND,
  REHEARSAL_CONTROL_PLANE,
  REHEARSAL_DISRUPTION,
  REHEARSAL_ORDER,
} from '../rules';

/** What may be there unless somebody has looked. */
type Danger =
  | 'pods that belong to nothing'
  | 'budgets that allow no eviction'
  | 'nodes that no pool selects'
  | 'objects that name the old range'
  | 'addresses of the old pools in use';

/** Which command looks for what. A check that cannot see takes no danger away. */
const LOOKS_FOR: readonly (readonly [Danger, RegExp])[] = [
  ['pods that belong to nothing', /ownerReferences/],
  ['budgets that allow no eviction', /poddisruptionbudgets/],
  ['nodes that no pool selects', /^(?:(?!jq ).)*jq .*metadata\.labels/],
  ['objects that name the old range', /netloom whois \S+ old-range\b/],
  ['addresses of the old pools in use', /netloom whois \S+ (?:pods|services)\.yaml|calicoctl ipam show/],
];

const NEEDS: Readonly<Partial<Record<Act, readonly Danger[]>>> = {
  'drains-nodes': ['pods that belong to nothing', 'budgets that allow no eviction'],
  'disables-pool': ['nodes that no pool selects'],
  'removes-pool': ['addresses of the old pools in use'],
};

/** Goes through the steps in the order in which somebody follows them. */
export class Lookout {
  private readonly seen = new Set<Danger>();

  constructor(private readonly cluster: Cluster) {}

  /** What is wrong with the step, given the steps before it. `commands` are its lines, understood. */
  public problems(
    step: Step,
    commands: readonly (Command | null)[],
    { before, after }: { readonly before: Cluster; readonly after: Cluster },
  ): RuledProblem[] {
    const blind = step.kind === 'check' ? blindness(step, this.cluster.clusterDomain) : [];
    const problems = [...blind, ...runnable(step, commands, this.cluster), ...harmful(step)];
    const acts = new Set(commands.flatMap((command) => command?.acts ?? []));
    for (const act of acts) {
      for (const danger of NEEDS[act] ?? []) {
        if (this.seen.has(danger) || !matters(danger, before, after)) continue;
        problems.push({
          rule: REHEARSAL_ORDER,
          message: `"${shortTitle(step)}" comes before anybody has looked for ${danger}`,
          help: 'look first, and fix what is found',
        });
        this.seen.add(danger);
      }
    }
    if (acts.has('moves-pods')) this.seen.delete('addresses of the old pools in use');
    if (blind.length === 0) {
      for (const [danger, form] of LOOKS_FOR) if (step.commands.some((line) => form.test(line))) this.seen.add(danger);
    }
    return problems;
  }
}

/** Where a pool selects all nodes there is none that no pool selects, and a pool of load balancer addresses selects none. */
function matters(danger: Danger, before: Cluster, { pools }: Cluster): boolean {
  if (danger !== 'nodes that no pool selects') return true;
  const isOpen = ({ disabled, nodeLabels }: CalicoPool): boolean => !disabled && nodeLabels !== null;
  const open = pools.filter(isOpen);
  return (
    before.pools.filter(isOpen).some(({ name }) => !open.some((pool) => pool.name === name)) &&
    !open.some(
      ({ nodeLabels, nodeSelector }) => nodeSelector === undefined && Object.keys(nodeLabels ?? {}).length === 0,
    )
  );
}

/** Commands that do more than the step wants. */
function harmful({ title, commands }: Step): RuledProblem[] {
  return commands.flatMap((line) => [
    ...(/\bhelm upgrade (?!.*--version)/.test(line)
      ? [
          {
            rule: REHEARSAL_DISRUPTION,
            message: `"${title}" takes the newest chart of the repository, and upgrades the network plugin with it`,
            help: 'give helm upgrade the --version of the chart that runs (helm list)',
          },
        ]
      : []),
    ...(/\bkubeadm reset\b/.test(line)
      ? [
          {
            rule: REHEARSAL_CONTROL_PLANE,
            message: `"${title}" resets nodes: on those of the control plane kubeadm reset takes the member of etcd away`,
            help: 'delete the Node and restart kubelet, which registers it anew, or leave the control plane out',
          },
        ]
      : []),
  ]);
}

/** What stands before the first remark. */
function shortTitle({ title }: Step): string {
  return title.split(';')[0];
}

function blindness({ title, commands, expected }: Step, domain: string): RuledProblem[] {
  const asksForNothing = /^no (?:line|pod|node)\b|^nothing\b/.test(expected ?? '');
  const counts = /conntrack|\bct list\b/;
  if (expected?.startsWith('no connection') === true && !commands.some((line) => counts.test(line))) {
    return [
      {
        rule: REHEARSAL_CHECK,
        message: `"${title}" looks at no connection: objects do not say who still uses an address`,
        help: 'look at the connections of the nodes (conntrack), for as long as clients may be silent',
      },
    ];
  }
  return commands.flatMap((line) => {
    const problem = (message: string, help: string): RuledProblem[] => [
      { rule: REHEARSAL_CHECK, message: `"${title}" ${message}`, help },
    ];
    if (line.split('|').some(asksForSeveralKinds)) {
      return problem(
        'asks for several kinds at once: kubectl shows none of them where one is not known',
        'ask for one kind at a time',
      );
    }
    if (asksForNothing && /^(?:kubectl|calicoctl) .*\|/.test(line)) {
      return problem(
        'passes when the command before the pipe fails: then there is no line either',
        'write the answer into a file, and look into it only if there is one',
      );
    }
    const name = /nslookup (\S+)/.exec(line)?.[1];
    if (name?.includes('.') === true && !name.replace(/\.$/, '').endsWith(domain)) {
      return problem(
        `asks for ${name}: nslookup of busybox does not use the search list for a name with a dot, so that it fails on a healthy cluster`,
        `ask for kubernetes.default.svc.${domain}`,
      );
    }
    return [];
  });
}

function runnable(step: Step, commands: readonly (Command | null)[], cluster: Cluster): RuledProblem[] {
  const acts = new Set(commands.flatMap((command) => command?.acts ?? []));
  return [
    ...(acts.has('needs-kubeadm') && cluster.distribution !== 'kubeadm'
      ? [
          {
            rule: REHEARSAL_COMMAND,
            message: `"${step.title}" changes what kubeadm writes, and ${cluster.distribution} made the control plane: it has neither kubeadm-config nor these static pods`,
            help: `change the configuration file of ${cluster.distribution} on each server`,
          },
        ]
      : []),
    ...(acts.has('needs-calico-api') && cluster.calicoApi === 'calicoctl'
      ? [
          {
            rule: REHEARSAL_COMMAND,
            message: `"${step.title}" asks kubectl for projectcalico.org, which nothing serves in the cluster: its pools are changed with calicoctl`,
            help: 'use calicoctl, or say which API the cluster has',
          },
        ]
      : []),
    ...step.commands
      .filter((line) => /^kubectl (?:-n \S+ )?run /.test(line) && !line.includes('runAsNonRoot'))
      .map(() => ({
        rule: REHEARSAL_COMMAND,
        message: `"${step.title}" makes a pod that PodSecurity restricted refuses`,
        help: 'give the pod a securityContext: no root, no privileges, seccompProfile RuntimeDefault',
      })),
  ];
}

/** Of which each is named with its group: `ippools.projectcalico.org,bgppeers.projectcalico.org`. */
function asksForSeveralKinds(part: string): boolean {
  const start = part.indexOf('kubectl get ');
  const words = start < 0 ? [] : part.slice(start).split(/\s/);
  return words.some((word) => word.split(',').filter((kind) => /^[a-z]+\.[a-z.]+$/.test(kind)).length > 1);
}
