import fc from 'fast-check';
import { parseCidr, rangeOfCidr } from '../../lib/address';
import { rehearse, type RehearsedCluster, type Runbook } from '../../lib/migration';
import { generatedFlags } from '../../lib/migration/rehearsal/kubeadm';
import { controllerManagerStop } from '../../lib/migration/rehearsal/node-ipam';
import { RANDOM_MIGRATIONS } from '../../test/migration/random-migrations';
import { KUBEADM_CALICO, oldRunbook } from '../../test/migration/rehearsal/old-runbooks';
import { RUNBOOKS } from '../../test/migration/runbooks';
import { type Cluster, clusterWith, kubeadmCommands } from '../cluster-with';
import { startTestbed, stopTestbed, type Testbed } from '../control-plane';
import { kubeadmConfig } from '../kubeadm-config';
import type { Release } from '../program';

type Flags = Readonly<Partial<Record<string, string>>>;

const RANGE_FLAGS = /^--(?:allocate-node-cidrs|cluster-cidr|node-cidr-mask-size[-a-z0-9]*)=/;

/** A cluster before a runbook, between its stages and after them. */
function states(runbook: Runbook, start: RehearsedCluster): [string, RehearsedCluster][] {
  return [
    ['before', start],
    ...rehearse(runbook, start).stages.map(({ folder, cluster }): [string, RehearsedCluster] => [folder, cluster]),
  ];
}

/** How the controller manager may be started in a state: as its static pod says now, and as kubeadm writes it next. */
function starts(state: RehearsedCluster): [string, Flags][] {
  const now = state.staticPods['kube-controller-manager'] ?? {};
  const next = state.kubeadm === null ? now : generatedFlags('kube-controller-manager', state.kubeadm);
  return [
    ['a restart', now],
    ['an upgrade', next],
  ];
}

function written(flags: Flags): string[] {
  return Object.entries(flags)
    .map(([flag, value]) => `--${flag}=${value ?? ''}`)
    .filter((flag) => RANGE_FLAGS.test(flag))
    .sort();
}

function nodesOf({ nodes }: RehearsedCluster): { name: string; podCidrs: readonly string[] }[] {
  return nodes.flatMap(({ podCidrs }, group) =>
    podCidrs.map((own, index) => ({ name: `node-${group}-${index}`, podCidrs: own })),
  );
}

function lies(inner: string, outer: string): boolean {
  const [own, range] = [parseCidr(inner), parseCidr(outer)].map(rangeOfCidr);
  return own.family === range.family && own.first >= range.first && own.last <= range.last;
}

/** Starts the controller manager as it is told, lets a node join, and compares both with the model. */
async function start(
  cluster: Cluster,
  state: RehearsedCluster,
  flags: Flags,
  base: readonly string[],
): Promise<boolean> {
  await cluster.removeNodes();
  for (const node of nodesOf(state)) await cluster.addNode(node);
  const stop = controllerManagerStop(flags, state.nodes);
  const command = [...base.filter((flag) => !RANGE_FLAGS.test(flag)), ...written(flags)];
  const run = await cluster.controllerManager(command);
  // What comes after the comma is the model's own.
  const reason = stop?.split(', and a node')[0] ?? '';
  expect({ staysUp: run.staysUp, said: run.staysUp ? '' : run.said }).toEqual({
    staysUp: stop === null,
    said: stop === null ? '' : (expect.stringContaining(reason) as string),
  });
  if (run.staysUp) {
    const ranges = flags['allocate-node-cidrs'] === 'true' ? (flags['cluster-cidr'] ?? '').split(',') : [];
    const podCidrs = await cluster.joined('joins', ranges.length > 0);
    expect(podCidrs).toHaveLength(ranges.length);
    expect(podCidrs.filter((cidr, index) => !lies(cidr, ranges[index]))).toEqual([]);
  }
  await run.stop();
  return run.staysUp;
}

/** Each start takes seconds. */
const RANDOM_RUNBOOKS = process.env.FULL === undefined ? 1 : 20;

