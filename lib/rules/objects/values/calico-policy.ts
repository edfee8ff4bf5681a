import type { Problem } from '../../../finding/problem';
import {
  at,
  below,
  concat,
  type FieldPath,
  flatMap,
  list,
  member,
  readIpAddress,
  readMaskedCidr,
  record,
  text,
} from '../../../model';
import { isPortName } from '../../../syntax/name-syntax';
import { isSet, shown } from '../../field-problem';
import { all, distinct, listOf, mapping, missing, type ValueForm, wholeNumber, word } from '../../value-form';
import { NAME, PROTOCOL, textOf } from './calico-forms';

/** A number, a range such as `80:90`, or the name of a port. */
const PORT: ValueForm = (value, path) => {
  const written = textOf(value);
  const numbers = written.split(':');
  const isNumeric = numbers.length <= 2 && numbers.every((part) => /^[0-9]+$/.test(part));
  const [first, last = first] = numbers.map(Number);
  const isFine = isNumeric ? first >= 1 && last <= 65535 && first <= last : isPortName(written);
  if (isFine) return [];
  return [
    {
      field: path,
      message: `the port is ${shown(value)}`,
      help: 'write a port from 1 to 65535, a range such as 80:90 with the lower one first, or the name of a port',
    },
  ];
};

const SERVICE_EXCLUSIONS = ['namespaceSelector', 'selector', 'notSelector', 'serviceAccounts', 'nets', 'notNets'];

const ENTITY_FIELDS = mapping({
  notPorts: listOf(PORT),
  ports: listOf(PORT),
  services: mapping({ name: NAME, namespace: NAME }),
});

const ENTITY = all(ENTITY_FIELDS, (value, path) => {
  const services = member(value, 'services');
  if (record(services) === undefined) return [];
  return concat(
    text(member(services, 'name')) ? [] : [missing(below(path, 'services', 'name'))],
    SERVICE_EXCLUSIONS.filter((field) => {
      const other = member(value, field);
      return isSet(other) && other !== '' && !(Array.isArray(other) && other.length === 0);
    }).map((field) => ({
      field: below(path, field),
      message: `the ${String(path.at(-1))} has services and ${field}`,
      help: 'leave one of them out: the endpoints of the Service say who is meant',
    })),
  );
});

const NETS = [
  ['source', 'nets'],
  ['source', 'notNets'],
  ['destination', 'nets'],
  ['destination', 'notNets'],
] as const;

/** A rule becomes one for each family, and may name networks of one. */
function familyProblems(rule: unknown, path: FieldPath): readonly Problem[] {
  const nets = flatMap(NETS, ([side, field]) =>
    list(at(rule, side, field)).map((value, index) => ({
      family: familyOf(text(value)),
      field: below(path, side, field, index),
    })),
  ).filter(({ family }) => family !== undefined);
  const version = at(rule, 'ipVersion');
  const expected = version === 4 ? 'IPv4' : version === 6 ? 'IPv6' : nets[0]?.family;
  const other = nets.find(({ family }) => family !== expected);
  if (other === undefined) return [];
  return [
    {
      field: other.field,
      message: isSet(version)
        ? `ipVersion is ${shown(version)}, and the rule names an ${other.family} network`
        : 'the rule names networks of both IP families',
      help: 'make a rule for each family',
    },
  ];
}

function familyOf(value: string | undefined): 'IPv4' | 'IPv6' | undefined {
  return readMaskedCidr(value)?.family ?? readIpAddress(value)?.family;
}

function icmpProblems(rule: unknown, path: FieldPath): readonly Problem[] {
  const icmp = member(rule, 'icmp');
  const protocol = textOf(member(rule, 'protocol')).toLowerCase();
  const version = member(rule, 'ipVersion');
  const expected = protocol === 'icmp' ? 4 : protocol === 'icmpv6' ? 6 : undefined;
  return concat(
    isSet(icmp) && expected === undefined && protocol !== '1' && protocol !== '58'
      ? [
          {
            field: below(path, 'icmp'),
            message: 'icmp is set, and the protocol is not ICMP or ICMPv6',
            help: 'set protocol: ICMP',
          },
        ]
      : [],
    isSet(member(icmp, 'code')) && !isSet(member(icmp, 'type')) ? [missing(below(path, 'icmp', 'type'))] : [],
    expected !== undefined && isSet(version) && version !== expected
      ? [
          {
            field: below(path, 'ipVersion'),
            message: `ipVersion is ${shown(version)}, and the protocol is ${shown(member(rule, 'protocol'))}`,
            help: `write ipVersion: ${expected}, or leave it out`,
          },
        ]
      : [],
  );
}

