import {
  at,
  type FieldPath,
  list,
  member,
  type ModelObject,
  peersField,
  POLICY_DIRECTIONS,
  POLICY_TYPES,
  record,
} from '../../model';
import { type FieldProblem, inRightCase, isSet, shown, withoutRepeated } from '../field-problem';
import type { NetworkRule } from '../network-rule';

const KNOWN_TYPES: readonly string[] = Object.values(POLICY_TYPES);

/** Lists are lists, rules and ports are mappings, and `policyTypes` names the two directions (ValidateNetworkPolicySpec). */
export const policyStructureInvalid: NetworkRule = {
  code: 'NL505',
  slug: 'policy-structure-invalid',
  fixable: true,
  severity: 'error',
  layer: 'object',
  title: 'A field of a NetworkPolicy does not have the form that the API has',
  check(model, report) {
    for (const { object } of model.networkPolicies) {
      for (const problem of policyTypesProblems(object)) report({ on: object, ...problem });
      for (const problem of formProblems(object)) report({ on: object, ...problem });
    }
  },
};

function policyTypesProblems({ manifest }: ModelObject): FieldProblem[] {
  const field = ['spec', 'policyTypes'];
  const types = list(at(manifest, ...field));
  return [
    ...types.flatMap((type, index) => {
      const name = typeof type === 'string' ? type : '';
      if (KNOWN_TYPES.includes(name)) return [];
      const meant = KNOWN_TYPES.find((known) => known.toLowerCase() === name.toLowerCase());
      return [
        {
          field: [...field, index],
          message: `the policy type ${shown(type)} is not one of Ingress and Egress`,
          help: meant === undefined ? 'write Ingress, Egress or both' : `write ${meant}`,
          ...inRightCase([...field, index], type, KNOWN_TYPES),
        },
      ];
    }),
    ...(types.length > KNOWN_TYPES.length
      ? [
          {
            field,
            message: `there are ${types.length} policy types, and at most 2 are allowed`,
            help: 'name each once',
            ...withoutRepeated(field, types),
          },
        ]
      : []),
  ];
}

function formProblems({ manifest }: ModelObject): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const mapping = (value: unknown, path: FieldPath, ...names: FieldPath): boolean => {
    if (record(value) !== undefined) return true;
    if (isSet(value)) problems.push(otherForm('mapping', value, [...path, ...names]));
    return false;
  };
  const items = (value: unknown, path: FieldPath, ...names: FieldPath): readonly unknown[] => {
    if (isSet(value) && !Array.isArray(value)) problems.push(otherForm('list', value, [...path, ...names]));
    return list(value);
  };
  const spec = member(manifest, 'spec');
  if (!mapping(spec, ['spec'])) return problems;
  mapping(member(spec, 'podSelector'), ['spec'], 'podSelector');
  items(member(spec, 'policyTypes'), ['spec'], 'policyTypes');
  for (const direction of POLICY_DIRECTIONS) {
    for (const [index, rule] of items(member(spec, direction), ['spec'], direction).entries()) {
      if (!mapping(rule, ['spec', direction], index)) continue;
      const path = ['spec', direction, index];
      const peers = peersField(direction);
      for (const [place, peer] of items(member(rule, peers), path, peers).entries()) {
        items(at(peer, 'ipBlock', 'except'), path, peers, place, 'ipBlock', 'except');
      }
      for (const [place, port] of items(member(rule, 'ports'), path, 'ports').entries()) {
        mapping(port, path, 'ports', place);
      }
    }
  }
  return problems;
}

function otherForm(kind: 'list' | 'mapping', value: unknown, field: FieldPath): FieldProblem {
  return {
    field,
    message: `${field.join('.')} is ${shown(value)}, which is not a ${kind}`,
    help:
      kind === 'mapping'
        ? 'write its fields below it'
        : record(value) === undefined
          ? 'write a list'
          : 'make it an item of a list: write a hyphen in front of its first field',
  };
}
