import fc from 'fast-check';
import { addressBits, type AddressRange, formatRange, IP_FAMILIES, parseAddress } from '../../lib/address';
import { reachJson } from '../../lib/output/json/reach-json';
import { connections, EVERYTHING, entrances, INGRESS_CONTROLLER, type Reachability, solve } from '../../lib/reach';
import { ciliumPolicies } from './arbitrary-cilium';
import { clusters, networkPolicy, OUTSIDE_SAMPLES, policies as arbitraryPolicies } from './arbitrary-cluster';
import type { Json } from './oracle';
import { modelOf, reachOf } from './reach-of';

const RUNS = { numRuns: 300 };

/** What can be opened, by pair: workloads by their texts, and addresses outside one by one, since each cluster cuts the outside differently. */
function pairs({
  workloads,
  sources,
  destinations,
  between,
  outsideTo,
  toOutsideRange,
}: Reachability): Map<string, number> {
  const found = new Map<string, number>();
  workloads.forEach(({ text }, index) => {
    workloads.forEach((other, target) => found.set(`${text} => ${other.text}`, between(index, target)));
    for (const address of OUTSIDE_SAMPLES) {
      const [source, destination] = [rangeWith(sources, address), rangeWith(destinations, address)];
      if (source >= 0) found.set(`${address} => ${text}`, outsideTo(source, index));
      if (destination >= 0) found.set(`${text} => ${address}`, toOutsideRange(index, destination));
    }
  });
  return found;
}

function rangeWith(ranges: readonly AddressRange[], address: string): number {
  const { family, value } = parseAddress(address);
  return ranges.findIndex((range) => range.family === family && range.first <= value && value <= range.last);
}

/** Connections of `some` that `all` does not have. */
function beyond(some: Reachability, all: Reachability): string[] {
  const known = pairs(all);
  return [...pairs(some)].flatMap(([pair, set]) => {
    const other = known.get(pair);
    if (other === undefined) return [];
    const open = new Set(portsOf(all, other));
    const lost = portsOf(some, set).filter((port) => !open.has(port));
    return lost.length === 0 ? [] : [`${pair}: ${some.sets.text(set)}, but ${all.sets.text(other)}`];
  });
}

/** Enough ports to tell all sets of the generator apart. */
function portsOf({ sets }: Reachability, set: number): string[] {
  return (['SCTP', 'TCP', 'UDP'] as const).flatMap((protocol) =>
    [1, 53, 80, 81, 8080, 8085, 8091].flatMap((port) =>
      sets.ports(set, protocol).some(({ first, last }) => first <= port && port <= last) ? [`${protocol} ${port}`] : [],
    ),
  );
}

function jsonOf(objects: readonly Json[]): string {
  const model = modelOf(objects);
  const reach = solve(model);
  return [...reachJson({ reach, entrances: entrances(model, reach), filter: EVERYTHING, findings: [] })].join('');
}

