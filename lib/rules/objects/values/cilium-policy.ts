import { cidrContains } from '../../../address';
import {
  at,
  below,
  concat,
  type FieldPath,
  flatMap,
  isPortName,
  list,
  member,
  readMaskedCidr,
  record,
  text,
} from '../../../model';
import { type FieldProblem, isSet, shown } from '../../field-problem';
import type { FormsByKind } from './forms-by-kind';
import {
  all,
  CIDR_OR_ADDRESS,
  listOf,
  mapping,
  missing,
  textThat,
  type ValueForm,
  wholeNumber,
  word,
} from '../../value-form';

const MOST_PORTS = 40;

/** Keys may have a source in front, as in `k8s:app`, so that they are no keys of labels. */
export const ENDPOINT_SELECTOR = mapping({
  matchExpressions: listOf(mapping({ operator: word('In', 'NotIn', 'Exists', 'DoesNotExist') }, ['key', 'operator'])),
});

const ENTITY = word(
  'all',
  'cluster',
  'health',
  'host',
  'ingress',
  'init',
  'kube-apiserver',
  'none',
  'remote-node',
  'unmanaged',
  'world',
  'world-ipv4',
  'world-ipv6',
);

const PORT = textThat(
  (value) => isPortName(value) || (/^[0-9]{1,5}$/.test(value) && Number(value) <= 65535),
  'the number of a port or its name, as text: "80"',
);

const WITHOUT_PORTS = ['VRRP', 'IGMP'];

const portMissing: ValueForm = (value, path) =>
  record(value) === undefined ||
  isSet(member(value, 'port')) ||
  WITHOUT_PORTS.some((protocol) => protocol === member(value, 'protocol'))
    ? []
    : [missing(below(path, 'port'))];

const L7_PROTOCOLS = ['http', 'kafka', 'dns', 'l7proto'];

/** One protocol of layer 7; all but DNS are of TCP alone, and DNS is of egress alone. */
function layerSevenProblems(value: unknown, path: FieldPath, isIngress: boolean): readonly FieldProblem[] {
  const rules = member(value, 'rules');
  const used = L7_PROTOCOLS.filter((protocol) => isSet(member(rules, protocol)));
  const problems: FieldProblem[] = [];
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
              endPort: wholeNumber(0, 65535),
              protocol: word('TCP', 'UDP', 'SCTP', 'ICMP', 'ICMPv6', 'ICMPV6', 'ANY', ...WITHOUT_PORTS),
            }),
            portMissing,
          ),
          { most: MOST_PORTS },
        ),
        rules: mapping({ dns: listOf(NAME) }),
      }),
      (value, path) => layerSevenProblems(value, path, isIngress),
    ),
  );
}

const NAME = all(
  mapping({
    matchName: textThat((value) => isDotted(value, /^[-a-zA-Z0-9_.]+$/), 'a DNS name, without scheme and port'),
    matchPattern: textThat(
      (value) => isDotted(value, /^[-a-zA-Z0-9_.*]+$/),
      'a DNS name in which * stands for any characters',
    ),
  }),
  (value, path) =>
    record(value) === undefined || isSet(member(value, 'matchName')) || isSet(member(value, 'matchPattern'))
      ? []
      : [missing(below(path, 'matchName'))],
);

function isDotted(value: string, characters: RegExp): boolean {
  return characters.test(value) && !value.startsWith('.') && !value.includes('..') && value.length <= 255;
}

/** CIDRRule.sanitize: another prefix of the range is meant to be left out. */
const CIDR_RULE = all(mapping({ cidr: cidrText(), except: listOf(cidrText()) }), (value, path) => {
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
});

function cidrText(): ValueForm {
  return textThat((value) => readMaskedCidr(value) !== undefined, 'a CIDR with its prefix length');
}

const PEERS: Readonly<Record<'from' | 'to', Readonly<Record<string, ValueForm>>>> = {
  from: {
    fromCIDR: listOf(CIDR_OR_ADDRESS),
    fromCIDRSet: listOf(CIDR_RULE),
    fromEndpoints: listOf(ENDPOINT_SELECTOR),
    fromEntities: listOf(ENTITY),
    fromGroups: listOf(() => []),
    fromNodes: listOf(ENDPOINT_SELECTOR),
  },
  to: {
    toCIDR: listOf(CIDR_OR_ADDRESS),
    toCIDRSet: listOf(CIDR_RULE),
    toEndpoints: listOf(ENDPOINT_SELECTOR),
    toEntities: listOf(ENTITY),
    toFQDNs: listOf(NAME),
    toGroups: listOf(() => []),
    toNodes: listOf(ENDPOINT_SELECTOR),
    toServices: listOf(() => []),
  },
};

function policyRule(side: 'from' | 'to'): ValueForm {
  const peers = PEERS[side];
  return all(mapping({ ...peers, toPorts: toPorts(side === 'from') }), (value, path) => {
    const used = Object.keys(peers).filter((field) => list(member(value, field)).length > 0);
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
      endpointSelector: ENDPOINT_SELECTOR,
      nodeSelector: ENDPOINT_SELECTOR,
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
