import fc from 'fast-check';
import { cidrHas, formatCidr, parseAddress, parseCidr } from '../../lib/address';
import {
  planPodNetworkMigration,
  type PodNetworkMigrationInput,
  type PoolInput,
  type Runbook,
  type Step,
} from '../../lib/migration';
import { MOVE, planned } from './migrations';

/** What a cluster has of what a runbook changes: pools, whether they give addresses, and the addresses of pods. */
interface World {
  readonly pools: Map<string, { cidr: string; enabled: boolean }>;
  pods: string[];
  /** Set by a check that no address of a pool is in use, for its range; any change of pods clears it. */
  readonly checkedUnused: Set<string>;
}

/** Does what the commands say, as Kubernetes and Calico would: a second reading of the runbook that shares no code with the first. */
function follow(world: World, steps: readonly Step[], files: ReadonlyMap<string, readonly unknown[]>): void {
  for (const { commands, kind, title } of steps) {
    if (kind === 'check' && commands.includes('calicoctl ipam show')) {
      for (const { cidr } of world.pools.values()) {
        if (!world.pods.some((pod) => cidrHas(parseCidr(cidr), parseAddress(pod)))) world.checkedUnused.add(cidr);
      }
    }
    for (const text of commands) {
      const file = /(?:apply -f |patch-file=)(\S+)/.exec(text)?.[1];
      if (file !== undefined) for (const document of files.get(file) ?? []) applyDocument(world, document);
      const patch = /^(?:kubectl|calicoctl) patch (\S+) (\S+) .*--patch='(.*)'$/.exec(text);
      if (patch !== null) {
        const [, resource, name, json] = patch;
        const { spec } = JSON.parse(json) as Pick<PoolDocument, 'spec'>;
        applyDocument(world, {
          kind: resource.startsWith('ippool') ? 'IPPool' : 'Installation',
          metadata: { name },
          spec,
        });
      }
      const deleted = /(?:kubectl|calicoctl) delete ippools?(?:\.projectcalico\.org)? (\S+)/.exec(text)?.[1];
      if (deleted !== undefined) removePool(world, deleted);
      if (text.includes('kubectl drain') && !title.includes('tunnels')) restartPods(world);
      assertCovered(world);
    }
  }
}

function clone({ pools, pods, checkedUnused }: World): World {
  return { pools: new Map(pools), pods: [...pods], checkedUnused: new Set(checkedUnused) };
}

interface PoolDocument {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly cidr?: string;
    readonly disabled?: boolean;
    readonly calicoNetwork?: { readonly ipPools: readonly { name: string; cidr: string; nodeSelector: string }[] };
  };
}

function applyDocument(world: World, document: unknown): void {
  const { kind, metadata, spec } = document as PoolDocument;
  if (kind === 'IPPool') {
    const old = world.pools.get(metadata.name);
    const cidr = spec.cidr ?? old?.cidr ?? '';
    // A pool cannot change its range, and two cannot overlap.
    if (old !== undefined) expect(cidr).toBe(old.cidr);
    world.pools.set(metadata.name, {
      cidr,
      enabled: spec.disabled === undefined ? old?.enabled === true : !spec.disabled,
    });
  } else {
    const list = spec.calicoNetwork?.ipPools ?? [];
    for (const name of [...world.pools.keys()]) if (!list.some((pool) => pool.name === name)) removePool(world, name);
    for (const { name, cidr, nodeSelector } of list)
      world.pools.set(name, { cidr, enabled: nodeSelector !== '!all()' });
  }
  const ranges = [...world.pools.values()].map(({ cidr }) => parseCidr(cidr));
  ranges.forEach((a, index) => {
    for (const b of ranges.slice(index + 1))
      expect([formatCidr(a), formatCidr(b), overlap(a, b)]).toEqual([formatCidr(a), formatCidr(b), false]);
  });
}

type Range = ReturnType<typeof parseCidr>;

function overlap(a: Range, b: Range): boolean {
  return cidrHas(a, { family: b.family, value: b.base }) || cidrHas(b, { family: a.family, value: a.base });
}

function removePool(world: World, name: string): void {
  const pool = world.pools.get(name);
  expect(pool).toBeDefined();
  if (pool === undefined) return;
  expect(world.checkedUnused).toContain(pool.cidr);
  world.pools.delete(name);
}

/** Every pod is made anew somewhere, and gets the first address of any pool that gives some. */
function restartPods(world: World): void {
  const giving = [...world.pools.values()].filter(({ enabled }) => enabled);
  expect(giving.length).toBeGreaterThan(0);
  world.pods = giving.map(({ cidr }) => cidr.split('/')[0]);
  world.checkedUnused.clear();
}

function assertCovered({ pods, pools }: World): void {
  for (const pod of pods) {
    expect([...pools.values()].some(({ cidr }) => cidrHas(parseCidr(cidr), parseAddress(pod)))).toBe(true);
  }
}