function httpProblems(rule: unknown, path: FieldPath, isEgress: boolean): readonly Problem[] {
  const http = member(rule, 'http');
  if (record(http) === undefined) return [];
  const protocol = member(rule, 'protocol');
  const refusal = isEgress
    ? 'http is for ingress rules, and this is an egress rule'
    : member(rule, 'action') !== 'Allow'
      ? `http is for rules that allow, and the action is ${shown(member(rule, 'action'))}`
      : isSet(protocol) && protocol !== 'TCP' && protocol !== 6
        ? `http is for TCP, and the protocol is ${shown(protocol)}`
        : undefined;
  return concat(
    refusal === undefined
      ? []
      : [{ field: below(path, 'http'), message: refusal, help: 'leave http out, or change the rule' }],
    distinct(member(http, 'methods'), below(path, 'http', 'methods')),
    flatMap(list(member(http, 'paths')), (item, index) => {
      const exact = text(member(item, 'exact')) ?? '';
      const prefix = text(member(item, 'prefix')) ?? '';
      const value = exact || prefix;
      if (!(exact && prefix) && value.startsWith('/') && !/[? #]/.test(value)) return [];
      return [
        {
          field: below(path, 'http', 'paths', index),
          message:
            exact && prefix
              ? 'the path has exact and prefix'
              : value === ''
                ? 'the path has neither exact nor prefix'
                : `the path is ${shown(value)}`,
          help: 'give one of exact and prefix, which starts with / and has no ?, # and spaces',
        },
      ];
    }),
  );
}

/** Services stand where the traffic comes from or goes to outside of the pods of the policy; their ports are those of the Service. */
function serviceProblems(rule: unknown, path: FieldPath, isEgress: boolean, isGlobal: boolean): readonly Problem[] {
  const [own, other] = isEgress ? ['source', 'destination'] : ['destination', 'source'];
  const services = at(rule, other, 'services');
  return concat(
    isSet(at(rule, own, 'services'))
      ? [
          {
            field: below(path, own, 'services'),
            message: `services cannot be the ${own} of an ${isEgress ? 'egress' : 'ingress'} rule`,
            help: `move it to ${other}`,
          },
        ]
      : [],
    isSet(services) && other === 'destination'
      ? ['ports', 'notPorts']
          .filter((field) => list(at(rule, other, field)).length > 0)
          .map((field) => ({
            field: below(path, other, field),
            message: `the destination has services and ${field}`,
            help: `leave ${field} out: the ports are those of the Service`,
          }))
      : [],
    isSet(services) && isGlobal && !text(member(services, 'namespace'))
      ? [missing(below(path, other, 'services', 'namespace'))]
      : [],
  );
}

const ICMP = mapping({ code: wholeNumber(0, 255), type: wholeNumber(0, 254) });

function rules(direction: 'ingress' | 'egress', isGlobal: boolean): ValueForm {
  const isEgress = direction === 'egress';
  return listOf(
    all(
      mapping({
        destination: ENTITY,
        icmp: ICMP,
        notICMP: ICMP,
        ipVersion: (value, path) =>
          !isSet(value) || value === 4 || value === 6
            ? []
            : [{ field: path, message: `ipVersion is ${shown(value)}`, help: 'write 4 or 6' }],
        notProtocol: PROTOCOL,
        protocol: PROTOCOL,
        source: ENTITY,
      }),
      (rule, path) =>
        concat(
          familyProblems(rule, path),
          icmpProblems(rule, path),
          httpProblems(rule, path, isEgress),
          serviceProblems(rule, path, isEgress, isGlobal),
        ),
    ),
  );
}

export function policy(isGlobal: boolean): ValueForm {
  return mapping({
    spec: mapping({
      egress: rules('egress', isGlobal),
      ingress: rules('ingress', isGlobal),
      types: all(listOf(word('Ingress', 'Egress')), distinct),
    }),
  });
}
