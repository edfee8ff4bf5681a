import type { RuledProblem } from '../../finding/problem';
import { own } from '../../syntax/own-member';
import type { Runbook, Stage, Step } from '../runbook';
import { familyOf, poolOf, rescheduled, tunnelKey, tunnelOf } from './calico';
import { perGroup } from './per-group';
import type { Cluster } from './cluster';
import { type Command, type Files, readCommand } from './commands';
import { flagChanges, upgraded } from './kubeadm';
import { Lookout } from './looks';
import { type LookPod, lookPods } from './look-pod';
import { askAll, changeText, settled } from './questions';
import { REHEARSAL_COMMAND, REHEARSAL_DISRUPTION, REHEARSAL_ROLLBACK, REHEARSAL_UNKNOWN } from '../rules';

/** A stage after it was rehearsed. */
export interface RehearsedStage {
  readonly folder: string;
  readonly title: string;
  readonly problems: readonly RuledProblem[];
  /** The flags that `kubeadm upgrade` would write otherwise; empty if it changes none. */
  readonly upgrade: readonly string[];
  /** The cluster when the stage is done. */
  readonly cluster: Cluster;
}

export interface Rehearsal {
  readonly stages: readonly RehearsedStage[];
  /** What is wrong with the cluster before anything is done: no fault of the runbook. */
  readonly before: readonly RuledProblem[];
}

/** What the objects of the cluster say, beside the questions that are asked anyway. */
export interface Judge {
  /** Rules over the cluster as it stands between two stages. */
  readonly cluster: (cluster: Cluster) => readonly RuledProblem[];
  /** What keeps a pod with which the step of that title looks from the DNS. */
  readonly lookPod: (pod: LookPod, title: string) => readonly RuledProblem[];
}

const NO_JUDGE: Judge = { cluster: () => [], lookPod: () => [] };

/**
 * Follows a runbook on a model of the cluster: every command does what it would do, and after each stage all questions are asked. A
 * problem belongs to the stage that brings it. Pure.
 */
export function rehearse(runbook: Runbook, start: Cluster, judge: Judge = NO_JUDGE): Rehearsal {
  const files = filesOf(runbook);
  const lookout = new Lookout(start);
  const ask = (cluster: Cluster): RuledProblem[] => [...askAll(cluster), ...judge.cluster(cluster)];
  let cluster = settled(start);
  const before = ask(cluster);
  const known = new Set(before.map(keyOf));
  const done: Stage[] = [];
  const stages = runbook.stages.map((stage): RehearsedStage => {
    const started = cluster;
    const problems: RuledProblem[] = [];
    const interruptions = new Set<string>();
    for (const step of stage.steps) {
      const { after, commands, unknown } = follow(step, cluster, files);
      problems.push(...lookPods(step).flatMap((pod) => judge.lookPod(pod, step.title)));
      problems.push(...unknown, ...lookout.problems(step, commands, { before: cluster, after }));
      for (const text of interrupted(cluster, after)) interruptions.add(text);
      cluster = after;
    }
    if (stage.disruption === 'none') {
      problems.push(...[...interruptions].map((text) => unsaid(text)));
    }
    problems.push(...ask(cluster));
    done.push(stage);
    const forward = new Set([...known, ...problems.map(keyOf)]);
    problems.push(
      ...wayBack(done, started, cluster, files, (state) =>
        ask(state).filter((problem) => !forward.has(keyOf(problem))),
      ),
    );
    const fresh = problems.filter((problem) => !known.has(keyOf(problem)) && known.add(keyOf(problem)));
    const changes = flagChanges(cluster, upgraded(cluster)).map(changeText);
    return { folder: stage.folder, title: stage.title, problems: fresh, upgrade: changes, cluster };
  });
  return { stages, before };
}

function filesOf({ stages }: Runbook): Files {
  return new Map(
    stages.flatMap(({ folder, files }) =>
      files.map(({ path, documents }) => [`${folder}/${path}`, documents] as const),
    ),
  );
}