const isolateAll = ['a', 'b', 'c'].map((namespace) =>
  networkPolicy(namespace, 'default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] }),
);

test('a further policy for pods that are isolated never removes a connection', () => {
  fc.assert(
    fc.property(clusters, arbitraryPolicies, ({ namespaces, workloads, policies }, others) => {
      const before = [...namespaces, ...workloads, ...isolateAll, ...policies];
      expect(beyond(reachOf(before), reachOf([...before, ...renamed(others)]))).toEqual([]);
    }),
    RUNS,
  );
});

test('the first policies of a namespace never add a connection', () => {
  fc.assert(
    fc.property(clusters, ({ namespaces, workloads, policies }) => {
      const others = policies.filter((policy) => namespaceOf(policy) !== 'a');
      const first = policies.filter((policy) => namespaceOf(policy) === 'a').slice(0, 1);
      const before = [...namespaces, ...workloads, ...others];
      expect(beyond(reachOf([...before, ...first]), reachOf(before))).toEqual([]);
    }),
    RUNS,
  );
});

test('the order of objects changes no byte', () => {
  fc.assert(
    fc.property(
      clusters.chain(({ namespaces, workloads, policies }) => {
        const objects = [...namespaces, ...workloads, ...policies];
        return fc.tuple(
          fc.constant(objects),
          fc.shuffledSubarray(objects, { minLength: objects.length, maxLength: objects.length }),
        );
      }),
      ([objects, shuffled]) => {
        expect(jsonOf(shuffled)).toBe(jsonOf(objects));
      },
    ),
    RUNS,
  );
});

test('the rules of one policy mean the same in two', () => {
  fc.assert(
    fc.property(clusters, fc.nat({ max: 2 }), ({ namespaces, workloads, policies }, at) => {
      const rest = [...namespaces, ...workloads];
      expect(jsonOf([...rest, ...policies.flatMap((policy) => split(policy, at))])).toBe(
        jsonOf([...rest, ...policies]),
      );
    }),
    RUNS,
  );
});

test('ranges outside are sorted, cover each family without overlap, and no two neighbours are equal', () => {
  fc.assert(
    fc.property(clusters, ({ namespaces, workloads, policies }) => {
      const reach = reachOf([...namespaces, ...workloads, ...policies]);
      const answersOf = (answer: (range: number, workload: number) => number, range: number): string =>
        reach.workloads.map((_, workload) => answer(range, workload)).join();
      for (const [ranges, answer] of [
        [reach.sources, reach.outsideTo],
        [reach.destinations, (range: number, workload: number) => reach.toOutsideRange(workload, range)],
      ] as const) {
        expect(ranges[0]).toMatchObject({ family: 'IPv4', first: 0n });
        for (const family of IP_FAMILIES) {
          const own = ranges.filter((range) => range.family === family);
          if (own.length === 0) continue;
          expect(own[0].first).toBe(0n);
          expect(own.at(-1)?.last).toBe((1n << BigInt(addressBits(family))) - 1n);
          own.slice(1).forEach((range, index) => {
            expect(range.first).toBe(own[index].last + 1n);
            const here = ranges.indexOf(range);
            expect([formatRange(range), answersOf(answer, here)]).not.toEqual([
              formatRange(range),
              answersOf(answer, here - 1),
            ]);
          });
        }
      }
    }),
    RUNS,
  );
});

test('rows say what pairs say, and as many connections are counted as are listed', () => {
  fc.assert(
    fc.property(clusters, ({ namespaces, workloads, policies }) => {
      const model = modelOf([...namespaces, ...workloads, ...policies]);
      const reach = solve(model);
      const listed = [...connections(reach, entrances(model, reach))].filter(({ src }) => src !== INGRESS_CONTROLLER);
      const names = (range: AddressRange): string => formatRange(range);
      const asked = [
        ...reach.sources.flatMap((range, source) =>
          reach.workloads.map(({ text }, to) => ({ src: names(range), dst: text, set: reach.outsideTo(source, to) })),
        ),
        ...reach.workloads.flatMap(({ text: src }, from) => [
          ...reach.destinations.map((range, to) => ({ src, dst: names(range), set: reach.toOutsideRange(from, to) })),
          ...reach.workloads.flatMap(({ text: dst }, to) =>
            from === to ? [] : [{ src, dst, set: reach.between(from, to) }],
          ),
        ]),
      ].filter(({ set }) => set !== 0);
      expect(listed).toEqual(asked);
      expect(reach.count()).toBe(listed.length);
    }),
    RUNS,
  );
});

function namespaceOf(policy: Json): string {
  return (policy.metadata as { readonly namespace: string }).namespace;
}

function renamed(policies: readonly Json[]): Json[] {
  return policies.map((policy, index) => networkPolicy(namespaceOf(policy), `more-${index}`, policy.spec as Json));
}

/** Each half isolates in the directions of the whole. */
function split(policy: Json, at: number): Json[] {
  const { ingress, egress, policyTypes, podSelector } = policy.spec as {
    readonly ingress?: unknown[] | null;
    readonly egress?: unknown[] | null;
    readonly policyTypes?: string[] | null;
    readonly podSelector?: unknown;
  };
  const types =
    policyTypes && policyTypes.length > 0 ? policyTypes : ['Ingress', ...((egress?.length ?? 0) > 0 ? ['Egress'] : [])];
  const { name } = policy.metadata as { readonly name: string };
  return [
    [0, at],
    [at, undefined],
  ].map(([from, to], half) =>
    networkPolicy(namespaceOf(policy), `${name}-${half}`, {
      podSelector,
      policyTypes: types,
      ingress: ingress?.slice(from, to),
      egress: egress?.slice(from, to),
    }),
  );
}

test('a rule of Cilium that denies never opens anything, and one that allows never closes what its policy isolates', () => {
  fc.assert(
    fc.property(clusters, ciliumPolicies, fc.constantFrom('ingress', 'egress'), (cluster, own, direction) => {
      const objects = [...cluster.namespaces, ...cluster.workloads, ...cluster.policies];
      const solved = (policies: readonly Json[]): Reachability =>
        solve(modelOf([...objects, ...policies], { policyEngine: 'cilium' }));
      const all = solved(own);
      const changed = (field: string, rules: (written: readonly unknown[]) => readonly unknown[]): Reachability =>
        solved(
          own.map((policy) => {
            const specs = 'spec' in policy ? [policy.spec] : (policy.specs as readonly unknown[]);
            return {
              ...policy,
              spec: undefined,
              specs: (specs as readonly Json[]).map((spec) => ({
                ...spec,
                [field]: rules((spec[field] ?? []) as readonly unknown[]),
              })),
            };
          }),
        );
      expect(
        beyond(
          changed(`${direction}Deny`, (rules) => [...rules, { toPorts: [{ ports: [{ port: '80' }] }] }]),
          all,
        ),
      ).toEqual([]);
      const entity = direction === 'ingress' ? 'fromEntities' : 'toEntities';
      const widened = changed(direction, (rules) => (rules.length === 0 ? rules : [...rules, { [entity]: ['world'] }]));
      expect(beyond(all, widened)).toEqual([]);
    }),
    RUNS,
  );
});
