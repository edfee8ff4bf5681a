import { cidrContains } from '../../../address';
import type { Problem } from '../../../finding/problem';
import {
  at,
  below,
  concat,
  type FieldPath,
  flatMap,
  isPortName,
  isQualifiedName,
  list,
  member,
  readMaskedCidr,
  record,
  text,
} from '../../../model';
import { isSet, shown } from '../../field-problem';
import { selectorProblems } from '../../selector-problems';
import type { FormsByKind } from './forms-by-kind';
import { REGULAR_EXPRESSION } from './regular-expression';
import { all, listOf, mapping, missing, textThat, type ValueForm } from '../../value-form';

/** A zero in front makes the number octal to `strconv.ParseUint`, which refuses the digits 8 and 9. */
const PORT = textThat(
  (value) => isPortName(value) || (/^(0[0-7]*|[1-9][0-9]*)$/.test(value) && portNumber(value) <= 65535),
  'the number of a port or its name, as text: "80"',
);

function portNumber(value: string): number {
  return value.startsWith('0') ? parseInt(value, 8) : Number(value);
}

/** A key may have a source in front, as in `k8s:app` or `reserved:host` (pkg/labels, IsValidCiliumLabelKey). */
const SELECTOR: ValueForm = (value, path) =>
  selectorProblems(value, path, (key) => isQualifiedName(key.replace(/^[A-Za-z0-9]+:/, '')));

const WITHOUT_PORTS = ['VRRP', 'IGMP'];

const portMissing: ValueForm = (value, path) =>
  record(value) === undefined ||
  isSet(member(value, 'port')) ||
  WITHOUT_PORTS.some((protocol) => protocol === member(value, 'protocol'))
    ? []
    : [missing(below(path, 'port'))];

const L7_PROTOCOLS = ['http', 'kafka', 'dns', 'l7proto'];

/** One protocol of layer 7; all but DNS are of TCP alone, and DNS is of egress alone. */
function layerSevenProblems(value: unknown, path: FieldPath, isIngress: boolean): readonly Problem[] {
  const rules = member(value, 'rules');
  const used = L7_PROTOCOLS.filter((protocol) => isSet(member(rules, protocol)));
  const problems: Problem[] = [];
  if (used.length > 1) {
    problems.push({
      field: below(path, 'rules', used[1]),
      message: `the rules are for ${used.join(' and ')}, and may be for one protocol`,
      help: 'make an item of toPorts for each',
    });
  }
  if (isIngress && list(member(rules, 'dns')).length > 0) {
    problems.push({
      field: below(path, 'rules', 'dns'),
      message: 'DNS rules are for egress, and this is an ingress rule',
      help: 'move them to an egress rule',
    });
  }
  if (used.some((protocol) => protocol !== 'dns')) {
    for (const [index, port] of list(member(value, 'ports')).entries()) {
      const protocol = member(port, 'protocol');
      if (protocol === 'TCP') continue;
      problems.push({
        field: below(path, 'ports', index, 'protocol'),
        message: `the port has ${used[0]} rules, and its protocol is ${isSet(protocol) ? shown(protocol) : 'not set'}`,
        help: 'write protocol: TCP',
      });
    }
  }
  return problems;
}

function toPorts(isIngress: boolean): ValueForm {
  return listOf(
    all(
      mapping({
        ports: listOf(
          all(
            mapping({
              port: PORT,
            }),
            portMissing,
          ),
        ),
        rules: mapping({
          dns: listOf(NAME),
          http: listOf(mapping({ method: REGULAR_EXPRESSION, path: REGULAR_EXPRESSION })),
        }),
      }),
      (value, path) => layerSevenProblems(value, path, isIngress),
    ),
  );
}

/** Cilium refuses what the pattern of the CRD lets pass. */
const NAME = mapping({
  matchName: textThat((value) => !value.startsWith('.'), 'a DNS name, without scheme and port'),
  matchPattern: textThat((value) => !value.startsWith('.'), 'a DNS name in which * stands for any characters'),
});

/** CIDRRule.sanitize: another prefix of the range is meant to be left out. */
const CIDR_RULE: ValueForm = (value, path) => {
  const cidr = readMaskedCidr(text(member(value, 'cidr')));
  if (cidr === undefined) return [];
  return flatMap(list(member(value, 'except')), (item, index) => {
    const except = readMaskedCidr(text(item));
    if (except === undefined || cidrContains(cidr, except)) return [];
    return [
      {
        field: below(path, 'except', index),
        message: `except: ${String(item)} is not inside of ${String(member(value, 'cidr'))}`,
        help: 'name a part of the range, or leave it out',
      },
    ];
  });
};

