import { followsFrom, type Problem } from '../../finding/problem';
import { concat, type FieldPath, flatMap, type ModelObject, type NetworkModel } from '../../model';
import { perModel } from '../../model/per-model';
import type { SchemaProblem } from '../../schema/walk';
import { type JudgedKind, judgedObjects } from './judged-objects';
import { wordsOf } from './words';

export interface StructureProblems {
  readonly object: ModelObject;
  readonly kind: JudgedKind;
  readonly problems: readonly Problem[];
  /** Of problems that a rule about a whole list reports: where the list is. */
  readonly lists: ReadonlyMap<Problem, FieldPath>;
}

/** What the schemas of CRDs refuse, in words; which fields there are is another question. */
const structureProblems = perModel((model): ReadonlyMap<ModelObject, StructureProblems> => {
  const judged = judgedObjects(model).filter(({ kind }) => kind.api !== 'Kubernetes');
  const worded = judged.map(({ object, kind, problems }) => {
    const lists = new Map<Problem, FieldPath>();
    return { object, kind, problems: distinctWords(problems, lists), lists };
  });
  return new Map(worded.filter(({ problems }) => problems.length > 0).map((each) => [each.object, each]));
});

/** One mistake breaks several rules: what is said of a field is said once. */
function distinctWords(problems: readonly SchemaProblem[], lists: Map<Problem, FieldPath>): readonly Problem[] {
  const said = new Set<string>();
  // What a value of another form breaks is nothing of its own, nor is what breaks once its list is right.
  const settled = new Set<string>();
  return flatMap(problems, (problem) => {
    const isRule = problem.fault.kind === 'rule';
    const words = wordsOf(problem).filter(({ field, message }) => {
      const place = JSON.stringify(field);
      const key = JSON.stringify([field, message]);
      if (said.has(key) || (isRule && settled.has(place))) return false;
      said.add(key);
      return true;
    });
    const isOfList = isRule && Array.isArray(problem.value);
    for (const each of words) {
      if (isOfList) lists.set(each, problem.path);
      if (isOfList || !isRule) settled.add(JSON.stringify(each.field));
    }
    return words;
  });
}

/** The objects of some kinds that their schemas refuse. */
export function structureProblemsOf(
  model: NetworkModel,
  isOf: (object: ModelObject, kind: JudgedKind) => boolean,
): readonly StructureProblems[] {
  return [...structureProblems(model).values()].filter(({ object, kind }) => isOf(object, kind));
}

/** What a rule says in words of its own, and what the schema of the object says where the rule is silent. */
export function withStructure(model: NetworkModel, object: ModelObject, own: readonly Problem[]): readonly Problem[] {
  const structure = structureProblems(model).get(object);
  if (structure === undefined) return own;
  const undecodable = structure.problems.filter((problem) => problem.undecodable);
  const said = flatMap(own, (problem) => {
    const cause = undecodable.find((other) => followsFrom(problem, other));
    if (cause === undefined) return [problem];
    return cause.field?.length === problem.field?.length ? [{ ...problem, undecodable: true as const }] : [];
  });
  return concat(
    said,
    structure.problems.filter((problem) => {
      const list = structure.lists.get(problem);
      return !said.some(({ field = [] }) =>
        list !== undefined && field.length === list.length + 1
          ? isSamePlace(field, list)
          : isSamePlace(field, problem.field ?? []),
      );
    }),
  );
}

const PLUGINS: ReadonlySet<string> = new Set(['Calico', 'Cilium', 'MetalLB']);

const KINDS_OF_GATEWAY_RULES: ReadonlySet<string> = new Set([
  'BackendTLSPolicy',
  'Gateway',
  'GatewayClass',
  'GRPCRoute',
  'HTTPRoute',
  'ListenerSet',
  'ReferenceGrant',
  'TCPRoute',
  'TLSRoute',
  'UDPRoute',
  'XListenerSet',
]);

/** Whether another rule than the one about schemas in general says what the schema refuses. */
export function hasOwnRule({ ref }: ModelObject, { api }: JudgedKind): boolean {
  return isOfPlugin(api) || (api === 'Gateway API' && KINDS_OF_GATEWAY_RULES.has(ref.kind));
}

export function isOfPlugin(api: string): boolean {
  return PLUGINS.has(api);
}

/** The same field, or one that holds it. */
function isSamePlace(a: FieldPath, b: FieldPath): boolean {
  const shared = Math.min(a.length, b.length);
  return a.slice(0, shared).every((step, index) => step === b[index]);
}