interface Followed {
  readonly after: Cluster;
  readonly commands: readonly (Command | null)[];
  readonly unknown: readonly RuledProblem[];
}

function follow({ title, commands: lines }: Step, start: Cluster, files: Files): Followed {
  const commands = lines.map((line) => readCommand(line, files));
  const bench = commands.reduce(
    (state, command) => {
      const after = command === null ? state : command.effect(state);
      return after.cluster === state.cluster ? after : { ...after, cluster: settled(after.cluster) };
    },
    { cluster: start, drafts: {} },
  );
  return {
    after: bench.cluster,
    commands,
    unknown: lines
      .filter((_, index) => commands[index] === null)
      .map((line) => ({
        rule: REHEARSAL_UNKNOWN,
        message: `"${title}": it is not known what this does: ${line}`,
        help: 'the rehearsal goes on as if it did nothing: judge yourself',
      })),
  };
}

/** What pods lose between one moment and the next, although none of them was made anew. */
function interrupted(before: Cluster, after: Cluster): string[] {
  if (after.networkPlugin !== 'calico') return [];
  if (before.pools === after.pools && before.nodes === after.nodes && before.staticPods === after.staticPods) return [];
  const used = new Set(
    before.nodes.flatMap((group) =>
      group.pods.flatMap(({ addresses }) => addresses.map((address) => poolOf(before.pools, address)?.name)),
    ),
  );
  const olds = new Map(before.pools.map((pool) => [pool.name, pool]));
  const changed = after.pools.flatMap((pool) => {
    const old = olds.get(pool.name);
    return old !== undefined && used.has(pool.name) && tunnelOf(old.encapsulation) !== tunnelOf(pool.encapsulation)
      ? [
          `the encapsulation of ${pool.name} (${familyOf(pool)}) changes from ${old.encapsulation} to ${pool.encapsulation} while pods have its addresses: felix starts anew, and traffic between nodes stops until both ends have changed`,
        ]
      : [];
  });
  const lost = perGroup(after.nodes, (group, index) =>
    Object.keys(before.nodes[index].tunnels)
      .filter((key) => own(group.tunnels, key) === undefined)
      .filter((key) => group.pods.some(({ addresses }) => addresses.some((address) => needs(after, address, key))))
      .map(
        (key) => (names) =>
          `calico/node takes the address of the tunnel ${key} away from ${names}, and pods there still need it`,
      ),
  );
  const moved = perGroup(after.nodes, (group, index) =>
    Object.entries(before.nodes[index].tunnels).flatMap(([key, pool]) => {
      const now = own(group.tunnels, key);
      if (now === undefined || now === pool) return [];
      return [
        (names: string) =>
          `calico/node gives the tunnel ${key} of ${names} an address of ${now} in place of ${pool}: connections that nodes have to pods of other nodes break`,
      ];
    }),
  );
  const restarted =
    before.staticPods['kube-apiserver'] !== after.staticPods['kube-apiserver'] &&
    flagChanges(before, after).some(({ component }) => component === 'kube-apiserver');
  return [
    ...changed,
    ...lost,
    ...moved,
    ...(restarted
      ? ['kube-apiserver starts anew on each control plane node, and with only one nobody answers meanwhile']
      : []),
  ];
}

function needs({ pools }: Cluster, address: string, key: string): boolean {
  const pool = poolOf(pools, address);
  return pool !== undefined && tunnelKey(pool) === key;
}

function unsaid(text: string): RuledProblem {
  return {
    rule: REHEARSAL_DISRUPTION,
    message: `it says that it disrupts nothing, and ${text}`,
    help: 'say so, and give it a stage of its own at a time when that may be',
  };
}

