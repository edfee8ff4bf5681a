import {
  at,
  type FieldPath,
  list,
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
      for (const problem of [...policyTypesProblems(object), ...formProblems(object)])
        report({ on: object, ...problem });
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
  const ofType = (kind: 'list' | 'mapping', field: FieldPath): FieldProblem[] => {
    const value = at(manifest, ...field);
    if (!isSet(value)) return [];
    if (kind === 'list' ? Array.isArray(value) : record(value) !== undefined) return [];
    return [
      {
        field,
        message: `${field.join('.')} is ${shown(value)}, which is not a ${kind}`,
        help:
          kind === 'mapping'
            ? 'write its fields below it'
            : record(value) === undefined
              ? 'write a list'
              : 'make it an item of a list: write a hyphen in front of its first field',
      },
    ];
  };
  const items = (field: FieldPath): FieldPath[] =>
    list(at(manifest, ...field)).map((_, index): FieldPath => [...field, index]);
  return [
    ...ofType('mapping', ['spec']),
    ...ofType('mapping', ['spec', 'podSelector']),
    ...ofType('list', ['spec', 'policyTypes']),
    ...POLICY_DIRECTIONS.flatMap((direction) => [
      ...ofType('list', ['spec', direction]),
      ...items(['spec', direction]).flatMap((rule) => [
        ...ofType('mapping', rule),
        ...ofType('list', [...rule, peersField(direction)]),
        ...ofType('list', [...rule, 'ports']),
        ...items([...rule, 'ports']).flatMap((port) => ofType('mapping', port)),
        ...items([...rule, peersField(direction)]).flatMap((peer) => ofType('list', [...peer, 'ipBlock', 'except'])),
      ]),
    ]),
  ];
}
