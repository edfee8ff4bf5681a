import type { Problem } from '../../finding/problem';
import {
  apiGroup,
  below,
  concat,
  type FieldPath,
  flatMap,
  isCalico,
  list,
  member,
  type ModelObject,
  nonEmpty,
  readMaskedCidr,
  record,
} from '../../model';
import { cidrProblem } from '../address-problem';
import { isSet, oneOf, shown } from '../field-problem';
import type { NetworkRule } from '../network-rule';

const KINDS = ['GlobalNetworkPolicy', 'NetworkPolicy'];
const ACTIONS = ['Allow', 'Deny', 'Log', 'Pass'];
const DIRECTIONS = [
  { field: 'ingress', type: 'Ingress' },
  { field: 'egress', type: 'Egress' },
] as const;
const WITH_PORTS: ReadonlySet<unknown> = new Set(['TCP', 'UDP', 'SCTP', 6, 17, 132]);

/** Calico: api/pkg/apis/projectcalico/v3/globalnetworkpolicy.go, and the validator of libcalico-go. */
export const calicoPolicyInvalid: NetworkRule = {
  code: 'NL541',
  slug: 'calico-policy-invalid',
  severity: 'error',
  title: 'A policy of Calico is one that Calico refuses, or has rules without effect',
  layer: 'object',
  check(model, report) {
    for (const kind of KINDS) {
      for (const object of model.ofKind(kind)) {
        if (!isCalico(object, kind) || apiGroup(object.ref.apiVersion) !== 'projectcalico.org') continue;
        for (const problem of policyProblems(object)) report({ on: object, ...problem });
      }
    }
  },
};

function policyProblems({ manifest }: ModelObject): readonly Problem[] {
  const spec = member(manifest, 'spec');
  return concat(
    flagProblems(spec),
    typeProblems(spec),
    flatMap(DIRECTIONS, ({ field }) =>
      flatMap(list(member(spec, field)), (rule, index) => ruleProblems(rule, ['spec', field, index])),
    ),
  );
}

/** Fields of GlobalNetworkPolicy; a NetworkPolicy has none of them. */
function flagProblems(spec: unknown): readonly Problem[] {
  const early = ['doNotTrack', 'preDNAT'].filter((field) => member(spec, field) === true);
  const found: Problem[] = [];
  if (early.length === 2) {
    found.push({
      field: ['spec', 'preDNAT'],
      message: 'doNotTrack and preDNAT are both true',
      help: 'make two policies: one of them is applied before connections are tracked, one before addresses are translated',
    });
  }
  if (early.length > 0 && member(spec, 'applyOnForward') !== true) {
    found.push({
      field: ['spec', early[0]],
      message: `${early[0]} is true, and applyOnForward is not`,
      help: 'set applyOnForward: true',
    });
  }
  if (early.includes('preDNAT') && list(member(spec, 'egress')).length > 0) {
    found.push({
      field: ['spec', 'egress'],
      message: 'a policy with preDNAT has egress rules, and is applied to what comes in only',
      help: 'move the egress rules to another policy',
    });
  }
  return found;
}

function typeProblems(spec: unknown): readonly Problem[] {
  const types = list(member(spec, 'types'));
  if (types.length === 0) return [];
  return flatMap(DIRECTIONS, ({ field, type }) =>
    types.includes(type) || list(member(spec, field)).length === 0
      ? []
      : [
          {
            field: ['spec', field],
            message: `types does not name ${type}, so that the ${field} rules have no effect`,
            help: `add ${type} to types, or leave the ${field} rules out`,
          },
        ],
  );
}

function ruleProblems(rule: unknown, path: FieldPath): readonly Problem[] {
  const action = member(rule, 'action');
  const protocol = member(rule, 'protocol');
  return concat(
    !isSet(action) || ACTIONS.some((known) => known === action)
      ? []
      : [
          {
            field: below(path, 'action'),
            message: `action is ${shown(action)}, and must be ${oneOf(ACTIONS)}`,
            help: `write ${oneOf(ACTIONS)}: case matters`,
          },
        ],
    flatMap(['source', 'destination'], (side) => {
      const entity = member(rule, side);
      if (record(entity) === undefined) return [];
      return concat(
        flatMap(['ports', 'notPorts'], (field) =>
          list(member(entity, field)).length === 0 || (isSet(protocol) && hasPorts(protocol))
            ? []
            : [
                {
                  field: below(path, side, field),
                  message: `the rule names ports, and its protocol is ${isSet(protocol) ? shown(protocol) : 'not set'}`,
                  help: 'set protocol to TCP, UDP or SCTP',
                },
              ],
        ),
        flatMap(['nets', 'notNets'], (field) =>
          flatMap(list(member(entity, field)), (value, index) =>
            netProblems(value, field, below(path, side, field, index)),
          ),
        ),
      );
    }),
  );
}

/** Names are read in any case, and numbers may stand for them. */
function hasPorts(protocol: unknown): boolean {
  return WITH_PORTS.has(typeof protocol === 'string' ? protocol.toUpperCase() : protocol);
}

function netProblems(value: unknown, field: string, path: FieldPath): readonly Problem[] {
  const text = nonEmpty(value);
  const problem = cidrProblem(value);
  if (field === 'notNets' && text !== undefined && readMaskedCidr(text)?.prefix === 0) {
    return [
      {
        field: path,
        message: `notNets: ${text} is every address, so that the rule is for none`,
        help: 'name the ranges that the rule is not for, or leave notNets out',
      },
    ];
  }
  // That it is another type than a text is said of the structure.
  if (problem === undefined || typeof value !== 'string') return [];
  return [{ field: path, message: `${field}: ${problem.message}`, help: problem.help }];
}