function filesOf({ stages }: Runbook): Map<string, readonly unknown[]> {
  return new Map(
    stages.flatMap(({ folder, files }) =>
      files.map(({ path, documents }) => [`${folder}/${path}`, documents] as const),
    ),
  );
}

/** Any pools out of 10.240.0.0/12, in sixteenths; many of these overlap, and are refused. */
const pool = (names: readonly string[]): fc.Arbitrary<PoolInput> =>
  fc.record({
    name: fc.constantFrom(...names),
    cidr: fc.integer({ min: 240, max: 255 }).map((octet) => `10.${octet}.0.0/16`),
    blockSize: fc.constantFrom(25, 26, 27),
    natOutgoing: fc.boolean(),
    encapsulation: fc.constantFrom('None' as const, 'VXLAN' as const, 'IPIPCrossSubnet' as const),
  });
const pools = (names: readonly string[]): fc.Arbitrary<PoolInput[]> =>
  fc.uniqueArray(pool(names), {
    minLength: 1,
    maxLength: 3,
    selector: ({ cidr }) => cidr,
  });

const migrations: fc.Arbitrary<PodNetworkMigrationInput> = fc
  .record({
    from: pools(['a', 'b', 'c']),
    to: pools(['b', 'c', 'd', 'e']),
    temporary: fc.boolean(),
    operator: fc.boolean(),
    proxy: fc.boolean(),
    api: fc.constantFrom('calicoctl' as const, 'API server' as const, 'native CRDs' as const),
    wide: fc.boolean(),
  })
  .map(({ from, to, temporary, operator, proxy, wide, api }) => ({
    ...MOVE,
    from: { cni: 'calico', podCidrs: [wide ? '10.240.0.0/12' : '10.0.0.0/9'], pools: from },
    to: { cni: 'calico', podCidrs: ['10.240.0.0/12'], pools: to },
    ...(temporary && { temporaryPool: { name: 'on-the-way', cidr: '172.16.0.0/16' } }),
    calicoOperator: operator,
    calicoApi: api,
    kubeProxy: proxy,
  }));

const feasible = migrations.filter((input) => planPodNetworkMigration(input).value !== null);

test('no pod ever has an address outside of all pools, and a pool is removed only after a check that nobody uses it', () => {
  fc.assert(
    fc.property(feasible, (input) => {
      const runbook = planned(input);
      const from = input.from.pools ?? [];
      const world: World = {
        pools: new Map(from.map(({ name, cidr }) => [name, { cidr, enabled: true }])),
        pods: from.map(({ cidr }) => cidr.split('/')[0]),
        checkedUnused: new Set(),
      };
      for (const { id, steps, undo } of runbook.stages) {
        const before = clone(world);
        follow(world, steps, filesOf(runbook));
        if (undo.kind !== 'rollback') continue;
        const back = clone(world);
        follow(back, undo.steps, filesOf(runbook));
        if (!id.startsWith('move-pods')) expect([...back.pools].sort()).toEqual([...before.pools].sort());
      }
      expect([...world.pools].map(([name, { cidr, enabled }]) => [name, cidr, enabled]).sort()).toEqual(
        (input.to.pools ?? []).map(({ name, cidr }) => [name, cidr, true]).sort(),
      );
    }),
    { numRuns: 200 },
  );
});

test('every stage that changes something has a way back, or says that it has none', () => {
  fc.assert(
    fc.property(feasible, (input) => {
      for (const { steps, undo } of planned(input).stages) {
        const changes = steps.some(
          ({ kind, commands }) =>
            kind === 'apply' ||
            commands.some((text) =>
              /(?:kubectl|calicoctl) (apply|patch (?!--local)|delete (?!namespace)|drain|replace)/.test(text),
            ),
        );
        if (undo.kind === 'rollback') expect(undo.steps.length).toBeGreaterThan(0);
        else if (undo.kind === 'irreversible') expect(undo.because).not.toBe('');
        else expect(changes).toBe(false);
      }
    }),
    { numRuns: 100 },
  );
});

test('the order of pools, nodes and ranges changes nothing', () => {
  fc.assert(
    fc.property(migrations, (input) => {
      const groups = ['a', 'b', 'c'].map((name) => ({ name, nodes: 2, labels: { zone: name, rack: name } }));
      const forth = { ...input, nodeGroups: groups };
      const back: PodNetworkMigrationInput = {
        ...input,
        nodeGroups: groups.map(({ name, nodes }) => ({ name, nodes, labels: { rack: name, zone: name } })).reverse(),
        from: { ...input.from, pools: [...(input.from.pools ?? [])].reverse() },
        to: { ...input.to, pools: [...(input.to.pools ?? [])].reverse() },
      };
      const plan = (given: PodNetworkMigrationInput): unknown => {
        const { value, problems } = planPodNetworkMigration(given);
        return { value, problems: problems.map(({ message }) => message).sort() };
      };
      expect(plan(back)).toEqual(plan(forth));
    }),
    { numRuns: 200 },
  );
});