/** Migrations of random clusters in which the controller manager gives ranges to nodes. */
function randomRunbooks(what: string): [string, Runbook, RehearsedCluster][] {
  return fc
    .sample(RANDOM_MIGRATIONS[what], { numRuns: 60 * RANDOM_RUNBOOKS, seed: 1 })
    .flatMap(({ value }): [string, Runbook, RehearsedCluster][] =>
      value?.cluster?.kubeadm && value.cluster.nodes.length > 0 ? [[what, value, value.cluster]] : [],
    )
    .slice(0, RANDOM_RUNBOOKS)
    .map(([, runbook, known], index) => [`${what}, random ${index + 1}`, runbook, known]);
}

describe.each<Release>(['newest', 'oldest'])('the control plane of the %s Kubernetes', (release) => {
  let testbed: Testbed;
  let cluster: Cluster;
  beforeAll(async () => {
    testbed = await startTestbed(release);
    cluster = await clusterWith(testbed, { serviceCidrs: ['10.96.0.0/16'] });
  });
  afterAll(() => stopTestbed(testbed));

  /** What kubeadm of this release makes of the state: the program of the older one has no kubeadm. */
  function generatedBase(where: string, state: RehearsedCluster): readonly string[] {
    if (release === 'oldest') return [];
    const base = kubeadmCommands(testbed, 'upgrade', [kubeadmConfig(state)])['kube-controller-manager'];
    const [, [, generated]] = starts(state);
    expect([where, base.filter((flag) => RANGE_FLAGS.test(flag)).sort()]).toEqual([where, written(generated)]);
    return base;
  }

  /** Runbooks go through states that others have gone through: the same flags on the same nodes. */
  const seen = new Map<string, boolean>();

  async function follow(runbook: Runbook, known: RehearsedCluster): Promise<string[]> {
    const ended: string[] = [];
    for (const [where, state] of states(runbook, known)) {
      const base = generatedBase(where, state);
      for (const [what, flags] of starts(state)) {
        const key = JSON.stringify([written(flags), nodesOf(state)]);
        const staysUp = seen.get(key) ?? (await start(cluster, state, flags, base));
        seen.set(key, staysUp);
        if (!staysUp) ended.push(`${where}: ${what}`);
      }
    }
    return ended;
  }

  const planned = Object.entries(RUNBOOKS)
    .filter(([, { cluster }]) => cluster?.kubeadm && cluster.nodes.length > 0)
    // Each start takes seconds: on the older release one of a kind.
    .filter(([name]) => release === 'newest' || / with Flannel$|^another range with Calico$|^IPv4 beside/.test(name));

  test.each(planned)('%s: it stays up before, between and after the stages', async (_name, runbook) => {
    if (runbook.cluster === null) throw new Error('it is not known for which cluster');
    expect(await follow(runbook, runbook.cluster)).toEqual([]);
  });

  // On the older release the flags are the same, and kubeadm is not there to generate them.
  const random = release === 'newest' ? Object.keys(RANDOM_MIGRATIONS).flatMap(randomRunbooks) : [];
  for (const [name, runbook, known] of random) {
    test(`${name}: it stays up before, between and after the stages`, async () => {
      expect(await follow(runbook, known)).toEqual([]);
    });
  }

  test.each<[string, string[]]>([
    [
      'calico-manifest',
      ['2-cluster-cidr', '3-add-pools', '4-disable-pools', '5-move-pods', '6-remove-pools', '7-settle'],
    ],
    [
      'encapsulation-changes',
      ['2-cluster-cidr', '3-add-pools', '4-disable-pools', '5-move-pods', '6-remove-pools', '7-settle'],
    ],
  ])('the old runbook %s ends it at the next upgrade, as the rehearsal says', async (name, after) => {
    expect(await follow(oldRunbook(name), KUBEADM_CALICO)).toEqual(after.map((folder) => `${folder}: an upgrade`));
  });
});