/** The ways back of all stages up to the last one that has none, one after the other, and what holds after each of them. */
function wayBack(
  done: readonly Stage[],
  started: Cluster,
  now: Cluster,
  files: Files,
  ask: (cluster: Cluster) => RuledProblem[],
): RuledProblem[] {
  const problems: RuledProblem[] = [];
  let cluster = now;
  for (const [index, stage] of [...done].reverse().entries()) {
    if (stage.undo.kind === 'irreversible') break;
    if (stage.undo.kind === 'nothing-changed') continue;
    for (const step of stage.undo.steps) {
      const { after, unknown } = follow(step, withoutUnused(stage.undo.steps, step, cluster, files), files);
      if (index === 0) problems.push(...unknown);
      cluster = after;
    }
    const wrong = [...ask(cluster), ...(index === 0 ? differences(stage, started, cluster) : [])];
    problems.push(
      ...wrong.map(({ message }) => ({
        rule: REHEARSAL_ROLLBACK,
        message: `on the way back from here, after that of ${stage.folder}: ${message}`,
        help: 'fix the way back, or say that there is none',
      })),
    );
  }
  return problems;
}

/** Who looked whether a pool is in use has moved its pods before the pool goes. */
function withoutUnused(steps: readonly Step[], step: Step, cluster: Cluster, files: Files): Cluster {
  const removes = step.commands.some((line) => {
    const after = readCommand(line, files)?.effect({ cluster, drafts: {} }).cluster;
    return after !== undefined && after.pools.length < cluster.pools.length;
  });
  const looked = steps
    .slice(0, steps.indexOf(step))
    .some(
      ({ kind, commands }) =>
        kind === 'check' && commands.some((line) => /netloom whois|calicoctl ipam show/.test(line)),
    );
  if (!removes || !looked) return cluster;
  const left = follow(step, cluster, files).after.pools;
  return {
    ...cluster,
    nodes: cluster.nodes.map((group) => ({
      ...group,
      pods: group.pods.every(({ addresses }) => addresses.every((address) => poolOf(left, address) !== undefined))
        ? group.pods
        : rescheduled(left, group),
    })),
  };
}

/** Parts that are not as they were. A way back after pods have moved leaves pools that they may have come from or gone to. */
function differences({ disruption }: Stage, before: Cluster, after: Cluster): RuledProblem[] {
  const parts = ['kubeadm', 'kubeProxy', 'staticPods', 'serviceRanges', 'pluginRanges', 'loadBalancerPools'] as const;
  return [...parts, ...(disruption === 'restart' ? [] : (['pools'] as const))]
    .map((part) => ({ part, was: stableText(meaningOf(before)[part]), is: stableText(meaningOf(after)[part]) }))
    .filter(({ was, is }) => was !== is)
    .map(({ part, was, is }) => ({
      rule: REHEARSAL_COMMAND,
      message: `${part} are not as they were before: ${is} in place of ${was}`,
      help: '',
    }));
}

/** Without what says nothing: the range of kube-proxy where it goes by interfaces, and the other way round. */
function meaningOf(cluster: Cluster): Cluster {
  const { kubeProxy } = cluster;
  const loadBalancerPools = [...cluster.loadBalancerPools].sort((a, b) => (a.name < b.name ? -1 : 1));
  const kubeadm = cluster.kubeadm && {
    ...cluster.kubeadm,
    extraArgs: Object.fromEntries(
      Object.entries(cluster.kubeadm.extraArgs).filter(([, flags]) => Object.keys(flags).length > 0),
    ),
  };
  if (kubeProxy === null) return { ...cluster, kubeadm, loadBalancerPools };
  const byInterface = kubeProxy.detectLocalMode === 'InterfaceNamePrefix';
  return {
    ...cluster,
    kubeadm,
    loadBalancerPools,
    kubeProxy: byInterface
      ? { ...kubeProxy, clusterCIDR: '' }
      : { ...kubeProxy, detectLocalMode: 'ClusterCIDR', interfaceNamePrefix: '' },
  };
}

/** Without regard to the order of keys. */
function stableText(value: unknown): string {
  return JSON.stringify(value, (_key, entry: unknown) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry)
      ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1)))
      : entry,
  );
}

function keyOf({ rule, message }: RuledProblem): string {
  return `${rule.code} ${message}`;
}
