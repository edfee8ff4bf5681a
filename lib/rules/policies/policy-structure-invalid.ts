import type { Problem } from '../../finding/problem';
import { apiGroup, at, below, concat, flatMap, list, type ModelObject, POLICY_TYPES } from '../../model';
import { inRightCase, shown, withoutRepeated } from '../field-problem';
import type { NetworkRule } from '../network-rule';
import { isUndecodable, typeProblem } from '../objects/field-type';
import { judgedObjects } from '../structure/judged-objects';

const KNOWN_TYPES: readonly string[] = Object.values(POLICY_TYPES);

/** Lists are lists, rules and ports are mappings, and `policyTypes` names the two directions (ValidateNetworkPolicySpec). */
export const policyStructureInvalid: NetworkRule = {
  code: 'NL505',
  slug: 'policy-structure-invalid',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'A field of a NetworkPolicy does not have the form that the API has',
  concernsReach: true,
  check(model, report) {
    for (const { object } of model.networkPolicies) {
      for (const problem of policyTypesProblems(object)) report({ on: object, ...problem });
    }
    for (const { object, problems } of judgedObjects(model)) {
      if (object.ref.kind !== 'NetworkPolicy' || apiGroup(object.ref.apiVersion) !== 'networking.k8s.io') continue;
      for (const problem of problems) if (isUndecodable(problem)) report({ on: object, ...typeProblem(problem) });
    }
  },
};

function policyTypesProblems({ manifest }: ModelObject): readonly Problem[] {
  const field = ['spec', 'policyTypes'];
  const types = list(at(manifest, ...field));
  return concat(
    flatMap(types, (type, index) => {
      const name = typeof type === 'string' ? type : '';
      if (KNOWN_TYPES.includes(name)) return [];
      const meant = KNOWN_TYPES.find((known) => known.toLowerCase() === name.toLowerCase());
      return [
        {
          field: below(field, index),
          message: `the policy type ${shown(type)} is not one of Ingress and Egress`,
          help: meant === undefined ? 'write Ingress, Egress or both' : `write ${meant}`,
          ...inRightCase(below(field, index), type, KNOWN_TYPES),
        },
      ];
    }),
    types.length > KNOWN_TYPES.length
      ? [
          {
            field,
            message: `there are ${types.length} policy types, and at most 2 are allowed`,
            help: 'name each once',
            ...withoutRepeated(field, types),
          },
        ]
      : [],
  );
}