/** Ways to say whom a rule is about, of which it has one. */
const PEERS: Readonly<Record<'from' | 'to', readonly string[]>> = {
  from: ['fromCIDR', 'fromCIDRSet', 'fromEndpoints', 'fromEntities', 'fromGroups', 'fromNodes'],
  to: ['toCIDR', 'toCIDRSet', 'toEndpoints', 'toEntities', 'toFQDNs', 'toGroups', 'toNodes', 'toServices'],
};

const SELECTORS = ['fromEndpoints', 'fromNodes', 'fromRequires', 'toEndpoints', 'toNodes', 'toRequires'];

function policyRule(side: 'from' | 'to'): ValueForm {
  const fields = {
    ...Object.fromEntries(SELECTORS.map((field) => [field, listOf(SELECTOR)])),
    fromCIDRSet: listOf(CIDR_RULE),
    toCIDRSet: listOf(CIDR_RULE),
    toFQDNs: listOf(NAME),
    toPorts: toPorts(side === 'from'),
  };
  return all(mapping(fields), (value, path) => {
    const used = PEERS[side].filter((field) => list(member(value, field)).length > 0);
    return concat(
      used.length > 1
        ? [
            {
              field: [...path, used[1]],
              message: `the rule has ${used.join(' and ')}, which Cilium does not combine`,
              help: 'make a rule of each: they are then two ways to be allowed',
            },
          ]
        : [],
      list(member(value, 'icmps')).length > 0 && list(member(value, 'toPorts')).length > 0
        ? [
            {
              field: below(path, 'icmps'),
              message: 'the rule has icmps and toPorts, which Cilium does not combine',
              help: 'make a rule of each',
            },
          ]
        : [],
    );
  });
}

/** Rule.sanitize; a CiliumNetworkPolicy selects endpoints, and only a CiliumClusterwideNetworkPolicy may select nodes. */
function rule(isClusterwide: boolean): ValueForm {
  return all(
    mapping({
      endpointSelector: SELECTOR,
      nodeSelector: SELECTOR,
      ...Object.fromEntries(['ingress', 'ingressDeny'].map((field) => [field, listOf(policyRule('from'))])),
      ...Object.fromEntries(['egress', 'egressDeny'].map((field) => [field, listOf(policyRule('to'))])),
    }),
    (value, path) => {
      if (record(value) === undefined) return [];
      const hasNodes = isSet(member(value, 'nodeSelector'));
      const hasEndpoints = isSet(member(value, 'endpointSelector'));
      if (hasNodes && !isClusterwide) {
        return [
          {
            field: below(path, 'nodeSelector'),
            message: 'nodeSelector is for a CiliumClusterwideNetworkPolicy, and nodes have no namespace',
            help: 'change the kind, or use endpointSelector',
          },
        ];
      }
      if (hasNodes && hasEndpoints) {
        return [
          {
            field: below(path, 'nodeSelector'),
            message: 'the rule has an endpointSelector and a nodeSelector',
            help: 'make a rule of each',
          },
        ];
      }
      return hasNodes || hasEndpoints
        ? []
        : [
            {
              field: below(path, 'endpointSelector'),
              message: `the rule has no endpointSelector${isClusterwide ? ' and no nodeSelector' : ''}`,
              help: 'add endpointSelector: {} for all pods, or one that selects some',
            },
          ];
    },
  );
}

function policy(isClusterwide: boolean): ValueForm {
  const form = rule(isClusterwide);
  return all(mapping({ spec: form, specs: listOf(form) }), (value, path) =>
    isSet(at(value, 'spec')) || list(at(value, 'specs')).length > 0
      ? []
      : [{ field: below(path, 'spec'), message: 'the policy has no rule', help: 'add spec, or several as specs' }],
  );
}

/** cilium/cilium, pkg/policy/api/rule_validation.go. */
export const CILIUM_POLICY_FORMS: FormsByKind = {
  'cilium.io/v2 CiliumNetworkPolicy': policy(false),
  'cilium.io/v2 CiliumClusterwideNetworkPolicy': policy(true),
};
