import fc from 'fast-check';
import {
  ALL_CONNECTIONS,
  type Change,
  type End,
  explain,
  type Explanation,
  NO_CONNECTIONS,
  type Reachability,
  solve,
} from '../../lib/reach';
import { at, type PolicyEngine } from '../../lib/model';
import { ciliumPolicies } from './arbitrary-cilium';
import { clusters } from './arbitrary-cluster';
import type { Json } from './oracle';
import { modelOf } from './reach-of';

/** The manifests after the change, as a reader of the help would write them. */
function changed(objects: readonly Json[], { policy, kind, rule, addition }: Change): Json[] {
  if (policy === undefined) return [...objects, addition as Json];
  return objects.map((object) => {
    if (object !== policy.object.manifest) return object;
    const copy = structuredClone<Json>(object);
    const [[field, items]] = Object.entries(addition as Record<string, unknown[]>);
    const path = kind === 'add-rule' ? policy.subject.slice(0, -1) : (rule?.path ?? []);
    const target = at(copy, ...path) as Record<string, unknown[] | null | undefined>;
    target[field] = [...(target[field] ?? []), ...items];
    return copy;
  });
}

function endsOf({ workloads, sources, destinations }: Reachability): { from: End; to: End }[] {
  return [
    ...workloads.flatMap((source) =>
      workloads.map((target) => ({ from: { workload: source }, to: { workload: target } })),
    ),
    ...workloads.flatMap((workload) => [
      ...sources.map((range) => ({ from: { range }, to: { workload } })),
      ...destinations.map((range) => ({ from: { workload }, to: { range } })),
    ]),
  ];
}

function connectionsOf(reach: Reachability, from: End, to: End): number {
  const indexOf = (end: End): number =>
    'workload' in end ? reach.workloads.findIndex(({ text }) => text === end.workload.text) : -1;
  const rangeOf = (ranges: Reachability['sources'], end: End): number =>
    ranges.findIndex(
      (range) =>
        'range' in end &&
        range.family === end.range.family &&
        range.first <= end.range.first &&
        end.range.first <= range.last,
    );
  if ('range' in from) return reach.outsideTo(rangeOf(reach.sources, from), indexOf(to));
  if ('range' in to) return reach.toOutsideRange(indexOf(from), rangeOf(reach.destinations, to));
  return reach.between(indexOf(from), indexOf(to));
}

const ASKED = [
  undefined,
  { TCP: [{ first: 80, last: 80 }] },
  { UDP: [{ first: 53, last: 54 }], SCTP: [{ first: 1, last: 65535 }] },
];

test.each<[PolicyEngine, fc.Arbitrary<readonly Json[]>]>([
  ['kubernetes', fc.constant([])],
  ['cilium', ciliumPolicies],
])(
  'an explanation says what the engine of %s says, and the change that it suggests allows what was asked',
  (...given) => {
    const [policyEngine, more] = given;
    const solved = (objects: readonly Json[]): Reachability => solve(modelOf(objects, { policyEngine }));
    let suggested = 0;
    fc.assert(
      fc.property(clusters, more, fc.nat(), fc.constantFrom(...ASKED), (cluster, own, seed, asked) => {
        const objects = [...cluster.namespaces, ...cluster.workloads, ...cluster.policies, ...own];
        const reach = solved(objects);
        const ends = endsOf(reach);
        const { from, to } = ends[seed % ends.length];
        const set = asked === undefined ? ALL_CONNECTIONS : reach.sets.of(asked);
        const explanation = explain(reach, from, to, set);
        expect(explanation.connections).toBe(reach.sets.intersection(set, connectionsOf(reach, from, to)));
        const { egress, ingress } = explanation;
        const changes = changesOf(explanation);
        if (changes.length === 0 || explanation.connections === set) return;
        // Nothing can name pods in the network of their node to a NetworkPolicy, and what a rule denies no other opens.
        const isKept = (side: Explanation['egress']): boolean =>
          side?.change === undefined &&
          side !== undefined &&
          (asked === undefined ? side.connections === NO_CONNECTIONS : side.connections !== set);
        if (isKept(egress) || isKept(ingress)) return;
        suggested++;
        // Both ends may be changed in one policy: what is added last stands beside what was added first.
        const mended = solved(changes.reduce((current, change) => changedIn(objects, current, change), objects));
        const then = connectionsOf(mended, from, to);
        const text = `${explanation.from} => ${explanation.to}: ${mended.sets.text(then)}`;
        if (asked === undefined) expect(text).not.toContain('No Connections');
        else expect([text, mended.sets.difference(mended.sets.of(asked), then)]).toEqual([text, NO_CONNECTIONS]);
      }),
      { numRuns: 1000 },
    );
    expect(suggested).toBeGreaterThan(100);
  },
);

function changesOf({ egress, ingress }: Explanation): Change[] {
  return [egress, ingress].flatMap((side) => (side?.change === undefined ? [] : [side.change]));
}

/** The policy as it is now, found by its place among the objects. */
function changedIn(original: readonly Json[], current: readonly Json[], change: Change): Json[] {
  if (change.policy === undefined) return changed(current, change);
  const index = original.indexOf(change.policy.object.manifest as Json);
  const now = current[index];
  const policy = { ...change.policy, object: { ...change.policy.object, manifest: now } };
  return changed(current, { ...change, policy });
}
